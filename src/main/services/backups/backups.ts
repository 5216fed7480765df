import { mkdirSync, writeFileSync } from 'node:fs';
import type { BackupPreview, BackupRecord } from '../../../shared/contract/backups.ts';
import { PathlightError } from '../../../shared/errors.ts';
import { backupFolder, listBackups } from '../../database/backups/backup-files.ts';
import { setAside } from '../../database/backups/set-aside.ts';
import { partialName, removeWithLog } from '../../database/backups/write-backup.ts';
import { explainSystemError } from '../../database/system-errors.ts';
import type { Clock } from '../ports.ts';
import { forkProcess } from '../../processes/fork.ts';
import { oneAnswer } from '../../processes/one-answer.ts';
import type { BackupTask, BackupWork, FromBackup, SpawnBackup } from './messages.ts';

/** A day, for whoever opens the app each morning a few minutes earlier. */
export const DAILY_MS = 20 * 3_600_000;

/** Use cases of backups. One piece of work runs at a time; each in a process of its own. */
export interface Backups {
  readonly folder: string;
  list(): BackupRecord[];
  /** Null where the newest holds the same already, or there is nothing to keep. */
  make(): Promise<BackupRecord | null>;
  /** Checks and backs up where the newest backup is old; at most once a day. @throws PathlightError `damaged-gradebook`, `backup-failed` */
  makeDaily(): Promise<void>;
  /** @param thorough compares every index with its table, too @throws PathlightError `damaged-gradebook` */
  check(thorough: boolean): Promise<void>;
  /** Takes a copy of a gradebook from elsewhere among the backups. @throws PathlightError `backup-damaged`, `newer-schema` */
  add(name: string, bytes: Uint8Array): Promise<BackupRecord>;
  preview(name: string, readable: boolean): Promise<BackupPreview>;
  /** @param over the present gradebook cannot be opened @returns what became of what stood there */
  restore(name: string, over: boolean): Promise<{ keptAs: string | null }>;
  /** Takes a gradebook away that cannot be opened, keeping it under another name. */
  setAside(): { keptAs: string | null };
  settled(): Promise<void>;
}

export function createBackups(options: {
  readonly gradebookFile: string;
  readonly clock: Clock;
  /** Without it, a Node process is forked. */
  readonly spawn?: SpawnBackup | undefined;
}): Backups {
  const { gradebookFile, clock } = options;
  const spawn: SpawnBackup = options.spawn ?? forkProcess(new URL('./process.ts', import.meta.url));
  let last: Promise<unknown> = Promise.resolve();
  let lastDaily = -Infinity;

  const perform = <Result>(task: BackupTask): Promise<Result> => {
    const work = last.then(() => inProcess<Result>(spawn, { gradebookFile, at: clock(), task }));
    last = work.catch(() => undefined);
    return work;
  };

  return {
    folder: backupFolder(gradebookFile),
    list: () => listBackups(gradebookFile),
    make: () => perform({ kind: 'make', reason: 'manual' }),
    async makeDaily() {
      const now = clock();
      const newest = listBackups(gradebookFile)[0]?.at ?? -Infinity;
      if (now - Math.max(newest, lastDaily) < DAILY_MS) return;
      lastDaily = now;
      await perform({ kind: 'daily' });
    },
    check: (thorough) => perform({ kind: 'check', thorough }),
    add(name, bytes) {
      const folder = backupFolder(gradebookFile);
      const file = partialName(folder, 'added');
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(file, bytes);
      } catch (error) {
        removeWithLog(file);
        throw explainSystemError(error) ?? error;
      }
      return perform({ kind: 'add', file, name });
    },
    preview: (name, readable) => perform({ kind: 'preview', name, readable }),
    restore: (name, over) => perform({ kind: 'restore', name, over }),
    setAside: () => ({ keptAs: setAside(gradebookFile, clock()) }),
    settled: async () => void (await last),
  };
}

const inProcess = <Result>(spawn: SpawnBackup, work: BackupWork): Promise<Result> =>
  oneAnswer<BackupWork, FromBackup, Result>(
    spawn,
    work,
    (message) => (resolve, reject) =>
      message.type === 'done'
        ? resolve(message.result as Result)
        : reject(new PathlightError(message.error.code, message.error.message, message.error.detail)),
    () => new PathlightError('backup-died', 'The work on the backups ended unexpectedly. Nothing was changed; try it again.'),
  ).answer;
