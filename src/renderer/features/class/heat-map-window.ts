/**
 * Which rows or columns are in view, with a margin on both sides so that a quick scroll finds something drawn. The range moves in steps
 * of the margin, so that most scrolling changes nothing at all.
 */
export function visibleRange(
  scroll: number,
  viewport: number,
  size: number,
  count: number,
  margin: number,
): { first: number; last: number } {
  const from = Math.floor(scroll / size / margin) * margin;
  const to = Math.ceil((scroll + viewport) / size / margin) * margin;
  const first = Math.max(0, from - margin);
  const last = Math.min(count - 1, to + margin);
  return { first, last };
}

export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads from a cell of a grid; undefined for keys that do not move. */
export function moveInGrid(
  from: CellPosition,
  key: string,
  withControl: boolean,
  rows: number,
  columns: number,
  pageRows: number,
): CellPosition | undefined {
  const at = (row: number, column: number): CellPosition => ({
    row: Math.min(rows - 1, Math.max(0, row)),
    column: Math.min(columns - 1, Math.max(0, column)),
  });
  switch (key) {
    case 'ArrowUp':
      return at(withControl ? 0 : from.row - 1, from.column);
    case 'ArrowDown':
      return at(withControl ? rows - 1 : from.row + 1, from.column);
    case 'ArrowLeft':
      return at(from.row, withControl ? 0 : from.column - 1);
    case 'ArrowRight':
      return at(from.row, withControl ? columns - 1 : from.column + 1);
    case 'Home':
      return at(withControl ? 0 : from.row, 0);
    case 'End':
      return at(withControl ? rows - 1 : from.row, columns - 1);
    case 'PageUp':
      return at(from.row - pageRows, from.column);
    case 'PageDown':
      return at(from.row + pageRows, from.column);
    default:
      return undefined;
  }
}

/** How large a mark is drawn, 0.45 to 1: the surer, the larger. `standardError` is that of a probability. */
export function certaintyScale(standardError: number, enough: boolean): number {
  const scale = Math.min(1, Math.max(0.45, 1.1 - 1.6 * standardError));
  return enough ? Math.max(0.6, scale) : Math.min(0.6, scale);
}
