import { createHash } from 'node:crypto';
import { PathlightError } from '../../../shared/errors.ts';
import type { ImportPreset } from '../../database/import-presets.ts';
import type { ImportContent } from '../../database/import-rows.ts';
import type { ImportFormat } from '../../../shared/contract/imports.ts';
import type { CleaningChoices, CleaningReport } from '../../../shared/contract/import-cleaning.ts';
import { cleanContent } from './cleaning/clean.ts';
import type { KnownValues } from './cleaning/profile-fields.ts';
import { ContentBuilder } from './content.ts';
import type { IgnoredColumn } from './content.ts';
import type { Recognition } from './formats/format.ts';
import { readOtherTables } from './other-tables.ts';
import { recognise } from './recognise.ts';
import type { RecogniseChoices } from './recognise.ts';
import { decimalOf } from './formats/format.ts';
import type { DecimalSign } from './values.ts';
import type { RowVisitor } from './source/csv.ts';
import { asSource, piecesOfSource } from './source/byte-source.ts';
import type { ByteSource } from './source/byte-source.ts';
import { openParcel } from './source/parcel.ts';
import type { Choices } from './source/parcel.ts';

export type ReadChoices = Choices &
  RecogniseChoices & {
    readonly matches?: Readonly<Record<string, string>> | undefined;
    /** Rules on titles that the import applies. */
    readonly rules?: readonly number[] | undefined;
    readonly clean?: CleaningChoices | undefined;
  };

/** A file understood: everything that an import needs, and everything that a preview shows. */
export interface ReadFile {
  readonly file: string;
  readonly hash: string;
  readonly encoding: string;
  readonly delimiter: string;
  readonly decimal: DecimalSign;
  readonly certainty: number;
  readonly because: { readonly code: string; readonly detail: Readonly<Record<string, string | number>> };
  readonly others: readonly { readonly format: ImportFormat; readonly certainty: number }[];
  /** Line of the header row, counted from 1; 0 where the file has none. */
  readonly headerLine: number;
  readonly header: readonly string[];
  readonly sample: readonly (readonly string[])[];
  readonly columns: readonly { readonly column: string; readonly meaning: string }[];
  readonly ignored: readonly IgnoredColumn[];
  /** What the person said about it, or about one that looked alike. */
  readonly choices: ReadChoices;
  /** The mapping that is kept for the next file that looks alike: the person's, or the one it was read by. */
  readonly mapping: Readonly<Record<string, string>> | undefined;
  /** What cleaning found; nothing before it was cleaned. */
  readonly cleaning: CleaningReport;
  readonly content: ImportContent & { readonly format: ImportFormat };
}

export const SAMPLE_ROWS = 5;

/**
 * Opens, recognises and reads one file.
 * @throws PathlightError where the file is refused as a whole; names file, line and what to do
 */
export async function readImportFile(
  name: string,
  raw: Uint8Array | ByteSource,
  choices: ReadChoices = {},
  presets: readonly ImportPreset[] = [],
  onRows?: (fraction: number) => void,
): Promise<ReadFile> {
  const bytes = asSource(raw);
  if (bytes.size === 0)
    throw new PathlightError('empty-file', `${name} is empty. Check the export and import it again.`, { file: name });
  const parcel = await openParcel(name, bytes, choices);
  const { format, recognition, others, preset } = recognise(parcel, choices, presets);
  const builder = new ContentBuilder();
  format.read(parcel, onRows ? watched(recognition, onRows) : recognition, builder);
  readOtherTables(parcel, format, recognition, choices.mapping !== undefined, builder);
  const { sheet, header, meanings, because, certainty } = recognition;
  return {
    file: name,
    hash: hashOf(bytes),
    encoding: sheet.encoding,
    delimiter: sheet.delimiter,
    decimal: decimalOf(sheet),
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
    choices:
      preset === undefined
        ? choices
        : { ...choices, decimal: choices.decimal ?? preset.decimal, clean: { ...preset.clean, ...choices.clean } },
    mapping: choices.mapping ?? preset?.columns,
    cleaning: [],
    content: { ...builder.build(format.name), format: format.name },
  };
}

function hashOf(bytes: ByteSource): string {
  const hash = createHash('sha256');
  for (const piece of piecesOfSource(bytes)) hash.update(piece);
  return hash.digest('hex');
}

const REPORT_EVERY = 8192;

/** The same table, telling how far it has been read; what is told may throw to stop. */
function watched(recognition: Recognition, onRows: (fraction: number) => void): Recognition {
  const { sheet } = recognition;
  const tell = (line: number): void => {
    if (line % REPORT_EVERY === 0) onRows(Math.min(1, line / Math.max(1, sheet.rowsAbout)));
  };
  const { bytesBelow } = sheet;
  const rows = (visit: RowVisitor): void =>
    sheet.rows((cells, line) => {
      tell(line);
      return visit(cells, line);
    });
  const watchedBytes = bytesBelow && ((line: number) => bytesBelow(line)?.watch(tell));
  return { ...recognition, sheet: { ...sheet, rows, bytesBelow: watchedBytes } };
}

/** The same file with what cleaning left of it; its columns of answers are changed in place. */
export function cleanFile(read: ReadFile, at: number, known?: KnownValues): ReadFile {
  const { content, report } = cleanContent(read.content, { file: read.file, choices: read.choices.clean, at, known });
  return { ...read, content, cleaning: report };
}

/** The first rows of a table that nobody recognised, below its widest of the first rows; null where it is none. */
export async function firstRows(
  name: string,
  bytes: Uint8Array | ByteSource,
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
