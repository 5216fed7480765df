import { boundCurvature, crossEntropy, quickSigmoid, sigmoid, softplus } from '../numeric.ts';
import { choleskyInverse, choleskySolve } from './linear-algebra.ts';
import { encodingSize } from './parameters.ts';
import type { ModelParameters, ModelShape } from './parameters.ts';

/** The model's forward pass on plain numbers; the tensor version in meta/meta-loss.ts computes the same (a test holds them together). */

/** The question's skills as the model knows them: mean of their rows; unknown skills (−1) count as zero. Writes M + E numbers. */
export function writeSkillFactors(
  skillFactors: Float32Array,
  width: number,
  skills: readonly number[],
  out: Float64Array | Float32Array,
  at: number,
): void {
  if (skillFactors.length === 0) {
    out.fill(0, at, at + width);
    return;
  }
  for (let entry = 0; entry < width; entry++) {
    let sum = 0;
    for (const skill of skills) if (skill >= 0) sum += skillFactors[skill * width + entry] ?? 0;
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
  const start = new Float64Array(parameters.phi0);
  for (let covariate = 0; covariate < shape.covariates; covariate++) {
    const value = covariates[covariate] ?? 0;
    for (let entry = 0; entry < size; entry++) start[entry]! += value * parameters.startWeights[covariate * size + entry]!;
  }
  const precision = new Float64Array(size);
  for (let entry = 0; entry < size; entry++) precision[entry] = Math.exp(parameters.logPrecision[entry]!);
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
  const path = [fit.phi.slice()];
  for (let step = 0; step < shape.innerSteps; step++) {
    fit.accumulate(boundCurvature);
    for (let entry = 0; entry < size; entry++)
      fit.hessian[entry * size + entry]! += precision[entry]! * softplus(parameters.damping[step * size + entry]!);
    const move = choleskySolve(fit.hessian, fit.gradient, size);
    const alpha = sigmoid(parameters.stepSize[step]!);
    for (let entry = 0; entry < size; entry++) fit.phi[entry]! -= alpha * move[entry]!;
    path.push(fit.phi.slice());
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
    this.phi = rows.start.slice();
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
