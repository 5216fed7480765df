import { CancelledError, PathlightError } from '../../shared/errors.ts';
import type { TrainingProgress } from '../../learning/meta/train.ts';
import type { TrainedModel } from '../../learning/trained-model.ts';
import type { ComparedModel } from '../../learning/evaluation/comparison.ts';
import type { CompareRequest, FromTrainer, SpawnTrainer, ToTrainer, TrainRequest } from './messages.ts';

export interface StopHooks {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that a cancelled trainer has to stop by itself before it is killed. */
  readonly graceMs?: number | undefined;
}

export interface TrainHooks extends StopHooks {
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
}

export interface CompareHooks extends StopHooks {
  /** @param fraction 0 to 1 @param model the one at work */
  readonly onProgress?: ((fraction: number, model: string) => void) | undefined;
}

/**
 * Trains in a process of its own.
 * @throws CancelledError; PathlightError `trainer-died` where the process ends without an answer, or what it reported
 */
export const trainInProcess = (spawn: SpawnTrainer, request: TrainRequest, hooks: TrainHooks = {}): Promise<TrainedModel> =>
  askTrainer(spawn, { type: 'train', request }, hooks, (message) => {
    if (message.type === 'progress') hooks.onProgress?.(message.progress);
    return message.type === 'done' ? message.model : undefined;
  });

/**
 * Trains and judges models in a process of its own.
 * @throws as trainInProcess
 */
export const compareInProcess = (
  spawn: SpawnTrainer,
  request: CompareRequest,
  hooks: CompareHooks = {},
): Promise<readonly ComparedModel[]> =>
  askTrainer(spawn, { type: 'compare', request }, hooks, (message) => {
    if (message.type === 'comparing') hooks.onProgress?.(message.fraction, message.model);
    return message.type === 'compared' ? message.models : undefined;
  });

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
    const settle = (finish: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(cancelling);
      hooks.signal?.removeEventListener('abort', cancel);
      channel.kill();
      finish();
    };
    const cancel = (): void => {
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
      const result = read(message);
      if (result !== undefined) settle(() => resolve(result));
    });
    channel.onExit(() =>
      settle(() =>
        reject(
          hooks.signal?.aborted
            ? new CancelledError()
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
