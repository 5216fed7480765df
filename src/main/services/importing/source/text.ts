import chardet from 'chardet';
import iconv from 'iconv-lite';
import { PathlightError } from '../../../../shared/errors.ts';
import { asSource, isUtf8Source } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
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

const SAMPLE = 64 * 1024;
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
  return isUtf8Source(source) ? 'UTF-8' : guess(source.whole());
}

/** Encodings of two bytes a character that school systems write. */
const WIDE = new Set(['GB18030', 'Big5', 'Shift_JIS', 'EUC-KR', 'EUC-JP']);

function guess(bytes: Uint8Array): string {
  const sample = firstForeignLines(bytes);
  const matches = chardet.analyse(sample).filter((match) => iconv.encodingExists(match.name));
  const wide = matches.find((match) => WIDE.has(match.name));
  const narrow = best(sample, [
    'windows-1252',
    'macintosh',
    ...matches.filter((match) => /^windows-125[01]$/.test(match.name) && match.confidence > 50).map((match) => match.name),
  ]);
  if (wide && fitsWide(sample, wide.name) > narrow.score) return wide.name;
  return narrow.encoding;
}

/** Lines with bytes beyond ASCII: a roster of a thousand plain names would drown the three that tell the encoding. */
function firstForeignLines(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  let start = 0;
  let foreign = false;
  for (let at = 0; at < bytes.length && out.length < SAMPLE; at++) {
    if (bytes[at]! > 127) foreign = true;
    if (bytes[at] === 10 || bytes[at] === 13 || at === bytes.length - 1) {
      if (foreign) for (const byte of bytes.subarray(start, Math.min(at + 1, start + 4096))) out.push(byte);
      start = at + 1;
      foreign = false;
    }
  }
  return Uint8Array.from(out);
}

/** Share of the characters beyond ASCII that stand as letters where letters are likely, −1 to 1. */
function best(sample: Uint8Array, encodings: readonly string[]): { encoding: string; score: number } {
  let found = { encoding: encodings[0]!, score: -Infinity };
  for (const encoding of encodings) {
    const text = iconv.decode(Buffer.from(sample), encoding);
    let score = 0;
    let foreign = 0;
    for (const [at, character] of [...text].entries()) {
      if (character.charCodeAt(0) < 128) continue;
      foreign++;
      const inWord = /\p{L}/u.test(text[at - 1] ?? '') || /\p{L}/u.test(text[at + 1] ?? '');
      if (character === '\ufffd' || /[\p{C}]/u.test(character)) score -= 2;
      else if (/\p{Ll}/u.test(character)) score += inWord ? 1 : 0.2;
      else if (/\p{Lu}/u.test(character)) score += /\p{Ll}/u.test(text[at - 1] ?? '') ? -1 : 0.6;
      else if (/[’‘“”–—€°…«»·¿¡ªº]/.test(character)) score += 0.3;
      else score -= 1;
    }
    score /= Math.max(1, foreign);
    if (score > found.score + 0.05) found = { encoding, score };
  }
  return found;
}

/** How well the bytes read as an encoding of two bytes a character: letters of its scripts in runs, −1 to 1. */
function fitsWide(sample: Uint8Array, encoding: string): number {
  const text = iconv.decode(Buffer.from(sample), encoding);
  let good = 0;
  let bad = 0;
  for (const run of text.match(/[^\u0000-\u007f]+/g) ?? []) {
    for (const character of run)
      if (/[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}（），。：；！？、「」·]/u.test(character))
        good++;
      else bad++;
    // One character of these scripts between Latin letters is two Latin letters read wrongly.
    if ([...run].length === 1) bad++;
  }
  return (good - bad) / Math.max(1, good + bad);
}
