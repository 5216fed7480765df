import { quickExp } from '../numeric.ts';
import type { Random } from '../random.ts';
import { chanceRight } from './practice.ts';
import type { Spreading } from './practice.ts';
import type { Dynamics } from './parameters.ts';
import type { Structure } from './structure.ts';

/** One answered step: the skill practised, and the answer given after it. */
export interface PracticeStep {
  readonly skill: number;
  /** In [0, 1]. */
  readonly correct: number;
}

/** Equally likely points of the standard normal that a skill's distance at the start is spread over. */
export const NODES = Float64Array.of(
  -1.6906,
  -1.1503,
  -0.8122,
  -0.5485,
  -0.3186,
  -0.1046,
  0.1046,
  0.3186,
  0.5485,
  0.8122,
  1.1503,
  1.6906,
);
const K = NODES.length;
const LEAST_PREVIOUS = 1e-4;
/** Skills that there is room for at first. */
const ROOM = 32;

const larger = (values: Float64Array): Float64Array => {
  const result = new Float64Array(2 * values.length);
  result.set(values);
  return result;
};

/** The dynamics with what follows from them. */
export interface Course {
  readonly dynamics: Dynamics;
  readonly structure: Structure;
  readonly spreading: Spreading;
}

/**
 * A belief about where one student stands: for each skill a distribution of the distance to full knowledge, skills apart from each other given the
 * answers (assumed-density filtering with a product of marginals; Boyen & Koller 1998). Each marginal is carried by a few points that move as
 * practice moves them and are weighed by the answers: no chance is involved, and the likelihood is smooth in the dynamics.
 */
export class Belief {
  readonly course: Course;
  /** Chance that a skill is the one that practice took hold on last; −1 for none. */
  readonly previous = new Map<number, number>([[-1, 1]]);
  /** Σ log P(answer | answers before). */
  evidence = 0;
  /** Of the skills that were looked at, in that order: of a large course a student meets few. [skills looked at, points], with room for more */
  private start: Float64Array;
  private distance: Float64Array;
  private weight: Float64Array;
  private known = 0;
  /** [skills] of the course: place among those looked at, from 1; 0 for the others. */
  private readonly places: Int32Array;
  /** [skills] When each was looked at last. */
  private readonly touched: Int32Array;
  private readonly shift: number;
  private readonly centre: ArrayLike<number> | undefined;
  private now = 0;

  /**
   * @param shift of all distances at the start, the student's own
   * @param centre expected distance of each skill at the start before that shift; 1 where left out
   */
  constructor(course: Course, shift = 0, centre?: ArrayLike<number>) {
    this.course = course;
    this.shift = shift;
    this.centre = centre;
    const room = K * Math.min(ROOM, course.structure.skills.length);
    this.start = new Float64Array(room);
    this.distance = new Float64Array(room);
    this.weight = new Float64Array(room);
    this.places = new Int32Array(course.structure.skills.length);
    this.touched = new Int32Array(course.structure.skills.length);
  }

  /**
   * A belief that begins where another model says the student stands.
   * @param mean of each skill's distance; [skills]
   * @param deviation of it; [skills]
   */
  static at(course: Course, mean: ArrayLike<number>, deviation: ArrayLike<number>): Belief {
    const belief = new Belief(course);
    for (let skill = 0; skill < belief.places.length; skill++) {
      let point = 0;
      belief.move(skill, () => Math.max(0, mean[skill]! + deviation[skill]! * NODES[point++]!));
    }
    return belief;
  }

  /** Moves each of a skill's points to another distance. */
  move(skill: number, to: (distance: number) => number): void {
    const begin = this.begin(skill);
    for (let at = begin; at < begin + K; at++) this.distance[at] = to(this.distance[at]!);
  }

  /** @returns where the skill's points begin */
  private begin(skill: number): number {
    const place = this.places[skill]!;
    if (place > 0) return (place - 1) * K;
    const at = this.known * K;
    this.places[skill] = ++this.known;
    if (at === this.start.length)
      [this.start, this.distance, this.weight] = [larger(this.start), larger(this.distance), larger(this.weight)];
    const centre = (this.centre ? this.centre[skill]! : 1) + this.shift;
    const { skillSpread } = this.course.dynamics;
    for (let point = 0; point < K; point++) {
      this.start[at + point] = this.distance[at + point] = Math.max(0, centre + skillSpread * NODES[point]!);
      this.weight[at + point] = 1 / K;
    }
    return at;
  }

  /**
   * Takes off what has been forgotten since a skill was last looked at.
   * @returns where its points begin
   */
  private settle(skill: number): number {
    const begin = this.begin(skill);
    const past = this.now - this.touched[skill]!;
    this.touched[skill] = this.now;
    const { forgetting } = this.course.dynamics;
    if (past <= 0 || forgetting < 1e-6) return begin;
    const kept = (1 - forgetting) ** past;
    for (let at = begin; at < begin + K; at++)
      this.distance[at] = this.start[at]! - (this.start[at]! - this.distance[at]!) * kept;
    return begin;
  }

  /** Mean of e^(−strength·distance) over the points that begin there. */
  private meanExp(begin: number, strength: number): number {
    let sum = 0;
    for (let at = begin; at < begin + K; at++) sum += this.weight[at]! * quickExp(-strength * this.distance[at]!);
    return sum;
  }

