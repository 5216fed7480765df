import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { backupFolder, listBackups } from '../main/database/backups/backup-files.ts';
import { partialName } from '../main/database/backups/write-backup.ts';
import { lockFolder } from '../main/database/lock.ts';
import { RECOVERABLE } from '../main/database/open.ts';
import { performBackupWork } from '../main/services/backups/perform.ts';
import type { BackupTask } from '../main/services/backups/messages.ts';
import { likeliest } from '../shared/contract/backups.ts';
import type { BackupPreview, BackupRecord, Holdings } from '../shared/contract/backups.ts';
import { PathlightError } from '../shared/errors.ts';
import { openTyped } from './open-typed.ts';
import { resolveTyped } from './paths.ts';

export interface BackupCommandOptions {
  readonly data: string;
  readonly list?: boolean;
  readonly json?: boolean;
}

export interface RestoreCommandOptions extends BackupCommandOptions {
  readonly newest?: boolean;
  readonly preview?: boolean;
}

const gradebookOf = (typed: string): string => path.join(resolveTyped(typed), 'gradebook.sqlite');

/** On this thread: there is no window that could freeze. */
const perform = async <Result>(gradebookFile: string, task: BackupTask): Promise<Result> =>
  (await performBackupWork({ gradebookFile, at: Date.now(), task })) as Result;

const print = (value: unknown): void => console.log(JSON.stringify(value, undefined, 1));

function printList(backups: readonly BackupRecord[], json: boolean | undefined): void {
  if (json) return print({ backups });
  if (backups.length === 0) console.log('There are no backups.');
  for (const { name, at, reason, bytes } of backups)
    console.log(
      `${new Date(at).toLocaleString('en-GB')}  ${reason.padEnd(9)} ${(bytes / 1e6).toFixed(1).padStart(7)} MB  ${name}`,
    );
}

export async function backupCommand(options: BackupCommandOptions): Promise<void> {
  const file = gradebookOf(options.data);
  if (options.list) return printList(listBackups(file), options.json);
  refuseMissing(options.data, file);
  openTyped(options.data, file, Date.now).close();
  const made = await perform<BackupRecord | null>(file, { kind: 'make', reason: 'manual' });
  const backup = made ?? listBackups(file)[0] ?? null;
  if (options.json) return print({ made: made !== null, backup });
  if (made) console.log(`Backed up into ${path.join(path.dirname(file), 'backups', made.name)}.`);
  else console.log(backup ? `Nothing has changed since ${backup.name}.` : 'The gradebook is empty: there is nothing to back up.');
}

/** @throws PathlightError `folder-in-use` while the app has the gradebook open, `no-such-backup`, `backup-damaged`, and as `restoreBackup` */
export async function restoreCommand(name: string | undefined, options: RestoreCommandOptions): Promise<void> {
  const file = gradebookOf(options.data);
  const backups = listBackups(file);
  if (options.list) return printList(backups, options.json);
  const chosen = name === undefined ? likeliest(backups)?.name : await nameOf(file, backups, name);
  if (chosen === undefined) throw new PathlightError('no-such-backup', `There are no backups in ${options.data}.`, { name: '' });
  if (options.preview) {
    const preview = await perform<BackupPreview>(file, {
      kind: 'preview',
      name: chosen,
      readable: canBeOpened(options.data, file),
    });
    if (options.json) return print(preview);
    return describe(preview);
  }
  const lock = lockFolder(path.dirname(file));
  try {
    const over = !canBeOpened(options.data, file);
    const { keptAs } = await perform<{ keptAs: string | null }>(file, { kind: 'restore', name: chosen, over });
    if (options.json) return print({ restored: chosen, keptAs });
    console.log(`Restored ${chosen}.`);
    if (keptAs !== null) console.log(`What stood there before is kept as ${keptAs}.`);
  } finally {
    lock.release();
  }
}

/** The backup of this name; a file elsewhere is checked and taken among the backups first. */
async function nameOf(file: string, backups: readonly BackupRecord[], typed: string): Promise<string> {
  const name = path.basename(typed);
  const elsewhere = resolveTyped(typed);
  if (backups.some((backup) => backup.name === name) || !existsSync(elsewhere)) return name;
  const copy = partialName(backupFolder(file), 'added');
  mkdirSync(backupFolder(file), { recursive: true });
  copyFileSync(elsewhere, copy);
  const added = await perform<BackupRecord>(file, { kind: 'add', file: copy, name });
  return added.name;
}

function refuseMissing(typed: string, file: string): void {
  if (existsSync(file) || existsSync(`${file}-wal`)) return;
  throw new PathlightError('no-such-file', `There is no gradebook in ${typed}. Import something into it first.`, { file: typed });
}

/** False where a backup can only be put over what is there. */
function canBeOpened(typed: string, file: string): boolean {
  try {
    openTyped(typed, file, Date.now).close();
    return true;
  } catch (error) {
    if (error instanceof PathlightError && RECOVERABLE.includes(error.code)) return false;
    throw error;
  }
}

function describe({ backup, holds, lost, comeBack, lostImports, model }: BackupPreview): void {
  const words = (counts: Holdings): string =>
    Object.entries(counts)
      .map(([kind, count]) => `${count} ${kind}`)
      .join(', ');
  console.log(`${backup.name} holds ${words(holds)}.`);
  const trained = model && new Date(model.trainedAt).toLocaleString('en-GB');
  if (!model) console.log('The built-in model was in use.');
  else if (model.inBackup || model.here) console.log(`The model trained on ${trained} was in use; it comes back, too.`);
  else console.log(`The model trained on ${trained} was in use. Its files are gone: the built-in model takes its place.`);
  if (!lost || !comeBack) return console.log('The present gradebook cannot be opened, so nothing can be compared.');
  console.log(`Restoring it takes away ${words(lost)}, and brings back ${words(comeBack)}.`);
  for (const { file, format, at } of lostImports)
    console.log(`  takes away the import of ${file || format} of ${new Date(at).toLocaleString('en-GB')}`);
}
