import { useCallback, useEffect, useRef } from 'react';
import type { GridWindow } from '../../../shared/contract/gradebook.ts';
import { readKept, writeKept } from '../../data/use-kept.ts';
import type { CellPosition } from '../class/heat-map-window.ts';
import type { Editing } from './grid-row.tsx';
import type { GridSnapshot } from './window-store.ts';

/** A cell that was being typed into, with whose and what it is: rows may have moved since. */
interface Typing extends Editing {
  readonly student: string;
  readonly item: string;
}

function isTyping(value: unknown): value is Typing {
  if (typeof value !== 'object' || value === null) return false;
  const typing = value as Partial<Record<keyof Typing, unknown>>;
  return (
    Number.isInteger(typing.row) &&
    Number.isInteger(typing.column) &&
    typeof typing.text === 'string' &&
    typeof typing.replaces === 'boolean' &&
    typeof typing.student === 'string' &&
    typeof typing.item === 'string'
  );
}

/**
 * A half-typed cell outlives a reload: the cursor goes back to it and the field opens again with what was typed.
 * @param name tells the grids apart
 * @returns keeps what is in the field now; `undefined` once the edit has ended
 */
export function useKeptTyping(options: {
  readonly name: string;
  readonly columns: GridWindow['columns'];
  readonly rows: GridSnapshot;
  readonly onFound: (at: CellPosition) => void;
  readonly onOpen: (editing: Editing) => void;
}): (editing: Editing | undefined) => void {
  const { name, columns, rows, onFound, onOpen } = options;
  const key = `gradebook.typing.${name}`;
  const waiting = useRef<{ readonly key: string; typing: Typing | undefined }>(undefined);
  if (waiting.current?.key !== key) waiting.current = { key, typing: readKept(key, isTyping) };
  useEffect(() => {
    const held = waiting.current;
    const typing = held?.typing;
    if (held === undefined || typing === undefined) return;
    const row = rows.row(typing.row);
    if (columns.ids[typing.column] !== typing.item || (row !== undefined && row.id !== typing.student)) {
      held.typing = undefined;
      writeKept(key, null);
    } else if (row === undefined) onFound(typing);
    else {
      held.typing = undefined;
      onFound(typing);
      onOpen({ row: typing.row, column: typing.column, text: typing.text, replaces: true });
    }
  }, [key, columns, rows, onFound, onOpen]);
  return useCallback(
    (editing) => {
      const student = editing && rows.row(editing.row)?.id;
      writeKept(
        key,
        editing === undefined || student === undefined ? null : { ...editing, student, item: columns.ids[editing.column] },
      );
    },
    [key, rows, columns],
  );
}
