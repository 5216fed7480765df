import { expect, it } from 'vitest';
import * as tf from '@tensorflow/tfjs-core';
import { chooseBackend } from '../../src/compute/backend.ts';

// A file, and so a process, of its own: where TensorFlow never loads, gradients must be there all the same.
it('WebAssembly trains on a machine without TensorFlow', async () => {
  expect((await chooseBackend(['wasm'])).backend).toBe('wasm');
  const gradient = tf.grad((x) => tf.sum(tf.sigmoid(x)))(tf.tensor1d([0]));
  expect((await gradient.data())[0]).toBeCloseTo(0.25, 5);
});
