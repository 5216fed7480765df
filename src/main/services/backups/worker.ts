// Entry of the worker for backups: copying, checking and comparing whole gradebooks happens here, so that the window never freezes.
import { parentPort, workerData } from 'node:worker_threads';
import { describeFailure } from '../failure.ts';
import type { BackupWork, FromBackupWorker } from './messages.ts';
import { performBackupWork } from './perform.ts';

const send = (message: FromBackupWorker): void => parentPort!.postMessage(message);

try {
  send({ type: 'done', result: await performBackupWork(workerData as BackupWork) });
} catch (error) {
  send({ type: 'failed', error: describeFailure(error) });
}
