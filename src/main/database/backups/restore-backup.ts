import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { PathlightError } from '../../../shared/errors.ts';
import { backupFolder } from './backup-files.ts';
import { bringModels } from './carried-models.ts';
import { setAside } from './set-aside.ts';
import { withStaged } from './staging.ts';
import { settle, settleFolder } from './settle.ts';
import { backUpChanges, partialName, signatureOf } from './write-backup.ts';

/** How often, and for how long, another program's writing is waited for. */
const BUSY_EVERY_MS = 50;
const BUSY_MS = 10_000;

/**
 * Puts a backup's content in the place of the present gradebook's, in one transaction on its file: a kill at any moment leaves the one or the other, and
 * other connections go on with the new content. What stood before is kept as a backup first.
 * @returns name of the backup that keeps what stood before; null where another holds it already, or nothing stood
 * @throws PathlightError `no-such-backup`, `backup-damaged`, `newer-schema`, `backup-failed`, `gradebook-busy`; the gradebook is as it was
 */
export function restoreBackup(gradebookFile: string, name: string, at: number): Promise<string | null> {
  return withStaged(gradebookFile, name, async (staged) => {
    const present = new Sqlite(gradebookFile);
    let kept: string | null;
    let revision: number;
    try {
      kept = backUpChanges(present, { gradebookFile, reason: 'restore', at })?.name ?? null;
      revision = Number(present.prepare("SELECT value FROM settings WHERE name = 'revision'").pluck().get());
    } finally {
      present.close();
    }
    bringModels(staged, path.dirname(gradebookFile));
    makePresent(staged, revision);
    const wanted = signatureOf(staged);
    for (let waited = 0; ; waited += BUSY_EVERY_MS) {
      await copyInto(staged, gradebookFile);
      // Where another connection was writing, nothing was copied, and nothing says so.
      if (readSignature(gradebookFile) === wanted) return kept;
      if (waited >= BUSY_MS)
        throw new PathlightError(
          'gradebook-busy',
          'Another program is writing to the gradebook. Nothing was changed; wait until it is done and do it again.',
        );
      await new Promise((resolve) => setTimeout(resolve, BUSY_EVERY_MS));
    }
  });
}

/** All pages at once: between two turns of an event loop the destination would stay locked. */
async function copyInto(source: Database, file: string): Promise<void> {
  await source.backup(file, { progress: () => 0x7fff_ffff });
}

function readSignature(file: string): string {
  const database = new Sqlite(file);
  try {
    database.pragma('wal_checkpoint(TRUNCATE)');
    return signatureOf(database);
  } finally {
    database.close();
  }
}

/** What was under way when a backup was made is no longer; and whoever remembers something by the revision must not take it for what it was. */
function makePresent(staged: Database, revisionBefore: number): void {
  staged
    .transaction(() => {
      staged.prepare('DELETE FROM running').run();
      staged.prepare("UPDATE settings SET value = max(value, ?) + 1 WHERE name = 'revision'").run(revisionBefore);
    })
    .immediate();
}

const waiting = (gradebookFile: string): string => `${gradebookFile}.restored`;

/**
 * The same where the present gradebook cannot be opened: its files are kept under a name that says so, and the backup takes their place. Cut off between
 * the two, it is finished by `finishRestore` at the next start.
 * @returns name of the kept file
 */
export function restoreOverDamaged(gradebookFile: string, name: string, at: number): Promise<string | null> {
  return withStaged(gradebookFile, name, async (staged) => {
    bringModels(staged, path.dirname(gradebookFile));
    makePresent(staged, 0);
    const draft = partialName(backupFolder(gradebookFile), 'restored');
    staged.prepare('VACUUM INTO ?').run(draft);
    settle(draft);
    renameSync(draft, waiting(gradebookFile));
    settleFolder(path.dirname(gradebookFile));
    const kept = setAside(gradebookFile, at);
    finishRestore(gradebookFile, at);
    return kept;
  });
}

/** Puts a restored gradebook in its place where a kill came before that. */
export function finishRestore(gradebookFile: string, at: number): void {
  if (!existsSync(waiting(gradebookFile)) || existsSync(gradebookFile)) return;
  // What is left of the damaged one's log must not be read into the restored one.
  setAside(gradebookFile, at);
  renameSync(waiting(gradebookFile), gradebookFile);
  settleFolder(path.dirname(gradebookFile));
}
