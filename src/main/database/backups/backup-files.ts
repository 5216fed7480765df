import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { BACKUP_REASONS } from '../../../shared/contract/backups.ts';
import type { BackupReason, BackupRecord } from '../../../shared/contract/backups.ts';
import { PathlightError } from '../../../shared/errors.ts';

/** Where the backups of a gradebook lie: beside it, in a folder of their own. */
export const backupFolder = (gradebookFile: string): string => path.join(path.dirname(gradebookFile), 'backups');

const stem = (gradebookFile: string): string => path.parse(gradebookFile).name;

/** A time as a file's name can say it on every system: 2026-11-24T18-05-09-042Z. */
export const timeInName = (at: number): string => new Date(at).toISOString().replaceAll(/[:.]/g, '-');

/** `gradebook_2026-11-24T18-05-09-042Z_import_schema-2.sqlite` */
export function backupName(gradebookFile: string, at: number, reason: BackupReason, schema: number): string {
  return `${stem(gradebookFile)}_${timeInName(at)}_${reason}_schema-${schema}.sqlite`;
}

/** What a name says; undefined for every other file, half-written ones among them. */
export function parseBackupName(gradebookFile: string, name: string): Omit<BackupRecord, 'bytes'> | undefined {
  const begin = `${stem(gradebookFile)}_`;
  if (!name.startsWith(begin)) return undefined;
  const found = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z_([a-z]+)_schema-(\d+)\.sqlite$/.exec(name.slice(begin.length));
  if (!found) return undefined;
  const [, day, hour, minute, second, millisecond, reason, schema] = found;
  const at = Date.parse(`${day}T${hour}:${minute}:${second}.${millisecond}Z`);
  if (Number.isNaN(at) || !(BACKUP_REASONS as readonly string[]).includes(reason!)) return undefined;
  return { name, at, reason: reason as BackupReason, schema: Number(schema) };
}

/** All whole backups of a gradebook, newest first. */
export function listBackups(gradebookFile: string): BackupRecord[] {
  const folder = backupFolder(gradebookFile);
  // A file in the folder's place holds no backups; writing one says what is wrong.
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  return readdirSync(folder)
    .flatMap((name) => {
      const known = parseBackupName(gradebookFile, name);
      const size = known && statSync(path.join(folder, name), { throwIfNoEntry: false })?.size;
      return known && size !== undefined ? [{ ...known, bytes: size }] : [];
    })
    .sort((a, b) => b.at - a.at || (a.name < b.name ? 1 : -1));
}

/** @throws PathlightError `no-such-backup` */
export function findBackup(gradebookFile: string, name: string): BackupRecord & { readonly path: string } {
  const found = listBackups(gradebookFile).find((backup) => backup.name === name);
  if (!found)
    throw new PathlightError('no-such-backup', `There is no backup named "${name}". List them and choose one that is there.`, {
      name,
    });
  return { ...found, path: path.join(backupFolder(gradebookFile), name) };
}
