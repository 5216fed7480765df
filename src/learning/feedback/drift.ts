import { logit, normalCdf } from '../numeric.ts';
import type { Judged } from '../evaluation/metrics.ts';

/** Answers of one day or one import, each forecast before it came in. */
export interface Occasion extends Judged {
  /** [n], which question; any integers. Questions err together, for everybody who answers them. */
  readonly question: Int32Array;
}

export type DriftKind = 'too-high' | 'too-low' | 'too-sure';

export interface Drift {
  readonly kind: DriftKind;
  /** Index of the occasion at which it was noticed. */
  readonly noticed: number;
  /** Index of the occasion from which on it is most likely so. */
  readonly since: number;
  readonly answers: number;
  readonly students: number;
  /** Of the answers since: mean forecast, share right, and their difference (right − forecast) with its 95% interval. */
  readonly forecast: number;
  readonly right: number;
  readonly difference: { readonly value: number; readonly low: number; readonly high: number };
  /** Mean log-loss beyond what the forecasts themselves lead to expect, in nats. */
  readonly excessLoss: number;
}

export interface DriftOptions {
  /** Chance of ever raising a false alarm while a model is in use. */
  readonly alpha?: number;
  /** A mean error of so much, as a share of answers and as nats, matters to nobody. */
  readonly tolerance?: number;
}

export const DRIFT_ALPHA = 0.05;
const TOLERANCE = 0.03;
/** Fewer say nothing, however far they are off. */
const FEWEST_ANSWERS = 100;
const FEWEST_STUDENTS = 5;
const FEWEST_OCCASIONS = 2;
/** Where the boundary is tightest: the variance of a sum that a class's day has. */
const SCALE = 50;

interface Sums {
  readonly answers: number;
  readonly sum: number;
  readonly variance: number;
}

/**
 * Variance of the sum of errors, from how the errors scatter about their mean: students and questions each err together (two-way clusters, Cameron, Gelbach & Miller 2011),
 * with few clusters corrected by m/(m − 1), and never below what independent answers would have.
 */
export function clusteredVariance(errors: Float64Array, clusters: readonly Int32Array[], independent: number): number {
  const mean = errors.reduce((sum, error) => sum + error, 0) / Math.max(1, errors.length);
  let own = 0;
  for (const error of errors) own += (error - mean) ** 2;
  let together = -own * (clusters.length - 1);
  for (const cluster of clusters) {
    const sums = new Map<number, number>();
    cluster.forEach((id, row) => sums.set(id, (sums.get(id) ?? 0) + errors[row]! - mean));
    let squares = 0;
    for (const sum of sums.values()) squares += sum * sum;
    // One alone has nothing to be compared with: it may be all that is wrong.
    together += sums.size > 1 ? (squares * sums.size) / (sums.size - 1) : (mean * errors.length) ** 2 + independent;
  }
  return Math.max(independent, together);
}

function biasOf({ probability, correct, student, question }: Occasion): Sums {
  const errors = correct.map((right, row) => right - probability[row]!);
  const independent = probability.reduce((sum, p) => sum + p * (1 - p), 0);
  return {
    answers: errors.length,
    sum: errors.reduce((all, error) => all + error, 0),
    variance: clusteredVariance(errors, [student, question], independent),
  };
}

/** Log-loss less the entropy of the forecast: −(y − p)·logit(p), of mean 0 where the forecasts are right. */
function excessOf({ probability, correct, student, question }: Occasion): Sums {
  const errors = correct.map((right, row) => (probability[row]! - right) * logit(probability[row]!));
  const independent = probability.reduce((sum, p) => sum + p * (1 - p) * logit(p) ** 2, 0);
  return {
    answers: errors.length,
    sum: errors.reduce((all, error) => all + error, 0),
    variance: clusteredVariance(errors, [student, question], independent),
  };
}

/**
 * Log of the one-sided normal mixture (Robbins 1970; Howard et al. 2021, eq. 3.4): with the sum's mean ≤ 0 its expectation never exceeds 1,
 * however often one looks.
 */
function mixture(sum: number, variance: number): number {
  const total = variance + SCALE;
  const tail = normalCdf(sum / Math.sqrt(total));
  if (tail < 1e-300) return -Infinity;
  return Math.log(2) + Math.log(SCALE / total) / 2 + (sum * sum) / (2 * total) + Math.log(tail);
}

/** Weight of a change at the k-th occasion, k from 1: they sum to 1. */
const weightOf = (k: number): number => 1 / (k * (k + 1));

interface Suspicion {
  readonly kind: DriftKind;
  readonly since: number;
  readonly log: number;
}

