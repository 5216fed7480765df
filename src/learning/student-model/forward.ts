import { boundCurvature, crossEntropy, quickSigmoid, sigmoid, softplus } from '../numeric.ts';
import { choleskyInverse, choleskySolve } from './linear-algebra.ts';
import { encodingSize, skillWidth } from './parameters.ts';
import type { ModelParameters, ModelShape } from './parameters.ts';

/** The model's forward pass on plain numbers; the tensor version in meta/meta-loss.ts computes the same (a test holds them together). */

/** The relu network, inputs [F + E] → correction of the logit; with its weights as doubles and room to work in. */
export class NetworkPass {
  private readonly inputs: number;
  private readonly weight1: Float64Array;
  private readonly bias1: Float64Array;
  private readonly weight2: Float64Array;
  private readonly bias2: Float64Array;
  private readonly weight3: Float64Array;
  private readonly bias3: number;
  private readonly first: Float64Array;
  private readonly second: Float64Array;
  private readonly rows: Int32Array;
  private readonly amounts: Float64Array;

  /** @param parameters as they are now; what changes in them later does not count */
  constructor(parameters: ModelParameters, shape: ModelShape) {
    this.inputs = shape.features + shape.embedding;
    this.weight1 = Float64Array.from(parameters.weight1);
    this.bias1 = Float64Array.from(parameters.bias1);
    this.weight2 = Float64Array.from(parameters.weight2);
    this.bias2 = Float64Array.from(parameters.bias2);
    this.weight3 = Float64Array.from(parameters.weight3);
    this.bias3 = parameters.bias3[0]!;
    this.first = new Float64Array(shape.hidden);
    this.second = new Float64Array(shape.hidden);
    this.rows = new Int32Array(Math.max(this.inputs, shape.hidden));
    this.amounts = new Float64Array(this.rows.length);
  }

  /** What the inputs after the features bring to the first layer, with its biases; [H]. The same for all questions of a set of skills. */
  begin(embedding: Float64Array): Float64Array {
    const sums = Float64Array.from(this.bias1);
    const hidden = sums.length;
    const before = this.inputs - embedding.length;
    for (let input = 0; input < embedding.length; input++) {
      this.rows[input] = (before + input) * hidden;
      this.amounts[input] = embedding[input]!;
    }
    this.addRows(this.weight1, embedding.length, sums);
    return sums;
  }

  /**
   * @param features the first inputs, from `at` on, `length` of them
   * @param begun what `begin` made of the others
   */
  output(features: Float32Array | Float64Array, at: number, length: number, begun: Float64Array): number {
    const { first, second, rows, amounts } = this;
    const hidden = first.length;
    let count = 0;
    for (let input = 0; input < length; input++) {
      const value = features[at + input]!;
      if (value === 0) continue;
      rows[count] = input * hidden;
      amounts[count++] = value;
    }
    first.set(begun);
    this.addRows(this.weight1, count, first);
    count = 0;
    for (let input = 0; input < hidden; input++) {
      const value = first[input]!;
      if (value <= 0) continue;
      rows[count] = input * hidden;
      amounts[count++] = value;
    }
    second.set(this.bias2);
    this.addRows(this.weight2, count, second);
    let output = this.bias3;
    for (let unit = 0; unit < hidden; unit++) if (second[unit]! > 0) output += second[unit]! * this.weight3[unit]!;
    return output;
  }

  /** out += Σ amount·row; eight sums at a time, which stay in registers. */
  private addRows(weights: Float64Array, count: number, out: Float64Array): void {
    const { rows, amounts } = this;
    const units = out.length;
    let unit = 0;
    for (; unit + 7 < units; unit += 8) {
      let s0 = out[unit]!;
      let s1 = out[unit + 1]!;
      let s2 = out[unit + 2]!;
      let s3 = out[unit + 3]!;
      let s4 = out[unit + 4]!;
      let s5 = out[unit + 5]!;
      let s6 = out[unit + 6]!;
      let s7 = out[unit + 7]!;
      for (let index = 0; index < count; index++) {
        const amount = amounts[index]!;
        const at = rows[index]! + unit;
        s0 += amount * weights[at]!;
        s1 += amount * weights[at + 1]!;
        s2 += amount * weights[at + 2]!;
        s3 += amount * weights[at + 3]!;
        s4 += amount * weights[at + 4]!;
        s5 += amount * weights[at + 5]!;
        s6 += amount * weights[at + 6]!;
        s7 += amount * weights[at + 7]!;
      }
      out[unit] = s0;
      out[unit + 1] = s1;
      out[unit + 2] = s2;
      out[unit + 3] = s3;
      out[unit + 4] = s4;
      out[unit + 5] = s5;
      out[unit + 6] = s6;
      out[unit + 7] = s7;
    }
    for (; unit < units; unit++) {
      let sum = out[unit]!;
      for (let index = 0; index < count; index++) sum += amounts[index]! * weights[rows[index]! + unit]!;
      out[unit] = sum;
    }
  }
}

