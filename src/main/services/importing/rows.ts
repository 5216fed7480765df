import type { CheckedRows, RefusedRow, ResponseRow, RosterRow } from '../../database/import-rows.ts';
import type { RecognisedLayout } from './layouts.ts';
import type { TextTable } from './table.ts';

/** Why a row is refused; caught per row, so that the others go on. */
class Refusal extends Error {
  readonly code: string;
  readonly detail: Readonly<Record<string, string | number>>;

  constructor(code: string, reason: string, detail: Readonly<Record<string, string | number>> = {}) {
    super(reason);
    this.code = code;
    this.detail = detail;
  }
}

const LONGEST_ID = 200;

/** Checks every row by itself; a refused one is named with its line and the others are kept. */
export function checkRows(table: TextTable, layout: RecognisedLayout): CheckedRows {
  const refused: RefusedRow[] = [];
  const comma = table.delimiter === ';';
  const collect = <Row>(
    toRow: (cells: Cells) => Row,
    keyOf: (row: Row) => string,
    duplicate: (first: number) => Refusal,
  ): Row[] => {
    const rows: Row[] = [];
    const seen = new Map<string, number>();
    table.rows.forEach((cells, index) => {
      const line = table.lines[index]!;
      try {
        if (cells.length > table.header.length && cells.slice(table.header.length).some((cell) => cell !== ''))
          throw new Refusal('too-many-cells', `the row has ${cells.length} cells, the header ${table.header.length}`, {
            cells: cells.length,
            columns: table.header.length,
          });
        const row = toRow({ cells, columns: layout.columns, line, decimalComma: comma });
        const key = keyOf(row);
        const first = seen.get(key);
        if (first !== undefined) throw duplicate(first);
        seen.set(key, line);
        rows.push(row);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refused.push({ line, reason: error.message, code: error.code, detail: { ...error.detail } });
      }
    });
    return rows;
  };
  switch (layout.format) {
    case 'pathlight-roster': {
      const profileColumns = [...layout.columns.keys()].filter((name) => /^(background|preference|behaviour)\./.test(name));
      const rows = collect(
        (cells) => rosterRow(cells, profileColumns),
        (row) => row.student,
        (first) => new Refusal('duplicate-student', `the student of this row stands on line ${first} already`, { first }),
      );
      return { format: layout.format, rows, refused };
    }
    case 'pathlight-responses': {
      const rows = collect(
        responseRow,
        (row) => `${row.student}\u001f${row.order}`,
        (first) => new Refusal('duplicate-answer', `the same student and order stand on line ${first} already`, { first }),
      );
      return { format: layout.format, rows, refused };
    }
    case 'pathlight-skills': {
      const rows = collect(
        (cells) => ({
          line: cells.line,
          skill: identifier(cells, 'skill'),
          name: words(cells, 'name') || identifier(cells, 'skill'),
        }),
        (row) => row.skill,
        (first) => new Refusal('duplicate-skill', `this skill stands on line ${first} already`, { first }),
      );
      return { format: layout.format, rows, refused };
    }
    case 'pathlight-prerequisites': {
      const rows = collect(
        (cells) => {
          const row = { line: cells.line, skill: identifier(cells, 'skill'), prerequisite: identifier(cells, 'prerequisite') };
          if (row.skill === row.prerequisite)
            throw new Refusal('own-prerequisite', `the skill "${row.skill}" cannot be its own prerequisite`, {
              skill: row.skill,
            });
          return row;
        },
        (row) => `${row.skill}\u001f${row.prerequisite}`,
        (first) => new Refusal('duplicate-prerequisite', `this pair stands on line ${first} already`, { first }),
      );
      return { format: layout.format, rows, refused };
    }
  }
}

interface Cells {
  readonly cells: readonly string[];
  readonly columns: ReadonlyMap<string, number>;
  readonly line: number;
  readonly decimalComma: boolean;
}

/** `="007"` is how spreadsheets are told to keep a text; it means 007. */
function text({ cells, columns }: Cells, column: string): string {
  const index = columns.get(column);
  const cell = index === undefined ? '' : (cells[index] ?? '');
  const wrapped = /^="(.*)"$/s.exec(cell);
  return wrapped ? wrapped[1]!.replaceAll('""', '"') : cell;
}

function words(cells: Cells, column: string): string {
  return text(cells, column)
    .replaceAll(/[\u0000-\u001f\u007f]+/g, ' ')
    .normalize('NFC')
    .trim();
}

