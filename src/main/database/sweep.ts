import type { Database } from 'better-sqlite3';
import { namedInForce } from './named-in-force.ts';

/** A row of the undone import that stays: its kind, its key and why. */
export type OnKept = (kind: string, key: readonly (string | number)[], reason: string) => void;

/** Rows that no standing import or edit brought. */
const UNDONE = 'i.import_number IN (SELECT number FROM imports WHERE undone_at IS NOT NULL)';
/** Beyond this many rows the index by question is cheaper made anew than emptied row by row. */
const MANY = 50_000;

const STUDENT_USED = `EXISTS (SELECT 1 FROM answers a WHERE a.student_id = i.id) OR EXISTS (SELECT 1 FROM marks m WHERE m.student_id = i.id)
  OR EXISTS (SELECT 1 FROM profile_fields f WHERE f.student_id = i.id) OR EXISTS (SELECT 1 FROM enrolments e WHERE e.student_id = i.id)
  OR EXISTS (SELECT 1 FROM decisions d WHERE d.student_id = i.id) OR EXISTS (SELECT 1 FROM student_notes n WHERE n.student_id = i.id AND n.deleted_at IS NULL)
  OR EXISTS (SELECT 1 FROM student_keys k WHERE k.student_id = i.id AND k.import_number <> i.import_number)`;
const CLASS_USED =
  'EXISTS (SELECT 1 FROM students s WHERE s.class_id = i.id) OR EXISTS (SELECT 1 FROM enrolments e WHERE e.class_id = i.id)';
const SKILL_USED = `EXISTS (SELECT 1 FROM skill_set_members m WHERE m.skill_id = i.id) OR EXISTS (SELECT 1 FROM question_skills q WHERE q.skill_id = i.id)
  OR EXISTS (SELECT 1 FROM assignment_skills g WHERE g.skill_id = i.id) OR EXISTS (SELECT 1 FROM prerequisites p WHERE p.skill_id = i.id OR p.prerequisite_id = i.id)
  OR EXISTS (SELECT 1 FROM skill_edits e WHERE e.skill_id = i.id OR e.stands_for = i.id)
  OR i.code IN (SELECT value FROM question_edits e JOIN json_each(e.skills) UNION SELECT value FROM assignment_edits e JOIN json_each(e.skills))`;

/**
 * Takes away what an undone import brought, and what earlier undone ones had to leave, unless something that stands changed it or rests on it: also
 * what a standing edit has taken away, which its undo would bring back. The caller holds the transaction.
 * @param number the import that is undone now: of its rows those that stay are named @returns how many rows went
 */
export function sweep(database: Database, number: number, onKept: OnKept): number {
  const run = (sql: string, ...values: unknown[]): number => database.prepare(sql).run(...values).changes;
  let removed = removeAnswers(database, number, onKept);
  removed += removeMarks(database, number, onKept);
  removed += run('DELETE FROM prerequisites WHERE import_number = ?', number);
  removed += removeProfile(database, number, onKept);
  run('DELETE FROM enrolments WHERE import_number = ?', number);
  // A key that this import gave to somebody whom another brought; its own students lose theirs with their row, if that goes.
  run(
    'DELETE FROM student_keys WHERE import_number = ? AND student_id NOT IN (SELECT id FROM students WHERE import_number = ?)',
    number,
    number,
  );
  // A link between question and skill goes with its import, unless an answer that stays was asked under it.
  run(
    `DELETE FROM question_skills AS i WHERE ${UNDONE} AND NOT EXISTS (
       SELECT 1 FROM answers a JOIN skill_set_members m ON m.set_id = a.set_id WHERE a.question_id = i.question_id AND m.skill_id = i.skill_id)`,
  );
  run('DELETE FROM assignment_skills WHERE import_number = ?', number);

  const named = namedInForce(database);
  /** Rows of one table that nothing uses and no value that stands names. */
  const unused = (
    table: string,
    columns: string,
    used: string,
    names: () => ReadonlySet<string>,
    onNamed: (code: string) => void,
  ) => {
    const rows = database
      .prepare(`SELECT i.id, i.import_number AS number, ${columns} FROM ${table} i WHERE ${UNDONE} AND NOT (${used})`)
      .all() as { id: number; number: number; code: string; name?: string }[];
    if (rows.length === 0) return;
    const standing = names();
    const drop = database.prepare(`DELETE FROM ${table} WHERE id = ?`);
    for (const row of rows)
      if (!standing.has(row.code) && (row.name === undefined || !standing.has(row.name))) removed += drop.run(row.id).changes;
      else if (row.number === number) onNamed(row.code);
  };
  const usedStudents = `SELECT i.code FROM students i WHERE i.import_number = ? AND (${STUDENT_USED})`;
  for (const code of database.prepare(usedStudents).pluck().all(number) as string[]) onKept('student', [code], 'used-since');
  unused('students', 'i.code', STUDENT_USED, named.students, (code) => onKept('student', [code], 'changed-since'));
  const classes = removed;
  unused('classes', "coalesce(i.code, '') AS code, i.name", CLASS_USED, named.classes, () => undefined);
  removed = classes;
  for (const [kind, used] of [
    ['question', 'EXISTS (SELECT 1 FROM answers u WHERE u.question_id = i.id)'],
    ['assignment', 'EXISTS (SELECT 1 FROM marks u WHERE u.assignment_id = i.id)'],
  ] as const) {
    // What a teacher has said something of since stays, so that it holds again when the file comes again.
    const edited = `i.id IN (SELECT ${kind}_id FROM ${kind}_edits)`;
    const kept = `SELECT i.code FROM ${kind}s i WHERE i.import_number = ? AND NOT ${used} AND ${edited}`;
    for (const code of database.prepare(kept).pluck().all(number) as string[]) onKept(kind, [code], 'used-since');
    const names = kind === 'question' ? named.questions : named.assignments;
    unused(`${kind}s`, 'i.code', `${used} OR ${edited}`, names, (code) => onKept(kind, [code], 'used-since'));
  }
  if (database.prepare(`SELECT 1 FROM skills i WHERE ${UNDONE} LIMIT 1`).get() !== undefined) {
    // One pass over the answers, for sets are not indexed there.
    run('DELETE FROM skill_sets WHERE id NOT IN (SELECT DISTINCT set_id FROM answers)');
    unused('skills', 'i.code', SKILL_USED, named.skills, (code) => onKept('skill', [code], 'changed-since'));
  }
  return removed;
}

