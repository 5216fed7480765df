import { PathlightError } from '../../../../shared/errors.ts';
import type { StudentKey } from '../../../database/import-rows.ts';
import type { ContentBuilder } from '../content.ts';
import { checkId, Refusal } from '../content.ts';
import { detectDateOrder, parseDate } from '../dates.ts';
import type { Parcel, Sheet, SourceRow } from '../source/parcel.ts';
import { parseNumber, plain, sensitiveKind, shown, splitName, words } from '../values.ts';
import { bodyRows, cellAt, decimalOf, findHeader, ignoreRest } from './format.ts';
import type { Format, Recognition, Header } from './format.ts';
import { holdsMarks, readMark } from './marks.ts';
import type { MarkColumn } from './marks.ts';
import { columnsOf, RESPONSES } from './pathlight-words.ts';
import { CLASS, EMAIL, FAMILY, FULL, GIVEN, GRADE, ID_NUMBER, USERNAME } from './people.ts';

const QUESTION = ['question', 'item', 'problem', 'question text', 'frage', 'aufgabe', 'pregunta', 'exercice', '题目', '试题'];
const SKILL = ['skill', 'skills', 'topic', 'standard', 'objective', 'kompetenz', 'thema', 'tema', 'compétence', '知识点'];
const CORRECT = ['correct', 'is correct', 'result', 'richtig', 'correcto', 'juste', '正确', '是否正确'];
const ASSIGNMENT = [
  'assignment',
  'assignment name',
  'assessment',
  'test',
  'quiz',
  'exam',
  'aufgabenblatt',
  'tarea',
  'devoir',
  '作业',
  '考试',
];
const POINTS = ['points', 'score', 'points earned', 'mark', 'marks', 'punkte', 'puntos', 'puntuación', '得分', '分数', '成绩'];
const POSSIBLE = [
  'max points',
  'points possible',
  'possible',
  'out of',
  'maximum',
  'max score',
  'total points',
  'max',
  'höchstpunktzahl',
  '满分',
  '总分',
];
const DURATION = [
  'time (sec)',
  'time (s)',
  'time (seconds)',
  'response time',
  'response time (ms)',
  'response time (sec)',
  'time taken (sec)',
  'duration (sec)',
  'duration (ms)',
  'seconds',
  '用时(秒)',
  '用时（秒）',
];
const TIME = [
  'timestamp',
  'date',
  'time',
  'submitted',
  'submitted at',
  'completed at',
  'datum',
  'fecha',
  'date de remise',
  '时间',
  '日期',
];

/**
 * Any other table, by what its columns mean: said by the teacher, kept as a preset, or guessed where the words leave no doubt. Long
 * tables have a row for each answer (`question`, `correct`) or mark (`assignment`, `points`); wide ones a column for each (`mark`,
 * `answer`).
 */
export const mapped: Format = {
  name: 'mapped',

  recognise: (parcel) =>
    findHeader(
      parcel,
      (header, sheet) => {
        const meanings = guess(header, sheet);
        if (!meanings) return undefined;
        return { certainty: 0.5, meanings };
      },
      'mapped',
      'mapped-guess',
    ),

  read(parcel: Parcel, recognition: Recognition, into: ContentBuilder) {
    const at = (meaning: string): number => [...recognition.meanings].find(([, each]) => each === meaning)?.[0] ?? -1;
    const all = (meaning: string): number[] =>
      [...recognition.meanings].flatMap(([index, each]) => (each === meaning ? [index] : []));
    const { cells: header } = recognition.header;
    ignoreRest(recognition.header, recognition.meanings, into);
    const decimal = decimalOf(recognition.sheet);
    const labels = labelRows(recognition);
    const wide: MarkColumn[] = all('mark').map((index) => {
      const { title, possible: inTitle } = titleParts(words(header[index] ?? ''));
      const said = parseNumber(labels.points?.cells[index] ?? '', decimal);
      const possible = said > 0 ? said : inTitle;
      return { index, title, possible, assignment: into.assignment({ sourceId: '', title, possible, dueAt: null }) };
    });
    const answers = all('answer');
    const times = at('timestamp');
    const order = detectDateOrder(recognition.sheet.head.map((row) => row.cells[times] ?? ''));
    if (['student', 'name', 'given_name', 'family_name', 'email', 'login'].every((meaning) => at(meaning) < 0))
      throw new PathlightError(
        'no-student-column',
        `${parcel.file}: no column says whose a row is. Say which one holds the student’s id, name or email address.`,
        { file: parcel.file },
      );
    const counts = new Map<number, number>();
    bodyRows(recognition, (cells, line) => {
      if (line === labels.points?.line || line === labels.dates?.line) return;
      if (cells.slice(0, 3).some((cell) => AVERAGES.test(plain(cell)))) return into.count('average-rows', 'rows');
      into.row(line, () => {
        const of = (meaning: string): string => words(cellAt(cells, at(meaning)));
        const student = person(into, line, of);
        const time = parseDate(of('timestamp'), order);
        const answeredAt = Number.isFinite(time) ? time : Number.NaN;
        const answer = (question: string, skills: string, correct: number): void => {
          const place = counts.get(student) ?? 0;
          counts.set(student, place + 1);
          const given = parseNumber(of('order'), decimal);
          into.answer({
            line,
            student,
            position: Number.isSafeInteger(given) && given >= 0 ? given : Number.isFinite(time) ? time * 1000 + place : -1,
            question: checkId(question.slice(0, 200), 'question'),
            skills,
            correct,
            answeredAt,
            responseTimeMs: duration(of('response_time_ms'), header[at('response_time_ms')] ?? '', decimal),
            attempt: whole(of('attempt')),
            hint: whole(of('hint')),
          });
        };
        if (at('question') >= 0 && (at('correct') >= 0 || at('points') >= 0))
          answer(of('question'), skillsOf(of('skill')), correctness(of, decimal));
        else if (at('points') >= 0) {
          const possible = parseNumber(of('possible'), decimal);
          const title = of('assignment') || (header[at('points')] ?? '');
          const assignment = into.assignment({
            sourceId: '',
            title,
            possible: possible > 0 ? possible : null,
            dueAt: null,
            skills: skillsOf(of('skill'))
              .split('\u001f')
              .filter((skill) => skill !== ''),
          });
          const mark = readMark(of('points'), possible > 0 ? possible : null, decimal, header[at('points')] ?? '');
          if (mark) into.mark(line, student, assignment, mark.points, mark.status, Number.isFinite(time) ? time : null);
        }
        for (const index of answers)
          into.row(line, () => {
            const cell = words(cellAt(cells, index));
            if (cell !== '' && cell !== '-') answer(words(header[index] ?? ''), '', verdict(cell, decimal, header[index] ?? ''));
          });
        for (const column of wide)
          into.row(line, () => {
            const mark = readMark(cells[column.index] ?? '', column.possible, decimal, column.title);
            if (mark) into.mark(line, student, column.assignment, mark.points, mark.status, Number.isFinite(time) ? time : null);
          });
      });
    });
  },
};

