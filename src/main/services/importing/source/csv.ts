import { PathlightError } from '../../../../shared/errors.ts';

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Called for each row that holds anything; `line` is the physical line on which the row ends, counted from 1. False stops the reading. */
export type RowVisitor = (cells: string[], line: number) => boolean | void;

/**
 * Rows of a delimited text that arrives in pieces. RFC 4180, and what real files do beside it: any line end, white space around cells,
 * blank lines, quotation marks in the middle of a cell (`="007"`). Our own because rows must carry their physical line and a million of
 * them must pass in a second; a property test holds it against csv-parse.
 */
export class CsvReader {
  /** Physical line that comes next, counted from 1. */
  private line = 1;
  private rest = '';
  private stopped = false;
  private readonly file: string;
  private readonly delimiter: string;
  private readonly visit: RowVisitor;

  constructor(file: string, delimiter: string, visit: RowVisitor) {
    this.file = file;
    this.delimiter = delimiter;
    this.visit = visit;
  }

  /** @returns false once the visitor has seen enough. @throws PathlightError `broken-quotes` where a cell never ends */
  push(piece: string): boolean {
    if (this.stopped) return false;
    let text = this.rest + piece;
    // A carriage return at the end may be half of a line end.
    let held = '';
    if (text.endsWith('\r')) [text, held] = [text.slice(0, -1), '\r'];
    this.rest = this.take(text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text, false) + held;
    if (this.rest.length > LONGEST_ROW) throw this.unclosed();
    return !this.stopped;
  }

  /** @throws PathlightError `broken-quotes` */
  end(): void {
    if (this.stopped) return;
    const text = this.rest.replaceAll(/\r\n?/g, '\n');
    this.rest = '';
    if (text !== '') this.take(text, true);
  }

  /** Reads all rows that are complete; returns what is left. */
  private take(text: string, last: boolean): string {
    let at = 0;
    let quote = text.indexOf('"');
    while (at < text.length) {
      let end = text.indexOf('\n', at);
      if (end < 0) {
        if (!last) return text.slice(at);
        end = text.length;
      }
      if (quote >= 0 && quote < at) quote = text.indexOf('"', at);
      let cells: string[];
      let next = end + 1;
      if (quote < 0 || quote >= end) {
        cells = text.slice(at, end).split(this.delimiter);
        for (let index = 0; index < cells.length; index++) cells[index] = trimmed(cells[index]!);
        this.line++;
      } else {
        const row = quotedRow(text, at, this.delimiter, last);
        if (row === undefined) {
          if (last) throw this.unclosed();
          return text.slice(at);
        }
        cells = row.cells;
        next = row.next;
        this.line += row.lines;
      }
      at = next;
      if (isBlank(cells)) continue;
      if (this.visit(cells, this.line - 1) === false) {
        this.stopped = true;
        return '';
      }
    }
    return '';
  }

  private unclosed(): PathlightError {
    return new PathlightError(
      'broken-quotes',
      `${this.file}, line ${this.line}: a quotation mark opens a cell and never closes it, or stands inside one. Mend that line and import again.`,
      { file: this.file, line: this.line },
    );
  }
}

/** A cell that goes on for this long was never closed; reading on would only fill the memory. */
const LONGEST_ROW = 4 * 1024 * 1024;

function isBlank(cells: readonly string[]): boolean {
  for (let index = 0; index < cells.length; index++) if (cells[index] !== '') return false;
  return true;
}

/** Without white space at its ends, and the cell itself where there is none. */
export function trimmed(cell: string): string {
  if (cell === '') return cell;
  const first = cell.charCodeAt(0);
  const last = cell.charCodeAt(cell.length - 1);
  return first <= 32 || last <= 32 || first === 0xa0 || last === 0xa0 || first === 0xfeff ? cell.trim() : cell;
}

/** The cells of one line; undefined where a quotation mark opens a cell and never closes it. */
export const cellsIn = (line: string, delimiter: Delimiter): string[] | undefined => quotedRow(line, 0, delimiter, true)?.cells;

/** One row that holds quotation marks; undefined where the text ends before the row does. */
function quotedRow(
  text: string,
  start: number,
  delimiter: string,
  last: boolean,
): { cells: string[]; next: number; lines: number } | undefined {
  const cells: string[] = [];
  let lines = 1;
  let at = start;
  for (;;) {
    let first = at;
    while (first < text.length && text[first] === ' ') first++;
    // Spreadsheets are told to keep a text by ="…"; what it holds may hold delimiters.
    const kept = text[first] === '=' && text[first + 1] === '"';
    if (kept) first++;
    if (text[first] !== '"') {
      let end = at;
      while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end++;
      if (end === text.length && !last) return undefined;
      cells.push(trimmed(text.slice(at, end)));
      if (text[end] !== delimiter) return { cells, next: end + 1, lines };
      at = end + 1;
      continue;
    }
    let cell = '';
    let from = first + 1;
    for (;;) {
      const close = text.indexOf('"', from);
      // Whether a quotation mark closes the cell shows only in what comes behind it.
      if (close < 0 || (close === text.length - 1 && !last)) return undefined;
      let after = close + 1;
      if (text[after] === '"') {
        cell += text.slice(from, after);
        from = after + 1;
        continue;
      }
      while (after < text.length && text[after] === ' ' && text[after] !== delimiter) after++;
      if (after === text.length && !last) return undefined;
      if (after === text.length || text[after] === delimiter || text[after] === '\n') {
        cell += text.slice(from, close);
        for (let index = cell.indexOf('\n'); index >= 0; index = cell.indexOf('\n', index + 1)) lines++;
        cells.push(kept ? `="${cell.trim()}"` : cell.trim());
        if (text[after] !== delimiter) return { cells, next: after + 1, lines };
        at = after + 1;
        break;
      }
      // A quotation mark within the cell that nobody doubled: it is part of the text.
      cell += text.slice(from, close + 1);
      from = close + 1;
    }
  }
}

/**
 * The delimiter that splits the first lines most evenly into most cells (as Canvas does it); quoted parts do not count. A file may begin
 * with lines of prose, so the most usual number of cells counts and not the first line's.
 */
export function detectDelimiter(text: string): Delimiter {
  const lines = text
    .slice(0, 64 * 1024)
    .replaceAll(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line !== '')
    .slice(0, 20);
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const usual = new Map<number, number>();
    for (const count of counts) if (count > 0) usual.set(count, (usual.get(count) ?? 0) + 1);
    let score = 0;
    for (const [count, often] of usual) score = Math.max(score, (often / lines.length) * Math.min(count, 12));
    if (score > bestScore * 1.001) [best, bestScore] = [delimiter, score];
  }
  return best;
}

export const delimiterName = (delimiter: string): string =>
  ({ ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' })[delimiter] ?? 'none';
