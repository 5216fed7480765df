import type { ImportFormat } from '../../../../shared/contract/imports.ts';
import type { ContentBuilder } from '../content.ts';
import type { Parcel, Sheet, SourceRow } from '../source/parcel.ts';
import { detectDecimal, plain, sensitiveKind, unwrapped } from '../values.ts';
import type { DecimalSign } from '../values.ts';

/** What a file was taken for, how surely, and by what. */
export interface Recognition {
  readonly format: ImportFormat;
  /** 0 to 1; below .5 it is not taken at all. */
  readonly certainty: number;
  /** Words `imports.because.<code>`. */
  readonly because: { readonly code: string; readonly detail: Readonly<Record<string, string | number>> };
  readonly sheet: Sheet;
  readonly header: SourceRow;
  /** Column → what it means, with words `imports.meaning.<meaning>`; a column without a meaning is not kept. */
  readonly meanings: ReadonlyMap<number, string>;
}

/** One kind of file. */
export interface Format {
  readonly name: ImportFormat;
  /** Set where it reads all tables of a file by itself. */
  readonly readsAllTables?: true;
  recognise(parcel: Parcel): Recognition | undefined;
  /** @throws PathlightError where the file as a whole cannot be taken */
  read(parcel: Parcel, recognition: Recognition, into: ContentBuilder): void;
}

/** The first row of these that fits as a header: files may begin with lines of prose. */
const HEADER_WITHIN = 25;

/** Tries each of the first rows of each table as a header; the surest wins, the earlier where two are as sure. */
export function findHeader(
  parcel: Parcel,
  judge: (
    header: Header,
    sheet: Sheet,
  ) => { readonly certainty: number; readonly meanings: ReadonlyMap<number, string> } | undefined,
  format: ImportFormat,
  because: string,
): Recognition | undefined {
  let best: Recognition | undefined;
  for (const sheet of parcel.sheets)
    for (const row of sheet.head.slice(0, HEADER_WITHIN)) {
      const found = judge(new Header(row.cells), sheet);
      if (!found || found.certainty <= (best?.certainty ?? 0)) continue;
      const columns = [...found.meanings.keys()].slice(0, 4).map((index) => row.cells[index] ?? '');
      best = {
        format,
        certainty: found.certainty,
        because: { code: because, detail: { columns: columns.join(', '), line: row.line } },
        sheet,
        header: row,
        meanings: found.meanings,
      };
    }
  return best;
}

/** A header row to look columns up in, by what they are called in any language. */
export class Header {
  readonly cells: readonly string[];
  readonly plain: readonly string[];
  private readonly byName = new Map<string, number>();

  constructor(cells: readonly string[]) {
    this.cells = cells;
    this.plain = cells.map(plain);
    this.plain.forEach((name, index) => {
      if (name !== '' && !this.byName.has(name)) this.byName.set(name, index);
    });
  }

  has(...names: readonly string[]): boolean {
    return names.every((name) => this.byName.has(name));
  }

  /** Index of the first of these names that is there; −1 where none is. */
  find(...names: readonly string[]): number {
    for (const name of names) {
      const index = this.byName.get(name);
      if (index !== undefined) return index;
    }
    return -1;
  }

  /** How many of the names are there. */
  count(names: readonly string[]): number {
    return names.filter((name) => this.byName.has(name)).length;
  }

  match(pattern: RegExp): number {
    return this.plain.findIndex((name) => pattern.test(name));
  }
}

/** The meanings that were found, without those at −1. */
export function meaningsOf(pairs: Readonly<Record<string, number>>): Map<number, string> {
  return new Map(
    Object.entries(pairs)
      .filter(([, index]) => index >= 0)
      .map(([meaning, index]): [number, string] => [index, meaning]),
  );
}

/** The rows below the header. */
export function bodyRows(
  recognition: Pick<Recognition, 'sheet' | 'header'>,
  visit: (cells: readonly string[], line: number) => void,
): void {
  const start = recognition.header.line;
  recognition.sheet.rows((cells, line) => {
    if (line > start) visit(cells, line);
  });
}

/** The cells below a header in one of its columns, as far as the table's first rows go. */
export function columnOf(sheet: Sheet, header: Header, index: number): string[] {
  const start = sheet.head.findIndex((row) => row.cells === header.cells);
  return sheet.head.slice(start + 1).map((row) => row.cells[index] ?? '');
}

/** A cell by its column, unwrapped; empty where there is no such column. */
export function cellAt(cells: readonly string[], index: number): string {
  return index < 0 ? '' : unwrapped(cells[index] ?? '');
}

/** The decimal sign of a table's numbers: as the person said, else as its first rows show. */
export function decimalOf(sheet: Sheet): DecimalSign {
  if (sheet.decimal !== undefined) return sheet.decimal;
  return detectDecimal(
    sheet.head.flatMap((row) => row.cells),
    sheet.delimiter,
  );
}

/** Tells of every column that is not kept; sensitive ones by their kind. */
export function ignoreRest(
  header: SourceRow,
  meanings: ReadonlyMap<number, string>,
  into: ContentBuilder,
  why: (index: number) => string = () => 'unused',
): void {
  header.cells.forEach((cell, index) => {
    if (meanings.has(index) || cell === '') return;
    const sensitive = sensitiveKind(cell);
    into.ignore(cell, sensitive === undefined ? why(index) : `sensitive.${sensitive}`);
  });
}
