import type { Database } from 'better-sqlite3';
import { PathlightError } from '../../shared/errors.ts';
import { migration0001 } from './migrations/0001-gradebook.ts';
import { migration0002 } from './migrations/0002-marks-and-keys.ts';
import { migration0003 } from './migrations/0003-course-edits.ts';
import { migration0007 } from './migrations/0007-cleaning.ts';
import { migration0008 } from './migrations/0008-teacher.ts';
import { migration0009 } from './migrations/0009-trust.ts';
import { migration0011 } from './migrations/0011-warnings.ts';
import { migration0012 } from './migrations/0012-material.ts';
import { migration0013 } from './migrations/0013-values-going-back.ts';
import { migration0014 } from './migrations/0014-groups.ts';
import { migration0015 } from './migrations/0015-plan-results.ts';
import { migration0016 } from './migrations/0016-reasons.ts';

/** In order; the schema's version is the number of those that ran. Never change one that was released: add another. */
export const MIGRATIONS: readonly string[] = [
  migration0001,
  migration0002,
  migration0003,
  migration0007,
  migration0008,
  migration0009,
  migration0011,
  migration0012,
  migration0013,
  migration0014,
  migration0015,
  migration0016,
];

/** "PLGT": marks the file as a gradebook of ours. */
export const APPLICATION_ID = 0x504c4754;

/**
 * Refuses what is not for us, before anything is written.
 * @returns its schema's version, and whether it holds anything
 * @throws PathlightError `newer-schema`, `not-a-gradebook`
 */
export function identify(
  database: Database,
  file: string,
  known = MIGRATIONS.length,
): { readonly version: number; readonly filled: boolean } {
  const read = (name: string): number => Number(database.pragma(name, { simple: true }));
  const version = read('user_version');
  const tables = Number((database.prepare('SELECT count(*) AS count FROM sqlite_schema').get() as { count: number }).count);
  if (read('application_id') !== APPLICATION_ID && tables > 0)
    throw new PathlightError(
      'not-a-gradebook',
      `${file} is a database of another program. Choose another data folder; nothing was changed.`,
      { file },
    );
  if (version > known)
    throw new PathlightError(
      'newer-schema',
      `${file} was written by a newer Pathlight (schema ${version}; this one knows ${known}). Update Pathlight to open it; nothing was changed.`,
      { file, version, known },
    );
  return { version, filled: tables > 0 };
}

/**
 * Brings a database to the newest schema, each step in a transaction of its own.
 * @param backup called once before the first step on a file that holds something
 * @throws PathlightError `newer-schema`, `not-a-gradebook`; the file is as it was
 */
export function migrate(
  database: Database,
  file: string,
  backup: (version: number) => void,
  migrations: readonly string[] = MIGRATIONS,
): void {
  const { version, filled } = identify(database, file, migrations.length);
  if (version === migrations.length) return;
  if (filled) backup(version);
  for (let next = version; next < migrations.length; next++) {
    database
      .transaction(() => {
        // Another process may have been here first.
        if (Number(database.pragma('user_version', { simple: true })) > next) return;
        database.exec(migrations[next]!);
        database.pragma(`application_id = ${APPLICATION_ID}`);
        database.pragma(`user_version = ${next + 1}`);
      })
      .immediate();
  }
}
