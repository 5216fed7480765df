import type { Database } from 'better-sqlite3';
import type { CleaningChoices } from '../../shared/contract/import-cleaning.ts';

/** A mapping of columns that was used once: header text → meaning, and what else was said about the file. */
export interface ImportPreset {
  readonly columns: Readonly<Record<string, string>>;
  /** The file that it was made for. */
  readonly file: string;
  readonly clean?: CleaningChoices | undefined;
  readonly decimal?: '.' | ',' | undefined;
}

type Said = Pick<ImportPreset, 'clean' | 'decimal'>;

/** Newest first. */
export function listPresets(database: Database): ImportPreset[] {
  const rows = database.prepare('SELECT columns, file, said FROM import_presets ORDER BY id DESC').all() as {
    columns: string;
    file: string;
    said: string;
  }[];
  return rows.map(({ columns, file, said }) => ({
    columns: JSON.parse(columns) as Record<string, string>,
    file,
    ...(JSON.parse(said) as Said),
  }));
}

/** Keeps a mapping, so that the next file that looks alike is read by it; what is said about a known one replaces what was said before. */
export function keepPreset(database: Database, { columns, file, clean, decimal }: ImportPreset, at: number): void {
  const sorted = Object.fromEntries(Object.entries(columns).sort(([a], [b]) => (a < b ? -1 : 1)));
  database
    .prepare(
      'INSERT INTO import_presets (columns, file, said, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (columns) DO UPDATE SET said = excluded.said',
    )
    .run(JSON.stringify(sorted), file, JSON.stringify({ clean, decimal } satisfies Said), at);
}
