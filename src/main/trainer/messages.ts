import type { ComparedModel, ComparisonTask } from '../../learning/evaluation/comparison.ts';
import type { TrainingProgress, TrainingTask } from '../../learning/meta/train.ts';
import type { TrainedModel } from '../../learning/trained-model.ts';

/** Everything that training needs; plain data, sent by structured clone. */
export type TrainRequest = Pick<
  TrainingTask,
  'table' | 'courseMap' | 'learner' | 'studentModel' | 'seed' | 'starter' | 'profiles' | 'steps' | 'beta' | 'dkt'
>;

/** What a comparison of models needs. */
export type CompareRequest = Pick<
  ComparisonTask,
  'table' | 'validation' | 'courseMap' | 'learners' | 'baselines' | 'after' | 'seed' | 'starter'
>;

export type ToTrainer =
  | { readonly type: 'train'; readonly request: TrainRequest }
  | { readonly type: 'compare'; readonly request: CompareRequest }
  | { readonly type: 'cancel' };

export type FromTrainer =
  | { readonly type: 'progress'; readonly progress: TrainingProgress }
  | { readonly type: 'done'; readonly model: TrainedModel }
  | { readonly type: 'comparing'; readonly fraction: number; readonly model: string }
  | { readonly type: 'compared'; readonly models: readonly ComparedModel[] }
  | {
      readonly type: 'failed';
      readonly code: string;
      readonly message: string;
      readonly detail: Readonly<Record<string, string | number>>;
    };

/** A trainer process as its parent sees it, whether Node's or Electron's. */
export interface TrainerChannel {
  send(message: ToTrainer): void;
  onMessage(listener: (message: FromTrainer) => void): void;
  /** Once, when the process is gone for whatever reason. */
  onExit(listener: () => void): void;
  kill(): void;
}

export type SpawnTrainer = () => TrainerChannel;
