import type { Database } from 'better-sqlite3';
import { skillsOfKey } from '../../learning/responses.ts';
import { statementsOf } from './statements.ts';

export interface SkillSets {
  /**
   * The set's row, made where there is none: it is taken away with its last answer, so one that a journal names may have gone since.
   * @param set skills, sorted and joined by U+001F @param importNumber whose skills those are that are made with it
   */
  of(set: string, importNumber: number): number;
  /** Links a question with the skills of a set, as the import of such an answer does. */
  link(question: string, set: string, importNumber: number): void;
}

/** The sets of skills that answers were asked under. */
export function skillSets(database: Database): SkillSets {
  const prepare = statementsOf(database);
  const make = (skill: string, importNumber: number): void =>
    void prepare('INSERT OR IGNORE INTO skills (code, name, import_number) VALUES (@skill, @skill, @importNumber)').run({
      skill,
      importNumber,
    });
  return {
    of(set, importNumber) {
      const found = prepare('SELECT id FROM skill_sets WHERE code = ?').pluck().get(set) as number | undefined;
      if (found !== undefined) return found;
      const id = Number(prepare('INSERT INTO skill_sets (code) VALUES (?)').run(set).lastInsertRowid);
      for (const skill of skillsOfKey(set)) {
        make(skill, importNumber);
        prepare('INSERT INTO skill_set_members (set_id, skill_id) SELECT ?, id FROM skills WHERE code = ?').run(id, skill);
      }
      return id;
    },
    link(question, set, importNumber) {
      for (const skill of skillsOfKey(set))
        prepare(
          'INSERT OR IGNORE INTO question_skills (question_id, skill_id, import_number) SELECT q.id, k.id, ? FROM questions q, skills k WHERE q.code = ? AND k.code = ?',
        ).run(importNumber, question, skill);
    },
  };
}
