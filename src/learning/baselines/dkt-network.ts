import * as tf from '@tensorflow/tfjs-core';
import { sigmoid } from '../numeric.ts';
import type { Random } from '../random.ts';

/** Deep knowledge tracing (Piech et al. 2015) with question embeddings: an LSTM reads the answers, a small network forecasts any later question. */

export const WIDTH = 64;

/** Row-major arrays; d = 64, Q questions and S skill sets, each with one more row for what was never seen. */
export interface DktParameters {
  readonly [name: string]: Float32Array;
  /** [2S, d] and [2Q, d]: wrong answers first, right ones after them. */
  readonly answerSet: Float32Array;
  readonly answerQuestion: Float32Array;
  /** [S, d], [Q, d], [Q] */
  readonly askSet: Float32Array;
  readonly askQuestion: Float32Array;
  readonly questionBias: Float32Array;
  /** [2d, 4d], [4d]: input, forget, cell, output gate. */
  readonly gates: Float32Array;
  readonly gateBias: Float32Array;
  /** [2d, d], [d], [d, 1], [1] */
  readonly hidden: Float32Array;
  readonly hiddenBias: Float32Array;
  readonly out: Float32Array;
  readonly outBias: Float32Array;
}

export const DENSE = ['gates', 'gateBias', 'hidden', 'hiddenBias', 'out', 'outBias'] as const;
const DENSE_SHAPES: Record<(typeof DENSE)[number], number[]> = {
  gates: [2 * WIDTH, 4 * WIDTH],
  gateBias: [4 * WIDTH],
  hidden: [2 * WIDTH, WIDTH],
  hiddenBias: [WIDTH],
  out: [WIDTH, 1],
  outBias: [1],
};

export function initialDkt(questions: number, sets: number, random: Random): DktParameters {
  const normal = (size: number, scale: number): Float32Array =>
    Float32Array.from({ length: size }, () => scale * random.normal());
  const uniform = (size: number, most: number): Float32Array =>
    Float32Array.from({ length: size }, () => most * (2 * random.uniform() - 1));
  const gateBias = new Float32Array(4 * WIDTH);
  return {
    answerSet: normal(2 * sets * WIDTH, 1),
    answerQuestion: normal(2 * questions * WIDTH, 0.02),
    askSet: normal(sets * WIDTH, 1),
    askQuestion: normal(questions * WIDTH, 0.02),
    questionBias: new Float32Array(questions),
    gates: uniform(8 * WIDTH * WIDTH, 1 / Math.sqrt(WIDTH)),
    gateBias,
    hidden: uniform(2 * WIDTH * WIDTH, 1 / Math.sqrt(2 * WIDTH)),
    hiddenBias: new Float32Array(WIDTH),
    out: uniform(WIDTH, 1 / Math.sqrt(WIDTH)),
    outBias: new Float32Array(1),
  };
}

/** B windows of K support and Q query rows. */
export interface DktBatch {
  readonly students: number;
  readonly support: number;
  readonly query: number;
  /** [B, K, d] */
  readonly answers: Float32Array;
  /** [B, K + 1], 1 at the number of answers known. */
  readonly after: Float32Array;
  /** [B, Q, d] and [B, Q] */
  readonly asked: Float32Array;
  readonly bias: Float32Array;
  readonly correct: Float32Array;
  readonly weight: Float32Array;
  /** [B, Q, 2d], dropout: 0, or 1 over the share that stays. */
  readonly kept: Float32Array;
}

export const dktInputs = (parameters: DktParameters, batch: DktBatch): tf.Tensor[] => {
  const { students, support, query } = batch;
  return [
    ...DENSE.map((name) => tf.tensor(parameters[name]!, DENSE_SHAPES[name])),
    tf.tensor3d(batch.answers, [students, support, WIDTH]),
    tf.tensor3d(batch.asked, [students, query, WIDTH]),
    tf.tensor3d(batch.bias, [students, query, 1]),
    tf.tensor3d(batch.after, [students, support + 1, 1]),
    tf.tensor3d(batch.correct, [students, query, 1]),
    tf.tensor3d(batch.weight, [students, query, 1]),
    tf.tensor3d(batch.kept, [students, query, 2 * WIDTH]),
  ];
};

