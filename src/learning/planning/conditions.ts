import type { Estimate, GainSource } from '../../shared/domain.ts';
import { SECURE_FORECAST } from '../dynamics/choose-path.ts';
import type { SkillGraph } from './skill-graph.ts';

// What makes a skill a step, in one place: the planner chooses by it, and “why not that skill” is answered by it.

/** A prerequisite is secure where its forecast, less one standard error, reaches this. */
export const SECURE = SECURE_FORECAST;
/** Below this forecast even supported practice is out of reach; above the upper one there is nothing left to learn from it. */
export const HOPELESS = 0.3;
export const CERTAIN = 0.93;
/** From this mastery on a skill is kept by review, not learned. */
export const MASTERED = 0.8;

/** Questions that a step is planned with. */
export const QUESTIONS_PER_STEP = 6;

/** A skill as the choice of steps sees it. */
export interface Candidate {
  readonly skill: string;
  readonly forecast: Estimate;
  readonly mastery: Estimate;
  readonly gain: Estimate;
  readonly gainFrom: GainSource;
}

export const isLearnable = ({ mastery }: Candidate): boolean => mastery.value < MASTERED;
export const isHopeless = ({ forecast }: Candidate): boolean => forecast.value < HOPELESS;
export const isCertain = ({ forecast }: Candidate): boolean => forecast.value > CERTAIN;
export const isInReach = (candidate: Candidate): boolean => !isHopeless(candidate) && !isCertain(candidate);

/** @param expected forecast of each skill in question, less one standard error; what is not in it holds nothing up */
export const insecure = (skill: string, expected: ReadonlyMap<string, number>, graph: SkillGraph): string[] =>
  graph.prerequisitesOf(skill).filter((each) => (expected.get(each) ?? 1) < SECURE);
