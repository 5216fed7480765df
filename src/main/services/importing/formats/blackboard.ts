import { bodyRows, cellAt, decimalOf, findHeader, Header, ignoreRest, meaningsOf } from './format.ts';
import type { Format } from './format.ts';
import { addMarkColumn, readMarks } from './marks.ts';
import type { MarkColumn } from './marks.ts';
import { FAMILY, FULL, GIVEN, ID_NUMBER, USERNAME } from './people.ts';
import { isSummaryRow } from './summary-rows.ts';
import { parseNumber, splitName, words } from '../values.ts';

/*
 * Blackboard's grade centre (gc_<course>_<kind>_<date>.csv or .xls, which is UTF-16 with tabs): Last Name, First Name, Username, Student
 * ID, Last Access, Availability, [Child Course ID], then `Name [Total Pts: 10 Score] |<column id>`. "up to" in the points marks a
 * calculated column.
 */
const ITEM =
  /^(.*?)\s*\[(total pts|gesamtpunkte|puntos totales|total des points|总分|[^[\]:：]{2,30})\s*[:：]\s*(?:(\D*?)([\d.,]+))?\s*([^\]]*)\]\s*(?:\|\s*(\S+))?$/i;
const LABEL = /^(total pts|gesamtpunkte|puntos totales|total des points|总分)$/i;
const CALCULATED = /^(weighted total|running total|running weighted total|total|overall grade|external grade)$/i;
const WORDS = /^(text|letter|buchstabe|letra|lettre|文本|字母)/i;

interface Item {
  readonly title: string;
  /** Whether it is computed from others: "up to" stands before its points. */
  readonly calculated: boolean;
  readonly points: string;
  /** Score, Percentage, Text, Letter, Complete/Incomplete. */
  readonly kind: string;
  readonly id: string;
}

/** In a language whose words are not known, the id behind the bar tells. */
function itemOf(header: string): Item | undefined {
  const parts = ITEM.exec(words(header));
  if (!parts) return undefined;
  const [, title, label, before = '', points = '', kind, id = ''] = parts;
  if (!LABEL.test(label!) && !/^\d+$/.test(id)) return undefined;
  return { title: title!, calculated: before !== '' || CALCULATED.test(title!), points, kind: kind!, id };
}

/** Whose a row is, by the words of the site's language. */
const peopleOf = (header: Header): Record<'family' | 'given' | 'full' | 'login' | 'id' | 'group', number> => ({
  family: header.find(...FAMILY),
  given: header.find(...GIVEN),
  full: header.find('full name', ...FULL),
  login: header.find(...USERNAME),
  id: header.find(...ID_NUMBER),
  group: header.find('child course id'),
});

export const blackboard: Format = {
  name: 'blackboard',

  recognise: (parcel) =>
    findHeader(
      parcel,
      (header) => {
        const own = header.count(['last access', 'availability', 'child course id']);
        const items = header.cells.map(itemOf);
        const found = items.filter((item) => item !== undefined);
        const people = peopleOf(header);
        const known = Object.values(people).filter((index) => index >= 0).length;
        if (known < 2 || (own === 0 && found.length === 0)) return undefined;
        const meanings = meaningsOf({
          family_name: people.family,
          given_name: people.given,
          name: people.given < 0 && people.family < 0 ? people.full : -1,
          login: people.login,
          student: people.id,
          class: people.group,
        });
        items.forEach((item, index) => {
          if (item && !item.calculated && !WORDS.test(item.kind)) meanings.set(index, 'mark');
        });
        const sure = found.some(({ id }) => id !== '') ? 0.4 : found.length > 0 ? 0.3 : 0;
        return { certainty: Math.min(0.98, 0.5 + 0.2 * own + sure), meanings };
      },
      'blackboard',
      'blackboard',
    ),

  read(_parcel, recognition, into) {
    const header = new Header(recognition.header.cells);
    const decimal = decimalOf(recognition.sheet);
    const people = peopleOf(header);
    const columns: MarkColumn[] = [];
    recognition.meanings.forEach((meaning, index) => {
      if (meaning !== 'mark') return;
      const { title, points, id } = itemOf(recognition.header.cells[index]!)!;
      const said = parseNumber(points, decimal === ',' && !points.includes(',') ? '.' : decimal);
      addMarkColumn(into, columns, { index, sourceId: id, title, said, heading: title });
    });
    ignoreRest(recognition.header, recognition.meanings, into, (index) =>
      itemOf(header.cells[index]!)?.calculated ? 'total' : 'unused',
    );
    const at = (cells: readonly string[], index: number): string => words(cellAt(cells, index));
    bodyRows(recognition, (cells, line) => {
      if (isSummaryRow(cells, [people.login, people.id])) return into.count('average-rows', 'rows');
      into.row(line, () => {
        const [login, id] = [at(cells, people.login), at(cells, people.id)];
        const full = splitName(people.given < 0 && people.family < 0 ? at(cells, people.full) : '');
        const [givenName, familyName] = [at(cells, people.given) || full.givenName, at(cells, people.family) || full.familyName];
        // The preview user that Blackboard makes for teachers.
        if (/_previewuser$/i.test(login)) return into.count('test-students', 'rows');
        const student = into.student(
          line,
          [
            { kind: 'id', value: id },
            { kind: login.includes('@') ? 'email' : 'login', value: login.toLowerCase() },
            { kind: 'name', value: id === '' && login === '' ? `${givenName} ${familyName}`.trim() : '' },
          ],
          { givenName, familyName, className: at(cells, people.group) },
        );
        readMarks(into, cells, line, student, columns, decimal);
      });
    });
  },
};