/** @returns mean log-loss of the queries, its gradients by the dense parameters, the answers', the questions' rows and their biases */
export function dktStep(inputs: tf.Tensor[]): tf.Tensor[] {
  const [after, correct, weight, kept] = inputs.slice(DENSE.length + 3) as [tf.Tensor3D, tf.Tensor, tf.Tensor, tf.Tensor];
  const { value, grads } = tf.valueAndGrads((...moving: tf.Tensor[]) => {
    const [gates, gateBias, hidden, hiddenBias, out, outBias, answers, asked, bias] = moving as [
      tf.Tensor2D,
      tf.Tensor,
      tf.Tensor2D,
      tf.Tensor,
      tf.Tensor2D,
      tf.Tensor,
      tf.Tensor3D,
      tf.Tensor3D,
      tf.Tensor,
    ];
    const [students, support] = answers.shape;
    const query = asked.shape[1];
    let state = tf.zeros([students, WIDTH]) as tf.Tensor2D;
    let cell = tf.zeros([students, WIDTH]) as tf.Tensor2D;
    const at = (step: number): tf.Tensor => tf.reshape(tf.slice(after, [0, step, 0], [students, 1, 1]), [students, 1]);
    let known: tf.Tensor = tf.mul(state, at(0));
    for (let step = 0; step < support; step++) {
      const input = tf.reshape(tf.slice(answers, [0, step, 0], [students, 1, WIDTH]), [students, WIDTH]);
      const all = tf.add(tf.matMul(tf.concat([input as tf.Tensor2D, state], 1), gates), gateBias);
      const gate = (index: number): tf.Tensor2D => tf.slice(all, [0, index * WIDTH], [students, WIDTH]) as tf.Tensor2D;
      cell = tf.add(tf.mul(tf.sigmoid(gate(1)), cell), tf.mul(tf.sigmoid(gate(0)), tf.tanh(gate(2)))) as tf.Tensor2D;
      state = tf.mul(tf.sigmoid(gate(3)), tf.tanh(cell)) as tf.Tensor2D;
      known = tf.add(known, tf.mul(state, at(step + 1)));
    }
    const spread = tf.add(tf.expandDims(known, 1), tf.zeros([students, query, 1]));
    const rows = tf.reshape(tf.mul(tf.concat([spread, asked], 2), kept), [students * query, 2 * WIDTH]) as tf.Tensor2D;
    const middle = tf.relu(tf.add(tf.matMul(rows, hidden), hiddenBias)) as tf.Tensor2D;
    const logit = tf.add(tf.reshape(tf.add(tf.matMul(middle, out), outBias), [students, query, 1]), bias);
    const loss = tf.sub(tf.softplus(logit), tf.mul(correct, logit));
    return tf.div(tf.sum(tf.mul(loss, weight)), tf.maximum(tf.sum(weight), 1)) as tf.Scalar;
  })(inputs.slice(0, DENSE.length + 3));
  return [value, ...grads];
}

/** The LSTM's state, [d] each; plain numbers for forecasting. */
export interface DktState {
  readonly state: Float64Array;
  readonly cell: Float64Array;
}

export const emptyState = (): DktState => ({ state: new Float64Array(WIDTH), cell: new Float64Array(WIDTH) });

/** Reads one more answer, in place. */
export function readAnswer(
  parameters: DktParameters,
  { state, cell }: DktState,
  question: number,
  set: number,
  right: boolean,
): void {
  const questions = parameters.questionBias.length;
  const sets = parameters.askSet.length / WIDTH;
  const all = Float64Array.from(parameters.gateBias);
  const fromSet = (set + (right ? sets : 0)) * WIDTH;
  const fromQuestion = (question + (right ? questions : 0)) * WIDTH;
  for (let input = 0; input < 2 * WIDTH; input++) {
    const value =
      input < WIDTH
        ? parameters.answerSet[fromSet + input]! + parameters.answerQuestion[fromQuestion + input]!
        : state[input - WIDTH]!;
    const row = input * 4 * WIDTH;
    for (let unit = 0; unit < all.length; unit++) all[unit]! += value * parameters.gates[row + unit]!;
  }
  for (let unit = 0; unit < WIDTH; unit++) {
    cell[unit] = sigmoid(all[WIDTH + unit]!) * cell[unit]! + sigmoid(all[unit]!) * Math.tanh(all[2 * WIDTH + unit]!);
    state[unit] = sigmoid(all[3 * WIDTH + unit]!) * Math.tanh(cell[unit]!);
  }
}

export function askLogit(parameters: DktParameters, { state }: DktState, question: number, set: number): number {
  let logit = parameters.outBias[0]! + parameters.questionBias[question]!;
  const middle = Float64Array.from(parameters.hiddenBias);
  for (let input = 0; input < 2 * WIDTH; input++) {
    const at = input - WIDTH;
    const value =
      input < WIDTH ? state[input]! : parameters.askSet[set * WIDTH + at]! + parameters.askQuestion[question * WIDTH + at]!;
    const row = input * WIDTH;
    for (let unit = 0; unit < WIDTH; unit++) middle[unit]! += value * parameters.hidden[row + unit]!;
  }
  for (let unit = 0; unit < WIDTH; unit++) if (middle[unit]! > 0) logit += middle[unit]! * parameters.out[unit]!;
  return logit;
}
