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

type Skills = (key: string) => readonly string[];

/** Sets of skills by their key, each split once: answers of one reading share them. */
function skillsByKey(): Skills {
  const known = new Map<string, readonly string[]>();
  return (key) => {
    let skills = known.get(key);
    if (!skills) known.set(key, (skills = skillsOfKey(key)));
    return skills;
  };
}

/** Written out: spreading what is known of each answer takes longer than reading it. */
function toEvent(row: AnswerRow, skills: Skills): ResponseEvent {
  const [order, question, key, correct, timestamp, responseTimeMs, attempt, hint] = row;
  const event: { -readonly [Field in keyof ResponseEvent]: ResponseEvent[Field] } = {
    order,
    question,
    skills: skills(key),
    correct,
  };
  if (timestamp !== null) event.timestamp = timestamp;
  if (responseTimeMs !== null) event.responseTimeMs = responseTimeMs;
  if (attempt !== null) event.attempt = attempt;
  if (hint !== null) event.hint = hint;
  return event;
}

const NO_MARKS: ReadonlyMap<string, Evidence[]> = new Map();

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
  const anyMarks = (): boolean => prepare('SELECT EXISTS (SELECT 1 FROM marks)').pluck().get() === 1;
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

  /** What the evidence of one reading has in common. */
  const reading = (): { edits: CourseEdits; skills: Skills } => ({ edits: editsNow(), skills: skillsByKey() });
  const evidenceOf = (
    student: string,
    { edits, skills } = reading(),
    marks: ReadonlyMap<string, Evidence[]> = markEvents(prepare, edits, { student }),
  ): readonly Evidence[] => {
    const answers: Evidence[] = [];
    for (const row of rowsOf(student)) {
      const event = asCounted(toEvent(row, skills), edits.questions.get(row[1]), edits);
      if (event) answers.push({ event, importNumber: row[8] });
    }
    return withMarks(answers, marks.get(student));
  };

  return {
    sequences: (studentIds) =>
      inOneSnapshot(() => {
        const common = reading();
        const marks = !anyMarks() ? NO_MARKS : studentIds ? undefined : markEvents(prepare, common.edits);
        return (studentIds ?? allStudents()).flatMap((student): ResponseSequence[] => {
          const responses = evidenceOf(student, common, marks).map(({ event }) => event);
          return responses.length > 0 || exists(student) ? [{ student, responses }] : [];
        });
      }),
    columns: (selection = {}) =>
      inOneSnapshot(() => {
        const common = reading();
        const { edits } = common;
        const columns = editedColumns(readColumns(database, selection), edits);
        const marks = markEvents(prepare, edits, { upTo: selection.upTo });
        if (marks.size === 0) return columns;
        const upTo = selection.upTo ?? Number.POSITIVE_INFINITY;
        return addMarks(columns, (student) =>
          marks.has(student)
            ? evidenceOf(student, common, marks).flatMap(({ event, importNumber }) => (importNumber <= upTo ? [event] : []))
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
        prepare(
          // An edit that only adds is like answers typed in; one that changes what was there is like a file: what rests on it is reckoned anew.
          `SELECT number, format = 'manual' OR (format = 'edit' AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.import_number = number AND j.before IS NOT NULL)),
             answers + marks, undone_at IS NOT NULL FROM imports ORDER BY number`,
        )
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
