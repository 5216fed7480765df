import * as tf from '@tensorflow/tfjs-core';
import { sharedNames, sharedSizes, skillWidth } from '../student-model/parameters.ts';
import type { ModelParameters, ModelShape, SharedName } from '../student-model/parameters.ts';

/** B students with up to K support and Q query answers each; rows beyond a student's own have weight 0. */
export interface MetaBatch {
  readonly students: number;
  readonly support: AnswerRows;
  readonly query: AnswerRows;
  /** [B, C], what is known of each student beside the answers' outcomes. */
  readonly covariates: Float32Array;
  /** [B], variance of the ability around the start, in squared logits. */
  readonly variance: Float32Array;
}

/** F features, M + E numbers a skill. */
export interface AnswerRows {
  /** Rows a student: K or Q. */
  readonly length: number;
  /** [B, length, F] */
  readonly features: Float32Array;
  /** [B, length], logit of the closed-form forecast that the model corrects. */
  readonly offset: Float32Array;
  /** [B, length, M + E], mean loading and embedding of the question's skills. */
  readonly factors: Float32Array;
  /** [B, length] */
  readonly correct: Float32Array;
  /** [B, length] */
  readonly weight: Float32Array;
  /** [B · length], the skill set behind each row; −1 for padding. Only used to hand the factors' gradient back. */
  readonly skillSet: Int32Array;
}

export interface MetaGradients {
  /** support loss + β · query loss. */
  readonly loss: number;
  /** Mean log-loss of the support answers before any adaptation (k = 0). */
  readonly supportLoss: number;
  /** Mean log-loss of the query answers after adaptation. */
  readonly queryLoss: number;
  /** By name; parameters that the learner leaves alone are missing. */
  readonly shared: Readonly<Partial<Record<SharedName, Float32Array>>>;
  /** Gradients by the rows' factors, [B, K, M + E] and [B, Q, M + E]; null where the learner leaves them alone. */
  readonly supportFactors: Float32Array | null;
  readonly queryFactors: Float32Array | null;
}

export interface StepSettings {
  /** 2: through the inner steps (MAML); 1: they count as constants (first-order MAML). */
  readonly order: 1 | 2;
  /** Weight of the adapted loss in min L(θ, support) + β·L(θ after adaptation, query). */
  readonly beta: number;
  /** Share of the query loss after each inner step, [S], summing to 1 (multi-step loss, Antoniou et al. 2019). */
  readonly stepShares: readonly number[];
}

/**
 * Turns a step on tensors into a faster one with the same results, or hands it back as it is. A name says all that the step depends on beside
 * its inputs: steps of the same name may share what was made of the first.
 */
export type StepCompiler = (step: TensorStep, name?: string) => TensorStep;
export type TensorStep = (inputs: tf.Tensor[]) => tf.Tensor[];
export const eagerly: StepCompiler = (step) => (inputs) => tf.tidy(() => step(inputs));

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

export const logLoss = (logit: tf.Tensor, correct: tf.Tensor): tf.Tensor => tf.sub(tf.softplus(logit), tf.mul(correct, logit));

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

/** The value as a constant: no gradient flows back through it. */
const detach = (value: tf.Tensor): tf.Tensor =>
  tf.customGrad((input) => ({ value: tf.clone(input as tf.Tensor), gradFunc: (upstream: tf.Tensor) => tf.zerosLike(upstream) }))(
    value,
  );

type Tensors = Partial<Record<SharedName, tf.Tensor>>;

/** The network of NetworkPass: inputs [B, L, N] → [B, L, 1]. */
export function reluNetwork(
  shared: Readonly<Partial<Record<'weight1' | 'bias1' | 'weight2' | 'bias2' | 'weight3' | 'bias3', tf.Tensor>>>,
  inputs: tf.Tensor,
): tf.Tensor {
  const [students, length, width] = inputs.shape as [number, number, number];
  const flat = tf.reshape(inputs, [-1, width]) as tf.Tensor2D;
  const first = tf.relu(tf.add(tf.matMul(flat, shared.weight1 as tf.Tensor2D), shared.bias1!));
  const second = tf.relu(tf.add(tf.matMul(first as tf.Tensor2D, shared.weight2 as tf.Tensor2D), shared.bias2!));
  const output = tf.add(tf.matMul(second as tf.Tensor2D, shared.weight3 as tf.Tensor2D), shared.bias3!);
  return tf.reshape(output, [students, length, 1]);
}

export const ROW_TENSORS = ['features', 'offset', 'correct', 'weight'] as const;
type RowTensors = Record<(typeof ROW_TENSORS)[number] | 'factors', tf.Tensor>;

/** Loadings ψ = [1, factors], [B, L, D], and the logit before φ, [B, L, 1]. */
function read(shared: Tensors, shape: ModelShape, rows: RowTensors): { loading: tf.Tensor3D; base: tf.Tensor } {
  const [students, length] = rows.factors.shape as [number, number];
  const factors = tf.slice(rows.factors, [0, 0, 0], [students, length, shape.factors]);
  const embedding = tf.slice(rows.factors, [0, 0, shape.factors], [students, length, shape.embedding]);
  return {
    loading: tf.concat([tf.ones([students, length, 1]), factors], 2) as tf.Tensor3D,
    base: tf.add(rows.offset, reluNetwork(shared, tf.concat([rows.features, embedding], 2))),
  };
}

