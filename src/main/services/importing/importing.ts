import { openImportingStore } from '../../database/importing-store.ts';
import type { ImportResult, PreviewedFile, UndoResult } from '../../../shared/contract/imports.ts';
import { PathlightError } from '../../../shared/errors.ts';
import type { Clock, Gradebook, Importing, JobHooks } from '../ports.ts';
import { forkProcess } from '../../processes/fork.ts';
import { importInProcess } from './client.ts';
import type { ImportTask, SpawnImporter } from './messages.ts';

export interface ImportingOptions {
  readonly gradebookFile: string;
  readonly gradebook: Gradebook;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Without it, a Node process is forked. */
  readonly spawn?: SpawnImporter | undefined;
}

/** Importing, with a process of its own for everything long. */
export function createImporting(options: ImportingOptions): Importing {
  const { gradebookFile, clock, newId } = options;
  const spawn: SpawnImporter = options.spawn ?? forkProcess(new URL('./process.ts', import.meta.url));
  const store = openImportingStore(gradebookFile);
  const running = new Set<Promise<unknown>>();

  const perform = <Result>(task: ImportTask, hooks: JobHooks = {}): Promise<Result> => {
    const work = importInProcess<Result>(spawn, { gradebookFile, at: clock(), task }, hooks);
    const settled = work.then(
      () => undefined,
      () => undefined,
    );
    running.add(settled);
    void settled.then(() => running.delete(settled));
    return work;
  };

  return {
    preview: (files) => perform<readonly PreviewedFile[]>({ kind: 'preview', files }),
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
