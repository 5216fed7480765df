import type { Database } from 'better-sqlite3';
import type { Values } from './values.ts';
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
  /** Says that another import brought the row. */
  bringBy(key: GridKey, importNumber: number): void;
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
  const sets = skillSets(database);
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
      bringBy: (key, importNumber) =>
        void prepare(`UPDATE marks SET import_number = ? WHERE ${OF_MARK}`).run(importNumber, ...key),
    },
    answer: {
      read: (key) =>
        get(
          `SELECT q.code AS question, k.code AS skills, a.correct, a.answered_at, a.response_time_ms, a.attempt, a.hint ${ANSWER}`,
          key,
        ) as Values | undefined,
      update(key, values) {
        const now = get(`SELECT q.code AS question, k.code AS skills, a.import_number ${ANSWER}`, key) as Values | undefined;
        if (!now) return;
        const [question, set, by] = [String(values['question']), String(values['skills']), now['import_number'] as number];
        prepare(
          `UPDATE answers SET question_id = (SELECT id FROM questions WHERE code = ?), set_id = ?, correct = ?, answered_at = ?, response_time_ms = ?, attempt = ?, hint = ?
           WHERE ${OF_ANSWER}`,
        ).run(question, sets.of(set, by), ...details(values), ...key);
        if (now['question'] !== question || now['skills'] !== set) sets.link(question, set, by);
      },
      insert: ([student, position], values, importNumber) => {
        const [question, set] = [String(values['question']), String(values['skills'])];
        const { changes } = prepare(
          `INSERT INTO answers (student_id, position, question_id, set_id, correct, answered_at, response_time_ms, attempt, hint, import_number)
           SELECT s.id, ?, q.id, ?, ?, ?, ?, ?, ?, ? FROM students s JOIN questions q ON q.code = ? WHERE s.code = ?`,
        ).run(position, sets.of(set, importNumber), ...details(values), importNumber, question, student);
        if (changes === 1) sets.link(question, set, importNumber);
        return changes === 1;
      },
      remove: (key) => prepare(`DELETE FROM answers WHERE ${OF_ANSWER}`).run(...key).changes === 1,
      importNumber: (key) => number(`SELECT a.import_number ${ANSWER}`, key),
      bringBy: (key, importNumber) =>
        void prepare(`UPDATE answers SET import_number = ? WHERE ${OF_ANSWER}`).run(importNumber, ...key),
    },
    assignment: {
      read: (key) => get('SELECT title, possible, guessed, due_at FROM assignments WHERE code = ?', key) as Values | undefined,
      update: (key, values) =>
        void prepare('UPDATE assignments SET title = ?, possible = ?, guessed = ?, due_at = ? WHERE code = ?').run(
          ...[values['title'], values['possible'], values['guessed'], values['due_at']],
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
      bringBy: (key, importNumber) =>
        void prepare('UPDATE assignments SET import_number = ? WHERE code = ?').run(importNumber, ...key),
    },
  };
}

const details = (values: Values): Values[string][] =>
  ['correct', 'answered_at', 'response_time_ms', 'attempt', 'hint'].map((name) => values[name] ?? null);

/** Under this name a value that was taken away keeps the number of the import that brought it. */
export const BROUGHT_BY = 'import_number';

/** Whether all of these values are still so; null: whether there is still no such row. */
export function stillSo(now: Values | undefined, then: Values | null): boolean {
  if (then === null || now === undefined) return then === null && now === undefined;
  return Object.keys(then).every((name) => name === BROUGHT_BY || now[name] === then[name]);
}

/**
 * Values that edits which stand, imports from no file, have replaced or taken away, by their key as JSON, newest last; null where there was none. A file that repeats one
 * of them tells nothing new: it must not overwrite the teacher's word.
 */
export function replacedByHand(database: Database, entity: GridEntity): ReadonlyMap<string, readonly (Values | null)[]> {
  const rows = database
    .prepare(
      `SELECT j.key, v.value FROM imports i CROSS JOIN journal j ON j.import_number = i.number
       CROSS JOIN json_each(json_array(j.before, j.back)) v
       WHERE i.hash = '' AND i.undone_at IS NULL AND j.entity = ? AND (v.key = 0 OR v.value IS NOT NULL) ORDER BY j.id, v.key`,
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
