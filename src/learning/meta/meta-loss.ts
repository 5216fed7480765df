import * as tf from '@tensorflow/tfjs-core';
import { SHARED_NAMES, sharedSizes } from '../student-model/parameters.ts';
import type { ModelParameters, ModelShape, SharedName } from '../student-model/parameters.ts';

/** B students with up to K support and Q query answers each; rows beyond a student's own have weight 0. F features, M skill factors. */
export interface MetaBatch {
  readonly students: number;
  readonly support: AnswerRows;
  readonly query: AnswerRows;
}

export interface AnswerRows {
  /** Rows a student: K or Q. */
  readonly length: number;
  /** [B, length, F] */
  readonly features: Float32Array;
  /** [B, length], logit of the closed-form difficulty. */
  readonly offset: Float32Array;
  /** [B, length, M], mean factors of the question's skills. */
  readonly factors: Float32Array;
  /** [B, length] */
  readonly correct: Float32Array;
  /** [B, length] */
  readonly weight: Float32Array;
  /** [B · length], the skill set behind each row; −1 for padding. Only used to hand the factors' gradient back. */
  readonly skillSet: Int32Array;
}

export interface MetaGradients {
  /** β_support · support + query. */
  readonly loss: number;
  /** Mean log-loss of the support answers before any adaptation (k = 0). */
  readonly supportLoss: number;
  /** Mean log-loss of the query answers after adaptation. */
  readonly queryLoss: number;
  readonly shared: Readonly<Record<SharedName, Float32Array>>;
  /** Gradients by the rows' factors, [B, K, M] and [B, Q, M]. */
  readonly supportFactors: Float32Array;
  readonly queryFactors: Float32Array;
}

/** How much the unadapted loss counts beside the adapted one. */
const SUPPORT_SHARE = 0.3;

/**
 * x = H⁻¹g for a batch of symmetric positive definite matrices by Gauss–Jordan elimination without pivoting. Its gradient is written
 * out (λ = H⁻¹ dL/dx; dL/dg = λ; dL/dH = −λxᵀ), which costs two products where the elimination's own would cost hundreds of operations.
 * @param matrix [B, D, D]
 * @param right [B, D, 1]
 */
export function solve(matrix: tf.Tensor3D, right: tf.Tensor3D): tf.Tensor3D {
  const operation = tf.customGrad((h, g, save) => {
    const [batch, size] = (h as tf.Tensor3D).shape;
    const identity = tf.eye(size);
    let work: tf.Tensor = tf.concat([h as tf.Tensor3D, tf.tile(tf.expandDims(identity, 0), [batch, 1, 1]) as tf.Tensor3D], 2);
    for (let pivot = 0; pivot < size; pivot++) {
      const row = tf.slice(work, [0, pivot, 0], [batch, 1, 2 * size]);
      const column = tf.slice(work, [0, 0, pivot], [batch, size, 1]);
      // Not oneHot: the WebAssembly backend's writes integers into float tensors (4.22).
      const unit = tf.reshape(tf.slice(identity, [0, pivot], [size, 1]), [1, size, 1]);
      work = tf.sub(work, tf.mul(tf.sub(column, unit), tf.div(row, tf.slice(work, [0, pivot, pivot], [batch, 1, 1]))));
    }
    const inverse = tf.slice(work, [0, 0, size], [batch, size, size]) as tf.Tensor3D;
    const solution = tf.matMul(inverse, g as tf.Tensor3D) as tf.Tensor3D;
    (save as tf.GradSaveFunc)([inverse, solution]);
    return {
      value: solution,
      gradFunc: (upstream: tf.Tensor, saved: tf.Tensor[]) => {
        const [inverseSaved, solutionSaved] = saved as [tf.Tensor3D, tf.Tensor3D];
        const lambda = tf.matMul(inverseSaved, upstream as tf.Tensor3D) as tf.Tensor3D;
        return [tf.neg(tf.matMul(lambda, solutionSaved, false, true)), lambda];
      },
    };
  });
  return operation(matrix, right) as tf.Tensor3D;
}

