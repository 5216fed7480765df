import { CancelledError, PathlightError } from '../../shared/errors.ts';
import type { TrainingProgress } from '../../learning/meta/train.ts';
import type { TrainedModel } from '../../learning/trained-model.ts';
import type { SpawnTrainer, TrainRequest } from './messages.ts';

export interface TrainHooks {
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that a cancelled trainer has to stop by itself before it is killed. */
  readonly graceMs?: number | undefined;
}

/**
 * Trains in a process of its own.
 * @throws CancelledError; PathlightError `trainer-died` where the process ends without an answer, or what it reported
 */
export function trainInProcess(spawn: SpawnTrainer, request: TrainRequest, hooks: TrainHooks = {}): Promise<TrainedModel> {
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
      if (message.type === 'progress') hooks.onProgress?.(message.progress);
      else if (message.type === 'done') settle(() => resolve(message.model));
      else
        settle(() =>
          reject(
            message.code === 'cancelled'
              ? new CancelledError()
              : new PathlightError(message.code, message.message, message.detail),
          ),
        );
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
    channel.send({ type: 'train', request });
  });
}
