import { cellsIn, DELIMITERS, detectDelimiter } from './csv.ts';
import type { Delimiter } from './csv.ts';

/*
 * A spreadsheet that was told the wrong delimiter keeps each line in its first cell, and writes it out as one quoted cell: `"a,""b, c"",d"`,
 * or, in the country of the semicolon, `"a,""b, c"",d";;` with the lines that hold no quotation mark left as they are.
 */
const WRAPPED = /^"((?:[^"]|"")*)"([,;\t|]?)\2*$/;
/** Lines that are looked at. */
const LOOKED_AT = 20;

/** How the cells of such a table are parted, and by what the spreadsheet parted the cells around them. */
export interface WrappedLines {
  readonly inner: Delimiter;
  readonly outer: Delimiter;
}

/** @returns undefined where the text is a table as usual */
export function wrappedLines(start: string): WrappedLines | undefined {
  if (!/(^|[\r\n])"/.test(start)) return undefined;
  const lines = start
    .split(/\r\n|\r|\n/)
    .slice(0, -1)
    .filter((line) => line.trim() !== '')
    .slice(0, LOOKED_AT);
  const wrapped = lines.map((line) => WRAPPED.exec(line));
  if (lines.length < 2 || wrapped.every((line) => line === null)) return undefined;
  const around = wrapped.find((line) => line !== null && line[2] !== '')?.[2];
  const bare = lines.map((line, index) => wrapped[index]?.[1]!.replaceAll('""', '"') ?? withoutEnd(line, around));
  const inner = detectDelimiter(bare.join('\n'));
  const counts = bare.map((line) => cellsIn(line, inner)?.length ?? 0);
  const [header] = counts;
  // One column of "Last, First" has no header of two; beside lines of prose in quotation marks the table's own have more cells.
  if (header === undefined || header < 2 || !counts.every((count) => count === header)) return undefined;
  return { inner, outer: DELIMITERS.find((each) => each === around) ?? inner };
}

function withoutEnd(line: string, delimiter: string | undefined): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === delimiter) end--;
  return line.slice(0, end);
}

/** The cells that a row's first cell holds, where it holds them all; the row itself else. */
export function unwrappedRow(cells: string[], inner: Delimiter): string[] {
  const [first] = cells;
  if (first === undefined || !first.includes(inner) || cells.some((cell, index) => index > 0 && cell !== '')) return cells;
  return cellsIn(first, inner) ?? cells;
}
