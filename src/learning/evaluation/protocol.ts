import type { ResponseTable } from '../responses.ts';
import type { Judged } from './metrics.ts';

export const DEFAULT_AFTER: readonly number[] = [0, 1, 2, 3, 5, 10, 20];

/** The fixed window asks answers 21–30, the next window the 10 answers after the k-th. */
const FIXED_START = 20;
const WINDOW = 10;
export const LONG_ENOUGH = FIXED_START + WINDOW;

/** Forecasts the rows of `query` from those of `support`, rows of the table. Nothing after the support may be looked at. */
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
    for (const window of windows) {
      if (window === 'fixed' && k > FIXED_START) continue;
      const owners: number[] = [];
      const rows: number[] = [];
      const probabilities: number[] = [];
      const correct: number[] = [];
      for (const student of short ? students : long) {
        const begin = table.start[student]!;
        const length = lengthOf(student);
        if (k >= length) continue;
        const from = window === 'fixed' ? FIXED_START : k;
        const query = range(begin + from, begin + Math.min(length, from + WINDOW));
        const forecast = forecaster(student, range(begin, begin + k), query);
        query.forEach((row, index) => {
          owners.push(student);
          rows.push(row);
          probabilities.push(forecast[index]!);
          correct.push(table.correct[row]!);
        });
      }
      if (owners.length === 0) continue;
      result.push({
        after: k,
        window,
        judged: {
          student: Int32Array.from(owners),
          probability: Float64Array.from(probabilities),
          correct: Float64Array.from(correct),
        },
        rows: Int32Array.from(rows),
      });
    }
  }
  return result;
}
