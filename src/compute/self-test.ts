import * as tf from '@tensorflow/tfjs-core';
import { BackendRefusal } from './refusal.ts';

/** A computation in tensors, and the same in plain numbers. */
interface Check {
  readonly name: string;
  readonly tensors: () => tf.Tensor;
  readonly expected: () => readonly number[];
}

type Matrix = readonly (readonly number[])[];

/** Numbers between −1 and 1, the same in every run; rounded to what float32 holds, so that both sides start from the same. */
const numbers = (count: number, seed: number): number[] =>
  Array.from({ length: count }, (_, index) => Math.fround(Math.sin(12.9898 * (index + 1) + 78.233 * seed)));
const matrix = (rows: number, columns: number, seed: number): number[][] =>
  Array.from({ length: rows }, (_, row) => numbers(rows * columns, seed).slice(row * columns, (row + 1) * columns));

const times = (a: Matrix, b: Matrix): number[][] =>
  a.map((row) => b[0]!.map((_, column) => row.reduce((sum, value, index) => sum + value * b[index]![column]!, 0)));
const transposed = (a: Matrix): number[][] => a[0]!.map((_, column) => a.map((row) => row[column]!));
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const tensor2 = (values: Matrix): tf.Tensor2D => tf.tensor2d(values as number[][]);

/** From saturated to tiny, where a kernel loses digits. */
const SPREAD = [-30, -8, -1.5, -1e-3, -1e-6, 0, 1e-6, 1e-3, 0.7, 3, 12, 30].map(Math.fround);
const POSITIVE = [1e-6, 1e-3, 0.1, 0.9, 1, 2.5, 40, 1e4].map(Math.fround);

const [A, B] = [matrix(17, 33, 1), matrix(33, 9, 2)];
const PICKED = [4, 0, 16, 4, 4, 7];
const LONG = numbers(3000, 3);
const [ANSWERS, START] = [matrix(12, 5, 4), numbers(5, 5)];
const RIGHT = numbers(12, 6).map((value) => (value > 0 ? 1 : 0));
const RATE = 0.3;

/** d/dw f(w − α∇f(w)) for logistic regression f: (I − αXᵀDX)·∇f(w′), D = σ(1 − σ). */
function gradientThroughAStep(): number[] {
  const logits = (w: readonly number[]): number[] => ANSWERS.map((row) => row.reduce((sum, x, at) => sum + x * w[at]!, 0));
  const gradient = (w: readonly number[]): number[] => {
    const slope = logits(w).map((z, row) => sigmoid(z) - RIGHT[row]!);
    return w.map((_, at) => ANSWERS.reduce((sum, row, index) => sum + row[at]! * slope[index]!, 0));
  };
  const inner = gradient(START);
  const outer = gradient(START.map((value, at) => value - RATE * inner[at]!));
  const along = logits(outer).map((z, row) => {
    const p = sigmoid(logits(START)[row]!);
    return z * p * (1 - p);
  });
  return outer.map((value, at) => value - RATE * ANSWERS.reduce((sum, row, index) => sum + row[at]! * along[index]!, 0));
}

function gradientThroughAStepOfTensors(): tf.Tensor {
  const [x, y] = [tensor2(ANSWERS), tf.tensor2d(RIGHT, [12, 1])];
  return tf.grad((w) => {
    const slope = tf.sub(tf.sigmoid(tf.matMul(x, w as tf.Tensor2D)), y) as tf.Tensor2D;
    const moved = tf.sub(w, tf.mul(RATE, tf.matMul(x, slope, true))) as tf.Tensor2D;
    const logit = tf.matMul(x, moved);
    return tf.sum(tf.sub(tf.softplus(logit), tf.mul(y, logit)));
  })(tf.tensor2d(START, [5, 1]));
}