function identifier(cells: Cells, column: string): string {
  const value = words(cells, column);
  if (value === '') throw new Refusal('missing-value', `${column} is empty`, { column });
  if (value.startsWith('=')) throw new Refusal('formula', `${column} begins with "=": a formula is not an id`, { column });
  if (value.length > LONGEST_ID) throw new Refusal('too-long', `${column} is longer than ${LONGEST_ID} characters`, { column });
  return value;
}

const shown = (value: string): string => (value.length > 40 ? `${value.slice(0, 39)}…` : value);

/** Empty is NaN; only plain decimal notation counts as a number. */
function number(cells: Cells, column: string): number {
  const value = text(cells, column);
  if (value === '') return Number.NaN;
  const plain = cells.decimalComma ? value.replace(',', '.') : value;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(plain))
    throw new Refusal('not-a-number', `${column} "${shown(value)}" is not a number`, { column, value: shown(value) });
  return Number(plain);
}

function wholeNumber(cells: Cells, column: string): number | null {
  const value = number(cells, column);
  if (Number.isNaN(value)) return null;
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Refusal('not-a-count', `${column} ${shown(text(cells, column))} is not a whole number from 0 on`, {
      column,
      value: shown(text(cells, column)),
    });
  return value;
}

function rosterRow(cells: Cells, profileColumns: readonly string[]): RosterRow {
  const student = identifier(cells, 'student');
  const name = words(cells, 'name');
  return {
    line: cells.line,
    student,
    givenName: words(cells, 'given_name') || name,
    familyName: words(cells, 'family_name'),
    className: words(cells, 'class'),
    grade: words(cells, 'grade'),
    profile: profileColumns.flatMap((column) => {
      const value = words(cells, column);
      if (value === '') return [];
      const [area, ...rest] = column.split('.');
      const plain = cells.decimalComma ? value.replace(',', '.') : value;
      return [{ area: area!, field: rest.join('.'), value: /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : value }];
    }),
  };
}

function timestamp(cells: Cells): number | null {
  const value = text(cells, 'timestamp');
  if (value === '') return null;
  if (/^\d+$/.test(value) && Number.isSafeInteger(Number(value))) return Number(value);
  // Only ISO 8601: 3/4/2026 means two different days.
  const parsed = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(value)
    ? Date.parse(value.replace(' ', 'T'))
    : Number.NaN;
  if (Number.isNaN(parsed))
    throw new Refusal(
      'bad-time',
      `timestamp "${shown(value)}" is neither milliseconds since 1970 nor a date like 2026-09-01T08:30:00Z`,
      { value: shown(value) },
    );
  return parsed;
}

function responseRow(cells: Cells): ResponseRow {
  const student = identifier(cells, 'student');
  const order = wholeNumber(cells, 'order');
  if (order === null) throw new Refusal('missing-value', 'order is empty', { column: 'order' });
  const question = identifier(cells, 'item');
  const skillCell = words(cells, 'skill');
  if (skillCell.startsWith('='))
    throw new Refusal('formula', 'skill begins with "=": a formula is not an id', { column: 'skill' });
  const raw = text(cells, 'correct');
  let correct = Number.NaN;
  try {
    correct = number(cells, 'correct');
  } catch {
    // Said below in one sentence for all that is not 0 to 1.
  }
  if (!(correct >= 0 && correct <= 1))
    throw new Refusal(
      'bad-correct',
      raw === '' ? 'correct is empty' : `correct "${shown(raw)}" is not a number from 0 (wrong) to 1 (right)`,
      { value: shown(raw) },
    );
  const responseTimeMs = number(cells, 'response_time_ms');
  if (responseTimeMs < 0)
    throw new Refusal('not-a-count', 'response_time_ms is negative', {
      column: 'response_time_ms',
      value: shown(text(cells, 'response_time_ms')),
    });
  return {
    line: cells.line,
    student,
    order,
    question,
    skills:
      skillCell === ''
        ? []
        : [...new Set(skillCell.split('~').map((skill) => skill.trim()))].filter((skill) => skill !== '').sort(),
    correct,
    timestamp: timestamp(cells),
    responseTimeMs: Number.isNaN(responseTimeMs) ? null : responseTimeMs,
    attempt: wholeNumber(cells, 'attempt'),
    hint: wholeNumber(cells, 'hint'),
  };
}