/** Mixture of the prompt pool for each student, [B, D, 1]; see addPrompts in student-model/forward.ts. */
function promptsOf(
  shared: Tensors,
  support: RowTensors,
  loading: tf.Tensor3D,
  unadapted: tf.Tensor,
  covariates: tf.Tensor,
): tf.Tensor3D {
  const p = tf.sigmoid(unadapted);
  const surprise = tf.mul(support.weight, tf.sub(support.correct, p));
  const information = tf.add(1, tf.sum(tf.mul(support.weight, tf.mul(p, tf.sub(1, p))), 1, true));
  const along = tf.div(tf.matMul(loading, surprise as tf.Tensor3D, true), information);
  const evidence = tf.div(tf.log1p(tf.sum(support.weight, 1, true)), 3);
  const encoding = tf.squeeze(tf.concat([along, evidence, covariates], 1), [2]) as tf.Tensor2D;
  const scores = tf.matMul(encoding, shared.promptKeys as tf.Tensor2D, false, true);
  return tf.expandDims(tf.matMul(tf.softmax(scores) as tf.Tensor2D, shared.prompts as tf.Tensor2D), 2) as tf.Tensor3D;
}

/**
 * The outer loss over φ. The inner steps are written out analytically, so the outer gradient needs first-order automatic differentiation
 * only and is exact, through every inner step (tfjs's own second-order gradients of sigmoid and exp are silently wrong).
 * @param covariates [B, C, 1]
 * @param variance [B, 1, 1]
 * @param shares [S]
 */
function outerLoss(
  shared: Tensors,
  support: RowTensors,
  query: RowTensors,
  covariates: tf.Tensor,
  variance: tf.Tensor,
  shares: tf.Tensor,
  shape: ModelShape,
  settings: Pick<StepSettings, 'order' | 'beta'>,
): { total: tf.Scalar; support: tf.Scalar; query: tf.Scalar } {
  const students = covariates.shape[0]!;
  const size = shape.factors + 1;
  const asked = read(shared, shape, support);
  const wanted = read(shared, shape, query);
  const known = tf.reshape(covariates, [students, shape.covariates]) as tf.Tensor2D;
  const moved = tf.expandDims(tf.matMul(known, shared.startWeights as tf.Tensor2D), 2);
  let start = tf.add(tf.reshape(shared.phi0!, [1, size, 1]), moved) as tf.Tensor3D;
  const first = tf.concat([tf.div(1, variance), tf.ones([students, size - 1, 1])], 1);
  const precision = tf.mul(tf.reshape(tf.exp(shared.logPrecision!), [1, size, 1]), first);
  const identity = tf.expandDims(tf.eye(size), 0);
  const unadapted = tf.add(asked.base, tf.matMul(asked.loading, start));
  if (shape.prompts > 0) start = tf.add(start, promptsOf(shared, support, asked.loading, unadapted, covariates));
  const alphas = tf.sigmoid(shared.stepSize!);
  const mean = (logit: tf.Tensor, rows: RowTensors): tf.Scalar =>
    tf.div(tf.sum(tf.mul(logLoss(logit, rows.correct), rows.weight)), tf.maximum(tf.sum(rows.weight), 1)) as tf.Scalar;
  let phi = start;
  let queryLoss = tf.scalar(0);
  let lastLoss = queryLoss;
  for (let step = 0; step < shape.innerSteps; step++) {
    const z = tf.add(asked.base, tf.matMul(asked.loading, phi));
    const slope = tf.mul(support.weight, tf.sub(tf.sigmoid(z), support.correct)) as tf.Tensor3D;
    const bend = tf.mul(support.weight, boundCurvature(z));
    const gradient = tf.add(tf.matMul(asked.loading, slope, true), tf.mul(precision, tf.sub(phi, start))) as tf.Tensor3D;
    const damping = tf.reshape(tf.slice(shared.damping!, [step, 0], [1, size]), [1, size, 1]);
    const hessian = tf.add(
      tf.matMul(tf.mul(asked.loading, bend) as tf.Tensor3D, asked.loading, true),
      tf.mul(identity, tf.mul(precision, tf.add(1, tf.softplus(damping)))),
    ) as tf.Tensor3D;
    let move: tf.Tensor = solve(hessian, gradient);
    if (settings.order === 1) move = detach(move);
    phi = tf.sub(phi, tf.mul(tf.slice(alphas, [step], [1]), move)) as tf.Tensor3D;
    lastLoss = mean(tf.add(wanted.base, tf.matMul(wanted.loading, phi)), query);
    queryLoss = tf.add(queryLoss, tf.mul(tf.slice(shares, [step], [1]), lastLoss)) as tf.Scalar;
  }
  const supportLoss = mean(unadapted, support);
  const total = tf.reshape(tf.add(supportLoss, tf.mul(settings.beta, queryLoss)), []) as tf.Scalar;
  return { total, support: supportLoss, query: lastLoss };
}

