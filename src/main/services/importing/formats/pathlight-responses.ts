import { Refusal } from '../content.ts';
import type { ContentBuilder } from '../content.ts';
import { parseDate } from '../dates.ts';
import { ByteWords } from '../source/byte-rows.ts';
import type { ByteRows } from '../source/byte-rows.ts';
import { detached, digits, shown } from '../values.ts';
import { bodyRows, decimalOf, findHeader, ignoreRest } from './format.ts';
import type { Format } from './format.ts';
import { columnsOf, refuseDouble, RESPONSES } from './pathlight-words.ts';
import { Row } from './row.ts';

const MORE = ['timestamp', 'response_time_ms', 'attempt', 'hint'];

/** Pathlight's own answers: `student,order,item,skill,correct[,timestamp,response_time_ms,attempt,hint]`, skills joined with `~`. */
export const pathlightResponses: Format = {
  name: 'pathlight-responses',

  recognise: (parcel) =>
    findHeader(
      parcel,
      (header) => {
        const { columns } = columnsOf(header.cells);
        if (!RESPONSES.every((word) => columns.has(word))) return undefined;
        return {
          certainty: 1,
          meanings: new Map(
            [...RESPONSES, ...MORE].flatMap((word) =>
              columns.has(word) ? [[columns.get(word)!, word] as [number, string]] : [],
            ),
          ),
        };
      },
      'pathlight-responses',
      'pathlight-responses',
    ),

  read(parcel, recognition, into) {
    const { columns, twice } = columnsOf(recognition.header.cells);
    refuseDouble(parcel.file, recognition.header.line, twice);
    ignoreRest(recognition.header, recognition.meanings, into);
    const decimal = decimalOf(recognition.sheet);
    const row = new Row(columns, decimal, recognition.header.cells.length);
    const seen = new SeenPositions();
    const sets = new Map<string, string>();
    const questions = new Map<string, string>();
    let lastRaw = '';
    let lastStudent = -1;
    into.answers.reserve(Math.min(recognition.sheet.rowsAbout, 4_000_000));
    const [hasTime, hasDuration, hasAttempt, hasHint] = MORE.map((column) => columns.has(column));
    const read = (cells: readonly string[], line: number): void => {
      row.at(cells);
      const raw = row.raw('student');
      const code = raw === lastRaw && lastStudent >= 0 ? '' : row.id('student');
      const position = row.count('order');
      if (position < 0) throw new Refusal('missing-value', 'order is empty', { column: 'order' });
      const item = row.raw('item');
      let question = questions.get(item);
      if (question === undefined) questions.set(detached(item), (question = detached(row.id('item'))));
      const skillCell = row.raw('skill');
      let skills = sets.get(skillCell);
      if (skills === undefined) sets.set(detached(skillCell), (skills = detached(skillSet(row.words('skill')))));
      const correct = row.correct('correct');
      const responseTimeMs = hasDuration ? row.number('response_time_ms') : Number.NaN;
      if (responseTimeMs < 0)
        throw new Refusal('not-a-count', 'response_time_ms is negative', {
          column: 'response_time_ms',
          value: shown(row.raw('response_time_ms')),
        });
      const answeredAt = hasTime ? timestamp(row.raw('timestamp')) : Number.NaN;
      const attempt = hasAttempt ? row.count('attempt') : -1;
      const hint = hasHint ? row.count('hint') : -1;
      const student = code === '' ? lastStudent : into.student(line, [{ kind: 'id', value: code }]);
      lastStudent = student;
      lastRaw = raw;
      const first = seen.add(student, position, line);
      if (first !== undefined)
        throw new Refusal('duplicate-answer', `the same student and order stand on line ${first} already`, { first });
      into.answer({ line, student, position, question, skills, correct, answeredAt, responseTimeMs, attempt, hint });
    };
    // The quick way knows the point alone.
    const bytes = decimal === '.' ? recognition.sheet.bytesBelow?.(recognition.header.line) : undefined;
    if (bytes) readBytes(bytes, columns, recognition.header.cells.length, into, seen, read);
    else bodyRows(recognition, (cells, line) => into.row(line, () => read(cells, line)));
  },
};

/**
 * The quick way over a plain file. A row whose student, question or skills come for the first time, or that holds anything but plain
 * numbers, goes through `read` like in any other file; what it says is remembered by its bytes.
 */
