import type { Database } from 'better-sqlite3';

/** A mapping of columns that was used once: header text → meaning. */
export interface ImportPreset {
  readonly columns: Readonly<Record<string, string>>;
  /** The file that it was made for. */
  readonly file: string;
}

/** Newest first. */
export function listPresets(database: Database): ImportPreset[] {
  const rows = database.prepare('SELECT columns, file FROM import_presets ORDER BY id DESC').all() as {
    columns: string;
    file: string;
  }[];
  return rows.map(({ columns, file }) => ({ columns: JSON.parse(columns) as Record<string, string>, file }));
}

/** Keeps a mapping, so that the next file that looks alike is read by it. */
export function keepPreset(database: Database, preset: ImportPreset, at: number): void {
  const sorted = Object.fromEntries(Object.entries(preset.columns).sort(([a], [b]) => (a < b ? -1 : 1)));
  database
    .prepare('INSERT INTO import_presets (columns, file, created_at) VALUES (?, ?, ?) ON CONFLICT (columns) DO NOTHING')
    .run(JSON.stringify(sorted), preset.file, at);
}
