import { quickExp } from '../numeric.ts';
import type { Random } from '../random.ts';
import { chanceRight, practise } from './practice.ts';
import type { Spreading } from './practice.ts';
import type { Dynamics } from './parameters.ts';
import type { Structure } from './structure.ts';

export interface LookaheadOptions {
  readonly dynamics: Dynamics;
  readonly structure: Structure;
  readonly spreading: Spreading;
  /** What is aimed at, as skill numbers. */
  readonly goals: readonly number[];
  /** What may be practised, and what may come first where that is less. */
  readonly candidates: readonly number[];
  readonly first?: readonly number[] | undefined;
  /** Steps that are left to the goals' date. */
  readonly left: number;
  /** Steps looked ahead at most; beyond them the distance to the goals is estimated. */
  readonly depth: number;
  /** Sequences kept at each depth. */
  readonly width: number;
  readonly random: Random;
}

/** Particles to plan for: [count, skills] distances and the skill practised last by each. */
export interface PlanningState {
  readonly count: number;
  readonly distance: Float64Array;
  readonly previous: Int32Array;
}

export interface FoundPath {
  /** Skills to practise, in order. */
  readonly skills: readonly number[];
  /** Worth of the state it leads to. */
  readonly value: number;
  /** Where the particles are expected to be at its end. */
  readonly end: PlanningState;
  /** Mean P(right) over the goals there. */
  readonly forecast: number;
}

interface Node extends PlanningState {
  readonly value: number;
  readonly parent: Node | undefined;
  readonly skill: number;
}

/** Forecast from which on a goal counts as reached. */
const REACHED_LOGIT = 1;
/** Prerequisites are near enough where together they hold their skill's growth up no more than to this share. */
const OPEN_GATE = 0.5;

/**
 * Worth of a state for the goals: the mean forecast of the goals at hand, and for the rest how near it is, counted in steps of practice that are
 * still needed on it and on what it rests on. Near ones count more than far ones, the more so the fewer steps are left.
 */
export class Worth {
  private readonly options: Pick<LookaheadOptions, 'dynamics' | 'structure' | 'goals'>;
  private readonly gateLevel: Float64Array;
  private readonly goalLevel: Float64Array;
  private readonly perStep: number;
  private readonly walked: Int32Array;
  private walk = 0;

  constructor(options: Pick<LookaheadOptions, 'dynamics' | 'structure' | 'goals'>) {
    this.options = options;
    const { dynamics, structure } = options;
    const count = structure.skills.length;
    this.gateLevel = new Float64Array(count).fill(Infinity);
    structure.prerequisites.forEach((below) => {
      const level = -Math.log(OPEN_GATE) / dynamics.gate / Math.max(1, below.length);
      for (const each of below) this.gateLevel[each] = Math.min(this.gateLevel[each]!, level);
    });
    this.goalLevel = Float64Array.from(dynamics.threshold, (threshold) =>
      Math.max(0.35 * threshold, threshold - REACHED_LOGIT / dynamics.slope),
    );
    this.perStep = -1 / Math.log(1 - 0.75 * dynamics.rate);
    this.walked = new Int32Array(count);
  }

  /** Steps that a skill and what it rests on still need, where prerequisites are open. */
  private stepsBelow(distance: Float64Array, at: number, skill: number): number {
    const below = this.options.structure.prerequisites[skill]!;
    let sum = 0;
    for (let index = 0; index < below.length; index++) {
      const each = below[index]!;
      if (this.walked[each] === this.walk) continue;
      this.walked[each] = this.walk;
      const over = distance[at + each]! / this.gateLevel[each]!;
      if (over <= 1) continue;
      sum += Math.log(over) * this.perStep + this.stepsBelow(distance, at, each);
    }
    return sum;
  }

  of(distance: Float64Array, count: number, left: number): number {
    const { dynamics, goals, structure } = this.options;
    const skills = structure.skills.length;
    const patience = 1 / (2 + 0.5 * left);
    let sum = 0;
    for (let particle = 0; particle < count; particle++) {
      const at = particle * skills;
      for (let index = 0; index < goals.length; index++) {
        const goal = goals[index]!;
        const x = distance[at + goal]!;
        const p = chanceRight(x, goal, dynamics);
        const over = x / this.goalLevel[goal]!;
        let steps = 1;
        if (over > 1) {
          this.walk++;
          steps += Math.log(over) * this.perStep + this.stepsBelow(distance, at, goal);
        }
        sum += p + (1 - p) * 0.8 * quickExp(-steps * patience);
      }
    }
    return sum / (count * goals.length);
  }
}

/**
 * Looks several steps ahead by beam search over sequences of practice, each judged on all particles with the same chances (common random
 * numbers).
 */
export function lookAhead(state: PlanningState, options: LookaheadOptions): FoundPath {
  const { dynamics, structure, spreading, candidates, random } = options;
  const skills = structure.skills.length;
  const { count } = state;
  const depth = Math.min(options.depth, options.left);
  const worth = new Worth(options);
  const coins = Float64Array.from({ length: depth * count }, () => random.uniform());
  let front: Node[] = [{ ...state, value: worth.of(state.distance, count, options.left), parent: undefined, skill: -1 }];
  for (let step = 0; step < depth; step++) {
    const next: Node[] = [];
    const open = step === 0 && options.first ? options.first : candidates;
    for (const node of front)
      for (const skill of open) {
        const distance = node.distance.slice();
        const previous = node.previous.slice();
        let moved = false;
        for (let particle = 0; particle < count; particle++) {
          const hold = dynamics.hold[structure.kinship(previous[particle]!, skill)]!;
          if (coins[step * count + particle]! >= hold) continue;
          previous[particle] = skill;
          practise(distance, particle * skills, skill, dynamics, structure, spreading);
          moved = true;
        }
        if (!moved && step > 0) continue;
        const value = worth.of(distance, count, options.left - step - 1);
        next.push({ count, distance, previous, value, parent: node, skill });
      }
    next.sort((a, b) => b.value - a.value);
    const kept: Node[] = [];
    for (const node of next) {
      if (kept.length >= options.width) break;
      const last = kept.at(-1);
      // The same practice in another order leads to the same place.
      if (last && Math.abs(last.value - node.value) < 1e-10 && last.skill === node.skill) continue;
      kept.push(node);
    }
    if (kept.length === 0) break;
    front = kept;
  }
  const best = front[0]!;
  const path: number[] = [];
  for (let node: Node | undefined = best; node && node.skill >= 0; node = node.parent) path.unshift(node.skill);
  return { skills: path, value: best.value, end: best, forecast: meanForecast(best, options) };
}

/** Mean P(right) over the goals and particles. */
export function meanForecast(
  { count, distance }: PlanningState,
  { dynamics, structure, goals }: Pick<LookaheadOptions, 'dynamics' | 'structure' | 'goals'>,
): number {
  let sum = 0;
  for (let particle = 0; particle < count; particle++)
    for (const goal of goals) sum += chanceRight(distance[particle * structure.skills.length + goal]!, goal, dynamics);
  return sum / (count * goals.length);
}
