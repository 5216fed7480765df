import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { settle, settleFolder } from './settle.ts';

/**
 * The files of trained models, which lie beside the gradebook, in its backups: a table that only backups have. A model is some thirty kilobytes, and without its files a
 * restored gradebook would forecast with the starter.
 */
const TABLE = `CREATE TABLE IF NOT EXISTS carried_models (folder TEXT NOT NULL, name TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (folder, name)) STRICT`;
const FILES = ['weights.bin', 'model.json'] as const;
/** Of all models together, the one in use first: a backup must not become a store of models. */
const MOST_BYTES = 16_000_000;
/** A backup may come from anywhere: what it names must lie where models lie. */
const FOLDER = /^models[/\\][\w-][\w.-]*$/;

/** What a model's header says of its weights; undefined where it is none. */
function checksumOf(header: string): unknown {
  try {
    return (JSON.parse(header) as { checksum?: { weights?: unknown } } | null)?.checksum?.weights;
  } catch {
    return undefined;
  }
}

interface ModelRow {
  readonly id: string;
  readonly folder: string;
  readonly trained_at: number;
}

/** Models that are not removed, the one in use first. */
function modelsOf(database: Database): { readonly inUse: string | null; readonly models: readonly ModelRow[] } {
  const exists = (table: string): boolean =>
    database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table) !== undefined;
  const uses = exists('model_uses');
  const standing = uses ? 'WHERE removed_at IS NULL' : '';
  const rows = database
    .prepare(`SELECT id, folder, trained_at FROM models ${standing} ORDER BY trained_at DESC, id`)
    .all() as ModelRow[];
  // Before uses were kept, the newest spoke.
  const used = uses
    ? (database.prepare('SELECT model_id FROM model_uses ORDER BY number DESC LIMIT 1').pluck().get() as
        string | null | undefined)
    : rows[0]?.id;
  const inUse = rows.find(({ id }) => id === used)?.id ?? null;
  return { inUse, models: rows.toSorted((a, b) => Number(b.id === inUse) - Number(a.id === inUse)) };
}

/** Undefined where they are not there whole: then there is nothing to keep. */
function filesOf(dataFolder: string, folder: string): readonly (readonly [name: string, content: Buffer])[] | undefined {
  if (!FOLDER.test(folder)) return undefined;
  const place = path.join(dataFolder, folder);
  if (!FILES.every((name) => existsSync(path.join(place, name)))) return undefined;
  const files = FILES.map((name) => [name, readFileSync(path.join(place, name))] as const);
  const [[, weights], [, header]] = files as [(typeof files)[number], (typeof files)[number]];
  return checksumOf(header.toString('utf8')) === createHash('sha256').update(weights).digest('hex') ? files : undefined;
}

/** Puts the files of a gradebook's models into a backup that is being written. */
export function carryModels(backup: string, dataFolder: string): void {
  const database = new Sqlite(backup);
  try {
    database.transaction(() => {
      let bytes = 0;
      for (const { folder } of modelsOf(database).models) {
        const files = filesOf(dataFolder, folder);
        if (!files) continue;
        bytes += files.reduce((sum, [, content]) => sum + content.length, 0);
        if (bytes > MOST_BYTES) return;
        database.exec(TABLE);
        const insert = database.prepare('INSERT INTO carried_models VALUES (?, ?, ?)');
        for (const [name, content] of files) insert.run(folder, name, content);
      }
    })();
  } finally {
    database.close();
  }
}

const carries = (staged: Database): boolean =>
  staged.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'carried_models'").get() !== undefined;

/**
 * Writes the files of models that a backup carries into the data folder, where they are missing or other than the backup's; then the staged gradebook is one
 * like any other. A model's files never change, so one that is written although the restore does not come about does no harm.
 */
export function bringModels(staged: Database, dataFolder: string): void {
  if (!carries(staged)) return;
  const rows = staged.prepare('SELECT folder, name, content FROM carried_models ORDER BY folder, name DESC').all() as {
    folder: string;
    name: string;
    content: Buffer;
  }[];
  for (const { folder, name, content } of rows) {
    if (!FOLDER.test(folder) || !(FILES as readonly string[]).includes(name)) continue;
    const place = path.join(dataFolder, folder);
    const file = path.join(place, name);
    if (existsSync(file) && readFileSync(file).equals(content)) continue;
    mkdirSync(place, { recursive: true });
    writeFileSync(`${file}.new`, content);
    settle(`${file}.new`);
    renameSync(`${file}.new`, file);
    settleFolder(place);
  }
  staged.exec('DROP TABLE carried_models');
}

/** The model that a backup's gradebook uses, null for the starter, and whether a restore finds its files: in the backup, or in the data folder. */
export function modelInUse(
  staged: Database,
  dataFolder: string,
): { readonly trainedAt: number; readonly inBackup: boolean; readonly here: boolean } | null {
  const { inUse, models } = modelsOf(staged);
  const model = models.find(({ id }) => id === inUse);
  if (!model) return null;
  const found = carries(staged)
    ? (staged.prepare('SELECT count(*) FROM carried_models WHERE folder = ?').pluck().get(model.folder) as number)
    : 0;
  return {
    trainedAt: model.trained_at,
    inBackup: found === FILES.length,
    here: filesOf(dataFolder, model.folder) !== undefined,
  };
}
