import type { Gradebook } from '../services/ports.ts';
import type { Clock } from '../services/ports.ts';
import { openDatabase, write } from './open.ts';
import { writeSchool } from './school.ts';
import { createReader } from './reader.ts';
import { clearRunning, markRunning, takeInterruptions } from './running.ts';

/**
 * Opens the gradebook for the main thread: all reads, and small writes.
 * @throws PathlightError `not-a-gradebook`, `newer-schema`, `damaged-gradebook`
 */
export function openGradebook({ file, clock }: { readonly file: string; readonly clock: Clock }): Gradebook {
  const database = openDatabase(file);
  return {
    read: createReader(database),
    recordModel(model) {
      write(database, () =>
        database
          .prepare(
            'INSERT INTO models (id, trained_at, learner, folder, answers) VALUES (@id, @trainedAt, @learner, @folder, @answers)',
          )
          .run(model),
      );
    },
    recordPlan({ studentId, modelId, createdAt, content }) {
      write(database, () =>
        database
          .prepare(
            'INSERT INTO plans (student_id, model_id, created_at, content) SELECT id, ?, ?, ? FROM students WHERE code = ?',
          )
          .run(modelId, createdAt, content, studentId),
      );
    },
    recordAdaptation({ studentId, modelId, createdAt, phi, answers }) {
      const bytes = Buffer.from(phi.buffer, phi.byteOffset, phi.byteLength);
      write(database, () =>
        database
          .prepare(
            'INSERT INTO adaptations (student_id, model_id, created_at, phi, answers) SELECT id, ?, ?, ?, ? FROM students WHERE code = ?',
          )
          .run(modelId, createdAt, bytes, answers, studentId),
      );
    },
    setSchool: (school) => write(database, () => writeSchool(database, school)),
    takeInterruptions: () => write(database, () => takeInterruptions(database)),
    markInterruptible(kind) {
      const mark = write(database, () => markRunning(database, kind, {}, clock()));
      return () => {
        if (database.open) write(database, () => clearRunning(database, mark));
      };
    },
    close() {
      database.close();
    },
  };
}
