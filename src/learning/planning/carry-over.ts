import type { Estimate } from '../../shared/domain.ts';
import type { PracticeStep } from '../dynamics/belief.ts';
import { choleskyInverse, choleskySolve } from '../student-model/linear-algebra.ts';

/** What a question on a skill has been seen to do to later answers on other skills: rise of P(right), by skill; only skills that it is told of. */
export type CarryOver = ReadonlyMap<string, Estimate>;

/** The effect of n questions grows like this many at most: what was repeated for long brings no more. */
const MOST_EFFECT = 6;
const effectOf = (questions: number): number => MOST_EFFECT * (1 - Math.exp(-questions / MOST_EFFECT));

/** By how much the effect of `questions` more, after `before`, exceeds that of the first one (1 for the first, less for later ones). */
export const effectOfMore = (before: number, questions: number): number =>
  (effectOf(before + questions) - effectOf(before)) / effectOf(1);

/** The skills that most students practised; of the others too little is seen. */
const MOST_SKILLS = 99;
const FEWEST_STUDENTS = 5;
/** The first answers, with nothing before them, tell nothing. */
const BEGUN = 5;
const FOLDS = 4;
/** Spreads of the effect between skills, of which the one that forecasts other students best is taken. */
const SPREADS = [0.001, 0.002, 0.004, 0.008, 0.016] as const;
/** Share of the variance below which a better forecast of other students is held for chance. */
const CLEARLY = 0.0003;
const USUAL = 0.5;
const USUAL_ANSWERS = 2;

/** Sums of a ridge regression: of features with each other and with the outcome, and of the outcome's squares. */
interface Sums {
  readonly size: number;
  readonly cross: Float64Array;
  readonly right: Float64Array;
  squares: number;
  answers: number;
}

/**
 * Later answers, less what is usual on the skill, by how often every other skill was practised before, each student measured against their own mean: so that neither able
 * students nor easy skills look like an effect. Effects are shrunk to nothing (ridge, as skills that are drawn from a distribution round zero), as far as forecasts best the answers
 * of students who were left out; where that forecasts no better than no effect at all, there is none.
 */
export function learnCarryOver(skills: readonly string[], students: readonly (readonly PracticeStep[])[]): CarryOver {
  const features = practisedSkills(skills.length, students);
  if (features.size === 0) return new Map();
  const usual = usualAnswers(skills.length, students);
  const folds = Array.from({ length: FOLDS }, () => sumsOf(features.size + 1));
  students.forEach((steps, student) => addStudent(folds[student % FOLDS]!, steps, features, usual));
  const all = folds.reduce(plus, sumsOf(features.size + 1));
  if (all.answers === 0) return new Map();
  const variance = all.squares / all.answers;
  let best = { spread: 0, error: all.squares * (1 - CLEARLY) };
  for (const spread of SPREADS) {
    let error = 0;
    for (const fold of folds) error += errorOn(fold, solve(minus(all, fold), variance, spread));
    if (error < best.error) best = { spread, error };
  }
  if (best.spread === 0) return new Map();
  const effects = solve(all, variance, best.spread);
  const errors = choleskyInverse(precision(all, variance, best.spread), all.size);
  const first = effectOf(1);
  return new Map(
    [...features].map(([skill, at]) => [
      skills[skill]!,
      { value: first * effects[at]!, standardError: first * Math.sqrt(errors[at * all.size + at]!) },
    ]),
  );
}

/** Numbers of the skills that are looked at, with their places among the features. */
function practisedSkills(skills: number, students: readonly (readonly PracticeStep[])[]): Map<number, number> {
  const counts = new Float64Array(skills);
  for (const steps of students) for (const skill of new Set(steps.map((step) => step.skill))) counts[skill]!++;
  const most = [...counts.keys()].filter((skill) => counts[skill]! >= FEWEST_STUDENTS).sort((a, b) => counts[b]! - counts[a]!);
  return new Map(most.slice(0, MOST_SKILLS).map((skill, at) => [skill, at]));
}

