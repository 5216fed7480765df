import type { ResponseTable } from '../responses.ts';
import type { Judged } from './metrics.ts';
import type { WindowForecasts } from './protocol.ts';

export type GroupName = 'tercile-low' | 'tercile-middle' | 'tercile-high' | 'seen' | 'unseen';

export interface AskedGroup {
  readonly name: GroupName;
  /** Positions among the rows that were asked. */
  readonly positions: readonly number[];
}

/**
 * Tercile of each student by share of right answers over all the student's answers in the data, support and later ones included: a share over the
 * asked window would sort students by the very outcomes that are to be forecast. Ties go by the students' order.
 * @returns 0 (lowest) to 2, by student
 */
export function studentTerciles(table: ResponseTable, students: readonly number[]): Map<number, 0 | 1 | 2> {
  const share = new Map(
    students.map((student) => {
      const rows = table.correct.subarray(table.start[student]!, table.start[student + 1]!);
      return [student, rows.reduce((sum, correct) => sum + correct, 0) / Math.max(1, rows.length)];
    }),
  );
  const ranked = [...students].sort((a, b) => share.get(a)! - share.get(b)! || a - b);
  return new Map(ranked.map((student, rank) => [student, Math.floor((3 * rank) / ranked.length) as 0 | 1 | 2]));
}

/**
 * Who and what a model serves less well: the asked rows by student tercile, and by whether training knew the question.
 * @param seen whether a question, as the table's index, was answered in training, as far as this student's forecasts go
 * @returns groups that hold at least one row
 */
export function askedGroups(
  table: ResponseTable,
  { judged, rows }: WindowForecasts,
  seen: (question: number, student: number) => boolean,
): AskedGroup[] {
  const tercile = studentTerciles(table, [...new Set(judged.student)]);
  const all = Array.from(rows.keys());
  const of = (name: GroupName, belongs: (position: number) => boolean): AskedGroup => ({
    name,
    positions: all.filter(belongs),
  });
  return [
    of('tercile-low', (position) => tercile.get(judged.student[position]!) === 0),
    of('tercile-middle', (position) => tercile.get(judged.student[position]!) === 1),
    of('tercile-high', (position) => tercile.get(judged.student[position]!) === 2),
    of('seen', (position) => seen(table.question[rows[position]!]!, judged.student[position]!)),
    of('unseen', (position) => !seen(table.question[rows[position]!]!, judged.student[position]!)),
  ].filter(({ positions }) => positions.length > 0);
}

export const pick = ({ student, probability, correct }: Judged, positions: readonly number[]): Judged => ({
  student: Int32Array.from(positions, (position) => student[position]!),
  probability: Float64Array.from(positions, (position) => probability[position]!),
  correct: Float64Array.from(positions, (position) => correct[position]!),
});
