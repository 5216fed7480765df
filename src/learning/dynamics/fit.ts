import { clamp, logit, sigmoid } from '../numeric.ts';
import { HOLD_SPREAD, priorDynamics, priorHold, PRIORS, THRESHOLD_CENTRE, THRESHOLD_SPREAD } from './parameters.ts';
import type { Dynamics, PriorOf } from './parameters.ts';
import { Belief } from './belief.ts';
import type { Course, PracticeStep } from './belief.ts';
import { spreadingOf } from './practice.ts';
import { KINSHIPS } from './structure.ts';
import type { Structure } from './structure.ts';

export interface DynamicsTask {
  readonly structure: Structure;
  /** Each student's steps in order. */
  readonly students: readonly (readonly PracticeStep[])[];
  /** Rounds over all strengths; more are seldom needed. */
  readonly rounds?: number;
  /** Where to begin; the prior where left out. */
  readonly from?: Dynamics | undefined;
}

/** Moves that a skill's threshold is tried at, in spreads of the current search width. */
const OFFSETS = [-1, -0.4, 0, 0.4, 1] as const;
const THRESHOLD_PASSES = 3;
/** Full knowledge answers rather right than wrong. */
const LEAST_THRESHOLD = 0.01;

/** The current point of the search on the scales of the priors. */
interface Point {
  readonly scalar: Record<PriorOf['name'], number>;
  readonly hold: Float64Array;
  readonly threshold: Float64Array;
}

const scaled = (prior: PriorOf, value: number): number => (prior.scale === 'log' ? Math.log(value) : logit(value));
const natural = (prior: PriorOf, value: number): number => (prior.scale === 'log' ? Math.exp(value) : sigmoid(value));

function toDynamics({ scalar, hold, threshold }: Point): Dynamics {
  const values = Object.fromEntries(PRIORS.map((prior) => [prior.name, natural(prior, scalar[prior.name])]));
  return { ...(values as Record<PriorOf['name'], number>), hold: hold.map(sigmoid), threshold };
}

function toPoint(dynamics: Dynamics): Point {
  const scalar = Object.fromEntries(PRIORS.map((prior) => [prior.name, scaled(prior, dynamics[prior.name])]));
  return {
    scalar: scalar as Record<PriorOf['name'], number>,
    hold: dynamics.hold.map((value) => logit(clamp(value, 1e-3, 1 - 1e-3))),
    threshold: dynamics.threshold.slice(),
  };
}

function logPrior(point: Point): number {
  let sum = 0;
  for (const prior of PRIORS) sum -= 0.5 * ((point.scalar[prior.name] - scaled(prior, prior.centre)) / prior.spread) ** 2;
  priorHold().forEach((value, index) => (sum -= 0.5 * ((point.hold[index]! - logit(value)) / HOLD_SPREAD) ** 2));
  for (const value of point.threshold) sum -= 0.5 * ((value - THRESHOLD_CENTRE) / THRESHOLD_SPREAD) ** 2;
  return sum;
}

/**
 * Fits the dynamics of a course to answers: maximum a posteriori of the filter's likelihood, by pattern search over the strengths
 * (Hooke & Jeeves 1961); skills' thresholds all at once, each by its own answers' one-step-ahead likelihood. Same task, same result.
 */
export function fitDynamics(task: DynamicsTask): Dynamics {
  const { structure, students } = task;
  if (students.every((steps) => steps.length === 0)) return task.from ?? priorDynamics(structure);
  const rounds = task.rounds ?? ROUNDS;
  if (task.from) return toDynamics(search(task, toPoint(task.from), 0, rounds).point);
  const far = FAR.map((hold) => search(task, beginning(task, hold), 0, SOFT_ROUNDS));
  const best = far.reduce((one, other) => (other.value > one.value ? other : one));
  return toDynamics(search(task, best.point, SOFT_ROUNDS, rounds).point);
}

/** Wrong answers on the same skill, one after the other, after which more of them say nothing new. */
const STUCK = 8;

