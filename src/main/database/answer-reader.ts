import type { Database, Statement } from 'better-sqlite3';
import { skillsOfKey } from '../../learning/responses.ts';
import type { ResponseEvent, ResponseSequence } from '../../shared/domain.ts';
import type { AnswerRecord, GradebookReader } from '../services/ports.ts';
import { readColumns } from './answer-columns.ts';
import { asCounted, keyed, standingSkills } from './course-edits.ts';
import type { CourseEdits } from './course-edits.ts';
import { editedColumns } from './edited-columns.ts';
import { addMarks } from './mark-columns.ts';
import { markEvents, withMarks } from './mark-evidence.ts';
import type { Evidence } from './mark-evidence.ts';

type AnswerRow = [
  position: number,
  question: string,
  skills: string,
  correct: number,
  timestamp: number | null,
  responseTimeMs: number | null,
  attempt: number | null,
  hint: number | null,
  importNumber: number,
];

function toEvent([order, question, skills, correct, timestamp, responseTimeMs, attempt, hint]: AnswerRow): ResponseEvent {
  return {
    order,
    question,
    skills: skillsOfKey(skills),
    correct,
    ...(timestamp === null ? {} : { timestamp }),
    ...(responseTimeMs === null ? {} : { responseTimeMs }),
    ...(attempt === null ? {} : { attempt }),
    ...(hint === null ? {} : { hint }),
  };
}

/**
 * Reading of answers: a student's by the index of their answers, a school's as columns. All of it as the answers count, through what the
 * teacher said of their questions.
 */
export function createAnswerReader(
  database: Database,
  prepare: (sql: string) => Statement,
  editsNow: () => CourseEdits,
): Pick<GradebookReader, 'sequences' | 'columns' | 'history' | 'historyMark' | 'answerCounts' | 'answersOf' | 'importSteps'> {
  const rowsOf = (studentId: string): AnswerRow[] =>
    prepare(
      `SELECT a.position, q.code, k.code, a.correct, a.answered_at, a.response_time_ms, a.attempt, a.hint, a.import_number
       FROM answers a JOIN questions q ON q.id = a.question_id JOIN skill_sets k ON k.id = a.set_id
       WHERE a.student_id = (SELECT id FROM students WHERE code = ?) ORDER BY a.position`,
    )
      .raw()
      .all(studentId) as AnswerRow[];
  const allStudents = (): string[] => prepare('SELECT code FROM students ORDER BY code').pluck().all() as string[];
  const exists = (studentId: string): boolean => prepare('SELECT 1 FROM students WHERE code = ?').get(studentId) !== undefined;
  const historyMark = (studentId: string): string =>
    (
      prepare(
        // A mark that a later file changes keeps its import's number: its points tell.
        `SELECT count(*), max(import_number) FROM answers WHERE student_id = (SELECT id FROM students WHERE code = @student)
         UNION ALL SELECT count(*), max(import_number) || '/' || total(points) FROM marks WHERE student_id = (SELECT id FROM students WHERE code = @student)`,
      )
        .raw()
        .all({ student: studentId }) as [number, number | string | null][]
    )
      .map(([count, newest]) => `${count}:${newest ?? 0}`)
      .join(' ');
  /** All statements of one reading see the same state. */
  const inOneSnapshot = <Result>(read: () => Result): Result =>
    database.inTransaction ? read() : database.transaction(read).deferred();

  const evidenceOf = (student: string, marks = markEvents(prepare, editsNow(), { student })): readonly Evidence[] => {
    const edits = editsNow();
    const answers = rowsOf(student).flatMap((row): Evidence[] => {
      const event = asCounted(toEvent(row), edits.questions.get(row[1]), edits);
      return event ? [{ event, importNumber: row[8] }] : [];
    });
    return withMarks(answers, marks.get(student));
  };

  return {
    sequences: (studentIds) =>
      inOneSnapshot(() => {
        const marks = studentIds ? undefined : markEvents(prepare, editsNow());
        return (studentIds?.filter(exists) ?? allStudents()).map((student): ResponseSequence => ({
          student,
          responses: evidenceOf(student, marks).map(({ event }) => event),
        }));
      }),
    columns: (selection = {}) =>
      inOneSnapshot(() => {
        const edits = editsNow();
        const columns = editedColumns(readColumns(database, selection), edits);
        const marks = markEvents(prepare, edits, { upTo: selection.upTo });
        if (marks.size === 0) return columns;
        const upTo = selection.upTo ?? Number.POSITIVE_INFINITY;
        return addMarks(columns, (student) =>
          marks.has(student)
            ? evidenceOf(student, marks).flatMap(({ event, importNumber }) => (importNumber <= upTo ? [event] : []))
            : undefined,
        );
      }),
    history: (studentId) =>
      inOneSnapshot(() => {
        const all = evidenceOf(studentId);
        return {
          responses: all.map(({ event }) => event),
          importNumbers: all.map(({ importNumber }) => importNumber),
          mark: historyMark(studentId),
        };
      }),
    historyMark,
    answerCounts: () =>
      new Map(
        prepare(
          `SELECT s.code, sum(n.answers) FROM (SELECT student_id, count(*) AS answers FROM answers GROUP BY student_id
             UNION ALL SELECT student_id, -count(*) FROM answers WHERE question_id IN (SELECT question_id FROM question_edits WHERE voided = 1) GROUP BY student_id
             UNION ALL SELECT student_id, count(*) FROM marks WHERE points IS NOT NULL
               AND assignment_id NOT IN (SELECT assignment_id FROM assignment_edits WHERE voided = 1) GROUP BY student_id) n
           JOIN students s ON s.id = n.student_id GROUP BY s.id HAVING sum(n.answers) > 0`,
        )
          .raw()
          .all() as [string, number][],
      ),
    importSteps: () =>
      (
        prepare("SELECT number, format = 'manual', answers + marks, undone_at IS NOT NULL FROM imports ORDER BY number")
          .raw()
          .all() as [number, number, number, number][]
      ).map(([number, typed, answers, undone]) => ({ number, typed: typed === 1, answers, undone: undone === 1 })),
    answersOf(studentId) {
      const rows = prepare(
        `SELECT a.position, q.code AS question, k.code AS skills, a.correct, a.answered_at, i.id AS import_id FROM answers a
         JOIN students s ON s.id = a.student_id JOIN questions q ON q.id = a.question_id JOIN skill_sets k ON k.id = a.set_id
         JOIN imports i ON i.number = a.import_number WHERE s.code = ? ORDER BY a.position DESC`,
      ).all(studentId) as {
        position: number;
        question: string;
        skills: string;
        correct: number;
        answered_at: number | null;
        import_id: string;
      }[];
      const edits = editsNow();
      return rows.map((row): AnswerRecord => {
        const edit = edits.questions.get(row.question);
        return {
          order: row.position,
          question: row.question,
          skills: standingSkills(edits, edit?.skills ?? skillsOfKey(row.skills)),
          correct: keyed(row.correct, edit?.key ?? null),
          timestamp: row.answered_at,
          importId: row.import_id,
          counts: edit?.voided !== true,
        };
      });
    },
  };
}
