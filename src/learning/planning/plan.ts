import type { Estimate, Plan, PlanStep, ResponseEvent, StepReason, Strategy } from '../../shared/domain.ts';
import type { Material } from '../../shared/material.ts';
import { choosePath, FULL_EFFORT, LIGHT_EFFORT, unsecured } from '../dynamics/choose-path.ts';
import { courseOf } from '../dynamics/fit.ts';
import { priorDynamics } from '../dynamics/parameters.ts';
import { createStructure } from '../dynamics/structure.ts';
import { createRandom, hashText } from '../random.ts';
import type { StudentState } from '../student-model/types.ts';
import { insecure, isCertain, isInReach, isLearnable, MASTERED, QUESTIONS_PER_STEP, SECURE } from './conditions.ts';
import type { Candidate } from './conditions.ts';
import { asDecided, believeDecided, decisionsOn, levelAsDecided, NO_OVERRIDES } from './overrides.ts';
import type { Overrides } from './overrides.ts';
import { practiceGain } from './practice-gain.ts';
import { beliefOf } from './planner-course.ts';
import type { PlannerCourse } from './planner-course.ts';
import type { SkillGraph } from './skill-graph.ts';

export interface PlanOptions {
  readonly student: string;
  readonly state: StudentState;
  readonly graph: SkillGraph;
  /** All skills of the course. */
  readonly skills: readonly string[];
  /** What the teacher asked for; without it, the whole course. */
  readonly goals?: readonly string[] | undefined;
  readonly steps?: number;
  /** How the course is learned; what is assumed of any course where left out. */
  readonly planner?: PlannerCourse | undefined;
  /** The student's answers, from which the dynamics read where the student stands, where they lead. */
  readonly history?: readonly ResponseEvent[] | undefined;
  /** What the teacher decided. */
  readonly overrides?: Overrides | undefined;
  /** What the teacher has for each skill. */
  readonly material?: ReadonlyMap<string, readonly Material[]> | undefined;
}

const DEFAULT_STEPS = 6;
/** Where there is time for more until a goal is due. */
const MOST_STEPS = 12;

/** Minutes for a question, and for what comes before the first one. */
const MINUTES: Readonly<Record<Strategy, { readonly question: number; readonly lead: number }>> = {
  'worked-example': { question: 1.5, lead: 6 },
  faded: { question: 1.5, lead: 3 },
  practice: { question: 1.5, lead: 0 },
  'mixed-practice': { question: 1.25, lead: 0 },
  review: { question: 1, lead: 0 },
};

/** Answers that are looked ahead to; the teacher plans for the coming lessons, not for the year. */
const HORIZON = 24;
/** Of them in a course of more skills than this, where each look takes longer. */
const LARGE_COURSE = 60;
const LARGE_HORIZON = 8;

/**
 * The path. What to practise, and in which order, is looked ahead over the coming answers on a belief about the student (dynamics/choose-path.ts); where
 * the student model says where the student stands, skills that are not within reach (a prerequisite not likely known, now or after the steps before; forecast
 * hopeless or certain) are passed over, and what the look ahead leaves open is filled by expected gain. Where the fitted dynamics lead, the order is theirs, and
 * a step whose prerequisites are not secure says so. A skill appears once. What the teacher put first comes first, and what the teacher left out does not come.
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
  /** A skill of the pool by the student model alone. */
  candidate(skill: string): Candidate;
  /** The same as the choice saw it, with what the teacher says of it. */
  decided(skill: string): Candidate;
  /** Where the dynamics lead: what they hold of a skill. Computed when asked. */
  ledView(skill: string): LedView;
}

