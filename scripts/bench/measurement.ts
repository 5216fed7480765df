/** One line of the table. */
export interface Line {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** Left out where the figure is for comparison only. */
  readonly bar?: { readonly value: number; readonly sense: 'at most' | 'at least'; readonly of?: string } | undefined;
}

export interface Outcome {
  readonly lines: readonly Line[];
  /** What the report holds under the measurement's key. */
  readonly json: unknown;
  /** More keys of the report. */
  readonly more?: Readonly<Record<string, unknown>> | undefined;
  /** Sentences below the table. */
  readonly notes?: readonly string[] | undefined;
}

/** Runs in a process of its own. */
export interface Measurement {
  readonly key: string;
  readonly title: string;
  measure(): Promise<Outcome>;
}

/** How many times better than the bar; 1 or more meets it. */
export const ratioOf = ({ value, bar }: Line): number | undefined =>
  bar && (bar.sense === 'at most' ? bar.value / value : value / bar.value);

/** @param share 0 to 1; the value that this share of the others do not exceed */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};
