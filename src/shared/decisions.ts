import type { Strategy } from './strategy.ts';

/**
 * What a teacher decides about one student's path; evidence and forecasts stay what they are.
 * first: this skill next · leave-out: no step on it, before a day or for good · known / not-known: whatever the answers say · strategy: how the next step on
 * it is worked · goal: what the path aims at.
 */
export const DECISION_KINDS = ['first', 'leave-out', 'known', 'not-known', 'strategy', 'goal'] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

export type Decision =
  | { readonly kind: 'first' | 'known' | 'not-known'; readonly skill: string }
  /** `until`: milliseconds since 1970 UTC from which steps on it may come again. */
  | { readonly kind: 'leave-out'; readonly skill: string; readonly until?: number | undefined }
  | { readonly kind: 'strategy'; readonly skill: string; readonly strategy: Strategy }
  | {
      readonly kind: 'goal';
      readonly skills: readonly string[];
      readonly due?: number | undefined;
      readonly minutesAWeek?: number | undefined;
    };

export interface DecisionRecord {
  readonly id: string;
  /** When it was made, milliseconds since 1970 UTC. */
  readonly at: number;
  readonly note: string;
  readonly decision: Decision;
}

/** A decision as the gradebook holds it; its skills are those that stand for them now. */
export interface HeldDecision extends DecisionRecord {
  /** The student's answers on the skill when it was made. */
  readonly answersThen: number;
}

/**
 * holds: the plan follows it · replaced: a later one about the same thing does · done: a step's worth of answers came since (`first`, `strategy`) · over: its
 * day has come · skill-gone: its skill is not in the course now; it holds again when that is.
 */
export const DECISION_STATES = ['holds', 'replaced', 'done', 'over', 'skill-gone'] as const;
export type DecisionState = (typeof DECISION_STATES)[number];
