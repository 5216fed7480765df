import type { ContentMark, GradebookContent } from '../../database/gradebook-content.ts';
import { escapeFormula, escapeText, stringify } from '../csv.ts';
import { ABOUT, LABELS, PERSON_COLUMNS } from '../importing/formats/pathlight-gradebook.ts';

/** A cell of the table: marks without a word beside them are numbers. */
type Cell = string | number;

const markCell = ({ points, status }: ContentMark): Cell =>
  points === null ? status : status === 'late' ? `${points} late` : points;

/** The grid as rows: a header, what is said of the assignments, and a row a student. Rows that say nothing new are left out. */
function gridRows({ students, assignments, marks }: GradebookContent): Cell[][] {
  const row = (label: string, cellOf: (assignment: GradebookContent['assignments'][number]) => Cell): Cell[] => [
    label,
    ...PERSON_COLUMNS.slice(1).map(() => ''),
    ...assignments.map(cellOf),
  ];
  const rows: Cell[][] = [
    [...PERSON_COLUMNS, ...assignments.map(({ title }) => title)],
    row(LABELS.possible, ({ possible, guessed }) => (guessed ? `${ABOUT}${possible}` : possible)),
  ];
  if (assignments.some(({ code, title }) => code !== title)) rows.push(row(LABELS.id, ({ code }) => code));
  if (assignments.some(({ dueAt }) => dueAt !== null))
    rows.push(row(LABELS.due, ({ dueAt }) => (dueAt === null ? '' : new Date(dueAt).toISOString())));
  if (assignments.some(({ skills }) => skills.length > 0)) rows.push(row(LABELS.skills, ({ skills }) => skills.join('~')));
  const people = students.map(({ code, givenName, familyName, classes, grade }): Cell[] => [
    code,
    givenName,
    familyName,
    classes[0] ?? '',
    grade,
    ...assignments.map(() => ''),
  ]);
  for (const mark of marks) people[mark.student]![PERSON_COLUMNS.length + mark.assignment] = markCell(mark);
  return [...rows, ...people];
}

/** With a mark of UTF-8 in front, because spreadsheets otherwise read names wrongly. */
export function gridToCsv(content: GradebookContent): Uint8Array {
  const rows = gridRows(content).map((row) => row.map((cell) => (typeof cell === 'number' ? String(cell) : escapeFormula(cell))));
  return new TextEncoder().encode(`\ufeff${stringify(rows, (text) => text)}`);
}

/** write-excel-file looks texts up in a plain object: one that every object has a member of would be lost. Reading trims the space. */
const workbookText = (text: string): string => (text in {} ? `${text} ` : escapeText(text));

/** A workbook with numbers as numbers and everything else as text cells, which no spreadsheet runs; names and heads stay in view. */
export async function gridToWorkbook(content: GradebookContent): Promise<Uint8Array> {
  // Loaded where it is needed: most starts write no workbook.
  const { default: writeWorkbook } = await import('write-excel-file/node');
  const rows = gridRows(content).map((row, index) =>
    row.map((cell) => {
      if (cell === '') return null;
      const style = index === 0 ? { fontWeight: 'bold' as const } : {};
      return typeof cell === 'number'
        ? { type: Number, value: cell, ...style }
        : { type: String, value: workbookText(cell), ...style };
    }),
  );
  const labels = rows.findIndex((row, index) => index > 0 && !String(row[0]?.value ?? '').startsWith('('));
  return writeWorkbook(rows, {
    sheet: 'Gradebook',
    stickyRowsCount: labels === -1 ? rows.length : labels,
    stickyColumnsCount: 3,
    columns: [{ width: 18 }, { width: 16 }, { width: 16 }, ...content.assignments.map(() => ({ width: 12 }))],
  }).toBuffer();
}
