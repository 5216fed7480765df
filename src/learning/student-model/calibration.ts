import { logit, sigmoid } from '../numeric.ts';
import type { ResponseTable } from '../responses.ts';

/**
 * How hard a course's questions are once it is taken into account who answered them, and how able those who answered were. Fitted to
 * logit P(right) = μ + θ_student + mean of its skills' effects + b_question with θ, skill and question effects normal around 0: a Rasch
 * model whose variances are the data's own (De Boeck & Wilson 2004, crossed random effects).
 */
export interface Calibration {
  readonly mean: number;
  /** [questions] and [skills], in logits around the level above. */
  readonly questionEffect: Float64Array;
  readonly skillEffect: Float64Array;
  /** Σ weight·p(1 − p) at the fit: what the answers tell about each effect. */
  readonly questionInformation: Float64Array;
  readonly skillInformation: Float64Array;
  /** Σ weight and Σ weight·θ of those who answered. */
  readonly questionWeight: Float64Array;
  readonly questionAbility: Float64Array;
  readonly skillWeight: Float64Array;
  readonly skillAbility: Float64Array;
  readonly variance: CalibrationVariance;
}

export interface CalibrationVariance {
  readonly ability: number;
  readonly question: number;
  readonly skill: number;
}

/** What is assumed of a course before its data speak, and how many students, questions, skills that assumption counts for. */
const PRIOR_VARIANCE: CalibrationVariance = { ability: 0.8, question: 0.6, skill: 0.5 };
const PRIOR_WEIGHT: CalibrationVariance = { ability: 60, question: 200, skill: 40 };
const PRIOR_MEAN = { value: 0.6, precision: 1 };
const SWEEPS = 14;
const FIXED_SWEEPS = 3;
/** Answers that the level above counts for in the ability of those who answered. */
const COMPANY_STRENGTH = { question: 4, skill: 10 };

