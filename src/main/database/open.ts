import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { PathlightError } from '../../shared/errors.ts';
import type { Clock } from '../services/ports.ts';
import { listBackups } from './backups/backup-files.ts';
import { finishRestore } from './backups/restore-backup.ts';
import { writeBackup } from './backups/write-backup.ts';
import { stateOf } from './integrity.ts';
import { identify, migrate } from './migrate.ts';
import { explainSystemError } from './system-errors.ts';

const BUSY_MS = 10_000;

/** Why a gradebook cannot be opened although it, or a backup of it, should be there: a backup can take its place. */
export const RECOVERABLE = ['damaged-gradebook', 'not-a-gradebook', 'missing-gradebook', 'empty-gradebook'];

/**
 * Opens a gradebook file, making or migrating it where needed; a backup is made before a migration. Where nothing may be written, it is opened for reading:
 * each write then fails with SQLITE_READONLY.
 * @throws PathlightError `not-a-gradebook` (the file is no database, or another program's), `damaged-gradebook`, `empty-gradebook`, `missing-gradebook`,
 * `newer-schema`, `backup-failed`; the file is left as it is
 */
export function openDatabase(file: string, clock: Clock = Date.now): Database {
  finishRestore(file, clock());
  refuseWhatIsNone(file);
  let database: Database | undefined;
  try {
    database = openForWriting(file, clock);
    return database;
  } catch (error) {
    if (error instanceof PathlightError) throw error;
    const code = (error as { code?: string }).code ?? '';
    if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) throw damaged(file);
    const readable = /^SQLITE_(READONLY|CANTOPEN)/.test(code) ? openForReading(file) : undefined;
    if (readable) return readable;
    // The folder is there and the file cannot be made.
    if (code.startsWith('SQLITE_CANTOPEN') && !existsSync(file) && existsSync(path.dirname(file)))
      throw explainSystemError({ code: 'EACCES' });
    throw error;
  }
}

export const damaged = (file: string): PathlightError =>
  new PathlightError(
    'damaged-gradebook',
    `${file} is damaged and cannot be opened. Nothing was changed; a backup can take its place, and the damaged file is kept.`,
    { file },
  );

function refuseWhatIsNone(file: string): void {
  const state = stateOf(file, listBackups(file).length > 0);
  if (state === 'not-sqlite')
    throw new PathlightError(
      'not-a-gradebook',
      `${file} is not a gradebook. Move it away, or choose another data folder; nothing was changed.`,
      { file },
    );
  if (state === 'empty')
    throw new PathlightError(
      'empty-gradebook',
      `${file} is empty, and was not always. Nothing was changed; a backup can take its place.`,
      { file },
    );
  if (state === 'missing')
    throw new PathlightError(
      'missing-gradebook',
      `${file} is gone, and only its log is left. Put it back where it was, or let a backup take its place; nothing was changed.`,
      { file },
    );
}

function openForWriting(file: string, clock: Clock): Database {
  const database = new Sqlite(file, { timeout: BUSY_MS });
  try {
    database.pragma('foreign_keys = ON');
    identify(database, file);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('trusted_schema = OFF');
    migrate(database, file, () => void writeBackup(database, { gradebookFile: file, reason: 'migration', at: clock() }));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Where not even a log can be made, the file is read into memory. Undefined where that would not be all of it: it is of an older schema, or a log with
 * content lies beside it.
 */
function openForReading(file: string): Database | undefined {
  if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0 || !statSync(file, { throwIfNoEntry: false }))
    return undefined;
  const bytes = readFileSync(file);
  // Versions of reading and writing: with a log, and without.
  bytes[18] = bytes[19] = 1;
  const database = new Sqlite(bytes);
  try {
    migrate(database, file, () => {
      throw Object.assign(new Error('It cannot be migrated where nothing can be written.'), { code: 'SQLITE_READONLY' });
    });
    database.pragma('query_only = ON');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

class RolledBack extends Error {}

/** Whether nothing can be written through this connection. */
export function isReadOnly(database: Database): boolean {
  if (database.pragma('query_only', { simple: true }) === 1) return true;
  try {
    // Taking the lock to write is allowed where writing is not.
    database
      .transaction(() => {
        database.prepare("UPDATE settings SET value = value WHERE name = 'revision'").run();
        throw new RolledBack();
      })
      .immediate();
    return false;
  } catch (error) {
    if (error instanceof RolledBack) return false;
    if ((error as { code?: string }).code?.startsWith('SQLITE_READONLY')) return true;
    throw error;
  }
}

/** One write transaction that takes the write lock at its start, so that it can wait for another process but never fail half-way. */
export function write<Result>(database: Database, work: () => Result): Result {
  return database.transaction(work).immediate();
}

/** To be called in each transaction that changes what screens show: other processes notice the number. */
export function raiseRevision(database: Database): void {
  database.prepare("UPDATE settings SET value = value + 1 WHERE name = 'revision'").run();
}

/** Writes what screens show, in one transaction that other processes notice. */
export const revise = <Result>(database: Database, work: () => Result): Result =>
  write(database, () => {
    const result = work();
    raiseRevision(database);
    return result;
  });
