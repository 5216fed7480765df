import { normalCdf, sigmoid } from '../numeric.ts';
import type { ResponseTable } from '../responses.ts';
import { calibrate, ownEffects } from './calibration.ts';
import type { Calibration } from './calibration.ts';
import { choleskyInverse, choleskySolve } from './linear-algebra.ts';
import { answersOf } from './statistics.ts';

/** How students of a course differ beside their ability; variances in squared logits. */
export interface VarianceComponents {
  /** Of a student's strength on a single skill around their ability. */
  readonly strength: number;
  /** That a student's form gains with every answer: how fast what was true drifts away. */
  readonly drift: number;
}

/** What is assumed of a course before its data speak: the means of the simulated courses that the starter is made of. */
export const PRIOR_COMPONENTS: VarianceComponents = { strength: 0.35, drift: 0.005 };
const PRIOR_ABILITY = 0.8;
/** How strongly that is held, in the unit of the moments' own precision; a student with 40 answers brings about .5. */
const PRIOR_PRECISION = [8, 4, 8] as const;
/** Students and answers of each that are looked at: enough, and quick. */
const STUDENTS = 250;
const ANSWERS = 100;
/** Drift is estimated over this many answers, so that the three unknowns are of one size. */
const DRIFT_UNIT = 50;

/**
 * Estimates the components by the method of moments: the covariance of two residuals of one student is about d₁d₂·(ability + strength·overlap of
 * skills + drift·answers before both), with d the slope of the marginal probability (the logistic-normal approximation of MacKay 1992).
 * Weighted least squares over all pairs of answers to different questions, under a prior; each student out of their own difficulties. A drift
 * cannot be negative: its estimate is the mean of the estimator's normal distribution above zero, not its clipped centre, which would
 * be too sure of itself.
 * @param include which students count; everybody where it is left out
 */
export function estimateComponents(
  table: ResponseTable,
  calibration: Calibration,
  include: (student: number) => boolean = () => true,
): VarianceComponents {
  const size = PRIOR_PRECISION.length;
  const prior = [PRIOR_ABILITY, PRIOR_COMPONENTS.strength, PRIOR_COMPONENTS.drift * DRIFT_UNIT];
  const gram = new Float64Array(size * size);
  const cross = new Float64Array(size);
  PRIOR_PRECISION.forEach((precision, entry) => {
    gram[entry * size + entry] = precision;
    cross[entry] = precision * prior[entry]!;
  });
  const spread = calibration.variance.ability + PRIOR_COMPONENTS.strength;
  const flattening = 1 / Math.sqrt(1 + (Math.PI * spread) / 8);
  const students = table.students.map((_, student) => student).filter(include);
  const stride = Math.max(1, Math.ceil(students.length / STUDENTS));
  for (let index = 0; index < students.length; index += stride) {
    const answers = [...answersOf(table, students[index]!)].map((answer) => ({
      ...answer,
      skills: table.skillSets[answer.set]!,
    }));
    const own = ownEffects(calibration, answers);
    const rows = answers.slice(0, ANSWERS).filter(({ weight }) => weight > 0);
    const p = rows.map((row) => sigmoid(flattening * calibrate(calibration, row.question, row.skills, own).adjusted));
    for (let j = 1; j < rows.length; j++)
      for (let i = 0; i < j; i++) {
        if (rows[i]!.question === rows[j]!.question) continue;
        const scale = (p[i]! * (1 - p[i]!) * p[j]! * (1 - p[j]!)) ** 0.5;
        const slope = flattening ** 2 * scale;
        const product = ((rows[i]!.correct - p[i]!) * (rows[j]!.correct - p[j]!)) / scale;
        const x = [slope, slope * skillOverlap(rows[i]!.skills, rows[j]!.skills), (slope * (i + 1)) / DRIFT_UNIT];
        // Each student counts by the number of answers, not of pairs.
        const weight = (stride * rows[i]!.weight * rows[j]!.weight) / rows.length;
        for (let a = 0; a < size; a++) {
          cross[a]! += weight * x[a]! * product;
          for (let b = 0; b < size; b++) gram[a * size + b]! += weight * x[a]! * x[b]!;
        }
      }
  }
  const found = choleskySolve(gram, cross, size);
  const deviation = Math.sqrt(choleskyInverse(gram, size)[size * size - 1]!);
  return {
    strength: Math.max(0.02, found[1]!),
    drift: meanAboveZero(found[2]!, deviation) / DRIFT_UNIT,
  };
}

/** Mean of a normal distribution cut off at zero. */
function meanAboveZero(mean: number, deviation: number): number {
  const distance = mean / deviation;
  const below = normalCdf(distance);
  // Far below zero the formula is a difference of nothings; its limit is −σ²/μ.
  if (below < 1e-6) return (deviation * deviation) / -mean;
  return mean + (deviation * Math.exp((-distance * distance) / 2)) / Math.sqrt(2 * Math.PI) / below;
}

/** |S ∩ T| / (|S|·|T|): the covariance of the means over two sets of independent skills; unknown skills (−1) share nothing. */
export function skillOverlap(first: readonly number[], second: readonly number[]): number {
  let shared = 0;
  for (const skill of first) if (skill >= 0 && second.includes(skill)) shared++;
  return shared === 0 ? 0 : shared / (first.length * second.length);
}
