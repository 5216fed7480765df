import type { Random } from '../random.ts';
import { chanceRight, practise } from './practice.ts';
import { patienceFor, Worth, worthOf } from './worth.ts';
import type { Nearness, WorthOptions } from './worth.ts';

export interface LookaheadOptions extends WorthOptions {
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

interface Node extends PlanningState, Nearness {
  readonly value: number;
  readonly parent: Node | undefined;
  readonly skill: number;
}

/** A node that is not worked out yet: only a few of them are kept. */
type Draft = Pick<Node, 'value' | 'skill'> & { readonly parent: Node };

/**
 * Looks several steps ahead by beam search over sequences of practice, each judged on all particles with the same chances (common random
 * numbers).
 */
export function lookAhead(state: PlanningState, options: LookaheadOptions): FoundPath {
  const depth = Math.min(options.depth, options.left);
  const search = new Search(state.count, depth, options);
  let front: readonly Node[] = [search.root(state)];
  for (let step = 0; step < depth; step++) {
    const open = step === 0 && options.first ? options.first : options.candidates;
    const drafts = front.flatMap((node) => search.drafts(node, open, step)).sort((a, b) => b.value - a.value);
    const kept: Draft[] = [];
    for (const draft of drafts) {
      if (kept.length >= options.width) break;
      const last = kept.at(-1);
      // The same practice in another order leads to the same place.
      if (last && Math.abs(last.value - draft.value) < 1e-10 && last.skill === draft.skill) continue;
      kept.push(draft);
    }
    if (kept.length === 0) break;
    front = kept.map((draft) => search.develop(draft, step));
  }
  const best = front[0]!;
  const path: number[] = [];
  for (let node: Node | undefined = best; node && node.skill >= 0; node = node.parent) path.unshift(node.skill);
  return { skills: path, value: best.value, end: best, forecast: meanForecast(best, options) };
}

/** One search: what a step of practice does to the particles, and what that is worth; only what a step moves is worked out anew. */
class Search {
  private readonly options: LookaheadOptions;
  private readonly count: number;
  private readonly skills: number;
  private readonly goals: readonly number[];
  /** [depth, count] */
  private readonly coins: Float64Array;
  private readonly worth: Worth;
  /** One particle's distances and needs, [skills] each, and the worth of each particle's goals before the step, [count · goals]. */
  private readonly row: Float64Array;
  private readonly need: Float64Array;
  private readonly before: Float64Array;

  constructor(count: number, depth: number, options: LookaheadOptions) {
    this.options = options;
    this.count = count;
    this.skills = options.structure.skills.length;
    this.goals = options.goals;
    this.coins = Float64Array.from({ length: depth * count }, () => options.random.uniform());
    this.worth = new Worth(options);
    this.row = new Float64Array(this.skills);
    this.need = new Float64Array(this.skills);
    this.before = new Float64Array(count * this.goals.length);
  }

  root(state: PlanningState): Node {
    return { ...state, ...this.worth.nearness(state.distance, this.count), value: 0, parent: undefined, skill: -1 };
  }

  private takesHold(node: PlanningState, particle: number, skill: number, step: number): boolean {
    const { dynamics, structure } = this.options;
    return this.coins[step * this.count + particle]! < dynamics.hold[structure.kinship(node.previous[particle]!, skill)]!;
  }

  /** What each of the skills would lead to. */
  drafts(parent: Node, open: readonly number[], step: number): Draft[] {
    const patience = patienceFor(this.options.left - step - 1);
    const { before, worth, skills, goals } = this;
    let stay = 0;
    for (let at = 0; at < before.length; at++) {
      const particle = Math.floor(at / goals.length);
      const steps = worth.steps(parent.own[at]!, parent.need, particle * skills, at - particle * goals.length);
      stay += before[at] = worthOf(parent.chance[at]!, steps, patience);
    }
    const found: Draft[] = [];
    for (const skill of open) {
      let sum = stay;
      let moved = false;
      for (let particle = 0; particle < this.count; particle++) {
        if (!this.takesHold(parent, particle, skill, step)) continue;
        moved = true;
        sum += this.change(parent, particle, skill, patience);
      }
      if (moved || step === 0) found.push({ parent, skill, value: sum / before.length });
    }
    return found;
  }

  /** By how much practice on a skill that takes hold changes the worth of one particle. */
  private change(parent: Node, particle: number, skill: number, patience: number): number {
    const { dynamics, structure, spreading } = this.options;
    const { row, need, before, worth, skills, goals } = this;
    const from = particle * skills;
    for (let each = 0; each < skills; each++) {
      row[each] = parent.distance[from + each]!;
      need[each] = parent.need[from + each]!;
    }
    practise(row, 0, skill, dynamics, structure, spreading);
    const moves = worth.movedBy(skill);
    for (let index = 0; index < moves.skills.length; index++) {
      const each = moves.skills[index]!;
      need[each] = worth.needOf(row[each]!, each);
    }
    let sum = 0;
    const offset = particle * goals.length;
    for (let index = 0; index < moves.goals.length; index++) {
      const place = moves.goals[index]!;
      const x = row[goals[place]!]!;
      const steps = worth.steps(worth.ownOf(x, place), need, 0, place);
      sum += worthOf(worth.chanceOf(x, place), steps, patience) - before[offset + place]!;
    }
    for (let index = 0; index < moves.waiting.length; index++) {
      const place = moves.waiting[index]!;
      const own = parent.own[offset + place]!;
      // What is at hand waits for nothing.
      if (own === 0) continue;
      const steps = worth.steps(own, need, 0, place);
      sum += worthOf(parent.chance[offset + place]!, steps, patience) - before[offset + place]!;
    }
    return sum;
  }

  develop({ parent, skill, value }: Draft, step: number): Node {
    const { dynamics, structure, spreading } = this.options;
    const { count, skills, goals, worth } = this;
    const distance = parent.distance.slice();
    const previous = parent.previous.slice();
    const chance = parent.chance.slice();
    const own = parent.own.slice();
    const need = parent.need.slice();
    const moves = worth.movedBy(skill);
    for (let particle = 0; particle < count; particle++) {
      if (!this.takesHold(parent, particle, skill, step)) continue;
      previous[particle] = skill;
      const at = particle * skills;
      practise(distance, at, skill, dynamics, structure, spreading);
      for (const each of moves.skills) need[at + each] = worth.needOf(distance[at + each]!, each);
      for (const place of moves.goals) {
        chance[particle * goals.length + place] = worth.chanceOf(distance[at + goals[place]!]!, place);
        own[particle * goals.length + place] = worth.ownOf(distance[at + goals[place]!]!, place);
      }
    }
    return { count, distance, previous, chance, own, need, value, parent, skill };
  }
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