/**
 * The steps up to where a student is stuck: what follows takes time and tells no more. Where to stop depends on what was seen only, so that
 * the likelihood stays what it is.
 */
export function untilStuck(steps: readonly PracticeStep[], most: number): readonly PracticeStep[] {
  let wrong = 0;
  for (let index = 0; index < Math.min(most, steps.length); index++) {
    const { skill, correct } = steps[index]!;
    wrong = correct < 0.5 && steps[index - 1]?.skill === skill ? wrong + 1 : 0;
    if (wrong >= STUCK) return steps.slice(0, index + 1);
  }
  return steps.slice(0, most);
}

/** A point and how likely it is with the answers. */
interface Judged {
  readonly point: Point;
  readonly value: number;
}

function judge(task: DynamicsTask, point: Point): Judged {
  return { point, value: logPrior(point) + evidenceOf(toDynamics(point), task.structure, task.students) };
}

function search(task: DynamicsTask, start: Point, fromRound: number, toRound: number): Judged {
  let best = judge(task, start);
  const width = new Map<string, number>();
  const change = (key: string, moved: (point: Point, by: number) => Point): void => {
    const by = width.get(key) ?? FIRST_WIDTH;
    for (const side of [by, -by]) {
      let tried = judge(task, moved(best.point, side));
      if (tried.value <= best.value) continue;
      // The same way again, as long as it pays.
      for (; tried.value > best.value; tried = judge(task, moved(best.point, side))) best = tried;
      width.set(key, by * 1.2);
      return;
    }
    width.set(key, by * 0.45);
  };
  for (let round = fromRound; round < toRound; round++) {
    const before = best.value;
    for (const { name } of PRIORS)
      if (name !== 'lapse' || round >= SOFT_ROUNDS)
        change(name, (point, by) => ({ ...point, scalar: { ...point.scalar, [name]: point.scalar[name] + by } }));
    // Distance has no unit of its own: what stretches with what.
    change('slope and gate', (point, by) => ({
      ...point,
      scalar: { ...point.scalar, slope: point.scalar.slope + by, gate: point.scalar.gate + by },
    }));
    KINSHIPS.forEach((kinship, index) =>
      change(`hold ${kinship}`, (point, by) => {
        const hold = point.hold.slice();
        hold[index]! += 1.5 * by;
        return { ...point, hold };
      }),
    );
    for (let pass = 0; pass < THRESHOLD_PASSES; pass++) {
      const moved = judge(task, moveThresholds(best.point, task, 0.25 * 0.5 ** (round / 2 + pass)));
      if (moved.value > best.value) best = moved;
    }
    if (best.value - before < 0.5 && round >= SOFT_ROUNDS) break;
  }
  return best;
}

/**
 * Chance of a lapse while the search is coarse: sharp answers make a landscape of cliffs, in which every way from a rough beginning leads down
 * (annealing).
 */
const SOFT_LAPSE = 0.1;
const SOFT_ROUNDS = 2;
const ROUNDS = 6;
const FIRST_WIDTH = 0.7;
/** Chances that practice far from the last takes hold, each tried as a beginning. */
const FAR = [0.002, 0.8];
/** Students on whom beginnings are compared. */
const BEGINNERS = 25;

/** The best of coarse beginnings: slow or quick, free or gated, noisy or sharp learning. The likelihood has more than one summit. */
function beginning(task: DynamicsTask, far: number): Point {
  const stride = Math.ceil(task.students.length / BEGINNERS);
  const few = { ...task, students: task.students.filter((_, student) => student % stride === 0) };
  const prior = priorDynamics(task.structure);
  let best = { point: toPoint(prior), value: -Infinity };
  for (const rate of [0.1, 0.25, 0.5])
    for (const gate of [0.5, 2.5, 6])
      for (const slope of [4, 12, 30]) {
        const hold = prior.hold.slice();
        hold[KINSHIPS.indexOf('other')] = far;
        let point = toPoint({ ...prior, rate, gate, slope, hold, lapse: SOFT_LAPSE });
        for (const width of [0.4, 0.25, 0.15, 0.1]) point = moveThresholds(point, few, width);
        const dynamics = toDynamics(point);
        const value = logPrior(point) + evidenceOf(dynamics, task.structure, few.students);
        if (value > best.value) best = { point, value };
      }
  return best.point;
}

