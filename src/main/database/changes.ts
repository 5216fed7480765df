import type { Database, Statement } from 'better-sqlite3';

/** What an import does to what is there; students, answers, marks, skills and prerequisites count one each. */
export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly conflicts: number;
}

export type Values = Readonly<Record<string, string | number | null>>;

/** A value of the file that is not taken, and why: words `imports.conflict.<code>`. */
export interface ValueConflict {
  /** In the file, counted from 1; 0 where it is not known any more. */
  readonly line: number;
  readonly code: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

/** Keeps every value that an import changes, before and after, and counts. */
export class Journal {
  readonly conflicts: ValueConflict[] = [];
  readonly changes = { added: 0, changed: 0, unchanged: 0, conflicts: 0 };
  private readonly insert: Statement;
  private readonly number: number;
  private readonly at: number;

  constructor(database: Database, number: number, at: number) {
    this.number = number;
    this.at = at;
    this.insert = database.prepare(
      'INSERT INTO journal (import_number, entity, key, before, after, created_at) VALUES (?, ?, ?, ?, ?, ?)',
    );
  }

  change(entity: string, key: readonly (string | number)[], before: Values, after: Values): void {
    this.insert.run(this.number, entity, JSON.stringify(key), JSON.stringify(before), JSON.stringify(after), this.at);
    this.changes.changed++;
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
