import { Refusal } from '../content.ts';
import { parseDate } from '../dates.ts';
import { shown } from '../values.ts';
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
    const row = new Row(columns, decimalOf(recognition.sheet), recognition.header.cells.length);
    const seen = new SeenPositions();
    const sets = new Map<string, string>();
    const [hasTime, hasDuration, hasAttempt, hasHint] = MORE.map((column) => columns.has(column));
    const read = (cells: readonly string[], line: number): void => {
      row.at(cells);
      const code = row.id('student');
      const position = row.count('order');
      if (position < 0) throw new Refusal('missing-value', 'order is empty', { column: 'order' });
      const question = row.id('item');
      const skillCell = row.words('skill');
      let skills = sets.get(skillCell);
      if (skills === undefined) sets.set(skillCell, (skills = skillSet(skillCell)));
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
      const student = into.studentByKey(line, 'id', code);
      const first = seen.add(student, position, line);
      if (first !== undefined)
        throw new Refusal('duplicate-answer', `the same student and order stand on line ${first} already`, { first });
      into.answer({ line, student, position, question, skills, correct, answeredAt, responseTimeMs, attempt, hint });
    };
    bodyRows(recognition, (cells, line) => into.row(line, () => read(cells, line)));
  },
};

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
  if (/^\d+$/.test(cell) && Number.isSafeInteger(Number(cell))) return Number(cell);
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
