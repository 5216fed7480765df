import { createHash } from 'node:crypto';
import type { CheckedRows } from '../../database/import-rows.ts';
import { checkRows } from './rows.ts';
import { recogniseLayout } from './layouts.ts';
import { delimiterName, parseTable } from './table.ts';
import { decodeText } from './text.ts';

/** A file understood: everything that an import needs, and everything that a preview shows. */
export interface ReadFile {
  readonly file: string;
  readonly hash: string;
  readonly encoding: string;
  readonly delimiter: string;
  readonly header: readonly string[];
  readonly sample: readonly (readonly string[])[];
  readonly columns: readonly { readonly column: string; readonly meaning: string }[];
  readonly content: CheckedRows;
}

const SAMPLE_ROWS = 5;

/** @throws PathlightError where the file is refused as a whole; names file, line and what to do */
export function readImportFile(name: string, bytes: Uint8Array): ReadFile {
  const { text, encoding } = decodeText(name, bytes);
  const table = parseTable(name, text);
  const layout = recogniseLayout(name, table);
  const known = new Set([
    ...KNOWN,
    ...[...layout.columns.keys()].filter((word) => /^(background|preference|behaviour)\./.test(word)),
  ]);
  return {
    file: name,
    hash: createHash('sha256').update(bytes).digest('hex'),
    encoding,
    delimiter: delimiterName(table.delimiter),
    header: table.header,
    sample: table.rows.slice(0, SAMPLE_ROWS),
    columns: [...layout.columns]
      .filter(([meaning]) => known.has(meaning))
      .map(([meaning, index]) => ({ column: table.header[index]!, meaning })),
    content: checkRows(table, layout),
  };
}

const KNOWN = [
  ...['student', 'given_name', 'family_name', 'name', 'class', 'grade'],
  ...['order', 'item', 'skill', 'correct', 'timestamp', 'response_time_ms', 'attempt', 'hint', 'prerequisite'],
];
