import * as tf from '@tensorflow/tfjs-core';
import type { TensorStep } from '../../../src/compute/compile.ts';

/** The step that ../shared/bench/pytorch_maml.py measures: a relu network, all of it adapted to every task, Adam outside. */
export const SIZES = [48, 64, 64, 1] as const;
export const ROWS = 10;
export const INNER_STEPS = 5;
const INNER_RATE = 0.1;
const RATE = 1e-3;
const ADAM = { first: 0.9, second: 0.999, epsilon: 1e-8 } as const;

export type Way = 'written-out' | 'factored';

/** weight1 [48, 64], bias1 [1, 64], … weight3 [64, 1], bias3 [1, 1]. */
const SHAPES: readonly (readonly [number, number])[] = SIZES.slice(1).flatMap((size, layer): [number, number][] => [
  [SIZES[layer]!, size],
  [1, size],
]);

/** One matrix product for all tasks: [B, R, I] by the shared [I, O]. */
const shared = (input: tf.Tensor, weight: tf.Tensor): tf.Tensor => {
  const [tasks, rows, inputs] = input.shape as [number, number, number];
  return tf.reshape(tf.matMul(tf.reshape(input, [tasks * rows, inputs]) as tf.Tensor2D, weight as tf.Tensor2D), [
    tasks,
    rows,
    weight.shape[1]!,
  ]);
};
const product = (a: tf.Tensor, b: tf.Tensor, transposeA = false, transposeB = false): tf.Tensor =>
  tf.matMul(a as tf.Tensor3D, b as tf.Tensor3D, transposeA, transposeB);

/** Where a unit is on; no gradient goes through it. */
const on = (sum: tf.Tensor): tf.Tensor =>
  tf.customGrad((z) => ({
    value: tf.cast(tf.greater(z as tf.Tensor, 0), 'float32'),
    gradFunc: () => tf.zerosLike(z as tf.Tensor),
  }))(sum);
const logLoss = (logit: tf.Tensor, correct: tf.Tensor): tf.Tensor => tf.mean(tf.sub(tf.softplus(logit), tf.mul(correct, logit)));
/** d(task's mean loss)/d(logit). */
const slope = (logit: tf.Tensor, correct: tf.Tensor): tf.Tensor => tf.mul(tf.sub(tf.sigmoid(logit), correct), 1 / ROWS);

type Objective = (theta: readonly tf.Tensor[], xs: tf.Tensor, ys: tf.Tensor, xq: tf.Tensor, yq: tf.Tensor) => tf.Tensor;

/** Every task's weights as tensors of their own, moved after each inner step. The inner gradient is written out. */
const writtenOut: Objective = (theta, xs, ys, xq, yq) => {
  let fast: tf.Tensor[] = theta.map((value) => tf.expandDims(value, 0));
  const layer = (input: tf.Tensor, index: number): tf.Tensor => {
    const weight = fast[2 * index]!;
    const sums = weight.shape[0] === 1 ? shared(input, theta[2 * index]!) : product(input, weight);
    return tf.add(sums, fast[2 * index + 1]!);
  };
  const back = (error: tf.Tensor, index: number): tf.Tensor =>
    fast[0]!.shape[0] === 1 ? shared(error, tf.transpose(theta[2 * index]!)) : product(error, fast[2 * index]!, false, true);
  for (let step = 0; step < INNER_STEPS; step++) {
    const z1 = layer(xs, 0);
    const on1 = on(z1);
    const h1 = tf.mul(z1, on1);
    const z2 = layer(h1, 1);
    const on2 = on(z2);
    const h2 = tf.mul(z2, on2);
    const e3 = tf.mul(slope(layer(h2, 2), ys), INNER_RATE);
    const e2 = tf.mul(back(e3, 2), on2);
    const e1 = tf.mul(back(e2, 1), on1);
    const moves = [
      [xs, e1],
      [h1, e2],
      [h2, e3],
    ].flatMap(([input, error]) => [product(input!, error!, true), tf.sum(error!, 1, true)]);
    fast = fast.map((value, index) => tf.sub(value, moves[index]!));
  }
  const h1 = tf.relu(layer(xq, 0));
  const h2 = tf.relu(layer(h1, 1));
  return logLoss(layer(h2, 2), yq);
};

