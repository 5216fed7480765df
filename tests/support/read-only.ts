import { chmodSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A user without rights of their own; the number that most systems give to "nobody". */
const NOBODY = 65_534;

/**
 * Takes the right to write from the files in a folder, and from the folder itself where asked for (Windows knows that of files only). For the rest of the
 * test this process is nobody in particular, for root may write whatever the bits say.
 */
export function makeReadOnly(folder: string, { itself }: { readonly itself: boolean }): void {
  for (const name of readdirSync(folder)) chmodSync(path.join(folder, name), itself || name.endsWith('.sqlite') ? 0o444 : 0o666);
  chmodSync(folder, itself ? 0o555 : 0o777);
  // A temporary folder is its owner's alone.
  chmodSync(path.dirname(folder), 0o755);
  const root = process.geteuid?.() === 0;
  if (root) process.seteuid!(NOBODY);
  onTestFinished(() => {
    if (root) process.seteuid!(0);
    chmodSync(folder, 0o755);
    for (const name of readdirSync(folder)) chmodSync(path.join(folder, name), 0o644);
  });
}
