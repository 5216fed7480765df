import { quickExp } from '../numeric.ts';
import { chanceRight } from './practice.ts';
import type { Spreading } from './practice.ts';
import type { Dynamics } from './parameters.ts';
import type { Structure } from './structure.ts';

/** Forecast from which on a goal counts as reached. */
const REACHED_LOGIT = 1;
/** Prerequisites are near enough where together they hold their skill's growth up no more than to this share. */
const OPEN_GATE = 0.5;
/** Of a goal that is not at hand, what its nearness may count at most. */
const HOPE = 0.8;

export interface WorthOptions {
  readonly dynamics: Dynamics;
  readonly structure: Structure;
  readonly spreading: Spreading;
  /** What is aimed at, as skill numbers. */
  readonly goals: readonly number[];
}

/** How near the goals are for each particle. */
export interface Nearness {
  /** [count · goals], chance of a right answer. */
  readonly chance: Float64Array;
  /** [count · goals], steps of practice that the goal itself still needs. */
  readonly own: Float64Array;
  /** [count · skills], steps that a skill needs until it no longer holds up what builds on it. */
  readonly need: Float64Array;
}

/**
 * Worth of a state for the goals: the mean forecast of the goals at hand, and for the rest how near it is, counted in steps of practice that are
 * still needed on it and on what it rests on. Near ones count more than far ones, the more so the fewer steps are left.
 */
export class Worth {
  private readonly options: WorthOptions;
  private readonly gateLevel: Float64Array;
  private readonly goalLevel: Float64Array;
  private readonly perStep: number;
  private readonly walked: Int32Array;
  private walk = 0;
  private readonly moves: (Moves | undefined)[] = [];

  constructor(options: WorthOptions) {
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

  /** What practice on a skill may change. */
  movedBy(skill: number): Moves {
    const { goals, structure, spreading } = this.options;
    return (this.moves[skill] ??= (() => {
      const skills = new Set([skill, ...spreading.skills[skill]!]);
      const places = goals.map((_, place) => place);
      return {
        skills: Int32Array.from(skills),
        goals: Int32Array.from(places.filter((place) => skills.has(goals[place]!))),
        waiting: Int32Array.from(
          places.filter(
            (place) => !skills.has(goals[place]!) && structure.ancestors[goals[place]!]!.some((below) => skills.has(below)),
          ),
        ),
      };
    })());
  }

  needOf(distance: number, skill: number): number {
    const over = distance / this.gateLevel[skill]!;
    return over > 1 ? Math.log(over) * this.perStep : 0;
  }

  ownOf(distance: number, place: number): number {
    const over = distance / this.goalLevel[this.options.goals[place]!]!;
    return over > 1 ? Math.log(over) * this.perStep : 0;
  }

  chanceOf(distance: number, place: number): number {
    return chanceRight(distance, this.options.goals[place]!, this.options.dynamics);
  }

  /** Steps to a goal that needs `own` by itself: with those of what it rests on, as far down as something holds up. @param at where the particle's needs begin */
  steps(own: number, need: Float64Array, at: number, place: number): number {
    if (own === 0) return 1;
    this.walk++;
    return 1 + own + this.stepsBelow(need, at, this.options.goals[place]!);
  }

  private stepsBelow(need: Float64Array, at: number, skill: number): number {
    const below = this.options.structure.prerequisites[skill]!;
    let sum = 0;
    for (let index = 0; index < below.length; index++) {
      const each = below[index]!;
      const wanted = need[at + each]!;
      if (wanted === 0 || this.walked[each] === this.walk) continue;
      this.walked[each] = this.walk;
      sum += wanted + this.stepsBelow(need, at, each);
    }
    return sum;
  }

  nearness(distance: Float64Array, count: number): Nearness {
    const { goals, structure } = this.options;
    const skills = structure.skills.length;
    const chance = new Float64Array(count * goals.length);
    const own = new Float64Array(count * goals.length);
    const need = new Float64Array(count * skills);
    for (let particle = 0; particle < count; particle++) {
      const at = particle * skills;
      for (let skill = 0; skill < skills; skill++) need[at + skill] = this.needOf(distance[at + skill]!, skill);
      for (let place = 0; place < goals.length; place++) {
        chance[particle * goals.length + place] = this.chanceOf(distance[at + goals[place]!]!, place);
        own[particle * goals.length + place] = this.ownOf(distance[at + goals[place]!]!, place);
      }
    }
    return { chance, own, need };
  }
}

/** What practice on a skill may change: distances, and by their positions among the goals those that are moved themselves and those that rest on what is. */
export interface Moves {
  readonly skills: Int32Array;
  readonly goals: Int32Array;
  readonly waiting: Int32Array;
}

/** How a step's distance is discounted with so many steps left. */
export const patienceFor = (left: number): number => 1 / (2 + 0.5 * left);

/** Worth of one goal for one particle. */
export const worthOf = (chance: number, steps: number, patience: number): number =>
  chance + (1 - chance) * HOPE * quickExp(-steps * patience);
