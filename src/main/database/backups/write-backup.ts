import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import type { BackupReason, BackupRecord } from '../../../shared/contract/backups.ts';
import { PathlightError } from '../../../shared/errors.ts';
import { findProblems, FULL_CHECK_BYTES } from '../integrity.ts';
import { APPLICATION_ID, MIGRATIONS } from '../migrate.ts';
import { isAlive } from '../../processes/alive.ts';
import { explainSystemError } from '../system-errors.ts';
import { backupFolder, backupName, listBackups } from './backup-files.ts';
import { carryModels } from './carried-models.ts';
import { outlived } from './retention.ts';
import { settle, settleFolder } from './settle.ts';

/** Above this size, imports in a row share a backup: writing one takes a second per 100 MB. */
const LARGE_BYTES = 32_000_000;
const IN_A_ROW_MS = 5 * 60_000;

export interface BackupOptions {
  readonly gradebookFile: string;
  readonly reason: BackupReason;
  readonly at: number;
  /** Compares every index with its table however large the backup is. */
  readonly thorough?: boolean | undefined;
  /** Writes the content of a database into a new file. */
  readonly copy?: ((database: Database, target: string) => void) | undefined;
}

/** Reads one state and writes it compactly, with its indexes made anew. */
function vacuumInto(database: Database, target: string): void {
  database.prepare('VACUUM INTO ?').run(target);
}

/**
 * Writes a backup: under a name that no list knows, checked, made durable, and only then renamed. What stood there before stays. Afterwards, backups that
 * have outlived their time are removed.
 * @param database not in a transaction; what it reads now is what the backup holds
 * @throws PathlightError `backup-failed`, `backup-no-room`, `backup-read-only`, `damaged-gradebook`; whatever was written of it is gone
 */
export function writeBackup(database: Database, options: BackupOptions): BackupRecord {
  const { gradebookFile, reason, at } = options;
  const folder = backupFolder(gradebookFile);
  const schema = Number(database.pragma('user_version', { simple: true }));
  const name = backupName(gradebookFile, at, reason, schema);
  const partial = partialName(folder, name);
  try {
    makeFolder(folder);
    removeLeftovers(folder);
    (options.copy ?? vacuumInto)(database, partial);
    verifyBackup(partial, options.thorough);
    carryModels(partial, path.dirname(gradebookFile));
    settle(partial);
    renameSync(partial, path.join(folder, name));
    settleFolder(folder);
  } catch (error) {
    removeWithLog(partial);
    throw failed(error, folder);
  }
  prune(gradebookFile, at);
  return { name, at, reason, schema, bytes: statSync(path.join(folder, name)).size };
}

/** Not recursive: of a place that may not be written Node then says that it is not there. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
  }
}

/** Where it is only told and the work goes on, "nothing was changed" would be wrong. */
const WHY: Readonly<Record<string, string>> = {
  'disk-full': 'there is no room left on the disk',
  'read-only': 'it may not be written to',
};
const FAILED: Readonly<Record<string, string>> = { 'disk-full': 'backup-no-room', 'read-only': 'backup-read-only' };

function failed(error: unknown, folder: string): PathlightError {
  const known = explainSystemError(error);
  // The gradebook itself cannot be read: that is no matter of the backup's.
  if (known?.code === 'damaged-gradebook') return known;
  const why = WHY[known?.code ?? ''] ?? (error instanceof Error ? error.message : String(error));
  return new PathlightError(FAILED[known?.code ?? ''] ?? 'backup-failed', `No backup could be written into ${folder}: ${why}.`, {
    folder,
  });
}

/**
 * The same, but only where there is something that the newest backup does not hold already.
 * @returns undefined where nothing was written
 */
export function backUpChanges(database: Database, options: BackupOptions): BackupRecord | undefined {
  if (isEmpty(database)) return undefined;
  const [newest] = listBackups(options.gradebookFile);
  if (newest) {
    const large =
      Number(database.pragma('page_count', { simple: true })) * Number(database.pragma('page_size', { simple: true }));
    const inARow = options.reason === 'import' && large > LARGE_BYTES && Math.abs(options.at - newest.at) < IN_A_ROW_MS;
    if (inARow || holdsTheSame(database, path.join(backupFolder(options.gradebookFile), newest.name))) return undefined;
  }
  return writeBackup(database, options);
}

