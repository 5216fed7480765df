import type { Estimate } from '../../shared/domain.ts';
import { choosePath, FULL_EFFORT, LIGHT_EFFORT, unsecured } from '../dynamics/choose-path.ts';
import { courseOf } from '../dynamics/fit.ts';
import { priorDynamics } from '../dynamics/parameters.ts';
import { createStructure } from '../dynamics/structure.ts';
import { createRandom, hashText } from '../random.ts';
import { QUESTIONS_PER_STEP } from './conditions.ts';
import { believeDecided, NO_OVERRIDES } from './overrides.ts';
import type { PlanOptions } from './plan-options.ts';
import { beliefOf } from './planner-course.ts';
import type { PlannerCourse } from './planner-course.ts';
import { practiceGain } from './practice-gain.ts';

/** Answers that are looked ahead to; the teacher plans for the coming lessons, not for the year. */
export const HORIZON = 24;
/** Of them in a course of more skills than this, where each look takes longer. */
const LARGE_COURSE = 60;
const LARGE_HORIZON = 8;

export interface LookedAhead {
  readonly skill: string;
  readonly unready: readonly string[];
  /** Where the dynamics lead. */
  readonly gain: Estimate | undefined;
}

/** The belief about the student, with what the teacher says. */
function decidedBelief({ state, history, overrides = NO_OVERRIDES }: PlanOptions, planner: PlannerCourse) {
  const found = beliefOf(planner, state, history);
  believeDecided(found.belief, overrides);
  return found;
}

const numbersOf = (skills: Iterable<string> = [], number: ReadonlyMap<string, number>): Set<number> =>
  new Set([...skills].flatMap((skill) => number.get(skill) ?? []));

/** Skills of the best path, in the order in which they come first. */
export function lookedAhead(options: PlanOptions, planner: PlannerCourse, targets: readonly string[]): LookedAhead[] {
  const { course, belief } = decidedBelief(options, planner);
  const { number, skills } = course.structure;
  const goals = targets.flatMap((id) => number.get(id) ?? []);
  if (goals.length === 0) return [];
  // The same student and the same answers give the same plan.
  const random = createRandom(hashText(`${options.student}:${options.state.answers}`));
  const wanted = skills.length > LARGE_COURSE ? LARGE_HORIZON : HORIZON;
  const chosen = choosePath({
    course,
    belief,
    goals,
    closed: numbersOf(options.overrides?.leftOut, number),
    left: HORIZON,
    wanted,
    random,
    effort: planner.leads ? FULL_EFFORT : LIGHT_EFFORT,
  });
  return [...new Set(chosen.skills)].map((skill) => ({
    skill: skills[skill]!,
    unready: unsecured(course, belief, skill).map((below) => skills[below]!),
    gain: planner.leads ? practiceGain({ course, belief, goals, skill, questions: QUESTIONS_PER_STEP, random }) : undefined,
  }));
}

/** What the dynamics, where they lead, hold of one skill. */
export interface LedView {
  readonly forecast: number;
  readonly unready: readonly { readonly skill: string; readonly forecast: number }[];
  readonly gain: Estimate;
}

export function ledView(options: PlanOptions, planner: PlannerCourse, targets: readonly string[], id: string): LedView {
  const { course, belief } = decidedBelief(options, planner);
  const { number, skills } = course.structure;
  const skill = number.get(id)!;
  const goals = targets.flatMap((target) => number.get(target) ?? []);
  const random = createRandom(hashText(`${options.student}:${options.state.answers}:${id}`));
  return {
    forecast: belief.forecast(skill),
    unready: unsecured(course, belief, skill).map((below) => ({ skill: skills[below]!, forecast: belief.forecast(below) })),
    gain: practiceGain({ course, belief, goals, skill, questions: QUESTIONS_PER_STEP, random }),
  };
}

export function assumedPlanner({ skills, graph }: PlanOptions): PlannerCourse {
  const structure = createStructure({
    skills: skills.map((id) => ({ id, name: id })),
    prerequisites: skills.flatMap((skill) => graph.prerequisitesOf(skill).map((prerequisite) => ({ skill, prerequisite }))),
  });
  return { course: courseOf(priorDynamics(structure), structure), leads: false };
}
