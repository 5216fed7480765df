import { bodyRows, cellAt, decimalOf, findHeader, Header, ignoreRest, meaningsOf } from './format.ts';
import type { Format } from './format.ts';
import { addMarkColumn, readMarks } from './marks.ts';
import type { MarkColumn } from './marks.ts';
import { parseNumber, words } from '../values.ts';

/*
 * Blackboard's grade centre (gc_<course>_<kind>_<date>.csv or .xls, which is UTF-16 with tabs): Last Name, First Name, Username, Student
 * ID, Last Access, Availability, [Child Course ID], then `Name [Total Pts: 10 Score] |<column id>`. "up to" in the points marks a
 * calculated column.
 */
const ITEM =
  /^(.*?)\s*\[(?:total pts|gesamtpunkte|puntos totales|total des points|总分)\s*:\s*(up to |bis zu )?([\d.,]+)?\s*([^\]]*)\]\s*(?:\|\s*(\S+))?$/i;
const CALCULATED = /^(weighted total|running total|running weighted total|total|overall grade|external grade)$/i;

export const blackboard: Format = {
  name: 'blackboard',

  recognise: (parcel) =>
    findHeader(
      parcel,
      (header) => {
        const person = ['last name', 'first name', 'username', 'student id'];
        const own = header.count(['last access', 'availability', 'child course id']);
        const items = header.cells.filter((cell) => ITEM.test(words(cell))).length;
        if (header.count(person) < 2 || (own === 0 && items === 0)) return undefined;
        const meanings = meaningsOf({
          family_name: header.find('last name'),
          given_name: header.find('first name'),
          login: header.find('username'),
          student: header.find('student id'),
          class: header.find('child course id'),
        });
        header.cells.forEach((cell, index) => {
          const item = ITEM.exec(words(cell));
          if (item && !item[2] && !CALCULATED.test(item[1]!) && !/^(text|letter)/i.test(item[4]!)) meanings.set(index, 'mark');
        });
        return { certainty: Math.min(0.98, 0.5 + 0.2 * own + (items > 0 ? 0.3 : 0)), meanings };
      },
      'blackboard',
      'blackboard',
    ),

  read(_parcel, recognition, into) {
    const header = new Header(recognition.header.cells);
    const decimal = decimalOf(recognition.sheet);
    const columns: MarkColumn[] = [];
    recognition.meanings.forEach((meaning, index) => {
      if (meaning !== 'mark') return;
      const [, title, , points, , id] = ITEM.exec(words(recognition.header.cells[index]!))!;
      const said = parseNumber(points ?? '', decimal === ',' && !points?.includes(',') ? '.' : decimal);
      addMarkColumn(into, columns, { index, sourceId: id ?? '', title: title!, said, heading: title! });
    });
    ignoreRest(recognition.header, recognition.meanings, into, (index) =>
      ITEM.test(words(header.cells[index]!)) ? 'total' : 'unused',
    );
    const at = (cells: readonly string[], name: string): string => words(cellAt(cells, header.find(name)));
    bodyRows(recognition, (cells, line) => {
      into.row(line, () => {
        const [login, id] = [at(cells, 'username'), at(cells, 'student id')];
        const [givenName, familyName] = [at(cells, 'first name'), at(cells, 'last name')];
        // The preview user that Blackboard makes for teachers.
        if (/_previewuser$/i.test(login)) return into.count('test-students', 'rows');
        const student = into.student(
          line,
          [
            { kind: 'id', value: id },
            { kind: login.includes('@') ? 'email' : 'login', value: login.toLowerCase() },
            { kind: 'name', value: id === '' && login === '' ? `${givenName} ${familyName}`.trim() : '' },
          ],
          { givenName, familyName, className: at(cells, 'child course id') },
        );
        readMarks(into, cells, line, student, columns, decimal);
      });
    });
  },
};