/**
 * The same function with less work. An inner step moves a layer's weights by −Σ inputᵀ·error, a sum of outer products of ten rows, so
 *
 *     rows·W_t + b_t = rows·W + b − Σ_{s<t} (rows·inputs_sᵀ + 1)·errors_s
 *
 * and no task ever needs weights of its own: products with W are one large product for all tasks, what belongs to a task is 10 rows wide.
 */
const factored: Objective = (theta, xs, ys, xq, yq) => {
  const [w1, b1, w2, b2, w3, b3] = theta as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  const join = (parts: readonly tf.Tensor[]): tf.Tensor => (parts.length === 1 ? parts[0]! : tf.concat([...parts], 1));
  const minus = (value: tf.Tensor, move: tf.Tensor | undefined): tf.Tensor => (move ? tf.sub(value, move) : value);
  const transposed2 = tf.transpose(w2);
  const rowOut = tf.reshape(w3, [1, 1, SIZES[2]]);
  const gram = tf.add(product(xs, xs, false, true), 1);
  const first = tf.add(shared(xs, w1), b1);
  /** Inputs and errors of the second layer, errors of the first, moves of the third, over the steps so far. */
  const inputs2: tf.Tensor[] = [];
  const errors2: tf.Tensor[] = [];
  let errors1: tf.Tensor | undefined;
  let moved3: tf.Tensor | undefined;
  let movedBias3: tf.Tensor | undefined;
  const forward = (z1: tf.Tensor): { on1: tf.Tensor; on2: tf.Tensor; h1: tf.Tensor; h2: tf.Tensor; z3: tf.Tensor } => {
    const on1 = on(z1);
    const h1 = tf.mul(z1, on1);
    const past = inputs2.length > 0 ? join(inputs2) : undefined;
    const z2 = minus(tf.add(shared(h1, w2), b2), past && product(tf.add(product(h1, past, false, true), 1), join(errors2)));
    const on2 = on(z2);
    const h2 = tf.mul(z2, on2);
    // One column: the task's own is cheap.
    const z3 = tf.sum(tf.mul(h2, minus(rowOut, moved3)), 2, true);
    return { on1, on2, h1, h2, z3: tf.add(z3, minus(tf.reshape(b3, [1, 1, 1]), movedBias3)) };
  };
  for (let step = 0; step < INNER_STEPS; step++) {
    const { on1, on2, h1, h2, z3 } = forward(minus(first, errors1 && product(gram, errors1)));
    const e3 = tf.mul(slope(z3, ys), INNER_RATE);
    const e2 = tf.mul(tf.mul(e3, minus(rowOut, moved3)), on2);
    const past = errors2.length > 0 ? product(product(e2, join(errors2), false, true), join(inputs2)) : undefined;
    const e1 = tf.mul(minus(shared(e2, transposed2), past), on1);
    inputs2.push(h1);
    errors2.push(e2);
    errors1 = errors1 ? tf.add(errors1, e1) : e1;
    const move3 = product(e3, h2, true);
    moved3 = moved3 ? tf.add(moved3, move3) : move3;
    const bias3 = tf.sum(e3, 1, true);
    movedBias3 = movedBias3 ? tf.add(movedBias3, bias3) : bias3;
  }
  const across = tf.add(product(xq, xs, false, true), 1);
  return logLoss(forward(tf.sub(tf.add(shared(xq, w1), b1), product(across, errors1!))).z3, yq);
};

const OBJECTIVES: Readonly<Record<Way, Objective>> = { 'written-out': writtenOut, factored };

/**
 * One outer step. In: support rows [B, 10, 48], their answers [B, 10, 1], the same of the query, the six parameters, Adam's first and second
 * moments of each, and β₁ᵗ, β₂ᵗ. Out: parameters, moments and powers after the step, and the loss.
 * @param parts the tasks are cut into this many equal parts, whose gradients are averaged: they depend on nothing of each other, so that
 * TensorFlow can work on as many at a time as there are cores
 */