/**
 * Whether a file is a whole gradebook of ours.
 * @param thorough where left out, by its size @param name what a person calls it
 * @throws PathlightError `backup-damaged`, `newer-schema`
 */
export function verifyBackup(file: string, thorough = statSync(file).size <= FULL_CHECK_BYTES, name = path.basename(file)): void {
  const refuse = (why: string): never => {
    throw new PathlightError('backup-damaged', `${name} is damaged (${why}). Choose another backup.`, {
      name,
    });
  };
  let database: Database | undefined;
  try {
    database = new Sqlite(file, { readonly: true, fileMustExist: true });
    const version = Number(database.pragma('user_version', { simple: true }));
    if (Number(database.pragma('application_id', { simple: true })) !== APPLICATION_ID || version === 0)
      refuse('it is no gradebook');
    if (version > MIGRATIONS.length)
      throw new PathlightError(
        'newer-schema',
        `${name} was written by a newer Pathlight (schema ${version}; this one knows ${MIGRATIONS.length}). Update Pathlight to use it.`,
        { file: name, version, known: MIGRATIONS.length },
      );
    const [problem] = findProblems(database, thorough);
    if (problem !== undefined) refuse(problem);
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) refuse((error as Error).message);
    throw error;
  } finally {
    database?.close();
  }
}

/** Whether a gradebook has nothing that could be lost. */
function isEmpty(database: Database): boolean {
  return (
    database
      .prepare(
        'SELECT 1 WHERE EXISTS (SELECT 1 FROM imports) OR EXISTS (SELECT 1 FROM students) OR EXISTS (SELECT 1 FROM models)',
      )
      .get() === undefined
  );
}

/**
 * A text that differs whenever the content does: every transaction that changes what screens show raises the revision, and what it does not count is only
 * ever added to.
 */
export function signatureOf(database: Database): string {
  return JSON.stringify(
    database
      .prepare(
        `SELECT (SELECT value FROM settings WHERE name = 'revision'), (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM imports),
           (SELECT id FROM imports ORDER BY number DESC LIMIT 1), (SELECT total(coalesce(undone_at, 0)) FROM imports), (SELECT count(*) FROM models),
           (SELECT max(id) FROM journal), (SELECT max(id) FROM plans), (SELECT max(id) FROM adaptations)`,
      )
      .raw()
      .get(),
  );
}

function holdsTheSame(database: Database, file: string): boolean {
  try {
    const backup = new Sqlite(file, { readonly: true, fileMustExist: true });
    try {
      return signatureOf(backup) === signatureOf(database);
    } finally {
      backup.close();
    }
  } catch {
    // One that cannot be read is no backup of anything.
    return false;
  }
}

/** A name that counts as no backup, and tells whose it is. */
export const partialName = (folder: string, name: string): string => path.join(folder, `${name}.partial-${process.pid}`);

/** Takes a file away that nobody needs, with what SQLite made beside it; one that cannot be taken away now is taken away by `removeLeftovers`. */
export function removeWithLog(file: string): void {
  for (const end of ['', '-journal', '-wal', '-shm']) {
    try {
      rmSync(file + end, { force: true });
    } catch {
      // There may not even be a folder.
    }
  }
}

/** Half-written files of processes that are gone. */
export function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const owner = /\.partial-(\d+)(-journal|-wal|-shm)?$/.exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) rmSync(path.join(folder, name), { force: true });
  }
}

function prune(gradebookFile: string, now: number): void {
  for (const name of outlived(listBackups(gradebookFile), now)) {
    try {
      rmSync(path.join(backupFolder(gradebookFile), name), { force: true });
    } catch {
      // Somebody has it open; the next one takes it away.
    }
  }
}
