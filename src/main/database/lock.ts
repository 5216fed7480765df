import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { PathlightError } from '../../shared/errors.ts';
import { isAlive } from '../processes/alive.ts';

/** Keeps a second app off a data folder; the command line may still read and write beside it. */
export interface FolderLock {
  release(): void;
}

/** @throws PathlightError `folder-in-use` where a living app holds it; the lock of a dead one is taken over */
export function lockFolder(folder: string): FolderLock {
  const file = path.join(folder, 'app.lock');
  for (let attempt = 0; ; attempt++) {
    try {
      const handle = openSync(file, 'wx');
      writeSync(handle, String(process.pid));
      closeSync(handle);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 1) throw error;
      const holder = Number(readIfThere(file));
      if (holder !== process.pid && isAlive(holder))
        throw new PathlightError(
          'folder-in-use',
          `Another Pathlight (process ${holder}) has ${folder} open. Use that window, or close it first.`,
          { folder, process: holder },
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
