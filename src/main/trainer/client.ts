import { CancelledError, PathlightError } from '../../shared/errors.ts';
import type { TrainingProgress } from '../../learning/meta/train.ts';
import type { TrainedModel } from '../../learning/trained-model.ts';
import type { ComparedModel } from '../../learning/evaluation/comparison.ts';
import type { BackendName, BackendProbe, Capability } from '../../shared/contract/computing.ts';
import { helpTraining } from './help.ts';
import type {
  BackendWish,
  CompareRequest,
  FromTrainer,
  LadderRequest,
  SpawnTrainer,
  ToTrainer,
  TrainRequest,
} from './messages.ts';

export interface StopHooks {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that a cancelled trainer has to stop by itself before it is killed. */
  readonly graceMs?: number | undefined;
}

/** Of work on a tensor backend. */
export interface ComputingHooks extends StopHooks {
  readonly wish?: BackendWish | undefined;
  /** Told once what computes, and why not something faster. */
  readonly onComputing?: ((capability: Capability) => void) | undefined;
}

export interface TrainHooks extends ComputingHooks {
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
}

export interface CompareHooks extends ComputingHooks {
  /** @param fraction 0 to 1 @param model the one at work */
  readonly onProgress?: ((fraction: number, model: string) => void) | undefined;
}

/**
 * Trains in a process of its own.
 * @throws CancelledError; PathlightError `trainer-died` where the process ends without an answer, `backend-refused` where the backend that alone
 * will do does not work, or what it reported
 */
export const trainInProcess = (spawn: SpawnTrainer, request: TrainRequest, hooks: TrainHooks = {}): Promise<TrainedModel> =>
  computeInProcess(
    spawn,
    (ladder) => ({ type: 'train', request, ladder }),
    hooks,
    (message) => {
      if (message.type === 'progress') hooks.onProgress?.(message.progress);
      return message.type === 'done' ? message.model : undefined;
    },
  );

/**
 * Trains and judges models in a process of its own.
 * @throws as trainInProcess
 */
export const compareInProcess = (
  spawn: SpawnTrainer,
  request: CompareRequest,
  hooks: CompareHooks = {},
): Promise<readonly ComparedModel[]> =>
  computeInProcess(
    spawn,
    (ladder) => ({ type: 'compare', request, ladder }),
    hooks,
    (message) => {
      if (message.type === 'comparing') hooks.onProgress?.(message.fraction, message.model);
      return message.type === 'compared' ? message.models : undefined;
    },
  );

/**
 * Tries one backend in a process of its own: a driver that takes its process down is an answer too.
 * @param software also try WebGPU on a program that plays the graphics card
 * @throws CancelledError
 */
export async function probeInProcess(
  spawn: SpawnTrainer,
  backend: BackendName,
  software: boolean,
  hooks: StopHooks = {},
): Promise<BackendProbe> {
  try {
    return await askTrainer(spawn, { type: 'probe', backend, software }, hooks, (message) =>
      message.type === 'probed' ? message.probe : undefined,
    );
  } catch (error) {
    if (!(error instanceof BackendCrashed)) throw error;
    const { backend: _, ...refusal } = crashed(backend);
    return { backend, version: null, gpu: false, device: null, selfTest: null, stepMilliseconds: null, refusal };
  }
}

/** The process ended while it loaded a backend. */
class BackendCrashed extends PathlightError {
  readonly backend: BackendName;

  constructor(backend: BackendName) {
    super('trainer-died', `The training process ended while it started the backend ${backend}. Choose another one.`);
    this.backend = backend;
  }
}

const crashed = (backend: BackendName): Capability['refused'][number] => ({
  backend,
  code: 'crashed',
  reason: 'its process ended while it started, as faulty drivers make it',
  detail: {},
});

/** Asks again without the backend that took the process down, unless that one alone will do. */
async function computeInProcess<Result>(
  spawn: SpawnTrainer,
  question: (ladder: LadderRequest) => ToTrainer,
  hooks: ComputingHooks,
  read: (message: FromTrainer) => Result | undefined,
): Promise<Result> {
  const without: BackendName[] = [];
  for (;;) {
    try {
      return await askTrainer(spawn, question({ wish: hooks.wish, without }), hooks, (message) => {
        if (message.type === 'computing') {
          const { capability } = message;
          hooks.onComputing?.({ ...capability, refused: [...without.map(crashed), ...capability.refused] });
        }
        return read(message);
      });
    } catch (error) {
      if (!(error instanceof BackendCrashed) || hooks.wish?.strict || without.includes(error.backend)) throw error;
      without.push(error.backend);
    }
  }
}

/** @param read the result, once a message carries it */
function askTrainer<Result>(
  spawn: SpawnTrainer,
  question: ToTrainer,
  hooks: StopHooks,
  read: (message: FromTrainer) => Result | undefined,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (hooks.signal?.aborted) {
      reject(new CancelledError());
      return;
    }
    const channel = spawn();
    let settled = false;
    let cancelling: NodeJS.Timeout | undefined;
    let trying: BackendName | undefined;
    let endHelp: (() => void) | undefined;
    const settle = (finish: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(cancelling);
      hooks.signal?.removeEventListener('abort', cancel);
      endHelp?.();
      channel.kill();
      finish();
    };
    const cancel = (): void => {
      endHelp?.();
      channel.send({ type: 'cancel' });
      cancelling = setTimeout(() => settle(() => reject(new CancelledError())), hooks.graceMs ?? 3000);
    };
    hooks.signal?.addEventListener('abort', cancel, { once: true });
    channel.onMessage((message) => {
      if (message.type === 'failed') {
        const { code, message: words, detail } = message;
        settle(() => reject(code === 'cancelled' ? new CancelledError() : new PathlightError(code, words, detail)));
        return;
      }
      if (message.type === 'trying') trying = message.backend;
      if (message.type === 'computing') trying = undefined;
      if (message.type === 'help-wanted' && question.type === 'train' && !hooks.signal?.aborted)
        endHelp = helpTraining(spawn, question.request, message.backend, (reply) => {
          if (!settled) channel.send(reply);
        });
      const result = read(message);
      if (result !== undefined) settle(() => resolve(result));
    });
    channel.onExit(() =>
      settle(() =>
        reject(
          hooks.signal?.aborted
            ? new CancelledError()
            : trying
              ? new BackendCrashed(trying)
              : new PathlightError(
                  'trainer-died',
                  'The training process ended unexpectedly. Nothing was changed; start the training again.',
                ),
        ),
      ),
    );
    channel.send(question);
  });
}