/** Whether these occasions are enough to speak of. */
function enough(occasions: readonly Occasion[]): boolean {
  if (occasions.length < FEWEST_OCCASIONS) return false;
  const students = new Set<number>();
  let answers = 0;
  for (const occasion of occasions) {
    answers += occasion.probability.length;
    for (const student of occasion.student) students.add(student);
  }
  return answers >= FEWEST_ANSWERS && students.size >= FEWEST_STUDENTS;
}

/** Evidence, as a likelihood ratio's log, that forecasts have been off since some occasion; and since which. */
function evidenceAt(
  occasions: readonly Occasion[],
  bias: readonly Sums[],
  excess: readonly Sums[],
  tolerance: number,
): { readonly evidence: number; readonly strongest: Suspicion | undefined } {
  const last = occasions.length;
  let evidence = 1 / (last + 1);
  let strongest: Suspicion | undefined;
  let [answers, biasSum, biasVariance, excessSum, excessVariance] = [0, 0, 0, 0, 0];
  for (let k = last; k >= 1; k--) {
    answers += bias[k - 1]!.answers;
    biasSum += bias[k - 1]!.sum;
    biasVariance += bias[k - 1]!.variance;
    excessSum += excess[k - 1]!.sum;
    excessVariance += excess[k - 1]!.variance;
    const spared = tolerance * answers;
    const logs: readonly (readonly [DriftKind, number])[] = [
      ['too-low', mixture(biasSum - spared, biasVariance)],
      ['too-high', mixture(-biasSum - spared, biasVariance)],
      ['too-sure', mixture(excessSum - spared, excessVariance)],
    ];
    const speaks = enough(occasions.slice(k - 1));
    for (const [kind, raw] of logs) {
      // What is too little to speak of may weigh against a change, never for one.
      const log = speaks ? raw : Math.min(0, raw);
      evidence += (weightOf(k) / logs.length) * Math.exp(Math.min(700, log));
      const weighed = log + Math.log(weightOf(k));
      if (speaks && (!strongest || weighed > strongest.log)) strongest = { kind, since: k - 1, log: weighed };
    }
  }
  return { evidence, strongest };
}

/**
 * Whether forecasts that were made before the answers came have been off by more than the tolerance since some occasion. A mixture of sequential tests over
 * all times of change (an e-process: by Ville's inequality the chance that it ever exceeds 1/α while the forecasts are right is at most α, as far as the
 * clustered variances are; tests/learning/drift.test.ts measures it). Once noticed it stays, until the answers since no longer show it.
 * @param occasions oldest first, all forecast by one model
 */
export function detectDrift(occasions: readonly Occasion[], options: DriftOptions = {}): Drift | undefined {
  const { alpha = DRIFT_ALPHA, tolerance = TOLERANCE } = options;
  const bias = occasions.map(biasOf);
  const excess = occasions.map(excessOf);
  let noticed: number | undefined;
  for (let last = 1; last <= occasions.length && noticed === undefined; last++) {
    const { evidence } = evidenceAt(occasions.slice(0, last), bias, excess, tolerance);
    if (evidence >= 1 / alpha) noticed = last - 1;
  }
  if (noticed === undefined) return undefined;
  const { strongest } = evidenceAt(occasions, bias, excess, tolerance);
  if (!strongest) return undefined;
  const { kind, since } = strongest;
  const figures = figuresOf(occasions.slice(since), bias.slice(since), excess.slice(since));
  const { low, high } = figures.difference;
  // It has gone by itself.
  if (kind !== 'too-sure' && low <= 0 && high >= 0) return undefined;
  // Forecasts that are off to one side cost more than they should, too: the side is what helps.
  const said = high < -tolerance ? 'too-high' : low > tolerance ? 'too-low' : kind;
  return { kind: said, noticed, since, ...figures };
}

function figuresOf(
  occasions: readonly Occasion[],
  bias: readonly Sums[],
  excess: readonly Sums[],
): Omit<Drift, 'kind' | 'noticed' | 'since'> {
  const total = (sums: readonly Sums[]): Sums =>
    sums.reduce((all, each) => ({
      answers: all.answers + each.answers,
      sum: all.sum + each.sum,
      variance: all.variance + each.variance,
    }));
  const { answers, sum, variance } = total(bias);
  const forecast = occasions.reduce((all, { probability }) => all + probability.reduce((a, b) => a + b, 0), 0) / answers;
  const value = sum / answers;
  const half = (1.96 * Math.sqrt(variance)) / answers;
  return {
    answers,
    students: new Set(occasions.flatMap(({ student }) => [...student])).size,
    forecast,
    right: forecast + value,
    difference: { value, low: value - half, high: value + half },
    excessLoss: total(excess).sum / answers,
  };
}
