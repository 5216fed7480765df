import type { ContentBuilder } from '../content.ts';
import type { Parcel, Sheet } from '../source/parcel.ts';
import { plain, words } from '../values.ts';
import { Header } from './format.ts';

/** The tables of OneRoster by the columns that each must have. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  users: ['sourcedid', 'username', 'givenname', 'familyname'],
  enrollments: ['sourcedid', 'classsourcedid', 'usersourcedid', 'role'],
  classes: ['sourcedid', 'title', 'coursesourcedid'],
  courses: ['sourcedid', 'title', 'coursecode'],
  lineItems: ['sourcedid', 'title', 'classsourcedid', 'resultvaluemax'],
  results: ['sourcedid', 'lineitemsourcedid', 'studentsourcedid', 'score'],
  roles: ['sourcedid', 'usersourcedid', 'role', 'roletype'],
};

export interface Table {
  readonly sheet: Sheet;
  readonly header: Header;
}

export function tablesOf(parcel: Parcel): Map<string, Table> {
  const tables = new Map<string, Table>();
  for (const sheet of parcel.sheets) {
    const first = sheet.head[0];
    if (!first) continue;
    const header = new Header(first.cells);
    for (const [name, columns] of Object.entries(FILES))
      if (columns.every((column) => header.has(column)) && !tables.has(name)) {
        tables.set(name, { sheet, header });
        break;
      }
  }
  return tables;
}

/** Version by the manifest, else by where a user's role stands. */
export function versionOf(parcel: Parcel, tables: ReadonlyMap<string, Table>): string {
  for (const sheet of parcel.sheets)
    for (const { cells } of sheet.head) if (plain(cells[0] ?? '') === 'oneroster.version') return words(cells[1] ?? '');
  if (tables.has('roles')) return '1.2';
  const users = tables.get('users');
  return users &&
    (users.header.has('usermasteridentifier') || users.header.has('primaryorgsourcedid') || !users.header.has('role'))
    ? '1.2'
    : '1.1';
}

/** Whether users.csv holds only those who changed: whoever it lacks may be known from an earlier file. */
export const usersAreChanges = (parcel: Parcel): boolean =>
  parcel.sheets.some(({ head }) =>
    head.some(({ cells }) => plain(cells[0] ?? '') === 'file.users' && plain(cells[1] ?? '') === 'delta'),
  );

export type Cell = (name: string) => string;

/** @param gone told of each row that is to be deleted */
export function eachRow(
  table: Table | undefined,
  into: ContentBuilder,
  visit: (cell: Cell, line: number) => void,
  gone: (cell: Cell) => void = () => undefined,
): void {
  if (!table) return;
  const columns = new Map(table.header.plain.map((name, index) => [name, index]));
  table.sheet.rows((cells, line) => {
    if (line === table.sheet.head[0]!.line) return;
    const cell: Cell = (name) => words(cells[columns.get(name) ?? -1] ?? '');
    if (/^(tobedeleted|deleted|inactive)$/i.test(cell('status'))) {
      gone(cell);
      return into.count('deleted-rows', 'rows');
    }
    into.row(line, () => visit(cell, line));
  });
}

/** Lists stand in one cell. */
export const list = (cell: string): string[] =>
  cell
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
