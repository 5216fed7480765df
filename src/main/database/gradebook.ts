import type { Gradebook } from '../services/ports.ts';
import type { Clock } from '../services/ports.ts';
import { statSync } from 'node:fs';
import { finishRestore } from './backups/restore-backup.ts';
import { keepDamagedLog } from './backups/set-aside.ts';
import { createHandedOutWriter } from './handed-out-store.ts';
import { findProblems, FULL_CHECK_BYTES } from './integrity.ts';
import { damaged, isReadOnly, openDatabase, revise, write } from './open.ts';
import { writeSchool } from './school.ts';
import { createTeacherWriter } from './teacher-store.ts';
import { createReader } from './reader.ts';
import { createTrustWriter, startUse } from './trust-store.ts';
import { clearRunning, markRunning, takeInterruptions } from './running.ts';

/**
 * Opens the gradebook for the main thread: all reads, and small writes. One of up to `FULL_CHECK_BYTES` has its pages checked first, which takes 5 ms for
 * each MB; a larger one is to be checked by whoever can wait (services/backups).
 * @throws PathlightError as `openDatabase`
 */
export function openGradebook({ file, clock }: { readonly file: string; readonly clock: Clock }): Gradebook {
  finishRestore(file, clock());
  const lostLog = keepDamagedLog(file, clock());
  const database = openDatabase(file, clock);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) <= FULL_CHECK_BYTES && findProblems(database, false).length > 0) {
    database.close();
    throw damaged(file);
  }
  const readOnly = isReadOnly(database);
  return {
    readOnly,
    read: createReader(database),
    ...createTeacherWriter(database),
    recordModel(model, reason = 'trained') {
      revise(database, () => {
        database
          .prepare(
            'INSERT INTO models (id, trained_at, learner, folder, answers) VALUES (@id, @trainedAt, @learner, @folder, @answers)',
          )
          .run(model);
        startUse(database, model.id, clock(), reason);
      });
    },
    ...createHandedOutWriter(database),
    ...createTrustWriter(database),
    setSchool: (school) => revise(database, () => writeSchool(database, school)),
    takeInterruptions: () => [
      ...(lostLog === null ? [] : [{ code: 'damaged-log', detail: { kept: lostLog } }]),
      ...(readOnly ? [{ code: 'read-only', detail: {} }] : write(database, () => takeInterruptions(database))),
    ],
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
