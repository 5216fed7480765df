import type { ImportFormat } from '../../../../shared/contract/imports.ts';
import type { ContentBuilder } from '../content.ts';
import { parseDate } from '../dates.ts';
import type { Parcel, Sheet } from '../source/parcel.ts';
import { parseNumber, plain, sensitiveKind, words } from '../values.ts';
import { Header, meaningsOf } from './format.ts';
import type { Format, Recognition } from './format.ts';
import { readMark } from './marks.ts';

/*
 * OneRoster CSV (1EdTech), versions 1.1 and 1.2: a zip with its files at the root, or one of its files. Header names are camel case and
 * fixed; lists stand in one quoted cell; status and dateLastModified may be blank in bulk files; `tobedeleted` rows are gone.
 * demographics.csv is never opened.
 */
const FILES: Readonly<Record<string, readonly string[]>> = {
  users: ['sourcedid', 'username', 'givenname', 'familyname'],
  enrollments: ['sourcedid', 'classsourcedid', 'usersourcedid', 'role'],
  classes: ['sourcedid', 'title', 'coursesourcedid'],
  courses: ['sourcedid', 'title', 'coursecode'],
  lineItems: ['sourcedid', 'title', 'classsourcedid', 'resultvaluemax'],
  results: ['sourcedid', 'lineitemsourcedid', 'studentsourcedid', 'score'],
  roles: ['sourcedid', 'usersourcedid', 'role', 'roletype'],
};

interface Table {
  readonly sheet: Sheet;
  readonly header: Header;
}

