import { gunzipSync } from 'node:zlib';
import { PathlightError } from '../../../../shared/errors.ts';
import { newRoom, openArchive } from './archive.ts';
import type { Room } from './archive.ts';
import { ByteRows } from './byte-rows.ts';
import { asSource, inMemory, piecesOfSource } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { CsvReader, delimiterName, detectDelimiter } from './csv.ts';
import type { RowVisitor } from './csv.ts';
import { decodeText } from './text.ts';
import type { EncodedText } from './text.ts';
import type { DecimalSign } from '../values.ts';
import { unwrappedRow, wrappedLines } from './wrapped-lines.ts';

/** A row as it stands in the file. */
export interface SourceRow {
  readonly cells: readonly string[];
  /** Counted from 1. */
  readonly line: number;
}

/** One table of a file: the file itself, an entry of a zip, a sheet of a workbook. */
export interface Sheet {
  /** Name of the entry or sheet; empty for a plain file. */
  readonly name: string;
  /** The first rows that hold anything. */
  readonly head: readonly SourceRow[];
  readonly encoding: string;
  /** As its name: comma, semicolon, tab, none. */
  readonly delimiter: string;
  /** The decimal sign, where the person said it. */
  readonly decimal?: DecimalSign | undefined;
  /** About how many rows there are, so that room can be made at once. */
  readonly rowsAbout: number;
  /** The rows below a line straight from the bytes, where the table is plain enough; undefined else. */
  readonly bytesBelow?: ((line: number) => ByteRows | undefined) | undefined;
  /** All rows in order; stops where the visitor says false. */
  rows(visit: RowVisitor): void;
}

/** A file opened: its tables, or its JSON. */
export interface Parcel {
  readonly file: string;
  readonly container: 'text' | 'zip' | 'xlsx' | 'json';
  readonly sheets: readonly Sheet[];
  readonly json?: unknown;
}

/** What a person may say against what was found. */
export interface Choices {
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly decimal?: DecimalSign | undefined;
}

export const HEAD_ROWS = 60;
/** No school's file is larger than this once unpacked; a small file that unpacks to more is a trap. */
const LARGEST_TEXT = 512 * 1024 * 1024;

const MAGIC: readonly { readonly kind: string; readonly bytes: readonly number[] }[] = [
  { kind: 'a PNG picture', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { kind: 'a JPEG picture', bytes: [0xff, 0xd8, 0xff] },
  { kind: 'a GIF picture', bytes: [0x47, 0x49, 0x46, 0x38] },
  { kind: 'a PDF', bytes: [0x25, 0x50, 0x44, 0x46] },
  { kind: 'an old Excel workbook (XLS)', bytes: [0xd0, 0xcf, 0x11, 0xe0] },
  { kind: 'an SQLite database', bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65] },
];

/** What is looked into within a zip. */
const INSIDE = /\.(csv|tsv|txt|xlsx|json|zip)$/i;
/** An export of several schools is a zip of zips, and nothing real goes deeper. */
const DEEPEST = 1;

/** Where a zip within a zip stands, and what all of them together may still unpack. */
interface Within {
  readonly depth: number;
  readonly room: Room;
}

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((value, index) => bytes[index] === value);

/**
 * Opens a file by what it is, not by what it is called: gzip, zip, XLSX, JSON or a delimited text.
 * @throws PathlightError `empty-file`, `not-a-table`, `web-page`, `other-workbook`, `broken-gzip`, `broken-zip`, `zip-too-large`, `broken-workbook`, `broken-quotes`
 */
export async function openParcel(file: string, raw: Uint8Array | ByteSource, choices: Choices = {}): Promise<Parcel> {
  const parcel = await open(file, asSource(raw), choices);
  const { decimal } = choices;
  return decimal === undefined ? parcel : { ...parcel, sheets: parcel.sheets.map((sheet) => ({ ...sheet, decimal })) };
}

