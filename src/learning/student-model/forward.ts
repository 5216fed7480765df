import { boundCurvature, crossEntropy, sigmoid } from '../numeric.ts';
import { choleskyInverse, choleskySolve } from './linear-algebra.ts';
import type { ModelParameters, ModelShape } from './parameters.ts';

/** The model's forward pass on plain numbers; the tensor version in meta/meta-loss.ts computes the same (a test holds them together). */

/** relu network: features [F] at `at` → correction of the logit. `scratch` has room for 2H numbers. */
export function networkOutput(
  parameters: ModelParameters,
  shape: ModelShape,
  features: Float32Array | Float64Array,
  at: number,
  scratch: Float64Array,
): number {
  const { features: inputs, hidden } = shape;
  for (let unit = 0; unit < hidden; unit++) scratch[unit] = parameters.bias1[unit]!;
  for (let input = 0; input < inputs; input++) {
    const value = features[at + input]!;
    if (value === 0) continue;
    const row = input * hidden;
    for (let unit = 0; unit < hidden; unit++) scratch[unit]! += value * parameters.weight1[row + unit]!;
  }
  for (let unit = 0; unit < hidden; unit++) scratch[hidden + unit] = parameters.bias2[unit]!;
  for (let input = 0; input < hidden; input++) {
    const value = scratch[input]!;
    if (value <= 0) continue;
    const row = input * hidden;
    for (let unit = 0; unit < hidden; unit++) scratch[hidden + unit]! += value * parameters.weight2[row + unit]!;
  }
  let output = parameters.bias3[0]!;
  for (let unit = 0; unit < hidden; unit++) {
    const value = scratch[hidden + unit]!;
    if (value > 0) output += value * parameters.weight3[unit]!;
  }
  return output;
}

/** ψ = [1, mean of the skills' factors]; unknown skills (−1) count as zero. Writes D numbers. */
export function writeLoading(
  parameters: ModelParameters,
  shape: ModelShape,
  skills: readonly number[],
  out: Float64Array | Float32Array,
  at: number,
): void {
  out[at] = 1;
  for (let factor = 0; factor < shape.factors; factor++) {
    let sum = 0;
    for (const skill of skills) if (skill >= 0) sum += parameters.skillFactors[skill * shape.factors + factor] ?? 0;
    out[at + 1 + factor] = skills.length > 0 ? sum / skills.length : 0;
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
}

/**
 * Fits φ by the model's own inner steps, φ ← φ − α_s·H⁻¹g, with
 * g = Σ wψ(σ(z) − y) + Λ(φ − φ₀) and H = Λ + Σ wψψᵀ·(σ(z) − ½)/z. This H is an upper bound of the loss's curvature everywhere between
 * here and the step's end (majorise–minimise), so with α ≤ 1 no step raises the loss, whatever the number of answers.
 * @returns φ [D], its covariance (Λ + Σ wψψᵀp(1 − p))⁻¹ [D, D], and the loss before the first and after each step.
 */
export function adaptPhi(
  parameters: ModelParameters,
  shape: ModelShape,
  rows: SupportRows,
): { phi: Float64Array; covariance: Float64Array; losses: number[] } {
  const size = shape.factors + 1;
  const count = rows.base.length;
  const precision = Float64Array.from(parameters.logPrecision, Math.exp);
  const phi = Float64Array.from(parameters.phi0);
  const hessian = new Float64Array(size * size);
  const gradient = new Float64Array(size);
  const losses: number[] = [];
  const logitAt = (row: number): number => {
    let value = rows.base[row]!;
    for (let entry = 0; entry < size; entry++) value += phi[entry]! * rows.loading[row * size + entry]!;
    return value;
  };
  const accumulate = (curvature: (logit: number) => number): void => {
    hessian.fill(0);
    let loss = 0;
    for (let entry = 0; entry < size; entry++) {
      const away = phi[entry]! - parameters.phi0[entry]!;
      gradient[entry] = precision[entry]! * away;
      hessian[entry * size + entry] = precision[entry]!;
      loss += 0.5 * precision[entry]! * away * away;
    }
    for (let row = 0; row < count; row++) {
      const z = logitAt(row);
      const slope = rows.weight[row]! * (sigmoid(z) - rows.correct[row]!);
      const bend = rows.weight[row]! * curvature(z);
      loss += rows.weight[row]! * crossEntropy(z, rows.correct[row]!);
      for (let i = 0; i < size; i++) {
        const first = rows.loading[row * size + i]!;
        gradient[i]! += slope * first;
        for (let j = 0; j <= i; j++) hessian[i * size + j]! += bend * first * rows.loading[row * size + j]!;
      }
    }
    for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) hessian[j * size + i] = hessian[i * size + j]!;
    losses.push(loss);
  };
  for (let step = 0; step < shape.innerSteps; step++) {
    accumulate(boundCurvature);
    const move = choleskySolve(hessian, gradient, size);
    const alpha = sigmoid(parameters.stepSize[step]!);
    for (let entry = 0; entry < size; entry++) phi[entry]! -= alpha * move[entry]!;
  }
  accumulate((z) => sigmoid(z) * (1 - sigmoid(z)));
  return { phi, covariance: choleskyInverse(hessian, size), losses };
}
