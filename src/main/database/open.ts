import { closeSync, copyFileSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { PathlightError } from '../../shared/errors.ts';
import { migrate } from './migrate.ts';

const BUSY_MS = 10_000;

/**
 * Opens a gradebook file, making or migrating it where needed.
 * @throws PathlightError `not-a-gradebook` (the file is no database, or another program's), `newer-schema`; the file is left as it is
 */
export function openDatabase(file: string): Database {
  if (existsSync(file) && statSync(file).size > 0 && !beginsLikeSqlite(file))
    throw new PathlightError(
      'not-a-gradebook',
      `${file} is not a gradebook. Move it away, or choose another data folder; nothing was changed.`,
      { file },
    );
  const database = new Sqlite(file, { timeout: BUSY_MS });
  try {
    database.pragma('foreign_keys = ON');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('trusted_schema = OFF');
    migrate(database, file, (version) => {
      database.pragma('wal_checkpoint(TRUNCATE)');
      copyFileSync(file, `${file}.before-schema-${version + 1}`);
    });
    return database;
  } catch (error) {
    database.close();
    if (error instanceof PathlightError) throw error;
    const code = (error as { code?: string }).code ?? '';
    if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT')
      throw new PathlightError(
        'damaged-gradebook',
        `${file} is damaged and cannot be opened. Take a copy of it before anything else; nothing was changed.`,
        { file },
      );
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

function beginsLikeSqlite(file: string): boolean {
  const start = Buffer.alloc(15);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, start, 0, 15, 0);
  } finally {
    closeSync(handle);
  }
  return start.equals(Buffer.from('SQLite format 3'));
}
