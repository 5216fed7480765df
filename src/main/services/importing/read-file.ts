import { createHash } from 'node:crypto';
import { PathlightError } from '../../../shared/errors.ts';
import type { ImportPreset } from '../../database/import-presets.ts';
import type { ImportContent } from '../../database/import-rows.ts';
import type { ImportFormat } from '../../../shared/contract/imports.ts';
import { ContentBuilder } from './content.ts';
import type { IgnoredColumn } from './content.ts';
import { recognise } from './recognise.ts';
import type { RecogniseChoices } from './recognise.ts';
import { openParcel } from './source/parcel.ts';
import type { Choices } from './source/parcel.ts';

export type ReadChoices = Choices &
  RecogniseChoices & {
    readonly matches?: Readonly<Record<string, string>> | undefined;
    /** Rules on titles that the import applies. */
    readonly rules?: readonly number[] | undefined;
  };

/** A file understood: everything that an import needs, and everything that a preview shows. */
export interface ReadFile {
  readonly file: string;
  readonly hash: string;
  readonly encoding: string;
  readonly delimiter: string;
  readonly certainty: number;
  readonly because: { readonly code: string; readonly detail: Readonly<Record<string, string | number>> };
  readonly others: readonly { readonly format: ImportFormat; readonly certainty: number }[];
  /** Line of the header row, counted from 1; 0 where the file has none. */
  readonly headerLine: number;
  readonly header: readonly string[];
  readonly sample: readonly (readonly string[])[];
  readonly columns: readonly { readonly column: string; readonly meaning: string }[];
  readonly ignored: readonly IgnoredColumn[];
  /** What the person said about it. */
  readonly choices: ReadChoices;
  readonly content: ImportContent & { readonly format: ImportFormat };
}

const SAMPLE_ROWS = 5;

/**
 * Opens, recognises and reads one file.
 * @throws PathlightError where the file is refused as a whole; names file, line and what to do
 */
export async function readImportFile(
  name: string,
  bytes: Uint8Array,
  choices: ReadChoices = {},
  presets: readonly ImportPreset[] = [],
): Promise<ReadFile> {
  if (bytes.byteLength === 0)
    throw new PathlightError('empty-file', `${name} is empty. Check the export and import it again.`, { file: name });
  const parcel = await openParcel(name, bytes, choices);
  const { format, recognition, others } = recognise(parcel, choices, presets);
  const builder = new ContentBuilder();
  format.read(parcel, recognition, builder);
  const { sheet, header, meanings, because, certainty } = recognition;
  return {
    file: name,
    hash: createHash('sha256').update(bytes).digest('hex'),
    encoding: sheet.encoding,
    delimiter: sheet.delimiter,
    certainty,
    because,
    others,
    headerLine: header.line,
    header: header.cells,
    sample: sheet.head
      .filter((row) => row.line > header.line)
      .slice(0, SAMPLE_ROWS)
      .map((row) => row.cells),
    columns: [...meanings].map(([index, meaning]) => ({ column: header.cells[index] ?? '', meaning })),
    ignored: builder.ignored,
    choices,
    content: { ...builder.build(format.name), format: format.name },
  };
}

/** The first rows of a table that nobody recognised, below its widest of the first rows; null where it is none. */
export async function firstRows(
  name: string,
  bytes: Uint8Array,
  choices: ReadChoices = {},
): Promise<{ headerLine: number; header: string[]; sample: string[][] } | null> {
  try {
    const { sheets } = await openParcel(name, bytes, choices);
    const head = sheets[0]?.head ?? [];
    const filled = (cells: readonly string[]): number => cells.filter((cell) => cell !== '').length;
    const widest = Math.max(0, ...head.slice(0, 25).map(({ cells }) => filled(cells)));
    const at = head.findIndex(({ cells, line }) =>
      choices.headerLine === undefined ? filled(cells) === widest : line >= choices.headerLine,
    );
    if (widest < 2 || at < 0) return null;
    return {
      headerLine: head[at]!.line,
      header: [...head[at]!.cells],
      sample: head.slice(at + 1, at + 1 + SAMPLE_ROWS).map(({ cells }) => [...cells]),
    };
  } catch (error) {
    if (error instanceof PathlightError) return null;
    throw error;
  }
}
