import type { Database } from 'better-sqlite3';
import type { School } from '../../shared/contract/plans.ts';

/** What stands on top of every printed sheet; it belongs to the gradebook and travels with it. */
export function readSchool(database: Database): School {
  const read = database.prepare('SELECT value FROM settings WHERE name = ?').pluck();
  const text = (name: string): string | null => {
    const value = read.get(name);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  return { name: text('school.name') ?? '', logo: text('school.logo') };
}

export function writeSchool(database: Database, { name, logo }: School): void {
  const set = database.prepare(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  set.run('school.name', name);
  set.run('school.logo', logo ?? '');
}
