import { bodyRows, cellAt, decimalOf, findHeader, Header, ignoreRest, meaningsOf } from './format.ts';
import type { Format } from './format.ts';
import { addMarkColumn, readMarks } from './marks.ts';
import type { MarkColumn } from './marks.ts';
import { isSummaryRow } from './summary-rows.ts';
import { parseNumber, words } from '../values.ts';

/*
 * Brightspace's (D2L) grade export: OrgDefinedId, Username, Last Name, First Name, Email, [Sections], then `Title Points Grade <Numeric
 * MaxPoints:10 Weight:5 Category:Labs CategoryWeight:10>`, totals as numerator and denominator, and "End-of-Line Indicator", whose cells
 * are "#". Ids and user names begin with "#", which keeps spreadsheets from taking them for numbers.
 */
const ITEM = /^(.*?)\s+(points grade|grade|text grade|scheme symbol|weighted grade)(?:\s*<([^>]*)>)?$/i;
/** In another language the kind's words differ, and what stands in the brackets does not. */
const IN_BRACKETS = /^(.*?)\s*<(?!text|selectbox)([^>]*maxpoints:[^>]*)>$/i;
const TOTAL = /(calculated|adjusted) final grade|subtotal|numerator$|denominator$|final grade/i;

/** Title and attributes of a column of points; undefined for all others. */
function itemOf(header: string): { readonly title: string; readonly attributes: string } | undefined {
  const cell = words(header);
  const known = ITEM.exec(cell);
  if (known) {
    const [, title, kind, attributes = ''] = known;
    return /^points grade$/i.test(kind!) && !TOTAL.test(title!) ? { title: title!, attributes } : undefined;
  }
  const foreign = IN_BRACKETS.exec(cell);
  return foreign ? { title: foreign[1]!, attributes: foreign[2]! } : undefined;
}

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
          if (itemOf(cell)) meanings.set(index, 'mark');
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
      const { title, attributes } = itemOf(recognition.header.cells[index]!)!;
      const said = parseNumber(/maxpoints:\s*([\d.,]+)/i.exec(attributes)?.[1] ?? '', '.');
      addMarkColumn(into, columns, { index, sourceId: '', title, said, heading: title });
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
      if (isSummaryRow(cells, [id, username, email])) return into.count('average-rows', 'rows');
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
