import { logit, sigmoid } from '../numeric.ts';
import type { ResponseTable } from '../responses.ts';
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
const PRIOR_VARIANCE: CalibrationVariance = { ability: 0.8, question: 0.6, skill: 0.5, strength: 0.5 };
const PRIOR_WEIGHT: CalibrationVariance = { ability: 60, question: 200, skill: 40, strength: 100 };
const PRIOR_MEAN = { value: 0.6, precision: 1 };
const SWEEPS = 24;
const FIXED_SWEEPS = 4;
/** Answers that the level above counts for in the ability of those who answered. */
const COMPANY_STRENGTH = { question: 4, skill: 10 };

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

export interface CalibrationOptions {
  /** Which students count; everybody where it is left out. */
  readonly include?: ((student: number) => boolean) | undefined;
  /** Without strengths ζ: the plain Rasch model. */
  readonly plain?: boolean | undefined;
}

/** Block-wise Newton steps to the posterior mode, variances by EM with the Laplace approximation's posterior variance of each effect. */
export function fitCalibration(table: ResponseTable, { include, plain = false }: CalibrationOptions = {}): Calibration {
  const fit = new CalibrationFit(table, gatherRows(table, include), plain);
  for (let sweep = 0; sweep < SWEEPS && fit.rows.question.length > 0; sweep++) fit.sweep(sweep >= FIXED_SWEEPS);
  return fit.result();
}

/** The answers that count; a cell is one student's answers on one set of skills. N rows, C cells. */
interface CalibrationRows {
  readonly students: number;
  readonly question: Int32Array;
  readonly cell: Int32Array;
  readonly correct: Float64Array;
  readonly weight: Float64Array;
  readonly cellStudent: Int32Array;
  readonly cellSet: Int32Array;
}

function gatherRows(table: ResponseTable, include: CalibrationOptions['include']): CalibrationRows {
  const rows: number[] = [];
  const cell: number[] = [];
  const cellStudent: number[] = [];
  const cellSet: number[] = [];
  let students = 0;
  for (let student = 0; student < table.students.length; student++) {
    if (include && !include(student)) continue;
    const cells = new Map<number, number>();
    for (let row = table.start[student]!; row < table.start[student + 1]!; row++) {
      const set = table.skillSet[row]!;
      let own = cells.get(set);
      if (own === undefined) {
        cells.set(set, (own = cellSet.length));
        cellSet.push(set);
        cellStudent.push(students);
      }
      rows.push(row);
      cell.push(own);
    }
    students++;
  }
  return {
    students,
    question: Int32Array.from(rows, (row) => table.question[row]!),
    cell: Int32Array.from(cell),
    correct: Float64Array.from(rows, (row) => table.correct[row]!),
    weight: Float64Array.from(rows, (row) => table.weight[row]!),
    cellStudent: Int32Array.from(cellStudent),
    cellSet: Int32Array.from(cellSet),
  };
}

class CalibrationFit {
  readonly rows: CalibrationRows;
  private readonly table: ResponseTable;
  private readonly plain: boolean;
  private mean: number;
  private variance = PRIOR_VARIANCE;
  private readonly ability: Float64Array;
  private readonly questionEffect: Float64Array;
  private readonly skillEffect: Float64Array;
  private readonly strength: Float64Array;
  /** What a cell's answers share: mean + ability + its skills' effects + strength. */
  private readonly cellLogit: Float64Array;
  private readonly cellSlope: Float64Array;
  private readonly cellInformation: Float64Array;

  constructor(table: ResponseTable, rows: CalibrationRows, plain: boolean) {
    this.table = table;
    this.rows = rows;
    this.plain = plain;
    const cells = rows.cellSet.length;
    this.ability = new Float64Array(rows.students);
    this.questionEffect = new Float64Array(table.questions.length);
    this.skillEffect = new Float64Array(table.skills.length);
    this.strength = new Float64Array(cells);
    this.cellLogit = new Float64Array(cells);
    this.cellSlope = new Float64Array(cells);
    this.cellInformation = new Float64Array(cells);
    const right = rows.correct.reduce((sum, value, row) => sum + value * rows.weight[row]!, 0);
    const total = rows.weight.reduce((sum, value) => sum + value, 0);
    this.mean = logit((right + 2 * sigmoid(PRIOR_MEAN.value)) / (total + 2));
  }

  sweep(learnVariances: boolean): void {
    const ability = this.moveAbilities();
    const strength = this.moveStrengths();
    const question = this.moveQuestions();
    const skill = this.moveSkills();
    this.moveStrengths();
    this.moveMean();
    if (learnVariances) this.variance = { ability, question, skill, strength };
  }

  private gatherCells(): void {
    const { rows, ability, skillEffect, strength, cellLogit, cellSlope, cellInformation } = this;
    rows.cellSet.forEach((set, cell) => {
      const skills = this.table.skillSets[set]!;
      let effect = 0;
      for (const skill of skills) effect += skillEffect[skill]! / skills.length;
      cellLogit[cell] = this.mean + ability[rows.cellStudent[cell]!]! + effect + strength[cell]!;
    });
    cellSlope.fill(0);
    cellInformation.fill(0);
    for (let row = 0; row < rows.question.length; row++) {
      const cell = rows.cell[row]!;
      const p = sigmoid(cellLogit[cell]! + this.questionEffect[rows.question[row]!]!);
      cellSlope[cell]! += rows.weight[row]! * (rows.correct[row]! - p);
      cellInformation[cell]! += rows.weight[row]! * p * (1 - p);
    }
  }

