import Sqlite from 'better-sqlite3';

/** Every row of every table, in the order of their keys, but for marks of running work and the revision, which a restore raises. */
export function wholeContent(file: string): string {
  const database = new Sqlite(file, { readonly: true });
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('running') ORDER BY name")
      .pluck()
      .all() as string[];
    return JSON.stringify(
      tables.map((table) => {
        const where = table === 'settings' ? "WHERE name <> 'revision'" : '';
        const rows = database.prepare(`SELECT * FROM ${table} ${where}`).raw().all();
        return [table, rows.map((row) => JSON.stringify(row)).sort()];
      }),
    );
  } finally {
    database.close();
  }
}
