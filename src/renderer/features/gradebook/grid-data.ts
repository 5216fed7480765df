import { STATUS_LETTERS } from '../../../shared/contract/gradebook.ts';
import type { GridWindow, WhichAnswer } from '../../../shared/contract/gradebook.ts';

/** What a cell of the grid holds. */
export type CellValue =
  | { readonly kind: 'mark'; readonly state: MarkState; readonly points: number; readonly late: boolean }
  | { readonly kind: 'mark'; readonly state: 'excused' | 'missing' }
  | { readonly kind: 'answer'; readonly state: MarkState; readonly correct: number; readonly count: number };
/** Nothing, a part, or all of what can be had. */
export type MarkState = 'zero' | 'part' | 'full';

/** A window's cells by row and column. [rows × columns], row by row. */
export interface DenseWindow {
  readonly columns: number;
  readonly value: Float64Array;
  readonly first: Float64Array;
  /** Number of answers, or of marks: 0 where the cell is empty. */
  readonly count: Uint16Array;
  /** Code of the status's letter; 0 for answers. */
  readonly status: Uint8Array;
}

export function dense({ studentIds, columns: { ids }, cells }: GridWindow): DenseWindow {
  const size = studentIds.length * ids.length;
  const made: DenseWindow = {
    columns: ids.length,
    value: new Float64Array(size),
    first: new Float64Array(size),
    count: new Uint16Array(size),
    status: new Uint8Array(size),
  };
  for (let index = 0; index < cells.row.length; index++) {
    const at = cells.row[index]! * ids.length + cells.column[index]!;
    made.value[at] = cells.value[index] ?? Number.NaN;
    made.first[at] = cells.first[index] ?? 0;
    made.count[at] = cells.count[index] ?? 1;
    made.status[at] = cells.status === '' ? 0 : cells.status.charCodeAt(index);
  }
  return made;
}

const EXCUSED = STATUS_LETTERS.excused.charCodeAt(0);
const MISSING = STATUS_LETTERS.missing.charCodeAt(0);
const LATE = STATUS_LETTERS.late.charCodeAt(0);

const stateOf = (share: number): MarkState => (share <= 0 ? 'zero' : share < 1 ? 'part' : 'full');

/** One cell; undefined where it is empty. @param possible points that can be had; null for answers */
export function cellOf(
  window: DenseWindow,
  row: number,
  column: number,
  possible: number | null,
  which: WhichAnswer,
): CellValue | undefined {
  const at = row * window.columns + column;
  const count = window.count[at] ?? 0;
  if (count === 0) return undefined;
  const status = window.status[at]!;
  if (possible === null) {
    const correct = which === 'first' ? window.first[at]! : window.value[at]!;
    return { kind: 'answer', state: stateOf(correct), correct, count };
  }
  if (status === EXCUSED || status === MISSING) return { kind: 'mark', state: status === EXCUSED ? 'excused' : 'missing' };
  const points = window.value[at]!;
  return { kind: 'mark', state: stateOf(points / possible), points, late: status === LATE };
}

/** How much of what can be had, 0 to 1; undefined where no points stand. */
export function shareOf(cell: CellValue, possible: number | null): number | undefined {
  if (cell.kind === 'answer') return cell.correct;
  return 'points' in cell ? Math.min(1, Math.max(0, cell.points / (possible ?? 1))) : undefined;
}

/** A rectangle of cells, both ends included. */
export interface Area {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

interface Position {
  readonly row: number;
  readonly column: number;
}

export const areaOf = (a: Position, b: Position): Area => ({
  top: Math.min(a.row, b.row),
  bottom: Math.max(a.row, b.row),
  left: Math.min(a.column, b.column),
  right: Math.max(a.column, b.column),
});

export const sizeOf = ({ top, bottom, left, right }: Area): { readonly rows: number; readonly columns: number } => ({
  rows: bottom - top + 1,
  columns: right - left + 1,
});

/**
 * Where a pasted block goes: one cell fills what is selected; a block begins at the selection's first cell. Undefined where it does not fit into
 * the grid.
 */
export function pasteArea(
  block: readonly (readonly string[])[],
  selected: Area,
  rows: number,
  columns: number,
): Area | undefined {
  const [height, width] = [block.length, Math.max(...block.map((row) => row.length))];
  if (height === 1 && width === 1) return selected;
  const area = { ...selected, bottom: selected.top + height - 1, right: selected.left + width - 1 };
  return area.bottom < rows && area.right < columns ? area : undefined;
}
