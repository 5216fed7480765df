import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { backUpChanges } from '../../database/backups/write-backup.ts';
import { listPresets } from '../../database/import-presets.ts';
import type { ImportPreset } from '../../database/import-presets.ts';
import { openDatabase } from '../../database/open.ts';
import { profileValues } from '../../database/profile-values.ts';
import { PathlightError } from '../../../shared/errors.ts';
import type { ImportSource } from '../ports.ts';
import { glance, startOf } from './glance.ts';
import type { ImportWork } from './messages.ts';
import { cleanFile, firstRows, readImportFile } from './read-file.ts';
import type { ReadFile } from './read-file.ts';
import { inMemory, onDisk } from './source/byte-source.ts';
import type { ByteSource } from './source/byte-source.ts';
import type { Progress, RefusedFile } from './transactions.ts';
import { commitFiles, previewFiles, undoInOneTransaction } from './transactions.ts';

/** Works on a file's bytes, which stay where they lie if that was said. */
async function withBytes<Result>(source: ImportSource, work: (bytes: ByteSource) => Promise<Result>): Promise<Result> {
  if (!('path' in source)) return work(inMemory(source.bytes));
  const bytes = onDisk(source.path);
  try {
    return await work(bytes);
  } finally {
    bytes.close();
  }
}

/** Gives a file's memory back at once; small ones may share theirs. */
function release({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

async function readOrRefusal(
  source: ImportSource,
  presets: readonly ImportPreset[],
  clean: (read: ReadFile) => ReadFile,
  onRows: (fraction: number) => void,
): Promise<ReadFile | RefusedFile> {
  return withBytes(source, async (bytes) => {
    try {
      return clean(await readImportFile(source.name, bytes, source.choices, presets, onRows));
    } catch (error) {
      if (error instanceof PathlightError) return { error, table: await firstRows(source.name, bytes, source.choices) };
      throw error;
    }
  });
}

/** An import can be undone: where its backup cannot be written, it goes on, and that is said. */
function backUp(database: Database, { gradebookFile, at }: ImportWork, progress: ImportProgress): void {
  progress.report(0.3, 'backing-up');
  try {
    backUpChanges(database, { gradebookFile, reason: 'import', at });
  } catch (error) {
    if (!(error instanceof PathlightError)) throw error;
    progress.warn(error);
  }
}

export interface ImportProgress extends Progress {
  /** Told what went wrong beside the import, which goes on. */
  warn(warning: PathlightError): void;
}

/**
 * Reads the files and does the task in one transaction, on a connection of its own.
 * @throws PathlightError; whatever `progress` throws, then nothing is written
 */
export async function performImport(work: ImportWork, progress: ImportProgress): Promise<unknown> {
  const { task } = work;
  const database = openDatabase(work.gradebookFile);
  try {
    if (task.kind === 'undo') return undoInOneTransaction(database, task.importId, work.at, progress);
    const presets = listPresets(database);
    if (task.kind === 'glance') {
      const seen = [];
      for (const file of task.files) {
        const size = 'path' in file ? statSync(file.path).size : file.size;
        seen.push(await withBytes(file, (bytes) => glance(file, startOf(bytes), size, presets)));
      }
      return seen.filter((each) => each !== undefined);
    }
    const known = profileValues(database);
    const clean = (read: ReadFile): ReadFile => cleanFile(read, work.at, known);
    if (task.kind === 'preview') {
      const read = [];
      for (const [index, file] of task.files.entries()) {
        const onRows = (fraction: number): void => progress.report((0.7 * (index + fraction)) / task.files.length, 'reading');
        read.push({ fileId: file.fileId, name: file.name, read: await readOrRefusal(file, presets, clean, onRows) });
      }
      return previewFiles(database, read, work.at, { report: (fraction, stage) => progress.report(0.7 + 0.3 * fraction, stage) });
    }
    const read = [];
    for (const [index, file] of task.files.entries()) {
      progress.report((0.3 * index) / task.files.length, 'reading');
      const onRows = (fraction: number): void => progress.report((0.3 * (index + fraction)) / task.files.length, 'reading');
      const content = await withBytes(file, (bytes) => readImportFile(file.name, bytes, file.choices, presets, onRows));
      read.push({ id: file.importId, read: clean(content) });
      // What was read is no longer needed, and a collector would leave it lying until long after.
      if ('bytes' in file) release(file.bytes);
    }
    backUp(database, work, progress);
    // Off outside of a transaction only: `writeImport` then checks by itself what it wrote.
    database.pragma('foreign_keys = OFF');
    return commitFiles(database, read, work.at, { report: (fraction, stage) => progress.report(0.3 + 0.7 * fraction, stage) });
  } finally {
    database.close();
  }
}
