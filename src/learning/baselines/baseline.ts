import type { Forecaster } from '../evaluation/protocol.ts';
import type { StepCompiler } from '../meta/meta-loss.ts';
import type { ResponseTable } from '../responses.ts';

export const BASELINE_NAMES = ['question-mean', 'irt', 'shrunk-irt', 'pfa', 'best-lr', 'bkt', 'dkt'] as const;
export type BaselineName = (typeof BASELINE_NAMES)[number];

/** A published model, fitted to past students. */
export interface Baseline {
  readonly name: BaselineName;
  /** @param table any students; its vocabulary begins with the training table's, indexes beyond that are unseen */
  forecaster(table: ResponseTable): Forecaster;
}

export interface BaselineTask {
  readonly table: ResponseTable;
  /** Students to fit to, as indexes; settings are chosen on a part of them. */
  readonly fit: readonly number[];
  readonly seed: number;
  /** Passes over the students, of those baselines that take any; each its usual number where left out. */
  readonly passes?: number | undefined;
  readonly compiler?: StepCompiler | undefined;
  readonly shouldStop?: (() => boolean | Promise<boolean>) | undefined;
}
