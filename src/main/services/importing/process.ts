// Entry of the process that imports: long reads of files and long writes happen here, so that the window never freezes, and what a broken file may do
// to a process (memory above all) it does to this one.
import { existsSync } from 'node:fs';
import process from 'node:process';
import { CancelledError } from '../../../shared/errors.ts';
import { connectToParent } from '../../processes/parent.ts';
import { describeFailure } from '../failure.ts';
import type { FromImporter, ImportWork, ToImporter } from './messages.ts';
import { performImport } from './perform.ts';

const parent = connectToParent<ToImporter, FromImporter>();
// Ctrl+C reaches all processes of a terminal; the parent decides what it means.
process.on('SIGINT', () => undefined);

async function answer(work: ImportWork, stopFile: string): Promise<FromImporter> {
  try {
    const result = await performImport(work, {
      report(fraction, stage) {
        // At once, so that its mark stays: the next start says what was cut off.
        if (!parent.lives()) process.exit(1);
        if (existsSync(stopFile)) throw new CancelledError();
        parent.send({ type: 'progress', fraction, stage });
      },
    });
    return { type: 'done', result };
  } catch (error) {
    return { type: 'failed', error: describeFailure(error) };
  }
}

parent.onMessage(({ work, stopFile }) => void answer(work, stopFile).then(parent.send));
