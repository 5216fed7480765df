import type { Database } from 'better-sqlite3';
import { skillsOfKey } from '../../learning/responses.ts';
import { Ids } from './changes.ts';

/**
 * Finds the set of skills that answers were asked under, making it where there is none: with its skills, which carry the import's number where
 * they are new. A set is taken away with its last answer, so one that a journal names may have gone since.
 * @param code the set's skills, sorted and joined by U+001F
 */
export function skillSets(
  database: Database,
  importNumber: number,
  skills = new Ids(database, 'skills', importNumber),
): (code: string) => number {
  const find = database.prepare('SELECT id FROM skill_sets WHERE code = ?').pluck();
  const insert = database.prepare('INSERT INTO skill_sets (code) VALUES (?)');
  const member = database.prepare('INSERT INTO skill_set_members (set_id, skill_id) VALUES (?, ?)');
  return (code) => {
    const found = find.get(code) as number | undefined;
    if (found !== undefined) return found;
    const id = Number(insert.run(code).lastInsertRowid);
    for (const skill of skillsOfKey(code)) member.run(id, skills.of(skill).id);
    return id;
  };
}
