import type { Random } from '../random.ts';
import { ascending, equalMassBins } from './metrics.ts';
import type { Judged } from './metrics.ts';

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
  const parts = equalMassBins(answers, bins);
  const found = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    let error = 0;
    for (const { from, to } of parts) {
      let gap = 0;
      for (let index = from; index < to; index++) gap += sorted[index]! - (random.uniform() < sorted[index]! ? 1 : 0);
      error += Math.abs(gap);
    }
    found[draw] = error / answers;
  }
  found.sort();
  return found[Math.min(draws - 1, Math.floor(quantile * draws))]!;
}
