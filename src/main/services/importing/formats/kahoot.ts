import { PathlightError } from '../../../../shared/errors.ts';
import type { ContentBuilder } from '../content.ts';
import { parseDate } from '../dates.ts';
import type { Parcel } from '../source/parcel.ts';
import { parseNumber, plain, titleOfFile, words } from '../values.ts';
import { bodyRows, cellAt, findHeader, Header, ignoreRest, meaningsOf } from './format.ts';
import type { Format, Recognition } from './format.ts';
import { PLAYER, questionSheets, readQuestionSheet, TIME } from './kahoot-sheets.ts';
import type { PlayedAnswer } from './kahoot-sheets.ts';

/*
 * Kahoot's report, sheet "RawReportData Data": Question Number, Question, Answer 1…6, Correct Answers, Time Allotted to Answer (seconds),
 * Player, Answer, Correct / Incorrect, Correct, Incorrect, Score (points), …, Answer Time (%), Answer Time (seconds). The sheet
 * "Overview" says when it was played. Players are nicknames. A report without the raw data is read from its sheets of single questions.
 */
export const kahoot: Format = {
  name: 'kahoot',
  readsAllTables: true,

  recognise: (parcel) => rawData(parcel) ?? byQuestion(parcel),

  read(parcel: Parcel, recognition, into) {
    const played = playedOn(parcel);
    const quiz = quizTitle(parcel);
    const places = new Map<number, number>();
    const add = (question: string, { line, nickname, correct, seconds }: PlayedAnswer): void => {
      const student = into.student(line, [{ kind: 'nickname', value: nickname }], { givenName: nickname });
      const place = places.get(student) ?? 0;
      places.set(student, place + 1);
      into.answer({
        line,
        student,
        position: Number.isFinite(played) ? played * 1000 + place : -1,
        question: question.slice(0, 200),
        skills: '',
        correct,
        answeredAt: played,
        responseTimeMs: Number.isFinite(seconds) ? Math.round(seconds * 1000) : Number.NaN,
        attempt: 1,
        hint: -1,
      });
    };
    if (recognition.because.code === 'kahoot-questions')
      for (const sheet of questionSheets(parcel.sheets))
        readQuestionSheet(sheet, into, (answer) =>
          into.row(answer.line, () => add(sheet.question || `${quiz}: ${sheet.number}`, answer)),
        );
    else readRawData(recognition, quiz, into, add);
    into.note('nicknames', { students: into.students.length });
  },
};

function rawData(parcel: Parcel): Recognition | undefined {
  return findHeader(
    parcel,
    (header) => {
      if (!header.has('player', 'question')) return undefined;
      const own = header.count([
        ...[
          'correct answers',
          'time allotted to answer (seconds)',
          'correct / incorrect',
          'score (points)',
          'answer time (seconds)',
        ],
        ...['current total score (points)', 'answer time (%)'],
      ]);
      if (own < 2 || (!header.has('correct / incorrect') && !header.has('correct'))) return undefined;
      return {
        certainty: Math.min(0.98, 0.6 + 0.1 * own),
        meanings: meaningsOf({
          order: header.find('question number'),
          question: header.find('question'),
          nickname: header.find('player'),
          correct: header.find('correct / incorrect', 'correct'),
          response_time_ms: header.find('answer time (seconds)'),
        }),
      };
    },
    'kahoot',
    'kahoot',
  );
}

function byQuestion(parcel: Parcel): Recognition | undefined {
  const [first, ...rest] = questionSheets(parcel.sheets);
  if (!first) return undefined;
  const header = new Header(first.header.cells);
  return {
    format: 'kahoot',
    certainty: 0.95,
    because: { code: 'kahoot-questions', detail: { sheets: rest.length + 1 } },
    sheet: first.sheet,
    header: first.header,
    meanings: meaningsOf({
      nickname: header.find(...PLAYER),
      correct: header.find('answer'),
      response_time_ms: header.find(...TIME),
    }),
  };
}

/** @throws PathlightError `kahoot-without-answers`, for a report that says who had how many points and nothing of single answers */
export function refuseScoresOnly(parcel: Parcel): void {
  const scores = parcel.sheets.some(
    (sheet) =>
      /^(final scores|kahoot! summary|scores?)$/.test(plain(sheet.name)) &&
      sheet.head.some(({ cells }) => new Header(cells).has('player', 'total score (points)')),
  );
  if (!scores) return;
  throw new PathlightError(
    'kahoot-without-answers',
    `${parcel.file} is a Kahoot report with the players’ points alone. In Kahoot open Reports, choose the game, then Report options → Download report → Save as XLSX, and import that file as it is.`,
    { file: parcel.file },
  );
}

function readRawData(
  recognition: Recognition,
  quiz: string,
  into: ContentBuilder,
  add: (question: string, answer: PlayedAnswer) => void,
): void {
  const header = new Header(recognition.header.cells);
  ignoreRest(recognition.header, recognition.meanings, into, (index) =>
    /score/.test(header.plain[index]!) ? 'total' : 'unused',
  );
  const at = (cells: readonly string[], ...names: string[]): string => words(cellAt(cells, header.find(...names)));
  bodyRows(recognition, (cells, line) => {
    into.row(line, () => {
      const nickname = at(cells, 'player');
      const question = at(cells, 'question');
      if (nickname === '' && question === '') return;
      // Polls and slides have no right answer.
      if (at(cells, 'correct answers') === '' && header.has('correct answers')) return into.count('polls', 'rows');
      const verdict = plain(at(cells, 'correct / incorrect'));
      const correct = verdict === 'correct' ? 1 : verdict === 'incorrect' ? 0 : parseNumber(at(cells, 'correct'), '.');
      if (!(correct >= 0 && correct <= 1)) return into.count('polls', 'rows');
      const answered = at(cells, 'answer') !== '';
      const seconds = answered ? parseNumber(at(cells, 'answer time (seconds)'), '.') : Number.NaN;
      add(question || `${quiz}: ${at(cells, 'question number')}`, { line, nickname, correct, seconds });
    });
  });
}

/** When it was played, from any sheet that says so; NaN else. */
function playedOn(parcel: Parcel): number {
  for (const sheet of parcel.sheets)
    for (const { cells } of sheet.head) {
      const index = cells.findIndex((cell) => plain(cell) === 'played on');
      if (index < 0) continue;
      const said = cells.slice(index + 1).find((cell) => cell !== '');
      const at = parseDate(said ?? '', 'mdy');
      if (Number.isFinite(at)) return at;
    }
  return Number.NaN;
}

function quizTitle(parcel: Parcel): string {
  const overview = parcel.sheets.find((sheet) => plain(sheet.name) === 'overview');
  return overview?.head[0]?.cells.find((cell) => cell !== '') ?? titleOfFile(parcel.file);
}
