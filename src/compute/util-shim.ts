import { createRequire } from 'node:module';

/**
 * Node 23 removed util.isNullOrUndefined and util.isArray, which tfjs-node 4.22 still calls (tensorflow/tfjs#8609; fixed by #8425,
 * never released). To be called before tfjs-node is loaded.
 */
export function restoreRemovedUtilities(): void {
  const util = createRequire(import.meta.url)('node:util') as Record<string, unknown>;
  util['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  util['isArray'] ??= Array.isArray;
}
