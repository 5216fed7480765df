import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ClipboardEvent, KeyboardEvent, MouseEvent, RefObject } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { GridWindow, WhichAnswer } from '../../../shared/contract/gradebook.ts';
import { useWords } from '../../i18n/use-words.ts';
import { moveInGrid } from '../class/heat-map-window.ts';
import type { CellPosition } from '../class/heat-map-window.ts';
import type { EditorEnd } from './cell-editor.tsx';
import { formatBlock, parseBlock } from './clipboard-text.ts';
import { areaOf, cellOf, pasteArea } from './grid-data.ts';
import type { Area, CellValue } from './grid-data.ts';
import { GridHead, HEAD_HEIGHT } from './grid-head.tsx';
import { CELL_WIDTH, GridRow, NAME_WIDTH, ROW_HEIGHT } from './grid-row.tsx';
import type { Editing } from './grid-row.tsx';
import type { CellWords } from './use-cell-words.ts';
import { useKeptTyping } from './use-kept-typing.ts';
import { useStableItems, wholeSteps } from './use-stable-items.ts';
import { cellKey, studentOf } from './use-grid-editing.ts';
import type { GridSnapshot } from './window-store.ts';

export interface Selection {
  readonly active: CellPosition;
  readonly anchor: CellPosition;
}

export interface GridProperties {
  /** Tells the grids apart. */
  readonly name: string;
  readonly label: string;
  readonly head: GridWindow;
  readonly rows: GridSnapshot;
  readonly which: WhichAnswer;
  readonly words: CellWords;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  readonly onRange: (first: number, last: number) => void;
  readonly pending: ReadonlyMap<string, string>;
  /** Sets cells to texts; [rows][columns] of the area, one text for all of them where it is one. */
  readonly onWrite: (area: Area, texts: readonly (readonly string[])[]) => void;
  readonly onTooLarge: (block: readonly (readonly string[])[]) => void;
  readonly describe: (student: string, column: number, cell: CellValue | undefined) => string;
  /** Handed out so that what stands around the grid can give the focus back to it. */
  readonly scroller: RefObject<HTMLDivElement | null>;
}

/**
 * Students × columns as a grid of the ARIA pattern: one stop for the Tab key, the cursor moves within it. Names and heads stay in view; only rows and
 * columns that are in view exist.
 */
