import type { Database } from 'better-sqlite3';
import type { EditNote, StepOutcome } from '../../shared/contract/gradebook.ts';
import type { Values } from './changes.ts';
import { viewOf } from './grid-edit.ts';
import { EDIT_FORMAT, gridValues, stillSo } from './grid-journal.ts';
import type { GridEntity, GridKey } from './grid-journal.ts';

interface EditRow {
  readonly number: number;
  readonly created_at: number;
}

interface JournalRow {
  readonly id: number;
  readonly entity: GridEntity;
  readonly key: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** The newest edit that stands: what undo takes back. */
const toUndo = (database: Database): EditRow | undefined =>
  database
    .prepare('SELECT number, created_at FROM imports WHERE format = ? AND undone_at IS NULL ORDER BY number DESC LIMIT 1')
    .get(EDIT_FORMAT) as EditRow | undefined;

/** The oldest of the edits taken back after which none stands: what redo makes again. A new edit leaves nothing to redo. */
const toRedo = (database: Database): EditRow | undefined =>
  database
    .prepare(
      `SELECT number, created_at FROM imports WHERE format = @format AND undone_at IS NOT NULL
       AND number > coalesce((SELECT max(number) FROM imports WHERE format = @format AND undone_at IS NULL), 0) ORDER BY number LIMIT 1`,
    )
    .get({ format: EDIT_FORMAT }) as EditRow | undefined;

const journalOf = (database: Database, number: number): JournalRow[] =>
  database
    .prepare('SELECT id, entity, key, before, after FROM journal WHERE import_number = ? ORDER BY id')
    .all(number) as JournalRow[];

function noteOf(database: Database, edit: EditRow | undefined): EditNote | null {
  if (!edit) return null;
  const { entity, cells } = database
    .prepare('SELECT min(entity) AS entity, count(*) AS cells FROM journal WHERE import_number = ?')
    .get(edit.number) as { entity: string; cells: number };
  return { view: viewOf(entity), cells, at: edit.created_at };
}

/** What undo and redo would do. */
export const nextSteps = (database: Database): { undo: EditNote | null; redo: EditNote | null } => ({
  undo: noteOf(database, toUndo(database)),
  redo: noteOf(database, toRedo(database)),
});

/** Takes the newest edit back; the caller holds the transaction. */
export function undoLastEdit(database: Database, at: number): StepOutcome {
  const edit = toUndo(database);
  if (!edit) return { note: null, cell: null, changed: 0, kept: [] };
  const note = noteOf(database, edit);
  const outcome = undoEdit(database, edit.number);
  database.prepare('UPDATE imports SET undone_at = ? WHERE number = ?').run(at, edit.number);
  return { note, ...outcome };
}

/** Makes the edit again that was taken back last; the caller holds the transaction. */
export function redoLastEdit(database: Database): StepOutcome {
  const edit = toRedo(database);
  if (!edit) return { note: null, cell: null, changed: 0, kept: [] };
  const note = noteOf(database, edit);
  const values = gridValues(database);
  const outcome = step(journalOf(database, edit.number), (entity, key, before, after) => {
    const of = values[entity];
    if (!stillSo(of.read(key), before)) return 'changed-since';
    if (after === null) return of.remove(key) ? undefined : 'gone';
    if (before) of.update(key, after);
    else if (!of.insert(key, after, edit.number)) return 'gone';
    return undefined;
  });
  database.prepare('UPDATE imports SET undone_at = NULL WHERE number = ?').run(edit.number);
  return { note, ...outcome };
}

/**
 * Gives every cell of an edit its value from before, where it still is what the edit made it. What something later has changed stays and is named;
 * a value whose import was taken back in the meantime does not come back. The caller holds the transaction and says that it is undone.
 */
export function undoEdit(database: Database, number: number): Pick<StepOutcome, 'cell' | 'changed' | 'kept'> {
  const values = gridValues(database);
  const stands = database.prepare('SELECT undone_at IS NULL FROM imports WHERE number = ?').pluck();
  return step(journalOf(database, number).reverse(), (entity, key, before, after) => {
    const of = values[entity];
    if (!stillSo(of.read(key), after)) return 'changed-since';
    if (before === null) return of.remove(key) ? undefined : 'used-since';
    if (after === null) {
      const brought = before['import_number'] as number;
      if (stands.get(brought) !== 1) return 'import-undone';
      return of.insert(key, before, brought) ? undefined : 'gone';
    }
    if (stands.get(of.importNumber(key)!) === 1) of.update(key, before);
    else of.remove(key);
    return undefined;
  });
}

/** @param apply does one cell's step, or says why it stays */
function step(
  rows: readonly JournalRow[],
  apply: (entity: GridEntity, key: GridKey, before: Values | null, after: Values | null) => string | undefined,
): Pick<StepOutcome, 'cell' | 'changed' | 'kept'> {
  const kept: StepOutcome['kept'] = [];
  let changed = 0;
  let first: { readonly id: number; readonly cell: { student: string; column: string } } | undefined;
  const parse = (text: string | null): Values | null => (text === null ? null : (JSON.parse(text) as Values));
  for (const row of rows) {
    const key = JSON.parse(row.key) as GridKey;
    const [before, after] = [parse(row.before), parse(row.after)];
    const reason = apply(row.entity, key, before, after);
    const place =
      row.entity === 'assignment'
        ? { student: '', column: String(key[0]) }
        : { student: String(key[0]), column: String((after ?? before)?.['question'] ?? key[1]) };
    if (reason !== undefined) kept.push({ ...place, reason });
    else {
      changed++;
      // The block is gone through forwards or backwards; its first cell is where the eye goes.
      if (first === undefined || row.id < first.id) first = { id: row.id, cell: place };
    }
  }
  return { cell: first?.cell ?? null, changed, kept };
}