function readBytes(
  rows: ByteRows,
  columns: ReadonlyMap<string, number>,
  width: number,
  into: ContentBuilder,
  seen: SeenPositions,
  read: (cells: readonly string[], line: number) => void,
): void {
  const { answers } = into;
  const at = (column: string): number => columns.get(column) ?? -1;
  const [studentAt, orderAt, itemAt, skillAt, correctAt] = [at('student'), at('order'), at('item'), at('skill'), at('correct')];
  const [timeAt, durationAt, attemptAt, hintAt] = [at('timestamp'), at('response_time_ms'), at('attempt'), at('hint')];
  const [studentWords, itemWords, skillWords] = [new ByteWords(), new ByteWords(), new ByteWords()];
  const [students, items, skills]: [number[], number[], number[]] = [[], [], []];
  /** NaN where the cell is empty or there is no such column, −1 where it is not plain. */
  const plain = (cell: number): number => {
    if (cell < 0 || rows.isEmpty(cell)) return Number.NaN;
    const value = rows.number(cell);
    return Number.isNaN(value) ? -1 : value;
  };
  const count = (cell: number): number => {
    if (cell < 0 || rows.isEmpty(cell)) return -1;
    const value = rows.number(cell);
    return Number.isInteger(value) ? value : -2;
  };
  for (let line = rows.advance(); line > 0; line = rows.advance()) {
    const whole = rows.cells === width;
    const student = whole ? rows.intern(studentAt, studentWords) : 0;
    const item = whole ? rows.intern(itemAt, itemWords) : 0;
    const skill = whole ? rows.intern(skillAt, skillWords) : 0;
    const [knownStudent, question, set] = [students[student], items[item], skills[skill]];
    const position = count(orderAt);
    const correct = plain(correctAt);
    const answeredAt = plain(timeAt);
    const responseTimeMs = plain(durationAt);
    const attempt = count(attemptAt);
    const hint = count(hintAt);
    const usual =
      whole &&
      knownStudent !== undefined &&
      question !== undefined &&
      set !== undefined &&
      position >= 0 &&
      correct >= 0 &&
      correct <= 1 &&
      answeredAt !== -1 &&
      !(answeredAt % 1 > 0) &&
      responseTimeMs !== -1 &&
      attempt !== -2 &&
      hint !== -2;
    if (usual && seen.add(knownStudent, position, line) === undefined) {
      answers.pushNumbers(line, knownStudent, position, question, set, correct, answeredAt, responseTimeMs, attempt, hint);
      continue;
    }
    const before = answers.length;
    const cells = rows.texts();
    into.row(line, () => {
      if (!cells)
        throw new Refusal('too-many-cells', `the row has ${rows.cells} cells, the header ${width}`, {
          cells: rows.cells,
          columns: width,
        });
      read(cells, line);
    });
    if (!whole || answers.length === before) continue;
    students[student] = answers.student[before]!;
    items[item] = answers.question[before]!;
    skills[skill] = answers.skillSet[before]!;
  }
}

/** @throws Refusal `formula`, `too-long` */
function skillSet(cell: string): string {
  if (cell.startsWith('=')) throw new Refusal('formula', 'skill begins with "=": a formula is not an id', { column: 'skill' });
  const skills = [...new Set(cell.split('~').map((skill) => skill.trim()))].filter((skill) => skill !== '').sort();
  if (skills.some((skill) => skill.length > 200))
    throw new Refusal('too-long', 'skill is longer than 200 characters', { column: 'skill' });
  return skills.join('\u001f');
}

/** Milliseconds since 1970, or ISO 8601: 3/4/2026 means two different days. @throws Refusal `bad-time` */
function timestamp(cell: string): number {
  if (cell === '') return Number.NaN;
  // Statistics programs write whole numbers as 1700000000000.0.
  const whole = digits(cell.replace(/\.0*$/, ''));
  if (whole >= 0) return whole;
  const parsed = /^\d{4}-\d\d-\d\d/.test(cell) ? parseDate(cell) : Number.NaN;
  if (Number.isNaN(parsed))
    throw new Refusal(
      'bad-time',
      `timestamp "${shown(cell)}" is neither milliseconds since 1970 nor a date like 2026-09-01T08:30:00Z`,
      {
        value: shown(cell),
      },
    );
  return parsed;
}

/** Which positions of each student were there already; most files count up from 0, for which one number a student is enough. */
class SeenPositions {
  private readonly dense: { count: number; lines: number[] }[] = [];
  private readonly others = new Map<number, Map<number, number>>();

  /** @returns the line on which it stood before */
  add(student: number, position: number, line: number): number | undefined {
    const known = (this.dense[student] ??= { count: 0, lines: [] });
    if (position < known.count) return known.lines[position];
    const other = this.others.get(student);
    const before = other?.get(position);
    if (before !== undefined) return before;
    if (position === known.count) {
      known.count++;
      known.lines.push(line);
    } else if (other) other.set(position, line);
    else this.others.set(student, new Map([[position, line]]));
    return undefined;
  }
}
