import { openImportingStore } from '../../database/importing-store.ts';
import type { GlancedFile, ImportResult, PreviewedFile, UndoResult } from '../../../shared/contract/imports.ts';
import { PathlightError } from '../../../shared/errors.ts';
import type { Clock, Gradebook, Importing, JobHooks } from '../ports.ts';
import { forkProcess } from '../../processes/fork.ts';
import { importInProcess } from './client.ts';
import { startOf } from './glance.ts';
import type { ImportTask, SpawnImporter } from './messages.ts';
import { inMemory } from './source/byte-source.ts';

export interface ImportingOptions {
  readonly gradebookFile: string;
  readonly gradebook: Gradebook;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Told what went wrong beside the import: a backup before it that could not be written. */
  readonly onWarning?: ((warning: PathlightError) => void) | undefined;
  /** Without it, a Node process is forked. */
  readonly spawn?: SpawnImporter | undefined;
}

/** Of Node for the process that imports. Texts of cells live for a moment: more room than this for them is memory and no speed. */
export const IMPORTER_OPTIONS = ['--max-semi-space-size=8'];

/** Importing, with a process of its own for everything long. */
export function createImporting(options: ImportingOptions): Importing {
  const { gradebookFile, clock, newId } = options;
  const spawn: SpawnImporter = options.spawn ?? forkProcess(new URL('./process.ts', import.meta.url), IMPORTER_OPTIONS);
  const store = openImportingStore(gradebookFile);
  const running = new Set<Promise<unknown>>();

  const perform = <Result>(task: ImportTask, hooks: JobHooks = {}): Promise<Result> => {
    const work = importInProcess<Result>(spawn, { gradebookFile, at: clock(), task }, hooks, options.onWarning);
    const settled = work.then(
      () => undefined,
      () => undefined,
    );
    running.add(settled);
    void settled.then(() => running.delete(settled));
    return work;
  };

  return {
    // The process is handed a copy of the bytes: of a long text only its start.
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
    addStudents(names, className) {
      const importId = newId();
      const students = names.map((name) => ({ id: `own-${newId()}`, name }));
      store.addStudents({ importId, students, className, at: clock() });
      return { importId, students: students.map(({ id }) => id) };
    },
    addAnswers(studentId, answers, results) {
      const importId = newId();
      const named = answers.map((answer) => ({
        ...answer,
        question: answer.question === '' ? `own-${newId()}` : answer.question,
      }));
      if (!store.append({ importId, student: studentId, at: clock(), answers: named, results }))
        throw new PathlightError('no-such-student', 'This student is not in the gradebook any more.', {});
      return { importId };
    },
    async close() {
      await Promise.all(running);
      store.close();
    },
  };
}
