import type { ByteSource } from './byte-source.ts';
import { trimmed } from './csv.ts';

/**
 * Rows of a long plain table straight from its bytes, read piece by piece, without a text for each of its millions of cells: for tables without quotation
 * marks, in encodings whose delimiters and line ends are the bytes of ASCII. What is unusual in a row is left to the reader of texts.
 */
export class ByteRows {
  /** Cells of the present row. */
  cells = 0;
  private readonly source: ByteSource;
  private readonly delimiter: number;
  private readonly piece: number;
  /** The piece that is looked at, and where it begins in the source. */
  private bytes: Buffer = Buffer.alloc(0);
  private base: number;
  private readonly start = new Int32Array(MOST_CELLS);
  private readonly end = new Int32Array(MOST_CELLS);
  private next: number;
  private line: number;
  private tell: ((line: number) => void) | undefined;

  /** @param from offset of the first row to read @param line its line, counted from 1 @param piece bytes that are read at once */
  constructor(source: ByteSource, delimiter: string, from: number, line: number, piece = PIECE) {
    this.source = source;
    this.delimiter = delimiter.charCodeAt(0);
    this.piece = piece;
    this.base = from;
    this.next = from;
    this.line = line - 1;
  }

  /** Tells of each line that is reached. */
  watch(tell: (line: number) => void): this {
    this.tell = tell;
    return this;
  }

  /** Goes to the next row that holds anything. @returns its line, 0 after the last */
  advance(): number {
    while (this.next < this.source.size) {
      this.line++;
      if (this.line % 8192 === 0) this.tell?.(this.line);
      let blank = this.scan();
      // A row that goes on beyond the piece is begun again in one that holds it.
      for (let wanted = this.piece; blank === undefined; wanted *= 2) {
        this.base = this.next;
        const { buffer, byteOffset, byteLength } = this.source.slice(this.base, this.base + wanted);
        this.bytes = Buffer.from(buffer, byteOffset, byteLength);
        blank = this.scan();
      }
      if (!blank) return this.line;
    }
    return 0;
  }

  /** Finds the cells of the row at `next`. @returns whether it is blank; undefined where the piece ends before the row */
  private scan(): boolean | undefined {
    const { bytes, delimiter, start, end } = this;
    const { length } = bytes;
    const isLast = this.base + length >= this.source.size;
    let at = this.next - this.base;
    let cell = 0;
    let first = at;
    let blank = true;
    for (; ; at++) {
      if (at >= length && !isLast) return undefined;
      const byte = at < length ? bytes[at]! : NEWLINE;
      if (byte !== delimiter && byte !== NEWLINE) continue;
      let from = first;
      let to = at;
      while (from < to && bytes[from]! <= SPACE) from++;
      while (to > from && bytes[to - 1]! <= SPACE) to--;
      if (to > from) blank = false;
      if (cell < MOST_CELLS) {
        start[cell] = from;
        end[cell] = to;
      }
      cell++;
      first = at + 1;
      if (byte === NEWLINE) break;
    }
    this.next = this.base + at + 1;
    this.cells = cell;
    return blank;
  }

  /** The texts of the present row, as the reader of texts gives them; undefined where there are too many. */
  texts(): string[] | undefined {
    if (this.cells > MOST_CELLS) return undefined;
    return Array.from({ length: this.cells }, (_, cell) =>
      trimmed(this.bytes.toString('utf8', this.start[cell]!, this.end[cell]!)),
    );
  }

  isEmpty(cell: number): boolean {
    return cell >= this.cells || this.start[cell] === this.end[cell];
  }

  /** The number of a cell of up to 15 digits with at most one point; NaN for anything else. */
  number(cell: number): number {
    if (cell >= this.cells) return Number.NaN;
    const { bytes } = this;
    const end = this.end[cell]!;
    let at = this.start[cell]!;
    if (at === end || end - at > 16) return Number.NaN;
    let value = bytes[at]! - 48;
    // Most are one digit: right or wrong, a try, a hint.
    if (end - at === 1) return value >= 0 && value <= 9 ? value : Number.NaN;
    value = 0;
    let point = -1;
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte >= 48 && byte <= 57) value = value * 10 + byte - 48;
      else if (byte === 46 && point < 0) point = end - at - 1;
      else return Number.NaN;
    }
    if (point < 0 && end - this.start[cell]! > 15) return Number.NaN;
    // Both are whole and exact, so the quotient is the number that the text stands for.
    return point > 0 ? value / 10 ** point : value;
  }

  /** Number of the cell's bytes in `words`. */
  intern(cell: number, words: ByteWords): number {
    return words.add(this.bytes, this.start[cell]!, this.end[cell]!);
  }
}

const PIECE = 1024 * 1024;
const MOST_CELLS = 256;
const NEWLINE = 10;
const SPACE = 32;

/** Gives runs of bytes consecutive numbers, and keeps one copy of each. */
export class ByteWords {
  count = 0;
  private kept = new Uint8Array(8192);
  private slots = new Int32Array(1024).fill(-1);
  /** Where each begins in `kept`; the last entry is where the next one will. */
  private starts = new Int32Array(512);
  private hashes = new Int32Array(512);
  private last = -1;

  add(bytes: Uint8Array, start: number, end: number): number {
    if (this.last >= 0 && this.same(bytes, this.last, start, end)) return this.last;
    let hash = 0;
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
    hash ^= hash >>> 15;
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const known = this.slots[slot]!;
      if (known < 0) break;
      if (this.hashes[known] === hash && this.same(bytes, known, start, end)) return (this.last = known);
      slot = (slot + 1) & mask;
    }
    if (this.count + 1 === this.starts.length) this.grow();
    const number = this.count++;
    this.hashes[number] = hash;
    this.keep(number, bytes, start, end);
    slot = hash & (this.slots.length - 1);
    while (this.slots[slot]! >= 0) slot = (slot + 1) & (this.slots.length - 1);
    this.slots[slot] = number;
    return (this.last = number);
  }

  private keep(number: number, bytes: Uint8Array, start: number, end: number): void {
    const at = this.starts[number]!;
    const after = at + end - start;
    if (after > this.kept.length) {
      const larger = new Uint8Array(Math.max(after, this.kept.length * 2));
      larger.set(this.kept);
      this.kept = larger;
    }
    this.kept.set(bytes.subarray(start, end), at);
    this.starts[number + 1] = after;
  }

  private same(bytes: Uint8Array, number: number, start: number, end: number): boolean {
    const { kept } = this;
    const known = this.starts[number]!;
    if (this.starts[number + 1]! - known !== end - start) return false;
    for (let at = end - start - 1; at >= 0; at--) if (kept[known + at] !== bytes[start + at]) return false;
    return true;
  }

  private grow(): void {
    const larger = (column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const copy = new Int32Array(column.length * 2);
      copy.set(column);
      return copy;
    };
    this.starts = larger(this.starts);
    this.hashes = larger(this.hashes);
    this.slots = new Int32Array(this.slots.length * 2).fill(-1);
    for (let number = 0; number < this.count; number++) {
      let slot = this.hashes[number]! & (this.slots.length - 1);
      while (this.slots[slot]! >= 0) slot = (slot + 1) & (this.slots.length - 1);
      this.slots[slot] = number;
    }
  }
}
