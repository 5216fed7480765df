import * as tf from '@tensorflow/tfjs-core';
import { lastHidden, promptLength } from './parameters.ts';
import type { NetworkShape } from './parameters.ts';
import { constant } from './tensor-descent.ts';
import type { Look, Tensors } from './tensor-descent.ts';
import { apply, positiveTensor, reluLayers } from './tensor-network.ts';
import type { RowTensors } from './tensor-network.ts';

/** What the frozen network makes of the rows before a prompt modulates its last relu layer. */
export interface FrozenRows {
  /** Sums that enter the last relu layer, [B, K, H]. */
  readonly sums: tf.Tensor;
  /** The logit without that layer, [B, K, 1]. */
  readonly base: tf.Tensor;
  /** [1, H, 1] */
  readonly weightOut: tf.Tensor;
}

export function freeze(shape: NetworkShape, weights: Tensors, rows: Pick<RowTensors, 'features' | 'offset'>): FrozenRows {
  return {
    sums: reluLayers(shape, weights, rows.features).sums.at(-1)!,
    base: tf.add(tf.add(rows.offset, apply(rows.features, weights['direct']!)), weights['biasOut']!),
    weightOut: weights['weightOut']!,
  };
}

/**
 * logit = base + weightOut·relu(sums∘(1 + gain) + shift) + level.
 * @param prompt [B or 1, 1, 2H + 1]: gain [H], shift [H], level
 */
export function lookAtPrompt(rows: FrozenRows, prompt: tf.Tensor): Look {
  const units = rows.sums.shape[2]!;
  const students = prompt.shape[0]!;
  const part = (begin: number, size: number, of: tf.Tensor): tf.Tensor => tf.slice(of, [0, 0, begin], [of.shape[0]!, 1, size]);
  const modulated = tf.add(tf.mul(rows.sums, tf.add(1, part(0, units, prompt))), part(units, units, prompt));
  const logit = tf.add(tf.add(rows.base, apply(tf.relu(modulated), rows.weightOut)), part(2 * units, 1, prompt));
  const backward = (): tf.Tensor =>
    tf.mul(
      constant(() => tf.step(modulated)),
      tf.reshape(rows.weightOut, [1, 1, units]),
    );
  return {
    logit,
    pullback(slope) {
      const error = tf.mul(slope, backward());
      const gradients = [tf.sum(tf.mul(error, rows.sums), 1, true), tf.sum(error, 1, true), tf.sum(slope, 1, true)];
      return { prompt: tf.concat(gradients, 2) };
    },
    sensitivity(rates) {
      const own = tf.add(tf.mul(tf.square(rows.sums), part(0, units, rates['prompt']!)), part(units, units, rates['prompt']!));
      return tf.add(
        tf.sum(tf.mul(tf.square(backward()), own), 2, true),
        tf.mul(part(2 * units, 1, rates['prompt']!), tf.ones([students, 1, 1])),
      );
    },
    along({ prompt: move }) {
      const drift = tf.add(tf.mul(rows.sums, part(0, units, move!)), part(units, units, move!));
      const level = tf.add(rows.base, part(2 * units, 1, prompt));
      return (share) =>
        tf.add(
          tf.add(level, tf.mul(share, part(2 * units, 1, move!))),
          apply(tf.relu(tf.add(modulated, tf.mul(share, drift))), rows.weightOut),
        );
    },
  };
}

/**
 * The prompt with which a student's refinement begins: answered rows [x, y − σ(logit), y] are encoded by one relu layer, their weighted mean
 * is drawn to the encoding of "no answers" as if that were `emptyStrength` more answers, and softmax(encoding·keysᵀ/√E) mixes the pool.
 * @param logit the frozen network's forecasts of the rows, [B, K, 1]
 * @returns for the support sets [B, 1, 2H + 1], and for a student without answers [1, 1, 2H + 1]
 */
export function choosePrompt(
  shape: NetworkShape,
  parameters: Tensors,
  rows: RowTensors,
  logit: tf.Tensor,
): { readonly chosen: tf.Tensor; readonly empty: tf.Tensor } {
  const read = tf.concat([rows.features, tf.sub(rows.correct, tf.sigmoid(logit)), rows.correct], 2);
  const encoded = tf.relu(tf.add(apply(read, tf.expandDims(parameters['encoder']!, 0)), parameters['encoderBias']!));
  const strength = tf.exp(parameters['emptyStrength']!);
  const empty = parameters['emptyEncoding'] as tf.Tensor2D;
  const mean = tf.div(
    tf.add(tf.sum(tf.mul(rows.weight, encoded), 1), tf.mul(strength, empty)),
    tf.add(tf.sum(rows.weight, 1), strength),
  ) as tf.Tensor2D;
  const mix = (encoding: tf.Tensor2D): tf.Tensor => {
    const scores = tf.mul(tf.matMul(encoding, parameters['keys'] as tf.Tensor2D, false, true), 1 / Math.sqrt(shape.encoding));
    const mixed = tf.matMul(tf.softmax(scores) as tf.Tensor2D, parameters['pool'] as tf.Tensor2D);
    return tf.expandDims(mixed, 1);
  };
  return { chosen: mix(mean), empty: mix(empty) };
}

/** λ and the rates of each step for the prompt. */
export function promptDescent(shape: NetworkShape, parameters: Tensors): { readonly prior: Tensors; readonly rates: Tensors[] } {
  const units = lastHidden(shape);
  const group = (index: number, size: number): tf.Tensor =>
    tf.mul(tf.slice(parameters['promptPrior']!, [index], [1]), tf.ones([1, 1, size]));
  return {
    prior: { prompt: positiveTensor(tf.concat([group(0, units), group(1, units), group(2, 1)], 2)) },
    rates: Array.from({ length: shape.innerSteps }, (_, step) => ({
      prompt: positiveTensor(tf.slice(parameters['promptRate']!, [step, 0, 0], [1, 1, promptLength(shape)])),
    })),
  };
}