/** Columns of numbers that count or name, and are no marks. */
const NUMBERED =
  /(^|[^a-z])(ids?|no|nr|num|number|code|age|year|grade level|locker|room|seat|period|height|weight|alter|zimmer)([^a-z]|$)|号|號|编码|年龄/;

/** Rows that sum the students up. */
const AVERAGES =
  /^((class|overall|group|course) )?(average|mean|median)( score| grade)?$|^(klassen)?durchschnitt$|^mittelwert$|^promedio$|^moyenne( de la classe)?$|^(班级)?平均分?$/;

type Cell = (meaning: string) => string;

function person(into: ContentBuilder, line: number, of: Cell): number {
  const parted = splitName(of('name'));
  const [givenName, familyName] = [of('given_name') || parted.givenName, of('family_name') || parted.familyName];
  const email = of('email').toLowerCase();
  const login = of('login').toLowerCase();
  const id = of('student');
  const keys: StudentKey[] = [
    { kind: 'id', value: id },
    { kind: 'email', value: email },
    { kind: login.includes('@') ? 'email' : 'login', value: login },
    { kind: 'name', value: id === '' && email === '' && login === '' ? `${givenName} ${familyName}`.trim() : '' },
  ];
  return into.student(line, keys, { givenName, familyName, className: of('class'), grade: of('grade') });
}

const skillsOf = (cell: string): string =>
  [...new Set(cell.split(/[~;|]/).map((skill) => skill.trim().slice(0, 200)))]
    .filter((skill) => skill !== '')
    .sort()
    .join('\u001f');

const whole = (cell: string): number => (/^\d{1,9}$/.test(cell) ? Number(cell) : -1);

/** Milliseconds; a column that says seconds holds seconds. */
function duration(cell: string, header: string, decimal: '.' | ','): number {
  const value = parseNumber(cell, decimal);
  if (!(value >= 0)) return Number.NaN;
  return /ms|millis/i.test(header) || !/sec|sek|\(s\)|seg|秒/i.test(header) ? value : value * 1000;
}

function correctness(of: Cell, decimal: '.' | ','): number {
  const [points, possible] = [parseNumber(of('points'), decimal), parseNumber(of('possible'), decimal)];
  if (of('correct') === '' && Number.isFinite(points) && possible > 0) return Math.min(1, Math.max(0, points / possible));
  return verdict(of('correct') || of('points'), decimal, 'correct');
}

