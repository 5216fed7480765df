import { logit, sigmoid } from '../numeric.ts';
import type { ResponseTable } from '../responses.ts';
import { PRIOR_MEAN, PRIOR_VARIANCE, PRIOR_WEIGHT } from './calibration.ts';
import type { Calibration, CalibrationVariance } from './calibration.ts';

const SWEEPS = 24;
/** The first ones, with the variances as assumed. */
const FIXED_SWEEPS = 4;

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
