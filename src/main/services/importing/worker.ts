// Entry of the import worker: long reads of files and long writes happen here, on a connection of its own, so that the window never freezes.
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { listPresets } from '../../database/import-presets.ts';
import type { ImportPreset } from '../../database/import-presets.ts';
import { openDatabase } from '../../database/open.ts';
import { CancelledError, PathlightError } from '../../../shared/errors.ts';
import { describeFailure } from '../failure.ts';
import type { ImportSource } from '../ports.ts';
import type { FromImportWorker, ImportWork } from './messages.ts';
import { cleanFile, firstRows, readImportFile } from './read-file.ts';
import type { ReadFile } from './read-file.ts';
import type { RefusedFile } from './transactions.ts';
import { commitFiles, previewFiles, undoInOneTransaction } from './transactions.ts';

const port = parentPort!;
const work = workerData as ImportWork;
const cancelled = new Int32Array(work.cancel);
const send = (message: FromImportWorker): void => port.postMessage(message);

function report(fraction: number, stage: string): void {
  if (Atomics.load(cancelled, 0) === 1) throw new CancelledError();
  send({ type: 'progress', fraction, stage });
}

/** The bytes of a file, from where it lies where that was said: then they exist once. */
const bytesOf = (source: ImportSource): Uint8Array => ('path' in source ? readFileSync(source.path) : source.bytes);

/** Gives a file's memory back at once; small ones may share theirs. */
function release({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

async function readOrRefusal(source: ImportSource, presets: readonly ImportPreset[]): Promise<ReadFile | RefusedFile> {
  const bytes = bytesOf(source);
  try {
    return cleanFile(await readImportFile(source.name, bytes, source.choices, presets), work.at);
  } catch (error) {
    if (error instanceof PathlightError) return { error, table: await firstRows(source.name, bytes, source.choices) };
    throw error;
  }
}

async function perform(): Promise<unknown> {
  const { task } = work;
  const database = openDatabase(work.gradebookFile);
  try {
    if (task.kind === 'undo') return undoInOneTransaction(database, task.importId, work.at, { report });
    const presets = listPresets(database);
    if (task.kind === 'preview') {
      const read = [];
      for (const file of task.files)
        read.push({ fileId: file.fileId, name: file.name, read: await readOrRefusal(file, presets) });
      return previewFiles(database, read, work.at);
    }
    const read = [];
    for (const [index, file] of task.files.entries()) {
      report((0.3 * index) / task.files.length, 'reading');
      const bytes = bytesOf(file);
      read.push({ id: file.importId, read: cleanFile(await readImportFile(file.name, bytes, file.choices, presets), work.at) });
      // What was read is no longer needed, and a collector would leave it lying until long after.
      release(bytes);
    }
    return commitFiles(database, read, work.at, { report: (fraction, stage) => report(0.3 + 0.7 * fraction, stage) });
  } finally {
    database.close();
  }
}

try {
  send({ type: 'done', result: await perform() });
} catch (error) {
  send({ type: 'failed', error: describeFailure(error) });
}
