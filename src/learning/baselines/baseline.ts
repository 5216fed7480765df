import type { Forecaster } from '../evaluation/protocol.ts';
import type { StepCompiler } from '../meta/meta-loss.ts';
import type { ResponseTable } from '../responses.ts';

export const BASELINE_NAMES = ['question-mean', 'irt', 'shrunk-irt', 'pfa', 'best-lr', 'bkt', 'dkt'] as const;
export type BaselineName = (typeof BASELINE_NAMES)[number];

/** Those with parameters of their own; the others follow from what is known of the course's questions. */
export const STORED_BASELINE_NAMES = ['irt', 'pfa', 'best-lr', 'bkt', 'dkt'] as const;
export type StoredBaselineName = (typeof STORED_BASELINE_NAMES)[number];

/** Settings that a training chose, by name. */
export type BaselineSettings = Readonly<Record<string, number>>;

/** A published model, fitted to past students. */
export interface Baseline {
  readonly name: BaselineName;
  /** What is stored, by name; empty where it follows from the course. */
  readonly parameters: Readonly<Record<string, Float32Array>>;
  readonly settings: BaselineSettings;
  /** @param table any students; its vocabulary begins with the training table's, indexes beyond that are unseen */
  forecaster(table: ResponseTable): Forecaster;
}

/** A baseline as a model file keeps it. */
export interface StoredBaseline {
  readonly name: StoredBaselineName;
  readonly parameters: Readonly<Record<string, Float32Array>>;
}

export interface BaselineTask {
  readonly table: ResponseTable;
  /** Students to fit to, as indexes; settings are chosen on a part of them. */
  readonly fit: readonly number[];
  readonly seed: number;
  /** Passes over the students, of those baselines that take any; each its usual number where left out. */
  readonly passes?: number | undefined;
  /** Settings that are chosen already, of the same baseline on other students. */
  readonly settings?: BaselineSettings | undefined;
  readonly compiler?: StepCompiler | undefined;
  readonly shouldStop?: (() => boolean | Promise<boolean>) | undefined;
}
