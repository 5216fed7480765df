import type { Database } from 'better-sqlite3';

/** Small tables whose references SQLite itself looks through; answers and marks are checked by the ids that were written. */
const TABLES = ['students', 'student_keys', 'profile_fields', 'enrolments', 'prerequisites', 'skill_set_members'] as const;

/**
 * What an import checks instead of SQLite's foreign keys, which look up three rows for each answer: a million answers name a few thousand
 * students and questions, and each is looked up once. To be called at the end of the transaction; a throw leaves nothing behind.
 * @param students row numbers that were written @param questions the same
 */
export function checkReferences(database: Database, students: Iterable<number>, questions: Iterable<number>): void {
  const there = (table: 'students' | 'questions', ids: Iterable<number>): boolean => {
    const find = database.prepare(`SELECT 1 FROM ${table} WHERE id = ?`).pluck();
    for (const id of ids) if (find.get(id) === undefined) return false;
    return true;
  };
  const broken =
    !there('students', students) ||
    !there('questions', questions) ||
    TABLES.some((table) => (database.pragma(`foreign_key_check(${table})`) as unknown[]).length > 0);
  if (broken) throw new Error('An import named a row that is not there; nothing was written.');
}