export const EMPTY_CALIBRATION: Calibration = {
  mean: PRIOR_MEAN.value,
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

/**
 * Block-wise Newton steps to the posterior mode, variances by EM with the Laplace approximation's posterior variance of each effect.
 * @param include which students count; everybody where it is left out
 */
export function fitCalibration(table: ResponseTable, include?: (student: number) => boolean): Calibration {
  const rows: number[] = [];
  const owner: number[] = [];
  let students = 0;
  for (let student = 0; student < table.students.length; student++) {
    if (include && !include(student)) continue;
    for (let row = table.start[student]!; row < table.start[student + 1]!; row++) {
      rows.push(row);
      owner.push(students);
    }
    students++;
  }
  const count = rows.length;
  const question = Int32Array.from(rows, (row) => table.question[row]!);
  const setOf = Int32Array.from(rows, (row) => table.skillSet[row]!);
  const correct = Float64Array.from(rows, (row) => table.correct[row]!);
  const weight = Float64Array.from(rows, (row) => table.weight[row]!);
  const student = Int32Array.from(owner);
  const ability = new Float64Array(students);
  const questionEffect = new Float64Array(table.questions.length);
  const skillEffect = new Float64Array(table.skills.length);
  const setEffect = new Float64Array(table.skillSets.length);
  const right = correct.reduce((sum, value, row) => sum + value * weight[row]!, 0);
  const total = weight.reduce((sum, value) => sum + value, 0);
  let mean = logit((right + 2 * sigmoid(PRIOR_MEAN.value)) / (total + 2));
  let variance = PRIOR_VARIANCE;

  const slopes = {
    ability: new Float64Array(students),
    question: new Float64Array(table.questions.length),
    skill: new Float64Array(table.skills.length),
  };
  const informations = {
    ability: new Float64Array(students),
    question: new Float64Array(table.questions.length),
    skill: new Float64Array(table.skills.length),
  };
  let meanSlope = 0;
  let meanInformation = 0;
  const gather = (level: 'ability' | 'question' | 'skill'): void => {
    const slope = slopes[level].fill(0);
    const information = informations[level].fill(0);
    meanSlope = 0;
    meanInformation = 0;
    for (let row = 0; row < count; row++) {
      const p = sigmoid(mean + ability[student[row]!]! + questionEffect[question[row]!]! + setEffect[setOf[row]!]!);
      const residual = weight[row]! * (correct[row]! - p);
      const bend = weight[row]! * p * (1 - p);
      meanSlope += residual;
      meanInformation += bend;
      if (level === 'skill') {
        const skills = table.skillSets[setOf[row]!]!;
        for (const skill of skills) {
          slope[skill]! += residual / skills.length;
          // The share, not its square: skills of one question move together, and the step must not overshoot.
          information[skill]! += bend / skills.length;
        }
      } else {
        const entry = level === 'ability' ? student[row]! : question[row]!;
        slope[entry]! += residual;
        information[entry]! += bend;
      }
    }
  };
  const move = (level: 'ability' | 'question' | 'skill', effect: Float64Array): number => {
    gather(level);
    let squares = 0;
    for (let entry = 0; entry < effect.length; entry++) {
      const precision = informations[level][entry]! + 1 / variance[level];
      effect[entry]! += Math.max(-2, Math.min(2, (slopes[level][entry]! - effect[entry]! / variance[level]) / precision));
      squares += effect[entry]! ** 2 + 1 / precision;
    }
    return (squares + PRIOR_WEIGHT[level] * PRIOR_VARIANCE[level]) / (effect.length + PRIOR_WEIGHT[level]);
  };
  for (let sweep = 0; sweep < SWEEPS && count > 0; sweep++) {
    const abilityVariance = move('ability', ability);
    const questionVariance = move('question', questionEffect);
    const skillVariance = move('skill', skillEffect);
    table.skillSets.forEach((skills, set) => {
      setEffect[set] = skills.length > 0 ? skills.reduce((sum, skill) => sum + skillEffect[skill]!, 0) / skills.length : 0;
    });
    if (sweep >= FIXED_SWEEPS) variance = { ability: abilityVariance, question: questionVariance, skill: skillVariance };
    gather('ability');
    mean += (meanSlope - PRIOR_MEAN.precision * (mean - PRIOR_MEAN.value)) / (meanInformation + PRIOR_MEAN.precision);
  }
  gather('question');
  gather('skill');
  const questionWeight = new Float64Array(table.questions.length);
  const questionAbility = new Float64Array(table.questions.length);
  const skillWeight = new Float64Array(table.skills.length);
  const skillAbility = new Float64Array(table.skills.length);
  for (let row = 0; row < count; row++) {
    const own = weight[row]! * ability[student[row]!]!;
    questionWeight[question[row]!]! += weight[row]!;
    questionAbility[question[row]!]! += own;
    for (const skill of table.skillSets[setOf[row]!]!) {
      skillWeight[skill]! += weight[row]!;
      skillAbility[skill]! += own;
    }
  }
  return {
    mean,
    questionEffect,
    skillEffect,
    questionInformation: informations.question,
    skillInformation: informations.skill,
    questionWeight,
    questionAbility,
    skillWeight,
    skillAbility,
    variance,
  };
}

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

/** The posterior mode of an ability under the calibration, and what the answers' logits are without it. */
export function abilityOf(
  calibration: Calibration,
  answers: readonly CountedAnswer[],
): { readonly ability: number; readonly offsets: Float64Array } {
  const offsets = Float64Array.from(
    answers,
    (answer) =>
      calibration.mean +
      setEffectOf(calibration, answer.skills) +
      (answer.question >= 0 ? (calibration.questionEffect[answer.question] ?? 0) : 0),
  );
  let ability = 0;
  for (let step = 0; step < 8; step++) {
    let slope = -ability / calibration.variance.ability;
    let precision = 1 / calibration.variance.ability;
    answers.forEach((answer, index) => {
      const p = sigmoid(offsets[index]! + ability);
      slope += answer.weight * (answer.correct - p);
      precision += answer.weight * p * (1 - p);
    });
    ability += Math.max(-2, Math.min(2, slope / precision));
  }
  return { ability, offsets };
}

/** @param answers those of one student that the calibration was fitted to */
export function ownEffects(calibration: Calibration, answers: readonly CountedAnswer[]): OwnEffects {
  const { ability, offsets } = abilityOf(calibration, answers);
  const question = new Map<number, [number, number, number, number]>();
  const skill = new Map<number, [number, number, number, number]>();
  const add = (map: Map<number, [number, number, number, number]>, key: number, values: Sums): void => {
    const sums = map.get(key);
    if (sums) values.forEach((value, index) => (sums[index]! += value));
    else map.set(key, [...values]);
  };
  answers.forEach((answer, index) => {
    const p = sigmoid(offsets[index]! + ability);
    const residual = answer.weight * (answer.correct - p);
    const information = answer.weight * p * (1 - p);
    const own = answer.weight * ability;
    if (answer.question >= 0) add(question, answer.question, [residual, information, answer.weight, own]);
    const share = 1 / answer.skills.length;
    for (const each of answer.skills)
      if (each >= 0) add(skill, each, [residual * share, information * share, answer.weight, own]);
  });
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
  let companySkill = 0;
  for (const skill of skills) {
    if (skill < 0 || skill >= calibration.skillEffect.length) continue;
    const out = own.skill.get(skill) ?? NOTHING;
    const precision = Math.max(0, calibration.skillInformation[skill]! - out[1]) + 1 / variance.skill;
    skillEffect += (calibration.skillEffect[skill]! - out[0] / precision) / skills.length;
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
    company,
    companySkill,
  };
}
