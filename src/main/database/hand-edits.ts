import type { Database } from 'better-sqlite3';
import type { Values } from './values.ts';

/** What was corrected in the program itself: journalled by imports that come from no file, and not undone since. */
export class HandEdits {
  private readonly edits = new Map<string, { before: Values; after: Values }[]>();

  /** @param number of the import that asks: only earlier ones count */
  constructor(database: Database, number: number) {
    const rows = database
      .prepare(
        `SELECT j.entity, j.key, j.before, j.after, j.back FROM imports i JOIN journal j ON j.import_number = i.number
         WHERE i.hash = '' AND i.undone_at IS NULL AND i.number < ? ORDER BY j.id`,
      )
      .iterate(number) as IterableIterator<{
      entity: string;
      key: string;
      before: string | null;
      after: string | null;
      back: string | null;
    }>;
    for (const { entity, key, before, after, back } of rows) {
      if (before === null || after === null) continue;
      const place = `${entity} ${key}`;
      const known = this.edits.get(place) ?? [];
      this.edits.set(place, known);
      for (const old of [before, back]) {
        const was = old === null ? null : (JSON.parse(old) as Values | null);
        if (was) known.push({ before: was, after: JSON.parse(after) as Values });
      }
    }
  }

  /** Names of the values that stand as somebody corrected them, and that the file gives as they were before that. */
  keeps(entity: string, key: readonly (string | number)[], before: Values, after: Values): string[] {
    if (this.edits.size === 0) return [];
    const edits = this.edits.get(`${entity} ${JSON.stringify(key)}`) ?? [];
    return Object.keys(after).filter(
      (name) =>
        after[name] !== before[name] &&
        // Corrected twice, what was there before either correction is old.
        edits.some((edit) => name in edit.after && edit.after[name] === before[name]) &&
        edits.some((edit) => name in edit.before && edit.before[name] === after[name]),
    );
  }
}
