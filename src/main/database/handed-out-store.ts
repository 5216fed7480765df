import type { Database, Statement } from 'better-sqlite3';
import type { HandedOutEntry, HandedOutReader, HandedOutWriter, PlanResult, StepResult } from '../services/results/ports.ts';
import type { KeptPlan } from '../services/trust/ports.ts';
import { dayOf } from '../../shared/time.ts';
import { write } from './open.ts';

const PLANS = `SELECT p.id AS number, s.code AS studentId, p.model_id AS modelId, p.created_at AS createdAt, p.after_import AS afterImport, p.content
  FROM plans p JOIN students s ON s.id = p.student_id`;
const LIST = `SELECT p.id AS number, s.code AS studentId, p.created_at AS at, json_array_length(p.content, '$.steps') AS steps,
  (SELECT count(DISTINCT r.step) FROM plan_results r JOIN imports i ON i.number = r.import_number WHERE r.plan_id = p.id AND i.undone_at IS NULL) AS returned
  FROM plans p JOIN students s ON s.id = p.student_id`;
const RESULTS = `SELECT r.plan_id AS plan, r.step, r.state, r.correct, r.asked, r.import_number AS importNumber, i.id AS importId, i.created_at AS at
  FROM plan_results r JOIN imports i ON i.number = r.import_number WHERE i.undone_at IS NULL`;

/** Plans that were handed out, and what came back of them. @param prepare compiles each statement once */
export function createHandedOutReader(prepare: (sql: string) => Statement): HandedOutReader {
  return {
    handedOutPlans: () => prepare(`${PLANS} ORDER BY p.student_id, p.id`).all() as KeptPlan[],
    handedOutPlan: (number) => prepare(`${PLANS} WHERE p.id = ?`).get(number) as KeptPlan | undefined,
    newestHandedOut: (studentId) =>
      (prepare('SELECT max(p.id) FROM plans p JOIN students s ON s.id = p.student_id WHERE s.code = ?').pluck().get(studentId) as
        number | null | undefined) ?? undefined,
    handedOutList: (number) =>
      (number === undefined
        ? prepare(`${LIST} WHERE p.id IN (SELECT max(id) FROM plans GROUP BY student_id) ORDER BY p.created_at DESC, p.id`).all()
        : prepare(`${LIST} WHERE p.id = ?`).all(number)) as HandedOutEntry[],
    planResults: (plan) =>
      (plan === undefined
        ? prepare(`${RESULTS} ORDER BY r.import_number, r.step`).all()
        : prepare(`${RESULTS} AND r.plan_id = ? ORDER BY r.import_number, r.step`).all(plan)) as PlanResult[],
  };
}

export function createHandedOutWriter(database: Database): HandedOutWriter {
  return {
    recordHandedOut(handedOut) {
      const newest = database.prepare(
        `SELECT p.id, p.model_id AS modelId, p.created_at AS createdAt, p.content, p.after_import = (SELECT coalesce(max(number), 0) FROM imports) AS upToDate
         FROM plans p JOIN students s ON s.id = p.student_id WHERE s.code = ? ORDER BY p.id DESC LIMIT 1`,
      );
      const plan = database.prepare(
        `INSERT INTO plans (student_id, model_id, created_at, content, after_import)
           SELECT id, ?, ?, ?, (SELECT coalesce(max(number), 0) FROM imports) FROM students WHERE code = ?`,
      );
      const adaptation = database.prepare(
        'INSERT INTO adaptations (student_id, model_id, created_at, phi, answers) SELECT id, ?, ?, ?, ? FROM students WHERE code = ?',
      );
      return write(database, () =>
        handedOut.map(({ studentId, modelId, createdAt, content, phi, answers }) => {
          const last = newest.get(studentId) as
            { id: number; modelId: string | null; createdAt: number; content: string; upToDate: 0 | 1 } | undefined;
          if (
            last?.upToDate === 1 &&
            last.modelId === modelId &&
            last.content === content &&
            dayOf(last.createdAt) === dayOf(createdAt)
          )
            return { number: last.id, fresh: false };
          const { lastInsertRowid, changes } = plan.run(modelId, createdAt, content, studentId);
          if (changes === 0) return { number: undefined, fresh: false };
          adaptation.run(modelId, createdAt, Buffer.from(phi.buffer, phi.byteOffset, phi.byteLength), answers, studentId);
          return { number: Number(lastInsertRowid), fresh: true };
        }),
      );
    },
    forgetHandedOut: (numbers) =>
      write(database, () => {
        const forget = database.prepare('DELETE FROM plans WHERE id = ?');
        for (const number of numbers) forget.run(number);
      }),
  };
}

/** Keeps what came back of a plan's steps with the import that holds the answers. The caller holds the transaction. */
export function writeResults(database: Database, importId: string, plan: number, steps: readonly StepResult[]): void {
  const insert = database.prepare(
    `INSERT INTO plan_results (plan_id, step, import_number, state, correct, asked)
     SELECT @plan, @step, number, @state, @correct, @asked FROM imports WHERE id = @importId`,
  );
  for (const { step, state, correct, asked } of steps) insert.run({ plan, step, importId, state, correct, asked });
}
