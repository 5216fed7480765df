import type { BackupReason } from '../../../shared/contract/backups.ts';
import type { Failure } from '../../../shared/contract/index.ts';
import type { Spawn } from '../../processes/channel.ts';

/** What the process for backups is asked to do. */
export type BackupTask =
  | { readonly kind: 'make'; readonly reason: BackupReason }
  /** Once a day: the gradebook is checked in full, then backed up. */
  | { readonly kind: 'daily' }
  /** What a start need not wait for. */
  | { readonly kind: 'check'; readonly thorough: boolean }
  /** `readable`: whether the present gradebook can be compared with. */
  | { readonly kind: 'preview'; readonly name: string; readonly readable: boolean }
  /** A copy of a gradebook from elsewhere, which lies in the backups' folder under a name that no list knows. */
  | { readonly kind: 'add'; readonly file: string; readonly name: string }
  /** `over`: the present gradebook cannot be opened. */
  | { readonly kind: 'restore'; readonly name: string; readonly over: boolean };

export interface BackupWork {
  readonly gradebookFile: string;
  readonly at: number;
  readonly task: BackupTask;
}

export type FromBackup =
  { readonly type: 'done'; readonly result: unknown } | { readonly type: 'failed'; readonly error: Failure };

export type SpawnBackup = Spawn<BackupWork, FromBackup>;
