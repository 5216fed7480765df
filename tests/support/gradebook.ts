import { randomUUID } from 'node:crypto';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { openGradebook } from '../../src/main/database/gradebook.ts';
import { createImporting } from '../../src/main/services/importing/importing.ts';
import type { Gradebook, Importing, StagedFile } from '../../src/main/services/ports.ts';
import { temporaryFolder } from './folders.ts';

export interface TestGradebook {
  readonly file: string;
  readonly gradebook: Gradebook;
  readonly importing: Importing;
}

export function openTestGradebook(file = path.join(temporaryFolder(), 'gradebook.sqlite')): TestGradebook {
  const clock = (): number => 1_790_000_000_000;
  const gradebook = openGradebook({ file, clock });
  const importing = createImporting({ gradebookFile: file, gradebook, clock, newId: randomUUID });
  onTestFinished(async () => {
    await importing.close();
    gradebook.close();
  });
  return { file, gradebook, importing };
}

export const staged = (files: Readonly<Record<string, string | Uint8Array>>): StagedFile[] =>
  Object.entries(files).map(([name, content], index) => ({
    fileId: String(index),
    name,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  }));

/** All that the gradebook says, by content and not by row numbers; imports and journal, which only grow, are left out. */
export function dump(file: string): string {
  const database = new Sqlite(file, { readonly: true });
  try {
    const query = (sql: string): unknown => database.prepare(sql).all();
    return JSON.stringify(
      [
        query('SELECT name FROM classes ORDER BY 1'),
        query(
          'SELECT s.code, s.given_name, s.family_name, s.grade, c.name FROM students s LEFT JOIN classes c ON c.id = s.class_id ORDER BY 1',
        ),
        query(
          'SELECT s.code, f.area, f.field, f.value FROM profile_fields f JOIN students s ON s.id = f.student_id ORDER BY 1, 2, 3',
        ),
        query('SELECT code, name FROM skills ORDER BY 1'),
        query(
          'SELECT k.code, t.code AS stands_for FROM skill_edits e JOIN skills k ON k.id = e.skill_id LEFT JOIN skills t ON t.id = e.stands_for ORDER BY 1',
        ),
        query(
          'SELECT q.code, e.skills, e.voided, e.answer_key, e.weight, e.reason FROM question_edits e JOIN questions q ON q.id = e.question_id ORDER BY 1',
        ),
        query(
          'SELECT a.code, b.code AS prerequisite, p.removed FROM prerequisites p JOIN skills a ON a.id = p.skill_id JOIN skills b ON b.id = p.prerequisite_id ORDER BY 1, 2',
        ),
        query('SELECT code FROM questions ORDER BY 1'),
        query(
          'SELECT q.code, s.code AS skill FROM question_skills k JOIN questions q ON q.id = k.question_id JOIN skills s ON s.id = k.skill_id ORDER BY 1, 2',
        ),
        query(
          `SELECT s.code, a.position, q.code AS question, k.code AS skills, a.correct, a.answered_at FROM answers a JOIN students s ON s.id = a.student_id
           JOIN questions q ON q.id = a.question_id JOIN skill_sets k ON k.id = a.set_id ORDER BY 1, 2`,
        ),
        query('SELECT s.code, k.kind, k.value FROM student_keys k JOIN students s ON s.id = k.student_id ORDER BY 1, 2, 3'),
        query(
          'SELECT s.code, c.name FROM enrolments e JOIN students s ON s.id = e.student_id JOIN classes c ON c.id = e.class_id ORDER BY 1, 2',
        ),
        query('SELECT code, title, possible, guessed, due_at FROM assignments ORDER BY 1'),
        query(
          'SELECT a.code, k.code AS skill FROM assignment_skills g JOIN assignments a ON a.id = g.assignment_id JOIN skills k ON k.id = g.skill_id ORDER BY 1, 2',
        ),
        query(
          'SELECT s.code, a.code AS assignment, m.points, m.status, m.marked_at FROM marks m JOIN students s ON s.id = m.student_id JOIN assignments a ON a.id = m.assignment_id ORDER BY 1, 2',
        ),
      ],
      undefined,
      1,
    );
  } finally {
    database.close();
  }
}
