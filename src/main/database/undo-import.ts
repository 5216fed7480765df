import type { Database } from 'better-sqlite3';
import { PathlightError } from '../../shared/errors.ts';
import { EDIT_FORMAT } from './grid-journal.ts';
import { undoEdit } from './grid-undo.ts';
import { sweep } from './sweep.ts';
import { takeBack } from './take-back.ts';

export interface UndoneImport {
  readonly removed: number;
  readonly restored: number;
  readonly kept: readonly { readonly what: string; readonly reason: string }[];
}

/**
 * Takes an import, a change of the course or an edit of the grid back, as if it had never been: values that it changed get their old value again, rows
 * that it brought are removed. What something later has changed since, or rests on, stays and is named: nothing later is ever overwritten, and it
 * goes when that is undone too. What a later file only repeats goes with the import that brought it. The caller holds the transaction.
 * @throws PathlightError `no-such-import`, `already-undone`
 */
export function undoImport(database: Database, importId: string, at: number, onRows?: (done: number) => void): UndoneImport {
  const record = database.prepare('SELECT number, file, format, undone_at FROM imports WHERE id = ?').get(importId) as
    { number: number; file: string; format: string; undone_at: number | null } | undefined;
  if (!record)
    throw new PathlightError('no-such-import', `There is no import "${importId}". The list of imports names them.`, {
      import: importId,
    });
  if (record.undone_at !== null)
    throw new PathlightError('already-undone', `The import of ${record.file} was undone already; nothing was changed.`, {
      file: record.file,
    });
  if (record.format === EDIT_FORMAT) {
    const edit = undoEdit(database, record.number, at);
    const kept = edit.kept.map(({ student, column, reason }) => ({ what: `cell ${student} / ${column}`, reason }));
    return { removed: 0, restored: edit.changed, kept };
  }
  database.prepare('UPDATE imports SET undone_at = ? WHERE number = ?').run(at, record.number);
  const kept = new Map<string, string>();
  /** What a row is called in a report: ids only, no names. */
  const keep = (entity: string, key: readonly (string | number)[], reason: string): void => {
    const what = `${entity} ${key.join(' / ')}`;
    if (!kept.has(what)) kept.set(what, reason);
  };
  let restored = 0;
  takeBack(database, record.number, ({ entity, key }, reason) => {
    if (reason === undefined) restored++;
    else keep(entity, key, reason);
  });
  onRows?.(0);
  const removed = sweep(database, record.number, keep);
  return { removed, restored, kept: [...kept].map(([what, reason]) => ({ what, reason })) };
}
