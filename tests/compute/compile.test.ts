import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseBackend } from '../../src/compute/backend.ts';
import { compile, CompileError, createStepCompiler, StepCache } from '../../src/compute/compile.ts';
import type { TensorStep } from '../../src/compute/compile.ts';
import { recordStep } from '../../src/compute/recording.ts';
import { hasXla, markForXla } from '../../src/compute/xla.ts';

const tensorflow = await chooseBackend(['tensorflow']).then(
  () => true,
  () => false,
);
if (!tensorflow) console.warn('Compiled steps are not tested here: tfjs-node is not built (scripts/setup-tensorflow.mjs).');

/** Numbers between −1 and 1, the same in every run. */
function numbers(shape: readonly number[], seed = 1): tf.Tensor {
  const size = shape.reduce((product, each) => product * each, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, index) => Math.sin(12.9898 * (index + 1) + 78.233 * seed)),
    shape as number[],
  );
}

const ownFolders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith(`pathlight-step-${process.pid}-`));

/** Compiled equals eager to 1e-5 of the largest value, for inputs other than the example's too. */
function expectSame(step: TensorStep, example: tf.Tensor[], others: tf.Tensor[]): void {
  const compiled = compile(step, example);
  for (const inputs of [example, others]) {
    const eager = tf.tidy(() => step(inputs));
    const results = compiled.run(inputs);
    expect(results.map(({ shape, dtype }) => [shape, dtype])).toEqual(eager.map(({ shape, dtype }) => [shape, dtype]));
    eager.forEach((tensor, index) => {
      const expected = tensor.dataSync();
      const got = results[index]!.dataSync();
      const scale = Math.max(1, ...Array.from(expected, Math.abs));
      expected.forEach((value, at) => expect(Math.abs(got[at]! - value) / scale).toBeLessThan(1e-5));
    });
    tf.dispose([eager, results]);
  }
  compiled.dispose();
}

/** Kernels that learning steps use, as functions of one [4, 6] tensor. */
const KERNELS: Readonly<Record<string, (x: tf.Tensor2D) => tf.Tensor>> = {
  matMul: (x) => tf.matMul(x, x, false, true),
  batchedMatMul: (x) => tf.matMul(tf.reshape(x, [2, 2, 6]), tf.reshape(x, [2, 2, 6]), true),
  relu: (x) => tf.relu(x),
  sigmoid: (x) => tf.sigmoid(x),
  tanh: (x) => tf.tanh(x),
  softplus: (x) => tf.softplus(x),
  softmax: (x) => tf.softmax(x),
  log1p: (x) => tf.log1p(tf.abs(x)),
  exp: (x) => tf.exp(x),
  sqrt: (x) => tf.sqrt(tf.add(tf.square(x), 0.1)),
  concat: (x) => tf.concat([x, tf.neg(x)], 1),
  slice: (x) => tf.slice(x, [1, 2], [2, 3]),
  split: (x) => tf.add(...(tf.split(x, 2, 1) as [tf.Tensor, tf.Tensor])),
  stack: (x) => tf.stack([x, tf.mul(x, 2)], 1),
  unstack: (x) => tf.unstack(x)[2]!,
  where: (x) => tf.where(tf.greater(x, 0), x, tf.zerosLike(x)),
  gather: (x) => tf.gather(x, tf.tensor1d([3, 0, 3], 'int32')),
  oneHot: (x) => tf.matMul(tf.cast(tf.oneHot(tf.tensor1d([1, 3], 'int32'), 4), 'float32'), x),
  cast: (x) => tf.cast(tf.greater(x, 0), 'int32'),
  sum: (x) => tf.sum(x, 1, true),
  mean: (x) => tf.mean(x),
  max: (x) => tf.max(x, 0),
  maximum: (x) => tf.maximum(x, 0.2),
  clip: (x) => tf.clipByValue(x, -0.3, 0.4),
  transpose: (x) => tf.transpose(x),
  tile: (x) => tf.tile(x, [2, 1]),
  pad: (x) =>
    tf.pad(x, [
      [1, 0],
      [0, 2],
    ]),
  eye: (x) => tf.matMul(tf.eye(4), x),
  cumsum: (x) => tf.cumsum(x, 1),
};

