import type { Database, Statement } from 'better-sqlite3';
import type {
  AnswerKey,
  ForecastRecord,
  ModelUse,
  RecordedImport,
  StoredFactor,
  TrustReader,
  TrustWriter,
} from '../services/trust/ports.ts';
import { revise, write } from './open.ts';

const FACTOR = 'gain-factor';

/** Which model spoke when, and what it forecast. @param prepare compiles each statement once */
export function createTrustReader(prepare: (sql: string) => Statement): TrustReader {
  return {
    modelUses: () =>
      prepare(
        'SELECT model_id AS modelId, since, after_import AS afterImport, reason FROM model_uses ORDER BY number',
      ).all() as ModelUse[],
    recordedImports: () =>
      (
        prepare(
          `SELECT i.number, f.model_id, i.created_at, i.file, i.undone_at IS NOT NULL FROM forecast_imports f
           JOIN imports i ON i.number = f.import_number ORDER BY i.number`,
        )
          .raw()
          .all() as [number, string | null, number, string, number][]
      ).map(([number, modelId, at, file, undone]): RecordedImport => ({ number, modelId, at, file, undone: undone === 1 })),
    forecastRecords: () =>
      (
        prepare(
          `SELECT f.import_number, s.code, f.known, f.content FROM forecasts f JOIN students s ON s.id = f.student_id
           JOIN imports i ON i.number = f.import_number WHERE i.undone_at IS NULL ORDER BY f.import_number, s.code`,
        )
          .raw()
          .all() as [number, string, number, string][]
      ).map(([importNumber, studentId, known, content]): ForecastRecord => ({
        importNumber,
        studentId,
        known,
        forecasts: JSON.parse(content) as [AnswerKey, number][],
      })),
    studentsOfImports(after) {
      const rows = prepare(
        `SELECT n.import_number, s.code FROM (SELECT import_number, student_id FROM answers WHERE import_number > @after
           UNION SELECT import_number, student_id FROM marks WHERE import_number > @after AND points IS NOT NULL) n
         JOIN students s ON s.id = n.student_id ORDER BY n.import_number, s.code`,
      )
        .raw()
        .all({ after }) as [number, string][];
      const students = new Map<number, string[]>();
      for (const [number, student] of rows) {
        const known = students.get(number);
        if (known) known.push(student);
        else students.set(number, [student]);
      }
      return students;
    },
    gainFactor() {
      const text = prepare('SELECT value FROM settings WHERE name = ?').pluck().get(FACTOR) as string | undefined;
      return text === undefined ? null : (JSON.parse(text) as StoredFactor);
    },
  };
}

/** Within the caller's transaction. */
export function startUse(database: Database, modelId: string | null, at: number, reason: ModelUse['reason']): void {
  database
    .prepare(
      'INSERT INTO model_uses (model_id, since, after_import, reason) VALUES (?, ?, (SELECT coalesce(max(number), 0) FROM imports), ?)',
    )
    .run(modelId, at, reason);
}

export function createTrustWriter(database: Database): TrustWriter {
  return {
    useModel: (modelId, at) => revise(database, () => startUse(database, modelId, at, 'switched')),
    markModelRemoved: (modelId, at) =>
      revise(database, () => {
        database.prepare('UPDATE models SET removed_at = ? WHERE id = ?').run(at, modelId);
      }),
    recordForecasts: (importNumber, modelId, at, records) =>
      write(database, () => {
        // Another process may have been here first.
        const first = database
          .prepare('INSERT INTO forecast_imports (import_number, model_id, recorded_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
          .run(importNumber, modelId, at);
        if (first.changes === 0) return;
        const insert = database.prepare(
          'INSERT INTO forecasts (import_number, student_id, known, content) SELECT ?, id, ?, ? FROM students WHERE code = ?',
        );
        for (const { studentId, known, forecasts } of records)
          insert.run(importNumber, known, JSON.stringify(forecasts), studentId);
      }),
    setGainFactor: (factor) =>
      revise(database, () => {
        if (factor === null) database.prepare('DELETE FROM settings WHERE name = ?').run(FACTOR);
        else
          database
            .prepare('INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
            .run(FACTOR, JSON.stringify(factor));
      }),
  };
}
