import type { ComparedFigures, ComparedPoint, ComparisonReport } from '../learning/evaluation/comparison-report.ts';
import type { Difference } from '../learning/evaluation/paired-bootstrap.ts';
import type { QueryWindow } from '../learning/evaluation/protocol.ts';

const WINDOWS: Readonly<Record<QueryWindow, string>> = {
  fixed: 'Answers 21 to 30: the same questions for every number k of answers known',
  next: 'The 10 answers after the k known ones',
};
const KINDS = { whole: 'in use', 'trained-part': 'alone', baseline: 'baseline' } as const;

const number = (value: number | null | undefined, digits = 4): string =>
  value === null || value === undefined ? '–' : value.toFixed(digits);
const signed = (value: number): string => (value < 0 ? `−${(-value).toFixed(4)}` : `+${value.toFixed(4)}`);
const interval = (difference: Difference | null | undefined): string =>
  difference ? `${signed(difference.value)} [${signed(difference.low)}, ${signed(difference.high)}]` : '–';

/** Models as rows, best mean AUC first, in one table a window: AUC by k, its mean, the difference to the best peer, ECE, seconds. */
export function describeComparison(report: ComparisonReport): string {
  const windows = (['fixed', 'next'] as const).filter((window) => report.asked.some((asked) => asked.window === window));
  return [
    ...windows.flatMap((window) => [...describeWindow(report, window), '']),
    '"in use" is what train --learner gives: the learner\'s members together with the closed form and the starter, weighted on held-back',
    'students. "alone" is the learner\'s members without these; share is their weight in what is in use.',
    ...(report.bestPeer === null
      ? []
      : [`Differences are to ${report.bestPeer}, the best baseline by mean AUC; ${describeIntervals(report)}.`]),
    '* ECE above what 95% of perfectly calibrated models would show.',
  ].join('\n');
}

const describeIntervals = ({ blocks, replicates }: ComparisonReport): string =>
  blocks > 1
    ? `means over ${blocks} blocks of past students, 95% intervals from the blocks' spread`
    : `95% intervals of a paired bootstrap over students (${replicates} resamples)`;

function describeWindow(report: ComparisonReport, window: QueryWindow): string[] {
  const asked = report.asked.filter((each) => each.window === window);
  const width = Math.max(...report.models.map(({ model }) => model.length)) + 2;
  const meanOf = ({ means }: ComparedFigures) => means.find((each) => each.window === window);
  const models = report.models.toSorted((a, b) => (meanOf(b)?.auc ?? 0) - (meanOf(a)?.auc ?? 0));
  const judged = asked.findLast(({ after }) => after <= 5)?.after ?? asked[0]!.after;
  const pointOf = ({ points }: ComparedFigures, after: number): ComparedPoint =>
    points.find((point) => point.window === window && point.after === after)!;
  const row = (name: string, kind: string, cells: readonly string[], rest: string): string =>
    `  ${name.padEnd(width)}${kind.padEnd(9)}${cells.map((cell) => cell.padStart(6)).join(' ')}  ${rest}`;
  const tail = (difference: string, logLoss: string, brier: string, ece: string, share: string, seconds: string): string =>
    `${difference.padEnd(28)}${logLoss.padStart(8)} ${brier.padStart(6)} ${ece.padEnd(6)} ${share.padStart(5)} ${seconds.padStart(7)}`;
  return [
    `${WINDOWS[window]} (${asked[0]!.students} students); AUC`,
    row(
      'model',
      '',
      [...asked.map(({ after }) => `k=${after}`), 'mean'],
      tail('difference of means', `loss k=${judged}`, 'Brier', 'ECE', 'share', 'seconds'),
    ),
    ...models.map((model) => {
      const { logLoss, brier, ece, ecePerfect } = pointOf(model, judged);
      return row(
        model.model,
        KINDS[model.kind],
        [...asked.map(({ after }) => number(pointOf(model, after).auc)), number(meanOf(model)?.auc)],
        tail(
          interval(meanOf(model)?.difference?.auc),
          number(logLoss),
          number(brier),
          `${number(ece, 3)}${ece > ecePerfect ? '*' : ''}`,
          number(model.trainedShare, 2),
          number(model.seconds, 1),
        ),
      );
    }),
  ];
}
