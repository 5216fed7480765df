import { renameSync, statSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import type { BackupRecord } from '../../../shared/contract/backups.ts';
import { backupFolder, backupName } from './backup-files.ts';
import { settle, settleFolder } from './settle.ts';
import { removeWithLog, verifyBackup } from './write-backup.ts';

/**
 * Takes a copy of a gradebook that came from elsewhere among the backups, once it is known to be one: from then on it is looked at and restored like any other. The
 * gradebook itself is not touched.
 * @param file the copy, under a name in the backups' folder that no list knows; it is moved, or gone @param name what the person calls it
 * @throws PathlightError `backup-damaged`, `newer-schema`
 */
export function addBackup(gradebookFile: string, file: string, name: string, at: number): BackupRecord {
  try {
    verifyBackup(file, undefined, name);
    const database = new Sqlite(file);
    // One file is all of it, also where it was a gradebook in use.
    database.pragma('journal_mode = DELETE');
    const schema = Number(database.pragma('user_version', { simple: true }));
    database.close();
    settle(file);
    const known = backupName(gradebookFile, at, 'added', schema);
    const folder = backupFolder(gradebookFile);
    renameSync(file, path.join(folder, known));
    settleFolder(folder);
    return { name: known, at, reason: 'added', schema, bytes: statSync(path.join(folder, known)).size };
  } finally {
    removeWithLog(file);
  }
}
