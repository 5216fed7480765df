import { detectDateOrder, parseDate } from '../dates.ts';
import { parseNumber, words } from '../values.ts';
import { bodyRows, cellAt, decimalOf, findHeader, Header, ignoreRest, meaningsOf } from './format.ts';
import type { Format } from './format.ts';
import { readMark } from './marks.ts';

/*
 * Schoology's district export of grades, one row for each mark: Unique User ID, First Name, Last Name, Email, Course Name, Course Code,
 * Department Code, Section Name, Section Code, Assignment Title, Assignment Due Date, Max Points, Grade, Grading Category, Username, …
 */
export const schoology: Format = {
  name: 'schoology',

  recognise: (parcel) =>
    findHeader(
      parcel,
      (header) => {
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
          }),
        };
      },
      'schoology',
      'schoology',
    ),

  read(_parcel, recognition, into) {
    const header = new Header(recognition.header.cells);
    const decimal = decimalOf(recognition.sheet);
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
        const mark = readMark(at(cells, 'grade'), possible, decimal, 'Grade');
        const dueAt = parseDate(cellAt(cells, due), order);
        // One title stands in many courses; the course's code keeps them apart.
        const sourceId = `${at(cells, 'course code', 'course name')}|${at(cells, 'section code', 'section name')}|${title}`;
        const assignment = into.assignment({ sourceId, title, possible, dueAt: Number.isFinite(dueAt) ? dueAt : null });
        if (mark) into.mark(line, student, assignment, mark.points, mark.status);
      });
    });
  },
};
