import { sigmoid } from '../numeric.ts';
import { choleskySolve } from '../student-model/linear-algebra.ts';
import { earliness, NO_RECALIBRATION } from '../student-model/recalibration.ts';
import type { Recalibration } from '../student-model/recalibration.ts';
import type { HeldBackLogits } from './judge.ts';
import { DESIGN_EFFECT } from './weigh.ts';

/** Standard deviations of what is assumed before evidence: that the forecasts are right as they are. */
const PRIOR = { shift: 0.15, scale: 0.15 };
/** Of a number that is given. */
const FIXED = 1e-5;
const STEPS = 12;

/**
 * Fits the correction to students who trained nothing, by Newton steps to the posterior mode. With few of them it stays near none. Students who
 * go on are easier to tell apart than those who soon stop; the correction is for the former, whom forecasts are for and the report judges.
 * @param shares of the members in the joint forecast
 * @param scale taken over as it is, where given; only the shift is fitted then
 */
export function fitRecalibration(
  { logits, correct, after }: HeldBackLogits,
  shares: readonly number[],
  scale?: Recalibration['scale'],
): Recalibration {
  if (correct.length === 0) return NO_RECALIBRATION;
  const joint = correct.map((_, row) => shares.reduce((sum, share, member) => sum + share * logits[member]![row]!, 0));
  const centre = [0, 0, ...(scale ?? [1, 1])];
  const scaleDeviation = scale ? FIXED : PRIOR.scale;
  const precision = [PRIOR.shift, PRIOR.shift, scaleDeviation, scaleDeviation].map((deviation) => 1 / deviation ** 2);
  const values = Float64Array.from(centre);
  for (let step = 0; step < STEPS; step++) {
    const slope = Float64Array.from(values, (value, entry) => precision[entry]! * (value - centre[entry]!));
    const bend = new Float64Array(16);
    precision.forEach((value, entry) => (bend[entry * 5] = value));
    for (let row = 0; row < correct.length; row++) {
      const early = earliness(after[row]!);
      const input = [early, 1 - early, early * joint[row]!, (1 - early) * joint[row]!];
      const p = sigmoid(input.reduce((sum, value, entry) => sum + value * values[entry]!, 0));
      for (let i = 0; i < 4; i++) {
        slope[i]! += ((p - correct[row]!) * input[i]!) / DESIGN_EFFECT;
        for (let j = 0; j < 4; j++) bend[i * 4 + j]! += (p * (1 - p) * input[i]! * input[j]!) / DESIGN_EFFECT;
      }
    }
    choleskySolve(bend, slope, 4).forEach((move, entry) => (values[entry]! -= move));
  }
  const [early, late, earlyScale, lateScale] = values as unknown as [number, number, number, number];
  return { shift: [early, late], scale: [Math.max(0.3, earlyScale), Math.max(0.3, lateScale)] };
}
