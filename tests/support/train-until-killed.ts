// A process to be killed: opens an application on the given folder, loads the sample class, trains, and tells when the training is under way.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createApplication } from '../../src/main/application.ts';
import { forkTrainer } from '../../src/main/trainer/fork.ts';

const application = createApplication({
  folder: process.argv[2]!,
  clock: () => Date.now(),
  newId: randomUUID,
  spawnTrainer: forkTrainer,
  host: 'browser',
  resources: path.join(import.meta.dirname, '..', '..', 'resources'),
  version: '0.0.0',
});
application.onEvent((event) => {
  if (event.type !== 'job') return;
  if (event.job.kind === 'sample' && event.job.state === 'done') void application.call('model.train', {});
  if (event.job.kind === 'train' && event.job.fraction > 0) process.send?.('training');
});
await application.call('system.loadSample', {});