/** What a step reads, in order: the parameters by name, both rows' factors, then everything that is fixed. */
export function stepInputs(
  parameters: ModelParameters,
  shape: ModelShape,
  batch: MetaBatch,
  shares: readonly number[],
): tf.Tensor[] {
  const sizes = sharedSizes(shape);
  const { students, support, query } = batch;
  const factors = (rows: AnswerRows): tf.Tensor => tf.tensor3d(rows.factors, [students, rows.length, skillWidth(shape)]);
  const fixed = (rows: AnswerRows): tf.Tensor[] =>
    ROW_TENSORS.map((name) => tf.tensor3d(rows[name], [students, rows.length, name === 'features' ? shape.features : 1]));
  return [
    ...sharedNames(shape).map((name) => tf.tensor(parameters[name], sizes[name] as number[])),
    factors(support),
    factors(query),
    ...fixed(support),
    ...fixed(query),
    tf.tensor3d(batch.covariates, [students, shape.covariates, 1]),
    tf.tensor3d(batch.variance, [students, 1, 1]),
    tf.tensor1d([...shares]),
  ];
}

/**
 * The step as a pure function of tensors, so that it can be compiled: inputs as stepInputs lists them → loss, support loss, query loss,
 * and the gradients by those inputs that `trained` names.
 */
export function phiStep(
  shape: ModelShape,
  settings: Pick<StepSettings, 'order' | 'beta'>,
  trained: readonly SharedName[],
  factorsToo: boolean,
): TensorStep {
  const names = sharedNames(shape);
  return (inputs) => {
    const [rowFactors, rest] = [inputs.slice(names.length, names.length + 2), inputs.slice(names.length + 2)];
    const rows = (from: number, factors: tf.Tensor): RowTensors => ({
      ...(Object.fromEntries(ROW_TENSORS.map((name, index) => [name, rest[from + index]!])) as RowTensors),
      factors,
    });
    const moving = [...trained.map((name) => inputs[names.indexOf(name)]!), ...(factorsToo ? rowFactors : [])];
    let parts: { support: tf.Scalar; query: tf.Scalar } | undefined;
    const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => {
      const shared: Tensors = Object.fromEntries(
        names.map((name, index) => [name, trained.includes(name) ? tensors[trained.indexOf(name)]! : inputs[index]!]),
      );
      const [supportFactors, queryFactors] = factorsToo ? tensors.slice(trained.length) : rowFactors;
      const { total, support, query } = outerLoss(
        shared,
        rows(0, supportFactors!),
        rows(ROW_TENSORS.length, queryFactors!),
        rest[2 * ROW_TENSORS.length]!,
        rest[2 * ROW_TENSORS.length + 1]!,
        rest[2 * ROW_TENSORS.length + 2]!,
        shape,
        settings,
      );
      parts = { support: tf.keep(support), query: tf.keep(query) };
      return total;
    })(moving);
    return [value, parts!.support, parts!.query, ...grads];
  };
}

/** Everything but the prompt pool, which prompt-tuning trains over a backbone that stands still. */
const PROMPT_NAMES: readonly SharedName[] = ['prompts', 'promptKeys'];

/** Loss of a batch and its gradients on the current tensor backend; holds the compiled step. */
export class PhiGradients {
  private readonly shape: ModelShape;
  private readonly settings: StepSettings;
  private readonly trained: readonly SharedName[];
  private readonly factorsToo: boolean;
  private readonly step: TensorStep;

  constructor(shape: ModelShape, settings: StepSettings, compiler: StepCompiler = eagerly, promptsOnly = false) {
    this.shape = shape;
    this.settings = settings;
    this.trained = promptsOnly ? PROMPT_NAMES : sharedNames(shape).filter((name) => !PROMPT_NAMES.includes(name));
    this.factorsToo = !promptsOnly;
    const name = JSON.stringify(['phi', shape, settings.order, settings.beta, this.trained]);
    this.step = compiler(phiStep(shape, settings, this.trained, this.factorsToo), name);
  }

  /** @param shares see StepSettings; the settings' own where left out */
  async of(parameters: ModelParameters, batch: MetaBatch, shares = this.settings.stepShares): Promise<MetaGradients> {
    const inputs = stepInputs(parameters, this.shape, batch, shares);
    const results = this.step(inputs);
    const values = (await Promise.all(results.map((tensor) => tensor.data()))) as Float32Array[];
    tf.dispose(results);
    tf.dispose(inputs);
    const after = 3 + this.trained.length;
    return {
      loss: values[0]![0]!,
      supportLoss: values[1]![0]!,
      queryLoss: values[2]![0]!,
      shared: Object.fromEntries(this.trained.map((name, index) => [name, values[3 + index]!])),
      supportFactors: this.factorsToo ? values[after]! : null,
      queryFactors: this.factorsToo ? values[after + 1]! : null,
    };
  }
}
