import { quickSigmoid } from '../numeric.ts';

/** How far students differ, as variances in squared logits. */
export interface Spread {
  /** Of ability. */
  readonly ability: number;
  /** Of a student's strength on one skill beside their ability. */
  readonly strength: number;
}

/**
 * Where a student stands: ability θ, and strengths ζ on the skills that they answered; posterior mode and Laplace covariance. A question's
 * logit is offset + θ + mean of its skills' ζ.
 */
export interface Standing {
  readonly ability: number;
  /** Posterior variance of the ability, the strengths integrated out. */
  readonly abilityVariance: number;
  /** By skill index: mode, posterior variance, and covariance with the ability. Skills never answered are missing. */
  readonly strength: ReadonlyMap<number, SkillStrength>;
  /** Prior variance of a strength: that of a skill never answered. */
  readonly strengthVariance: number;
}
export interface SkillStrength {
  readonly value: number;
  readonly variance: number;
  readonly covariance: number;
}

const STEPS = 7;
/** A step that moves nothing further, in logits, is the last one. */
const SETTLED = 1e-10;

/**
 * Newton steps on the arrow-shaped Hessian (ability beside every strength, strengths beside each other only by questions with several
 * skills, whose share bounds that curvature), each entry moving by at most one logit.
 * @param centre mean of the ability's prior; its variance and the strengths' are `spread`
 */
export function fitStanding(problem: {
  readonly answers: readonly { readonly skills: readonly number[]; readonly correct: number; readonly weight: number }[];
  /** [answers], logits by a student of ability 0. */
  readonly offsets: ArrayLike<number>;
  readonly centre: number;
  readonly spread: Spread;
}): Standing {
  const { answers, offsets, centre, spread } = problem;
  const position = new Map<number, number>();
  if (spread.strength > 0)
    for (const { skills } of answers)
      for (const skill of skills) if (skill >= 0 && !position.has(skill)) position.set(skill, position.size);
  const size = position.size;
  // Positions of each answer's known skills, one answer after the other.
  const count = answers.length;
  const from = new Int32Array(count + 1);
  for (let index = 0; index < count; index++) from[index + 1] = from[index]! + (size > 0 ? answers[index]!.skills.length : 0);
  const positions = new Int32Array(from[count]!);
  /** Number of its skills, known or not. */
  const among = new Float64Array(count);
  const right = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const { skills, correct, weight } = answers[index]!;
    among[index] = skills.length;
    right[index] = correct;
    weights[index] = weight;
    if (size > 0)
      for (let each = 0; each < skills.length; each++)
        positions[from[index]! + each] = skills[each]! >= 0 ? position.get(skills[each]!)! : -1;
  }
  const prior = spread.strength > 0 ? 1 / spread.strength : 0;
  const strength = new Float64Array(size);
  const slope = new Float64Array(size);
  const information = new Float64Array(size);
  let ability = centre;
  let schur = 1 / spread.ability;
  for (let step = 0; step < STEPS; step++) {
    let abilitySlope = (centre - ability) / spread.ability;
    schur = 1 / spread.ability;
    slope.fill(0);
    information.fill(0);
    for (let index = 0; index < count; index++) {
      const end = from[index + 1]!;
      let logit = offsets[index]! + ability;
      for (let each = from[index]!; each < end; each++) {
        const at = positions[each]!;
        if (at >= 0) logit += strength[at]! / among[index]!;
      }
      const p = quickSigmoid(logit);
      const residual = weights[index]! * (right[index]! - p);
      const bend = weights[index]! * p * (1 - p);
      abilitySlope += residual;
      schur += bend;
      for (let each = from[index]!; each < end; each++) {
        const at = positions[each]!;
        if (at < 0) continue;
        slope[at]! += residual / among[index]!;
        information[at]! += bend / among[index]!;
      }
    }
    for (let at = 0; at < size; at++) {
      slope[at]! -= strength[at]! * prior;
      const part = information[at]! / (information[at]! + prior);
      abilitySlope -= part * slope[at]!;
      schur -= part * information[at]!;
    }
    const move = limited(abilitySlope / schur);
    ability += move;
    let furthest = Math.abs(move);
    for (let at = 0; at < size; at++) {
      const own = limited((slope[at]! - information[at]! * move) / (information[at]! + prior));
      strength[at]! += own;
      furthest = Math.max(furthest, Math.abs(own));
    }
    if (furthest < SETTLED) break;
  }
  const abilityVariance = 1 / schur;
  const found = new Map<number, SkillStrength>();
  for (const [skill, at] of position) {
    const part = information[at]! / (information[at]! + prior);
    found.set(skill, {
      value: strength[at]!,
      variance: 1 / (information[at]! + prior) + part * part * abilityVariance,
      covariance: -part * abilityVariance,
    });
  }
  return { ability, abilityVariance, strength: found, strengthVariance: spread.strength };
}

const limited = (move: number): number => Math.max(-1, Math.min(1, move));

/** Mean strength over a question's skills; 0 on those never answered. */
export function strengthOn(standing: Standing, skills: readonly number[]): number {
  let sum = 0;
  for (const skill of skills) sum += standing.strength.get(skill)?.value ?? 0;
  return skills.length > 0 ? sum / skills.length : 0;
}

/** Posterior variance of that mean, what it shares with the ability left out. */
export function strengthVariance(standing: Standing, skills: readonly number[]): number {
  let sum = 0;
  for (const skill of skills) sum += standing.strength.get(skill)?.variance ?? standing.strengthVariance;
  return skills.length > 0 ? sum / skills.length ** 2 : 0;
}
