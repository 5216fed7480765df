import type { Database } from 'better-sqlite3';
import type { EditNote, StepOutcome } from '../../shared/contract/gradebook.ts';
import { PathlightError } from '../../shared/errors.ts';
import { viewOf } from './grid-edit.ts';
import { EDIT_FORMAT } from './grid-journal.ts';
import { sweep } from './sweep.ts';
import { sayAgain, takeBack } from './take-back.ts';
import type { OnValue } from './take-back.ts';

interface EditRow {
  readonly number: number;
  readonly created_at: number;
}

/** The newest edit that stands: what undo takes back. */
const toUndo = (database: Database): EditRow | undefined =>
  database
    .prepare('SELECT number, created_at FROM imports WHERE format = ? AND undone_at IS NULL ORDER BY number DESC LIMIT 1')
    .get(EDIT_FORMAT) as EditRow | undefined;

/** Of the edits taken back after which none stands, the one taken back last: what redo makes again. A new edit leaves nothing to redo. */
const toRedo = (database: Database): EditRow | undefined =>
  database
    .prepare(
      `SELECT number, created_at FROM imports WHERE format = @format AND undone_at IS NOT NULL
       AND number > coalesce((SELECT max(number) FROM imports WHERE format = @format AND undone_at IS NULL), 0) ORDER BY undone_at DESC, number LIMIT 1`,
    )
    .get({ format: EDIT_FORMAT }) as EditRow | undefined;

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
  return { note: noteOf(database, edit), ...undoEdit(database, edit.number, at) };
}

/** Takes one edit back, whatever came after it; the caller holds the transaction. @throws PathlightError `no-such-edit`, `already-undone` */
export function undoOneEdit(database: Database, id: string, at: number): StepOutcome {
  const edit = database
    .prepare('SELECT number, created_at, undone_at FROM imports WHERE id = ? AND format = ?')
    .get(id, EDIT_FORMAT) as (EditRow & { readonly undone_at: number | null }) | undefined;
  if (!edit) throw new PathlightError('no-such-edit', `There is no edit "${id}". The list of edits names them.`, {});
  if (edit.undone_at !== null)
    throw new PathlightError('already-undone', 'This edit was undone already; nothing was changed.', {});
  return { note: noteOf(database, edit), ...undoEdit(database, edit.number, at) };
}

/** Makes the edit again that was taken back last; the caller holds the transaction. */
export function redoLastEdit(database: Database): StepOutcome {
  const edit = toRedo(database);
  if (!edit) return { note: null, cell: null, changed: 0, kept: [] };
  database.prepare('UPDATE imports SET undone_at = NULL WHERE number = ?').run(edit.number);
  return { note: noteOf(database, edit), ...step((onValue) => sayAgain(database, edit.number, onValue)) };
}

type CellsOutcome = Pick<StepOutcome, 'cell' | 'changed' | 'kept'>;

/**
 * Takes an edit back, the newest or one that others came after. What something later has changed stays and is named; a value whose import was taken
 * back in the meantime does not come back. The caller holds the transaction.
 */
export function undoEdit(database: Database, number: number, at: number): CellsOutcome {
  database.prepare('UPDATE imports SET undone_at = ? WHERE number = ?').run(at, number);
  const outcome = step((onValue) => takeBack(database, number, onValue));
  sweep(database, number, () => undefined);
  return outcome;
}

/** @param work does each cell's step, or says why it stays */
function step(work: (onValue: OnValue) => void): CellsOutcome {
  const kept: StepOutcome['kept'] = [];
  let changed = 0;
  let first: { readonly id: number; readonly cell: { student: string; column: string } } | undefined;
  work(({ id, entity, key, before, after }, reason) => {
    const place =
      entity === 'assignment'
        ? { student: '', column: String(key[0]) }
        : { student: String(key[0]), column: String((after ?? before)?.['question'] ?? key[1]) };
    if (reason !== undefined) {
      kept.push({ ...place, reason });
      return;
    }
    changed++;
    // The block is gone through forwards or backwards; its first cell is where the eye goes.
    if (first === undefined || id < first.id) first = { id, cell: place };
  });
  return { cell: first?.cell ?? null, changed, kept };
}
