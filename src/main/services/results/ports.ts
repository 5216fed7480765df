import type { KeptPlan } from '../trust/ports.ts';

export interface HandedOutPlan {
  readonly studentId: string;
  readonly modelId: string | null;
  readonly createdAt: number;
  /** The plan as JSON. */
  readonly content: string;
  readonly phi: Float64Array;
  /** That φ rests on. */
  readonly answers: number;
}

/** counted: so many of so many answers were right · done: nobody counted · not-done. */
export type ResultState = 'counted' | 'done' | 'not-done';

/** What came back of one step. */
export interface StepResult {
  /** Its place in the plan, from 0. */
  readonly step: number;
  readonly state: ResultState;
  /** Of counted: how many of `asked` were right; null otherwise. */
  readonly correct: number | null;
  readonly asked: number | null;
}

export interface PlanResult extends StepResult {
  readonly plan: number;
  readonly importNumber: number;
  readonly importId: string;
  readonly at: number;
}

export interface HandedOutEntry {
  readonly number: number;
  readonly studentId: string;
  readonly at: number;
  /** Of how many of its steps something came back. */
  readonly returned: number;
  readonly steps: number;
}

export interface HandedOutReader {
  /** By student, oldest first. */
  handedOutPlans(): readonly KeptPlan[];
  /** Undefined where none has this number. */
  handedOutPlan(number: number): KeptPlan | undefined;
  /** The student's newest; undefined where none was handed out. */
  newestHandedOut(studentId: string): number | undefined;
  /** Each student's newest, those handed out last first; or the one of this number. */
  handedOutList(number?: number): readonly HandedOutEntry[];
  /** Results of imports that stand, oldest first; of one plan or of all. */
  planResults(plan?: number): readonly PlanResult[];
}

export interface HandedOutWriter {
  /**
   * Plans as they were handed out, each with what it was fitted by; all in one transaction. A student's newest plan that is handed out again on the same day keeps
   * its number.
   * @returns their numbers, and whether each is new
   */
  recordHandedOut(plans: readonly HandedOutPlan[]): readonly { readonly number: number; readonly fresh: boolean }[];
  /** For plans that could not be handed out after all. */
  forgetHandedOut(numbers: readonly number[]): void;
}