const logLoss = (logit: tf.Tensor, correct: tf.Tensor): tf.Tensor =>
  tf.sub(tf.add(tf.relu(logit), tf.log1p(tf.exp(tf.neg(tf.abs(logit))))), tf.mul(correct, logit));

/** w(z) = (σ(z) − ½)/z with its limit at 0 (numeric.ts), and its derivative w' = (σ(1 − σ) − w)/z written out. */
function boundCurvature(z: tf.Tensor): tf.Tensor {
  return tf.customGrad((input, save) => {
    const value = input as tf.Tensor;
    const small = tf.less(tf.abs(value), 0.05);
    const safe = tf.where(small, tf.onesLike(value), value);
    const sigma = tf.sigmoid(safe);
    const curvature = tf.where(small, tf.sub(0.25, tf.div(tf.square(value), 48)), tf.div(tf.sub(sigma, 0.5), safe));
    const slope = tf.where(small, tf.div(value, -24), tf.div(tf.sub(tf.mul(sigma, tf.sub(1, sigma)), curvature), safe));
    (save as tf.GradSaveFunc)([slope]);
    return { value: curvature, gradFunc: (upstream: tf.Tensor, saved: tf.Tensor[]) => tf.mul(upstream, saved[0]!) };
  })(z);
}

type Tensors = Record<SharedName, tf.Tensor>;

function network(shared: Tensors, shape: ModelShape, features: tf.Tensor): tf.Tensor {
  const flat = tf.reshape(features, [-1, shape.features]) as tf.Tensor2D;
  const first = tf.relu(tf.add(tf.matMul(flat, shared.weight1 as tf.Tensor2D), shared.bias1));
  const second = tf.relu(tf.add(tf.matMul(first as tf.Tensor2D, shared.weight2 as tf.Tensor2D), shared.bias2));
  return tf.add(tf.matMul(second as tf.Tensor2D, shared.weight3 as tf.Tensor2D), shared.bias3);
}

/**
 * The outer loss of second-order MAML over φ. The inner steps are written out analytically, so the outer gradient needs first-order
 * automatic differentiation only and is exact, through every inner step (tfjs's own second-order gradients of sigmoid and exp are silently wrong).
 */
function outerLoss(
  shared: Tensors,
  supportFactors: tf.Tensor,
  queryFactors: tf.Tensor,
  fixed: FixedTensors,
  shape: ModelShape,
): { total: tf.Scalar; support: tf.Scalar; query: tf.Scalar } {
  const { students } = fixed;
  const size = shape.factors + 1;
  const loadings = (factors: tf.Tensor, length: number): tf.Tensor3D =>
    tf.concat([tf.ones([students, length, 1]), factors], 2) as tf.Tensor3D;
  const supportLoading = loadings(supportFactors, fixed.supportLength);
  const queryLoading = loadings(queryFactors, fixed.queryLength);
  const supportBase = tf.add(
    fixed.supportOffset,
    tf.reshape(network(shared, shape, fixed.supportFeatures), [students, fixed.supportLength, 1]),
  );
  const queryBase = tf.add(
    fixed.queryOffset,
    tf.reshape(network(shared, shape, fixed.queryFeatures), [students, fixed.queryLength, 1]),
  );
  const start = tf.tile(tf.reshape(shared.phi0, [1, size, 1]), [students, 1, 1]) as tf.Tensor3D;
  const precision = tf.reshape(tf.exp(shared.logPrecision), [1, size, 1]);
  const precisionMatrix = tf.mul(tf.expandDims(tf.eye(size), 0), precision);
  const alphas = tf.sigmoid(shared.stepSize);
  let phi = start;
  const unadapted = tf.add(supportBase, tf.matMul(supportLoading, start));
  for (let step = 0; step < shape.innerSteps; step++) {
    const z = step === 0 ? unadapted : tf.add(supportBase, tf.matMul(supportLoading, phi));
    const slope = tf.mul(fixed.supportWeight, tf.sub(tf.sigmoid(z), fixed.supportCorrect)) as tf.Tensor3D;
    const bend = tf.mul(fixed.supportWeight, boundCurvature(z));
    const gradient = tf.add(tf.matMul(supportLoading, slope, true), tf.mul(precision, tf.sub(phi, start))) as tf.Tensor3D;
    const hessian = tf.add(
      tf.matMul(tf.mul(supportLoading, bend) as tf.Tensor3D, supportLoading, true),
      precisionMatrix,
    ) as tf.Tensor3D;
    phi = tf.sub(phi, tf.mul(tf.slice(alphas, [step], [1]), solve(hessian, gradient))) as tf.Tensor3D;
  }
  const adapted = tf.add(queryBase, tf.matMul(queryLoading, phi));
  const mean = (loss: tf.Tensor, weight: tf.Tensor): tf.Scalar =>
    tf.div(tf.sum(tf.mul(loss, weight)), tf.maximum(tf.sum(weight), 1)) as tf.Scalar;
  const support = mean(logLoss(unadapted, fixed.supportCorrect), fixed.supportWeight);
  const query = mean(logLoss(adapted, fixed.queryCorrect), fixed.queryWeight);
  return { total: tf.add(tf.mul(SUPPORT_SHARE, support), query) as tf.Scalar, support, query };
}

