import { PathlightError } from '../../../../shared/errors.ts';
import type { StudentKey } from '../../../database/import-rows.ts';
import type { ContentBuilder } from '../content.ts';
import { checkId } from '../content.ts';
import { detectDateOrder, parseDate } from '../dates.ts';
import type { Parcel, SourceRow } from '../source/parcel.ts';
import { parseNumber, plain, splitName, titleOfFile, words } from '../values.ts';
import { bodyRows, cellAt, columnOf, decimalOf, findHeader, Header, ignoreRest } from './format.ts';
import type { Format, Recognition } from './format.ts';
import { guessMeanings } from './guess-meanings.ts';
import { readMark, saidMaximum, titleParts } from './marks.ts';
import type { MarkColumn } from './marks.ts';
import { isSummaryRow } from './summary-rows.ts';
import { verdict } from './verdict.ts';
import { isKeyed, keyRowOf, titlesOf } from './wide-columns.ts';

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
    const labels = labelRows(recognition, decimal);
    const test = titleOfFile(parcel.container === 'zip' ? recognition.sheet.name : parcel.file);
    const titles = titlesOf(recognition.sheet, recognition.header, [...all('mark'), ...all('answer')], test);
    const named = new Header(header);
    const maximumOf = (index: number): number | null => {
      const said = parseNumber(labels.points?.cells[index] ?? '', decimal);
      if (said > 0) return said;
      const cells = columnOf(recognition.sheet, named, index);
      return (
        titleParts(words(header[index] ?? '')).possible ??
        saidMaximum(cells, decimal) ??
        besideMaximum(recognition, index, decimal)
      );
    };
    const wide: MarkColumn[] = all('mark').map((index) => {
      const { title } = titleParts(titles.get(index)!);
      const possible = maximumOf(index);
      return { index, title, possible, assignment: into.assignment({ sourceId: '', title, possible, dueAt: null }) };
    });
    const answers = all('answer');
    const key = keyRowOf(recognition.sheet.head.filter(({ line }) => line > recognition.header.line));
    const times = at('timestamp');
    const order = detectDateOrder(recognition.sheet.head.map((row) => row.cells[times] ?? ''));
    if (PERSON.every((meaning) => at(meaning) < 0))
      throw new PathlightError(
        'no-student-column',
        `${parcel.file}: no column says whose a row is. Say which one holds the student’s id, name or email address.`,
        { file: parcel.file },
      );
    const resultMaximum =
      at('points') < 0 || at('assignment') >= 0
        ? null
        : Number(/\(0 ?[-–] ?(\d+)\)$/.exec(header[at('points')] ?? '')?.[1]) || maximumOf(at('points'));
    const counts = new Map<number, number>();
    const ids = ['student', 'email', 'login'].map(at);
    bodyRows(recognition, (cells, line) => {
      if (line === labels.points?.line || line === labels.dates?.line || line === key?.line) return;
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
          const possible = at('possible') >= 0 ? parseNumber(of('possible'), decimal) : (resultMaximum ?? 0);
          const title = of('assignment') || test;
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
            if (cell === '' || cell === '-') return;
            const heading = header[index] ?? '';
            if (isKeyed(key, index)) return answer(titles.get(index)!, '', plain(cell) === plain(key!.cells[index]!) ? 1 : 0);
            const { title, possible } = titleParts(titles.get(index)!);
            if (possible === null) return answer(title, '', verdict(cell, decimal, heading));
            const mark = readMark(cell, possible, decimal, heading);
            if (mark && mark.points !== null) answer(title, '', Math.min(1, Math.max(0, mark.points / possible)));
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

/** Rows between header and students that carry maxima or dates: Google Classroom writes them, and teachers do, often without a word of what they are. */
function labelRows(
  recognition: Pick<Recognition, 'sheet' | 'header' | 'meanings'>,
  decimal: '.' | ',',
): {
  points: SourceRow | undefined;
  dates: SourceRow | undefined;
} {
  const { sheet, header, meanings } = recognition;
  const body = sheet.head.filter((row) => row.line > header.line);
  const rows = body.slice(0, 4);
  const labelled = (names: RegExp): SourceRow | undefined =>
    rows.find((row) => row.cells.slice(0, 3).some((cell) => names.test(plain(cell))));
  const marks = [...meanings].flatMap(([index, meaning]) => (meaning === 'mark' ? [index] : []));
  const people = [...meanings].flatMap(([index, meaning]) => (PERSON.includes(meaning) ? [index] : []));
  const number = (row: SourceRow, index: number): number => parseNumber(row.cells[index] ?? '', decimal);
  const unlabelled = rows
    .slice(0, 1)
    .find(
      (row) =>
        marks.some((index) => number(row, index) > 0) &&
        people.every((index) => (row.cells[index] ?? '') === '') &&
        marks.every((index) => !body.some((other) => number(other, index) > 2 * number(row, index))),
    );
  return {
    points: labelled(/^(points( possible)?|max(imum)?( points| score)?|out of|possible|punkte|max\. punkte|满分)$/) ?? unlabelled,
    dates: labelled(/^(date|due( date)?|datum|日期)$/),
  };
}

/** What the column beside says of every student alike: Teams writes "Points" behind each assignment. */
function besideMaximum(
  { sheet, header }: Pick<Recognition, 'sheet' | 'header'>,
  index: number,
  decimal: '.' | ',',
): number | null {
  if (!/^(max(imum)?( points)?|points( possible)?|possible|out of|punkte|满分)$/.test(plain(header.cells[index + 1] ?? '')))
    return null;
  const said = new Set(columnOf(sheet, new Header(header.cells), index + 1).filter((cell) => cell !== ''));
  const possible = said.size === 1 ? parseNumber([...said][0]!, decimal) : 0;
  return possible > 0 ? possible : null;
}

const PERSON = ['student', 'name', 'given_name', 'family_name', 'email', 'login'];
