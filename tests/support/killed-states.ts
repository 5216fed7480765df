import { copyFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { migrate, MIGRATIONS } from '../../src/main/database/migrate.ts';

export const AT = Date.UTC(2026, 10, 24, 18);
export const EDITS = 60;

/** Makes a gradebook of the first schema with so many answers of 60 students, in one file. */
export function makeFirstSchema(file: string, answers: number): void {
  const database = new Sqlite(file);
  migrate(database, file, () => undefined, MIGRATIONS.slice(0, 1));
  database.exec(`
    INSERT INTO imports VALUES (1, 'i1', 'a.csv', 'h', 'pathlight-responses', 'UTF-8', 'comma', 60, 500, ${answers}, 0, '[]', 1, NULL);
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
      INSERT INTO questions (id, code, import_number) SELECT i, 'q' || i, 1 FROM n;
    INSERT INTO students (id, code, given_name, import_number) SELECT id, 's' || id, 'Name ' || id, 1 FROM questions WHERE id <= 60;
    INSERT INTO skills (id, code, name, import_number) SELECT id, 'k' || id, 'k' || id, 1 FROM questions WHERE id <= 20;
    INSERT INTO skill_sets SELECT id, code FROM skills;
    INSERT INTO skill_set_members SELECT id, id FROM skills;
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${answers - 1})
      INSERT INTO answers (student_id, position, question_id, set_id, correct, import_number)
      SELECT 1 + i % 60, i / 60, 1 + i * 7 % 500, 1 + i % 20, i % 3 > 0, 1 FROM n;
    INSERT INTO marks (student_id, assignment, points, possible, import_number) SELECT id, 'Test', id % 9, 8, 1 FROM students;`);
  database.close();
}

/** The same, brought to a schema; in one file, without a log. */
export function makeSchema(first: string, file: string, schema: number): void {
  copyFileSync(first, file);
  const database = new Sqlite(file);
  migrate(database, file, () => undefined, MIGRATIONS.slice(0, schema));
  database.close();
}
