import type { Database } from 'better-sqlite3';
import type { Values } from './changes.ts';
import { skillSets } from './skill-sets.ts';
import { statementsOf } from './statements.ts';

/** The format under which an edit of the grid stands among the imports: its rows carry its number, its journal every value before and after. */
export const EDIT_FORMAT = 'edit';

export type GridEntity = 'mark' | 'answer' | 'assignment';
/** Student and assignment; student and position; the assignment alone. */
export type GridKey = readonly (string | number)[];

/** How each value that the grid changes is read and written by its key. `undefined`: there is no such row. */
export interface GridValues {
  read(key: GridKey): Values | undefined;
  /** Changes a row that is there. */
  update(key: GridKey, values: Values): void;
  /** False where student, assignment or question are gone. */
  insert(key: GridKey, values: Values, importNumber: number): boolean;
  /** False where something rests on it. */
  remove(key: GridKey): boolean;
  /** Number of the import that brought the row. */
  importNumber(key: GridKey): number | undefined;
}

const ANSWER = `FROM answers a JOIN students s ON s.id = a.student_id JOIN questions q ON q.id = a.question_id JOIN skill_sets k ON k.id = a.set_id
  WHERE s.code = ? AND a.position = ?`;
const MARK = `FROM marks m JOIN students s ON s.id = m.student_id JOIN assignments a ON a.id = m.assignment_id WHERE s.code = ? AND a.code = ?`;
const OF_MARK =
  'student_id = (SELECT id FROM students WHERE code = ?) AND assignment_id = (SELECT id FROM assignments WHERE code = ?)';
const OF_ANSWER = 'student_id = (SELECT id FROM students WHERE code = ?) AND position = ?';

export function gridValues(database: Database): Readonly<Record<GridEntity, GridValues>> {
  const prepare = statementsOf(database);
  const get = (sql: string, key: GridKey) => prepare(sql).get(...key);
  const number = (sql: string, key: GridKey) => (get(sql, key) as { import_number: number } | undefined)?.import_number;
  return {
    mark: {
      read: (key) => get(`SELECT m.points, m.status, m.marked_at ${MARK}`, key) as Values | undefined,
      update: (key, values) =>
        void prepare(`UPDATE marks SET points = ?, status = ?, marked_at = ? WHERE ${OF_MARK}`).run(
          values['points'],
          values['status'],
          values['marked_at'],
          ...key,
        ),
      insert: ([student, assignment], values, importNumber) =>
        prepare(
          `INSERT INTO marks (student_id, assignment_id, points, status, marked_at, import_number)
           SELECT s.id, a.id, ?, ?, ?, ? FROM students s JOIN assignments a ON a.code = ? WHERE s.code = ?`,
        ).run(values['points'], values['status'], values['marked_at'], importNumber, assignment, student).changes === 1,
      remove: (key) => prepare(`DELETE FROM marks WHERE ${OF_MARK}`).run(...key).changes === 1,
      importNumber: (key) => number(`SELECT m.import_number ${MARK}`, key),
    },
    answer: {
      read: (key) =>
        get(
          `SELECT q.code AS question, k.code AS skills, a.correct, a.answered_at, a.response_time_ms, a.attempt, a.hint ${ANSWER}`,
          key,
        ) as Values | undefined,
      update: (key, values) => void prepare(`UPDATE answers SET correct = ? WHERE ${OF_ANSWER}`).run(values['correct'], ...key),
      insert: ([student, position], values, importNumber) => {
        const set = skillSets(database, importNumber)(String(values['skills']));
        return (
          prepare(
            `INSERT INTO answers (student_id, position, question_id, set_id, correct, answered_at, response_time_ms, attempt, hint, import_number)
             SELECT s.id, ?, q.id, ?, ?, ?, ?, ?, ?, ? FROM students s JOIN questions q ON q.code = ? WHERE s.code = ?`,
          ).run(
            position,
            set,
            values['correct'],
            values['answered_at'],
            values['response_time_ms'],
            values['attempt'],
            values['hint'],
            importNumber,
            values['question'],
            student,
          ).changes === 1
        );
      },
      remove: (key) => prepare(`DELETE FROM answers WHERE ${OF_ANSWER}`).run(...key).changes === 1,
      importNumber: (key) => number(`SELECT a.import_number ${ANSWER}`, key),
    },
    assignment: {
      read: (key) => get('SELECT title, possible FROM assignments WHERE code = ?', key) as Values | undefined,
      update: (key, values) =>
        void prepare('UPDATE assignments SET title = ?, possible = ? WHERE code = ?').run(
          values['title'],
          values['possible'],
          ...key,
        ),
      insert: ([code], values, importNumber) =>
        prepare(
          'INSERT INTO assignments (code, source, source_id, title, possible, guessed, import_number) VALUES (?, ?, ?, ?, ?, 0, ?)',
        ).run(code, EDIT_FORMAT, code, values['title'], values['possible'], importNumber).changes === 1,
      remove: (key) =>
        prepare(
          'DELETE FROM assignments WHERE code = ? AND NOT EXISTS (SELECT 1 FROM marks m WHERE m.assignment_id = assignments.id)',
        ).run(...key).changes === 1,
      importNumber: (key) => number('SELECT import_number FROM assignments WHERE code = ?', key),
    },
  };
}

/** Whether all of these values are still so; null: whether there is still no such row. */
export function stillSo(now: Values | undefined, then: Values | null): boolean {
  if (then === null || now === undefined) return then === null && now === undefined;
  return Object.keys(now).every((name) => now[name] === then[name]);
}

/**
 * Values that edits which stand, imports from no file, have replaced or taken away, by their key as JSON, newest last; null where there was none. A file that repeats one
 * of them tells nothing new: it must not overwrite the teacher's word.
 */
export function replacedByHand(database: Database, entity: GridEntity): ReadonlyMap<string, readonly (Values | null)[]> {
  const rows = database
    .prepare(
      `SELECT j.key, j.before FROM imports i CROSS JOIN journal j ON j.import_number = i.number
       WHERE i.hash = '' AND i.undone_at IS NULL AND j.entity = ? ORDER BY j.id`,
    )
    .raw()
    .all(entity) as [string, string | null][];
  const replaced = new Map<string, (Values | null)[]>();
  for (const [key, before] of rows) {
    const value = before === null ? null : (JSON.parse(before) as Values);
    const known = replaced.get(key);
    if (known) known.push(value);
    else replaced.set(key, [value]);
  }
  return replaced;
}
