import { sigmoid } from '../numeric.ts';

export interface Ability {
  readonly ability: number;
  /** Inverse of its variance. */
  readonly precision: number;
}

/**
 * Ability by MAP under N(0, variance), by Newton steps of at most one logit; the Rasch model (1960) with its offsets known.
 * @param answers offset in logits, outcome in [0, 1], weight
 */
export function raschAbility(
  answers: Iterable<{ readonly offset: number; readonly correct: number; readonly weight: number }>,
  variance: number,
): Ability {
  const rows = [...answers];
  let ability = 0;
  let precision = 1 / variance;
  for (let step = 0; step < 8; step++) {
    let slope = -ability / variance;
    precision = 1 / variance;
    for (const { offset, correct, weight } of rows) {
      const p = sigmoid(offset + ability);
      slope += weight * (correct - p);
      precision += weight * p * (1 - p);
    }
    ability += Math.min(1, Math.max(-1, slope / precision));
  }
  return { ability, precision };
}
