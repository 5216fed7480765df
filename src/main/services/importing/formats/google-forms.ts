import type { StudentKey } from '../../../database/import-rows.ts';
import type { ContentBuilder } from '../content.ts';
import { detectDateOrder, parseDate } from '../dates.ts';
import type { Parcel, Sheet } from '../source/parcel.ts';
import { parseNumber, sensitiveKind, splitName, titleOfFile, words } from '../values.ts';
import { bodyRows, cellAt, columnOf, decimalOf, findHeader, Header, ignoreRest, meaningsOf } from './format.ts';
import type { Format, Recognition } from './format.ts';
import { readMark } from './marks.ts';
import { CLASS, EMAIL, emailColumn, FAMILY, FULL, GIVEN, ID_NUMBER } from './people.ts';

/*
 * Responses to a Google Forms quiz, from the form ("Total score", and for each question its "[Score]" and "[Feedback]") or from the
 * linked sheet ("Score" and the questions). A score reads `4 / 5` or `28.00 / 30`. Only "[Score]" tells which answers were right.
 */
const TIMESTAMP = [
  'timestamp',
  'zeitstempel',
  'marca temporal',
  'horodateur',
  'carimbo de data/hora',
  'informazioni cronologiche',
  ...['tijdstempel', 'sygnatura czasowa', 'отметка времени', 'zaman damgası', 'tidstämpel', 'tidsstempel', 'tidsmerke'],
  ...['časová značka', 'időbélyeg', 'позначка часу', 'χρονική σήμανση', 'الطابع الزمني', 'طابع زمني', 'dấu thời gian'],
  ...['タイムスタンプ', '타임스탬프', '时间戳记', '时间戳', '時間戳記'],
];
const SCORE = [
  'score',
  'total score',
  'punktzahl',
  'gesamtpunktzahl',
  'punkte',
  'puntuación',
  'puntuación total',
  'note',
  'note totale',
  ...[
    'pontuação',
    'punteggio',
    'punten',
    'wynik',
    'баллы',
    'puan',
    'poäng',
    'poeng',
    'skóre',
    'النتيجة',
    'スコア',
    '点数',
    '점수',
  ],
  '得分',
  '总分',
  '分数',
];
const USER = ['username', 'user name', 'nutzername', 'nombre de usuario', "nom d'utilisateur", '用户名'];
const QUESTION_SCORE =
  /^(.*\S)\s*\[(score|punktzahl|punkte|puntuación|note|pontuação|punteggio|スコア|点数|점수|得分|分数|分數)\]$/is;