/** The question's skills as the model knows them: mean of their rows; unknown skills (−1) count as zero. Writes M + E numbers. */
export function writeSkillFactors(
  parameters: ModelParameters,
  shape: ModelShape,
  skills: readonly number[],
  out: Float64Array | Float32Array,
  at: number,
): void {
  const width = skillWidth(shape);
  if (parameters.skillFactors.length === 0) {
    out.fill(0, at, at + width);
    return;
  }
  for (let entry = 0; entry < width; entry++) {
    let sum = 0;
    for (const skill of skills) if (skill >= 0) sum += parameters.skillFactors[skill * width + entry] ?? 0;
    out[at + entry] = skills.length > 0 ? sum / skills.length : 0;
  }
}

/** The support set as the inner steps need it: k answers. */
export interface SupportRows {
  /** [k], logit before φ. */
  readonly base: Float64Array;
  /** [k, D] */
  readonly loading: Float64Array;
  /** [k] */
  readonly correct: Float64Array;
  /** [k] */
  readonly weight: Float64Array;
  /** [D], where this student's φ starts, and its precision Λ there. */
  readonly start: Float64Array;
  readonly precision: Float64Array;
}

/** φ₀ + covariates·A, and Λ; the ability's precision is in units of 1 / variance. */
export function startOf(
  parameters: ModelParameters,
  shape: ModelShape,
  covariates: ArrayLike<number>,
  variance: number,
): { start: Float64Array; precision: Float64Array } {
  const size = shape.factors + 1;
  const start = Float64Array.from(parameters.phi0);
  for (let covariate = 0; covariate < shape.covariates; covariate++) {
    const value = covariates[covariate] ?? 0;
    for (let entry = 0; entry < size; entry++) start[entry]! += value * parameters.startWeights[covariate * size + entry]!;
  }
  const precision = Float64Array.from(parameters.logPrecision, Math.exp);
  precision[0]! /= variance;
  return { start, precision };
}

/**
 * Prompt-tuning: adds to the start a mixture of the pool, weighted by softmax(keys · encoding of the support set). The encoding is what the
 * backbone did not expect, along the loadings: [Σ wψ(y − σ(z)) / (Σ w·σ(1 − σ) + 1), log(1 + Σ w) / 3, covariates].
 */
export function addPrompts(
  parameters: ModelParameters,
  shape: ModelShape,
  rows: Omit<SupportRows, 'precision'>,
  covariates: ArrayLike<number>,
): void {
  const size = shape.factors + 1;
  const width = encodingSize(shape);
  const encoding = new Float64Array(width);
  let information = 1;
  let evidence = 0;
  for (let row = 0; row < rows.base.length; row++) {
    let z = rows.base[row]!;
    for (let entry = 0; entry < size; entry++) z += rows.start[entry]! * rows.loading[row * size + entry]!;
    const p = sigmoid(z);
    information += rows.weight[row]! * p * (1 - p);
    evidence += rows.weight[row]!;
    for (let entry = 0; entry < size; entry++)
      encoding[entry]! += rows.weight[row]! * (rows.correct[row]! - p) * rows.loading[row * size + entry]!;
  }
  for (let entry = 0; entry < size; entry++) encoding[entry]! /= information;
  encoding[size] = Math.log1p(evidence) / 3;
  for (let entry = 0; entry < shape.covariates; entry++) encoding[size + 1 + entry] = covariates[entry] ?? 0;
  const scores = Float64Array.from({ length: shape.prompts }, (_, prompt) => {
    let score = 0;
    for (let entry = 0; entry < width; entry++) score += parameters.promptKeys[prompt * width + entry]! * encoding[entry]!;
    return score;
  });
  const highest = Math.max(...scores);
  const shares = scores.map((score) => Math.exp(score - highest));
  const total = shares.reduce((sum, share) => sum + share, 0);
  for (let prompt = 0; prompt < shape.prompts; prompt++)
    for (let entry = 0; entry < size; entry++)
      rows.start[entry]! += (shares[prompt]! / total) * parameters.prompts[prompt * size + entry]!;
}

