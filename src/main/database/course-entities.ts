import type { Database } from 'better-sqlite3';
import type { Values } from './values.ts';

/** The format of an import that no file brought: a change of the course. */
export const COURSE_EDIT = 'course-edit';

type Key = readonly (string | number)[];

/** How a journalled thing is read and written by its key; `write` takes some of its values and leaves the others. */
export interface Entity {
  /** Undefined where there is no such thing any more. */
  read(key: Key): Values | undefined;
  write(key: Key, values: Values): void;
}

const UNSAID: Values = { skills: null, voided: 0, answer_key: null, weight: 1, reason: '' };

/** What a teacher said of the course: undo restores it value by value. */
export function courseEntities(
  database: Database,
): Readonly<Record<'question-edit' | 'assignment-edit' | 'skill-edit' | 'skill' | 'prerequisite', Entity>> {
  return {
    'question-edit': itemEntity(database, 'question'),
    'assignment-edit': itemEntity(database, 'assignment'),
    'skill-edit': {
      read([code]) {
        const row = database
          .prepare(
            `SELECT e.skill_id AS edited, t.code FROM skills k LEFT JOIN skill_edits e ON e.skill_id = k.id LEFT JOIN skills t ON t.id = e.stands_for WHERE k.code = ?`,
          )
          .get(code) as { edited: number | null; code: string | null } | undefined;
        // Empty: removed. Null: it stands.
        return row && { stands_for: row.edited === null ? null : (row.code ?? '') };
      },
      write([code], { stands_for: other }) {
        database.prepare('DELETE FROM skill_edits WHERE skill_id = (SELECT id FROM skills WHERE code = ?)').run(code);
        if (other === null) return;
        database
          .prepare(
            'INSERT INTO skill_edits (skill_id, stands_for) SELECT id, (SELECT id FROM skills WHERE code = ?) FROM skills WHERE code = ?',
          )
          .run(other, code);
      },
    },
    skill: {
      read: ([code]) => database.prepare('SELECT name FROM skills WHERE code = ?').get(code) as Values | undefined,
      write: ([code], { name }) => void database.prepare('UPDATE skills SET name = ? WHERE code = ?').run(name, code),
    },
    prerequisite: {
      read: (key) => database.prepare(`SELECT removed FROM prerequisites WHERE ${PAIR}`).get(...key) as Values | undefined,
      write: (key, { removed }) =>
        void database.prepare(`UPDATE prerequisites SET removed = ? WHERE ${PAIR}`).run(removed, ...key),
    },
  };
}

const PAIR = 'skill_id = (SELECT id FROM skills WHERE code = ?) AND prerequisite_id = (SELECT id FROM skills WHERE code = ?)';

function itemEntity(database: Database, kind: 'question' | 'assignment'): Entity {
  const find = database.prepare(`SELECT id FROM ${kind}s WHERE code = ?`).pluck();
  const select = database.prepare(`SELECT skills, voided, answer_key, weight, reason FROM ${kind}_edits WHERE ${kind}_id = ?`);
  const replace = database.prepare(
    `INSERT OR REPLACE INTO ${kind}_edits (${kind}_id, skills, voided, answer_key, weight, reason) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const forget = database.prepare(`DELETE FROM ${kind}_edits WHERE ${kind}_id = ?`);
  return {
    read([code]) {
      const id = find.get(code) as number | undefined;
      return id === undefined ? undefined : ((select.get(id) as Values | undefined) ?? UNSAID);
    },
    write([code], values) {
      const id = find.get(code) as number;
      const after: Values = { ...((select.get(id) as Values | undefined) ?? UNSAID), ...values };
      if (Object.keys(UNSAID).every((name) => after[name] === UNSAID[name])) forget.run(id);
      else replace.run(id, after['skills'], after['voided'], after['answer_key'], after['weight'], after['reason']);
    },
  };
}
