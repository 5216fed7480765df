import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes a file's content last a loss of power. */
export function settle(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The same for names in a folder, where the system has a way. */
export function settleFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } catch {
    // Some file systems refuse this for folders.
  } finally {
    closeSync(handle);
  }
}
