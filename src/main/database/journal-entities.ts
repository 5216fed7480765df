import type { Database } from 'better-sqlite3';
import type { Values } from './values.ts';
import { courseEntities } from './course-entities.ts';
import { gridValues } from './grid-journal.ts';
import type { GridValues } from './grid-journal.ts';
import { statementsOf } from './statements.ts';

type Key = readonly (string | number)[];

/** A thing whose values go back together: a mark, an answer, an assignment, a field of a profile. An import brings it, and it can be taken away. */
export interface WholeEntity extends GridValues {
  readonly whole: true;
}

/** A thing of several values of which each goes back by itself. */
export interface PartsEntity {
  readonly whole: false;
  read(key: Key): Values | undefined;
  /** Takes some of the values. False where another thing has them by now. */
  write(key: Key, values: Values): boolean;
  /** Whether two texts of a value mean the same, where that is not said by the texts alone. */
  same?(name: string, a: Values[string] | undefined, b: Values[string] | undefined): boolean;
}

export type JournalEntity = WholeEntity | PartsEntity;

/** How each journalled thing is read and written by its key, for undo and redo. */
export function journalEntities(database: Database): Readonly<Record<string, JournalEntity>> {
  const course = Object.entries(courseEntities(database)).map(([name, { read, write }]): [string, PartsEntity] => [
    name,
    { whole: false, read, write: (key, values) => (write(key, values), true) },
  ]);
  const grid = Object.entries(gridValues(database)).map(([name, values]): [string, WholeEntity] => [
    name,
    { whole: true, ...values },
  ]);
  return {
    ...Object.fromEntries(course),
    ...Object.fromEntries(grid),
    profile: profileEntity(database),
    student: studentEntity(database),
    class: classEntity(database),
  };
}

function profileEntity(database: Database): WholeEntity {
  const prepare = statementsOf(database);
  const OF = 'student_id = (SELECT id FROM students WHERE code = ?) AND area = ? AND field = ?';
  return {
    whole: true,
    read: (key) => prepare(`SELECT value FROM profile_fields WHERE ${OF}`).get(...key) as Values | undefined,
    update: (key, { value }) => void prepare(`UPDATE profile_fields SET value = ? WHERE ${OF}`).run(value, ...key),
    insert: ([code, area, field], { value }, importNumber) =>
      prepare(
        'INSERT INTO profile_fields (student_id, area, field, value, import_number) SELECT id, ?, ?, ?, ? FROM students WHERE code = ?',
      ).run(area, field, value, importNumber, code).changes === 1,
    remove: (key) => prepare(`DELETE FROM profile_fields WHERE ${OF}`).run(...key).changes === 1,
    importNumber: (key) =>
      prepare(`SELECT import_number FROM profile_fields WHERE ${OF}`)
        .pluck()
        .get(...key) as number | undefined,
    bringBy: (key, importNumber) =>
      void prepare(`UPDATE profile_fields SET import_number = ? WHERE ${OF}`).run(importNumber, ...key),
  };
}

function studentEntity(database: Database): PartsEntity {
  const prepare = statementsOf(database);
  const classOf = (name: Values[string] | undefined): number | null =>
    name === null || name === undefined || name === '' ? null : classByAnyName(database, String(name));
  const columns: Readonly<Record<string, string>> = { given_name: 'given_name', family_name: 'family_name', grade: 'grade' };
  return {
    whole: false,
    read: ([code]) =>
      prepare(
        'SELECT s.given_name, s.family_name, c.name AS class, s.grade FROM students s LEFT JOIN classes c ON c.id = s.class_id WHERE s.code = ?',
      ).get(code) as Values | undefined,
    write([code], values) {
      for (const [name, value] of Object.entries(values))
        if (name === 'class') prepare('UPDATE students SET class_id = ? WHERE code = ?').run(classOf(value), code);
        else prepare(`UPDATE students SET ${columns[name]!} = ? WHERE code = ?`).run(value, code);
      return true;
    },
    same: (name, a, b) => a === b || (name === 'class' && classOf(a) === classOf(b)),
  };
}

/** A class by its name, by its code, or by a name that it had before it was known by its real one. */
function classByAnyName(database: Database, name: string): number | null {
  const find = (sql: string): number | undefined => database.prepare(sql).pluck().get({ name }) as number | undefined;
  return (
    find('SELECT id FROM classes WHERE name = @name') ??
    find('SELECT id FROM classes WHERE code = @name') ??
    find(
      `SELECT c.id FROM journal j JOIN classes c ON c.code = json_extract(j.key, '$[0]')
       WHERE j.entity = 'class' AND @name IN (json_extract(j.before, '$.name'), json_extract(j.after, '$.name'))`,
    ) ??
    null
  );
}

function classEntity(database: Database): PartsEntity {
  return {
    whole: false,
    read: ([code]) => database.prepare('SELECT name FROM classes WHERE code = ?').get(code) as Values | undefined,
    write([code], { name }) {
      const taken = database.prepare('SELECT 1 FROM classes WHERE name = ? AND code IS NOT ?').get(name, code) !== undefined;
      if (!taken) database.prepare('UPDATE classes SET name = ? WHERE code = ?').run(name, code);
      return !taken;
    },
  };
}