function usualAnswers(skills: number, students: readonly (readonly PracticeStep[])[]): Float64Array {
  const right = new Float64Array(skills).fill(USUAL * USUAL_ANSWERS);
  const answers = new Float64Array(skills).fill(USUAL_ANSWERS);
  for (const steps of students)
    for (const { skill, correct } of steps) {
      right[skill]! += correct;
      answers[skill]!++;
    }
  return right.map((each, skill) => each / answers[skill]!);
}

/** The last feature is practice on the asked skill itself, which is known from tracing: it only must not be taken for the others'. */
function addStudent(
  sums: Sums,
  steps: readonly PracticeStep[],
  features: ReadonlyMap<number, number>,
  usual: Float64Array,
): void {
  const rows = steps.length - BEGUN;
  if (rows < 2) return;
  const own = [...new Set(steps.map(({ skill }) => skill))];
  const places = [...own.map((skill) => features.get(skill) ?? -1), sums.size - 1];
  const width = places.length;
  const number = new Map(own.map((skill, index) => [skill, index]));
  const values = new Float64Array(rows * width);
  const outcomes = new Float64Array(rows);
  const done = new Float64Array(own.length);
  steps.forEach(({ skill, correct }, step) => {
    const index = number.get(skill)!;
    const row = step - BEGUN;
    if (row >= 0) {
      const at = row * width;
      for (let each = 0; each < own.length; each++) if (each !== index) values[at + each] = effectOf(done[each]!);
      values[at + width - 1] = effectOf(done[index]!);
      outcomes[row] = correct - usual[skill]!;
    }
    done[index]!++;
  });
  for (let each = 0; each < width; each++) centre(values, each, width, rows);
  centre(outcomes, 0, 1, rows);
  for (let a = 0; a < width; a++) {
    if (places[a]! < 0) continue;
    for (let row = 0; row < rows; row++) sums.right[places[a]!]! += values[row * width + a]! * outcomes[row]!;
    for (let b = 0; b <= a; b++) {
      if (places[b]! < 0) continue;
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += values[row * width + a]! * values[row * width + b]!;
      sums.cross[places[a]! * sums.size + places[b]!]! += sum;
      if (a !== b) sums.cross[places[b]! * sums.size + places[a]!]! += sum;
    }
  }
  for (const outcome of outcomes) sums.squares += outcome * outcome;
  sums.answers += rows;
}

function centre(values: Float64Array, from: number, apart: number, count: number): void {
  let sum = 0;
  for (let row = 0; row < count; row++) sum += values[from + row * apart]!;
  for (let row = 0; row < count; row++) values[from + row * apart]! -= sum / count;
}

const sumsOf = (size: number): Sums => ({
  size,
  cross: new Float64Array(size * size),
  right: new Float64Array(size),
  squares: 0,
  answers: 0,
});

const combined = (first: Sums, second: Sums, sign: 1 | -1): Sums => ({
  size: first.size,
  cross: first.cross.map((value, at) => value + sign * second.cross[at]!),
  right: first.right.map((value, at) => value + sign * second.right[at]!),
  squares: first.squares + sign * second.squares,
  answers: first.answers + sign * second.answers,
});
const plus = (first: Sums, second: Sums): Sums => combined(first, second, 1);
const minus = (first: Sums, second: Sums): Sums => combined(first, second, -1);

function precision({ size, cross }: Sums, variance: number, spread: number): Float64Array {
  const matrix = cross.map((value) => value / variance);
  for (let each = 0; each < size; each++) matrix[each * size + each]! += 1 / spread ** 2;
  return matrix;
}

const solve = (sums: Sums, variance: number, spread: number): Float64Array =>
  choleskySolve(
    precision(sums, variance, spread),
    sums.right.map((value) => value / variance),
    sums.size,
  );

/** Sum of squared errors of the effects on these students. */
function errorOn({ size, cross, right, squares }: Sums, effects: Float64Array): number {
  let error = squares;
  for (let a = 0; a < size; a++) {
    let row = 0;
    for (let b = 0; b < size; b++) row += cross[a * size + b]! * effects[b]!;
    error += effects[a]! * (row - 2 * right[a]!);
  }
  return error;
}
