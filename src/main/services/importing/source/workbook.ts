import { zipSync } from 'fflate';
import readWorkbook from 'read-excel-file/universal';
import { PathlightError } from '../../../../shared/errors.ts';
import { openArchive } from './archive.ts';
import type { Room } from './archive.ts';

export interface WorkbookSheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

/** A sheet with more cells than this is no class's. */
const LARGEST_SHEETS = 160 * 1024 * 1024;

/**
 * All sheets of an XLSX workbook as text: dates as ISO 8601 in UTC, numbers in JavaScript's notation. Only the parts that hold cells are
 * unpacked, within the archive's limits, and handed on; pictures, macros and links are never opened.
 * @throws PathlightError `broken-zip`, `zip-too-large`, `broken-workbook`
 */
export async function openWorkbook(file: string, bytes: Uint8Array, room?: Room): Promise<WorkbookSheet[]> {
  const wanted = (name: string): boolean =>
    /^(\[Content_Types\]\.xml|_rels\/.*|xl\/(_rels\/.*|[^/]+\.xml|worksheets\/[^/]+\.xml))$/.test(name);
  const parts = openArchive(file, bytes, wanted, room);
  const size = parts.reduce((sum, part) => sum + part.bytes.length, 0);
  if (size > LARGEST_SHEETS)
    throw new PathlightError(
      'zip-too-large',
      `${file} is larger than a workbook should be. Save the sheet as CSV and import that.`,
      {
        file,
      },
    );
  if (parts.some((part) => declaresEntities(part.bytes)))
    throw new PathlightError('broken-workbook', `${file} cannot be read as a workbook. Save it again as XLSX or CSV.`, { file });
  try {
    const vetted = zipSync(Object.fromEntries(parts.map((part) => [part.name, part.bytes])), { level: 0 });
    const sheets = await readWorkbook(vetted.slice().buffer as ArrayBuffer, { trim: true });
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellText)) }));
  } catch {
    throw new PathlightError('broken-workbook', `${file} cannot be read as a workbook. Save it again as XLSX or CSV.`, { file });
  }
}

/** No workbook needs a document type; one that has it wants to blow entities up. */
function declaresEntities(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).includes('<!DOCTYPE');
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  // Days are kept as fractions, whose last digits are noise.
  if (cell instanceof Date)
    return Number.isNaN(cell.getTime()) ? '' : new Date(Math.round(cell.getTime() / 100) * 100).toISOString();
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return String(cell).trim();
}
