import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CancelledError, PathlightError } from '../../../shared/errors.ts';
import type { JobHooks } from '../ports.ts';
import type { ImportWork, SpawnImporter } from './messages.ts';

/**
 * Imports in a process of its own.
 * @throws CancelledError; PathlightError `import-died` where the process ends without an answer, or what it reported
 */
export function importInProcess<Result>(spawn: SpawnImporter, work: ImportWork, hooks: JobHooks): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (hooks.signal?.aborted) {
      reject(new CancelledError());
      return;
    }
    const stopFile = path.join(tmpdir(), `pathlight-stop-${randomUUID()}`);
    const channel = spawn();
    const stop = (): void => {
      try {
        writeFileSync(stopFile, '');
      } catch {
        channel.kill();
      }
    };
    hooks.signal?.addEventListener('abort', stop, { once: true });
    let outcome: (() => void) | undefined;
    channel.onMessage((message) => {
      if (message.type === 'progress') {
        hooks.onProgress?.({ fraction: message.fraction, stage: message.stage });
        return;
      }
      if (message.type === 'done') outcome = () => resolve(message.result as Result);
      else {
        const { code, message: words, detail } = message.error;
        outcome = () => reject(code === 'cancelled' ? new CancelledError() : new PathlightError(code, words, detail));
      }
      channel.kill();
    });
    // Only once the process is gone, and with it its connection, is the work really over.
    channel.onExit(() => {
      hooks.signal?.removeEventListener('abort', stop);
      rmSync(stopFile, { force: true });
      if (outcome) outcome();
      else if (hooks.signal?.aborted) reject(new CancelledError());
      else reject(new PathlightError('import-died', 'The import ended unexpectedly. Nothing was changed; try it again.'));
    });
    channel.send({ work, stopFile });
  });
}
