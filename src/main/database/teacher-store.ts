import type { Database, Statement } from 'better-sqlite3';
import type { Decision } from '../../shared/decisions.ts';
import { PathlightError } from '../../shared/errors.ts';
import type { NoteRecord, StoredDecision, TeacherReader, TeacherWriter } from '../services/teacher/ports.ts';
import { standingSkills } from './course-edits.ts';
import type { CourseEdits } from './course-edits.ts';
import { createMaterialReader, createMaterialWriter, KEPT_MS } from './material-store.ts';
import { revise } from './open.ts';

interface DecisionRow {
  readonly id: string;
  readonly student: string;
  readonly content: string;
  readonly answers: number;
  readonly note: string;
  readonly at: number;
  readonly stands: number;
}

/** Whether a decision "d" stands: as it was said last. */
const STANDS =
  'coalesce((SELECT c.stands FROM decision_changes c WHERE c.decision_number = d.number ORDER BY c.number DESC LIMIT 1), 1)';

/** Decisions and notes as they are read; decisions through what stands for their skills now. @param remembered looks once for each version of the data */
export function createTeacherReader(
  prepare: (sql: string) => Statement,
  editsNow: () => CourseEdits,
  remembered: <Value>(look: () => Value) => () => Value,
): TeacherReader {
  const all = remembered(() => {
    const edits = editsNow();
    const rows = prepare(
      `SELECT d.id, s.code AS student, d.content, d.answers, d.note, d.created_at AS at,
         ${STANDS} AS stands
       FROM decisions d JOIN students s ON s.id = d.student_id ORDER BY d.number DESC`,
    ).all() as DecisionRow[];
    const byStudent = new Map<string, StoredDecision[]>();
    for (const row of rows) {
      const list = byStudent.get(row.student) ?? [];
      if (list.length === 0) byStudent.set(row.student, list);
      list.push(toDecision(row, edits));
    }
    return byStudent;
  });
  return {
    decisions: (studentId) => all().get(studentId) ?? [],
    decision: (id) => [...all().values()].flat().find((each) => each.id === id),
    ...createMaterialReader(prepare, editsNow, remembered),
    notes: (studentId) =>
      prepare(
        `SELECT n.id, n.text, n.created_at AS at, n.edited_at AS editedAt FROM student_notes n JOIN students s ON s.id = n.student_id
         WHERE s.code = ? AND n.deleted_at IS NULL ORDER BY n.created_at DESC, n.number DESC`,
      ).all(studentId) as NoteRecord[],
  };
}

function toDecision(row: DecisionRow, edits: CourseEdits): StoredDecision {
  const said = JSON.parse(row.content) as Decision;
  // A skill that was removed keeps its name here: it is in no course, and may come back.
  const decision: Decision =
    said.kind === 'goal'
      ? { ...said, skills: said.skills.flatMap((skill) => standingOr(edits, skill)) }
      : { ...said, skill: standingOr(edits, said.skill) };
  const { id, student, answers, note, at, stands } = row;
  return { id, studentId: student, at, note, decision, answersThen: answers, stands: stands === 1 };
}

const standingOr = (edits: CourseEdits, skill: string): string => standingSkills(edits, [skill])[0] ?? skill;

/** Each writes in one transaction and says that the content changed. */
export function createTeacherWriter(database: Database): TeacherWriter {
  const inTransaction = <Result>(work: () => Result): Result => revise(database, work);
  const refuse = (code: string, message: string): never => {
    throw new PathlightError(code, message);
  };
  const noStudent = (): never => refuse('no-such-student', 'This student is not in the gradebook any more; nothing was changed.');
  const noNote = (): never => refuse('no-such-note', 'This note is not in the gradebook any more; nothing was changed.');
  return {
    ...createMaterialWriter(database, inTransaction),
    addDecision: ({ id, studentId, decision, note, answers, at }) =>
      inTransaction(() => {
        const { changes } = database
          .prepare(
            'INSERT INTO decisions (id, student_id, content, answers, note, created_at) SELECT ?, id, ?, ?, ?, ? FROM students WHERE code = ?',
          )
          .run(id, JSON.stringify(decision), answers, note, at, studentId);
        if (changes === 0) noStudent();
      }),
    standDecision: (id, stands, at) =>
      inTransaction(() => {
        const found = database.prepare(`SELECT number, ${STANDS} AS stands FROM decisions d WHERE id = ?`).get(id) as
          { number: number; stands: number } | undefined;
        if (!found) return refuse('no-such-decision', 'This decision is not in the gradebook any more; nothing was changed.');
        if ((found.stands === 1) === stands) return false;
        database
          .prepare('INSERT INTO decision_changes (decision_number, stands, created_at) VALUES (?, ?, ?)')
          .run(found.number, stands ? 1 : 0, at);
        return true;
      }),
    addNote: ({ id, studentId, text, at }) =>
      inTransaction(() => {
        const { changes } = database
          .prepare('INSERT INTO student_notes (id, student_id, text, created_at) SELECT ?, id, ?, ? FROM students WHERE code = ?')
          .run(id, text, at, studentId);
        if (changes === 0) noStudent();
      }),
    editNote: (id, text, at) =>
      inTransaction(() => {
        const { changes } = database
          .prepare('UPDATE student_notes SET text = ?, edited_at = ? WHERE id = ? AND deleted_at IS NULL')
          .run(text, at, id);
        if (changes === 0) noNote();
      }),
    deleteNote: (id, deleted, at) =>
      inTransaction(() => {
        const { changes } = database.prepare('UPDATE student_notes SET deleted_at = ? WHERE id = ?').run(deleted ? at : null, id);
        if (changes === 0) noNote();
        database.prepare('DELETE FROM student_notes WHERE deleted_at < ?').run(at - KEPT_MS);
      }),
  };
}
