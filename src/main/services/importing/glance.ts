import type { GlancedFile } from '../../../shared/contract/imports.ts';
import { PathlightError } from '../../../shared/errors.ts';
import type { ImportPreset } from '../../database/import-presets.ts';
import type { ImportSource } from '../ports.ts';
import { decimalOf } from './formats/format.ts';
import { SAMPLE_ROWS } from './read-file.ts';
import { recognise } from './recognise.ts';
import type { ByteSource } from './source/byte-source.ts';
import { openParcel } from './source/parcel.ts';

/** Enough of a long text to tell what it is. */
const START = 1024 * 1024;

/** The first whole lines of a long text; everything else as a whole, for only a whole zip can be opened. */
export function startOf(source: ByteSource): Uint8Array {
  if (source.size <= START) return source.whole();
  const start = source.slice(0, START).slice();
  const packed = (start[0] === 0x50 && start[1] === 0x4b) || (start[0] === 0x1f && start[1] === 0x8b);
  const end = start.lastIndexOf(10);
  return packed || end < START / 2 ? source.whole() : start.slice(0, end + 1);
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