function tablesOf(parcel: Parcel): Map<string, Table> {
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
function versionOf(parcel: Parcel, tables: ReadonlyMap<string, Table>): string {
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
const usersAreChanges = (parcel: Parcel): boolean =>
  parcel.sheets.some(({ head }) =>
    head.some(({ cells }) => plain(cells[0] ?? '') === 'file.users' && plain(cells[1] ?? '') === 'delta'),
  );

const oneroster = (name: ImportFormat & `oneroster-${string}`): Format => ({
  name,
  readsAllTables: true,

  recognise(parcel): Recognition | undefined {
    const tables = tablesOf(parcel);
    const table = tables.get('users') ?? tables.get('results') ?? [...tables.values()][0];
    if (!table) return undefined;
    const manifest = parcel.sheets.some((sheet) => /^manifest\.csv$/i.test(sheet.name));
    if (!manifest && !table.header.plain.some((cell) => cell === 'datelastmodified' || cell === 'status') && tables.size < 2)
      return undefined;
    const version = versionOf(parcel, tables);
    if ((version.startsWith('1.2') ? 'oneroster-1.2' : 'oneroster-1.1') !== name) return undefined;
    const names = parcel.sheets.map((sheet) => sheet.name).filter((each) => each !== '');
    return {
      format: name,
      certainty: manifest ? 0.99 : 0.9,
      because: { code: manifest ? 'oneroster' : 'oneroster-file', detail: { version, files: names.join(', ') } },
      sheet: table.sheet,
      header: table.sheet.head[0]!,
      meanings: meaningsOf({
        platform_id: table.header.find('sourcedid', 'studentsourcedid'),
        student: table.header.find('identifier'),
        login: table.header.find('username'),
        given_name: table.header.find('givenname'),
        family_name: table.header.find('familyname'),
        email: table.header.find('email'),
        grade: table.header.find('grades'),
      }),
    };
  },

  read(parcel, _recognition, into) {
    const tables = tablesOf(parcel);
    for (const { header } of tables.values())
      for (const cell of header.cells) {
        const kind = sensitiveKind(cell.replaceAll(/([a-z])([A-Z])/g, '$1 $2'));
        if (kind !== undefined) into.ignore(cell, `sensitive.${kind}`);
      }
    if (parcel.sheets.some((sheet) => /^demographics\.csv$/i.test(sheet.name)))
      into.ignore('demographics.csv', 'sensitive.ethnicity');
    readClasses(tables, into);
    const { students, left } = readUsers(tables, into);
    const whole = tables.has('users') && !usersAreChanges(parcel);
    readEnrollments(tables, students, left, whole, into);
    readResults(tables, students, left, whole, into);
  },
});

export const oneroster11 = oneroster('oneroster-1.1');
export const oneroster12 = oneroster('oneroster-1.2');

type Cell = (name: string) => string;

/** @param gone told of each row that is to be deleted */
function eachRow(
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
const list = (cell: string): string[] =>
  cell
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function readClasses(tables: ReadonlyMap<string, Table>, into: ContentBuilder): void {
  eachRow(tables.get('classes'), into, (cell) => into.schoolClass(cell('sourcedid'), cell('title') || cell('classcode')));
}

/** Index of each student by sourcedId; `left` are those left out: teachers, parents, and whoever is to be deleted. */
function readUsers(
  tables: ReadonlyMap<string, Table>,
  into: ContentBuilder,
): { readonly students: Map<string, number>; readonly left: ReadonlySet<string> } {
  const byRole = new Set<string>();
  eachRow(tables.get('roles'), into, (cell) => {
    if (isStudent(cell('role'))) byRole.add(cell('usersourcedid'));
  });
  const enrolled = new Set<string>();
  eachRow(tables.get('enrollments'), into, (cell) => {
    if (isStudent(cell('role'))) enrolled.add(cell('usersourcedid'));
  });
  const students = new Map<string, number>();
  const left = new Set<string>();
  const leave = (cell: Cell): unknown => left.add(cell('sourcedid'));
  const take = (cell: Cell, line: number): void => {
    const id = cell('sourcedid');
    const role = cell('role');
    const is = role !== '' ? isStudent(role) : tables.has('roles') ? byRole.has(id) : enrolled.size === 0 || enrolled.has(id);
    if (!is) {
      leave(cell);
      return into.count('staff-rows', 'rows');
    }
    const login = cell('username').toLowerCase();
    students.set(
      id,
      into.student(
        line,
        [
          { kind: 'oneroster', value: id },
          { kind: 'id', value: cell('identifier') },
          { kind: 'email', value: cell('email').toLowerCase() },
          { kind: login.includes('@') ? 'email' : 'login', value: login },
        ],
        {
          givenName: cell('preferredgivenname') || cell('givenname'),
          familyName: cell('preferredfamilyname') || cell('familyname'),
          grade: list(cell('grades'))[0] ?? '',
        },
      ),
    );
  };
  eachRow(tables.get('users'), into, take, leave);
  return { students, left };
}

const isStudent = (role: string): boolean => /^(student|learner|pupil)$/i.test(role);

function readEnrollments(
  tables: ReadonlyMap<string, Table>,
  students: Map<string, number>,
  left: ReadonlySet<string>,
  whole: boolean,
  into: ContentBuilder,
): void {
  eachRow(tables.get('enrollments'), into, (cell, line) => {
    if (!isStudent(cell('role'))) return;
    const id = cell('usersourcedid');
    let student = students.get(id);
    // Enrolments may come in a file of their own; a user beside them who is no student was left out on purpose.
    if (student === undefined) {
      if (left.has(id)) return;
      if (whole) return into.count('unknown-students', 'rows');
      student = into.student(line, [{ kind: 'oneroster', value: id }]);
      students.set(id, student);
    }
    into.enrol(student, cell('classsourcedid'));
  });
}

function readResults(
  tables: ReadonlyMap<string, Table>,
  students: Map<string, number>,
  left: ReadonlySet<string>,
  whole: boolean,
  into: ContentBuilder,
): void {
  const items = new Map<string, { assignment: number; possible: number | null }>();
  const gone = new Set<string>();
  /** Without points nothing is said of what was learned. */
  const unmarked = new Set<string>();
  const takeItem = (cell: Cell): void => {
    const said = parseNumber(cell('resultvaluemax'), '.');
    if (said === 0) {
      unmarked.add(cell('sourcedid'));
      return into.ignore(cell('title') || cell('sourcedid'), 'no-points');
    }
    const dueAt = parseDate(cell('duedate') || cell('assigndate'));
    const possible = said > 0 ? said : null;
    items.set(cell('sourcedid'), {
      assignment: into.assignment({
        sourceId: cell('sourcedid'),
        title: cell('title') || cell('sourcedid'),
        possible,
        dueAt: Number.isFinite(dueAt) ? dueAt : null,
      }),
      possible,
    });
  };
  eachRow(tables.get('lineItems'), into, takeItem, (cell) => gone.add(cell('sourcedid')));
  eachRow(tables.get('results'), into, (cell, line) => {
    const id = cell('studentsourcedid');
    const itemId = cell('lineitemsourcedid');
    // A result of whoever or whatever is to be deleted goes with it.
    if (left.has(id) || gone.has(itemId)) return into.count('deleted-rows', 'rows');
    if (unmarked.has(itemId)) return;
    let student = students.get(id);
    if (student === undefined && whole) return into.count('unknown-students', 'rows');
    if (student === undefined) students.set(id, (student = into.student(line, [{ kind: 'oneroster', value: id }])));
    let item = items.get(itemId);
    if (!item)
      items.set(
        itemId,
        (item = {
          assignment: into.assignment({ sourceId: itemId, title: itemId, possible: null, dueAt: null }),
          possible: null,
        }),
      );
    const state = cell('scorestatus').toLowerCase();
    const at = parseDate(cell('scoredate'));
    const markedAt = Number.isFinite(at) ? at : null;
    if (state === 'exempt') return into.mark(line, student, item.assignment, null, 'excused', markedAt);
    if (state === 'not submitted' || (/^true$/i.test(cell('missing')) && cell('score') === ''))
      return into.mark(line, student, item.assignment, null, 'missing', markedAt);
    const mark = readMark(cell('score'), item.possible, '.', 'score');
    // Version 1.2 has a column for it; in 1.1 only the comment can say so.
    const late = /^true$/i.test(cell('late')) || /^late$/i.test(cell('comment'));
    if (mark)
      into.mark(line, student, item.assignment, mark.points, late && mark.points !== null ? 'late' : mark.status, markedAt);
  });
}
