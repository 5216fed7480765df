import type { StudentKey } from '../../../database/import-rows.ts';
import type { ContentBuilder } from '../content.ts';
import type { Parcel } from '../source/parcel.ts';
import { parseNumber, plain, splitName, words } from '../values.ts';
import { bodyRows, cellAt, decimalOf, findHeader, Header, ignoreRest, meaningsOf } from './format.ts';
import type { Format, Recognition } from './format.ts';
import { addMarkColumn, readMarks } from './marks.ts';
import type { MarkColumn } from './marks.ts';
import { isSummaryRow } from './summary-rows.ts';

/*
 * Canvas' gradebook export (gradebook_exporter.rb, gradebook_importer.rb): Student or LastName,FirstName; ID; [SIS User ID]; SIS Login
 * ID; [Integration ID]; [Root Account]; Section; custom columns; `Title (assignment id)`; totals. Above the students stand an optional
 * row "Manual Posting" and the row "    Points Possible" with "(read only)" under totals.
 */
const FIXED = [
  'student',
  'lastname',
  'firstname',
  'id',
  'sis user id',
  'sis login id',
  'integration id',
  'root account',
  'section',
];
const TOTAL = /(^|\s)(unposted )?(current|final|override) (points|score|grade|status)( \(.*\))?$|^override (score|grade)$/;
const POINTS_ROW = /^points possible$/;

export const canvasGradebook: Format = {
  name: 'canvas-gradebook',

  recognise: (parcel) =>
    findHeader(
      parcel,
      (header, sheet) => {
        const named = header.has('student') || header.has('lastname', 'firstname');
        if (!named || !header.has('id')) return undefined;
        const sis = header.count(['sis user id', 'sis login id', 'section', 'root account', 'integration id']);
        const points = sheet.head.some((row) => row.cells.slice(0, 2).some((cell) => POINTS_ROW.test(plain(cell))));
        const ids = header.plain.filter((name) => / \(\d+\)$/.test(name)).length;
        if (sis === 0 && !points) return undefined;
        const certainty = Math.min(0.99, 0.45 + 0.15 * Math.min(2, sis) + (points ? 0.3 : 0) + (ids > 0 ? 0.15 : 0));
        const meanings = meaningsOf({
          name: header.find('student'),
          family_name: header.find('lastname'),
          given_name: header.find('firstname'),
          platform_id: header.find('id'),
          student: header.find('sis user id'),
          login: header.find('sis login id'),
          class: header.find('section'),
        });
        header.plain.forEach((name, index) => {
          if (
            name !== '' &&
            !FIXED.includes(name) &&
            (/ \(\d+\)$/.test(name) || (!TOTAL.test(name) && underPoints(sheet.head, index)))
          )
            meanings.set(index, 'mark');
        });
        return { certainty, meanings };
      },
      'canvas-gradebook',
      'canvas-gradebook',
    ),

  read(_parcel: Parcel, recognition: Recognition, into: ContentBuilder) {
    const header = new Header(recognition.header.cells);
    const decimal = decimalOf(recognition.sheet);
    const at = (name: string): number => header.find(name);
    const points = recognition.sheet.head.find((row) => row.cells.slice(0, 2).some((cell) => POINTS_ROW.test(plain(cell))));
    const columns: MarkColumn[] = [];
    recognition.meanings.forEach((meaning, index) => {
      if (meaning !== 'mark') return;
      const cell = words(recognition.header.cells[index] ?? '');
      const parts = /^(.*?)\s*\((\d+)\)$/s.exec(cell);
      const title = parts?.[1] || cell;
      const said = parseNumber(points?.cells[index] ?? '', decimal);
      addMarkColumn(into, columns, { index, sourceId: parts?.[2] ?? '', title, said, heading: cell });
    });
    ignoreRest(recognition.header, recognition.meanings, into, (index) =>
      TOTAL.test(header.plain[index]!) ? 'total' : 'unused',
    );
    bodyRows(recognition, (cells, line) => {
      const name = header.has('lastname')
        ? `${words(cellAt(cells, at('lastname')))}, ${words(cellAt(cells, at('firstname')))}`.replace(/^, $/, '')
        : words(cellAt(cells, at('student')));
      const id = cellAt(cells, at('id'));
      const sis = words(cellAt(cells, at('sis user id')));
      if (
        POINTS_ROW.test(plain(cells[0] ?? '')) ||
        POINTS_ROW.test(plain(cells[1] ?? '')) ||
        cells.some((cell) => plain(cell) === 'manual posting')
      )
        return;
      if (/^(student, test|test student)$/i.test(name) && sis === '') return into.count('test-students', 'rows');
      const login = words(cellAt(cells, at('sis login id')));
      if (id === '' && sis === '' && login === '' && name === '') return;
      if (isSummaryRow(cells, [at('id'), at('sis user id'), at('sis login id')])) return into.count('average-rows', 'rows');
      into.row(line, () => {
        const parted = header.has('lastname')
          ? { givenName: words(cellAt(cells, at('firstname'))), familyName: words(cellAt(cells, at('lastname'))) }
          : splitName(name);
        const keys: StudentKey[] = [
          { kind: 'id', value: sis },
          { kind: 'canvas', value: id },
          { kind: login.includes('@') ? 'email' : 'login', value: login.toLowerCase() },
          { kind: 'name', value: id === '' && sis === '' && login === '' ? name : '' },
        ];
        const student = into.student(line, keys, { ...parted, className: words(cellAt(cells, at('section'))) });
        readMarks(into, cells, line, student, columns, decimal);
      });
    });
  },
};

/** Whether the points row holds a number at this column, which it does under assignments only. */
function underPoints(head: Recognition['sheet']['head'], index: number): boolean {
  const points = head.find((row) => row.cells.slice(0, 2).some((cell) => POINTS_ROW.test(plain(cell))));
  return points !== undefined && /^\d/.test(points.cells[index] ?? '');
}
