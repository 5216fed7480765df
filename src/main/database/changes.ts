import type { Database, Statement } from 'better-sqlite3';
import { DiffBook } from './diff-book.ts';
import type { DiffKind } from './diff-book.ts';
import { HandEdits } from './hand-edits.ts';
import type { Values } from './values.ts';

/** Keeps every value that an import changes, before and after, and counts. */
export class Journal {
  /** What happens to each kind of thing, with examples where somebody will look at them. */
  readonly book: DiffBook;
  private readonly insert: Statement;
  private readonly number: number;
  private readonly at: number;
  private readonly database: Database;
  private edits: HandEdits | undefined;

  /** @param examples true for a preview: examples of what changes are kept, not only their number */
  constructor(database: Database, number: number, at: number, examples = false) {
    this.database = database;
    this.number = number;
    this.at = at;
    this.book = new DiffBook(examples);
    this.insert = database.prepare(
      'INSERT INTO journal (import_number, entity, key, before, after, created_at) VALUES (?, ?, ?, ?, ?, ?)',
    );
  }

  change(entity: DiffKind, key: readonly (string | number)[], before: Values, after: Values, line: number | null = null): void {
    this.record(entity, key, before, after);
    this.book.changed(entity, line, key, before, after);
  }

  /** Keeps a value for undo, and for nobody to look at before; null before: there was none, for somebody had taken it away. */
  record(entity: string, key: readonly (string | number)[], before: Values | null, after: Values): void {
    const was = before === null ? null : JSON.stringify(before);
    this.insert.run(this.number, entity, JSON.stringify(key), was, JSON.stringify(after), this.at);
  }

  /**
   * What the file says, less the values that somebody corrected in the program and the file only repeats from before the correction:
   * these stay, and are named as conflicts. Any third value is news and counts.
   */
  respect<Row extends Values>(
    entity: DiffKind,
    key: readonly (string | number)[],
    before: Values,
    after: Row,
    line: number | null = null,
  ): Row {
    this.edits ??= new HandEdits(this.database, this.number);
    const kept = this.edits.keeps(entity, key, before, after);
    if (kept.length === 0) return after;
    const pick = (from: Values): Values => Object.fromEntries(kept.map((name) => [name, from[name] ?? null]));
    this.book.conflict(entity, line, key, 'edited-here', pick(before), pick(after));
    return { ...after, ...pick(before) };
  }
}

export const sameValues = (a: Values, b: Values): boolean => Object.keys(a).every((name) => a[name] === b[name]);

/** Gets a row's id by its code, making the row where there is none. */
export class Ids {
  private readonly known = new Map<string, number>();
  private readonly find: Statement;
  private readonly insert: Statement;
  private readonly number: number;

  constructor(database: Database, table: 'skills' | 'questions', number: number) {
    this.number = number;
    this.find = database.prepare(`SELECT id FROM ${table} WHERE code = ?`).pluck();
    this.insert =
      table === 'skills'
        ? database.prepare('INSERT INTO skills (code, name, import_number) VALUES (@code, @code, @number)')
        : database.prepare('INSERT INTO questions (code, import_number) VALUES (@code, @number)');
  }

  of(code: string): { readonly id: number; readonly isNew: boolean } {
    const known = this.known.get(code);
    if (known !== undefined) return { id: known, isNew: false };
    const found = this.find.get(code) as number | undefined;
    const id = found ?? Number(this.insert.run({ code, number: this.number }).lastInsertRowid);
    this.known.set(code, id);
    return { id, isNew: found === undefined };
  }
}