/** Right or wrong in the words that tables use. @throws Refusal `bad-correct` */
export function verdict(cell: string, decimal: '.' | ',', column: string): number {
  const text = plain(cell);
  if (
    /^(correct|right|true|yes|y|richtig|ja|wahr|correcto|sí|si|verdadero|correct e|vrai|oui|juste|正确|对|是|✓|✔|√)$/.test(text)
  )
    return 1;
  if (/^(incorrect|wrong|false|no|n|falsch|nein|incorrecto|falso|faux|non|错误|错|否|✗|✘|×|x)$/.test(text)) return 0;
  const share = /^([\d.,]+)\s*\/\s*([\d.,]+)$/.exec(text);
  const value = share
    ? parseNumber(share[1]!, decimal) / parseNumber(share[2]!, decimal)
    : text.endsWith('%')
      ? parseNumber(text.slice(0, -1), decimal) / 100
      : parseNumber(text, decimal);
  if (value >= 0 && value <= 1) return value;
  throw new Refusal('bad-correct', `${column} "${shown(cell)}" is not a number from 0 (wrong) to 1 (right)`, {
    value: shown(cell),
  });
}

/** "Quiz 1 (20 pts)", "Quiz 1 /20" → the title and what could be had. */
function titleParts(cell: string): { title: string; possible: number | null } {
  const parts =
    /^(.*?)\s*(?:[([]\s*(?:out of\s*)?([\d.,]+)\s*(?:p|pts?|points?|punkte|puntos|分)?\.?\s*[)\]]|\/\s*([\d.,]+))$/i.exec(cell);
  const possible = parts ? parseNumber(parts[2] ?? parts[3] ?? '', '.') : Number.NaN;
  return parts && possible > 0 && parts[1] !== '' ? { title: parts[1]!, possible } : { title: cell, possible: null };
}

/** Rows between header and students that carry maxima or dates: Google Classroom writes them. */
function labelRows(recognition: Pick<Recognition, 'sheet' | 'header'>): {
  points: SourceRow | undefined;
  dates: SourceRow | undefined;
} {
  const rows = recognition.sheet.head.filter((row) => row.line > recognition.header.line).slice(0, 4);
  const labelled = (names: RegExp): SourceRow | undefined =>
    rows.find((row) => row.cells.slice(0, 3).some((cell) => names.test(plain(cell))));
  return {
    points: labelled(/^(points( possible)?|max(imum)?( points)?|out of|punkte|满分)$/),
    dates: labelled(/^(date|due( date)?|datum|日期)$/),
  };
}

/** What the columns mean, where their words leave no doubt and the whole makes sense. */
function guess(header: Header, sheet: Sheet): Map<number, string> | undefined {
  // One of our own files that lacks a column: to say which is better than to take the rest for marks.
  const { columns: own } = columnsOf(header.cells);
  if (own.has('student') && RESPONSES.filter((word) => own.has(word)).length >= 3) return undefined;
  const meanings = new Map<number, string>();
  const take = (meaning: string, names: readonly string[]): boolean => {
    const index = header.plain.findIndex((name, at) => names.includes(name) && !meanings.has(at));
    if (index < 0) return false;
    meanings.set(index, meaning);
    return true;
  };
  take('student', [...ID_NUMBER, 'id', 'student no', 'student no.']);
  take('email', EMAIL);
  take('login', USERNAME);
  const given = take('given_name', GIVEN);
  const family = take('family_name', FAMILY);
  if (!given && !family) take('name', FULL);
  if (meanings.size === 0) return undefined;
  take('class', CLASS);
  take(
    'grade',
    GRADE.filter((name) => name !== 'grade' && name !== 'year'),
  );
  const question = take('question', QUESTION);
  const correct = take('correct', CORRECT);
  if (question && correct) {
    take('skill', SKILL);
    take('response_time_ms', DURATION);
    take('timestamp', TIME);
    take('order', ['order', 'no', 'nr', '#', '序号']);
    return meanings;
  }
  if (question) meanings.delete([...meanings].find(([, meaning]) => meaning === 'question')![0]);
  const assignment = take('assignment', ASSIGNMENT);
  if (assignment && take('points', [...POINTS, 'grade'])) {
    take('possible', POSSIBLE);
    take('timestamp', TIME);
    take('skill', SKILL);
    return meanings;
  }
  // A column for each piece of work: numbers under titles that are nothing else.
  const start = sheet.head.findIndex((row) => row.cells === header.cells);
  const body = sheet.head.slice(start + 1);
  if (body.length === 0) return undefined;
  const decimal = decimalOf(sheet);
  let marks = 0;
  const known = [
    ...GRADE,
    ...POINTS,
    ...POSSIBLE,
    ...TIME,
    'total',
    'average',
    'rank',
    'gender',
    'no',
    'no.',
    '#',
    'age',
    '序号',
    '性别',
    '总分',
    '平均分',
    '排名',
    'gesamt',
    'durchschnitt',
  ];
  header.plain.forEach((name, index) => {
    if (NUMBERED.test(name)) return;
    if (
      name === '' ||
      meanings.has(index) ||
      known.includes(name) ||
      /^(total|average|overall|final)\b/.test(name) ||
      sensitiveKind(name) !== undefined
    )
      return;
    if (
      !holdsMarks(
        body.map((row) => row.cells[index] ?? ''),
        decimal,
      )
    )
      return;
    meanings.set(index, 'mark');
    marks++;
  });
  return marks > 0 ? meanings : undefined;
}
