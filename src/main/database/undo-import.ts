import type { Database } from 'better-sqlite3';
import { PathlightError } from '../../shared/errors.ts';
import { EDIT_FORMAT } from './grid-journal.ts';
import { undoEdit } from './grid-undo.ts';
import { Ids } from './changes.ts';
import type { Values } from './changes.ts';
import { COURSE_EDIT, courseEntities } from './course-entities.ts';
import type { Entity } from './course-entities.ts';
import { skillSets } from './skill-sets.ts';

export interface UndoneImport {
  readonly removed: number;
  readonly restored: number;
  readonly kept: readonly { readonly what: string; readonly reason: string }[];
}

interface JournalRow {
  readonly id: number;
  readonly entity: string;
  readonly key: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Takes an import back: values that it changed get their old value again, rows that it brought are removed. What a later import has changed since,
 * or rests on, stays and is named: nothing later is ever overwritten. The caller holds the transaction.
 * @throws PathlightError `no-such-import`, `already-undone`
 */
export function undoImport(database: Database, importId: string, at: number, onRows?: (done: number) => void): UndoneImport {
  const record = database.prepare('SELECT number, file, format, undone_at FROM imports WHERE id = ?').get(importId) as
    { number: number; file: string; format: string; undone_at: number | null } | undefined;
  if (!record)
    throw new PathlightError('no-such-import', `There is no import "${importId}". The list of imports names them.`, {
      import: importId,
    });
  if (record.undone_at !== null)
    throw new PathlightError('already-undone', `The import of ${record.file} was undone already; nothing was changed.`, {
      file: record.file,
    });
  if (record.format === EDIT_FORMAT) {
    const edit = undoEdit(database, record.number);
    database.prepare('UPDATE imports SET undone_at = ? WHERE number = ?').run(at, record.number);
    const kept = edit.kept.map(({ student, column, reason }) => ({ what: `cell ${student} / ${column}`, reason }));
    return { removed: 0, restored: edit.changed, kept };
  }
  const kept: { what: string; reason: string }[] = [];
  const restored = restore(database, record.number, kept);
  onRows?.(0);
  const removed =
    record.format === COURSE_EDIT ? removeOfCourse(database, record.number, kept) : remove(database, record.number, kept);
  database.prepare('UPDATE imports SET undone_at = ? WHERE number = ?').run(at, record.number);
  return { removed, restored, kept };
}

/** How each journalled entity is read and written by its key; what an old value names and another undo took away is made anew under the import's number. */
function entities(database: Database, number: number): Record<string, Entity> {
  const id = (table: string, code: string | number | null | undefined): number | null =>
    code === null || code === undefined || code === ''
      ? null
      : ((database
          .prepare(`SELECT id FROM ${table} WHERE ${table === 'classes' ? 'name' : 'code'} = ?`)
          .pluck()
          .get(code) as number | undefined) ?? null);
  const read = (sql: string) => {
    const statement = database.prepare(sql);
    return (key: readonly (string | number)[]) => statement.get(...key) as Values | undefined;
  };
  return {
    student: {
      read: read(
        'SELECT s.given_name, s.family_name, c.name AS class, s.grade FROM students s LEFT JOIN classes c ON c.id = s.class_id WHERE s.code = ?',
      ),
      write: ([code], values) =>
        void database
          .prepare('UPDATE students SET given_name = ?, family_name = ?, class_id = ?, grade = ? WHERE code = ?')
          .run(values['given_name'], values['family_name'], id('classes', values['class']), values['grade'], code),
    },
    profile: {
      read: read(
        'SELECT f.value FROM profile_fields f JOIN students s ON s.id = f.student_id WHERE s.code = ? AND f.area = ? AND f.field = ?',
      ),
      write: ([code, area, field], values) =>
        void database
          .prepare('UPDATE profile_fields SET value = ? WHERE student_id = ? AND area = ? AND field = ?')
          .run(values['value'], id('students', code), area, field),
    },
    class: {
      read: read('SELECT name FROM classes WHERE code = ?'),
      write: ([code], values) => void database.prepare('UPDATE classes SET name = ? WHERE code = ?').run(values['name'], code),
    },
    ...courseEntities(database),
    assignment: {
      read: read('SELECT title, possible, guessed, due_at FROM assignments WHERE code = ?'),
      write: ([code], values) =>
        void database
          .prepare('UPDATE assignments SET title = ?, possible = ?, guessed = ?, due_at = ? WHERE code = ?')
          .run(values['title'], values['possible'], values['guessed'], values['due_at'], code),
    },
    mark: {
      read: read(
        `SELECT m.points, m.status, m.marked_at FROM marks m JOIN students s ON s.id = m.student_id JOIN assignments a ON a.id = m.assignment_id
         WHERE s.code = ? AND a.code = ?`,
      ),
      write: ([student, assignment], values) =>
        void database
          .prepare('UPDATE marks SET points = ?, status = ?, marked_at = ? WHERE student_id = ? AND assignment_id = ?')
          .run(values['points'], values['status'], values['marked_at'], id('students', student), id('assignments', assignment)),
    },
    answer: {
      read: read(
        `SELECT q.code AS question, k.code AS skills, a.correct, a.answered_at, a.response_time_ms, a.attempt, a.hint FROM answers a JOIN students s ON s.id = a.student_id
         JOIN questions q ON q.id = a.question_id JOIN skill_sets k ON k.id = a.set_id WHERE s.code = ? AND a.position = ?`,
      ),
      write: ([code, position], values) =>
        void database
          .prepare(
            `UPDATE answers SET question_id = ?, set_id = ?, correct = ?, answered_at = ?, response_time_ms = ?, attempt = ?, hint = ?
             WHERE student_id = ? AND position = ?`,
          )
          .run(
            new Ids(database, 'questions', number).of(String(values['question'])).id,
            skillSets(database, number)(String(values['skills'])),
            values['correct'],
            values['answered_at'],
            values['response_time_ms'],
            values['attempt'],
            values['hint'],
            id('students', code),
            position,
          ),
    },
  };
}

function restore(database: Database, number: number, kept: { what: string; reason: string }[]): number {
  const known = entities(database, number);
  const rows = database
    .prepare('SELECT id, entity, key, before, after FROM journal WHERE import_number = ? ORDER BY id DESC')
    .all(number) as JournalRow[];
  let restored = 0;
  for (const row of rows) {
    const entity = known[row.entity];
    if (!entity) continue;
    const key = JSON.parse(row.key) as (string | number)[];
    const now = entity.read(key);
    const after = JSON.parse(row.after) as Values;
    if (!now || Object.keys(after).some((name) => now[name] !== after[name])) {
      kept.push({ what: describe(row.entity, key), reason: 'changed-since' });
      continue;
    }
    entity.write(key, JSON.parse(row.before) as Values);
    restored++;
  }
  return restored;
}

/** What a row is called in a report: ids only, no names. */
const describe = (entity: string, key: readonly (string | number)[]): string => `${entity} ${key.join(' / ')}`;

/** Entities whose row a later, standing import has changed: they stay. */
function changedLater(database: Database, number: number, entity: string): Set<string> {
  return new Set(
    database
      .prepare(
        'SELECT DISTINCT j.key FROM journal j JOIN imports i ON i.number = j.import_number WHERE j.entity = ? AND j.import_number > ? AND i.undone_at IS NULL',
      )
      .pluck()
      .all(entity, number) as string[],
  );
}

/** Beyond this many rows the index by question is cheaper made anew than emptied row by row. */
const MANY = 50_000;

/** A change of the course brings skills and prerequisites only, and what an undone import left for its sake may go with it. */
function removeOfCourse(database: Database, number: number, kept: { what: string; reason: string }[]): number {
  let { changes: removed } = database.prepare('DELETE FROM prerequisites WHERE import_number = ?').run(number);
  const undone = 'import_number IN (SELECT number FROM imports WHERE undone_at IS NOT NULL)';
  for (const [table, used] of [
    ['question', 'SELECT 1 FROM answers u WHERE u.question_id = questions.id'],
    ['assignment', 'SELECT 1 FROM marks u WHERE u.assignment_id = assignments.id'],
  ] as const)
    removed += database
      .prepare(
        `DELETE FROM ${table}s WHERE ${undone} AND NOT EXISTS (${used}) AND id NOT IN (SELECT ${table}_id FROM ${table}_edits)`,
      )
      .run().changes;
  return removed + removeSkills(database, number, kept);
}

function remove(database: Database, number: number, kept: { what: string; reason: string }[]): number {
  let removed = 0;
  const run = (sql: string, ...values: unknown[]): number => database.prepare(sql).run(...values).changes;

  removed += removeAnswers(database, number, kept);
  removed += removeMarks(database, number, kept);
  removed += run('DELETE FROM prerequisites WHERE import_number = ?', number);
  removed += removeProfile(database, number, kept);
  run('DELETE FROM enrolments WHERE import_number = ?', number);
  // A key that this import gave to somebody whom another brought; its own students lose theirs with their row, if that goes.
  run(
    'DELETE FROM student_keys WHERE import_number = ? AND student_id NOT IN (SELECT id FROM students WHERE import_number = ?)',
    number,
    number,
  );
  // A link between question and skill goes with its import, unless an answer that stays was asked under it.
  run(
    `DELETE FROM question_skills WHERE import_number = ? AND NOT EXISTS (
       SELECT 1 FROM answers a JOIN skill_set_members m ON m.set_id = a.set_id WHERE a.question_id = question_skills.question_id AND m.skill_id = question_skills.skill_id)`,
    number,
  );
  run('DELETE FROM assignment_skills WHERE import_number = ?', number);
  removed += removeStudents(database, number, kept);
  run(
    `DELETE FROM classes WHERE import_number = ? AND NOT EXISTS (SELECT 1 FROM students s WHERE s.class_id = classes.id)
       AND NOT EXISTS (SELECT 1 FROM enrolments e WHERE e.class_id = classes.id)`,
    number,
  );
  removed += removeItems(database, 'question', 'SELECT 1 FROM answers u WHERE u.question_id = i.id', number, kept);
  removed += removeItems(database, 'assignment', 'SELECT 1 FROM marks u WHERE u.assignment_id = i.id', number, kept);
  // One pass over the answers, for sets are not indexed there.
  run('DELETE FROM skill_sets WHERE id NOT IN (SELECT DISTINCT set_id FROM answers)');
  removed += removeSkills(database, number, kept);
  return removed;
}

function removeAnswers(database: Database, number: number, kept: { what: string; reason: string }[]): number {
  const later = changedLater(database, number, 'answer');
  const all = database.prepare('DELETE FROM answers WHERE import_number = ?');
  if (later.size === 0) {
    const many = (database.prepare('SELECT answers FROM imports WHERE number = ?').pluck().get(number) as number) > MANY;
    if (many) database.exec('DROP INDEX answers_by_question');
    const { changes } = all.run(number);
    if (many) database.exec('CREATE INDEX answers_by_question ON answers (question_id)');
    return changes;
  }
  // What a later import changed is set aside, so that the rest goes in one statement.
  const find = database
    .prepare(
      'SELECT a.student_id FROM answers a JOIN students s ON s.id = a.student_id WHERE s.code = ? AND a.position = ? AND a.import_number = ?',
    )
    .pluck();
  const mark = database.prepare('UPDATE answers SET import_number = ? WHERE student_id = ? AND position = ?');
  const aside: [student: number, position: number][] = [];
  for (const key of later) {
    const [code, position] = JSON.parse(key) as [string, number];
    const student = find.get(code, position, number) as number | undefined;
    if (student === undefined) continue;
    kept.push({ what: describe('answer', [code, position]), reason: 'changed-since' });
    aside.push([student, position]);
  }
  const other = database.prepare('SELECT max(number) FROM imports').pluck().get() as number;
  for (const [student, position] of aside) mark.run(other, student, position);
  const { changes } = all.run(number);
  for (const [student, position] of aside) mark.run(number, student, position);
  return changes;
}

function removeMarks(database: Database, number: number, kept: { what: string; reason: string }[]): number {
  const later = changedLater(database, number, 'mark');
  const rows = database
    .prepare(
      `SELECT m.student_id, m.assignment_id, s.code AS student, a.code AS assignment FROM marks m JOIN students s ON s.id = m.student_id
       JOIN assignments a ON a.id = m.assignment_id WHERE m.import_number = ?`,
    )
    .all(number) as { student_id: number; assignment_id: number; student: string; assignment: string }[];
  const drop = database.prepare('DELETE FROM marks WHERE student_id = ? AND assignment_id = ?');
  let removed = 0;
  for (const row of rows) {
    const key = [row.student, row.assignment];
    if (later.has(JSON.stringify(key))) kept.push({ what: describe('mark', key), reason: 'changed-since' });
    else removed += drop.run(row.student_id, row.assignment_id).changes;
  }
  return removed;
}

function removeProfile(database: Database, number: number, kept: { what: string; reason: string }[]): number {
  const later = changedLater(database, number, 'profile');
  const rows = database
    .prepare(
      'SELECT s.id, s.code, f.area, f.field FROM profile_fields f JOIN students s ON s.id = f.student_id WHERE f.import_number = ?',
    )
    .all(number) as { id: number; code: string; area: string; field: string }[];
  const drop = database.prepare('DELETE FROM profile_fields WHERE student_id = ? AND area = ? AND field = ?');
  let removed = 0;
  for (const row of rows) {
    const key = [row.code, row.area, row.field];
    if (later.has(JSON.stringify(key))) kept.push({ what: describe('profile', key), reason: 'changed-since' });
    else removed += drop.run(row.id, row.area, row.field).changes;
  }
  return removed;
}

function removeStudents(database: Database, number: number, kept: { what: string; reason: string }[]): number {
  const later = changedLater(database, number, 'student');
  const inUse = `EXISTS (SELECT 1 FROM answers a WHERE a.student_id = s.id) OR EXISTS (SELECT 1 FROM marks m WHERE m.student_id = s.id)
    OR EXISTS (SELECT 1 FROM profile_fields f WHERE f.student_id = s.id) OR EXISTS (SELECT 1 FROM enrolments e WHERE e.student_id = s.id)
    OR EXISTS (SELECT 1 FROM decisions d WHERE d.student_id = s.id) OR EXISTS (SELECT 1 FROM student_notes n WHERE n.student_id = s.id AND n.deleted_at IS NULL)
    OR EXISTS (SELECT 1 FROM student_keys k WHERE k.student_id = s.id AND k.import_number <> s.import_number)`;
  const rows = database
    .prepare(`SELECT s.id, s.code, (${inUse}) AS used FROM students s WHERE s.import_number = ?`)
    .all(number) as { id: number; code: string; used: number }[];
  const drop = database.prepare('DELETE FROM students WHERE id = ?');
  let removed = 0;
  for (const row of rows) {
    if (row.used) kept.push({ what: describe('student', [row.code]), reason: 'used-since' });
    else if (later.has(JSON.stringify([row.code]))) kept.push({ what: describe('student', [row.code]), reason: 'changed-since' });
    else removed += drop.run(row.id).changes;
  }
  return removed;
}

/** What a teacher has said something of since stays, so that it holds again when the file comes again. */
function removeItems(
  database: Database,
  kind: 'question' | 'assignment',
  used: string,
  number: number,
  kept: { what: string; reason: string }[],
): number {
  const unused = `FROM ${kind}s AS i WHERE import_number = ? AND NOT EXISTS (${used})`;
  const edited = `id IN (SELECT ${kind}_id FROM ${kind}_edits)`;
  for (const code of database.prepare(`SELECT code ${unused} AND ${edited}`).pluck().all(number) as string[])
    kept.push({ what: describe(kind, [code]), reason: 'used-since' });
  return database.prepare(`DELETE ${unused} AND NOT ${edited}`).run(number).changes;
}

function removeSkills(database: Database, number: number, kept: { what: string; reason: string }[]): number {
  const later = changedLater(database, number, 'skill');
  const orphans = database
    .prepare(
      `SELECT k.id, k.code FROM skills k WHERE k.import_number = ? AND NOT EXISTS (SELECT 1 FROM skill_set_members m WHERE m.skill_id = k.id)
       AND NOT EXISTS (SELECT 1 FROM question_skills q WHERE q.skill_id = k.id) AND NOT EXISTS (SELECT 1 FROM assignment_skills g WHERE g.skill_id = k.id)
       AND NOT EXISTS (SELECT 1 FROM prerequisites p WHERE p.skill_id = k.id OR p.prerequisite_id = k.id)
       AND NOT EXISTS (SELECT 1 FROM skill_edits e WHERE e.skill_id = k.id OR e.stands_for = k.id)
       AND k.code NOT IN (SELECT value FROM question_edits e JOIN json_each(e.skills) UNION SELECT value FROM assignment_edits e JOIN json_each(e.skills))`,
    )
    .all(number) as { id: number; code: string }[];
  const drop = database.prepare('DELETE FROM skills WHERE id = ?');
  let removed = 0;
  for (const skill of orphans) {
    if (later.has(JSON.stringify([skill.code]))) kept.push({ what: describe('skill', [skill.code]), reason: 'changed-since' });
    else removed += drop.run(skill.id).changes;
  }
  return removed;
}
