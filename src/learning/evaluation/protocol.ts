import type { ResponseTable } from '../responses.ts';
import type { Judged } from './metrics.ts';

export const DEFAULT_AFTER: readonly number[] = [0, 1, 2, 3, 5, 10, 20];

/** The fixed window asks answers 21–30, the next window the 10 answers after the k-th. */
const FIXED_START = 20;
const WINDOW = 10;
export const LONG_ENOUGH = FIXED_START + WINDOW;

/** Forecasts the rows of `query`, each by itself, from those of `support`, rows of the table. Nothing after the support may be looked at. */
export type Forecaster = (student: number, support: readonly number[], query: readonly number[]) => Float64Array;

export type QueryWindow = 'fixed' | 'next';

export interface WindowForecasts {
  readonly after: number;
  readonly window: QueryWindow;
  readonly judged: Judged;
  /** [n], the table's rows that were asked. */
  readonly rows: Int32Array;
}

const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

/**
 * The protocol of few-answer evaluation: support = the first k answers; query windows as above, frozen after k; students with at least
 * 30 answers. Where no student has 30 (a small school), the next window is asked of everybody who has an answer beyond the k-th.
 */
export function forecastWindows(
  table: ResponseTable,
  students: readonly number[],
  forecaster: Forecaster,
  after: readonly number[] = DEFAULT_AFTER,
): WindowForecasts[] {
  const lengthOf = (student: number): number => table.start[student + 1]! - table.start[student]!;
  const long = students.filter((student) => lengthOf(student) >= LONG_ENOUGH);
  const short = long.length === 0;
  const windows: readonly QueryWindow[] = short ? ['next'] : ['fixed', 'next'];
  const result: WindowForecasts[] = [];
  for (const k of after) {
    const asked = windows
      .filter((window) => window !== 'fixed' || k <= FIXED_START)
      .map((window) => ({ window, owners: [] as number[], rows: [] as number[], probabilities: [] as number[] }));
    for (const student of short ? students : long) {
      const begin = table.start[student]!;
      const length = lengthOf(student);
      if (k >= length) continue;
      const queries = asked.map(({ window }) => {
        const from = window === 'fixed' ? FIXED_START : k;
        return range(begin + from, begin + Math.min(length, from + WINDOW));
      });
      // Fitted to the support once, for both windows.
      const forecast = forecaster(student, range(begin, begin + k), queries.flat());
      let at = 0;
      for (const [index, { owners, rows, probabilities }] of asked.entries())
        for (const row of queries[index]!) {
          owners.push(student);
          rows.push(row);
          probabilities.push(forecast[at++]!);
        }
    }
    for (const { window, owners, rows, probabilities } of asked)
      if (owners.length > 0)
        result.push({
          after: k,
          window,
          judged: {
            student: Int32Array.from(owners),
            probability: Float64Array.from(probabilities),
            correct: Float64Array.from(rows, (row) => table.correct[row]!),
          },
          rows: Int32Array.from(rows),
        });
  }
  return result;
}
