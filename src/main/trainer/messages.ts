import type { ComparedModel, ComparisonTask } from '../../learning/evaluation/comparison.ts';
import type { TrainingProgress, TrainingTask } from '../../learning/meta/train.ts';
import type { TrainedRun } from '../../learning/meta/train-members.ts';
import type { TrainedModel } from '../../learning/trained-model.ts';
import type { BackendName, BackendProbe, Capability } from '../../shared/contract/computing.ts';
import type { Spawn } from '../processes/channel.ts';

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

/** Which tensor backend is to compute; without it, the first of the ladder that works. */
export interface BackendWish {
  readonly backend: BackendName;
  /** Nothing else will do: asked for on the command line or by the environment. Otherwise the ladder follows where it does not work. */
  readonly strict: boolean;
}

/** What of the ladder is to be tried. */
export interface LadderRequest {
  readonly wish?: BackendWish | undefined;
  /** Took an earlier process down with them. */
  readonly without?: readonly BackendName[] | undefined;
}

export interface RunTrained {
  readonly type: 'run-trained';
  readonly begun: string;
  readonly run: TrainedRun;
}

export type ToTrainer =
  | { readonly type: 'train'; readonly request: TrainRequest; readonly ladder: LadderRequest }
  | { readonly type: 'compare'; readonly request: CompareRequest; readonly ladder: LadderRequest }
  /** Trains a part of another trainer's training. */
  | { readonly type: 'help'; readonly request: TrainRequest; readonly ladder: LadderRequest }
  /** To the one who wanted help: what was trained for it; then nothing more will come. */
  | RunTrained
  | { readonly type: 'helped' }
  /** Tries one backend and times what a training computes. */
  | { readonly type: 'probe'; readonly backend: BackendName; readonly software: boolean }
  | { readonly type: 'cancel' };

export type FromTrainer =
  /** It is about to load a backend: where the process dies next, that was why. */
  | { readonly type: 'trying'; readonly backend: BackendName }
  /** What computes; only then is there any progress. */
  | { readonly type: 'computing'; readonly capability: Capability }
  | { readonly type: 'probed'; readonly probe: BackendProbe }
  /** A second process is to train a part of this training on this backend. */
  | { readonly type: 'help-wanted'; readonly backend: BackendName }
  | RunTrained
  | { readonly type: 'helped' }
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

export type SpawnTrainer = Spawn<ToTrainer, FromTrainer>;
