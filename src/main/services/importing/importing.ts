import { Worker } from 'node:worker_threads';
import { openImportingStore } from '../../database/importing-store.ts';
import type { GlancedFile, ImportResult, PreviewedFile, UndoResult } from '../../../shared/contract/imports.ts';
import { CancelledError, PathlightError } from '../../../shared/errors.ts';
import type { Clock, Gradebook, Importing, JobHooks } from '../ports.ts';
import { startOf } from './glance.ts';
import { inMemory } from './source/byte-source.ts';
import type { FromImportWorker, ImportTask, ImportWork } from './messages.ts';

export interface ImportingOptions {
  readonly gradebookFile: string;
  readonly gradebook: Gradebook;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Where the worker lies when it was bundled. */
  readonly workerFile?: URL | undefined;
}

/** Importing with a worker thread for everything long. */
export function createImporting(options: ImportingOptions): Importing {
  const { gradebookFile, clock, newId } = options;
  const workerFile = options.workerFile ?? new URL('./worker.ts', import.meta.url);
  const store = openImportingStore(gradebookFile);
  const running = new Set<Promise<unknown>>();

  const perform = <Result>(task: ImportTask, hooks: JobHooks = {}): Promise<Result> => {
    const work = runWorker<Result>(workerFile, { gradebookFile, at: clock(), cancel: new SharedArrayBuffer(4), task }, hooks);
    const settled = work.then(
      () => undefined,
      () => undefined,
    );
    running.add(settled);
    void settled.then(() => running.delete(settled));
    return work;
  };

  return {
    // A thread is handed a copy of the bytes: of a long text only its start.
    glance: (files) =>
      perform<readonly GlancedFile[]>({
        kind: 'glance',
        files: files.map((file) =>
          'path' in file ? { ...file, size: 0 } : { ...file, size: file.bytes.byteLength, bytes: startOf(inMemory(file.bytes)) },
        ),
      }),
    preview: (files, hooks) => perform<readonly PreviewedFile[]>({ kind: 'preview', files }, hooks),
    commit: (files, hooks) =>
      perform<ImportResult>({ kind: 'commit', files: files.map((file) => ({ ...file, importId: newId() })) }, hooks),
    undo: (importId, hooks) => perform<UndoResult>({ kind: 'undo', importId }, hooks),
    list: () => store.list(),
    addAnswers(studentId, answers) {
      const importId = newId();
      const named = answers.map((answer) => ({
        ...answer,
        question: answer.question === '' ? `own-${newId()}` : answer.question,
      }));
      if (!store.append({ importId, student: studentId, at: clock(), answers: named }))
        throw new PathlightError('no-such-student', 'This student is not in the gradebook any more.', {});
      return { importId };
    },
    async close() {
      await Promise.all(running);
      store.close();
    },
  };
}

/** Texts of cells live for a moment: more room than this for them is memory and no speed. */
const YOUNG = { maxYoungGenerationSizeMb: 24 };

function runWorker<Result>(file: URL, work: ImportWork, hooks: JobHooks): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (hooks.signal?.aborted) {
      reject(new CancelledError());
      return;
    }
    const worker = new Worker(file, { workerData: work, resourceLimits: YOUNG });
    const cancel = (): void => void Atomics.store(new Int32Array(work.cancel), 0, 1);
    hooks.signal?.addEventListener('abort', cancel, { once: true });
    let outcome: (() => void) | undefined;
    worker.on('message', (message: FromImportWorker) => {
      if (message.type === 'progress') hooks.onProgress?.({ fraction: message.fraction, stage: message.stage });
      else if (message.type === 'done') outcome = () => resolve(message.result as Result);
      else {
        const { code, message: words, detail } = message.error;
        outcome = () => reject(code === 'cancelled' ? new CancelledError() : new PathlightError(code, words, detail));
      }
    });
    worker.once('error', (error) => {
      outcome = () => reject(error);
    });
    // Only once the thread is gone, and with it its connection, is the work really over.
    worker.once('exit', () => {
      hooks.signal?.removeEventListener('abort', cancel);
      if (outcome) outcome();
      else reject(new PathlightError('import-died', 'The import ended unexpectedly. Nothing was changed; try it again.'));
    });
  });
}
