import type { Database } from 'better-sqlite3';
import type { EditedValue, PastEdit } from '../../shared/contract/gradebook.ts';
import type { Values } from './values.ts';
import { viewOf } from './grid-edit.ts';
import { EDIT_FORMAT } from './grid-journal.ts';
import { displayName } from './reader.ts';

/** Cells of one edit that are named; the others are counted. */
const NAMED = 5;

/** Edits of the grid, newest first, each with its first cells as they were and as it made them. */
export function listEdits(database: Database, most: number): { edits: PastEdit[]; total: number } {
  const name = database.prepare('SELECT given_name AS given, family_name AS family FROM students WHERE code = ?');
  const title = database.prepare('SELECT title FROM assignments WHERE code = ?').pluck();
  const cells = database.prepare(
    `SELECT entity, key, before, after, count(*) OVER () AS cells FROM journal WHERE import_number = ? ORDER BY id LIMIT ${NAMED}`,
  );
  const value = (entity: string, text: string | null): EditedValue => {
    if (text === null) return null;
    const { points = null, status = null, correct = null } = JSON.parse(text) as Values;
    return entity === 'answer'
      ? { value: Number(correct), status: null }
      : { value: points as number | null, status: status as 'scored' | 'late' | 'excused' | 'missing' };
  };
  const column = (entity: string, code: string): string =>
    entity === 'answer' ? code : ((title.get(code) as string | undefined) ?? code);
  const rows = database
    .prepare('SELECT number, id, created_at, undone_at FROM imports WHERE format = ? ORDER BY number DESC LIMIT ?')
    .all(EDIT_FORMAT, most) as { number: number; id: string; created_at: number; undone_at: number | null }[];
  const edits = rows.flatMap(({ number, id, created_at, undone_at }): PastEdit[] => {
    const first = cells.all(number) as {
      entity: string;
      key: string;
      before: string | null;
      after: string | null;
      cells: number;
    }[];
    if (first.length === 0) return [];
    const { entity } = first[0]!;
    const common = { id, at: created_at, undone: undone_at !== null, view: viewOf(entity) };
    if (entity === 'assignment')
      return [{ ...common, column: column(entity, (JSON.parse(first[0]!.key) as string[])[0]!), cells: 0, changes: [] }];
    const changes = first.map(({ key, before, after }) => {
      const [student, place] = JSON.parse(key) as [string, string | number];
      const of = JSON.parse(after ?? before!) as Values;
      const named = name.get(student) as { given: string; family: string } | undefined;
      return {
        student: { id: student, name: named ? displayName(student, named.given, named.family) : student },
        column: column(entity, String(of['question'] ?? place)),
        before: value(entity, before),
        after: value(entity, after),
      };
    });
    return [{ ...common, column: null, cells: first[0]!.cells, changes }];
  });
  const total = database.prepare('SELECT count(*) FROM imports WHERE format = ?').pluck().get(EDIT_FORMAT) as number;
  return { edits, total };
}
