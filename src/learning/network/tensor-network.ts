import * as tf from '@tensorflow/tfjs-core';
import { LOGARITHM_SCALE, rateName, weightNames } from './parameters.ts';
import type { NetworkShape } from './parameters.ts';
import { constant } from './tensor-descent.ts';
import type { Look, Tensors } from './tensor-descent.ts';

/** Answers of a batch: features [B, K, F]; offset, correct, weight [B, K, 1]. */
export interface RowTensors {
  readonly features: tf.Tensor;
  readonly offset: tf.Tensor;
  readonly correct: tf.Tensor;
  readonly weight: tf.Tensor;
}

/** input·weights: [B, K, I] by [B, I, O], or by [1, I, O] for all students alike. */
export function apply(input: tf.Tensor, weights: tf.Tensor): tf.Tensor {
  const [batch, length, inputs] = input.shape as [number, number, number];
  if (weights.shape[0] !== 1) return tf.matMul(input as tf.Tensor3D, weights as tf.Tensor3D);
  const outputs = weights.shape[2]!;
  const flat = tf.matMul(
    tf.reshape(input, [batch * length, inputs]) as tf.Tensor2D,
    tf.reshape(weights, [inputs, outputs]) as tf.Tensor2D,
  );
  return tf.reshape(flat, [batch, length, outputs]);
}

/** Rates and λ from how they are stored. */
export const positiveTensor = (values: tf.Tensor): tf.Tensor => tf.exp(tf.mul(LOGARITHM_SCALE, values));

const transposed = (weights: tf.Tensor): tf.Tensor => tf.transpose(weights, [0, 2, 1]);

/** Inputs of each layer, where its units are on, and the input of the last layer's weights. */
export function reluLayers(
  shape: NetworkShape,
  weights: Tensors,
  features: tf.Tensor,
): { readonly inputs: tf.Tensor[]; readonly sums: tf.Tensor[] } {
  const inputs = [features];
  const sums = shape.hidden.map((_, layer) => {
    const sum = tf.add(apply(inputs[layer]!, weights[`weight${layer + 1}`]!), weights[`bias${layer + 1}`]!);
    inputs.push(tf.relu(sum));
    return sum;
  });
  return { inputs, sums };
}

/** The network's forecasts, and how they depend on every weight, written out (no automatic differentiation in an inner step). */
export function lookAtNetwork(shape: NetworkShape, weights: Tensors, rows: Pick<RowTensors, 'features' | 'offset'>): Look {
  const { inputs, sums } = reluLayers(shape, weights, rows.features);
  const last = inputs.at(-1)!;
  const logit = tf.add(
    tf.add(rows.offset, apply(rows.features, weights['direct']!)),
    tf.add(apply(last, weights['weightOut']!), weights['biasOut']!),
  );
  /** ∂logit/∂sum of each layer, [B, K, H]. */
  let slopes: tf.Tensor[] | undefined;
  const backward = (): tf.Tensor[] => {
    if (slopes) return slopes;
    slopes = [];
    for (let layer = sums.length - 1; layer >= 0; layer--) {
      const on = constant(() => tf.step(sums[layer]!));
      const above = slopes[0];
      slopes.unshift(
        tf.mul(on, above ? apply(above, transposed(weights[`weight${layer + 2}`]!)) : transposed(weights['weightOut']!)),
      );
    }
    return slopes;
  };
  return {
    logit,
    pullback(slope) {
      const against = (input: tf.Tensor, error: tf.Tensor): tf.Tensor =>
        tf.matMul(input as tf.Tensor3D, error as tf.Tensor3D, true);
      const gradients: Record<string, tf.Tensor> = { direct: against(rows.features, slope) };
      backward().forEach((back, layer) => {
        const error = tf.mul(slope, back);
        gradients[`weight${layer + 1}`] = against(inputs[layer]!, error);
        gradients[`bias${layer + 1}`] = tf.sum(error, 1, true);
      });
      gradients['weightOut'] = against(last, slope);
      gradients['biasOut'] = tf.sum(slope, 1, true);
      return gradients;
    },
    sensitivity(rates) {
      let total = tf.add(
        tf.add(apply(tf.square(rows.features), rates['direct']!), apply(tf.square(last), rates['weightOut']!)),
        rates['biasOut']!,
      );
      backward().forEach((back, layer) => {
        const own = tf.add(apply(tf.square(inputs[layer]!), rates[`weight${layer + 1}`]!), rates[`bias${layer + 1}`]!);
        total = tf.add(total, tf.sum(tf.mul(own, tf.square(back)), 2, true));
      });
      return total;
    },
    along(move) {
      // The first layer's sums and the direct path are linear in their weights.
      const first = tf.add(apply(rows.features, move['weight1']!), move['bias1']!);
      const straight = tf.add(rows.offset, apply(rows.features, weights['direct']!));
      const drift = apply(rows.features, move['direct']!);
      return (share) => {
        const at = (name: string): tf.Tensor => tf.add(weights[name]!, tf.mul(share, move[name]!));
        let values = tf.relu(tf.add(sums[0]!, tf.mul(share, first)));
        for (let layer = 2; layer <= sums.length; layer++)
          values = tf.relu(tf.add(apply(values, at(`weight${layer}`)), at(`bias${layer}`)));
        return tf.add(tf.add(straight, tf.mul(share, drift)), tf.add(apply(values, at('weightOut')), at('biasOut')));
      };
    },
  };
}

/** W₀, λ and the rates of each step as the inner steps want them. */
export function weightDescent(
  shape: NetworkShape,
  parameters: Tensors,
): { readonly start: Tensors; readonly prior: Tensors; readonly rates: Tensors[] } {
  const names = weightNames(shape);
  const prior = positiveTensor(parameters['prior']!);
  const rates = Object.fromEntries(names.map((name) => [name, positiveTensor(parameters[rateName(name)]!)]));
  return {
    start: Object.fromEntries(names.map((name) => [name, tf.expandDims(parameters[name]!, 0)])),
    prior: Object.fromEntries(names.map((name, index) => [name, tf.reshape(tf.slice(prior, [index], [1]), [1, 1, 1])])),
    rates: Array.from({ length: shape.innerSteps }, (_, step) =>
      Object.fromEntries(
        names.map((name) => {
          const [, rows, columns] = rates[name]!.shape as [number, number, number];
          return [name, tf.slice(rates[name]!, [step, 0, 0], [1, rows, columns])];
        }),
      ),
    ),
  };
}
