import type { MarkState } from '../../learning/class/attendance.ts';
import type { SetAside, WarningKind } from '../../learning/class/warnings.ts';
import { MEMBERS } from './gradebook-grid.ts';
import { openDatabase, revise } from './open.ts';
import { statementsOf } from './statements.ts';

export interface SetAsideRecord extends SetAside {
  readonly id: number;
  readonly note: string;
  readonly at: number;
}

/** What teachers said about warnings, and what warnings need that no answer says; on a connection of its own. */
export interface WatchStore {
  /** Of a class, or of everyone; oldest first. */
  setAside(classId: string | null): readonly SetAsideRecord[];
  /** @returns its number; undefined where there is no such student */
  add(warning: SetAside, note: string, at: number): number | undefined;
  remove(id: number): boolean;
  /** Marks that came, came late or are missing, of assignments in the order of time; what was excused is no one's business. */
  marks(classId: string | null): readonly MarkState[];
  close(): void;
}

export function openWatchStore(file: string): WatchStore {
  const database = openDatabase(file);
  const prepare = statementsOf(database);
  const writing = <Result>(work: () => Result): Result => revise(database, work);
  return {
    setAside: (classId) =>
      prepare(
        `SELECT w.id, s.code AS student, w.kind, w.skill, w.reach, w.base, w.note, w.created_at AS at FROM set_aside_warnings w
         JOIN students s ON s.id = w.student_id WHERE w.student_id IN (${MEMBERS}) ORDER BY w.id`,
      ).all({ class: classId }) as (SetAsideRecord & { kind: WarningKind })[],
    add: ({ student, kind, skill, reach, base }, note, at) =>
      writing(() => {
        const { changes, lastInsertRowid } = prepare(
          `INSERT INTO set_aside_warnings (student_id, kind, skill, reach, base, note, created_at)
           SELECT id, @kind, @skill, @reach, @base, @note, @at FROM students WHERE code = @student`,
        ).run({ student, kind, skill, reach, base, note, at });
        return changes > 0 ? Number(lastInsertRowid) : undefined;
      }),
    remove: (id) => writing(() => prepare('DELETE FROM set_aside_warnings WHERE id = ?').run(id).changes > 0),
    marks: (classId) =>
      prepare(
        `SELECT s.code AS student, dense_rank() OVER (ORDER BY a.due_at IS NULL, a.due_at, a.id) AS assignment,
           CASE m.status WHEN 'scored' THEN 'in' ELSE m.status END AS state
         FROM marks m JOIN students s ON s.id = m.student_id JOIN assignments a ON a.id = m.assignment_id
         WHERE m.status <> 'excused' AND m.student_id IN (${MEMBERS})`,
      ).all({ class: classId }) as MarkState[],
    close: () => void database.close(),
  };
}
