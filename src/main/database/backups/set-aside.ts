import { copyFileSync, existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import { explainSystemError } from '../system-errors.ts';
import { walIsDamaged } from '../wal.ts';
import { timeInName } from './backup-files.ts';
import { settle, settleFolder } from './settle.ts';

const ENDS = ['-wal', '-shm', '-journal'];
/** A process that is just writing its log is given this long to finish the frame. */
const WRITING_MS = 100;

function damagedName(gradebookFile: string, at: number): string {
  const { name, ext } = path.parse(gradebookFile);
  return `${name}.damaged-${timeInName(at)}${ext}`;
}

/**
 * Moves a gradebook that cannot be opened, with its log, to `gradebook.damaged-<time>.sqlite`. Nothing of it is ever deleted.
 * @returns its new name, or null where no file was there
 */
export function setAside(gradebookFile: string, at: number): string | null {
  const dir = path.dirname(gradebookFile);
  const kept = damagedName(gradebookFile, at);
  const found = ['', ...ENDS].filter((end) => existsSync(gradebookFile + end));
  // The file goes first: a log without it is seen for what it is at the next start.
  for (const end of found) renameSync(gradebookFile + end, path.join(dir, kept + end));
  settleFolder(dir);
  return found.length > 0 ? kept : null;
}

/**
 * Copies a gradebook whose log is damaged, before SQLite reads what is sound of the log and forgets the rest.
 * @returns the copy's name; null where the log is sound, or nothing can be copied
 */
export function keepDamagedLog(gradebookFile: string, at: number): string | null {
  // Without its file it is no matter of the log's: what opens the gradebook says so.
  if (!existsSync(gradebookFile) || !walIsDamaged(gradebookFile)) return null;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WRITING_MS);
  if (!walIsDamaged(gradebookFile)) return null;
  const dir = path.dirname(gradebookFile);
  const kept = damagedName(gradebookFile, at);
  try {
    for (const end of ['', '-wal'].filter((each) => existsSync(gradebookFile + each))) {
      copyFileSync(gradebookFile + end, path.join(dir, kept + end));
      settle(path.join(dir, kept + end));
    }
  } catch (error) {
    // Where nothing can be written, nothing is forgotten either.
    if (explainSystemError(error)?.code === 'read-only') return null;
    throw error;
  }
  settleFolder(dir);
  return kept;
}
