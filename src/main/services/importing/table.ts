import { parse } from 'csv-parse/sync';
import { CsvError } from 'csv-parse/sync';
import { PathlightError } from '../../../shared/errors.ts';

/** A file as rows of text. */
export interface TextTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** [rows], physical line on which each row ends, counted from 1. */
  readonly lines: Int32Array;
  readonly delimiter: ',' | ';' | '\t';
}

const DELIMITERS = [',', ';', '\t'] as const;

/** The delimiter that splits the first lines most evenly into most cells (as Canvas does it); quoted parts do not count. */
export function detectDelimiter(text: string): ',' | ';' | '\t' {
  const lines = text
    .slice(0, 64 * 1024)
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 5)
    .map((line) => line.replaceAll(/"[^"]*"/g, ''));
  let best: (typeof DELIMITERS)[number] = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const header = counts[0] ?? 0;
    const even = counts.filter((count) => count === header).length / Math.max(1, counts.length);
    const score = header * even;
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}

/** @throws PathlightError `broken-quotes`, naming the line */
export function parseTable(file: string, text: string): TextTable {
  const delimiter = detectDelimiter(text);
  const lines: number[] = [];
  let records: string[][];
  try {
    // One kind of line end, because the parser counts \r\n inside a quoted cell twice.
    records = parse(text.replaceAll(/\r\n?/g, '\n'), {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      record_delimiter: '\n',
      // Spreadsheets write ="007" to keep a text.
      relax_quotes: true,
      on_record: (record: string[], context: { lines: number }) => {
        if (record.every((cell) => cell === '')) return null;
        lines.push(context.lines);
        return record;
      },
    }) as unknown as string[][];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as unknown as { lines?: number }).lines ?? 0);
    throw new PathlightError(
      'broken-quotes',
      `${file}, line ${line}: a quotation mark opens a cell and never closes it, or stands inside one. Mend that line and import again.`,
      { file, line },
    );
  }
  return { header: records[0] ?? [], rows: records.slice(1), lines: Int32Array.from(lines.slice(1)), delimiter };
}

export const delimiterName = (delimiter: TextTable['delimiter']): string =>
  ({ ',': 'comma', ';': 'semicolon', '\t': 'tab' })[delimiter];
