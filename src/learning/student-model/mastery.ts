import type { Estimate } from '../../shared/domain.ts';
import { normalCdf } from '../numeric.ts';

/** A forecast of at least this share counts as mastered. */
export const MASTERY_LEVEL = 0.8;

/** Nodes and weights of the 9-point Gauss–Hermite rule for the standard normal. */
const NODES = [0, 1.0232556637891326, 2.0768479786778302, 3.2054290028564703, 4.512745863399783];
const WEIGHTS = [0.40634920634920635, 0.24409750289493901, 0.04991640676521786, 0.002789141321231769, 0.00002234584400774658];

/**
 * Mastery Φ(μ/σ) of a logit distance μ ± σ from the mastery level. Its standard error is how far it would be expected to move once more
 * answers with the given information are known: before them the posterior variance is σ², after them σ'² = 1/(1/σ² + I), and the
 * new centre is N(μ, σ² − σ'²) (preposterior analysis; Raiffa & Schlaifer 1961). Large while little is known, small once it is settled.
 */
export function masteryEstimate(centre: number, variance: number, information: number): Estimate {
  const value = normalCdf(centre / Math.sqrt(variance));
  const after = 1 / (1 / variance + information);
  const spread = Math.sqrt(Math.max(0, variance - after));
  let squares = 0;
  NODES.forEach((node, index) => {
    for (const side of node === 0 ? [0] : [-node, node]) {
      const moved = normalCdf((centre + spread * side) / Math.sqrt(after));
      squares += WEIGHTS[index]! * (moved - value) ** 2;
    }
  });
  return { value, standardError: Math.sqrt(squares) };
}
