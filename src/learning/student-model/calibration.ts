import { sigmoid } from '../numeric.ts';
import { fitStanding, strengthOn } from './standing.ts';
import type { Spread, Standing } from './standing.ts';

/**
 * How hard a course's questions are once it is taken into account who answered them, and how able those who answered were. Fitted to
 * logit P(right) = μ + θ_student + mean of its skills' effects + b_question + ζ_student,skills, all normal around 0: a Rasch model whose
 * variances are the data's own (De Boeck & Wilson 2004, crossed random effects). ζ is a student's strength on a set of skills beside their
 * ability: without it one student's thirty answers on a skill would count as thirty students'.
 */
export interface Calibration {
  readonly mean: number;
  readonly students: number;
  /** [questions] and [skills], in logits around the level above. */
  readonly questionEffect: Float64Array;
  readonly skillEffect: Float64Array;
  /** What the answers tell about each effect: Σ weight·p(1 − p) at the fit, for a skill with ζ integrated out. */
  readonly questionInformation: Float64Array;
  readonly skillInformation: Float64Array;
  /** Σ weight and Σ weight·θ of those who answered. */
  readonly questionWeight: Float64Array;
  readonly questionAbility: Float64Array;
  readonly skillWeight: Float64Array;
  readonly skillAbility: Float64Array;
  readonly variance: CalibrationVariance;
}

export interface CalibrationVariance extends Spread {
  readonly question: number;
  readonly skill: number;
}

/** What is assumed of a course before its data speak, and how many students, questions, skills, strengths that assumption counts for. */
export const PRIOR_VARIANCE: CalibrationVariance = { ability: 0.8, question: 0.6, skill: 0.5, strength: 0.5 };
export const PRIOR_WEIGHT: CalibrationVariance = { ability: 60, question: 200, skill: 40, strength: 100 };
export const PRIOR_MEAN = { value: 0.6, precision: 1 };

export const EMPTY_CALIBRATION: Calibration = {
  mean: PRIOR_MEAN.value,
  students: 0,
  questionEffect: new Float64Array(0),
  skillEffect: new Float64Array(0),
  questionInformation: new Float64Array(0),
  skillInformation: new Float64Array(0),
  questionWeight: new Float64Array(0),
  questionAbility: new Float64Array(0),
  skillWeight: new Float64Array(0),
  skillAbility: new Float64Array(0),
  variance: PRIOR_VARIANCE,
};

/** Answers that the level above counts for in the ability of those who answered. */
const COMPANY_STRENGTH = { question: 4, skill: 10 };

/** What one student put into a calibration, to be taken out again. */
export interface OwnEffects {
  /** By question and by skill: Σ residual, Σ weight·p(1 − p), Σ weight, Σ weight·θ. */
  readonly question: ReadonlyMap<number, Sums>;
  readonly skill: ReadonlyMap<number, Sums>;
}
type Sums = readonly [residual: number, information: number, weight: number, ability: number];

const NOTHING: Sums = [0, 0, 0, 0];
export const NO_OWN_EFFECTS: OwnEffects = { question: new Map(), skill: new Map() };

export interface CountedAnswer {
  readonly question: number;
  /** Skill indexes; −1 for one that is unknown. */
  readonly skills: readonly number[];
  readonly correct: number;
  readonly weight: number;
}

function setEffectOf(calibration: Calibration, skills: readonly number[]): number {
  let sum = 0;
  for (const skill of skills) if (skill >= 0) sum += calibration.skillEffect[skill] ?? 0;
  return skills.length > 0 ? sum / skills.length : 0;
}

/** Logits of answers by a student of average ability, [answers]. */
const offsetsOf = (calibration: Calibration, answers: readonly CountedAnswer[]): Float64Array =>
  Float64Array.from(
    answers,
    (answer) =>
      calibration.mean +
      setEffectOf(calibration, answer.skills) +
      (answer.question >= 0 ? (calibration.questionEffect[answer.question] ?? 0) : 0),
  );

/** The posterior mode of a student's ability and strengths under the calibration. */
export function standingOf(calibration: Calibration, answers: readonly CountedAnswer[]): Standing {
  return fitStanding({ answers, offsets: offsetsOf(calibration, answers), centre: 0, spread: calibration.variance });
}