  /** Slope and information of a cell's common logit with its ζ integrated out (Schur complement). */
  private marginal(cell: number): { slope: number; information: number } {
    const slope = this.cellSlope[cell]!;
    const information = this.cellInformation[cell]!;
    if (this.plain) return { slope, information };
    const share = information / (information + 1 / this.variance.strength);
    return {
      slope: slope - share * (slope - this.strength[cell]! / this.variance.strength),
      information: information * (1 - share),
    };
  }

  private moveAbilities(): number {
    this.gatherCells();
    const slope = new Float64Array(this.ability.length);
    const information = new Float64Array(this.ability.length);
    this.rows.cellStudent.forEach((student, cell) => {
      const part = this.marginal(cell);
      slope[student]! += part.slope;
      information[student]! += part.information;
    });
    return this.move('ability', this.ability, slope, information);
  }

  private moveStrengths(): number {
    if (this.plain) return this.variance.strength;
    this.gatherCells();
    return this.move('strength', this.strength, this.cellSlope, this.cellInformation);
  }

  private moveQuestions(): number {
    const { slope, information } = this.questionSums();
    return this.move('question', this.questionEffect, slope, information);
  }

  private questionSums(): { slope: Float64Array; information: Float64Array } {
    const { rows, cellLogit } = this;
    this.gatherCells();
    const slope = new Float64Array(this.questionEffect.length);
    const information = new Float64Array(this.questionEffect.length);
    for (let row = 0; row < rows.question.length; row++) {
      const question = rows.question[row]!;
      const p = sigmoid(cellLogit[rows.cell[row]!]! + this.questionEffect[question]!);
      slope[question]! += rows.weight[row]! * (rows.correct[row]! - p);
      information[question]! += rows.weight[row]! * p * (1 - p);
    }
    return { slope, information };
  }

  private moveSkills(): number {
    const { slope, information } = this.skillSums();
    return this.move('skill', this.skillEffect, slope, information);
  }

  private skillSums(): { slope: Float64Array; information: Float64Array } {
    this.gatherCells();
    const slope = new Float64Array(this.skillEffect.length);
    const information = new Float64Array(this.skillEffect.length);
    this.rows.cellSet.forEach((set, cell) => {
      const part = this.marginal(cell);
      const skills = this.table.skillSets[set]!;
      for (const skill of skills) {
        slope[skill]! += part.slope / skills.length;
        // The share, not its square: skills of one question move together, and the step must not overshoot.
        information[skill]! += part.information / skills.length;
      }
    });
    return { slope, information };
  }

  private moveMean(): void {
    this.gatherCells();
    let slope = PRIOR_MEAN.precision * (PRIOR_MEAN.value - this.mean);
    let information = PRIOR_MEAN.precision;
    for (let cell = 0; cell < this.cellSlope.length; cell++) {
      const part = this.marginal(cell);
      slope += part.slope;
      information += part.information;
    }
    this.mean += slope / information;
  }

  /** One Newton step of a block; returns its variance by EM. */
  private move(
    level: keyof CalibrationVariance,
    effect: Float64Array,
    slope: ArrayLike<number>,
    information: ArrayLike<number>,
  ): number {
    let squares = 0;
    for (let entry = 0; entry < effect.length; entry++) {
      const precision = information[entry]! + 1 / this.variance[level];
      effect[entry]! += Math.max(-2, Math.min(2, (slope[entry]! - effect[entry]! / this.variance[level]) / precision));
      squares += effect[entry]! ** 2 + 1 / precision;
    }
    return (squares + PRIOR_WEIGHT[level] * PRIOR_VARIANCE[level]) / (effect.length + PRIOR_WEIGHT[level]);
  }

  result(): Calibration {
    const { table, rows, ability } = this;
    const questionWeight = new Float64Array(table.questions.length);
    const questionAbility = new Float64Array(table.questions.length);
    const skillWeight = new Float64Array(table.skills.length);
    const skillAbility = new Float64Array(table.skills.length);
    for (let row = 0; row < rows.question.length; row++) {
      const cell = rows.cell[row]!;
      const own = rows.weight[row]! * ability[rows.cellStudent[cell]!]!;
      questionWeight[rows.question[row]!]! += rows.weight[row]!;
      questionAbility[rows.question[row]!]! += own;
      for (const skill of table.skillSets[rows.cellSet[cell]!]!) {
        skillWeight[skill]! += rows.weight[row]!;
        skillAbility[skill]! += own;
      }
    }
    return {
      mean: this.mean,
      students: rows.students,
      questionEffect: this.questionEffect,
      skillEffect: this.skillEffect,
      questionInformation: this.questionSums().information,
      skillInformation: this.skillSums().information,
      questionWeight,
      questionAbility,
      skillWeight,
      skillAbility,
      variance: this.plain ? { ...this.variance, strength: 0 } : this.variance,
    };
  }
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
