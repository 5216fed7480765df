import type { ContentBuilder } from '../content.ts';
import type { Parcel, Sheet } from '../source/parcel.ts';
import { sensitiveKind, words } from '../values.ts';
import { cellAt, Header, meaningsOf } from './format.ts';
import type { Format, Recognition } from './format.ts';

/*
 * Clever's SIS files: students.csv (School_id, Student_id, Student_number, State_id, Last_name, Middle_name, First_name, Grade, Gender, …),
 * sections.csv (School_id, Section_id, Teacher_id, …, Name, Section_number, Grade, Course_name, …) and enrollments.csv (School_id,
 * Section_id, Student_id), alone or together in a zip, columns in any order.
 */
type Kind = 'students' | 'sections' | 'enrollments';

function kindOf(header: Header): Kind | undefined {
  if (!header.has('school id')) return undefined;
  if (header.has('student id', 'section id')) return 'enrollments';
  if (header.has('student id') && header.count(['last name', 'first name', 'student number', 'state id']) >= 2) return 'students';
  if (header.has('section id') && header.count(['name', 'section number', 'course name', 'teacher id', 'course number']) >= 1)
    return 'sections';
  return undefined;
}

const tablesOf = (parcel: Parcel): { kind: Kind; sheet: Sheet; header: Header }[] =>
  parcel.sheets.flatMap((sheet) => {
    const header = new Header(sheet.head[0]?.cells ?? []);
    const kind = kindOf(header);
    return kind ? [{ kind, sheet, header }] : [];
  });

export const clever: Format = {
  name: 'clever',
  readsAllTables: true,

  recognise(parcel): Recognition | undefined {
    const tables = tablesOf(parcel);
    const main = tables.find(({ kind }) => kind === 'students') ?? tables[0];
    if (!main) return undefined;
    const { header } = main;
    return {
      format: 'clever',
      certainty: 0.97,
      because: {
        code: 'clever',
        detail: { columns: main.sheet.head[0]!.cells.slice(0, 4).join(', '), line: main.sheet.head[0]!.line },
      },
      sheet: main.sheet,
      header: main.sheet.head[0]!,
      meanings: meaningsOf({
        student: header.find('student number'),
        platform_id: header.find('student id'),
        family_name: header.find('last name'),
        given_name: header.find('first name'),
        email: header.find('student email'),
        login: header.find('username'),
        class: header.find('section id'),
        class_name: main.kind === 'sections' ? header.find('name') : -1,
        ...(main.kind === 'students' ? { grade: header.find('grade') } : {}),
      }),
    };
  },

  read(parcel, recognition, into) {
    const tables = tablesOf(parcel);
    for (const kind of ['sections', 'students', 'enrollments'] as const)
      for (const table of tables) {
        if (table.kind !== kind) continue;
        const columns = table.sheet === recognition.sheet ? recognition.meanings : undefined;
        table.header.cells.forEach((cell, index) => {
          const sensitive = sensitiveKind(cell);
          if (sensitive !== undefined) into.ignore(cell, `sensitive.${sensitive}`);
          else if (columns && !columns.has(index)) into.ignore(cell, 'unused');
        });
        readTable(kind, table.sheet, table.header, into);
      }
  },
};

function readTable(kind: Kind, sheet: Sheet, header: Header, into: ContentBuilder): void {
  const start = sheet.head[0]!.line;
  sheet.rows((cells, line) => {
    if (line === start) return;
    const at = (...names: string[]): string => words(cellAt(cells, header.find(...names)));
    into.row(line, () => {
      if (kind === 'sections') {
        const name = at('name') || [at('course name'), at('section number')].filter((part) => part !== '').join(' ');
        return into.schoolClass(at('section id'), name);
      }
      const login = at('username').toLowerCase();
      const student = into.student(
        line,
        [
          { kind: 'clever', value: at('student id') },
          { kind: 'id', value: at('student number') },
          { kind: 'email', value: at('student email', 'email').toLowerCase() },
          { kind: login.includes('@') ? 'email' : 'login', value: login },
        ],
        kind === 'enrollments' ? {} : { givenName: at('first name'), familyName: at('last name'), grade: at('grade') },
      );
      if (kind === 'enrollments') into.enrol(student, at('section id'));
    });
  });
}
