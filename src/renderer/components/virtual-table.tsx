import { useDeferredValue, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { Cell, Checkbox, Column, Row, Table, TableBody, TableHeader, TableLayout, Virtualizer } from 'react-aria-components';
import type { SortDescriptor } from 'react-aria-components';

export interface VirtualColumn<Item> {
  readonly id: string;
  readonly title: string;
  readonly cell: (item: Item) => ReactNode;
  /** What a row is found by when its first letters are typed; of the first column. */
  readonly text?: (item: Item) => string;
  readonly width: `${number}fr` | number;
  readonly numeric?: boolean;
  readonly compare?: (a: Item, b: Item) => number;
}

export interface VirtualTableProperties<Item extends { readonly id: string }> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly columns: readonly VirtualColumn<Item>[];
  readonly onOpen?: (item: Item) => void;
  readonly rowHeight?: number;
  /** Lets rows be chosen, by pressing, Space, Shift and the arrows. */
  readonly selection?: {
    readonly chosen: ReadonlySet<string>;
    readonly onChange: (ids: ReadonlySet<string>) => void;
    /** Names of the boxes, for screen readers. */
    readonly label: string;
    readonly allLabel: string;
  };
}

/** A box that stands for a row's, or all rows', being chosen. */
function ChoiceBox({ label }: { readonly label: string }) {
  return (
    <Checkbox slot="selection" aria-label={label} className="choice-box">
      {({ isSelected, isIndeterminate }) => (
        <span className="choice-box-mark" aria-hidden="true">
          {isIndeterminate ? '–' : isSelected ? '✓' : ''}
        </span>
      )}
    </Checkbox>
  );
}

/**
 * Words too long for their column end in dots, and stand whole in the tooltip. Worked out only where a cell is drawn: the table asks for all its rows at once,
 * to know them.
 */
function CellContent<Item extends { readonly id: string }>({
  column,
  item,
}: {
  readonly column: VirtualColumn<Item>;
  readonly item: Item;
}) {
  const content = column.cell(item);
  return typeof content === 'string' ? (
    <span className="virtual-words" title={content}>
      {content}
    </span>
  ) : (
    content
  );
}

const HEADING_HEIGHT = 40;
/** Rows that the table is first painted with, more than fit on a screen: to know hundreds takes longer than to show these. */
const FIRST_ROWS = 60;
/** Pixels below which no column is squeezed: the table is scrolled sideways instead. */
const LEAST_WIDTH = { first: 150, other: 120 } as const;

/** A table that stays quick with hundreds of rows: only those in view exist. Sorted by pressing a column's head. */
export function VirtualTable<Item extends { readonly id: string }>(properties: VirtualTableProperties<Item>) {
  const { label, items, columns, onOpen, rowHeight = 44, selection } = properties;
  const [sort, setSort] = useState<SortDescriptor>();
  const sorted = useMemo(() => {
    const compare = columns.find(({ id }) => id === sort?.column)?.compare;
    if (sort === undefined || compare === undefined) return items;
    const sign = sort.direction === 'descending' ? -1 : 1;
    return items.toSorted((a, b) => sign * compare(a, b));
  }, [items, columns, sort]);
  const all = useDeferredValue(true, false);
  const known = useMemo(() => (all ? sorted : sorted.slice(0, FIRST_ROWS)), [sorted, all]);

  return (
    <div
      className="virtual-table"
      style={{ blockSize: `min(max(320px, 100vh - 250px), ${HEADING_HEIGHT + rowHeight * items.length + 4}px)` }}
    >
      <Virtualizer layout={TableLayout} layoutOptions={{ rowHeight, headingHeight: HEADING_HEIGHT }}>
        <Table
          className="virtual-table-scroll"
          aria-label={label}
          {...(selection === undefined
            ? { selectionMode: 'none' as const }
            : {
                selectionMode: 'multiple' as const,
                selectedKeys: [...selection.chosen].map((id) => `r ${id}`),
                onSelectionChange: (keys: 'all' | Set<string | number>) =>
                  selection.onChange(
                    new Set(keys === 'all' ? items.map(({ id }) => id) : [...keys].map((key) => String(key).slice(2))),
                  ),
              })}
          {...(sort === undefined ? {} : { sortDescriptor: sort })}
          onSortChange={setSort}
          {...(onOpen === undefined
            ? {}
            : {
                onRowAction: (key: string | number) => {
                  const item = items.find(({ id }) => `r ${id}` === key);
                  if (item !== undefined) onOpen(item);
                },
              })}
        >
          <TableHeader>
            {selection === undefined ? null : (
              <Column key="choice" id="choice" width={44} className="virtual-head" textValue={selection.allLabel}>
                <ChoiceBox label={selection.allLabel} />
              </Column>
            )}
            {columns.map((column, index) => (
              <Column
                key={column.id}
                id={column.id}
                width={column.width}
                minWidth={typeof column.width === 'number' ? column.width : index === 0 ? LEAST_WIDTH.first : LEAST_WIDTH.other}
                isRowHeader={index === 0}
                allowsSorting={column.compare !== undefined}
                className={`virtual-head ${column.numeric === true ? 'numeric' : ''}`}
              >
                {({ sortDirection }) => (
                  <>
                    {column.title}
                    <span className="sort-mark" aria-hidden="true">
                      {sortDirection === undefined ? '' : sortDirection === 'ascending' ? ' ↑' : ' ↓'}
                    </span>
                  </>
                )}
              </Column>
            ))}
          </TableHeader>
          <TableBody items={known} dependencies={[columns]}>
            {(item) => (
              <Row id={`r ${item.id}`} className={`virtual-row ${onOpen === undefined ? '' : 'virtual-row-open'}`}>
                {selection === undefined ? null : (
                  <Cell key="choice" className="virtual-cell">
                    <ChoiceBox label={selection.label} />
                  </Cell>
                )}
                {columns.map((column, index) => (
                  <Cell
                    key={column.id}
                    className={`virtual-cell ${column.numeric === true ? 'numeric' : ''}`}
                    {...(index > 0 || column.text === undefined ? {} : { textValue: column.text(item) })}
                  >
                    <CellContent column={column} item={item} />
                  </Cell>
                ))}
              </Row>
            )}
          </TableBody>
        </Table>
      </Virtualizer>
    </div>
  );
}