export function planWithTrace(options: PlanOptions): PlanTrace {
  const { state, graph, overrides = NO_OVERRIDES } = options;
  const known = new Set(options.skills);
  const goals = (options.goals ?? overrides.goal?.skills ?? []).filter((goal) => known.has(goal));
  const targets = goals.length > 0 ? goals : options.skills;
  const pool = new Set(targets);
  for (const goal of goals) for (const ancestor of graph.ancestorsOf(goal)) if (known.has(ancestor)) pool.add(ancestor);
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
        gain: state.expectedGain(skill, QUESTIONS_PER_STEP, measured),
      };
      candidates.set(skill, found);
    }
    return found;
  };
  const decided = (skill: string): Candidate => asDecided(candidate(skill), overrides);
  const pinned = overrides.first.filter((skill) => known.has(skill));
  for (const skill of pinned) pool.add(skill);
  // Likely known means: secure even at one standard error less.
  const expected = new Map(
    [...pool].map((skill) => {
      const { forecast } = candidate(skill);
      return [skill, levelAsDecided(skill, forecast.value - forecast.standardError, overrides)];
    }),
  );
  const steps: PlanStep[] = [];
  const open = new Set([...pool].filter((skill) => !overrides.leftOut.has(skill)));
  const courseOrder = new Map(options.skills.map((skill, index) => [skill, index]));
  const limit = options.steps ?? (overrides.minutes === undefined ? DEFAULT_STEPS : MOST_STEPS);
  const room = (): boolean =>
    steps.length < limit &&
    (steps.length === 0 || steps.reduce((sum, { minutes }) => sum + minutes, 0) < (overrides.minutes ?? Infinity));
  const take = (next: Candidate, found: Pick<PlanStep['reason'], 'unready'> = { unready: [] }): void => {
    open.delete(next.skill);
    steps.push(toStep(next, options, goals, expected, found.unready ?? []));
    const affected = [next.skill, ...graph.dependentsOf(next.skill)].filter((skill) => expected.has(skill));
    state.forecastAfterPractice(next.skill, QUESTIONS_PER_STEP, affected).forEach((after, index) => {
      const skill = affected[index]!;
      const rise = after.value - candidate(skill).forecast.value;
      // A finished step ends with the skill secure: the teacher goes on when it is, not before.
      expected.set(skill, skill === next.skill ? Math.max(SECURE, expected.get(skill)! + rise) : expected.get(skill)! + rise);
    });
  };
  const planner = options.planner ?? assumedPlanner(options);
  const leads = planner.leads && options.history !== undefined;
  for (const skill of lowestFirst(pinned, graph)) {
    if (!room()) break;
    // What it builds on may lie beside the goals.
    const unready = graph.prerequisitesOf(skill).filter((each) => (expected.get(each) ?? levelOf(each, options)) < SECURE);
    take(candidate(skill), { unready });
  }
  const put = steps.length;
  const path = lookedAhead(options, planner, targets);
  for (const { skill, unready, gain } of path) {
    if (!room()) break;
    const next = candidate(skill);
    const seen = decided(skill);
    if (leads) {
      if ((open.has(skill) || !pool.has(skill)) && !overrides.known.has(skill))
        take(gain ? { ...next, gain } : next, { unready });
    } else if (open.has(skill) && isLearnable(seen) && insecure(skill, expected, graph).length === 0 && isInReach(seen))
      take(next);
  }
  while (room() && !(leads && steps.length > put)) {
    const next = best([...open].map(decided), expected, graph, courseOrder);
    if (!next) break;
    take(candidate(next.skill));
  }
  const chosen = steps.slice(put);
  const ordered = [...steps.slice(0, put), ...(leads ? chosen : inCourseOrder(chosen, graph))];
  const evidence = state.evidence();
  return {
    plan: {
      student: options.student,
      targets,
      steps: markBeginning(ordered, state.answers),
      notEnoughEvidence: !evidence.enough,
      answers: state.answers,
      ...(evidence.marks ? { marks: evidence.marks.count } : {}),
      ...(overrides.decisions.length > 0 ? { decisions: overrides.decisions } : {}),
      ...(overrides.minutes === undefined ? {} : { minutesLeft: overrides.minutes }),
    },
    goals,
    pool,
    taken: steps.map(({ skill }) => skill),
    expected,
    leads,
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

/** The teacher's order, but for what rests on another of them. */
const lowestFirst = (skills: readonly string[], graph: SkillGraph): readonly string[] =>
  inCourseOrder(
    skills.map((skill) => ({ skill })),
    graph,
  ).map(({ skill }) => skill);

/** The belief about the student, with what the teacher says. */
function decidedBelief({ state, history, overrides = NO_OVERRIDES }: PlanOptions, planner: PlannerCourse) {
  const found = beliefOf(planner, state, history);
  believeDecided(found.belief, overrides);
  return found;
}

interface LookedAhead {
  readonly skill: string;
  readonly unready: readonly string[];
  /** Where the dynamics lead. */
  readonly gain: Estimate | undefined;
}

/** Skills of the best path, in the order in which they come first. */
function lookedAhead(options: PlanOptions, planner: PlannerCourse, targets: readonly string[]): LookedAhead[] {
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

const numbersOf = (skills: Iterable<string> = [], number: ReadonlyMap<string, number>): Set<number> =>
  new Set([...skills].flatMap((skill) => number.get(skill) ?? []));

/** What the dynamics, where they lead, hold of one skill. */
export interface LedView {
  readonly forecast: number;
  readonly unready: readonly { readonly skill: string; readonly forecast: number }[];
  readonly gain: Estimate;
}

function ledView(options: PlanOptions, planner: PlannerCourse, targets: readonly string[], id: string): LedView {
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

function assumedPlanner({ skills, graph }: PlanOptions): PlannerCourse {
  const structure = createStructure({
    skills: skills.map((id) => ({ id, name: id })),
    prerequisites: skills.flatMap((skill) => graph.prerequisitesOf(skill).map((prerequisite) => ({ skill, prerequisite }))),
  });
  return { course: courseOf(priorDynamics(structure), structure), leads: false };
}

/** What rests on another step, however far up, comes after it; otherwise the order of choice stays. */
function inCourseOrder<Step extends { readonly skill: string }>(steps: readonly Step[], graph: SkillGraph): Step[] {
  const left = [...steps];
  const ordered: Step[] = [];
  while (left.length > 0) {
    const next = left.findIndex((step) => {
      const ancestors = graph.ancestorsOf(step.skill);
      return !left.some((other) => ancestors.has(other.skill));
    });
    ordered.push(...left.splice(next, 1));
  }
  return ordered;
}

/** Without a single answer the first step is where the course begins, and says so. */
function markBeginning(steps: readonly PlanStep[], answers: number): PlanStep[] {
  return steps.map((step, index) =>
    index === 0 && answers === 0 && step.reason.kind === 'ready'
      ? { ...step, reason: { ...step.reason, kind: 'first-step' } }
      : step,
  );
}

/** Gains within this share of the best are level: then what lies lower in the course comes first. */
const LEVEL_SHARE = 0.75;

/** @param open as the choice is to see them */
function best(
  open: readonly Candidate[],
  expected: ReadonlyMap<string, number>,
  graph: SkillGraph,
  courseOrder: ReadonlyMap<string, number>,
): Candidate | undefined {
  const choose = (accept: (candidate: Candidate) => boolean): Candidate | undefined => {
    const accepted = open.filter(accept);
    const highest = Math.max(...accepted.map((candidate) => candidate.gain.value));
    const rank = (candidate: Candidate): number => graph.depthOf(candidate.skill) * 1e6 + courseOrder.get(candidate.skill)!;
    return accepted.filter((candidate) => candidate.gain.value >= highest * LEVEL_SHARE).sort((a, b) => rank(a) - rank(b))[0];
  };
  const ready = ({ skill }: Candidate): boolean => insecure(skill, expected, graph).length === 0;
  return (
    choose((candidate) => isLearnable(candidate) && ready(candidate) && isInReach(candidate)) ??
    // All that is left is hard: the lowest open rung still is where to begin.
    choose((candidate) => isLearnable(candidate) && ready(candidate)) ??
    choose((candidate) => !isLearnable(candidate) && !isCertain(candidate))
  );
}

/** What is for this way of working, then what is for any. */
const materialFor = (all: readonly Material[] = [], strategy: Strategy): Material[] => [
  ...all.filter((each) => each.strategy === strategy),
  ...all.filter((each) => each.strategy === null),
];

export function chooseStrategy(forecast: number, mastery: number): Strategy {
  if (mastery >= MASTERED) return 'review';
  if (forecast < 0.45) return 'worked-example';
  if (forecast < 0.6) return 'faded';
  if (forecast < 0.8) return 'practice';
  return 'mixed-practice';
}

function toStep(
  candidate: Candidate,
  options: PlanOptions,
  goals: readonly string[],
  expected: ReadonlyMap<string, number>,
  unready: readonly string[],
): PlanStep {
  const { state, graph, overrides = NO_OVERRIDES } = options;
  const seen = asDecided(candidate, overrides);
  const strategy = overrides.strategies.get(candidate.skill) ?? chooseStrategy(seen.forecast.value, seen.mastery.value);
  const minutes = MINUTES[strategy];
  const material = materialFor(options.material?.get(candidate.skill), strategy);
  const evidence = state.evidence(candidate.skill);
  const unlocks = graph.dependentsOf(candidate.skill).filter((skill) => expected.has(skill));
  const decided = decisionsOn(candidate.skill, overrides);
  const kind = ((): StepReason['kind'] => {
    if (decided.includes('first')) return 'teacher';
    if (unready.length > 0) return 'lead-over';
    if (!isLearnable(seen)) return 'keep';
    if (goals.includes(candidate.skill)) return 'goal';
    if (unlocks.length > 0 && seen.forecast.value < SECURE && evidence.answers > 0) return 'close-gap';
    if (evidence.answers === 0 && state.answers > 0) return 'find-out';
    return 'ready';
  })();
  return {
    skill: candidate.skill,
    strategy,
    reason: {
      kind,
      answers: evidence.answers,
      right: evidence.right,
      ...(evidence.marks ? { marks: evidence.marks } : {}),
      prerequisites: graph.prerequisitesOf(candidate.skill).map((skill) => ({
        skill,
        forecast: state.forecastSkill(skill),
        ...(overrides.known.has(skill) ? { said: 'known' } : overrides.notKnown.has(skill) ? { said: 'not-known' } : {}),
      })),
      unlocks,
      ...(unready.length > 0 ? { unready } : {}),
      ...(decided.length > 0 ? { decided } : {}),
    },
    minutes: Math.round(minutes.lead + minutes.question * QUESTIONS_PER_STEP),
    forecast: candidate.forecast,
    mastery: candidate.mastery,
    expectedGain: candidate.gain,
    ...(material.length > 0 ? { material } : {}),
  };
}
