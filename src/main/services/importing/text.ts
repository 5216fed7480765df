import { gunzipSync } from 'node:zlib';
import chardet from 'chardet';
import iconv from 'iconv-lite';
import { PathlightError } from '../../../shared/errors.ts';

export interface DecodedText {
  readonly text: string;
  /** As people name it: UTF-8, UTF-16LE, windows-1252, GB18030 … */
  readonly encoding: string;
}

const MAGIC: readonly { readonly kind: string; readonly bytes: readonly number[] }[] = [
  { kind: 'a PNG picture', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { kind: 'a JPEG picture', bytes: [0xff, 0xd8, 0xff] },
  { kind: 'a GIF picture', bytes: [0x47, 0x49, 0x46, 0x38] },
  { kind: 'a PDF', bytes: [0x25, 0x50, 0x44, 0x46] },
  { kind: 'a zip archive or an Excel workbook', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { kind: 'an old Excel workbook', bytes: [0xd0, 0xcf, 0x11, 0xe0] },
  { kind: 'an SQLite database', bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65] },
];

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((value, index) => bytes[index] === value);

/** No school's file is larger than this once unpacked; a small file that unpacks to more is a trap. */
const LARGEST_TEXT = 512 * 1024 * 1024;

/**
 * Bytes to text: unpacks gzip, refuses what is no text, reads UTF-8 and UTF-16 with or without a mark, else guesses the encoding.
 * @param file the name for errors
 * @throws PathlightError `empty-file`, `not-a-table`, `broken-gzip`
 */
export function decodeText(file: string, raw: Uint8Array): DecodedText {
  let bytes = raw;
  if (startsWith(bytes, [0x1f, 0x8b])) {
    try {
      bytes = gunzipSync(bytes, { maxOutputLength: LARGEST_TEXT });
    } catch {
      throw new PathlightError('broken-gzip', `${file} is a damaged gzip file. Get it again.`, { file });
    }
  }
  const magic = MAGIC.find((each) => startsWith(bytes, each.bytes));
  if (magic)
    throw new PathlightError('not-a-table', `${file} is ${magic.kind}, not a table of text. Export it as CSV and import that.`, {
      file,
      kind: magic.kind,
    });
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return checked(file, new TextDecoder('utf-8').decode(bytes), 'UTF-8 (with mark)');
  if (startsWith(bytes, [0xff, 0xfe])) return checked(file, iconv.decode(Buffer.from(bytes), 'utf-16le'), 'UTF-16LE');
  if (startsWith(bytes, [0xfe, 0xff])) return checked(file, iconv.decode(Buffer.from(bytes), 'utf-16be'), 'UTF-16BE');
  const sample = bytes.subarray(0, 4096);
  const zeros = sample.reduce((sum, value) => sum + (value === 0 ? 1 : 0), 0);
  if (zeros > 0) {
    const odd = sample.reduce((sum, value, index) => sum + (value === 0 && index % 2 === 1 ? 1 : 0), 0);
    if (odd > sample.length * 0.2 && odd === zeros)
      return checked(file, iconv.decode(Buffer.from(bytes), 'utf-16le'), 'UTF-16LE');
    throw new PathlightError('not-a-table', `${file} holds bytes that no text has. Export it as CSV and import that.`, {
      file,
      kind: 'binary',
    });
  }
  try {
    return checked(file, new TextDecoder('utf-8', { fatal: true }).decode(bytes), 'UTF-8');
  } catch (error) {
    if (error instanceof PathlightError) throw error;
  }
  return checked(file, ...guess(bytes));
}

/** Only these come out of school systems; everything else that the detector may say is a worse guess than Windows-1252. */
const PLAUSIBLE = new Set([
  'windows-1252',
  'ISO-8859-1',
  'GB18030',
  'Big5',
  'Shift_JIS',
  'EUC-KR',
  'windows-1250',
  'windows-1251',
]);

function guess(bytes: Uint8Array): [text: string, encoding: string] {
  const found = chardet
    .analyse(bytes.subarray(0, 64 * 1024))
    .find((match) => PLAUSIBLE.has(match.name) && iconv.encodingExists(match.name));
  const name = !found || found.name === 'ISO-8859-1' ? 'windows-1252' : found.name;
  return [iconv.decode(Buffer.from(bytes), name), name];
}

function checked(file: string, text: string, encoding: string): DecodedText {
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (plain.trim() === '')
    throw new PathlightError('empty-file', `${file} is empty. Check the export and import it again.`, { file });
  return { text: plain, encoding };
}
