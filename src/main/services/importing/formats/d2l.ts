import { bodyRows, cellAt, decimalOf, findHeader, Header, ignoreRest, meaningsOf } from './format.ts';
import type { Format } from './format.ts';
import { addMarkColumn, readMarks } from './marks.ts';
import type { MarkColumn } from './marks.ts';
import { parseNumber, words } from '../values.ts';

/*
 * Brightspace's (D2L) grade export: OrgDefinedId, Username, Last Name, First Name, Email, [Sections], then `Title Points Grade <Numeric
 * MaxPoints:10 Weight:5 Category:Labs CategoryWeight:10>`, totals as numerator and denominator, and "End-of-Line Indicator", whose cells
 * are "#". Ids and user names begin with "#", which keeps spreadsheets from taking them for numbers.
 */
const ITEM = /^(.*?)\s+(points grade|grade|text grade|scheme symbol|weighted grade)(?:\s*<([^>]*)>)?$/i;
const TOTAL = /(calculated|adjusted) final grade|subtotal|numerator$|denominator$|final grade/i;

export const d2l: Format = {
  name: 'd2l',

  recognise: (parcel) =>
    findHeader(
      parcel,
      (header) => {
        const own = header.count(['orgdefinedid', 'end-of-line indicator']);
        const items = header.cells.filter((cell) => /points grade( <|$)|<(numeric|text|selectbox|passfail)/i.test(cell)).length;
        if (own === 0 || (own === 1 && items === 0 && !header.has('orgdefinedid', 'username'))) return undefined;
        const meanings = meaningsOf({
          student: header.find('orgdefinedid'),
          login: header.find('username'),
          family_name: header.find('last name'),
          given_name: header.find('first name'),
          email: header.find('email'),
          class: header.match(/^sections?( membership)?$/),
        });
        header.cells.forEach((cell, index) => {
          const item = ITEM.exec(words(cell));
          if (item && /^points grade$/i.test(item[2]!) && !TOTAL.test(item[1]!)) meanings.set(index, 'mark');
        });
        return { certainty: Math.min(0.98, 0.5 + 0.25 * own + (items > 0 ? 0.2 : 0)), meanings };
      },
      'd2l',
      'd2l',
    ),

  read(_parcel, recognition, into) {
    const header = new Header(recognition.header.cells);
    const decimal = decimalOf(recognition.sheet);
    const columns: MarkColumn[] = [];
    recognition.meanings.forEach((meaning, index) => {
      if (meaning !== 'mark') return;
      const [, title, , attributes] = ITEM.exec(words(recognition.header.cells[index]!))!;
      const said = parseNumber(/maxpoints:\s*([\d.,]+)/i.exec(attributes ?? '')?.[1] ?? '', '.');
      addMarkColumn(into, columns, { index, sourceId: '', title: title!, said, heading: title! });
    });
    ignoreRest(recognition.header, recognition.meanings, into, (index) =>
      TOTAL.test(header.cells[index]!) ? 'total' : 'unused',
    );
    const at = (cells: readonly string[], index: number): string => words(cellAt(cells, index)).replace(/^#/, '');
    const [id, username, family, given, email] = ['orgdefinedid', 'username', 'last name', 'first name', 'email'].map((name) =>
      header.find(name),
    ) as [number, number, number, number, number];
    const section = header.match(/^sections?( membership)?$/);
    bodyRows(recognition, (cells, line) => {
      into.row(line, () => {
        const login = at(cells, username).toLowerCase();
        const [givenName, familyName] = [at(cells, given), at(cells, family)];
        const keys = [
          { kind: 'id' as const, value: at(cells, id) },
          { kind: 'email' as const, value: at(cells, email).toLowerCase() },
          { kind: login.includes('@') ? ('email' as const) : ('login' as const), value: login },
        ];
        const student = into.student(
          line,
          [...keys, { kind: 'name', value: keys.every(({ value }) => value === '') ? `${givenName} ${familyName}`.trim() : '' }],
          {
            givenName,
            familyName,
            className: at(cells, section),
          },
        );
        readMarks(into, cells, line, student, columns, decimal);
      });
    });
  },
};
