// Entry of a thread of the trainer: works out what a training needs beside its steps, and ends.
import { parentPort, workerData } from 'node:worker_threads';
import { workBeside } from '../../learning/meta/beside.ts';
import type { BesideTask } from '../../learning/meta/beside.ts';
import type { FromThread } from './beside.ts';

const send = (message: FromThread): void => parentPort?.postMessage(message);

send({ type: 'begun' });
const result = await workBeside(workerData as BesideTask, { onProgress: (fraction) => send({ type: 'progress', fraction }) });
send({ type: 'done', result });