const FEEDBACK = /\[(feedback|rückmeldung|comentarios?|sugerencias|commentaires?|反馈)\]$/i;
const NAME_QUESTION =
  /^(your |student('s)? |full |what is your )?(first and last |full )?name( \(.*\))?\s*\??$|^(dein|ihr|vollständiger) name$|^(tu |su )?nombre( completo| y apellidos?)?$|^(votre |ton )?nom( et prénom| complet)?$|^(你的|您的|学生)?姓名$/;
const CLASS_QUESTION = /^(your )?(class|class period|period|section|homeroom|klasse|clase|classe|班级)\s*\??$/;

interface FormColumns {
  readonly time: number;
  readonly email: number;
  readonly score: number;
  readonly questions: readonly { readonly title: string; readonly index: number }[];
}

const SHARE = /^\s*-?[\d.,]+\s*\/\s*[\d.,]+\s*$/;

/** By their words, else by what they hold: moments in the first column and scores such as `4 / 5` in one of the next are in every language. */
function columnsOf(header: Header, sheet: Sheet): FormColumns {
  const holds = (index: number, what: (cell: string) => boolean): boolean => {
    const cells = columnOf(sheet, header, index).filter((cell) => cell !== '');
    return cells.length > 0 && cells.every(what);
  };
  const score = header.find(...SCORE);
  const shares = score >= 0 ? score : [1, 2, 3].find((index) => holds(index, (cell) => SHARE.test(cell)));
  const moment = (cell: string): boolean => /\d[:.]\d\d/.test(cell) && Number.isFinite(parseDate(cell));
  const time = header.find(...TIMESTAMP);
  const email = header.find(...EMAIL, ...USER);
  return {
    time: time >= 0 || !holds(0, moment) ? time : 0,
    email: email >= 0 ? email : emailColumn(header, sheet),
    score: shares ?? -1,
    questions: header.cells.flatMap((cell, index) => {
      const title = QUESTION_SCORE.exec(words(cell))?.[1];
      return title === undefined || isAboutPerson(title) ? [] : [{ title: words(title), index }];
    }),
  };
}

const isAboutPerson = (title: string): boolean => {
  const text = words(title).toLowerCase();
  return (
    NAME_QUESTION.test(text) || CLASS_QUESTION.test(text) || [...EMAIL, ...ID_NUMBER, ...FULL, ...GIVEN, ...FAMILY].includes(text)
  );
};

export const googleForms: Format = {
  name: 'google-forms',

  recognise: (parcel) =>
    findHeader(
      parcel,
      (header, sheet) => {
        const { time, email, score, questions } = columnsOf(header, sheet);
        if (time < 0 || time > 2) return undefined;
        if (score < 0 && questions.length === 0) return undefined;
        const start = sheet.head.findIndex((row) => row.cells === header.cells);
        const scores = sheet.head.slice(start + 1).map((row) => row.cells[score] ?? '');
        const shares = scores.filter((cell) => SHARE.test(cell)).length;
        const said = scores.filter((cell) => cell !== '').length;
        // The sheet keeps 4 of "4 / 5" as a number and the rest as its format, which a workbook does not say of itself.
        const numbers = scores.filter((cell) => Number.isFinite(parseNumber(cell, '.'))).length;
        if (
          questions.length === 0 &&
          said > 0 &&
          shares < said / 2 &&
          (numbers < said || (score !== time + 1 && score !== time + 2))
        )
          return undefined;
        const name = nameColumn(header);
        const meanings = meaningsOf({
          timestamp: time,
          email,
          name: name.full,
          given_name: name.given,
          family_name: name.family,
          student: name.id,
          class: name.className,
          ...(questions.length === 0 ? { mark: score } : {}),
        });
        for (const question of questions) meanings.set(question.index, 'correct');
        return {
          certainty: Math.min(0.97, 0.7 + (email >= 0 ? 0.1 : 0) + (questions.length > 0 ? 0.2 : 0) + (shares > 0 ? 0.1 : 0)),
          meanings,
        };
      },
      'google-forms',
      'google-forms',
    ),

  read(parcel: Parcel, recognition: Recognition, into: ContentBuilder) {
    const header = new Header(recognition.header.cells);
    const decimal = decimalOf(recognition.sheet);
    const { time, email, score, questions } = columnsOf(header, recognition.sheet);
    const name = nameColumn(header);
    const order = detectDateOrder(recognition.sheet.head.map((row) => row.cells[time] ?? ''));
    if (questions.length > 0 && score >= 0) into.ignore(header.cells[score]!, 'total');
    else into.note('no-answers-by-question');
    ignoreRest(recognition.header, recognition.meanings, into, (index) =>
      FEEDBACK.test(header.cells[index]!) ? 'feedback' : sensitiveKind(header.cells[index]!) ? 'unused' : 'answer-text',
    );
    const form = titleOfFile(parcel.container === 'zip' ? recognition.sheet.name : parcel.file);
    const attempts = new Map<number, number>();
    let assignment = -1;
    bodyRows(recognition, (cells, line) => {
      into.row(line, () => {
        const address = words(cellAt(cells, email)).toLowerCase();
        const full = splitName(words(cellAt(cells, name.full)));
        const givenName = words(cellAt(cells, name.given)) || full.givenName;
        const familyName = words(cellAt(cells, name.family)) || full.familyName;
        const said = `${givenName} ${familyName}`.trim();
        const keys: StudentKey[] = [
          { kind: 'id', value: words(cellAt(cells, name.id)) },
          { kind: address.includes('@') ? 'email' : 'login', value: address },
          { kind: 'name', value: address === '' ? said : '' },
        ];
        const student = into.student(line, keys, { givenName, familyName, className: words(cellAt(cells, name.className)) });
        const at = parseDate(cellAt(cells, time), order);
        const attempt = (attempts.get(student) ?? 0) + 1;
        attempts.set(student, attempt);
        questions.forEach((question, place) => {
          into.row(line, () => {
            const mark = readMark(cellAt(cells, question.index), 1, decimal, question.title);
            // Ungraded questions come as "-- / 1".
            if (mark?.points === null || mark === undefined) return;
            into.answer({
              line,
              student,
              position: Number.isFinite(at) ? at * 1000 + place : -1,
              question: question.title.slice(0, 200),
              skills: '',
              correct: Math.min(1, Math.max(0, mark.points)),
              answeredAt: at,
              responseTimeMs: Number.NaN,
              attempt,
              hint: -1,
            });
          });
        });
        if (questions.length > 0) return;
        const [got = '', of = ''] = cellAt(cells, score).split('/');
        const [points, outOf] = [parseNumber(got, decimal), parseNumber(of, decimal)];
        if (!Number.isFinite(points)) return;
        const possible = outOf > 0 ? outOf : null;
        if (assignment < 0) assignment = into.assignment({ sourceId: '', title: form, possible, dueAt: null });
        if (attempt === 1) into.mark(line, student, assignment, points, 'scored', Number.isFinite(at) ? at : null);
        else into.count('later-attempts', 'rows');
      });
    });
  },
};

/** Who answered, where the form asks it. */
function nameColumn(header: Header): { full: number; given: number; family: number; id: number; className: number } {
  return {
    full: header.plain.findIndex((name) => NAME_QUESTION.test(name)),
    given: header.find(...GIVEN.filter((name) => name !== 'nombre')),
    family: header.find(...FAMILY.filter((name) => name !== 'nom')),
    id: header.find(...ID_NUMBER),
    className: header.plain.findIndex((name) => CLASS_QUESTION.test(name) || CLASS.includes(name)),
  };
}
