import type { Random } from '../random.ts';
import { ascending, equalMassBins } from './metrics.ts';
import type { Judged } from './metrics.ts';

/** Rows whose number of right outcomes is drawn at once: short enough for its distribution to be quick to work out. */
const CHUNK = 128;

/** P(at most k of these outcomes are right), k = 0 … n (Poisson binomial, by convolution). */
export function rightAnswersDistribution(probabilities: Float64Array): Float64Array {
  const distribution = new Float64Array(probabilities.length + 1);
  distribution[0] = 1;
  probabilities.forEach((p, index) => {
    for (let right = index + 1; right > 0; right--)
      distribution[right] = distribution[right]! * (1 - p) + distribution[right - 1]! * p;
    distribution[0]! *= 1 - p;
  });
  for (let right = 1; right < distribution.length; right++) distribution[right]! += distribution[right - 1]!;
  return distribution;
}

/** The smallest number whose cumulative probability is above `uniform`. */
function drawFrom(cumulative: Float64Array, uniform: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle]! > uniform) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Quantile of the expected calibration error that a perfectly calibrated model would show on these very forecasts: outcomes are redrawn from the
 * forecasts themselves (consistency resampling, Bröcker & Smith 2007). An ECE below it is what chance alone leaves.
 * Redrawn outcomes are right or wrong and independent of each other; partial credit and students' own ways make the real ECE vary differently.
 * @param draws redrawn sets of outcomes
 * @returns in [0, 1]; 0 where nothing was asked
 */
export function eceOfPerfectModel(judged: Judged, random: Random, draws = 1000, quantile = 0.95, bins = 15): number {
  const { probability } = judged;
  const sorted = Float64Array.from(ascending(probability), (row) => probability[row]!);
  const answers = sorted.length;
  if (answers === 0) return 0;
  const parts = equalMassBins(answers, bins).map(({ from, to }) => {
    const chunks: Float64Array[] = [];
    for (let at = from; at < to; at += CHUNK)
      chunks.push(rightAnswersDistribution(sorted.subarray(at, Math.min(to, at + CHUNK))));
    return { chunks, expected: sorted.subarray(from, to).reduce((sum, p) => sum + p, 0) };
  });
  const found = Float64Array.from({ length: draws }, () => {
    let error = 0;
    for (const { chunks, expected } of parts) {
      let right = 0;
      for (const chunk of chunks) right += drawFrom(chunk, random.uniform());
      error += Math.abs(expected - right);
    }
    return error / answers;
  });
  found.sort();
  return found[Math.min(draws - 1, Math.floor(quantile * draws))]!;
}
