import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { createStepCompiler } from '../../src/compute/compile.ts';
import { eagerly } from '../../src/learning/meta/meta-loss.ts';
import { realBackend } from '../support/backend.ts';
import { createTinyTraining } from '../support/tiny-training.ts';

beforeAll(async () => {
  await realBackend();
});

it.each([
  ['compiled', 300],
  ['eager', 60],
] as const)('%s steps, %i of them, leave no tensor behind', { timeout: 120_000 }, async (kind, steps) => {
  const compiler = createStepCompiler();
  const counts: number[] = [];
  await createTinyTraining(kind === 'compiled' ? compiler.compile : eagerly)(steps, (step) => {
    if ((step + 1) % (steps / 6) === 0) counts.push(tf.memory().numTensors);
  });
  compiler.dispose();
  expect(counts).toEqual(counts.map(() => counts[0]));
});