async function open(file: string, raw: ByteSource, choices: Choices, within?: Within): Promise<Parcel> {
  const bytes = ungzipped(file, raw);
  const start = bytes.slice(0, 8);
  const magic = MAGIC.find((each) => startsWith(start, each.bytes));
  if (magic)
    throw new PathlightError('not-a-table', `${file} is ${magic.kind}, not a table of text. Export it as CSV and import that.`, {
      file,
      kind: magic.kind,
    });
  if (startsWith(start, [0x50, 0x4b])) {
    if ((within?.depth ?? 0) > DEEPEST)
      throw new PathlightError(
        'zip-too-large',
        `${file} is a zip within zips within zips. Unpack it yourself and import the files that you need.`,
        { file },
      );
    return openZip(file, bytes.whole(), choices, within ?? { depth: 0, room: newRoom() });
  }
  const text = decodeText(file, bytes, choices.encoding);
  // Many systems call a web page ".xls", for Excel opens it.
  if (/^\s*<(!doctype|html|head|body|table|meta|\?xml|workbook)/i.test(text.start))
    throw new PathlightError(
      'web-page',
      `${file} is a web page or XML that calls itself a table. Open it in Excel or another spreadsheet, save it as XLSX or CSV, and import that.`,
      { file },
    );
  if (/^\s*[[{]/.test(text.start)) {
    const json = parseJson(text);
    if (json !== undefined) return { file, container: 'json', sheets: [], json };
  }
  return { file, container: 'text', sheets: [textSheet(file, '', text, choices.delimiter)] };
}

function ungzipped(file: string, bytes: ByteSource): ByteSource {
  if (!startsWith(bytes.slice(0, 2), [0x1f, 0x8b])) return bytes;
  try {
    return inMemory(gunzipSync(bytes.whole(), { maxOutputLength: LARGEST_TEXT }));
  } catch {
    throw new PathlightError('broken-gzip', `${file} is a damaged gzip file. Get it again.`, { file });
  }
}

async function openZip(file: string, bytes: Uint8Array, choices: Choices, { depth, room }: Within): Promise<Parcel> {
  const names: string[] = [];
  const list = (name: string): boolean => {
    names.push(name);
    return false;
  };
  openArchive(file, bytes, list, { ...room });
  if (names.some((name) => /^xl\/workbook/.test(name))) {
    // Loaded where it is needed: most files are no workbooks.
    const { openWorkbook } = await import('./workbook.ts');
    const sheets = await openWorkbook(file, bytes, room);
    return { file, container: 'xlsx', sheets: sheets.map(({ name, rows }) => rowsSheet(name, rows)) };
  }
  if (names.some((name) => /^(content\.xml|Index\/.*\.iwa)$/.test(name)))
    throw new PathlightError(
      'other-workbook',
      `${file} is a workbook of LibreOffice or Numbers. Open it there, save it as XLSX or CSV, and import that.`,
      { file },
    );
  const wanted = (name: string): boolean => INSIDE.test(name) && !/(^|\/)(__MACOSX\/|\.)/.test(name);
  const entries = openArchive(file, bytes, wanted, room);
  const sheets: Sheet[] = [];
  let json: unknown;
  for (const { name, bytes: content } of entries) {
    // An export's empty tables come as empty files.
    if (content.every((byte) => byte <= 32)) continue;
    const base = name.slice(name.lastIndexOf('/') + 1);
    const inner = await openTable(`${file}/${base}`, content, choices, { depth: depth + 1, room });
    if (!inner) continue;
    json ??= inner.json;
    sheets.push(...inner.sheets.map((sheet) => (inner.container === 'text' ? { ...sheet, name: base } : sheet)));
  }
  if (sheets.length === 0 && json === undefined)
    throw new PathlightError('not-a-table', `${file} is a zip without a table in it. Export CSV and import that.`, {
      file,
      kind: 'zip',
    });
  return sheets.length === 0 ? { file, container: 'json', sheets, json } : { file, container: 'zip', sheets };
}

/** Undefined where an entry of a zip is none: a zip of pictures beside the tables says nothing of them. */
async function openTable(file: string, bytes: Uint8Array, choices: Choices, within: Within): Promise<Parcel | undefined> {
  try {
    return await open(file, inMemory(bytes), choices, within);
  } catch (error) {
    if (error instanceof PathlightError && ['not-a-table', 'web-page'].includes(error.code)) return undefined;
    throw error;
  }
}

/** Undefined where the text only looks like JSON. */
function parseJson(text: EncodedText): unknown {
  try {
    return JSON.parse(text.whole());
  } catch {
    return undefined;
  }
}

function headOf(rows: (visit: RowVisitor) => void): SourceRow[] {
  const head: SourceRow[] = [];
  rows((cells, line) => {
    head.push({ cells, line });
    return head.length < HEAD_ROWS;
  });
  return head;
}

function textSheet(file: string, name: string, text: EncodedText, chosen: string | undefined): Sheet {
  // Excel writes the delimiter itself into the first line: sep=;
  const said = /^sep=(.)\r?\n/.exec(text.start)?.[1];
  const found = said === undefined ? wrappedLines(text.start) : undefined;
  const wrapped = chosen === undefined || chosen === found?.inner ? found : undefined;
  const delimiter = chosen ?? said ?? wrapped?.inner ?? detectDelimiter(text.start);
  const rows = (visit: RowVisitor): void => {
    const unwrapping: RowVisitor = wrapped ? (cells, line) => visit(unwrappedRow(cells, wrapped.inner), line) : visit;
    const reader = new CsvReader(
      file,
      wrapped?.outer ?? delimiter,
      said === undefined ? unwrapping : (cells, line) => (line === 1 ? true : visit(cells, line)),
    );
    for (const piece of text.pieces()) if (!reader.push(piece)) return;
    reader.end();
  };
  const lines = text.start.split('\n').length;
  const rowsAbout = Math.ceil((text.size / Math.max(1, text.start.length)) * lines * 1.02);
  return {
    name,
    head: headOf(rows),
    rowsAbout,
    encoding: text.encoding,
    delimiter: delimiterName(delimiter),
    bytesBelow: (line) => plainRows(text, delimiter, line),
    rows,
  };
}

/** Undefined where the bytes are not plain: quotation marks, old line ends, two bytes a character. */
function plainRows({ bytes, encoding }: EncodedText, delimiter: string, below: number): ByteRows | undefined {
  if (!encoding.startsWith('UTF-8')) return undefined;
  let lines = 0;
  let from = below === 0 ? 0 : -1;
  let begin = 0;
  let afterReturn = false;
  for (const piece of piecesOfSource(bytes)) {
    if (piece.includes(34) || (afterReturn && piece[0] !== 10)) return undefined;
    const buffer = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    for (let at = buffer.indexOf(13); at >= 0; at = buffer.indexOf(13, at + 1))
      if (at + 1 < buffer.length && buffer[at + 1] !== 10) return undefined;
    afterReturn = buffer.at(-1) === 13;
    for (let at = -1; from < 0 && (at = buffer.indexOf(10, at + 1)) >= 0;) if (++lines === below) from = begin + at + 1;
    begin += piece.length;
  }
  return from < 0 || afterReturn ? undefined : new ByteRows(bytes, delimiter, from, below + 1);
}

function rowsSheet(name: string, data: readonly (readonly string[])[]): Sheet {
  const rows = (visit: RowVisitor): void => {
    for (const [index, cells] of data.entries()) {
      if (cells.every((cell) => cell === '')) continue;
      if (visit([...cells], index + 1) === false) return;
    }
  };
  return { name, head: headOf(rows), rowsAbout: data.length, encoding: 'UTF-8', delimiter: 'none', rows };
}
