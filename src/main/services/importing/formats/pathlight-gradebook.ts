import { parseDate } from '../dates.ts';
import type { Sheet, SourceRow } from '../source/parcel.ts';
import { parseNumber, plain, words } from '../values.ts';
import { bodyRows, decimalOf } from './format.ts';
import type { Format, Recognition } from './format.ts';
import { addMarkColumn, readMarks } from './marks.ts';
import type { MarkColumn } from './marks.ts';
import { Row } from './row.ts';

/** The first columns, in this order; all others are assignments. */
export const PERSON_COLUMNS = ['student', 'given_name', 'family_name', 'class', 'grade'] as const;
/** First cells of the rows below the header that say more of the assignments; the first of them is always there. */
export const LABELS = { possible: '(points possible)', id: '(id)', due: '(due)', skills: '(skills)' } as const;
/** Before a maximum that was guessed. */
export const ABOUT = '~';

type Labels = Partial<Record<keyof typeof LABELS, SourceRow>>;

function labelRows(sheet: Sheet, header: SourceRow): Labels {
  const labels: Labels = {};
  const below = sheet.head.filter(({ line }) => line > header.line).slice(0, Object.keys(LABELS).length);
  for (const row of below) {
    const name = (Object.keys(LABELS) as (keyof typeof LABELS)[]).find((each) => LABELS[each] === plain(row.cells[0] ?? ''));
    if (name === undefined || labels[name]) break;
    labels[name] = row;
  }
  return labels;
}

/** Pathlight's own grid of marks: a row a student, a column an assignment. */
export const pathlightGradebook: Format = {
  name: 'pathlight-gradebook',

  recognise(parcel): Recognition | undefined {
    for (const sheet of parcel.sheets)
      for (const header of sheet.head.slice(0, 25)) {
        if (!PERSON_COLUMNS.every((word, index) => plain(header.cells[index] ?? '') === plain(word))) continue;
        if (!labelRows(sheet, header).possible) continue;
        return {
          format: 'pathlight-gradebook',
          certainty: 1,
          because: {
            code: 'pathlight-gradebook',
            detail: { columns: header.cells.slice(0, PERSON_COLUMNS.length).join(', '), line: header.line },
          },
          sheet,
          header,
          meanings: new Map(header.cells.map((_, index): [number, string] => [index, PERSON_COLUMNS[index] ?? 'mark'])),
        };
      }
    return undefined;
  },

  read(parcel, { sheet, header }, into) {
    const labels = labelRows(sheet, header);
    // With commas between the cells they are not in the numbers too.
    const decimal = parcel.container === 'xlsx' || sheet.delimiter === 'comma' ? '.' : decimalOf(sheet);
    const label = (name: keyof typeof LABELS, index: number): string => words(labels[name]?.cells[index] ?? '');
    const columns: MarkColumn[] = [];
    for (let index = PERSON_COLUMNS.length; index < header.cells.length; index++) {
      const title = words(header.cells[index] ?? '');
      const sourceId = label('id', index) || title;
      if (sourceId === '') continue;
      const possible = label('possible', index);
      const due = parseDate(label('due', index));
      addMarkColumn(into, columns, {
        index,
        sourceId,
        title: title || sourceId,
        said: parseNumber(possible.replace(ABOUT, ''), decimal),
        heading: title,
        guessed: possible.startsWith(ABOUT),
        dueAt: Number.isFinite(due) ? due : null,
        skills: label('skills', index)
          .split('~')
          .filter((skill) => skill !== ''),
      });
    }
    const last = Math.max(header.line, ...Object.values(labels).map(({ line }) => line));
    const row = new Row(new Map(PERSON_COLUMNS.map((word, index) => [word, index])), decimal, header.cells.length);
    bodyRows({ sheet, header }, (cells, line) => {
      if (line <= last) return;
      into.row(line, () => {
        row.at(cells);
        const student = into.student(line, [{ kind: 'id', value: row.id('student') }], {
          givenName: row.words('given_name'),
          familyName: row.words('family_name'),
          className: row.words('class'),
          grade: row.words('grade'),
        });
        readMarks(into, cells, line, student, columns, decimal);
      });
    });
  },
};
