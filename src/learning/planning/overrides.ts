import type { Decision, DecisionKind, DecisionRecord, DecisionState, HeldDecision } from '../../shared/decisions.ts';
import type { ResponseEvent } from '../../shared/domain.ts';
import type { Strategy } from '../../shared/strategy.ts';
import type { Belief } from '../dynamics/belief.ts';
import { logit } from '../numeric.ts';
import { MASTERED, QUESTIONS_PER_STEP, SECURE } from './conditions.ts';
import type { Candidate } from './conditions.ts';

/** What a teacher decided about one student, as the planner follows it. It moves steps, never a forecast, a mastery or a level. */
export interface Overrides {
  /** To come first, the newest decision first. */
  readonly first: readonly string[];
  readonly leftOut: ReadonlySet<string>;
  readonly known: ReadonlySet<string>;
  readonly notKnown: ReadonlySet<string>;
  readonly strategies: ReadonlyMap<string, Strategy>;
  readonly goal: Extract<Decision, { kind: 'goal' }> | undefined;
  /** All of the above as they were made. */
  readonly decisions: readonly DecisionRecord[];
}

export const NO_OVERRIDES: Overrides = {
  first: [],
  leftOut: new Set(),
  known: new Set(),
  notKnown: new Set(),
  strategies: new Map(),
  goal: undefined,
  decisions: [],
};

/** Decisions about the same thing replace one another. */
const aspectOf = (decision: Decision): string => {
  switch (decision.kind) {
    case 'first':
    case 'leave-out':
      return `place ${decision.skill}`;
    case 'known':
    case 'not-known':
      return `knowledge ${decision.skill}`;
    case 'strategy':
      return `strategy ${decision.skill}`;
    case 'goal':
      return 'goal';
  }
};

export interface JudgedDecision extends HeldDecision {
  readonly state: DecisionState;
  /** The student's answers on the skill since. */
  readonly answersSince: number;
}

/** What decisions are judged by. */
export interface DecisionGround {
  readonly history: readonly ResponseEvent[];
  /** All skills of the course. */
  readonly skills: ReadonlySet<string>;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
}

/** Which of a student's decisions hold. @param held newest first, those that were taken back left out */
export function judgeDecisions(
  held: readonly HeldDecision[],
  { history, skills, at }: DecisionGround,
): readonly JudgedDecision[] {
  const decided = new Set<string>();
  return held.map((each) => {
    const decision = withinCourse(each.decision, skills);
    const answers = 'skill' in decision ? answersOn(history, decision.skill) : 0;
    const answersSince = Math.max(0, answers - each.answersThen);
    const judged = (state: DecisionState): JudgedDecision => ({ ...each, decision, state, answersSince });
    if (!('skill' in decision ? skills.has(decision.skill) : skills.has(decision.skills[0]!))) return judged('skill-gone');
    const aspect = aspectOf(decision);
    if (decided.has(aspect)) return judged('replaced');
    decided.add(aspect);
    const ends = decision.kind === 'leave-out' ? decision.until : decision.kind === 'goal' ? decision.due : undefined;
    if (ends !== undefined && at >= ends) return judged('over');
    // What is said of a step is said of one step.
    const ofAStep = decision.kind === 'first' || decision.kind === 'strategy';
    return judged(ofAStep && answersSince >= QUESTIONS_PER_STEP ? 'done' : 'holds');
  });
}

/** A goal without what is not in the course, unless that were nothing. */
function withinCourse(decision: Decision, skills: ReadonlySet<string>): Decision {
  if (decision.kind !== 'goal') return decision;
  const within = [...new Set(decision.skills)].filter((skill) => skills.has(skill));
  return within.length === 0 ? decision : { ...decision, skills: within };
}

export const answersOn = (history: readonly ResponseEvent[], skill: string): number =>
  history.reduce((count, { skills }) => count + (skills.includes(skill) ? 1 : 0), 0);

/** What the planner follows of a student's decisions. @param judged newest first */
export function overridesOf(judged: readonly JudgedDecision[]): Overrides {
  const held = judged.filter(({ state }) => state === 'holds');
  if (held.length === 0) return NO_OVERRIDES;
  const skillsOf = (kind: Decision['kind']): string[] =>
    held.flatMap(({ decision }) => (decision.kind === kind && 'skill' in decision ? decision.skill : []));
  const goal = held.flatMap(({ decision }) => (decision.kind === 'goal' ? decision : []))[0];
  return {
    first: skillsOf('first'),
    leftOut: new Set(skillsOf('leave-out')),
    known: new Set(skillsOf('known')),
    notKnown: new Set(skillsOf('not-known')),
    strategies: new Map(
      held.flatMap(({ decision }) => (decision.kind === 'strategy' ? [[decision.skill, decision.strategy]] : [])),
    ),
    goal,
    decisions: held.map(({ id, at: madeAt, note, decision }) => ({ id, at: madeAt, note, decision })),
  };
}

/** What was decided about a step on this skill. */
export const decisionsOn = (skill: string, { decisions }: Overrides): DecisionKind[] =>
  decisions.flatMap(({ decision }) =>
    (decision.kind === 'goal' ? decision.skills.includes(skill) : decision.skill === skill) ? decision.kind : [],
  );

/** The forecast that "not yet" allows at most: practice with support, not on one's own. */
const NOT_YET = SECURE - 0.01;

/** A skill as the choice of steps is to see it; what is shown stays as it is. */
export function asDecided(candidate: Candidate, { known, notKnown }: Overrides): Candidate {
  const { skill, forecast, mastery } = candidate;
  if (known.has(skill))
    return {
      ...candidate,
      forecast: { ...forecast, value: Math.max(forecast.value, SECURE) },
      mastery: { ...mastery, value: 1 },
    };
  if (notKnown.has(skill))
    return {
      ...candidate,
      forecast: { ...forecast, value: Math.min(forecast.value, NOT_YET) },
      mastery: { ...mastery, value: Math.min(mastery.value, MASTERED / 2) },
    };
  return candidate;
}

/** How sure a prerequisite is, on the scale that is held against `SECURE`. */
export const levelAsDecided = (skill: string, level: number, { known, notKnown }: Overrides): number =>
  known.has(skill) ? 1 : notKnown.has(skill) ? 0 : level;

/** Moves a belief, which is the caller's own, to where the teacher says that the student stands. */
export function believeDecided(belief: Belief, { known, notKnown }: Overrides): void {
  if (known.size + notKnown.size === 0) return;
  const { structure, dynamics } = belief.course;
  const move = (id: string, to: (distance: number, skill: number) => number): void => {
    const skill = structure.number.get(id);
    if (skill !== undefined) belief.move(skill, (distance) => to(distance, skill));
  };
  for (const id of known) move(id, () => 0);
  for (const id of notKnown)
    move(id, (distance, skill) => Math.max(distance, dynamics.threshold[skill]! - logit(NOT_YET - 0.1) / dynamics.slope));
}
