// Whether memory stays flat over many outer steps. Run by hand: `node scripts/run.mjs scripts/study-memory.ts [steps]`; docs/scale.md holds its figures.
import * as tf from '@tensorflow/tfjs-core';
import { chooseBackend } from '../src/compute/backend.ts';
import { createStepCompiler } from '../src/compute/compile.ts';
import { createTinyTraining } from '../tests/support/tiny-training.ts';

const steps = Number(process.argv[2] ?? 10_000);
const { backend } = await chooseBackend();
const compiler = createStepCompiler();
const train = createTinyTraining(compiler.compile);
const say = (step: number): void => {
  const { rss, arrayBuffers, heapUsed } = process.memoryUsage();
  const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(1).padStart(7);
  console.log(
    `${String(step).padStart(6)} steps  ${tf.memory().numTensors} tensors  RSS ${mib(rss)} MiB  array buffers ${mib(arrayBuffers)} MiB  heap ${mib(heapUsed)} MiB`,
  );
};
console.log(`Compiled steps of MAML on ${backend}, Node ${process.version}.`);
await train(steps, (step) => {
  if (step === 0 || (step + 1) % Math.ceil(steps / 10) === 0) say(step + 1);
});
compiler.dispose();
