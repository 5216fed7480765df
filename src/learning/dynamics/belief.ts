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
  /** [skills, points] */
  readonly distance: Float64Array;
  readonly weight: Float64Array;
  /** Chance that a skill is the one that practice took hold on last; −1 for none. */
  readonly previous = new Map<number, number>([[-1, 1]]);
  /** Σ log P(answer | answers before). */
  evidence = 0;
  private readonly start: Float64Array;
  private readonly touched: Int32Array;
  private now = 0;

  /**
   * @param shift of all distances at the start, the student's own
   * @param centre expected distance of each skill at the start before that shift; 1 where left out
   */
  constructor(course: Course, shift = 0, centre?: ArrayLike<number>) {
    const { structure, dynamics } = course;
    const skills = structure.skills.length;
    this.course = course;
    this.start = new Float64Array(skills * K);
    for (let skill = 0; skill < skills; skill++)
      for (let point = 0; point < K; point++)
        this.start[skill * K + point] = Math.max(0, (centre ? centre[skill]! : 1) + shift + dynamics.skillSpread * NODES[point]!);
    this.distance = this.start.slice();
    this.weight = new Float64Array(skills * K).fill(1 / K);
    this.touched = new Int32Array(skills);
  }

  /**
   * A belief that begins where another model says the student stands.
   * @param mean of each skill's distance; [skills]
   * @param deviation of it; [skills]
   */
  static at(course: Course, mean: ArrayLike<number>, deviation: ArrayLike<number>): Belief {
    const belief = new Belief(course);
    for (let skill = 0; skill < belief.touched.length; skill++)
      for (let point = 0; point < K; point++)
        belief.distance[skill * K + point] = Math.max(0, mean[skill]! + deviation[skill]! * NODES[point]!);
    return belief;
  }

  /** What has been forgotten since a skill was last looked at. */
  private settle(skill: number): void {
    const past = this.now - this.touched[skill]!;
    this.touched[skill] = this.now;
    const { forgetting } = this.course.dynamics;
    if (past <= 0 || forgetting < 1e-6) return;
    const kept = (1 - forgetting) ** past;
    for (let at = skill * K; at < (skill + 1) * K; at++)
      this.distance[at] = this.start[at]! - (this.start[at]! - this.distance[at]!) * kept;
  }

  /** Mean of e^(−strength·distance). */
  private meanExp(skill: number, strength: number): number {
    let sum = 0;
    for (let at = skill * K; at < (skill + 1) * K; at++) sum += this.weight[at]! * quickExp(-strength * this.distance[at]!);
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
    this.settle(skill);
    let sum = 0;
    for (let point = 0; point < K; point++)
      sum += this.weight[skill * K + point]! * chanceRight(this.distance[skill * K + point]!, skill, this.course.dynamics);
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
    const { course, weight, distance } = this;
    const { dynamics, structure, spreading } = course;
    this.now++;
    this.settle(skill);
    const hold = this.hold(skill);
    let open = dynamics.rate;
    for (const below of structure.prerequisites[skill]!) {
      this.settle(below);
      open *= this.meanExp(below, dynamics.gate);
    }
    const likelihood = moves.map((move) => {
      let sum = 0;
      for (let at = skill * K; at < (skill + 1) * K; at++) {
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
    for (let at = skill * K; at < (skill + 1) * K; at++) {
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
    for (let at = skill * K; at < (skill + 1) * K; at++) weight[at]! /= sum;
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
      this.settle(next);
      for (let at = next * K; at < (next + 1) * K; at++) this.distance[at] = Math.max(0, this.distance[at]! - less);
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
    const skills = this.touched.length;
    const distance = new Float64Array(count * skills);
    const places = Array.from({ length: count }, (_, index) => index);
    for (let skill = 0; skill < skills; skill++) {
      this.settle(skill);
      const order = random.shuffle(places);
      let at = skill * K;
      let upTo = this.weight[at]!;
      const begin = random.uniform();
      for (let index = 0; index < count; index++) {
        const wanted = (index + begin) / count;
        while (upTo < wanted && at < (skill + 1) * K - 1) upTo += this.weight[++at]!;
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
