import type { Estimate, PlanStep, StepReason } from '../../shared/domain.ts';
import type { Strategy } from '../../shared/strategy.ts';
import type { Material } from '../../shared/material.ts';
import { isLearnable, QUESTIONS_PER_STEP, SECURE } from './conditions.ts';
import type { Candidate } from './conditions.ts';
import { effortOn } from './effort.ts';
import { asDecided, decisionsOn, NO_OVERRIDES } from './overrides.ts';
import type { PlanOptions } from './plan-options.ts';
import { preferredStrategy } from './preference.ts';
import type { Memory } from './review.ts';
import { learningSpeed } from './speed.ts';
import { chooseStrategy } from './strategy.ts';
import type { ChosenStrategy } from './strategy.ts';

/** Minutes for a question, and for what comes before the first one. */
export const MINUTES: Readonly<Record<Strategy, { readonly question: number; readonly lead: number }>> = {
  'worked-example': { question: 1.5, lead: 6 },
  faded: { question: 1.5, lead: 3 },
  practice: { question: 1.5, lead: 0 },
  'mixed-practice': { question: 1.25, lead: 0 },
  review: { question: 1, lead: 0 },
};

/** What is known of the student beside where they stand. */
export interface Personal {
  readonly speed: Estimate | undefined;
  readonly preferred: Strategy | undefined;
  effort(skill: string): 'help' | 'time' | undefined;
}

export function personalOf({ history, planner, norms, profile }: PlanOptions): Personal {
  const basis = planner?.speedBasis;
  return {
    speed: history && basis && learningSpeed(history, basis),
    preferred: preferredStrategy(profile),
    effort: (skill) => history && norms && effortOn(history, skill, norms),
  };
}

export interface StepSource {
  readonly options: PlanOptions;
  readonly personal: Personal;
  readonly goals: readonly string[];
  /** Skills that are practised for what they bring others alone. */
  readonly beside: ReadonlySet<string>;
  /** Forecast of each skill of the pool, less one standard error. */
  readonly expected: ReadonlyMap<string, number>;
  readonly memories: ReadonlyMap<string, Memory>;
}

/**
 * @param unready prerequisites that are not secure, and over which the step leads
 * @param unshown prerequisites that may be secure, but whose last answer was not right, or that have none
 */
export function toStep(
  candidate: Candidate,
  { options, personal, goals, beside, expected, memories }: StepSource,
  unready: readonly string[],
  unshown: readonly string[] = [],
): PlanStep {
  const { state, graph, overrides = NO_OVERRIDES } = options;
  const { skill, forecast, mastery } = candidate;
  const seen = asDecided(candidate, overrides);
  const chosen = overrides.strategies.get(skill);
  const { strategy, ground } = chosen ? { strategy: chosen, ground: 'teacher' as const } : strategyFor(seen, personal);
  const decided = decisionsOn(skill, overrides);
  const minutes = MINUTES[strategy];
  const material = materialFor(options.material?.get(skill), strategy);
  const evidence = state.evidence(skill);
  const unlocks = graph.dependentsOf(skill).filter((each) => expected.has(each));
  const notShown = [...new Set([...unready, ...unshown])];
  const kind = ((): StepReason['kind'] => {
    if (decided.includes('first')) return 'teacher';
    if (unready.length > 0) return 'lead-over';
    if (!isLearnable(seen)) return 'keep';
    if (goals.includes(skill)) return 'goal';
    if (beside.has(skill)) return 'carry-over';
    if (unlocks.length > 0 && seen.forecast.value < SECURE && evidence.answers > 0) return 'close-gap';
    if (evidence.answers === 0 && state.answers > 0) return 'find-out';
    return 'ready';
  })();
  const memory = kind === 'keep' ? memories.get(skill) : undefined;
  return {
    skill,
    strategy,
    ground,
    reason: {
      kind,
      answers: evidence.answers,
      right: evidence.right,
      ...(evidence.marks ? { marks: evidence.marks } : {}),
      prerequisites: graph.prerequisitesOf(skill).map((each) => ({
        skill: each,
        forecast: state.forecastSkill(each),
        ...(overrides.known.has(each) ? { said: 'known' } : overrides.notKnown.has(each) ? { said: 'not-known' } : {}),
      })),
      unlocks,
      ...(notShown.length > 0 ? { unready: notShown } : {}),
      ...(decided.length > 0 ? { decided } : {}),
      ...(memory ? { recall: { days: memory.days, chance: memory.recall } } : {}),
    },
    minutes: Math.round(minutes.lead + minutes.question * QUESTIONS_PER_STEP),
    forecast,
    mastery,
    expectedGain: candidate.gain,
    gainFrom: candidate.gainFrom,
    ...(material.length > 0 ? { material } : {}),
  };
}

/** What is for this way of working, then what is for any. */
const materialFor = (all: readonly Material[] = [], strategy: Strategy): Material[] => [
  ...all.filter((each) => each.strategy === strategy),
  ...all.filter((each) => each.strategy === null),
];

const strategyFor = ({ skill, forecast, mastery }: Candidate, { speed, preferred, effort }: Personal): ChosenStrategy =>
  chooseStrategy({ forecast, mastery, speed, preferred, effort: effort(skill) });
