import { PathlightError } from '../../../../shared/errors.ts';
import type { StudentKey } from '../../../database/import-rows.ts';
import type { ContentBuilder } from '../content.ts';
import { checkId } from '../content.ts';
import { detectDateOrder, parseDate } from '../dates.ts';
import type { Parcel, SourceRow } from '../source/parcel.ts';
import { parseNumber, plain, splitName, words } from '../values.ts';
import { bodyRows, cellAt, decimalOf, findHeader, ignoreRest } from './format.ts';
import type { Format, Recognition } from './format.ts';
import { guessMeanings } from './guess-meanings.ts';
import { readMark, titleParts } from './marks.ts';
import type { MarkColumn } from './marks.ts';
import { isSummaryRow } from './summary-rows.ts';
import { verdict } from './verdict.ts';

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
        const meanings = guessMeanings(header, sheet);
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
    const ids = ['student', 'email', 'login'].map(at);
    bodyRows(recognition, (cells, line) => {
      if (line === labels.points?.line || line === labels.dates?.line) return;
      if (isSummaryRow(cells, ids)) return into.count('average-rows', 'rows');
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