/** Students differ as a whole: three points of the normal distribution, and their weights (Gauss–Hermite). */
const SHIFTS = [-Math.sqrt(3), 0, Math.sqrt(3)];
const SHIFT_WEIGHTS = [1 / 6, 2 / 3, 1 / 6];

export const courseOf = (dynamics: Dynamics, structure: Structure): Course => ({
  dynamics,
  structure,
  spreading: spreadingOf(structure, dynamics.transfer),
});

/** log Σ over shifts of weight·likelihood, and the posterior weight of each shift. */
function mixed(evidence: readonly number[]): { readonly total: number; readonly weights: readonly number[] } {
  const top = Math.max(...evidence);
  const parts = evidence.map((value, index) => SHIFT_WEIGHTS[index]! * Math.exp(value - top));
  const sum = parts.reduce((all, part) => all + part, 0);
  return { total: top + Math.log(sum), weights: parts.map((part) => part / sum) };
}

function beliefsAfter(course: Course, steps: readonly PracticeStep[]): Belief[] {
  return SHIFTS.map((shift) => {
    const belief = new Belief(course, shift * course.dynamics.studentSpread);
    for (const step of steps) belief.observe(step);
    return belief;
  });
}

/** Σ over students of the log-likelihood of their answers. */
export function evidenceOf(dynamics: Dynamics, structure: Structure, students: readonly (readonly PracticeStep[])[]): number {
  const course = courseOf(dynamics, structure);
  let sum = 0;
  for (const steps of students) sum += mixed(beliefsAfter(course, steps).map(({ evidence }) => evidence)).total;
  return sum;
}

/** The belief about a student after their steps, their own shift estimated from them. */
export function beliefAfter(course: Course, steps: readonly PracticeStep[], centre?: ArrayLike<number>): Belief {
  const beliefs = SHIFTS.map((shift) => {
    const belief = new Belief(course, shift * course.dynamics.studentSpread, centre);
    for (const step of steps) belief.observe(step);
    return belief;
  });
  const { weights } = mixed(beliefs.map(({ evidence }) => evidence));
  const mean = weights.reduce((sum, weight, index) => sum + weight * SHIFTS[index]!, 0);
  const belief = new Belief(course, mean * course.dynamics.studentSpread, centre);
  for (const step of steps) belief.observe(step);
  return belief;
}

/** Moves each skill's threshold to where its answers are likeliest, one step ahead, the beliefs before them as they are. */
function moveThresholds(point: Point, task: DynamicsTask, width: number): Point {
  const { structure, students } = task;
  const dynamics = toDynamics(point);
  const course = courseOf(dynamics, structure);
  const moves = OFFSETS.map((offset) => offset * width);
  const likelihood = OFFSETS.map((offset) =>
    Float64Array.from(
      dynamics.threshold,
      (threshold) => -0.5 * ((threshold + offset * width - THRESHOLD_CENTRE) / THRESHOLD_SPREAD) ** 2,
    ),
  );
  for (const steps of students) {
    const belief = new Belief(course);
    for (const { skill, correct } of steps) {
      belief.observe({ skill, correct }, moves).likelihood.forEach((value, index) => {
        likelihood[index]![skill]! += Math.log(value);
      });
    }
  }
  const threshold = dynamics.threshold.map((value, skill) => {
    let best = 2;
    for (let offset = 0; offset < OFFSETS.length; offset++)
      if (likelihood[offset]![skill]! > likelihood[best]![skill]! + 1e-9) best = offset;
    return Math.max(LEAST_THRESHOLD, value + OFFSETS[best]! * width);
  });
  return { ...point, threshold };
}
