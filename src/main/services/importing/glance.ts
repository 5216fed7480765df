import type { GlancedFile } from '../../../shared/contract/imports.ts';
import { PathlightError } from '../../../shared/errors.ts';
import type { ImportPreset } from '../../database/import-presets.ts';
import type { ImportSource } from '../ports.ts';
import { decimalOf } from './formats/format.ts';
import { SAMPLE_ROWS } from './read-file.ts';
import { recognise } from './recognise.ts';
import { openParcel } from './source/parcel.ts';

/** Enough of a long text to tell what it is. */
const START = 1024 * 1024;

/** The first whole lines of a long text; everything else as it is, for only a whole zip can be opened. */
export function startOf(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly isPart: boolean } {
  const packed = (bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0x1f && bytes[1] === 0x8b);
  if (packed || bytes.byteLength <= START) return { bytes, isPart: false };
  const end = bytes.lastIndexOf(10, START - 1);
  return end < START / 2 ? { bytes, isPart: false } : { bytes: bytes.slice(0, end + 1), isPart: true };
}

/** What a file is, by its first rows, before its rows are counted; undefined where only the whole can tell. */
export async function glance(
  source: Pick<ImportSource, 'fileId' | 'name' | 'choices'>,
  bytes: Uint8Array,
  size: number,
  presets: readonly ImportPreset[],
): Promise<GlancedFile | undefined> {
  try {
    const parcel = await openParcel(source.name, bytes, source.choices);
    const { format, recognition } = recognise(parcel, source.choices, presets);
    const { sheet, header, meanings, because, certainty } = recognition;
    return {
      fileId: source.fileId,
      file: source.name,
      format: format.name,
      encoding: sheet.encoding,
      delimiter: sheet.delimiter,
      decimal: decimalOf(sheet),
      certainty,
      because: { code: because.code, detail: { ...because.detail } },
      headerLine: header.line,
      header: [...header.cells],
      sample: sheet.head
        .filter((row) => row.line > header.line)
        .slice(0, SAMPLE_ROWS)
        .map((row) => [...row.cells]),
      columns: [...meanings].map(([index, meaning]) => ({ column: header.cells[index] ?? '', meaning })),
      rowsAbout: Math.round((sheet.rowsAbout * size) / Math.max(1, bytes.byteLength)),
    };
  } catch (error) {
    if (error instanceof PathlightError) return undefined;
    throw error;
  }
}
