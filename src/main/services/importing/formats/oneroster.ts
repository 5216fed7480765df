import type { ImportFormat } from '../../../../shared/contract/imports.ts';
import type { ContentBuilder } from '../content.ts';
import { sensitiveKind } from '../values.ts';
import { meaningsOf } from './format.ts';
import type { Format, Recognition } from './format.ts';
import { readResults } from './oneroster-results.ts';
import { eachRow, list, tablesOf, usersAreChanges, versionOf } from './oneroster-tables.ts';
import type { Cell, Table } from './oneroster-tables.ts';

/*
 * OneRoster CSV (1EdTech), versions 1.1 and 1.2: a zip with its files at the root, or one of its files. Header names are camel case and
 * fixed; lists stand in one quoted cell; status and dateLastModified may be blank in bulk files; `tobedeleted` rows are gone.
 * demographics.csv is never opened.
 */
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
      // Its numbers are written in one way; lists of grades look like numbers with commas.
      sheet: { ...table.sheet, decimal: table.sheet.decimal ?? '.' },
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
