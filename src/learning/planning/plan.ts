import type { GoalConflict, Plan, PlanStep } from '../../shared/domain.ts';
import { best, inCourseOrder, lowestFirst } from './choice.ts';
import { insecure, isCertain, isInReach, isLearnable, QUESTIONS_PER_STEP, SECURE } from './conditions.ts';
import type { Candidate } from './conditions.ts';
import { dueReviews, interleaved } from './due-reviews.ts';
import { assumedPlanner, lookedAhead, ledView } from './looked-ahead.ts';
import type { LedView } from './looked-ahead.ts';
import { asDecided, levelAsDecided, NO_OVERRIDES } from './overrides.ts';
import type { PlanOptions } from './plan-options.ts';
import { ExpectedEffect } from './practice-effect.ts';
import { budgetOf, laySteps, lessonsUntil } from './schedule.ts';
import { personalOf, toStep } from './step.ts';

export type { PlanOptions } from './plan-options.ts';

const DEFAULT_STEPS = 6;
/** P(known) from which a prerequisite without an answer is taken for known. */
const LIKELY_KNOWN = 0.6;
/** Steps of a plan that has a date at most: more is not a plan but a course. */
const MOST_STEPS = 30;

/**
 * The path. Where the fitted dynamics lead, what to practise, and in which order, is looked ahead over the coming answers on a belief about the student
 * (dynamics/choose-path.ts). Otherwise the student model says where the student stands, and skills with a prerequisite that is not likely known, now or after the steps before,
 * are passed over: of the others come first those aimed at, until they are known, and those that surely help them, then what holds up the rest of them, each by what practice has been seen to bring in this course
 * (practice-effect.ts, choice.ts); where nobody looked, the look ahead on the assumed dynamics decides, and then the expected gain of what is within reach. A step with a
 * prerequisite that is not secure, or whose last answer was not right, says so. A skill appears once. Known skills whose review is due come in between (review.ts); where the teacher said how
 * much time there is, there are as many steps as have room, laid over the lessons (schedule.ts). What the teacher put first comes first, and what the teacher left out
 * does not come (overrides.ts).
 */
export const makePlan = (options: PlanOptions): Plan => planWithTrace(options).plan;

/** What a plan was chosen by, for whoever explains it. */
export interface PlanTrace {
  readonly plan: Plan;
  readonly goals: readonly string[];
  /** Skills that a step may be on: the targets and what they rest on. */
  readonly pool: ReadonlySet<string>;
  /** The steps' skills in the order in which they were chosen. */
  readonly taken: readonly string[];
  /** Forecast of each skill of the pool after the steps, less one standard error. */
  readonly expected: ReadonlyMap<string, number>;
  readonly leads: boolean;
  /** True where what practice has been seen to bring decided, and not the expected gain alone. */
  readonly byWorth: boolean;
  /** A skill of the pool by the student model alone. */
  candidate(skill: string): Candidate;
  /** The same as the choice saw it, with what the teacher says of it. */
  decided(skill: string): Candidate;
  /** Where the dynamics lead: what they hold of a skill. Computed when asked. */
  ledView(skill: string): LedView;
}

