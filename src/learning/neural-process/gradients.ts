import * as tf from '@tensorflow/tfjs-core';
import { logLoss, reluNetwork } from '../meta/meta-loss.ts';
import type { MetaBatch, StepCompiler, TensorStep } from '../meta/meta-loss.ts';
import { ANSWER_NUMBERS, PROCESS_NAMES, processSizes } from './parameters.ts';
import type { ProcessParameters, ProcessShape } from './parameters.ts';
import { poolWeights, RESIDUAL_SCALE } from './reading.ts';

export interface ProcessGradients {
  /** Mean log-loss of the query answers. */
  readonly loss: number;
  /** Of all parameters but the skills' embeddings. */
  readonly shared: Readonly<Record<string, Float32Array>>;
  /** By the rows' embeddings, [B, K, E] and [B, Q, E]. */
  readonly supportFactors: Float32Array;
  readonly queryFactors: Float32Array;
}

/** Each answer's part in the two pools, [B, 2, K]. */
function poolsOf({ students, support }: MetaBatch): Float32Array {
  const pools = new Float32Array(students * 2 * support.length);
  for (let student = 0; student < students; student++) {
    const begin = student * support.length;
    let count = 0;
    while (count < support.length && support.skillSet[begin + count]! >= 0) count++;
    const shares = poolWeights(support.weight.subarray(begin, begin + count));
    pools.set(shares.subarray(0, count), 2 * begin);
    pools.set(shares.subarray(count), 2 * begin + support.length);
  }
  return pools;
}

function inputsOf(parameters: ProcessParameters, shape: ProcessShape, batch: MetaBatch): tf.Tensor[] {
  const { students, support, query } = batch;
  const sizes = processSizes(shape);
  return [
    ...PROCESS_NAMES.map((name) => tf.tensor2d(parameters[name]!, sizes[name] as [number, number])),
    tf.tensor3d(support.factors, [students, support.length, shape.embedding]),
    tf.tensor3d(query.factors, [students, query.length, shape.embedding]),
    tf.tensor3d(support.features, [students, support.length, ANSWER_NUMBERS]),
    tf.tensor3d(poolsOf(batch), [students, 2, support.length]),
    tf.tensor3d(query.features, [students, query.length, shape.features]),
    tf.tensor3d(query.offset, [students, query.length, 1]),
    tf.tensor3d(query.correct, [students, query.length, 1]),
    tf.tensor3d(query.weight, [students, query.length, 1]),
  ];
}

/** @returns mean log-loss of the queries; its gradients by the parameters, then by the support's and the query's embeddings */
const processStep =
  ({ pooled }: ProcessShape): TensorStep =>
  (inputs) => {
    const trained = PROCESS_NAMES.length + 2;
    const [answers, pools, features, offset, correct, weight] = inputs.slice(trained) as [
      tf.Tensor3D,
      tf.Tensor3D,
      tf.Tensor3D,
      tf.Tensor3D,
      tf.Tensor3D,
      tf.Tensor3D,
    ];
    const { value, grads } = tf.valueAndGrads((...moving: tf.Tensor[]) => {
      const shared = Object.fromEntries(PROCESS_NAMES.map((name, index) => [name, moving[index]!]));
      const [supportFactors, queryFactors] = moving.slice(PROCESS_NAMES.length) as [tf.Tensor3D, tf.Tensor3D];
      const [students, support] = answers.shape;
      const query = features.shape[1];
      const residual = tf.slice(answers, [0, 0, 0], [students, support, 1]);
      const rows = tf.concat(
        [supportFactors, tf.mul(supportFactors, tf.mul(RESIDUAL_SCALE, residual)) as tf.Tensor3D, answers],
        2,
      );
      const flat = tf.reshape(rows, [students * support, rows.shape[2]]) as tf.Tensor2D;
      const units = tf.relu(tf.add(tf.matMul(flat, shared['readWeight'] as tf.Tensor2D), shared['readBias']!));
      const both = tf.matMul(pools, tf.reshape(units, [students, support, pooled]) as tf.Tensor3D);
      const half = Math.ceil(pooled / 2);
      const state = tf.concat(
        [
          tf.slice(both, [0, 0, 0], [students, 1, half]) as tf.Tensor3D,
          tf.slice(both, [0, 1, half], [students, 1, pooled - half]) as tf.Tensor3D,
        ],
        2,
      );
      const everywhere = tf.add(state, tf.zeros([1, query, 1])) as tf.Tensor3D;
      const logit = tf.add(offset, reluNetwork(shared, tf.concat([features, queryFactors, everywhere], 2)));
      const loss = tf.sum(tf.mul(logLoss(logit, correct), weight));
      return tf.div(loss, tf.maximum(tf.sum(weight), 1)) as tf.Scalar;
    })(inputs.slice(0, trained));
    return [value, ...grads];
  };

/** Loss of a batch and its gradients on the current tensor backend; holds the compiled step. */
export class ProcessTraining {
  private readonly shape: ProcessShape;
  private readonly step: TensorStep;

  constructor(shape: ProcessShape, compiler: StepCompiler) {
    this.shape = shape;
    this.step = compiler(processStep(shape), JSON.stringify(['neural process', shape]));
  }

  async of(parameters: ProcessParameters, batch: MetaBatch): Promise<ProcessGradients> {
    const inputs = inputsOf(parameters, this.shape, batch);
    const results = this.step(inputs);
    const [loss, ...values] = (await Promise.all(results.map((tensor) => tensor.data()))) as Float32Array[];
    tf.dispose(results);
    tf.dispose(inputs);
    return {
      loss: loss![0]!,
      shared: Object.fromEntries(PROCESS_NAMES.map((name, index) => [name, values[index]!])),
      supportFactors: values[PROCESS_NAMES.length]!,
      queryFactors: values[PROCESS_NAMES.length + 1]!,
    };
  }
}