/** A hidden layer, a custom gradient and a gradient through both, as learners use them. */
const learningStep: TensorStep = ([x, y, weight, bias]) => {
  const scaled = tf.customGrad((z) => ({
    value: tf.mul(z as tf.Tensor, 3),
    gradFunc: (upstream: tf.Tensor) => tf.mul(upstream, 3),
  }));
  const { value, grads } = tf.valueAndGrads((w, b) => {
    const hidden = tf.relu(tf.add(tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D), b!));
    const logit = scaled(tf.concat([tf.slice(hidden, [0, 0], [4, 2]), tf.log1p(tf.exp(tf.slice(hidden, [0, 2], [4, 1])))], 1));
    return tf.mean(tf.sub(tf.softplus(logit), tf.mul(y!, logit))) as tf.Scalar;
  })([weight!, bias!]);
  return [value, ...grads];
};

describe.skipIf(!tensorflow)('compiled steps', () => {
  beforeEach(() => void tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  it.each(Object.entries(KERNELS))('%s gives what it gives eagerly', (_, kernel) => {
    expectSame(([x]) => [kernel(x as tf.Tensor2D)], [numbers([4, 6])], [numbers([4, 6], 2)]);
  });

  it('gives the value and gradients of a learning step', () => {
    const inputs = (seed: number) => [
      numbers([4, 6], seed),
      numbers([4, 3], seed + 1),
      numbers([6, 3], seed + 2),
      numbers([3], seed + 3),
    ];
    expectSame(learningStep, inputs(1), inputs(7));
  });

  it('keeps inputs apart that were one tensor in the example', () => {
    const both = numbers([3]);
    expectSame(([a, b]) => [tf.sub(a!, tf.mul(b!, 2))], [both, both], [numbers([3], 4), numbers([3], 5)]);
  });

  it('keeps inputs apart that share their data in the example', () => {
    const one = numbers([3]);
    expectSame(([a, b]) => [tf.sub(a!, b!)], [one, tf.clone(one)], [numbers([3], 4), numbers([3], 5)]);
  });

  it('hands an input through without disposing of it', () => {
    const input = numbers([3]);
    const compiled = compile(([x]) => [x!, tf.neg(x!)], [input]);
    expect(input.isDisposed).toBe(false);
    expect(compiled.run([input])[0]!.dataSync()).toEqual(input.dataSync());
    compiled.dispose();
  });

  it('freezes a tensor from outside at its value', () => {
    const outside = numbers([3], 9);
    expectSame(([x]) => [tf.mul(x!, outside)], [numbers([3])], [numbers([3], 2)]);
  });

  it.each<[string, TensorStep]>([
    ['dataSync', ([x]) => [tf.mul(x!, x!.dataSync()[0]!)]],
    ['arraySync', ([x]) => [tf.tensor(x!.arraySync() as number[])]],
    ['data', ([x]) => [void x!.data().catch(() => undefined), x!].filter((each) => each) as tf.Tensor[]],
    ['randomUniform', ([x]) => [tf.add(x!, tf.randomUniform([3]))]],
    ['randomNormal', ([x]) => [tf.add(x!, tf.randomNormal([3]))]],
    ['dropout', ([x]) => [tf.dropout(x!, 0.5)]],
    ['multinomial', ([x]) => [tf.multinomial(x as tf.Tensor1D, 2, 1)]],
  ])('refuses %s inside a step, and works on afterwards', (_, step) => {
    expect(() => compile(step, [numbers([3])])).toThrow(CompileError);
    expect(numbers([3]).dataSync()).toHaveLength(3);
    expect(Math.random()).toBeLessThan(1);
  });

  it('refuses other shapes, types and numbers of inputs than the example’s, and a call after the end', () => {
    const compiled = compile(([x]) => [tf.neg(x!)], [numbers([3])]);
    expect(() => compiled.run([numbers([4])])).toThrow(/float32 \[4\].*float32 \[3\]/);
    expect(() => compiled.run([tf.tensor1d([1, 2, 3], 'int32')])).toThrow(CompileError);
    expect(() => compiled.run([])).toThrow(CompileError);
    compiled.dispose();
    compiled.dispose();
    expect(() => compiled.run([numbers([3])])).toThrow(CompileError);
  });

  it('compiles once for each shape, and gives up the least recently used', () => {
    let runs = 0;
    const cache = new StepCache(([x]) => (runs++, [tf.neg(x!)]), { most: 2 });
    for (const size of [1, 2, 1, 3, 1, 1]) cache.run([numbers([size])]);
    expect(runs).toBe(3);
    cache.run([numbers([2])]);
    expect(runs).toBe(4);
    cache.dispose();
  });

  it('leaves no tensor and no folder behind, over 2,000 calls', () => {
    const inputs = [numbers([4, 6]), numbers([4, 3], 2), numbers([6, 3], 3), numbers([3], 4)];
    const before = tf.memory().numTensors;
    const compiler = createStepCompiler();
    const step = compiler.compile(learningStep);
    tf.dispose(step(inputs));
    const resident = process.memoryUsage().rss;
    for (let call = 0; call < 2000; call++) tf.dispose(step(inputs));
    expect(process.memoryUsage().rss - resident).toBeLessThan(100e6);
    compiler.dispose();
    expect(tf.memory().numTensors).toBe(before);
    expect(ownFolders()).toEqual([]);
  });

  it('leaves no tensor and no folder behind where a step fails', () => {
    const input = numbers([3]);
    const before = tf.memory().numTensors;
    expect(() =>
      compile(
        ([x]) => {
          tf.neg(x!);
          throw new Error('on purpose');
        },
        [input],
      ),
    ).toThrow('on purpose');
    expect(tf.memory().numTensors).toBe(before);
    expect(ownFolders()).toEqual([]);
  });

  it('removes what a process left that was killed before its graph was loaded', () => {
    const child = path.join(import.meta.dirname, '..', 'support', 'compile-until-killed.ts');
    const { signal, stdout } = spawnSync(process.execPath, ['--no-deprecation', child], { encoding: 'utf8' });
    const left = stdout.trim().split('\n').at(-1)!;
    if (process.platform !== 'win32') expect(signal).toBe('SIGKILL');
    expect(existsSync(path.join(left, 'saved_model.pb'))).toBe(true);
    compile(([x]) => [tf.neg(x!)], [numbers([3])]).dispose();
    expect(existsSync(left)).toBe(false);
  });

  it('is compiled by XLA after so many runs of one shape, where there is XLA, with the same numbers', () => {
    const inputs = [numbers([4, 6]), numbers([4, 3], 2), numbers([6, 3], 3), numbers([3], 4)];
    const eager = tf.tidy(() => learningStep(inputs));
    let recordings = 0;
    const cache = new StepCache((given) => (recordings++, learningStep(given)), { xlaAfter: 2 });
    const runs = Array.from({ length: 5 }, () => cache.run(inputs));
    expect(recordings).toBe(hasXla(tf.backend() as never) ? 2 : 1);
    expect(cache.size).toBe(1);
    for (const results of runs)
      results.forEach((tensor, index) => {
        const expected = eager[index]!.dataSync();
        tensor.dataSync().forEach((value, at) => expect(Math.abs(value - expected[at]!)).toBeLessThan(1e-5));
      });
    expect(runs[4]!.map((tensor) => [...tensor.dataSync()])).toEqual(runs[3]!.map((tensor) => [...tensor.dataSync()]));
    cache.dispose();
  });

  it('runs as ever where TensorFlow does not know the marks: a libtensorflow without XLA', () => {
    const { nodes } = recordStep(tf.backend() as never, ([x]) => [tf.neg(x!)], [numbers([3])]);
    const marked = markForXla(nodes);
    expect(marked.filter(({ attributes }) => '_XlaCompile' in attributes).map(({ operation }) => operation)).toEqual(['Neg']);
    const refusing = {
      executeSingleOutput: () => {
        throw new Error('Op type not registered _XlaRun in binary');
      },
    };
    expect(hasXla(refusing as never)).toBe(false);
  });

  it('removes the folder of a dead process, and leaves a living one’s', () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const left = mkdtempSync(path.join(tmpdir(), `pathlight-step-${dead}-`));
    writeFileSync(path.join(left, 'saved_model.pb'), '');
    const living = path.join(tmpdir(), `pathlight-step-${process.ppid}-living`);
    mkdirSync(living, { recursive: true });
    compile(([x]) => [tf.neg(x!)], [numbers([3])]).dispose();
    expect([existsSync(left), existsSync(living)]).toEqual([false, true]);
  });
});