const CHECKS: readonly Check[] = [
  { name: 'matMul', tensors: () => tf.matMul(tensor2(A), tensor2(B)), expected: () => times(A, B).flat() },
  {
    name: 'transposed matMul in batches',
    tensors: () => {
      const both = tf.stack([tensor2(A), tf.neg(tensor2(A))]) as tf.Tensor3D;
      return tf.matMul(both, both, true);
    },
    expected: () => [...times(transposed(A), A).flat(), ...times(transposed(A), A).flat()],
  },
  {
    name: 'gradient of matMul',
    tensors: () => tf.grad((a) => tf.sum(tf.square(tf.matMul(a as tf.Tensor2D, tensor2(B)))))(tensor2(A)),
    expected: () => times(times(A, B), transposed(B)).flatMap((row) => row.map((value) => 2 * value)),
  },
  {
    // Its gradient is not asked for: the learners hand it back themselves, as WebAssembly's kernels have none (tfjs 4.22).
    name: 'gather',
    tensors: () => tf.gather(tensor2(A), tf.tensor1d(PICKED, 'int32')),
    expected: () => PICKED.flatMap((row) => A[row]!),
  },
  { name: 'softplus', tensors: () => tf.softplus(tf.tensor1d(SPREAD)), expected: () => SPREAD.map(softplus) },
  { name: 'sigmoid', tensors: () => tf.sigmoid(tf.tensor1d(SPREAD)), expected: () => SPREAD.map(sigmoid) },
  { name: 'log1p', tensors: () => tf.log1p(tf.tensor1d(POSITIVE)), expected: () => POSITIVE.map(Math.log1p) },
  { name: 'exp', tensors: () => tf.exp(tf.tensor1d(numbers(20, 7))), expected: () => numbers(20, 7).map(Math.exp) },
  { name: 'sqrt', tensors: () => tf.sqrt(tf.tensor1d(POSITIVE)), expected: () => POSITIVE.map(Math.sqrt) },
  {
    name: 'gradient of softplus, sigmoid, log1p and exp',
    tensors: () =>
      tf.grad((x) =>
        tf.sum(tf.add(tf.add(tf.softplus(x), tf.sigmoid(x)), tf.add(tf.log1p(tf.square(x)), tf.exp(tf.mul(0.1, x))))),
      )(tf.tensor1d(SPREAD)),
    expected: () =>
      SPREAD.map((x) => sigmoid(x) + sigmoid(x) * (1 - sigmoid(x)) + (2 * x) / (1 + x * x) + 0.1 * Math.exp(0.1 * x)),
  },
  {
    name: 'sum and mean',
    tensors: () => tf.concat([tf.sum(tf.tensor2d(LONG, [3, 1000]), 1), tf.reshape(tf.mean(tf.tensor1d(LONG)), [1])]),
    expected: () => {
      const sums = [0, 1, 2].map((row) => LONG.slice(1000 * row, 1000 * (row + 1)).reduce((sum, value) => sum + value, 0));
      return [...sums, (sums[0]! + sums[1]! + sums[2]!) / LONG.length];
    },
  },
  {
    name: 'where, slice, tile and maximum',
    tensors: () => {
      const x = tf.tensor2d(LONG.slice(0, 12), [3, 4]);
      return tf.where(tf.greater(x, 0), tf.tile(tf.slice(x, [1, 0], [1, 4]), [3, 1]), tf.maximum(x, -0.5));
    },
    expected: () => LONG.slice(0, 12).map((x, at) => (x > 0 ? LONG[4 + (at % 4)]! : Math.max(x, -0.5))),
  },
  { name: 'gradient through an inner step', tensors: gradientThroughAStepOfTensors, expected: gradientThroughAStep },
];

/**
 * Computes what the learners compute, and compares it with plain numbers: a backend that gets one of these wrong must not train.
 * Results are read asynchronously, as WebGPU allows nothing else.
 * @param tolerance largest difference, relative to values above 1
 * @returns how many computations were compared
 * @throws BackendRefusal `wrong-numbers`, naming the first computation that differs
 */
export async function selfTest(tolerance: number): Promise<number> {
  for (const { name, tensors, expected } of CHECKS) {
    const result = tf.tidy(tensors);
    const values = await result.data();
    result.dispose();
    const wanted = expected();
    const wrong =
      values.length === wanted.length
        ? // Negated, so that a result that is no number is wrong too.
          wanted.findIndex((value, at) => !(Math.abs(values[at]! - value) <= tolerance * Math.max(1, Math.abs(value))))
        : wanted.length;
    if (wrong >= 0)
      throw new BackendRefusal(
        'wrong-numbers',
        `it computes wrong numbers (${name}: ${values[wrong]} instead of ${wanted[wrong] ?? 'nothing'})`,
        { check: name },
      );
  }
  return CHECKS.length;
}
