import type { CourseMap } from '../../shared/domain.ts';
import type { PracticeStep } from '../dynamics/belief.ts';
import type { Random } from '../random.ts';

export const SIMULATOR_NAMES = [
  'kss',
  'assist2009',
  'junyi',
  'assist2009-misspecified',
  'junyi-misspecified',
  'tracing',
  'tracing-gated',
  'growth',
  'growth-gated',
] as const;
export type SimulatorName = (typeof SIMULATOR_NAMES)[number];

/** A student to plan for. What is hidden stays in the closures. */
export interface SimulatedLearner {
  /** What the planner may see before its first step. */
  readonly history: readonly PracticeStep[];
  /** Skill numbers aimed at. */
  readonly goals: readonly number[];
  /** Practises and answers one question. @returns 0 or 1 */
  step(skill: number): number;
  /** Score on the goals now, and the best possible one. */
  exam(): number;
  readonly full: number;
  /** The same student from before any planned step, for another planner or length. */
  again(): SimulatedLearner;
}

/** A course with other students' logs. */
export interface SimulatedWorld {
  readonly map: CourseMap;
  readonly logs: readonly (readonly PracticeStep[])[];
  drawLearner(random: Random): SimulatedLearner;
}

export interface Simulator {
  readonly name: SimulatorName;
  drawWorld(random: Random): SimulatedWorld;
}
