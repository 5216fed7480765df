// Dies as hard as a process can between writing a graph and loading it.
import process from 'node:process';
import * as tf from '@tensorflow/tfjs-core';
import { chooseBackend } from '../../src/compute/backend.ts';
import { compile } from '../../src/compute/compile.ts';

await chooseBackend(['tensorflow']);
Object.assign(tf.backend(), {
  loadSavedModelMetaGraph: (folder: string) => {
    process.stdout.write(folder);
    process.kill(process.pid, 'SIGKILL');
  },
});
compile(([x]) => [tf.neg(x!)], [tf.tensor1d([1])]);
