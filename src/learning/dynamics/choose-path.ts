import type { Random } from '../random.ts';
import type { Belief, Course } from './belief.ts';
import { lookAhead, meanForecast } from './lookahead.ts';

export interface PathRequest {
  readonly course: Course;
  readonly belief: Belief;
  /** Skill numbers aimed at. */
  readonly goals: readonly number[];
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
const MOST_CANDIDATES = 28;
const MOST_GOALS = 40;

export const unsecured = (course: Course, belief: Belief, skill: number): number[] =>
  [...course.structure.prerequisites[skill]!].filter((below) => belief.forecast(below) < SECURE_FORECAST);

/** The next steps for a student: looked ahead on draws from the belief, ready skills first. */
export function choosePath(request: PathRequest): ChosenPath {
  const { course, belief, random, left } = request;
  const { structure } = course;
  const effort = request.effort ?? FULL_EFFORT;
  const goals = nearest(belief, request.goals);
  const candidates = candidatesFor(course, belief, goals);
  const ready = candidates.filter((skill) => unsecured(course, belief, skill).length === 0);
  const useful = ready.some((skill) => belief.forecast(skill) < KNOWN && belief.hold(skill) >= LIKELY);
  let state = belief.draw(effort.particles, random);
  const options = { ...course, goals, candidates, depth: effort.depth, width: effort.width, random };
  const now = meanForecast(state, options);
  const skills: number[] = [];
  let after = now;
  const wanted = Math.min(request.wanted ?? 1, left);
  while (skills.length < wanted) {
    const found = lookAhead(state, {
      ...options,
      left: left - skills.length,
      ...(skills.length === 0 && useful ? { first: ready } : {}),
    });
    if (found.skills.length === 0) break;
    skills.push(...found.skills);
    state = found.end;
    after = found.forecast;
  }
  const first = skills[0];
  return {
    skills: skills.slice(0, Math.max(1, wanted)),
    now,
    after,
    unready: first === undefined ? [] : unsecured({ ...course, structure }, belief, first),
  };
}

/** Of very many goals those that are nearest to being reached, the ones that are known left out. */
function nearest(belief: Belief, goals: readonly number[]): readonly number[] {
  if (goals.length <= MOST_GOALS) return goals;
  const open = goals.map((goal) => ({ goal, forecast: belief.forecast(goal) })).filter(({ forecast }) => forecast < KNOWN);
  return open
    .sort((a, b) => b.forecast - a.forecast)
    .slice(0, MOST_GOALS)
    .map(({ goal }) => goal);
}

/** Goals and all that they rest on; in a small course every skill, since a detour may lead on. */
function candidatesFor({ structure }: Course, belief: Belief, goals: readonly number[]): number[] {
  if (structure.skills.length <= MOST_CANDIDATES) return structure.skills.map((_, skill) => skill);
  const pool = new Set(goals);
  for (const goal of goals) for (const below of structure.ancestors[goal]!) pool.add(below);
  const open = [...pool].filter((skill) => belief.forecast(skill) < KNOWN);
  if (open.length <= MOST_CANDIDATES) return open.length > 0 ? open : [...pool].slice(0, MOST_CANDIDATES);
  // What is nearest to being learned comes first, and what it waits for with it.
  const rank = (skill: number): number =>
    belief.forecast(skill) *
    (structure.prerequisites[skill]!.every((below) => belief.forecast(below) >= SECURE_FORECAST) ? 1 : 0.3);
  return open.sort((a, b) => rank(b) - rank(a)).slice(0, MOST_CANDIDATES);
}
