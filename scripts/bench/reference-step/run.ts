// Runs one way of the reference step in a process of its own, for TensorFlow reads its settings once. `run.ts VARIANT(JSON)` → JSON.
import process from 'node:process';
import * as tf from '@tensorflow/tfjs-core';
import { chooseBackend } from '../../../src/compute/backend.ts';
import { compile } from '../../../src/compute/compile.ts';
import { median } from '../measurement.ts';
import { exampleInputs, referenceStep } from './step.ts';
import type { Way } from './step.ts';

export interface Variant {
  readonly way: Way;
  /** How the step is run; `peak` measures the machine's matrix product instead. */
  readonly mode: 'eager' | 'compiled' | 'xla' | 'peak';
  readonly parts: number;
  readonly tasks: readonly number[];
  readonly repeats: number;
}

export interface Timing {
  readonly tasks: number;
  /** Median of the repeats. */
  readonly milliseconds: number;
  /** Time of all cores together, a step. */
  readonly cpuMilliseconds: number;
  readonly nodes: number;
  /** From the first call of `compile` to the end of the first run. */
  readonly compileMilliseconds: number;
  /** Loss and a few parameters after two steps: the same from every way. */
  readonly check: readonly number[];
}

const WARM_UP = 3;

/** A large product of square matrices, the best of some: operations a second. */
function peak(): number {
  const size = 2048;
  const a = tf.ones([size, size]) as tf.Tensor2D;
  let best = Infinity;
  for (let run = 0; run < 8; run++) {
    const began = performance.now();
    const result = tf.matMul(a, a);
    result.dataSync();
    best = Math.min(best, performance.now() - began);
    result.dispose();
  }
  return (2 * size ** 3) / (best / 1e3);
}

function time({ way, mode, parts, repeats }: Variant, tasks: number): Timing {
  const inputs = exampleInputs(tasks);
  const data = inputs.slice(0, 4);
  const step = referenceStep(way, parts);
  const began = performance.now();
  const compiled = mode === 'eager' ? undefined : compile(step, inputs, { xla: mode === 'xla' });
  const run = (given: tf.Tensor[]): tf.Tensor[] => (compiled ? compiled.run(given) : tf.tidy(() => step(given)));
  let state = run(inputs);
  const compileMilliseconds = performance.now() - began;
  const advance = (): void => {
    const next = run([...data, ...state.slice(0, -1)]);
    // PyTorch's step is over when its parameters stand; eager results are asked for, as a session's always are.
    if (!compiled) next.at(-1)!.dataSync();
    tf.dispose(state);
    state = next;
  };
  advance();
  const check = [...Array.from(state.at(-1)!.dataSync()), ...state[0]!.dataSync().slice(0, 3)];
  for (let repeat = 0; repeat < WARM_UP; repeat++) advance();
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let repeat = 0; repeat < repeats; repeat++) {
    const start = performance.now();
    advance();
    times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  const result = {
    tasks,
    milliseconds: median(times),
    cpuMilliseconds: (user + system) / 1e3 / repeats,
    nodes: compiled?.nodes ?? 0,
    compileMilliseconds,
    check,
  };
  compiled?.dispose();
  tf.dispose([inputs, state]);
  return result;
}

const variant = JSON.parse(process.argv[2]!) as Variant;
await chooseBackend(['tensorflow']);
console.log(JSON.stringify(variant.mode === 'peak' ? peak() : variant.tasks.map((tasks) => time(variant, tasks))));