export function Grid(properties: GridProperties) {
  const { head, rows, which, words, selection, onSelect, onRange, pending, onWrite, scroller } = properties;
  const { t } = useWords();
  const id = useId();
  const [editing, setEditing] = useState<Editing>();
  const { active, anchor } = selection;
  const area = areaOf(active, anchor);
  const { columns, total } = head;
  const onFound = useCallback((at: CellPosition) => onSelect({ active: at, anchor: at }), [onSelect]);
  const keep = useKeptTyping({ name: properties.name, columns, rows, onFound, onOpen: setEditing });
  const begin = (next: Editing) => {
    setEditing(next);
    keep(next);
  };
  const down = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    rangeExtractor: wholeSteps,
    useFlushSync: false,
  });
  const across = useVirtualizer({
    horizontal: true,
    count: columns.ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => CELL_WIDTH,
    rangeExtractor: wholeSteps,
    useFlushSync: false,
  });
  const shownRows = useStableItems(down.getVirtualItems());
  const shownColumns = useStableItems(across.getVirtualItems());
  const [firstRow, lastRow] = [shownRows[0]?.index ?? 0, shownRows.at(-1)?.index ?? 0];
  useEffect(() => onRange(firstRow, lastRow), [onRange, firstRow, lastRow]);

  // Rows in which nothing is being written need not know.
  const waiting = useMemo(() => new Set([...pending.keys()].map(studentOf)), [pending]);

  const show = useCallback(
    (cell: CellPosition) => {
      const element = scroller.current;
      if (element === null) return;
      const [top, left] = [cell.row * ROW_HEIGHT, cell.column * CELL_WIDTH];
      const [height, width] = [element.clientHeight - HEAD_HEIGHT, element.clientWidth - NAME_WIDTH];
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + ROW_HEIGHT > element.scrollTop + height) element.scrollTop = top + ROW_HEIGHT - height;
      if (left < element.scrollLeft) element.scrollLeft = left;
      else if (left + CELL_WIDTH > element.scrollLeft + width) element.scrollLeft = left + CELL_WIDTH - width;
    },
    [scroller],
  );
  // Before it is painted: the cursor and its cell come into view in one frame.
  useLayoutEffect(() => show(active), [show, active]);

  const select = (to: CellPosition, extend: boolean) => onSelect({ active: to, anchor: extend ? anchor : to });
  const cellAt = ({ row, column }: CellPosition): CellValue | undefined => {
    const student = rows.row(row);
    return student && cellOf(student.cells, student.row, column, columns.possible[column] ?? null, which);
  };
  const typedAt = (at: CellPosition): string => {
    const student = rows.row(at.row);
    const waiting = student && pending.get(cellKey(student.id, columns.ids[at.column]!));
    return waiting ?? words.typed(cellAt(at));
  };

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || editing !== undefined || columns.ids.length === 0) return;
    const control = event.ctrlKey || event.metaKey;
    if (event.key === 'F2' || (event.key === 'Enter' && !control)) {
      event.preventDefault();
      begin({ ...active, text: typedAt(active), replaces: false });
      return;
    }
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      onWrite(area, [['']]);
      return;
    }
    if (event.key === 'Escape' && (area.top !== area.bottom || area.left !== area.right)) {
      onSelect({ active, anchor: active });
      return;
    }
    if ([...event.key].length === 1 && event.key !== ' ' && !control && !event.altKey) {
      event.preventDefault();
      begin({ ...active, text: event.key, replaces: true });
      return;
    }
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD_HEIGHT) / ROW_HEIGHT) - 1);
    const next = moveInGrid(active, event.key, control, total, columns.ids.length, page);
    if (next === undefined) return;
    event.preventDefault();
    select(next, event.shiftKey);
  }

  const latest = useRef({ editing, onWrite, onSelect, keep });
  latest.current = { editing, onWrite, onSelect, keep };
  const onType = useCallback((text: string) => {
    const { editing: at, keep: keepTyping } = latest.current;
    if (at !== undefined) keepTyping({ ...at, text });
  }, []);
  const onEnd = useCallback(
    (end: EditorEnd) => {
      // A click on another cell has moved the cursor before the field lost the focus.
      const { editing: at, onWrite: write, onSelect: move } = latest.current;
      setEditing(undefined);
      latest.current.keep(undefined);
      if (at === undefined) return;
      if (end.text === null || end.move !== 'stay') scroller.current?.focus({ preventScroll: true });
      if (end.text === null) return;
      write(areaOf(at, at), [[end.text]]);
      const key = { down: 'ArrowDown', up: 'ArrowUp', right: 'ArrowRight', left: 'ArrowLeft', stay: '' }[end.move];
      const next = moveInGrid(at, key, false, total, columns.ids.length, 1);
      if (next !== undefined) move({ active: next, anchor: next });
    },
    [scroller, total, columns.ids.length],
  );

  function onCopy(event: ClipboardEvent) {
    if (editing !== undefined) return;
    event.preventDefault();
    const block: string[][] = [];
    for (let row = area.top; row <= area.bottom; row++) {
      const cells: string[] = [];
      for (let column = area.left; column <= area.right; column++) cells.push(typedAt({ row, column }));
      block.push(cells);
    }
    event.clipboardData.setData('text/plain', formatBlock(block));
  }

  function onPaste(event: ClipboardEvent) {
    if (editing !== undefined || columns.ids.length === 0) return;
    event.preventDefault();
    const block = parseBlock(event.clipboardData.getData('text/plain'));
    const to = pasteArea(block, area, total, columns.ids.length);
    if (to === undefined) properties.onTooLarge(block);
    else {
      onWrite(to, block);
      onSelect({ active: { row: to.top, column: to.left }, anchor: { row: to.bottom, column: to.right } });
    }
  }

  const positionOf = (event: MouseEvent): CellPosition | undefined => {
    const element = (event.target as Element).closest<HTMLElement>('[data-row]');
    return element === null ? undefined : { row: Number(element.dataset['row']), column: Number(element.dataset['column']) };
  };

  return (
    <div
      ref={scroller}
      className="grid"
      role="grid"
      tabIndex={0}
      aria-label={properties.label}
      aria-multiselectable="true"
      aria-rowcount={total + 1}
      aria-colcount={columns.ids.length + 1}
      aria-activedescendant={total === 0 || columns.ids.length === 0 ? undefined : `${id}-${active.row}-${active.column}`}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
      onPaste={onPaste}
      onMouseDown={(event) => {
        const at = positionOf(event);
        if (at === undefined || event.button !== 0 || (event.target as Element).closest('input') !== null) return;
        select(at, event.shiftKey);
      }}
      onDoubleClick={(event) => {
        const at = positionOf(event);
        if (at !== undefined && editing === undefined) begin({ ...at, text: typedAt(at), replaces: false });
      }}
    >
      <div
        className="grid-plane"
        role="presentation"
        style={{ inlineSize: NAME_WIDTH + columns.ids.length * CELL_WIDTH, blockSize: HEAD_HEIGHT + total * ROW_HEIGHT }}
      >
        <GridHead columns={columns} shown={shownColumns} active={active.column} />
        <div className="grid-rows" role="rowgroup" style={{ insetBlockStart: HEAD_HEIGHT }}>
          {shownRows.map((item) => {
            const inArea = item.index >= area.top && item.index <= area.bottom;
            return (
              <GridRow
                key={item.key}
                grid={id}
                index={item.index}
                top={item.start}
                row={rows.row(item.index)}
                columns={columns}
                shown={shownColumns}
                which={which}
                active={item.index === active.row ? active.column : -1}
                selectedFrom={inArea ? area.left : -1}
                selectedTo={inArea ? area.right : -1}
                editing={item.index === editing?.row ? editing : undefined}
                pending={waiting.has(rows.row(item.index)?.id ?? '') ? pending : undefined}
                words={words}
                loading={t('app.loading')}
                describe={properties.describe}
                onEnd={onEnd}
                onType={onType}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