  /** Chance that practice on the skill takes hold now. */
  hold(skill: number): number {
    const { structure, dynamics } = this.course;
    let sum = 0;
    for (const [before, chance] of this.previous) sum += chance * dynamics.hold[structure.kinship(before, skill)]!;
    return sum;
  }

  /** Mean P(right) on a skill as the belief stands. */
  forecast(skill: number): number {
    const begin = this.settle(skill);
    let sum = 0;
    for (let at = begin; at < begin + K; at++)
      sum += this.weight[at]! * chanceRight(this.distance[at]!, skill, this.course.dynamics);
    return sum;
  }

  /**
   * Practice and its answer, taken in together: the answer also tells whether the practice took hold.
   * @param moves of the skill's threshold at which the likelihood is wanted too
   * @returns P(right) before the answer was known, and the answer's likelihood at each move
   */
  observe(
    { skill, correct }: PracticeStep,
    moves: readonly number[] = [],
  ): { readonly right: number; readonly likelihood: readonly number[] } {
    const { dynamics, structure, spreading } = this.course;
    this.now++;
    const begin = this.settle(skill);
    const end = begin + K;
    const hold = this.hold(skill);
    let open = dynamics.rate;
    for (const below of structure.prerequisites[skill]!) open *= this.meanExp(this.settle(below), dynamics.gate);
    const { weight, distance } = this;
    const likelihood = moves.map((move) => {
      let sum = 0;
      for (let at = begin; at < end; at++) {
        const x = distance[at]!;
        const held = chanceRight(x - open * x - move, skill, dynamics);
        const p = hold * held + (1 - hold) * chanceRight(x - move, skill, dynamics);
        sum += weight[at]! * (correct * p + (1 - correct) * (1 - p));
      }
      return sum;
    });
    let right = 0;
    let ifHeld = 0;
    let ifNot = 0;
    let sum = 0;
    let gain = 0;
    for (let at = begin; at < end; at++) {
      const x = distance[at]!;
      const own = weight[at]!;
      const rightIfHeld = chanceRight(x - open * x, skill, dynamics);
      const rightIfNot = chanceRight(x, skill, dynamics);
      const held = correct * rightIfHeld + (1 - correct) * (1 - rightIfHeld);
      const not = correct * rightIfNot + (1 - correct) * (1 - rightIfNot);
      right += own * (hold * rightIfHeld + (1 - hold) * rightIfNot);
      ifHeld += own * held;
      ifNot += own * not;
      const either = hold * held + (1 - hold) * not;
      weight[at] = own * either;
      sum += weight[at]!;
      const moved = ((hold * held) / either) * open * x;
      distance[at] = x - moved;
      gain += weight[at]! * moved;
    }
    for (let at = begin; at < end; at++) weight[at]! /= sum;
    this.evidence += Math.log(sum);
    this.spread(skill, gain / sum, spreading);
    this.followPrevious(skill, ifHeld / sum, ifNot / sum);
    return { right, likelihood };
  }

  private spread(skill: number, gain: number, spreading: Spreading): void {
    const above = spreading.skills[skill]!;
    const shares = spreading.shares[skill]!;
    for (let index = 0; index < above.length; index++) {
      const next = above[index]!;
      const less = gain * shares[index]!;
      if (less < 1e-9) continue;
      const begin = this.settle(next);
      for (let at = begin; at < begin + K; at++) this.distance[at] = Math.max(0, this.distance[at]! - less);
    }
  }

  private followPrevious(skill: number, held: number, not: number): void {
    const { dynamics, structure } = this.course;
    let arrived = 0;
    for (const [before, chance] of this.previous) {
      const hold = dynamics.hold[structure.kinship(before, skill)]!;
      arrived += chance * hold * held;
      const left = chance * (1 - hold) * not;
      if (left < LEAST_PREVIOUS) this.previous.delete(before);
      else this.previous.set(before, left);
    }
    this.previous.set(skill, (this.previous.get(skill) ?? 0) + arrived);
    let total = 0;
    for (const chance of this.previous.values()) total += chance;
    for (const [before, chance] of this.previous) this.previous.set(before, chance / total);
  }

  /** Draws whole states: each skill's distance by systematic draws from its marginal, in an order of its own. [count, skills] */
  draw(
    count: number,
    random: Random,
  ): { readonly count: number; readonly distance: Float64Array; readonly previous: Int32Array } {
    const skills = this.places.length;
    const distance = new Float64Array(count * skills);
    const places = Array.from({ length: count }, (_, index) => index);
    for (let skill = 0; skill < skills; skill++) {
      const first = this.settle(skill);
      const order = random.shuffle(places);
      let at = first;
      let upTo = this.weight[at]!;
      const begin = random.uniform();
      for (let index = 0; index < count; index++) {
        const wanted = (index + begin) / count;
        while (upTo < wanted && at < first + K - 1) upTo += this.weight[++at]!;
        distance[order[index]! * skills + skill] = this.distance[at]!;
      }
    }
    const previous = new Int32Array(count);
    const chances = [...this.previous];
    const total = chances.reduce((sum, [, chance]) => sum + chance, 0);
    for (let index = 0; index < count; index++) {
      let wanted = ((index + 0.5) / count) * total;
      let found = chances.at(-1)![0];
      for (const [skill, chance] of chances) {
        if (wanted <= chance) {
          found = skill;
          break;
        }
        wanted -= chance;
      }
      previous[index] = found;
    }
    return { count, distance, previous };
  }
}