interface FixedTensors {
  readonly students: number;
  readonly supportLength: number;
  readonly queryLength: number;
  readonly supportFeatures: tf.Tensor;
  readonly supportOffset: tf.Tensor;
  readonly supportCorrect: tf.Tensor;
  readonly supportWeight: tf.Tensor;
  readonly queryFeatures: tf.Tensor;
  readonly queryOffset: tf.Tensor;
  readonly queryCorrect: tf.Tensor;
  readonly queryWeight: tf.Tensor;
}

function fixedTensors(batch: MetaBatch, shape: ModelShape): FixedTensors {
  const column = (values: Float32Array, length: number): tf.Tensor => tf.tensor3d(values, [batch.students, length, 1]);
  const { support, query } = batch;
  return {
    students: batch.students,
    supportLength: support.length,
    queryLength: query.length,
    supportFeatures: tf.tensor3d(support.features, [batch.students, support.length, shape.features]),
    supportOffset: column(support.offset, support.length),
    supportCorrect: column(support.correct, support.length),
    supportWeight: column(support.weight, support.length),
    queryFeatures: tf.tensor3d(query.features, [batch.students, query.length, shape.features]),
    queryOffset: column(query.offset, query.length),
    queryCorrect: column(query.correct, query.length),
    queryWeight: column(query.weight, query.length),
  };
}

/** Loss of one batch and its gradient by every parameter, on the current tensor backend. */
export async function metaGradients(parameters: ModelParameters, shape: ModelShape, batch: MetaBatch): Promise<MetaGradients> {
  const sizes = sharedSizes(shape);
  const results = tf.tidy(() => {
    const fixed = fixedTensors(batch, shape);
    let parts: { support: tf.Scalar; query: tf.Scalar } | undefined;
    const inputs = [
      ...SHARED_NAMES.map((name) => tf.tensor(parameters[name], sizes[name] as number[])),
      tf.tensor3d(batch.support.factors, [batch.students, batch.support.length, shape.factors]),
      tf.tensor3d(batch.query.factors, [batch.students, batch.query.length, shape.factors]),
    ];
    const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => {
      const shared = Object.fromEntries(SHARED_NAMES.map((name, index) => [name, tensors[index]!])) as Tensors;
      const { total, support, query } = outerLoss(
        shared,
        tensors[SHARED_NAMES.length]!,
        tensors[SHARED_NAMES.length + 1]!,
        fixed,
        shape,
      );
      parts = { support: tf.keep(support), query: tf.keep(query) };
      return total;
    })(inputs);
    return [value, parts!.support, parts!.query, ...grads];
  });
  const values = (await Promise.all(results.map((tensor) => tensor.data()))) as Float32Array[];
  tf.dispose(results);
  return {
    loss: values[0]![0]!,
    supportLoss: values[1]![0]!,
    queryLoss: values[2]![0]!,
    shared: Object.fromEntries(SHARED_NAMES.map((name, index) => [name, values[3 + index]!])) as Record<SharedName, Float32Array>,
    supportFactors: values[3 + SHARED_NAMES.length]!,
    queryFactors: values[4 + SHARED_NAMES.length]!,
  };
}
