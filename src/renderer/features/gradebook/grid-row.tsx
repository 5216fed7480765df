import { memo } from 'react';
import type { CSSProperties } from 'react';
import type { VirtualItem } from '@tanstack/react-virtual';
import type { GridWindow, WhichAnswer } from '../../../shared/contract/gradebook.ts';
import { placeHash } from '../../routing/place.ts';
import { CellEditor } from './cell-editor.tsx';
import type { EditorEnd } from './cell-editor.tsx';
import { cellOf, shareOf } from './grid-data.ts';
import type { CellValue } from './grid-data.ts';
import type { CellWords } from './use-cell-words.ts';
import { cellKey } from './use-grid-editing.ts';
import type { GridRow as Row } from './window-store.ts';

export const ROW_HEIGHT = 34;
export const NAME_WIDTH = 200;
export const CELL_WIDTH = 108;

/** What is being typed into a cell. */
export interface Editing {
  readonly row: number;
  readonly column: number;
  readonly text: string;
  /** True where typing began it: the text is then the first letter, and the old value is gone. */
  readonly replaces: boolean;
}

export interface GridRowProperties {
  readonly grid: string;
  readonly index: number;
  readonly top: number;
  /** Undefined while it is being read. */
  readonly row: Row | undefined;
  readonly columns: GridWindow['columns'];
  readonly shown: readonly VirtualItem[];
  readonly which: WhichAnswer;
  /** The column under the cursor, or −1. */
  readonly active: number;
  /** Selected columns of this row; −1 where none is. */
  readonly selectedFrom: number;
  readonly selectedTo: number;
  readonly editing: Editing | undefined;
  readonly pending: ReadonlyMap<string, string> | undefined;
  readonly words: CellWords;
  readonly loading: string;
  readonly describe: (student: string, column: number, cell: CellValue | undefined) => string;
  readonly onEnd: (end: EditorEnd) => void;
  readonly onType: (text: string) => void;
}

function CellContent({
  cell,
  possible,
  words,
}: {
  readonly cell: CellValue;
  readonly possible: number | null;
  readonly words: CellWords;
}) {
  const share = shareOf(cell, possible);
  // The cell's label says all of it in a sentence; what stands beside the value is drawn from an attribute, for the label has it in other words.
  return (
    <span className="grid-content" aria-hidden="true">
      {share === undefined ? null : <span className="grid-pie" style={{ '--share': `${100 * share}%` } as CSSProperties} />}
      <span className={share === undefined ? 'grid-state' : 'grid-points'}>{words.short(cell)}</span>
      {cell.kind === 'mark' && 'late' in cell && cell.late ? <span className="grid-note" data-note={words.late} /> : null}
      {cell.kind === 'answer' && cell.count > 1 ? <span className="grid-note" data-note={`×${cell.count}`} /> : null}
    </span>
  );
}

interface GridCellProperties extends Pick<
  GridRowProperties,
  'grid' | 'index' | 'row' | 'columns' | 'which' | 'words' | 'describe' | 'onEnd' | 'onType'
> {
  readonly column: number;
  readonly start: number;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly editing: Editing | undefined;
  /** What stands in for the value while it is being written. */
  readonly typed: string | undefined;
}

/** Drawn again only where something about the cell has changed: its sentence for a screen reader takes longer to make than the cell. */
const GridCell = memo(function GridCell(properties: GridCellProperties) {
  const { grid, index, row, column, columns, which, words, editing, typed, isActive, isSelected } = properties;
  const possible = columns.possible[column] ?? null;
  const cell = row && cellOf(row.cells, row.row, column, possible, which);
  return (
    <div
      id={`${grid}-${index}-${column}`}
      className={`grid-cell ${isActive ? 'grid-active' : ''} ${isSelected ? 'grid-selected' : ''}`}
      role="gridcell"
      aria-colindex={column + 2}
      aria-selected={isSelected || isActive}
      data-row={index}
      data-column={column}
      {...(editing !== undefined || row === undefined ? {} : { 'aria-label': properties.describe(row.name, column, cell) })}
      style={{ insetInlineStart: NAME_WIDTH + properties.start, inlineSize: CELL_WIDTH }}
    >
      {editing !== undefined ? (
        <CellEditor
          label={properties.describe(row?.name ?? '', column, cell)}
          text={editing.text}
          replaces={editing.replaces}
          onEnd={properties.onEnd}
          onType={properties.onType}
        />
      ) : typed !== undefined ? (
        <span className="grid-typed" aria-hidden="true">
          {typed}
        </span>
      ) : cell === undefined ? null : (
        <CellContent cell={cell} possible={possible} words={words} />
      )}
    </div>
  );
});

/** One student's row: the name stays at the left, of the cells only those in view exist. */
export const GridRow = memo(function GridRow(properties: GridRowProperties) {
  const { grid, index, top, row, columns, shown, which, active, selectedFrom, selectedTo, editing, pending, words } = properties;
  return (
    <div
      className="grid-row"
      role="row"
      aria-rowindex={index + 2}
      style={{ blockSize: ROW_HEIGHT, transform: `translateY(${top}px)` }}
    >
      <div className="grid-name" role="rowheader" aria-colindex={1} style={{ inlineSize: NAME_WIDTH }}>
        {row === undefined ? (
          <span className="note">{properties.loading}</span>
        ) : (
          <a href={placeHash({ screen: 'student', studentId: row.id, view: 'path' })} tabIndex={-1}>
            {row.name}
          </a>
        )}
      </div>
      {shown.map(({ key, index: column, start }) => (
        <GridCell
          key={key}
          grid={grid}
          index={index}
          row={row}
          column={column}
          columns={columns}
          start={start}
          which={which}
          isActive={column === active}
          isSelected={column >= selectedFrom && column <= selectedTo}
          editing={editing?.column === column ? editing : undefined}
          typed={row && pending?.get(cellKey(row.id, columns.ids[column]!))}
          words={words}
          describe={properties.describe}
          onEnd={properties.onEnd}
          onType={properties.onType}
        />
      ))}
    </div>
  );
});
