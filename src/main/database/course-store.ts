import type { Database } from 'better-sqlite3';
import type { RuleRecord } from '../services/course/ports.ts';
import { COURSE_EDIT } from './course-entities.ts';
import { CourseWriter } from './course-writer.ts';
import { openDatabase, revise } from './open.ts';
import type { UndoneImport } from './undo-import.ts';
import { undoImport } from './undo-import.ts';

export interface NewEdit {
  readonly id: string;
  readonly at: number;
  readonly kind: string;
  readonly note: string;
  /** Changes the course; returns what the list of changes says of it. */
  readonly work: (course: CourseWriter) => Readonly<Record<string, string | number>>;
}

/** Writes of the course, each at once and in one transaction, on a connection of their own. */
export interface CourseStore {
  /** @returns how many things are now other than before; with none, nothing is written. @throws whatever `work` throws */
  edit(edit: NewEdit): number;
  /** @throws PathlightError `no-such-import`, `already-undone` */
  undo(id: string, at: number): UndoneImport;
  /** `saved` is false where the same rule stands already. */
  addRule(rule: Omit<RuleRecord, 'id'>, at: number): { readonly id: number; readonly saved: boolean };
  removeRule(id: number): boolean;
  close(): void;
}

export function openCourseStore(file: string): CourseStore {
  const database = openDatabase(file);
  const inTransaction = <Result>(work: () => Result): Result => revise(database, work);
  return {
    edit: (edit) => inTransaction(() => writeEdit(database, edit)),
    undo: (id, at) => inTransaction(() => undoImport(database, id, at)),
    addRule: ({ place, text, skills }, at) =>
      inTransaction(() => {
        const values = [place, text, JSON.stringify(skills)];
        const { changes } = database
          .prepare('INSERT OR IGNORE INTO skill_rules (place, text, skills, created_at) VALUES (?, ?, ?, ?)')
          .run(...values, at);
        const find = database.prepare('SELECT id FROM skill_rules WHERE place = ? AND text = ? AND skills = ?').pluck();
        return { id: find.get(...values) as number, saved: changes > 0 };
      }),
    removeRule: (id) => inTransaction(() => database.prepare('DELETE FROM skill_rules WHERE id = ?').run(id).changes > 0),
    close: () => void database.close(),
  };
}

function writeEdit(database: Database, { id, at, kind, note, work }: NewEdit): number {
  const number = Number(
    database
      .prepare(
        `INSERT INTO imports (id, file, hash, format, encoding, delimiter, students, questions, answers, marks, refused, created_at)
         VALUES (?, '', '', ?, '', '', 0, 0, 0, 0, '[]', ?)`,
      )
      .run(id, COURSE_EDIT, at).lastInsertRowid,
  );
  const course = CourseWriter.begin(database, number, at);
  const detail = work(course);
  if (course.changes === 0) database.prepare('DELETE FROM imports WHERE number = ?').run(number);
  else
    database
      .prepare('INSERT INTO edits (import_number, kind, detail, note) VALUES (?, ?, ?, ?)')
      .run(number, kind, JSON.stringify(detail), note);
  return course.changes;
}
