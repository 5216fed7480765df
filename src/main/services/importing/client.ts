import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Failure } from '../../../shared/contract/index.ts';
import { CancelledError, PathlightError } from '../../../shared/errors.ts';
import type { JobHooks } from '../ports.ts';
import { oneAnswer } from '../../processes/one-answer.ts';
import type { FromImporter, ImportWork, SpawnImporter, ToImporter } from './messages.ts';

/**
 * Imports in a process of its own.
 * @throws CancelledError; PathlightError `import-died` where the process ends without an answer, or what it reported
 */
export async function importInProcess<Result>(
  spawn: SpawnImporter,
  work: ImportWork,
  hooks: JobHooks,
  onWarning?: (warning: PathlightError) => void,
): Promise<Result> {
  const { signal } = hooks;
  if (signal?.aborted) throw new CancelledError();
  const stopFile = path.join(tmpdir(), `pathlight-stop-${randomUUID()}`);
  const { answer, kill } = oneAnswer<ToImporter, FromImporter, Result>(
    spawn,
    { work, stopFile },
    (message) => {
      if (message.type === 'progress') hooks.onProgress?.({ fraction: message.fraction, stage: message.stage });
      else if (message.type === 'warning') onWarning?.(asError(message.error));
      else if (message.type === 'done') return (resolve) => resolve(message.result as Result);
      else
        return (_resolve, reject) => reject(message.error.code === 'cancelled' ? new CancelledError() : asError(message.error));
      return undefined;
    },
    () =>
      signal?.aborted
        ? new CancelledError()
        : new PathlightError('import-died', 'The import ended unexpectedly. Nothing was changed; try it again.'),
  );
  const stop = (): void => {
    try {
      writeFileSync(stopFile, '');
    } catch {
      kill();
    }
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await answer;
  } finally {
    signal?.removeEventListener('abort', stop);
    rmSync(stopFile, { force: true });
  }
}

const asError = ({ code, message, detail }: Failure): PathlightError => new PathlightError(code, message, detail);
