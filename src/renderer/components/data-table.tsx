import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  readonly numeric?: boolean;
}

export interface DataTableProperties<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row, index: number) => string | number;
}

/** Plain rows and columns to read; nothing in it can be chosen. */
export function DataTable<Row>({ label, columns, rows, rowKey }: DataTableProperties<Row>) {
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label={label}>
      <table className="table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" className={column.numeric === true ? 'numeric' : undefined}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={rowKey(row, index)}>
              {columns.map((column) => (
                <td key={column.title} className={column.numeric === true ? 'numeric' : undefined}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The numbers under a chart. */
export function ChartTable<Row>(properties: DataTableProperties<Row>) {
  const { t } = useWords();
  return (
    <details className="chart-table">
      <summary>{t('app.table')}</summary>
      <DataTable {...properties} />
    </details>
  );
}
