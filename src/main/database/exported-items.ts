import type { Database } from 'better-sqlite3';
import type { CourseItem } from '../services/course/ports.ts';
import { createReader } from './reader.ts';

/** A question or assignment as the teacher has it. */
export type ExportedItem = Pick<CourseItem, 'kind' | 'id' | 'skills' | 'voided' | 'key' | 'weight'> & { readonly reason: string };

/** Questions, then assignments, each in the order in which they came. */
export function itemsWithReasons(database: Database): readonly ExportedItem[] {
  const reasons = new Map(
    database
      .prepare(
        `SELECT 'question ' || i.code, e.reason FROM question_edits e JOIN questions i ON i.id = e.question_id
         UNION ALL SELECT 'assignment ' || i.code, e.reason FROM assignment_edits e JOIN assignments i ON i.id = e.assignment_id`,
      )
      .raw()
      .all() as [string, string][],
  );
  return createReader(database)
    .items()
    .map(({ kind, id, skills, voided, key, weight }) => ({
      ...{ kind, id, skills, voided, key, weight },
      reason: reasons.get(`${kind} ${id}`) ?? '',
    }));
}
