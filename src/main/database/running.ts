import type { Database } from 'better-sqlite3';
import { isAlive } from '../processes/alive.ts';

/** What is left of a mark of work under way when its process is gone. */
export interface Interruption {
  readonly code: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

export function markRunning(
  database: Database,
  kind: string,
  detail: Readonly<Record<string, string | number>>,
  at: number,
): number {
  return Number(
    database
      .prepare('INSERT INTO running (kind, process, detail, started_at) VALUES (?, ?, ?, ?)')
      .run(kind, process.pid, JSON.stringify(detail), at).lastInsertRowid,
  );
}

export function clearRunning(database: Database, mark: number): void {
  database.prepare('DELETE FROM running WHERE id = ?').run(mark);
}

/** What was interrupted by the end of its process; each is told once. Codes: interrupted-import, interrupted-undo, interrupted-train. */
export function takeInterruptions(database: Database): Interruption[] {
  const rows = database.prepare('SELECT id, kind, process, detail FROM running ORDER BY id').all() as {
    id: number;
    kind: string;
    process: number;
    detail: string;
  }[];
  const dead = rows.filter((row) => !isAlive(row.process));
  for (const row of dead) clearRunning(database, row.id);
  return dead.map((row) => ({
    code: `interrupted-${row.kind}`,
    detail: JSON.parse(row.detail) as Record<string, string | number>,
  }));
}
