import type { Estimate, Plan, PlanStep, StepReason, Strategy } from '../../shared/domain.ts';
import type { StudentState } from '../student-model/types.ts';
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
}

/** A prerequisite is secure where its forecast, less one standard error, reaches this. */
export const SECURE = 0.6;
/** Below this forecast even supported practice is out of reach; above the upper one there is nothing left to learn from it. */
const HOPELESS = 0.3;
const CERTAIN = 0.93;
/** From this mastery on a skill is kept by review, not learned. */
const MASTERED = 0.8;
const DEFAULT_STEPS = 6;
const QUESTIONS_PER_STEP = 6;

/** Minutes for a question, and for what comes before the first one. */
const MINUTES: Readonly<Record<Strategy, { readonly question: number; readonly lead: number }>> = {
  'worked-example': { question: 1.5, lead: 6 },
  faded: { question: 1.5, lead: 3 },
  practice: { question: 1.5, lead: 0 },
  'mixed-practice': { question: 1.25, lead: 0 },
  review: { question: 1, lead: 0 },
};

interface Candidate {
  readonly skill: string;
  readonly forecast: Estimate;
  readonly mastery: Estimate;
  readonly gain: Estimate;
}

/**
 * The path: greedy by expected gain among the skills within reach (every prerequisite likely known, now or after the steps before it; forecast
 * neither hopeless nor certain). After each step the forecasts of its skill and of what builds on it move as practice is expected to move
 * them, so that later steps stand on the earlier ones. What was chosen is then put in the course's order. A skill appears once.
 */
export function makePlan(options: PlanOptions): Plan {
  const { state, graph } = options;
  const known = new Set(options.skills);
  const goals = (options.goals ?? []).filter((goal) => known.has(goal));
  const targets = goals.length > 0 ? goals : options.skills;
  const pool = new Set(targets);
  for (const goal of goals) for (const ancestor of graph.ancestorsOf(goal)) if (known.has(ancestor)) pool.add(ancestor);
  const candidates = new Map<string, Candidate>();
  for (const skill of pool) {
    // Practice on what a goal rests on pays through the goal, but also in itself: otherwise a gap two levels down would count for nothing.
    const measured = goals.length > 0 && !targets.includes(skill) ? [...targets, skill] : targets;
    candidates.set(skill, {
      skill,
      forecast: state.forecastSkill(skill),
      mastery: state.mastery(skill),
      gain: state.expectedGain(skill, QUESTIONS_PER_STEP, measured),
    });
  }
  // Likely known means: secure even at one standard error less.
  const expected = new Map([...candidates].map(([skill, { forecast }]) => [skill, forecast.value - forecast.standardError]));
  const steps: PlanStep[] = [];
  const open = new Set(pool);
  const courseOrder = new Map(options.skills.map((skill, index) => [skill, index]));
  const limit = options.steps ?? DEFAULT_STEPS;
  while (steps.length < limit) {
    const next = best(open, candidates, expected, graph, courseOrder);
    if (!next) break;
    open.delete(next.skill);
    steps.push(toStep(next, options, goals, expected));
    const affected = [next.skill, ...graph.dependentsOf(next.skill)].filter((skill) => expected.has(skill));
    state.forecastAfterPractice(next.skill, QUESTIONS_PER_STEP, affected).forEach((after, index) => {
      const skill = affected[index]!;
      const rise = after.value - candidates.get(skill)!.forecast.value;
      // A finished step ends with the skill secure: the teacher goes on when it is, not before.
      expected.set(skill, skill === next.skill ? Math.max(SECURE, expected.get(skill)! + rise) : expected.get(skill)! + rise);
    });
  }
  const evidence = state.evidence();
  return {
    student: options.student,
    targets,
    steps: markBeginning(inCourseOrder(steps, graph), state.answers),
    notEnoughEvidence: !evidence.enough,
    answers: state.answers,
    ...(evidence.marks ? { marks: evidence.marks.count } : {}),
  };
}

/** What rests on another step, however far up, comes after it; otherwise the order of choice stays. */
function inCourseOrder(steps: readonly PlanStep[], graph: SkillGraph): PlanStep[] {
  const left = [...steps];
  const ordered: PlanStep[] = [];
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

function best(
  open: ReadonlySet<string>,
  candidates: ReadonlyMap<string, Candidate>,
  expected: ReadonlyMap<string, number>,
  graph: SkillGraph,
  courseOrder: ReadonlyMap<string, number>,
): Candidate | undefined {
  const choose = (accept: (candidate: Candidate) => boolean): Candidate | undefined => {
    const accepted = [...open].map((skill) => candidates.get(skill)!).filter(accept);
    const highest = Math.max(...accepted.map((candidate) => candidate.gain.value));
    const rank = (candidate: Candidate): number => graph.depthOf(candidate.skill) * 1e6 + courseOrder.get(candidate.skill)!;
    return accepted.filter((candidate) => candidate.gain.value >= highest * LEVEL_SHARE).sort((a, b) => rank(a) - rank(b))[0];
  };
  const ready = (candidate: Candidate): boolean =>
    graph.prerequisitesOf(candidate.skill).every((each) => (expected.get(each) ?? 1) >= SECURE);
  const learnable = (candidate: Candidate): boolean => candidate.mastery.value < MASTERED;
  const inReach = (candidate: Candidate): boolean => candidate.forecast.value >= HOPELESS && candidate.forecast.value <= CERTAIN;
  return (
    choose((candidate) => learnable(candidate) && ready(candidate) && inReach(candidate)) ??
    // All that is left is hard: the lowest open rung still is where to begin.
    choose((candidate) => learnable(candidate) && ready(candidate)) ??
    choose((candidate) => !learnable(candidate) && candidate.forecast.value <= CERTAIN)
  );
}

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
): PlanStep {
  const { state, graph } = options;
  const strategy = chooseStrategy(candidate.forecast.value, candidate.mastery.value);
  const minutes = MINUTES[strategy];
  const evidence = state.evidence(candidate.skill);
  const unlocks = graph.dependentsOf(candidate.skill).filter((skill) => expected.has(skill));
  const kind = ((): StepReason['kind'] => {
    if (candidate.mastery.value >= MASTERED) return 'keep';
    if (goals.includes(candidate.skill)) return 'goal';
    if (unlocks.length > 0 && candidate.forecast.value < SECURE && evidence.answers > 0) return 'close-gap';
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
      prerequisites: graph.prerequisitesOf(candidate.skill).map((skill) => ({ skill, forecast: state.forecastSkill(skill) })),
      unlocks,
    },
    minutes: Math.round(minutes.lead + minutes.question * QUESTIONS_PER_STEP),
    forecast: candidate.forecast,
    mastery: candidate.mastery,
    expectedGain: candidate.gain,
  };
}
