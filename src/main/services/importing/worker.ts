// Entry of the import worker: long reads of files and long writes happen here, on a connection of its own, so that the window never freezes.
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../../database/open.ts';
import { CancelledError, PathlightError } from '../../../shared/errors.ts';
import { describeFailure } from '../failure.ts';
import type { FromImportWorker, ImportWork } from './messages.ts';
import { readImportFile } from './read-file.ts';
import type { ReadFile } from './read-file.ts';
import { commitFiles, previewFiles, undoInOneTransaction } from './transactions.ts';

const port = parentPort!;
const work = workerData as ImportWork;
const cancelled = new Int32Array(work.cancel);
const send = (message: FromImportWorker): void => port.postMessage(message);

function report(fraction: number, stage: string): void {
  if (Atomics.load(cancelled, 0) === 1) throw new CancelledError();
  send({ type: 'progress', fraction, stage });
}

function readOrRefusal(name: string, bytes: Uint8Array): ReadFile | PathlightError {
  try {
    return readImportFile(name, bytes);
  } catch (error) {
    if (error instanceof PathlightError) return error;
    throw error;
  }
}

function perform(): unknown {
  const { task } = work;
  const database = openDatabase(work.gradebookFile);
  try {
    if (task.kind === 'undo') return undoInOneTransaction(database, task.importId, work.at, { report });
    if (task.kind === 'preview')
      return previewFiles(
        database,
        task.files.map((file) => ({ fileId: file.fileId, name: file.name, read: readOrRefusal(file.name, file.bytes) })),
        work.at,
      );
    const read = task.files.map((file, index) => {
      report((0.4 * index) / task.files.length, 'reading');
      return { id: file.importId, read: readImportFile(file.name, file.bytes) };
    });
    return commitFiles(database, read, work.at, { report: (fraction, stage) => report(0.4 + 0.6 * fraction, stage) });
  } finally {
    database.close();
  }
}

try {
  send({ type: 'done', result: perform() });
} catch (error) {
  send({ type: 'failed', error: describeFailure(error) });
}
