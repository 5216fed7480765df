import { logit, quickSigmoid, sigmoid } from '../numeric.ts';
import type { ResponseTable } from '../responses.ts';
import { PRIOR_MEAN, PRIOR_VARIANCE, PRIOR_WEIGHT } from './calibration.ts';
import type { Calibration, CalibrationVariance } from './calibration.ts';
import { NeighbourEffects } from './neighbour-effects.ts';

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
  const included: number[] = [];
  let count = 0;
  for (let student = 0; student < table.students.length; student++) {
    if (include && !include(student)) continue;
    included.push(student);
    count += table.start[student + 1]! - table.start[student]!;
  }
  const question = new Int32Array(count);
  const cell = new Int32Array(count);
  const correct = new Float64Array(count);
  const weight = new Float64Array(count);
  const cellStudent = new Int32Array(count);
  const cellSet = new Int32Array(count);
  /** The cell of a set for the student at hand: those from `first` on are theirs. */
  const cellOf = new Int32Array(table.skillSets.length).fill(-1);
  let cells = 0;
  let at = 0;
  included.forEach((student, index) => {
    const first = cells;
    for (let row = table.start[student]!; row < table.start[student + 1]!; row++, at++) {
      const set = table.skillSet[row]!;
      if (cellOf[set]! < first) {
        cellOf[set] = cells;
        cellSet[cells] = set;
        cellStudent[cells++] = index;
      }
      question[at] = table.question[row]!;
      cell[at] = cellOf[set]!;
      correct[at] = table.correct[row]!;
      weight[at] = table.weight[row]!;
    }
  });
  return {
    students: included.length,
    question,
    cell,
    correct,
    weight,
    cellStudent: cellStudent.slice(0, cells),
    cellSet: cellSet.slice(0, cells),
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
  /** The same with the cell's ζ integrated out. */
  private readonly marginalSlope: Float64Array;
  private readonly marginalInformation: Float64Array;
  private readonly setEffect: Float64Array;
  /** Where the course's map says which skills are neighbours. */
  private readonly neighbours: NeighbourEffects | undefined;

  constructor(table: ResponseTable, rows: CalibrationRows, plain: boolean) {
    this.table = table;
    this.rows = rows;
    this.plain = plain;
    const cells = rows.cellSet.length;
    this.ability = new Float64Array(rows.students);
    this.questionEffect = new Float64Array(table.questions.length);
    this.neighbours = table.links && !plain ? new NeighbourEffects(table.links) : undefined;
    this.skillEffect = new Float64Array(table.links && !plain ? table.links.skills.length : table.skills.length);
    this.strength = new Float64Array(cells);
    this.cellLogit = new Float64Array(cells);
    this.cellSlope = new Float64Array(cells);
    this.cellInformation = new Float64Array(cells);
    this.marginalSlope = new Float64Array(cells);
    this.marginalInformation = new Float64Array(cells);
    this.setEffect = new Float64Array(table.skillSets.length);
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

  private gatherLogits(): void {
    const { rows, ability, strength, cellLogit, skillEffect, setEffect, mean } = this;
    const { skillSets } = this.table;
    for (let set = 0; set < skillSets.length; set++) {
      const skills = skillSets[set]!;
      let effect = 0;
      for (const skill of skills) effect += skillEffect[skill]! / skills.length;
      setEffect[set] = effect;
    }
    const { cellSet, cellStudent } = rows;
    for (let cell = 0; cell < cellLogit.length; cell++)
      cellLogit[cell] = mean + ability[cellStudent[cell]!]! + setEffect[cellSet[cell]!]! + strength[cell]!;
  }

  private gatherCells(): void {
    this.gatherLogits();
    const { cellLogit, cellSlope, cellInformation, questionEffect } = this;
    const { question, cell: cellOf, correct, weight } = this.rows;
    cellSlope.fill(0);
    cellInformation.fill(0);
    for (let row = 0; row < question.length; row++) {
      const cell = cellOf[row]!;
      const p = quickSigmoid(cellLogit[cell]! + questionEffect[question[row]!]!);
      cellSlope[cell]! += weight[row]! * (correct[row]! - p);
      cellInformation[cell]! += weight[row]! * p * (1 - p);
    }
    this.integrateStrengths();
  }

  /** Slope and information of each cell's common logit with its ζ integrated out (Schur complement). */
  private integrateStrengths(): void {
    const { cellSlope, cellInformation, marginalSlope, marginalInformation, strength, plain } = this;
    const variance = this.variance.strength;
    for (let cell = 0; cell < cellSlope.length; cell++) {
      const slope = cellSlope[cell]!;
      const information = cellInformation[cell]!;
      const share = plain ? 0 : information / (information + 1 / variance);
      marginalSlope[cell] = plain ? slope : slope - share * (slope - strength[cell]! / variance);
      marginalInformation[cell] = information * (1 - share);
    }
  }

  private moveAbilities(): number {
    this.gatherCells();
    const slope = new Float64Array(this.ability.length);
    const information = new Float64Array(this.ability.length);
    const { cellStudent } = this.rows;
    for (let cell = 0; cell < cellStudent.length; cell++) {
      slope[cellStudent[cell]!]! += this.marginalSlope[cell]!;
      information[cellStudent[cell]!]! += this.marginalInformation[cell]!;
    }
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
    this.gatherLogits();
    const { cellLogit, questionEffect } = this;
    const { question: questionOf, cell, correct, weight } = this.rows;
    const slope = new Float64Array(questionEffect.length);
    const information = new Float64Array(questionEffect.length);
    for (let row = 0; row < questionOf.length; row++) {
      const question = questionOf[row]!;
      const p = quickSigmoid(cellLogit[cell[row]!]! + questionEffect[question]!);
      slope[question]! += weight[row]! * (correct[row]! - p);
      information[question]! += weight[row]! * p * (1 - p);
    }
    return { slope, information };
  }

  private moveSkills(): number {
    const { slope, information } = this.skillSums();
    if (!this.neighbours) return this.move('skill', this.skillEffect, slope, information);
    const squares = this.neighbours.move(this.skillEffect, slope, information, this.variance.skill);
    return this.expected('skill', squares, this.skillEffect.length);
  }

  private skillSums(): { slope: Float64Array; information: Float64Array } {
    this.gatherCells();
    const slope = new Float64Array(this.skillEffect.length);
    const information = new Float64Array(this.skillEffect.length);
    const { cellSet } = this.rows;
    for (let cell = 0; cell < cellSet.length; cell++) {
      const skills = this.table.skillSets[cellSet[cell]!]!;
      for (const skill of skills) {
        slope[skill]! += this.marginalSlope[cell]! / skills.length;
        // The share, not its square: skills of one question move together, and the step must not overshoot.
        information[skill]! += this.marginalInformation[cell]! / skills.length;
      }
    }
    return { slope, information };
  }

  private moveMean(): void {
    this.gatherCells();
    let slope = PRIOR_MEAN.precision * (PRIOR_MEAN.value - this.mean);
    let information = PRIOR_MEAN.precision;
    for (let cell = 0; cell < this.cellSlope.length; cell++) {
      slope += this.marginalSlope[cell]!;
      information += this.marginalInformation[cell]!;
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
    return this.expected(level, squares, effect.length);
  }

  private expected(level: keyof CalibrationVariance, squares: number, count: number): number {
    return (squares + PRIOR_WEIGHT[level] * PRIOR_VARIANCE[level]) / (count + PRIOR_WEIGHT[level]);
  }

  result(): Calibration {
    const { table, rows, ability } = this;
    const information = this.skillSums().information;
    const { skillInformation, skill } = this.neighbours?.knowledge(information, this.variance.skill) ?? {
      skillInformation: information,
      skill: this.variance.skill,
    };
    const questionWeight = new Float64Array(table.questions.length);
    const questionAbility = new Float64Array(table.questions.length);
    const skillWeight = new Float64Array(this.skillEffect.length);
    const skillAbility = new Float64Array(this.skillEffect.length);
    for (let row = 0; row < rows.question.length; row++) {
      const cell = rows.cell[row]!;
      const own = rows.weight[row]! * ability[rows.cellStudent[cell]!]!;
      questionWeight[rows.question[row]!]! += rows.weight[row]!;
      questionAbility[rows.question[row]!]! += own;
      for (const each of table.skillSets[rows.cellSet[cell]!]!) {
        skillWeight[each]! += rows.weight[row]!;
        skillAbility[each]! += own;
      }
    }
    return {
      mean: this.mean,
      students: rows.students,
      questionEffect: this.questionEffect,
      skillEffect: this.skillEffect,
      questionInformation: this.questionSums().information,
      skillInformation,
      questionWeight,
      questionAbility,
      skillWeight,
      skillAbility,
      variance: { ...this.variance, skill, ...(this.plain ? { strength: 0 } : {}) },
    };
  }
}
