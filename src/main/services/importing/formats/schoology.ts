import type { ContentBuilder } from '../content.ts';
import { detectDateOrder, parseDate } from '../dates.ts';
import type { Sheet } from '../source/parcel.ts';
import { parseNumber, words } from '../values.ts';
import { bodyRows, cellAt, columnOf, decimalOf, findHeader, Header, ignoreRest, meaningsOf } from './format.ts';
import type { Format, Recognition } from './format.ts';
import { addMarkColumn, holdsMarks, readMark, readMarks, saidMaximum, titleParts } from './marks.ts';
import type { MarkColumn } from './marks.ts';
import { isSummaryRow } from './summary-rows.ts';

/*
 * Schoology's gradebook as CSV: First Name, Last Name, Unique User ID, a column for each piece of work, overall grades of each period.
 * Schoology's district export of grades, one row for each mark: Unique User ID, First Name, Last Name, Email, Course Name, Course Code,
 * Department Code, Section Name, Section Code, Assignment Title, Assignment Due Date, Max Points, Grade, Grading Category, Username, …
 */
/** Grades of a marking period or of the course: "Overall", "(Q1) Overall", "T2", "S1 Exam Grade". */
const OVERALL = /\b(overall|final grade|course grade)\b|^\(?(t|q|s|mp|quarter|term|semester|trimester) ?\d\)?( grade)?$/;

/** The gradebook with a column for each piece of work. */
function recogniseWide(header: Header, sheet: Sheet): { certainty: number; meanings: Map<number, string> } | undefined {
  if (!header.has('unique user id', 'first name', 'last name') || header.has('assignment title')) return undefined;
  const meanings = meaningsOf({
    student: header.find('unique user id'),
    given_name: header.find('first name'),
    family_name: header.find('last name'),
    email: header.find('email'),
    login: header.find('username'),
    class: header.find('section name', 'section'),
  });
  const decimal = decimalOf(sheet);
  header.plain.forEach((name, index) => {
    if (name === '' || meanings.has(index) || OVERALL.test(name)) return;
    const { possible } = titleParts(words(header.cells[index]!));
    if (possible !== null || holdsMarks(columnOf(sheet, header, index), decimal)) meanings.set(index, 'mark');
  });
  return { certainty: 0.9, meanings };
}

export const schoology: Format = {
  name: 'schoology',

  recognise: (parcel) =>
    findHeader(
      parcel,
      (header, sheet) => {
        const wide = recogniseWide(header, sheet);
        if (wide) return wide;
        if (!header.has('assignment title', 'grade') || header.find('unique user id', 'schoology id', 'username', 'email') < 0)
          return undefined;
        const own = header.count([
          'unique user id',
          'section code',
          'section name',
          'course code',
          'max points',
          'assignment due date',
          'grading category',
        ]);
        if (own < 2) return undefined;
        return {
          certainty: Math.min(0.98, 0.5 + 0.1 * own),
          meanings: meaningsOf({
            student: header.find('unique user id', 'schoology id'),
            given_name: header.find('first name'),
            family_name: header.find('last name'),
            email: header.find('email'),
            login: header.find('username'),
            class: header.find('section name', 'section code', 'course name'),
            course: header.find('course name', 'course code'),
            assignment: header.find('assignment title'),
            due: header.find('assignment due date'),
            possible: header.find('max points'),
            mark: header.find('grade'),
            state: header.find('exception'),
          }),
        };
      },
      'schoology',
      'schoology',
    ),

  read(_parcel, recognition, into) {
    const header = new Header(recognition.header.cells);
    const decimal = decimalOf(recognition.sheet);
    if (!header.has('assignment title')) return readWide(recognition, header, into);
    ignoreRest(recognition.header, recognition.meanings, into);
    const due = header.find('assignment due date');
    const order = detectDateOrder(recognition.sheet.head.map((row) => row.cells[due] ?? ''));
    const at = (cells: readonly string[], ...names: string[]): string => words(cellAt(cells, header.find(...names)));
    bodyRows(recognition, (cells, line) => {
      into.row(line, () => {
        const [givenName, familyName] = [at(cells, 'first name'), at(cells, 'last name')];
        const keys = [
          { kind: 'id' as const, value: at(cells, 'unique user id', 'schoology id') },
          { kind: 'email' as const, value: at(cells, 'email').toLowerCase() },
          { kind: 'login' as const, value: at(cells, 'username').toLowerCase() },
        ];
        const course = at(cells, 'course name', 'course code');
        const section = at(cells, 'section name', 'section code');
        const className = [course, section].filter((part) => part !== '').join(': ');
        const student = into.student(
          line,
          [...keys, { kind: 'name', value: keys.every(({ value }) => value === '') ? `${givenName} ${familyName}`.trim() : '' }],
          {
            givenName,
            familyName,
            className,
          },
        );
        into.schoolClass('', className);
        into.enrol(student, className);
        const title = at(cells, 'assignment title');
        if (title === '') return;
        const said = parseNumber(at(cells, 'max points'), decimal);
        if (said === 0) return into.count('no-points', 'rows');
        const possible = said > 0 ? said : null;
        // Excused and missing stand beside the grade, which is then empty or a zero that nobody earned.
        const exception = readMark(
          /^(excused|missing)$/i.exec(at(cells, 'exception'))?.[0] ?? '',
          possible,
          decimal,
          'Exception',
        );
        const mark = exception ?? readMark(at(cells, 'grade'), possible, decimal, 'Grade');
        const dueAt = parseDate(cellAt(cells, due), order);
        // One title stands in many courses; the course's code keeps them apart.
        const sourceId = `${at(cells, 'course code', 'course name')}|${at(cells, 'section code', 'section name')}|${title}`;
        const assignment = into.assignment({ sourceId, title, possible, dueAt: Number.isFinite(dueAt) ? dueAt : null });
        if (mark) into.mark(line, student, assignment, mark.points, mark.status);
      });
    });
  },
};

function readWide(recognition: Recognition, header: Header, into: ContentBuilder): void {
  const decimal = decimalOf(recognition.sheet);
  const columns: MarkColumn[] = [];
  recognition.meanings.forEach((meaning, index) => {
    if (meaning !== 'mark') return;
    const heading = words(header.cells[index]!);
    const { title, possible } = titleParts(heading);
    const said = possible ?? saidMaximum(columnOf(recognition.sheet, header, index), decimal) ?? Number.NaN;
    addMarkColumn(into, columns, { index, sourceId: '', title, said, heading });
  });
  ignoreRest(recognition.header, recognition.meanings, into, (index) =>
    OVERALL.test(header.plain[index]!) ? 'total' : 'unused',
  );
  const [id, given, family, email, login] = ['unique user id', 'first name', 'last name', 'email', 'username'].map((name) =>
    header.find(name),
  ) as [number, number, number, number, number];
  bodyRows(recognition, (cells, line) => {
    if (isSummaryRow(cells, [id, email, login])) return into.count('average-rows', 'rows');
    into.row(line, () => {
      const at = (index: number): string => words(cellAt(cells, index));
      const [givenName, familyName] = [at(given), at(family)];
      const keys = [
        { kind: 'id' as const, value: at(id) },
        { kind: 'email' as const, value: at(email).toLowerCase() },
        { kind: 'login' as const, value: at(login).toLowerCase() },
      ];
      const name = keys.every(({ value }) => value === '') ? `${givenName} ${familyName}`.trim() : '';
      const className = at(header.find('section name', 'section'));
      const student = into.student(line, [...keys, { kind: 'name', value: name }], { givenName, familyName, className });
      readMarks(into, cells, line, student, columns, decimal);
    });
  });
}