/** @param answers those of one student that the calibration was fitted to */
export function ownEffects(calibration: Calibration, answers: readonly CountedAnswer[]): OwnEffects {
  const offsets = offsetsOf(calibration, answers);
  const standing = fitStanding({ answers, offsets, centre: 0, spread: calibration.variance });
  const { ability } = standing;
  const question = new Map<number, [number, number, number, number]>();
  const skill = new Map<number, [number, number, number, number]>();
  const add = (map: Map<number, [number, number, number, number]>, key: number, values: Sums): void => {
    const sums = map.get(key);
    if (sums) values.forEach((value, index) => (sums[index]! += value));
    else map.set(key, [...values]);
  };
  answers.forEach((answer, index) => {
    const p = sigmoid(offsets[index]! + ability + strengthOn(standing, answer.skills));
    const residual = answer.weight * (answer.correct - p);
    const information = answer.weight * p * (1 - p);
    const own = answer.weight * ability;
    if (answer.question >= 0) add(question, answer.question, [residual, information, answer.weight, own]);
    const share = 1 / answer.skills.length;
    for (const each of answer.skills)
      if (each >= 0) add(skill, each, [residual * share, information * share, answer.weight, own]);
  });
  // What a skill's effect owes to this student is bounded by the student's strength on it, as in the fit.
  for (const sums of skill.values()) sums[1] /= 1 + calibration.variance.strength * sums[1];
  return { question, skill };
}

/** What a calibration says of one question. */
export interface Calibrated {
  /** Log-odds of a right answer by a student of average ability. */
  adjusted: number;
  /** The same without what is known of the question itself. */
  adjustedSkill: number;
  /** Posterior standard deviation of the question's own effect, in logits. */
  adjustedError: number;
  /** The same of its skills' effects, as if they were independent. */
  skillError: number;
  /** Students behind the calibration. */
  students: number;
  /** Mean ability of those who answered the question, and of those who answered anything of its skills; shrunk to 0. */
  company: number;
  companySkill: number;
}

/**
 * @param question index, or −1
 * @param skills indexes, −1 for an unknown one
 * @param own what to leave out: the mode moves by minus the own residual over what remains of the information (one Newton step, exact
 * where a question has no other answer)
 */
export function calibrate(
  calibration: Calibration,
  question: number,
  skills: readonly number[],
  own: OwnEffects = NO_OWN_EFFECTS,
): Calibrated {
  const { variance } = calibration;
  let skillEffect = 0;
  let skillVariance = skills.length === 0 ? variance.skill : 0;
  let companySkill = 0;
  for (const skill of skills) {
    if (skill < 0 || skill >= calibration.skillEffect.length) {
      skillVariance += variance.skill / skills.length ** 2;
      continue;
    }
    const out = own.skill.get(skill) ?? NOTHING;
    const precision = Math.max(0, calibration.skillInformation[skill]! - out[1]) + 1 / variance.skill;
    skillEffect += (calibration.skillEffect[skill]! - out[0] / precision) / skills.length;
    skillVariance += 1 / precision / skills.length ** 2;
    const answers = Math.max(0, calibration.skillWeight[skill]! - out[2]);
    companySkill += (calibration.skillAbility[skill]! - out[3]) / (answers + COMPANY_STRENGTH.skill) / skills.length;
  }
  let questionEffect = 0;
  let precision = 1 / variance.question;
  let company = companySkill;
  if (question >= 0 && question < calibration.questionEffect.length) {
    const out = own.question.get(question) ?? NOTHING;
    precision += Math.max(0, calibration.questionInformation[question]! - out[1]);
    questionEffect = calibration.questionEffect[question]! - out[0] / precision;
    const answers = Math.max(0, calibration.questionWeight[question]! - out[2]);
    company =
      (calibration.questionAbility[question]! - out[3] + COMPANY_STRENGTH.question * companySkill) /
      (answers + COMPANY_STRENGTH.question);
  }
  const adjustedSkill = calibration.mean + skillEffect;
  return {
    adjusted: adjustedSkill + questionEffect,
    adjustedSkill,
    adjustedError: 1 / Math.sqrt(precision),
    skillError: Math.sqrt(skillVariance),
    students: calibration.students,
    company,
    companySkill,
  };
}
