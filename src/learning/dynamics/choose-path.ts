import type { Random } from '../random.ts';
import type { Belief, Course } from './belief.ts';
import { lookAhead, meanForecast } from './lookahead.ts';
import type { PlanningState } from './lookahead.ts';
import type { Structure } from './structure.ts';

export interface PathRequest {
  readonly course: Course;
  readonly belief: Belief;
  /** Skill numbers aimed at. */
  readonly goals: readonly number[];
  /** Skill numbers that no step may be on. */
  readonly closed?: ReadonlySet<number>;
  /** Steps until the goals are due. */
  readonly left: number;
  /** Steps wanted; the next one alone where left out. */
  readonly wanted?: number;
  readonly random: Random;
  readonly effort?: Effort;
}

/** How hard to look: particles, steps ahead, sequences kept. */
export interface Effort {
  readonly particles: number;
  readonly depth: number;
  readonly width: number;
}
export const FULL_EFFORT: Effort = { particles: 16, depth: 10, width: 10 };
/** Where something else has the last word on each step. */
export const LIGHT_EFFORT: Effort = { particles: 8, depth: 8, width: 6 };

export interface ChosenPath {
  readonly skills: readonly number[];
  /** Mean P(right) over the goals now, and as expected after the wanted steps. */
  readonly now: number;
  readonly after: number;
  /** Prerequisites of the first step that are not secure: it is taken all the same, because nothing that is ready would take hold. */
  readonly unready: readonly number[];
}

/** A prerequisite is secure from this forecast on. */
export const SECURE_FORECAST = 0.6;
/** A skill with this forecast is known: practice brings little. */
const KNOWN = 0.95;
/** Practice that takes hold with less chance than this is likely lost. */
const LIKELY = 0.5;
/** Skills that are weighed against each other at most. */
const MOST_CANDIDATES = 20;
const MOST_GOALS = 20;

export const unsecured = (course: Course, belief: Belief, skill: number): number[] =>
  [...course.structure.prerequisites[skill]!].filter((below) => belief.forecast(below) < SECURE_FORECAST);

/** The next steps for a student: looked ahead on draws from the belief, ready skills first. */
export function choosePath(request: PathRequest): ChosenPath {
  const { course, belief, random, left } = request;
  const effort = effortFor(course.structure.skills.length, request.effort ?? FULL_EFFORT);
  const goals = nearest(belief, request.goals);
  const { closed } = request;
  const candidates = candidatesFor(course, belief, goals, closed);
  const ready = candidates.filter((skill) => unsecured(course, belief, skill).length === 0);
  const useful = ready.some((skill) => belief.forecast(skill) < KNOWN && belief.hold(skill) >= LIKELY);
  const part = restrict(course, goals, candidates);
  let state = part.narrow(belief.draw(effort.particles, random));
  const options = {
    ...part.course,
    goals: goals.map(part.inner),
    candidates: candidates.map(part.inner),
    depth: effort.depth,
    width: effort.width,
    random,
  };
  const now = meanForecast(state, options);
  const skills: number[] = [];
  let after = now;
  const wanted = Math.min(request.wanted ?? 1, left);
  while (skills.length < wanted) {
    const found = lookAhead(state, {
      ...options,
      left: left - skills.length,
      ...(skills.length === 0 && useful ? { first: ready.map(part.inner) } : {}),
    });
    if (found.skills.length === 0) break;
    skills.push(...found.skills.map(part.outer));
    state = found.end;
    after = found.forecast;
  }
  const first = skills[0];
  return {
    skills: skills.slice(0, Math.max(1, wanted)),
    now,
    after,
    unready: first === undefined ? [] : unsecured(course, belief, first),
  };
}

/** In a large course many more skills are weighed, each less deeply. */
const effortFor = (skills: number, effort: Effort): Effort =>
  skills <= MOST_CANDIDATES ? effort : { particles: 6, depth: 4, width: 4 };

/** The part of a course that a look ahead needs, with numbers of its own. */
interface CoursePart {
  readonly course: Course;
  inner(skill: number): number;
  outer(skill: number): number;
  narrow(state: PlanningState): PlanningState;
}