export const referenceStep =
  (way: Way, parts: number): TensorStep =>
  (inputs) => {
    const rows = inputs.slice(0, 4);
    const group = (index: number): tf.Tensor[] => inputs.slice(4 + 6 * index, 10 + 6 * index);
    const [theta, first, second] = [group(0), group(1), group(2)];
    const size = rows[0]!.shape[0]! / parts;
    const found = Array.from({ length: parts }, (_, part) => {
      const [xs, ys, xq, yq] =
        parts === 1 ? rows : rows.map((value) => tf.slice(value, [part * size, 0, 0], [size, ROWS, value.shape[2]!]));
      return tf.valueAndGrads((...moving: tf.Tensor[]) => OBJECTIVES[way](moving, xs!, ys!, xq!, yq!) as tf.Scalar)(theta);
    });
    const mean = (values: tf.Tensor[]): tf.Tensor => (parts === 1 ? values[0]! : tf.mul(tf.addN(values), 1 / parts));
    const gradients = theta.map((_, index) => mean(found.map(({ grads }) => grads[index]!)));
    return [...adam(theta, first, second, inputs.slice(22), gradients), mean(found.map(({ value }) => value))];
  };

/** Adam (Kingma & Ba 2015) as PyTorch writes it: parameters, moments and powers after the step. */
function adam(
  theta: readonly tf.Tensor[],
  first: readonly tf.Tensor[],
  second: readonly tf.Tensor[],
  powers: readonly tf.Tensor[],
  gradients: readonly tf.Tensor[],
): tf.Tensor[] {
  const [next1, next2] = [tf.mul(powers[0]!, ADAM.first), tf.mul(powers[1]!, ADAM.second)];
  const blend = (old: tf.Tensor, value: tf.Tensor, keep: number): tf.Tensor => tf.add(tf.mul(old, keep), tf.mul(value, 1 - keep));
  const m = first.map((each, index) => blend(each, gradients[index]!, ADAM.first));
  const v = second.map((each, index) => blend(each, tf.square(gradients[index]!), ADAM.second));
  const rate = tf.div(RATE, tf.sub(1, next1));
  const root = tf.sqrt(tf.sub(1, next2));
  const moved = theta.map((each, index) =>
    tf.sub(each, tf.div(tf.mul(rate, m[index]!), tf.add(tf.div(tf.sqrt(v[index]!), root), ADAM.epsilon))),
  );
  return [...moved, ...m, ...v, next1, next2];
}

/**
 * Floating-point operations of the matrix products that the step takes as it is usually written, a task: forward, the weights' gradients and the
 * errors of the layers below in each inner step, forward once more for the query; going back through a product costs two of its size.
 */
export function usualOperations(tasks: number): number {
  const weights = SIZES.slice(1).map((size, layer) => SIZES[layer]! * size);
  const all = weights.reduce((sum, each) => sum + each, 0);
  const below = all - weights[0]!;
  return 3 * 2 * ROWS * tasks * (INNER_STEPS * (2 * all + below) + all);
}

/** The data of one outer step and where it begins; numbers the same for every way. */
export function exampleInputs(tasks: number): tf.Tensor[] {
  let seed = 1;
  const uniform = (): number => ((seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) + 0.5) / 4294967296;
  const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const fill = (shape: readonly number[], draw: () => number): tf.Tensor =>
    tf.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, draw), [...shape]);
  const rows = (): tf.Tensor[] => [fill([tasks, ROWS, SIZES[0]], normal), fill([tasks, ROWS, 1], () => Number(uniform() > 0.5))];
  const zeros = (): tf.Tensor[] => SHAPES.map((shape) => tf.zeros([...shape]));
  return [
    ...rows(),
    ...rows(),
    ...SHAPES.map((shape) => fill(shape, shape[0] === 1 ? () => 0 : () => 0.1 * normal())),
    ...zeros(),
    ...zeros(),
    tf.scalar(1),
    tf.scalar(1),
  ];
}
