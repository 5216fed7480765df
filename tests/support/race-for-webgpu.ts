// A process that climbs the ladder with WebGPU in software against WebAssembly, on a clock of its own: sends what was taken where WebGPU is the
// faster, and where it is the slower.
import process from 'node:process';
import * as tf from '@tensorflow/tfjs-core';
import { chooseBackend } from '../../src/compute/backend.ts';

async function race(lengths: Readonly<Record<string, number>>) {
  let now = 0;
  const trial = (): Promise<void> => Promise.resolve(void (now += lengths[tf.getBackend()]!));
  const { backend, refused } = await chooseBackend(['webgpu', 'wasm', 'cpu'], { software: true, trial, clock: () => now });
  return { backend, current: tf.getBackend(), refused };
}

process.send!([await race({ webgpu: 10, wasm: 40 }), await race({ webgpu: 40, wasm: 10 })], () => process.exit(0));
