import * as tf from '@tensorflow/tfjs-core';
import { sharedNames, sharedSizes } from '../student-model/parameters.ts';
import type { ModelParameters, ModelShape, SharedName } from '../student-model/parameters.ts';
import { logLoss, ROW_TENSORS, stepInputs } from './meta-loss.ts';
import type { MetaBatch, MetaGradients, StepCompiler, TensorStep } from './meta-loss.ts';

/** What a student's inner loop moves: everything that forecasts directly. Rates and precisions steer φ's own steps and keep their start. */
const ADAPTED: readonly SharedName[] = ['weight1', 'bias1', 'weight2', 'bias2', 'weight3', 'bias3', 'phi0', 'startWeights'];

export interface ReptileSettings {
  readonly innerSteps: number;
  /** Step size of the inner loop, on the mean log-loss of the rows of a step. */
  readonly innerRate: number;
}

export const REPTILE: ReptileSettings = { innerSteps: 4, innerRate: 0.05 };

/**
 * The inner loops of B students side by side, each with an own copy of every adapted parameter and of its rows' factors: plain gradient
 * descent, alternately on the support's and on the query's answers, for different data in successive steps is what gives Reptile its
 * second-order term (Nichol, Achiam & Schulman 2018, On first-order meta-learning algorithms).
 * @returns loss of support before and of query after, then (θ − mean θ_student) / (rate · steps) by parameter, then the same for the rows'
 * factors, each student's own
 */
export function reptileStep(shape: ModelShape, settings: ReptileSettings): TensorStep {
  const names = sharedNames(shape);
  const sizes = sharedSizes(shape);
  return (inputs) => {
    const factors = inputs.slice(names.length, names.length + 2);
    const rest = inputs.slice(names.length + 2);
    const covariates = rest[2 * ROW_TENSORS.length]!;
    const students = covariates.shape[0]!;
    const start = ADAPTED.map((name) => {
      const value = inputs[names.indexOf(name)]!;
      const [rows, columns] = sizes[name].length === 2 ? sizes[name] : [1, sizes[name][0]!];
      return tf.add(tf.reshape(value, [1, rows!, columns!]), tf.zeros([students, 1, 1])) as tf.Tensor;
    });
    const ones = (length: number): tf.Tensor => tf.ones([students, length, 1]);
    const meanLoss = (part: 0 | 1, own: tf.Tensor[]): tf.Tensor => {
      const [features, offset, correct, weight] = rest.slice(part * ROW_TENSORS.length, (part + 1) * ROW_TENSORS.length);
      const [weight1, bias1, weight2, bias2, weight3, bias3, phi0, startWeights] = own as tf.Tensor3D[];
      const rowFactors = own[ADAPTED.length + part]!;
      const length = rowFactors.shape[1]!;
      const loadings = tf.slice(rowFactors, [0, 0, 0], [students, length, shape.factors]);
      const embedding = tf.slice(rowFactors, [0, 0, shape.factors], [students, length, shape.embedding]);
      const hidden1 = tf.relu(tf.add(tf.matMul(tf.concat([features!, embedding], 2) as tf.Tensor3D, weight1!), bias1!));
      const hidden2 = tf.relu(tf.add(tf.matMul(hidden1 as tf.Tensor3D, weight2!), bias2!));
      const output = tf.add(tf.matMul(hidden2 as tf.Tensor3D, weight3!), bias3!);
      const phi = tf.add(tf.transpose(phi0!, [0, 2, 1]), tf.matMul(startWeights!, covariates as tf.Tensor3D, true));
      const psi = tf.concat([ones(length), loadings], 2) as tf.Tensor3D;
      const logit = tf.add(tf.add(offset!, output), tf.matMul(psi, phi as tf.Tensor3D));
      const sums = tf.sum(tf.mul(logLoss(logit, correct!), weight!), [1, 2]);
      return tf.div(sums, tf.maximum(tf.sum(weight!, [1, 2]), 1));
    };
    let own = [...start, ...factors];
    const supportLoss = tf.mean(meanLoss(0, own));
    for (let step = 0; step < settings.innerSteps; step++) {
      const part = step % 2 === 0 ? 0 : 1;
      // The other rows' factors have no gradient in this step.
      const other = ADAPTED.length + 1 - part;
      const still = own[other]!;
      const moving = own.filter((_, index) => index !== other);
      const gradients = tf.grads(
        (...values: tf.Tensor[]) => tf.sum(meanLoss(part, values.toSpliced(other, 0, still))) as tf.Scalar,
      )(moving);
      const next = moving.map((value, index) => tf.sub(value, tf.mul(settings.innerRate, gradients[index]!)));
      own = next.toSpliced(other, 0, still);
    }
    const queryLoss = tf.mean(meanLoss(1, own));
    const scale = 1 / (settings.innerRate * settings.innerSteps);
    const directions = start.map((value, index) => {
      const mean = tf.mean(tf.sub(value, own[index]!), 0);
      return tf.reshape(tf.mul(mean, scale), sizes[ADAPTED[index]!] as number[]);
    });
    const byRow = factors.map((value, index) => tf.mul(tf.sub(value, own[ADAPTED.length + index]!), scale / students));
    return [tf.add(supportLoss, queryLoss), supportLoss, queryLoss, ...directions, ...byRow];
  };
}

/** θ − mean θ_student as a direction for the outer optimiser. */
export class ReptileGradients {
  private readonly shape: ModelShape;
  private readonly step: TensorStep;

  constructor(shape: ModelShape, settings: ReptileSettings, compiler: StepCompiler) {
    this.shape = shape;
    this.step = compiler(reptileStep(shape, settings), JSON.stringify(['reptile', shape, settings]));
  }

  async of(parameters: ModelParameters, batch: MetaBatch): Promise<MetaGradients> {
    const inputs = stepInputs(parameters, this.shape, batch, [1]);
    const results = this.step(inputs);
    const values = (await Promise.all(results.map((tensor) => tensor.data()))) as Float32Array[];
    tf.dispose(results);
    tf.dispose(inputs);
    return {
      loss: values[0]![0]!,
      supportLoss: values[1]![0]!,
      queryLoss: values[2]![0]!,
      shared: Object.fromEntries(ADAPTED.map((name, index) => [name, values[3 + index]!])),
      supportFactors: values[3 + ADAPTED.length]!,
      queryFactors: values[4 + ADAPTED.length]!,
    };
  }
}
