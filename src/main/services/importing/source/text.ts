import iconv from 'iconv-lite';
import { PathlightError } from '../../../../shared/errors.ts';
import { asSource, isUtf8Source } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { guessEncoding } from './guess-encoding.ts';
import { piecesOf } from './pieces.ts';

/** Bytes that are text in a known encoding. */
export interface EncodedText {
  /** As people name it: UTF-8, UTF-16LE, windows-1252, GB18030 … */
  readonly encoding: string;
  /** Bytes. */
  readonly size: number;
  /** The first characters, enough to find out what it is. */
  readonly start: string;
  readonly bytes: ByteSource;
  pieces(): Iterable<string>;
  whole(): string;
}

/** Names under which the platform's streaming decoder knows an encoding. */
const PLATFORM: Readonly<Record<string, string>> = {
  'UTF-8': 'utf-8',
  'UTF-8 (with mark)': 'utf-8',
  'UTF-16LE': 'utf-16le',
  'UTF-16BE': 'utf-16be',
};

const START = 128 * 1024;

/**
 * Finds the encoding: a byte order mark, else UTF-16 by its zeros, else UTF-8 where every byte fits, else the likeliest old one.
 * @param chosen what the person says it is
 * @throws PathlightError `empty-file`, `not-a-table`
 */
export function decodeText(file: string, raw: Uint8Array | ByteSource, chosen?: string): EncodedText {
  const bytes = asSource(raw);
  const encoding = chosen ?? findEncoding(file, bytes);
  const whole = (): string => {
    const { buffer, byteOffset, byteLength } = bytes.whole();
    return withoutMark(iconv.decode(Buffer.from(buffer, byteOffset, byteLength), iconvName(encoding)));
  };
  const text: EncodedText = {
    encoding,
    size: bytes.size,
    bytes,
    start: '',
    whole,
    *pieces() {
      let first = true;
      for (const piece of piecesOf(bytes, PLATFORM[encoding], whole)) {
        yield first ? withoutMark(piece) : piece;
        first = false;
      }
    },
  };
  let start = '';
  for (const piece of text.pieces()) {
    start += piece;
    if (start.length >= START && start.trim() !== '') break;
  }
  if (start.trim() === '')
    throw new PathlightError('empty-file', `${file} is empty. Check the export and import it again.`, { file });
  return { ...text, start: start.slice(0, START) };
}

const iconvName = (encoding: string): string => (encoding.startsWith('UTF-8') ? 'utf-8' : encoding);
const withoutMark = (text: string): string => (text.startsWith('\ufeff') ? text.slice(1) : text);

function findEncoding(file: string, source: ByteSource): string {
  const mark = [...source.slice(0, 3)];
  const begins = (...bytes: readonly number[]): boolean => bytes.every((byte, index) => mark[index] === byte);
  if (begins(0xef, 0xbb, 0xbf) && isUtf8Source(source)) return 'UTF-8 (with mark)';
  const four = source.slice(0, 4);
  if (begins(0xff, 0xfe) && four[2] === 0 && four[3] === 0) return 'UTF-32LE';
  if (begins(0xff, 0xfe)) return 'UTF-16LE';
  if (begins(0xfe, 0xff)) return 'UTF-16BE';
  const sample = source.slice(0, 4096);
  let even = 0;
  let odd = 0;
  sample.forEach((value, index) => {
    if (value === 0 && index % 2 === 0) even++;
    else if (value === 0) odd++;
  });
  // In UTF-16 the delimiters and line ends alone make one side zero often; a binary file has zeros on both.
  if (odd > sample.length * 0.05 && even < odd * 0.05) return 'UTF-16LE';
  if (even > sample.length * 0.05 && odd < even * 0.05) return 'UTF-16BE';
  if (even + odd > 0)
    throw new PathlightError('not-a-table', `${file} holds bytes that no text has. Export it as CSV and import that.`, {
      file,
      kind: 'binary',
    });
  return isUtf8Source(source) ? 'UTF-8' : guessEncoding(source.whole());
}