function restrict(course: Course, goals: readonly number[], candidates: readonly number[]): CoursePart {
  const { structure, dynamics, spreading } = course;
  const all = structure.skills.length;
  if (all <= MOST_CANDIDATES) {
    const same = (skill: number): number => skill;
    return { course, inner: same, outer: same, narrow: (state) => state };
  }
  const kept = new Set([...goals, ...candidates]);
  for (const skill of [...kept]) for (const below of structure.prerequisites[skill]!) kept.add(below);
  const outer = [...kept];
  const number = new Map(outer.map((skill, index) => [skill, index]));
  const within = (skills: Int32Array): Int32Array =>
    skills.filter((skill) => number.has(skill)).map((skill) => number.get(skill)!);
  const inner: Structure = {
    skills: outer.map((skill) => structure.skills[skill]!),
    number: new Map(outer.map((skill, index) => [structure.skills[skill]!, index])),
    prerequisites: outer.map((skill) => within(structure.prerequisites[skill]!)),
    successors: outer.map((skill) => within(structure.successors[skill]!)),
    ancestors: outer.map((skill) => within(structure.ancestors[skill]!)),
    order: within(structure.order),
    kinship: (previous, next) => structure.kinship(previous < 0 ? -1 : outer[previous]!, outer[next]!),
  };
  return {
    course: {
      structure: inner,
      dynamics: { ...dynamics, threshold: Float64Array.from(outer, (skill) => dynamics.threshold[skill]!) },
      spreading: {
        skills: outer.map((skill) => within(spreading.skills[skill]!)),
        shares: outer.map((skill) => spreading.shares[skill]!.filter((_, index) => number.has(spreading.skills[skill]![index]!))),
      },
    },
    inner: (skill) => number.get(skill)!,
    outer: (skill) => outer[skill]!,
    narrow({ count, distance, previous }) {
      const narrowed = new Float64Array(count * outer.length);
      for (let particle = 0; particle < count; particle++)
        for (let index = 0; index < outer.length; index++)
          narrowed[particle * outer.length + index] = distance[particle * all + outer[index]!]!;
      return { count, distance: narrowed, previous: previous.map((skill) => number.get(skill) ?? -1) };
    },
  };
}

/** Of very many goals those that are nearest to being reached, the ones that are known left out. */
function nearest(belief: Belief, goals: readonly number[]): readonly number[] {
  if (goals.length <= MOST_GOALS) return goals;
  const all = goals.map((goal) => ({ goal, forecast: belief.forecast(goal) }));
  const open = all.filter(({ forecast }) => forecast < KNOWN);
  return (open.length > 0 ? open : all)
    .sort((a, b) => b.forecast - a.forecast)
    .slice(0, MOST_GOALS)
    .map(({ goal }) => goal);
}

/** Goals and all that they rest on; in a small course every skill, since a detour may lead on. */
function candidatesFor(
  { structure }: Course,
  belief: Belief,
  goals: readonly number[],
  closed: ReadonlySet<number> = new Set(),
): number[] {
  if (structure.skills.length <= MOST_CANDIDATES) return structure.skills.flatMap((_, skill) => (closed.has(skill) ? [] : skill));
  const pool = new Set(goals);
  for (const goal of goals) for (const below of structure.ancestors[goal]!) pool.add(below);
  for (const skill of closed) pool.delete(skill);
  const open = [...pool].filter((skill) => belief.forecast(skill) < KNOWN);
  if (open.length <= MOST_CANDIDATES) return open.length > 0 ? open : [...pool].slice(0, MOST_CANDIDATES);
  // What is nearest to being learned comes first, and what it waits for with it.
  const rank = (skill: number): number =>
    belief.forecast(skill) *
    (structure.prerequisites[skill]!.every((below) => belief.forecast(below) >= SECURE_FORECAST) ? 1 : 0.3);
  return open
    .map((skill) => ({ skill, rank: rank(skill) }))
    .sort((a, b) => b.rank - a.rank)
    .slice(0, MOST_CANDIDATES)
    .map(({ skill }) => skill);
}
