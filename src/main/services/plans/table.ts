import { stringify } from '../csv.ts';
import type { SheetSet } from './sheet.ts';

/** One row a step, numbers as numbers. A UTF-8 mark in front, because spreadsheets otherwise read names wrongly. */
export function plansToCsv({ labels, sheets, skillName }: SheetSet): string {
  const laid = sheets.some(({ words }) => words.lessons !== undefined);
  const header = [
    labels.number,
    labels.student,
    labels.step,
    labels.skill,
    labels.strategy,
    labels.minutes,
    ...(laid ? [labels.lesson] : []),
    labels.forecast,
    '±',
    labels.mastery,
    '±',
    labels.expectedGain,
    '±',
    labels.reason,
    labels.decisions,
    labels.material,
    labels.stamp,
  ];
  const rows = sheets.flatMap(({ plan, studentName, number, words }) =>
    plan.steps.map((step, index) => [
      number === undefined ? '' : String(number),
      studentName,
      String(index + 1),
      skillName(step.skill),
      labels.strategies[step.strategy],
      String(step.minutes),
      ...(laid ? [words.lessons?.[index] ?? ''] : []),
      step.forecast.value.toFixed(3),
      step.forecast.standardError.toFixed(3),
      step.mastery.value.toFixed(3),
      step.mastery.standardError.toFixed(3),
      step.expectedGain.value.toFixed(4),
      step.expectedGain.standardError.toFixed(4),
      words.reasons[index] ?? '',
      (words.decisions ?? []).join(' '),
      (step.material ?? []).map(({ title, address, fileName }) => `${title} (${address ?? fileName})`).join('; '),
      words.stamp,
    ]),
  );
  return `\ufeff${stringify([header, ...rows])}`;
}
