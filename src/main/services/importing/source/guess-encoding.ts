import iconv from 'iconv-lite';
import { SCRIPTS, WIDE_SCRIPTS } from './alphabets.ts';
import type { Script, WideScript } from './alphabets.ts';

const SAMPLE = 64 * 1024;

/**
 * The likeliest old encoding of a text that is neither UTF-8 nor UTF-16. A class list is short, so statistics of a language tell little: each
 * word beyond ASCII is held against the alphabets that the encoding is used for, and the encoding in which most words are words wins.
 */
export function guessEncoding(bytes: Uint8Array): string {
  const sample = firstForeignLines(bytes);
  const narrow = bestNarrow(sample);
  const wide = bestWide(sample);
  return wide && wide.score > narrow.score ? wide.encoding : narrow.encoding;
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

interface Guess {
  readonly encoding: string;
  /** −1 to 1 and a little: the share of words that are words in it. */
  readonly score: number;
}

const ENCODINGS = [...new Set(SCRIPTS.map(({ encoding }) => encoding))];

function bestNarrow(sample: Uint8Array): Guess {
  let best: Guess = { encoding: ENCODINGS[0]!, score: -Infinity };
  for (const encoding of ENCODINGS) {
    const text = iconv.decode(Buffer.from(sample), encoding);
    const words = text.match(/[\p{L}\p{M}]*[^\u0000-\u007f]+[\p{L}\p{M}\u0080-\uffff]*/gu) ?? [];
    const scripts = SCRIPTS.filter((script) => script.encoding === encoding).map(alphabetOf);
    const fits = new Map<string, number[]>();
    const sums = scripts.map(() => 0);
    let each = 0;
    for (const word of words) {
      let known = fits.get(word);
      if (!known) fits.set(word, (known = scripts.map((script) => fit(word, script))));
      each += Math.max(...known);
      known.forEach((value, index) => (sums[index]! += value));
    }
    // A class has names of many languages, and yet most of them are of one.
    const score = (0.75 * each + 0.25 * Math.max(...sums)) / Math.max(1, words.length);
    if (score > best.score + 0.02) best = { encoding, score };
  }
  return best;
}

interface Alphabet {
  readonly letters: ReadonlySet<string>;
  readonly usual: ReadonlySet<string>;
  readonly whole: boolean;
}

const alphabetOf = ({ letters, whole }: Script): Alphabet => ({
  letters: new Set(letters.replace('|', '')),
  usual: new Set(letters.split('|')[0]),
  whole,
});

/** Marks that stand in texts of any language, by themselves or at a word's ends. */
const MARKS = /[’‘“”„‚–—…°€«»·¿¡ªº•§©®№\u00a0]/gu;

/** How well a word with letters beyond ASCII is one of an alphabet, −1 to 1. */
function fit(word: string, { letters, usual, whole }: Alphabet): number {
  const bare = word.replaceAll(MARKS, '');
  const all = [...bare];
  const foreign = all.filter((letter) => letter > '\u007f');
  if (foreign.length === 0) return 0.3;
  if (/[\p{C}\p{S}\p{P}\ufffd]/u.test(foreign.join(''))) return -1;
  const lower = foreign.map((letter) => letter.toLowerCase());
  // "iVANOVA" and "MüLler" are words read wrongly; "McÉvoy" is a name.
  if (/\p{Ll}\p{Lu}/u.test(bare) && (whole || !/^(\p{Lu}\p{Ll}+){2}$/u.test(bare))) return -0.5;
  const known = lower.filter((letter) => letters.has(letter) || letter === 'i̇').length / lower.length;
  if (whole) {
    if (foreign.length < all.length || known < 1) return known === 1 ? 0 : -0.5;
    return 0.5 + 0.5 * (lower.filter((letter) => usual.has(letter)).length / lower.length);
  }
  // In Latin writing accents stand among plain letters.
  if (all.length > 2 && foreign.length > (all.length * 2) / 3) return -0.5;
  return known === 1 ? 1 : known - 0.6;
}

function bestWide(sample: Uint8Array): Guess | undefined {
  let best: Guess | undefined;
  for (const script of WIDE_SCRIPTS) {
    const score = fitsWide(sample, script);
    if (score > (best?.score ?? 0) + 0.02) best = { encoding: script.encoding, score };
  }
  return best;
}

/** How well the bytes read as two a character: everyday characters in runs, −1 to 1. */
function fitsWide(sample: Uint8Array, { encoding, usual, known }: WideScript): number {
  let good = 0;
  let bad = 0;
  let late = 0;
  let low = 0;
  for (let at = 0; at < sample.length;) {
    let run = 0;
    while (at < sample.length && sample[at]! > 127) {
      const [lead, trail] = [sample[at]!, sample[at + 1] ?? 0];
      // Half-width kana stand alone.
      if (encoding === 'Shift_JIS' && lead >= 0xa1 && lead <= 0xdf) {
        bad++;
        at++;
        continue;
      }
      if (known(lead, trail)) {
        if (usual(lead, trail)) good++;
        else bad += 0.5;
        if (lead > 0xc8) late++;
        if (trail < 0x80) low++;
      } else bad += 2;
      run++;
      at += known(lead, trail) ? 2 : 1;
    }
    // One character of these scripts between Latin letters is two Latin letters read wrongly.
    if (run === 1 && isLetter(sample[at]) && good > 0) bad += 0.5;
    at++;
  }
  // Hangul fills the first half of what Chinese uses: a text that never leaves that half is Korean.
  const korean = late === 0 && good > 5;
  if (encoding === 'EUC-KR') return korean ? share(good, bad) : share(good, bad) - 0.3;
  // Two of five of Big5's second bytes are ASCII.
  if (encoding === 'Big5') return share(good, bad) - (low === 0 && good > 3 ? 0.3 : 0);
  return share(good, bad) - (korean && encoding !== 'Shift_JIS' ? 0.1 : 0);
}

const share = (good: number, bad: number): number => (good - bad) / Math.max(1, good + bad);
const isLetter = (byte: number | undefined): boolean => byte !== undefined && /[A-Za-z]/.test(String.fromCharCode(byte));
