import { readFileSync } from 'node:fs';
import { listPresets } from '../../database/import-presets.ts';
import type { ImportPreset } from '../../database/import-presets.ts';
import { openDatabase } from '../../database/open.ts';
import { PathlightError } from '../../../shared/errors.ts';
import type { ImportSource } from '../ports.ts';
import type { ImportWork } from './messages.ts';
import { firstRows, readImportFile } from './read-file.ts';
import type { ReadFile } from './read-file.ts';
import type { Progress, RefusedFile } from './transactions.ts';
import { commitFiles, previewFiles, undoInOneTransaction } from './transactions.ts';

/** The bytes of a file, from where it lies where that was said: then they exist once. */
const bytesOf = (source: ImportSource): Uint8Array => ('path' in source ? readFileSync(source.path) : source.bytes);

/** Gives a file's memory back at once; small ones may share theirs. */
function release({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

async function readOrRefusal(source: ImportSource, presets: readonly ImportPreset[]): Promise<ReadFile | RefusedFile> {
  const bytes = bytesOf(source);
  try {
    return await readImportFile(source.name, bytes, source.choices, presets);
  } catch (error) {
    if (error instanceof PathlightError) return { error, table: await firstRows(source.name, bytes, source.choices) };
    throw error;
  }
}

/**
 * Reads the files and does the task in one transaction, on a connection of its own.
 * @throws PathlightError; whatever `progress` throws, then nothing is written
 */
export async function performImport(work: ImportWork, progress: Progress): Promise<unknown> {
  const { task } = work;
  const database = openDatabase(work.gradebookFile);
  try {
    if (task.kind === 'undo') return undoInOneTransaction(database, task.importId, work.at, progress);
    const presets = listPresets(database);
    if (task.kind === 'preview') {
      const read = [];
      for (const file of task.files)
        read.push({ fileId: file.fileId, name: file.name, read: await readOrRefusal(file, presets) });
      return previewFiles(database, read, work.at);
    }
    const read = [];
    for (const [index, file] of task.files.entries()) {
      progress.report((0.3 * index) / task.files.length, 'reading');
      const bytes = bytesOf(file);
      read.push({ id: file.importId, read: await readImportFile(file.name, bytes, file.choices, presets) });
      // What was read is no longer needed, and a collector would leave it lying until long after.
      release(bytes);
    }
    return commitFiles(database, read, work.at, { report: (fraction, stage) => progress.report(0.3 + 0.7 * fraction, stage) });
  } finally {
    database.close();
  }
}
