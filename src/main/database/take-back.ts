import type { Database } from 'better-sqlite3';
import type { Values } from './values.ts';
import { BROUGHT_BY, stillSo } from './grid-journal.ts';
import { journalEntities } from './journal-entities.ts';
import type { JournalEntity, PartsEntity, WholeEntity } from './journal-entities.ts';
import { statementsOf } from './statements.ts';

/** A journalled value; `back` is what it goes back to. */
export interface JournalRow {
  readonly id: number;
  readonly entity: string;
  readonly key: readonly (string | number)[];
  readonly before: Values | null;
  readonly after: Values | null;
  readonly back: Values | null;
}

/** Called with each value, and why it stays or does not come back; undefined where it went back. */
export type OnValue = (row: JournalRow, reason: string | undefined) => void;

/** So many values of an import are held in memory at once. */
const AT_ONCE = 5000;

const COLUMNS = 'id, entity, key, before, after, back';

interface StoredRow {
  readonly id: number;
  readonly entity: string;
  readonly key: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly back: string | null;
}

function journalRow({ id, entity, key, before, after, back }: StoredRow): JournalRow {
  const parse = (text: string | null): Values | null => (text === null ? null : (JSON.parse(text) as Values | null));
  return {
    id,
    entity,
    key: JSON.parse(key) as JournalRow['key'],
    before: parse(before),
    after: parse(after),
    back: parse(back ?? before),
  };
}

const journalOf = (database: Database, number: number): JournalRow[] =>
  (database.prepare(`SELECT ${COLUMNS} FROM journal WHERE import_number = ? ORDER BY id`).all(number) as StoredRow[]).map(
    journalRow,
  );

/**
 * Takes an import's values out of the chains of values that things have gone through, as if they had never been said: what was said last and still
 * stands is what a thing has. A value with a later one after it stays as that is, and the later one will go back to what was before both. What an
 * undone import had brought, and was kept because something later had changed it, goes with that. So imports and edits can be undone in any order,
 * and with all of them undone nothing of them is left. The import must be marked as undone; the caller holds the transaction.
 */
export function takeBack(database: Database, number: number, onValue: OnValue): void {
  const own = database.prepare('SELECT count(*), coalesce(max(id), 0) FROM journal WHERE import_number = ? AND in_force = 1');
  let [left, last] = own.raw().get(number) as [number, number];
  if (left === 0) return;
  const page = database.prepare(
    `SELECT ${COLUMNS} FROM journal WHERE import_number = ? AND in_force = 1 AND id <= ? ORDER BY id DESC LIMIT ${AT_ONCE}`,
  );
  const forget = database.prepare('UPDATE journal SET in_force = 0 WHERE import_number = ? AND id >= ?');
  const chains = new Chains(database, number);
  for (; left > 0; left -= AT_ONCE) {
    const rows = (page.all(number, last) as StoredRow[]).map(journalRow);
    last = rows.at(-1)!.id;
    forget.run(number, last);
    for (const row of rows) onValue(row, chains.remove(row));
  }
}

class Chains {
  private readonly prepare: ReturnType<typeof statementsOf>;
  private readonly entities: Readonly<Record<string, JournalEntity>>;

  /** Whether anything else has been said since: a million values need not be looked up where nothing was. */
  private readonly alone: boolean;

  constructor(database: Database, number: number) {
    this.prepare = statementsOf(database);
    this.entities = journalEntities(database);
    const first = this.prepare('SELECT min(id) FROM journal WHERE import_number = ?').pluck().get(number);
    this.alone =
      this.prepare('SELECT 1 FROM journal WHERE id > ? AND in_force = 1 AND import_number <> ? LIMIT 1').get(first, number) ===
      undefined;
  }

  remove(row: JournalRow): string | undefined {
    const entity = this.entities[row.entity];
    if (!entity) return 'gone';
    return entity.whole ? this.whole(entity, row) : this.parts(entity, row);
  }

