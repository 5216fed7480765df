import type { Clock } from './ports.ts';

/** Nobody waits longer than this for an answer while something takes long. */
const SLICE_MS = 25;

/** Lets other work in, where it is time for it, whenever it is called. */
export function createBreather(clock: Clock): () => Promise<void> {
  let begun = clock();
  return async () => {
    if (clock() - begun < SLICE_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    begun = clock();
  };
}
