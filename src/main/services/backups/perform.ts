import { addBackup } from '../../database/backups/add-backup.ts';
import { previewBackup } from '../../database/backups/preview-backup.ts';
import { restoreBackup, restoreOverDamaged } from '../../database/backups/restore-backup.ts';
import { backUpChanges } from '../../database/backups/write-backup.ts';
import { findProblems } from '../../database/integrity.ts';
import { damaged, openDatabase } from '../../database/open.ts';
import { explainSystemError } from '../../database/system-errors.ts';
import type { BackupReason } from '../../../shared/contract/backups.ts';
import type { BackupWork } from './messages.ts';

/**
 * Does one piece of work about backups, on a connection of its own.
 * @throws PathlightError `damaged-gradebook`, `backup-failed`, and what restoring throws
 */
export function performBackupWork({ gradebookFile, at, task }: BackupWork): unknown {
  switch (task.kind) {
    case 'make':
      return back(gradebookFile, at, task.reason);
    case 'daily':
      check(gradebookFile, at, true);
      return back(gradebookFile, at, 'daily');
    case 'check':
      return check(gradebookFile, at, task.thorough);
    case 'add':
      return addBackup(gradebookFile, task.file, task.name, at);
    case 'preview':
      return previewBackup(gradebookFile, task.name, task.readable ? gradebookFile : undefined);
    case 'restore':
      return restore(gradebookFile, task.name, at, task.over);
  }
}

function back(gradebookFile: string, at: number, reason: BackupReason): unknown {
  const database = openDatabase(gradebookFile, () => at);
  try {
    return backUpChanges(database, { gradebookFile, reason, at }) ?? null;
  } finally {
    database.close();
  }
}

function check(gradebookFile: string, at: number, thorough: boolean): void {
  const database = openDatabase(gradebookFile, () => at);
  try {
    if (findProblems(database, thorough).length > 0) throw damaged(gradebookFile);
  } finally {
    database.close();
  }
}

async function restore(gradebookFile: string, name: string, at: number, over: boolean): Promise<{ keptAs: string | null }> {
  if (over) return { keptAs: await restoreOverDamaged(gradebookFile, name, at) };
  try {
    return { keptAs: await restoreBackup(gradebookFile, name, at) };
  } catch (error) {
    // Damage that did not show before what stands there was to be backed up.
    if (explainSystemError(error)?.code !== 'damaged-gradebook') throw error;
    return { keptAs: await restoreOverDamaged(gradebookFile, name, at) };
  }
}
