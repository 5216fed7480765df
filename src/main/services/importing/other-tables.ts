import type { ContentBuilder } from './content.ts';
import type { Format, Recognition } from './formats/format.ts';
import { FORMATS } from './recognise.ts';
import type { Parcel, Sheet } from './source/parcel.ts';

/** What spreadsheets call a sheet that nobody named. */
const UNNAMED = /^(sheet|table|tabelle|hoja|feuil(le)?|foglio|planilha|blad|arkusz|лист|シート|工作表|form responses)[ _]*\d*$/i;

/** A table of its own, as this format reads it; one with the very same columns means the same by them. */
function likeThis(parcel: Parcel, sheet: Sheet, format: Format, recognition: Recognition): Recognition | undefined {
  const columns = recognition.header.cells.join('\u001f').toLowerCase();
  const same = sheet.head.slice(0, 25).find(({ cells }) => cells.join('\u001f').toLowerCase() === columns);
  if (same) return { ...recognition, sheet, header: same };
  const found = format.recognise({ ...parcel, sheets: [sheet] });
  return found && found.certainty >= 0.5 ? found : undefined;
}

/**
 * Reads a file's further tables: the sheets of a workbook that has one for each class, the parts of a zip. One that is of another kind is named.
 * @param byHand whether a person said what the columns mean; then only tables with these columns are read
 */
export function readOtherTables(
  parcel: Parcel,
  format: Format,
  recognition: Recognition,
  byHand: boolean,
  into: ContentBuilder,
): void {
  if (parcel.sheets.length < 2 || format.readsAllTables) return;
  const others = parcel.sheets.filter((sheet) => sheet !== recognition.sheet);
  const unread: string[] = [];
  const read = [{ name: recognition.sheet.name, from: 0, to: into.students.length }];
  for (const sheet of others) {
    const found = likeThis(parcel, sheet, format, recognition);
    if (found && !(byHand && found.meanings !== recognition.meanings)) {
      const from = into.students.length;
      format.read({ ...parcel, sheets: [sheet] }, found, into);
      read.push({ name: sheet.name, from, to: into.students.length });
    } else if (FORMATS.some((other) => (other.recognise({ ...parcel, sheets: [sheet] })?.certainty ?? 0) >= 0.5))
      unread.push(sheet.name);
  }
  if (read.length > 1) {
    into.note('more-tables', { tables: read.length });
    if (parcel.container === 'xlsx')
      for (const { name, from, to } of read) if (!UNNAMED.test(name)) into.nameClass(from, to, name);
  }
  if (unread.length > 0) into.note('unread-tables', { tables: unread.join(', ') });
}
