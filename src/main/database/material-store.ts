import type { Database, Statement } from 'better-sqlite3';
import { PathlightError } from '../../shared/errors.ts';
import { DAY_MS } from '../../shared/time.ts';
import type { SkillMaterial, TeacherReader, TeacherWriter } from '../services/teacher/ports.ts';
import { standingSkills } from './course-edits.ts';
import type { CourseEdits } from './course-edits.ts';

/** How long something deleted can be brought back. */
export const KEPT_MS = 30 * DAY_MS;

/** Material as it is read, by the skills that stand for its own. @param remembered looks once for each version of the data */
export function createMaterialReader(
  prepare: (sql: string) => Statement,
  editsNow: () => CourseEdits,
  remembered: <Value>(look: () => Value) => () => Value,
): Pick<TeacherReader, 'material' | 'materialFile'> {
  return {
    material: remembered(() => {
      const edits = editsNow();
      const bySkill = new Map<string, SkillMaterial[]>();
      for (const row of prepare(
        `SELECT id, skill, title, address, file_name AS fileName, strategy, coalesce(length(content), 0) AS size FROM material
         WHERE deleted_at IS NULL ORDER BY number`,
      ).all() as SkillMaterial[])
        for (const skill of standingSkills(edits, [row.skill])) {
          const known = bySkill.get(skill);
          if (known) known.push({ ...row, skill });
          else bySkill.set(skill, [{ ...row, skill }]);
        }
      return bySkill;
    }),
    materialFile: (id) =>
      prepare(
        'SELECT file_name AS name, content AS bytes FROM material WHERE id = ? AND content IS NOT NULL AND deleted_at IS NULL',
      ).get(id) as { name: string; bytes: Uint8Array } | undefined,
  };
}

export function createMaterialWriter(
  database: Database,
  inTransaction: <Result>(work: () => Result) => Result,
): Pick<TeacherWriter, 'addMaterial' | 'deleteMaterial'> {
  const found = (changes: number): void => {
    if (changes === 0)
      throw new PathlightError('no-such-material', 'This material is not in the gradebook any more; nothing was changed.');
  };
  return {
    addMaterial: (added) =>
      inTransaction(() => {
        const insert = database.prepare(
          'INSERT INTO material (id, skill, strategy, title, address, file_name, content, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        );
        for (const { id, skill, strategy, title, at, source } of added)
          if ('address' in source) insert.run(id, skill, strategy, title, source.address, null, null, at);
          else insert.run(id, skill, strategy, title, null, source.fileName, Buffer.from(source.bytes), at);
      }),
    deleteMaterial: (id, deleted, at) =>
      inTransaction(() => {
        found(database.prepare('UPDATE material SET deleted_at = ? WHERE id = ?').run(deleted ? at : null, id).changes);
        database.prepare('DELETE FROM material WHERE deleted_at < ?').run(at - KEPT_MS);
      }),
  };
}
