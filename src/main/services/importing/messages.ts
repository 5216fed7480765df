import type { Failure } from '../../../shared/contract/index.ts';
import type { ImportSource } from '../ports.ts';

export type ImportTask =
  | { readonly kind: 'glance'; readonly files: readonly (ImportSource & { readonly size: number })[] }
  | { readonly kind: 'preview'; readonly files: readonly ImportSource[] }
  | { readonly kind: 'commit'; readonly files: readonly (ImportSource & { readonly importId: string })[] }
  | { readonly kind: 'undo'; readonly importId: string };

export interface ImportWork {
  readonly gradebookFile: string;
  readonly at: number;
  /** One Int32: 1 asks to stop. Shared, because the worker does not listen while it writes. */
  readonly cancel: SharedArrayBuffer;
  readonly task: ImportTask;
}

export type FromImportWorker =
  | { readonly type: 'progress'; readonly fraction: number; readonly stage: string }
  | { readonly type: 'done'; readonly result: unknown }
  | { readonly type: 'failed'; readonly error: Failure };