export function planWithTrace(options: PlanOptions): PlanTrace {
  const { state, graph, overrides = NO_OVERRIDES } = options;
  const course = new Set(options.skills);
  const goals = (options.goals ?? overrides.goal?.skills ?? []).filter((goal) => course.has(goal));
  const targets = goals.length > 0 ? goals : options.skills;
  const pool = new Set(targets);
  for (const goal of goals) for (const ancestor of graph.ancestorsOf(goal)) if (course.has(ancestor)) pool.add(ancestor);
  const planner = options.planner ?? assumedPlanner(options);
  const leads = planner.leads && options.history !== undefined;
  const effects = leads ? undefined : planner.effects;
  const effect = effects && new ExpectedEffect(effects, state, targets, options.history);
  const candidates = new Map<string, Candidate>();
  const candidate = (skill: string): Candidate => {
    let found = candidates.get(skill);
    if (!found) {
      // Practice on what a goal rests on pays through the goal, but also in itself: otherwise a gap two levels down would count for nothing.
      const measured = goals.length > 0 && !targets.includes(skill) ? [...targets, skill] : targets;
      found = {
        skill,
        forecast: state.forecastSkill(skill),
        mastery: state.mastery(skill),
        gain: effect ? effect.gain(skill, QUESTIONS_PER_STEP) : state.expectedGain(skill, QUESTIONS_PER_STEP, measured),
        gainFrom: effect ? 'seen' : 'model',
      };
      candidates.set(skill, found);
    }
    return found;
  };
  const decided = (skill: string): Candidate => asDecided(candidate(skill), overrides);
  const pinned = overrides.first.filter((skill) => course.has(skill));
  for (const skill of pinned) pool.add(skill);
  // Likely known means: secure even at one standard error less.
  const expected = new Map(
    [...pool].map((skill) => {
      const { forecast } = candidate(skill);
      const level = Math.max(forecast.value - forecast.standardError, effect?.right(skill) ?? 0);
      return [skill, levelAsDecided(skill, level, overrides)];
    }),
  );
  const budget = budgetOf(options);
  const lessons = budget && options.now !== undefined ? lessonsUntil(budget, options.now) : undefined;
  const available = lessons?.reduce((sum, { minutes }) => sum + minutes, 0) ?? Number.POSITIVE_INFINITY;
  const limit = lessons ? MOST_STEPS : (options.steps ?? DEFAULT_STEPS);
  // Beside the goals, what surely helps them and certainly can be learned now.
  const beside = new Set(
    effect && options.history
      ? options.skills.filter(
          (skill) =>
            !pool.has(skill) &&
            effect.helps(skill) &&
            graph.prerequisitesOf(skill).every((each) => Math.max(levelOf(each, options), effect.right(each)) >= SECURE),
        )
      : [],
  );
  const spoken = new Set([...pinned, ...overrides.leftOut, ...overrides.known, ...overrides.notKnown]);
  const known = dueReviews(
    { ...options, budget },
    [...pool].filter((skill) => !spoken.has(skill) && !isLearnable(candidate(skill))),
    limit,
  );
  const source = { options, personal: personalOf(options), goals, beside, expected, memories: known.memories };
  const reviews = known.due.map((skill) => toStep(candidate(skill), source, []));
  const steps: PlanStep[] = [];
  const open = new Set([...pool, ...beside].filter((skill) => !known.due.includes(skill) && !overrides.leftOut.has(skill)));
  const courseOrder = new Map(options.skills.map((skill, index) => [skill, index]));
  let minutes = 0;
  const isFull = (): boolean => steps.length >= limit - reviews.length || minutes >= available;
  const lastRight = new Map(
    (options.history ?? []).flatMap(({ skills, correct }) => skills.map((skill) => [skill, correct >= 0.5])),
  );
  const unshown = (skill: string): string[] =>
    options.history === undefined
      ? []
      : graph
          .prerequisitesOf(skill)
          .filter((each) => !lastRight.get(each) && !overrides.known.has(each) && !steps.some((step) => step.skill === each));
  // Without an answer a prerequisite may still be likely known.
  const doubtful = (skill: string): boolean =>
    unshown(skill).some((each) => beside.has(skill) || lastRight.has(each) || !effect || effect.known(each) < LIKELY_KNOWN);
  const take = (next: Candidate, unready: readonly string[] = []): void => {
    open.delete(next.skill);
    const step = toStep(next, source, unready, unshown(next.skill));
    steps.push(step);
    minutes += step.minutes;
    const affected = [next.skill, ...graph.dependentsOf(next.skill)].filter((skill) => expected.has(skill));
    state.forecastAfterPractice(next.skill, QUESTIONS_PER_STEP, affected).forEach((after, index) => {
      const skill = affected[index]!;
      const rise = after.value - candidate(skill).forecast.value;
      // A finished step ends with the skill secure: the teacher goes on when it is, not before.
      expected.set(skill, skill === next.skill ? Math.max(SECURE, expected.get(skill)! + rise) : expected.get(skill)! + rise);
    });
  };
  for (const skill of lowestFirst(pinned, graph)) {
    if (isFull()) break;
    // What it builds on may lie beside the goals.
    take(
      candidate(skill),
      graph.prerequisitesOf(skill).filter((each) => (expected.get(each) ?? levelOf(each, options)) < SECURE),
    );
  }
  const put = steps.length;
  for (const { skill, unready, gain } of effects ? [] : lookedAhead(options, planner, targets)) {
    if (isFull()) break;
    const next = candidate(skill);
    const seen = decided(skill);
    if (pool.has(skill) && !open.has(skill)) continue;
    if (leads) {
      if (!overrides.known.has(skill)) take(gain ? { ...next, gain, gainFrom: 'dynamics' } : next, unready);
    } else if (isLearnable(seen) && insecure(skill, expected, graph).length === 0 && isInReach(seen)) take(next);
  }
  const aimed = new Set(targets);
  const seen = effect && {
    worth: effect.worth,
    left: effect.left,
    known: effect.known,
    helps: effect.helps,
    isAimed: (skill: string): boolean => aimed.has(skill),
    isBeside: (skill: string): boolean => beside.has(skill),
    isSlipped: (skill: string): boolean => lastRight.get(skill) === false,
    isDoubtful: doubtful,
  };
  while (!isFull() && !(leads && steps.length > put)) {
    const next = best({ open: [...open].map(decided), expected, graph, courseOrder, known, seen });
    if (!next) break;
    take(candidate(next.skill));
  }
  const chosen = steps.slice(put);
  const fresh = markBeginning(
    [...steps.slice(0, put), ...(leads || effects ? chosen : inCourseOrder(chosen, graph))],
    state.answers,
  );
  const evidence = state.evidence();
  const laid =
    lessons &&
    laySteps(
      budget!,
      lessons,
      fresh.map((step) => ({ step })),
      reviews.map((step) => ({ step, due: known.memories.get(step.skill)?.due })),
    );
  const path = laid?.steps ?? interleaved(fresh, reviews);
  const onPath = new Set(path.map(({ skill }) => skill));
  /** What rests on something that was left out and is not secure has no step however much time there is. */
  const waits = (skill: string): boolean =>
    [...graph.ancestorsOf(skill)].some((each) => overrides.leftOut.has(each) && levelOf(each, options) < SECURE);
  /** What is to be learned and has no step: first what was chosen and found no room. */
  const leftOver = (): string[] =>
    [...new Set([...steps.map(({ skill }) => skill), ...pool])].filter((skill) => {
      const each = decided(skill);
      return !onPath.has(skill) && !overrides.leftOut.has(skill) && !waits(skill) && isLearnable(each) && !isCertain(each);
    });
  const nextReview = known.next(onPath);
  const conflicts = goals.flatMap((goal): GoalConflict[] => {
    const out = [goal, ...graph.ancestorsOf(goal)].filter(
      (each) => overrides.leftOut.has(each) && (each === goal || levelOf(each, options) < SECURE),
    );
    // What was put first comes although it was left out.
    return out.length > 0 && !onPath.has(goal) ? [{ goal, leftOut: out.includes(goal) ? [goal] : out }] : [];
  });
  return {
    plan: {
      student: options.student,
      targets,
      steps: path,
      notEnoughEvidence: !evidence.enough,
      answers: state.answers,
      ...(evidence.marks ? { marks: evidence.marks.count } : {}),
      ...(nextReview ? { nextReview } : {}),
      ...(known.undated > 0 ? { undated: known.undated } : {}),
      ...(laid ? { schedule: { ...laid.schedule, full: laid.schedule.full || minutes >= available, left: leftOver() } } : {}),
      ...(overrides.decisions.length > 0 ? { decisions: overrides.decisions } : {}),
      ...(conflicts.length > 0 ? { conflicts } : {}),
    },
    goals,
    pool,
    taken: steps.map(({ skill }) => skill),
    expected,
    leads,
    byWorth: effects !== undefined,
    candidate,
    decided,
    ledView: (skill) => ledView(options, planner, targets, skill),
  };
}

/** A prerequisite that is not among the skills in question, on the scale that is held against `SECURE`. */
function levelOf(skill: string, { state, overrides = NO_OVERRIDES }: PlanOptions): number {
  const { value, standardError } = state.forecastSkill(skill);
  return levelAsDecided(skill, value - standardError, overrides);
}

/** Without a single answer the first step is where the course begins, and says so. */
function markBeginning(steps: readonly PlanStep[], answers: number): PlanStep[] {
  return steps.map((step, index) =>
    index === 0 && answers === 0 && step.reason.kind === 'ready'
      ? { ...step, reason: { ...step.reason, kind: 'first-step' } }
      : step,
  );
}
