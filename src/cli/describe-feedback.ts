import type { Feedback, ForecastComparison } from '../shared/contract/trust.ts';

const percent = (share: number): string => `${(100 * share).toFixed(0)}%`;
const points = (share: number): string => `${share >= 0 ? '+' : ''}${(100 * share).toFixed(1)}`;
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
const line = (name: string, { forecast, right, difference, answers, students }: ForecastComparison): string =>
  `  ${name}: forecast ${percent(forecast)}, right ${percent(right)} (${points(difference.value)} points, 95% ${points(difference.low)} to ${points(difference.high)}; ${answers} answers of ${students} students)`;

const KINDS = {
  'too-high': 'are too high',
  'too-low': 'are too low',
  'too-sure': 'are surer than they should be',
} as const;

/** What was forecast and promised against what happened, in plain lines. */
export function describeFeedback({ forecasts, drift, plans, watched }: Feedback): string[] {
  const lines: string[] = [];
  if (forecasts) {
    lines.push(`Forecasts of answers before they came in, since ${day(forecasts.since)}:`, line('all', forecasts.whole));
    lines.push(
      `  log-loss ${forecasts.logLoss.toFixed(3)}, calibration error ${percent(forecasts.ece)} (chance alone: up to ${percent(forecasts.ecePerfect)})`,
    );
    for (const { low, high, forecast, observed, answers } of forecasts.bands)
      lines.push(
        `  forecast ${percent(forecast)} → right ${percent(observed)} (95% ${percent(low)} to ${percent(high)}; ${answers} answers)`,
      );
    for (const { kind, name, ...comparison } of forecasts.groups) lines.push(line(name ?? kind, comparison));
  } else lines.push('No answers have come in yet that were forecast before.');
  if (drift)
    lines.push(
      `Since ${day(drift.since)} forecasts ${KINDS[drift.kind]}: forecast ${percent(drift.forecast)}, right ${percent(drift.right)} (${drift.answers} answers of ${drift.students} students). Training again may help.`,
    );
  else lines.push(`Nothing shows that forecasts are off (${watched.answers} answers looked at).`);
  lines.push(
    `Plans handed out: ${plans.handedOut}; worked on: ${plans.stepsWorked} of ${plans.steps} steps${plans.stepsNotDone > 0 ? `; not done: ${plans.stepsNotDone}` : ''}.`,
  );
  if (plans.answers > 0)
    lines.push(
      `  on their steps practice was expected to bring ${points(plans.expectedRise)} points; it brought ${points(plans.rise.value)} (95% ${points(plans.rise.low)} to ${points(plans.rise.high)}; ${plans.answers} answers of ${plans.students} students)`,
    );
  if (plans.factor.stands) lines.push(`  plans now multiply expected gains by ${plans.factor.value.toFixed(2)}.`);
  return lines;
}
