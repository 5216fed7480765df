import { clamp } from '../numeric.ts';

/** Forecasts beside what came: n answers of some students. `correct` may be partial credit; for the AUC, ≥ .5 counts as right. */
export interface Judged {
  /** [n], which student; any integers. */
  readonly student: Int32Array;
  readonly probability: Float64Array;
  readonly correct: Float64Array;
}

const EDGE = 1e-6;

/** Positions of the scores from the lowest to the highest, [n]. */
export function ascending(scores: Float64Array): Int32Array {
  return Int32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
}

/** −log-likelihood of one outcome in nats; forecasts of 0 and 1 are taken for one in a million. */
export function answerLoss(probability: number, correct: number): number {
  const p = clamp(probability, EDGE, 1 - EDGE);
  return -(correct * Math.log(p) + (1 - correct) * Math.log(1 - p));
}

/** Area under the ROC curve = P(a right answer's forecast is above a wrong one's), ties count half (Mann–Whitney). Null without both kinds. */
export function auc(
  probability: Float64Array,
  correct: Float64Array,
  multiplicity?: Float64Array,
  sorted: Int32Array = ascending(probability),
): number | null {
  let positives = 0;
  let negatives = 0;
  let area = 0;
  for (let from = 0; from < sorted.length;) {
    let tiedPositive = 0;
    let tiedNegative = 0;
    const score = probability[sorted[from]!]!;
    let to = from;
    for (; to < sorted.length && probability[sorted[to]!]! === score; to++) {
      const times = multiplicity ? multiplicity[sorted[to]!]! : 1;
      if (correct[sorted[to]!]! >= 0.5) tiedPositive += times;
      else tiedNegative += times;
    }
    area += tiedPositive * (negatives + tiedNegative / 2);
    positives += tiedPositive;
    negatives += tiedNegative;
    from = to;
  }
  return positives > 0 && negatives > 0 ? area / (positives * negatives) : null;
}

/** Mean AUC over the students who have both right and wrong answers, weighted by their number of answers. */
export function aucWithinStudent(judged: Judged): number | null {
  const rows = new Map<number, number[]>();
  judged.student.forEach((student, row) => {
    const list = rows.get(student);
    if (list) list.push(row);
    else rows.set(student, [row]);
  });
  let sum = 0;
  let weight = 0;
  for (const list of rows.values()) {
    const value = auc(
      Float64Array.from(list, (row) => judged.probability[row]!),
      Float64Array.from(list, (row) => judged.correct[row]!),
    );
    if (value === null) continue;
    sum += value * list.length;
    weight += list.length;
  }
  return weight > 0 ? sum / weight : null;
}

/** Mean −log-likelihood in nats. */
export function logLoss(judged: Judged): number {
  let sum = 0;
  judged.probability.forEach((probability, row) => (sum += answerLoss(probability, judged.correct[row]!)));
  return sum / Math.max(1, judged.probability.length);
}

/** Mean squared error of the forecast (Brier 1950). */
export function brier(judged: Judged): number {
  let sum = 0;
  judged.probability.forEach((probability, row) => (sum += (probability - judged.correct[row]!) ** 2));
  return sum / Math.max(1, judged.probability.length);
}

export interface ReliabilityBin {
  readonly forecast: number;
  readonly observed: number;
  /** 95% interval of the observed share (Wilson 1927). */
  readonly low: number;
  readonly high: number;
  readonly answers: number;
}

/** Where bins of equal mass begin and end among n sorted forecasts; empty ones are left out. */
export function equalMassBins(count: number, bins: number): { readonly from: number; readonly to: number }[] {
  return Array.from({ length: bins }, (_, bin) => ({
    from: Math.floor((bin * count) / bins),
    to: Math.floor(((bin + 1) * count) / bins),
  })).filter(({ from, to }) => to > from);
}

/** Bins of equal mass: what was forecast and what came. */
export function reliability(judged: Judged, bins = 15): ReliabilityBin[] {
  const sorted = ascending(judged.probability);
  const result: ReliabilityBin[] = [];
  for (const { from, to } of equalMassBins(sorted.length, bins)) {
    let forecast = 0;
    let observed = 0;
    for (let index = from; index < to; index++) {
      forecast += judged.probability[sorted[index]!]!;
      observed += judged.correct[sorted[index]!]!;
    }
    const answers = to - from;
    const share = observed / answers;
    const z = 1.96;
    const centre = (share + (z * z) / (2 * answers)) / (1 + (z * z) / answers);
    const half = (z * Math.sqrt((share * (1 - share)) / answers + (z * z) / (4 * answers * answers))) / (1 + (z * z) / answers);
    result.push({
      forecast: forecast / answers,
      observed: share,
      low: Math.max(0, centre - half),
      high: Math.min(1, centre + half),
      answers,
    });
  }
  return result;
}

/** Expected calibration error over bins of equal mass (Naeini et al. 2015): mean |forecast − observed|, weighted by answers. */
export function ece(judged: Judged, bins = 15): number {
  const parts = reliability(judged, bins);
  const answers = parts.reduce((sum, bin) => sum + bin.answers, 0);
  return answers === 0 ? 0 : parts.reduce((sum, bin) => sum + bin.answers * Math.abs(bin.forecast - bin.observed), 0) / answers;
}
