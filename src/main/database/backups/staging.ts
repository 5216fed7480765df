import { copyFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { migrate } from '../migrate.ts';
import { backupFolder, findBackup } from './backup-files.ts';
import { partialName, removeLeftovers, removeWithLog, verifyBackup } from './write-backup.ts';

/**
 * A copy of a backup in the newest schema, which may be written to; it is gone afterwards. The backup itself stays as it is.
 * @throws PathlightError `no-such-backup`, `backup-damaged`, `newer-schema`
 */
export async function withStaged<Result>(
  gradebookFile: string,
  name: string,
  work: (staged: Database, file: string) => Result | Promise<Result>,
): Promise<Result> {
  const backup = findBackup(gradebookFile, name);
  const folder = backupFolder(gradebookFile);
  removeLeftovers(folder);
  const file = partialName(folder, 'chosen');
  let staged: Database | undefined;
  try {
    verifyBackup(backup.path);
    copyFileSync(backup.path, file);
    staged = new Sqlite(file);
    // No log beside it: one file is all of it.
    staged.pragma('journal_mode = DELETE');
    staged.pragma('foreign_keys = ON');
    staged.pragma('trusted_schema = OFF');
    migrate(staged, file, () => undefined);
    return await work(staged, file);
  } finally {
    staged?.close();
    removeWithLog(file);
  }
}
