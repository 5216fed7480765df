import type { Failure } from '../../../shared/contract/index.ts';
import type { Spawn } from '../../processes/channel.ts';
import type { ImportSource } from '../ports.ts';

export type ImportTask =
  | { readonly kind: 'preview'; readonly files: readonly ImportSource[] }
  | { readonly kind: 'commit'; readonly files: readonly (ImportSource & { readonly importId: string })[] }
  | { readonly kind: 'undo'; readonly importId: string };

export interface ImportWork {
  readonly gradebookFile: string;
  readonly at: number;
  readonly task: ImportTask;
}

export interface ToImporter {
  readonly work: ImportWork;
  /** A file that does not exist: once it does, the work is to stop. The process does not listen while it writes. */
  readonly stopFile: string;
}

export type FromImporter =
  | { readonly type: 'progress'; readonly fraction: number; readonly stage: string }
  | { readonly type: 'done'; readonly result: unknown }
  | { readonly type: 'failed'; readonly error: Failure };

export type SpawnImporter = Spawn<ToImporter, FromImporter>;