/**
 * Fits φ by the model's own inner steps, φ ← φ − α_s·H⁻¹g, with
 * g = Σ wψ(σ(z) − y) + Λ(φ − start) and H = Λ(1 + damping_s) + Σ wψψᵀ·(σ(z) − ½)/z. This H is an upper bound of the loss's curvature everywhere between
 * here and the step's end (majorise–minimise), so with α ≤ 1 no step raises the loss, whatever the number of answers.
 * @returns φ [D]; its covariance (Λ + Σ wψψᵀp(1 − p))⁻¹ [D, D] and the loss before the first and after each step, both worked out where
 * they are asked for: forecasts take their errors from the posterior (posterior.ts).
 */
export function adaptPhi(
  parameters: ModelParameters,
  shape: ModelShape,
  rows: SupportRows,
): { readonly phi: Float64Array; readonly covariance: Float64Array; readonly losses: readonly number[] } {
  const size = shape.factors + 1;
  const { precision } = rows;
  const fit = new PhiFit(rows, size);
  const path = [Float64Array.from(fit.phi)];
  for (let step = 0; step < shape.innerSteps; step++) {
    fit.accumulate(boundCurvature);
    for (let entry = 0; entry < size; entry++)
      fit.hessian[entry * size + entry]! += precision[entry]! * softplus(parameters.damping[step * size + entry]!);
    const move = choleskySolve(fit.hessian, fit.gradient, size);
    const alpha = sigmoid(parameters.stepSize[step]!);
    for (let entry = 0; entry < size; entry++) fit.phi[entry]! -= alpha * move[entry]!;
    path.push(Float64Array.from(fit.phi));
  }
  return {
    phi: fit.phi,
    get losses() {
      return path.map((phi) => fit.lossAt(phi));
    },
    get covariance() {
      fit.accumulate(sigmoidSlope);
      return choleskyInverse(fit.hessian, size);
    },
  };
}

const sigmoidSlope = (_z: number, sigma: number): number => sigma * (1 - sigma);

/** Loss, gradient and curvature of φ over a support set. */
class PhiFit {
  readonly phi: Float64Array;
  /** At φ when last accumulated, [D] and [D, D]. */
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
  private readonly rows: SupportRows;
  private readonly size: number;

  constructor(rows: SupportRows, size: number) {
    this.rows = rows;
    this.size = size;
    this.phi = Float64Array.from(rows.start);
    this.gradient = new Float64Array(size);
    this.hessian = new Float64Array(size * size);
  }

  private logitAt(phi: Float64Array, row: number): number {
    const { loading, base } = this.rows;
    const { size } = this;
    let value = base[row]!;
    for (let entry = 0; entry < size; entry++) value += phi[entry]! * loading[row * size + entry]!;
    return value;
  }

  /** @param curvature by logit and its σ */
  accumulate(curvature: (logit: number, sigma: number) => number): void {
    const { phi, gradient, hessian, size } = this;
    const { start, precision, loading, weight, correct } = this.rows;
    hessian.fill(0);
    for (let entry = 0; entry < size; entry++) {
      gradient[entry] = precision[entry]! * (phi[entry]! - start[entry]!);
      hessian[entry * size + entry] = precision[entry]!;
    }
    for (let row = 0; row < correct.length; row++) {
      const z = this.logitAt(phi, row);
      const sigma = quickSigmoid(z);
      const slope = weight[row]! * (sigma - correct[row]!);
      const bend = weight[row]! * curvature(z, sigma);
      const from = row * size;
      for (let i = 0; i < size; i++) {
        const first = loading[from + i]!;
        if (first === 0) continue;
        gradient[i]! += slope * first;
        for (let j = 0; j <= i; j++) hessian[i * size + j]! += bend * first * loading[from + j]!;
      }
    }
    for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) hessian[j * size + i] = hessian[i * size + j]!;
  }

  lossAt(phi: Float64Array): number {
    const { start, precision, weight, correct } = this.rows;
    let loss = 0;
    for (let entry = 0; entry < this.size; entry++) {
      const away = phi[entry]! - start[entry]!;
      loss += 0.5 * precision[entry]! * away * away;
    }
    for (let row = 0; row < correct.length; row++) loss += weight[row]! * crossEntropy(this.logitAt(phi, row), correct[row]!);
    return loss;
  }
}