function removeAnswers(database: Database, number: number, onKept: OnKept): number {
  const answers = database
    .prepare("SELECT answers FROM imports WHERE number = ? AND format <> 'edit'")
    .pluck()
    .get(number) as number;
  if (answers === 0) return 0;
  // What something that stands has changed is set aside, so that the rest goes in one statement.
  const aside = database
    .prepare(
      `SELECT s.code, a.student_id, a.position, min(j.import_number) FROM journal j JOIN students s ON s.code = json_extract(j.key, '$[0]')
       JOIN answers a ON a.student_id = s.id AND a.position = json_extract(j.key, '$[1]')
       WHERE j.entity = 'answer' AND j.in_force = 1 AND a.import_number = ? GROUP BY a.student_id, a.position`,
    )
    .raw()
    .all(number) as [code: string, student: number, position: number, other: number][];
  const mark = database.prepare('UPDATE answers SET import_number = ? WHERE student_id = ? AND position = ?');
  for (const [, student, position, other] of aside) mark.run(other, student, position);
  const many = answers > MANY;
  if (many) database.exec('DROP INDEX answers_by_question');
  const { changes } = database.prepare('DELETE FROM answers WHERE import_number = ?').run(number);
  if (many) database.exec('CREATE INDEX answers_by_question ON answers (question_id)');
  for (const [code, student, position] of aside) {
    mark.run(number, student, position);
    onKept('answer', [code, position], 'changed-since');
  }
  return changes;
}

/** Keys of an entity's values that were changed and stand so. */
const keysInForce = (database: Database, entity: string): Set<string> =>
  new Set(database.prepare('SELECT DISTINCT key FROM journal WHERE entity = ? AND in_force = 1').pluck().all(entity) as string[]);

function removeMarks(database: Database, number: number, onKept: OnKept): number {
  const rows = database
    .prepare(
      `SELECT m.student_id, m.assignment_id, s.code AS student, a.code AS assignment FROM marks m JOIN students s ON s.id = m.student_id
       JOIN assignments a ON a.id = m.assignment_id WHERE m.import_number = ?`,
    )
    .all(number) as { student_id: number; assignment_id: number; student: string; assignment: string }[];
  if (rows.length === 0) return 0;
  const changed = keysInForce(database, 'mark');
  const drop = database.prepare('DELETE FROM marks WHERE student_id = ? AND assignment_id = ?');
  let removed = 0;
  for (const row of rows) {
    const key = [row.student, row.assignment];
    if (changed.has(JSON.stringify(key))) onKept('mark', key, 'changed-since');
    else removed += drop.run(row.student_id, row.assignment_id).changes;
  }
  return removed;
}

function removeProfile(database: Database, number: number, onKept: OnKept): number {
  const rows = database
    .prepare(
      'SELECT s.id, s.code, f.area, f.field FROM profile_fields f JOIN students s ON s.id = f.student_id WHERE f.import_number = ?',
    )
    .all(number) as { id: number; code: string; area: string; field: string }[];
  if (rows.length === 0) return 0;
  const changed = keysInForce(database, 'profile');
  const drop = database.prepare('DELETE FROM profile_fields WHERE student_id = ? AND area = ? AND field = ?');
  let removed = 0;
  for (const row of rows) {
    const key = [row.code, row.area, row.field];
    if (changed.has(JSON.stringify(key))) onKept('profile', key, 'changed-since');
    else removed += drop.run(row.id, row.area, row.field).changes;
  }
  return removed;
}
