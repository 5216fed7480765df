import type { Database } from 'better-sqlite3';
import type { ProfileValue } from '../../shared/domain.ts';

/** Values of all profile fields by `area.field`, and how many students have each. */
export function profileValues(database: Database): Map<string, Map<ProfileValue, number>> {
  const values = new Map<string, Map<ProfileValue, number>>();
  const rows = database
    .prepare('SELECT area, field, value, count(*) FROM profile_fields GROUP BY area, field, value')
    .raw()
    .iterate() as IterableIterator<[string, string, ProfileValue, number]>;
  for (const [area, field, value, count] of rows) {
    const name = `${area}.${field}`;
    const known = values.get(name);
    if (known) known.set(value, count);
    else values.set(name, new Map([[value, count]]));
  }
  return values;
}
