import fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseBackend } from '../../src/compute/backend.ts';
import { compile } from '../../src/compute/compile.ts';

const tensorflow = await chooseBackend(['tensorflow']).then(
  () => true,
  () => false,
);

/** The kernels that the learners use, and their first derivatives where they have one, of x and y [B, R, C] and w [C, R]. */
const KERNELS: Readonly<Record<string, (x: tf.Tensor, y: tf.Tensor, w: tf.Tensor) => tf.Tensor>> = {
  add: (x, y) => tf.add(x, y),
  sub: (x, y) => tf.sub(x, y),
  mul: (x, y) => tf.mul(x, y),
  div: (x, y) => tf.div(x, tf.add(1, tf.abs(y))),
  broadcast: (x, y) => tf.mul(x, tf.slice(y, [0, 0, 0], [1, 1, y.shape[2]!])),
  neg: (x) => tf.neg(x),
  abs: (x) => tf.abs(x),
  exp: (x) => tf.exp(x),
  log1p: (x) => tf.log1p(tf.square(x)),
  sqrt: (x) => tf.sqrt(tf.add(0.1, tf.square(x))),
  sigmoid: (x) => tf.sigmoid(x),
  softplus: (x) => tf.softplus(x),
  softmax: (x) => tf.softmax(x),
  tanh: (x) => tf.tanh(x),
  relu: (x) => tf.relu(x),
  step: (x) => tf.step(x),
  maximum: (x, y) => tf.maximum(x, y),
  where: (x, y) => tf.where(tf.greater(y, 0), x, y),
  lessEqual: (x, y) => tf.cast(tf.lessEqual(x, y), 'float32'),
  matMul: (x, _, w) => tf.matMul(tf.reshape(x, [-1, x.shape[2]!]) as tf.Tensor2D, w as tf.Tensor2D),
  batchMatMul: (x, y) => tf.matMul(x as tf.Tensor3D, y as tf.Tensor3D, false, true),
  batchMatMulOfColumns: (x, y) => tf.matMul(x as tf.Tensor3D, y as tf.Tensor3D, true),
  transpose: (x) => tf.transpose(x, [0, 2, 1]),
  sumOfRows: (x) => tf.sum(x, 1, true),
  sumOfTwo: (x) => tf.sum(x, [1, 2]),
  mean: (x) => tf.mean(x),
  concat: (x, y) => tf.concat([x, y], 1),
  stack: (x, y) => tf.stack([x, y]),
  slice: (x) => tf.slice(x, [0, x.shape[1]! - 1, 0], [x.shape[0]!, 1, x.shape[2]!]),
  reshape: (x) => tf.reshape(x, [-1]),
  expandDims: (x) => tf.expandDims(x, 0),
  squeeze: (x) => tf.squeeze(tf.sum(x, 2, true), [2]),
  tile: (x) => tf.tile(x, [1, 2, 1]),
  cumsum: (x) => tf.cumsum(x, 1),
  eye: (x) => tf.mul(tf.sum(x), tf.eye(x.shape[1]!)),
  gather: (x) => tf.gather(x, tf.tensor1d([0, x.shape[0]! - 1, 0], 'int32')),
};

/** Each kernel's value and the gradients of its sum. */
const sweep =
  (names: readonly string[]) =>
  ([x, y, w]: tf.Tensor[]): tf.Tensor[] =>
    names.flatMap((name) => {
      const kernel = KERNELS[name]!;
      const gradient = tf.grad((at) => tf.sum(tf.mul(kernel(at, y!, w!), 0.5)))(x!);
      return [kernel(x!, y!, w!), gradient];
    });

/** These have no gradient in tfjs 4.22, or, cumsum along an inner axis, a wrong one. */
const FLAT = new Set(['step', 'lessEqual', 'cumsum']);
const size = fc.integer({ min: 1, max: 6 });
/** Whole thousandths: TensorFlow's graphs take numbers below 1e-38 for 0, single operations do not. */
const values = fc.integer({ min: -4000, max: 4000 }).map((value) => value / 1000);

describe.skipIf(!tensorflow)('compiled kernels', () => {
  beforeEach(() => void tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  it('give what they give eagerly, with their gradients, at any shape and value', () => {
    const smooth = Object.keys(KERNELS).filter((name) => !FLAT.has(name));
    const step = (inputs: tf.Tensor[]): tf.Tensor[] => [
      ...sweep(smooth)(inputs),
      ...[...FLAT].map((name) => KERNELS[name]!(inputs[0]!, inputs[1]!, inputs[2]!)),
    ];
    fc.assert(
      fc.property(
        size,
        size,
        size,
        fc.array(values, { minLength: 40, maxLength: 40 }),
        fc.integer({ min: 0, max: 39 }),
        (batch, rows, columns, numbers, shift) => {
          const draw = (shape: number[], from: number): tf.Tensor =>
            tf.tensor(
              Float32Array.from(
                { length: shape.reduce((a, b) => a * b, 1) },
                (_, index) => numbers[(index * 7 + from) % numbers.length]! + 0.01 * Math.sin(index),
              ),
              shape,
            );
          const inputs = (from: number): tf.Tensor[] => [
            draw([batch, rows, columns], from),
            draw([batch, rows, columns], from + 3),
            draw([columns, rows], from + 5),
          ];
          const compiled = compile(step, inputs(0));
          try {
            for (const given of [inputs(0), inputs(shift + 1)]) {
              const eager = tf.tidy(() => step(given));
              compiled.run(given).forEach((tensor, index) => {
                const expected = eager[index]!.dataSync();
                const got = tensor.dataSync();
                const scale = Math.max(1, ...Array.from(expected, Math.abs));
                expect(tensor.shape).toEqual(eager[index]!.shape);
                expected.forEach((value, at) => expect(Math.abs(got[at]! - value) / scale).toBeLessThan(1e-5));
              });
            }
          } finally {
            compiled.dispose();
          }
        },
      ),
      { numRuns: 8, seed: 7 },
    );
  }, 60_000);
});
