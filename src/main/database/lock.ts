import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { uptime } from 'node:os';
import path from 'node:path';
import { PathlightError } from '../../shared/errors.ts';
import { isAlive } from '../processes/alive.ts';
import { explainSystemError } from './system-errors.ts';

/** Keeps a second app off a data folder; the command line may still read and write beside it. */
export interface FolderLock {
  release(): void;
}

/** Two reckonings of when the machine started differ by less than this. */
const SAME_START_S = 120;

/**
 * In a folder that may not be written to, nobody is kept off: whoever opens it can only read.
 * @throws PathlightError `folder-in-use` where a living app holds it; the lock of a dead one is taken over
 */
export function lockFolder(folder: string): FolderLock {
  const file = path.join(folder, 'app.lock');
  const startedAt = Math.round(Date.now() / 1000 - uptime());
  for (let attempt = 0; ; attempt++) {
    try {
      const handle = openSync(file, 'wx');
      writeSync(handle, `${process.pid} ${startedAt}`);
      closeSync(handle);
      break;
    } catch (error) {
      if (explainSystemError(error)?.code === 'read-only') return { release: () => undefined };
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 1) throw error;
      const [holder, start] = readIfThere(file).split(' ').map(Number);
      // After a loss of power another program may have the dead app's number.
      const sameStart = start === undefined || Math.abs(start - startedAt) < SAME_START_S;
      if (holder !== process.pid && sameStart && isAlive(holder!))
        throw new PathlightError(
          'folder-in-use',
          `Another Pathlight (process ${holder}) has ${folder} open. Use that window, or close it first.`,
          { folder, process: holder! },
        );
      rmSync(file, { force: true });
    }
  }
  return { release: () => rmSync(file, { force: true }) };
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
