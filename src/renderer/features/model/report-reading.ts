import type { EvaluationReport } from '../../../shared/contract/evaluation.ts';

export type Comparison = EvaluationReport['points'][number];
export type Group = EvaluationReport['groups'][number];
export type Figures = Comparison['figures'][number];
export type Difference = NonNullable<Comparison['differences'][number]['auc']>;
export type Verdict = 'ahead' | 'equal' | 'behind';

export const figuresOf = (comparison: Pick<Comparison, 'figures'>, model: string | null): Figures | undefined =>
  comparison.figures.find((each) => each.model === model);

export const differenceFrom = (comparison: Pick<Comparison, 'differences'>, model: string | null) =>
  comparison.differences.find((each) => each.model === model);

/** "Ahead" and "behind" are only said where the 95% interval leaves zero out. @param logLoss ours minus the other's: lower is better */
export function verdictOf(logLoss: Difference | null | undefined): Verdict {
  if (!logLoss) return 'equal';
  return logLoss.high < 0 ? 'ahead' : logLoss.low > 0 ? 'behind' : 'equal';
}

/** The window of the same questions throughout, or the next ones where nobody has answered enough for that. */
export const firstWindow = (report: EvaluationReport): 'fixed' | 'next' => report.means[0]?.window ?? 'fixed';

export const pointsOf = (report: EvaluationReport, window: 'fixed' | 'next'): Comparison[] =>
  report.points.filter((point) => point.window === window).toSorted((a, b) => a.after - b.after);
