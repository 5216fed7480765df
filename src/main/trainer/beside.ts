import { Worker } from 'node:worker_threads';
import { workBeside } from '../../learning/meta/beside.ts';
import type { BesideResult, BesideTask, BesideWork } from '../../learning/meta/beside.ts';
import { CancelledError } from '../../shared/errors.ts';

export type FromThread =
  | { readonly type: 'begun' }
  | { readonly type: 'progress'; readonly fraction: number }
  | { readonly type: 'done'; readonly result: BesideResult };

/**
 * Works beside the steps in a thread of its own; in this one where no thread can be started. Stopped, it ends with CancelledError; what fails in the
 * thread fails here.
 * @param entry source of the thread
 */
export function workOnThread(entry: URL, task: BesideTask, onProgress: (fraction: number) => void): BesideWork {
  const thread = new Worker(entry, { workerData: task });
  let begun = false;
  let stopped = false;
  const result = new Promise<BesideResult>((resolve, reject) => {
    thread.on('message', (message: FromThread) => {
      if (message.type === 'begun') begun = true;
      else if (message.type === 'progress') onProgress(message.fraction);
      else resolve(message.result);
    });
    thread.once('error', (error) => {
      if (begun || stopped) reject(error);
      else resolve(workBeside(task, { onProgress, shouldStop: () => stopped }));
    });
    // After an answer or an error it says nothing new.
    thread.once('exit', () => {
      if (stopped) reject(new CancelledError());
      else if (begun) reject(new Error('a thread of the training ended without a result'));
    });
  });
  return {
    result,
    stop: () => {
      stopped = true;
      void thread.terminate();
    },
  };
}
