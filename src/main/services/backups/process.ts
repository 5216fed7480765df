// Entry of the process for backups: copying, checking and comparing whole gradebooks happens here, so that the window never freezes.
import process from 'node:process';
import { connectToParent } from '../../processes/parent.ts';
import { describeFailure } from '../failure.ts';
import type { BackupWork, FromBackup } from './messages.ts';
import { performBackupWork } from './perform.ts';

const parent = connectToParent<BackupWork, FromBackup>();
// Ctrl+C reaches all processes of a terminal; the parent decides what it means.
process.on('SIGINT', () => undefined);

async function answer(work: BackupWork): Promise<FromBackup> {
  try {
    return { type: 'done', result: await performBackupWork(work) };
  } catch (error) {
    return { type: 'failed', error: describeFailure(error) };
  }
}

parent.onMessage((work) => void answer(work).then(parent.send));