  private whole(entity: WholeEntity, row: JournalRow): string | undefined {
    const { key, back, after } = row;
    const next = this.later(row)[0];
    if (next) {
      // A column may have marks that keep it: then it goes back to how it was made.
      if (back !== null || row.entity !== 'assignment') this.goBackTo(next, back);
      return 'changed-since';
    }
    const now = entity.read(key);
    if (!stillSo(now, after)) return 'changed-since';
    if (back === null) return now === undefined || entity.remove(key) ? undefined : 'used-since';
    const brought = (back[BROUGHT_BY] as number | undefined) ?? entity.importNumber(key);
    const by = brought !== undefined && this.stands(brought) ? brought : this.earlier(row);
    if (by === undefined) {
      if (now === undefined) return 'import-undone';
      if (!entity.remove(key)) entity.update(key, back);
      return undefined;
    }
    if (now === undefined) return entity.insert(key, back, by) ? undefined : 'gone';
    entity.update(key, back);
    if (by !== entity.importNumber(key)) entity.bringBy(key, by);
    return undefined;
  }

  private parts(entity: PartsEntity, row: JournalRow): string | undefined {
    const { key, before, after, back } = row;
    if (before === null || after === null || back === null) return undefined;
    const same = (name: string, a: Values, b: Values): boolean => entity.same?.(name, a[name], b[name]) ?? a[name] === b[name];
    const now = entity.read(key);
    if (!now) return 'changed-since';
    const later = this.later(row).filter((next) => next.before !== null && next.after !== null);
    const values: Record<string, Values[string]> = {};
    let kept = false;
    for (const name of Object.keys(after).filter((each) => before[each] !== after[each])) {
      const at = later.findIndex((next) => name in next.after! && next.before![name] !== next.after![name]);
      if (at >= 0) {
        const next = later[at]!;
        later[at] = { ...next, back: { ...next.back, [name]: back[name]! } };
        this.goBackTo(next, later[at].back);
        kept = true;
      } else if (same(name, now, after)) values[name] = back[name]!;
      else kept = true;
    }
    if (Object.keys(values).length > 0 && !entity.write(key, values)) kept = true;
    return kept ? 'changed-since' : undefined;
  }

  /** What was said of the same thing afterwards and stands, the oldest first. */
  private later({ id, entity, key }: JournalRow): JournalRow[] {
    if (this.alone) return [];
    return (
      this.prepare(`SELECT ${COLUMNS} FROM journal WHERE entity = ? AND key = ? AND in_force = 1 AND id > ? ORDER BY id`).all(
        entity,
        JSON.stringify(key),
        id,
      ) as StoredRow[]
    ).map(journalRow);
  }

  /** Who said the last thing before that stands. */
  private earlier({ id, entity, key }: JournalRow): number | undefined {
    return this.prepare(
      'SELECT import_number FROM journal WHERE entity = ? AND key = ? AND in_force = 1 AND id < ? ORDER BY id DESC LIMIT 1',
    )
      .pluck()
      .get(entity, JSON.stringify(key), id) as number | undefined;
  }

  private stands(number: number): boolean {
    return this.prepare('SELECT undone_at IS NULL FROM imports WHERE number = ?').pluck().get(number) === 1;
  }

  private goBackTo({ id }: JournalRow, back: Values | null): void {
    this.prepare('UPDATE journal SET back = ? WHERE id = ?').run(JSON.stringify(back), id);
  }
}

/**
 * Says an edit's values again, each where the thing is as it was before the edit. They are the last in their chains from now on. The import must be
 * marked as standing; the caller holds the transaction.
 */
export function sayAgain(database: Database, number: number, onValue: OnValue): void {
  const prepare = statementsOf(database);
  const entities = journalEntities(database);
  for (const row of journalOf(database, number)) {
    const { id, key, after, back } = row;
    const entity = entities[row.entity];
    const say = (): string | undefined => {
      if (!entity?.whole) return 'gone';
      if (!stillSo(entity.read(key), back)) return 'changed-since';
      if (after === null) {
        const was = JSON.stringify({ ...back, [BROUGHT_BY]: entity.importNumber(key)! });
        if (!entity.remove(key)) return 'gone';
        prepare('UPDATE journal SET back = ? WHERE id = ?').run(was, id);
      } else if (back) entity.update(key, after);
      else if (!entity.insert(key, after, number)) return 'gone';
      return undefined;
    };
    const reason = say();
    if (reason === undefined)
      prepare('UPDATE journal SET in_force = 1, id = (SELECT max(id) + 1 FROM journal) WHERE id = ?').run(id);
    onValue(row, reason);
  }
}
