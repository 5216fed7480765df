import { sigmoid } from '../numeric.ts';

/** An answer that was to come, as it was forecast. */
export interface Trial {
  /** Natural-log odds of a right answer. */
  readonly logit: number;
  /** The part of their standard error that it shares with the other trials: all err by the same multiple of it. */
  readonly common: number;
  /** Variance of the rest, each trial's own. */
  readonly own: number;
  /** How many answers it counts for, rounded to whole ones; a mark counts for several. */
  readonly weight: number;
  /** How much of it was right, 0 to 1. */
  readonly correct: number;
}

export interface Outcome {
  /** Answers, each once whatever it weighs. */
  readonly of: number;
  readonly right: number;
  readonly expected: number;
  /** P(so few right or fewer), where the forecasts and their errors hold. */
  readonly chance: number;
}

/** Points of the common error, evenly from −4 to 4 standard errors. */
const POINTS = 33;
const WIDEST = 4;
const HEAVIEST = 6;

/**
 * How likely so few right answers are, were the forecasts true: the exact distribution of a sum of unequal coins (Poisson binomial), averaged over the error that the
 * forecasts share. A trial's own error flattens its chance, as MacKay (1992) does. Partial credit is rounded up, so that the chance is rather said too large
 * than too small.
 */
export function lowerTail(trials: readonly Trial[]): Outcome {
  const weights = trials.map(({ weight }) => Math.max(1, Math.min(HEAVIEST, Math.round(weight))));
  const most = Math.ceil(trials.reduce((sum, { correct }, index) => sum + weights[index]! * correct, 0) - 1e-9);
  let expected = 0;
  let chance = 0;
  let mass = 0;
  for (let point = 0; point < POINTS; point++) {
    const shift = -WIDEST + (2 * WIDEST * point) / (POINTS - 1);
    const density = Math.exp(-(shift * shift) / 2);
    const chances = trials.map(({ logit, common, own }) =>
      sigmoid((logit + shift * common) / Math.sqrt(1 + (Math.PI / 8) * own)),
    );
    mass += density;
    expected += density * chances.reduce((sum, p) => sum + p, 0);
    chance += density * atMost(chances, weights, most);
  }
  return {
    of: trials.length,
    right: trials.reduce((sum, { correct }) => sum + correct, 0),
    expected: expected / mass,
    chance: Math.min(1, chance / mass),
  };
}

/** P(X ≤ most), X the sum of independent coins, each thrown as often as its weight says. */
function atMost(chances: readonly number[], weights: readonly number[], most: number): number {
  if (most < 0) return 0;
  // What is beyond `most` need not be told apart.
  const by = new Float64Array(most + 2);
  by[0] = 1;
  chances.forEach((p, index) => {
    for (let throws = weights[index]!; throws > 0; throws--)
      for (let count = most; count >= 0; count--) by[count] = by[count]! * (1 - p) + (count > 0 ? by[count - 1]! * p : 0);
  });
  return by.subarray(0, most + 1).reduce((sum, each) => sum + each, 0);
}

/** P(X ≥ least), X the sum of independent coins. */
export const atLeast = (chances: readonly number[], least: number): number =>
  1 -
  atMost(
    chances,
    chances.map(() => 1),
    least - 1,
  );

/**
 * P(the next `run` tries all fail) of somebody who succeeded `hits` and failed `misses` times before, where success rates scatter as a beta distribution with this
 * mean and the weight of `strength` tries.
 */
export function failingRun(hits: number, misses: number, run: number, mean: number, strength: number): number {
  const good = hits + strength * mean;
  let bad = misses + strength * (1 - mean);
  let chance = 1;
  for (let each = 0; each < run; each++, bad++) chance *= bad / (good + bad);
  return chance;
}

/**
 * Benjamini and Hochberg (1995): the tests that are called, so that of what is called no more than this share is expected to be chance.
 * Where nothing happens at all, that is also how often anything is called.
 * @param of number of all tests that were looked at, those left out here among them
 */
export function discoveries<Test extends { readonly chance: number }>(
  tests: readonly Test[],
  of: number,
  share: number,
): readonly Test[] {
  const sorted = tests.toSorted((a, b) => a.chance - b.chance);
  let called = 0;
  sorted.forEach(({ chance }, index) => {
    if (chance <= (share * (index + 1)) / Math.max(of, sorted.length)) called = index + 1;
  });
  return sorted.slice(0, called);
}
