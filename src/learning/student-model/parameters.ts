import type { Random } from '../random.ts';
import { FEATURE_COUNT } from './features.ts';

/** Shape of the model; fixed when it is created, stored with it. */
export interface ModelShape {
  readonly features: number;
  readonly hidden: number;
  /** Length M of a skill's factor vector; φ has D = M + 1 entries. */
  readonly factors: number;
  readonly innerSteps: number;
}

export const DEFAULT_SHAPE: ModelShape = { features: FEATURE_COUNT, hidden: 48, factors: 6, innerSteps: 4 };

/** Parameters that every course shares, as plain numbers (row-major). F features, H hidden, D = M + 1. */
export interface SharedParameters {
  /** [F, H] */ readonly weight1: Float32Array;
  /** [H] */ readonly bias1: Float32Array;
  /** [H, H] */ readonly weight2: Float32Array;
  /** [H] */ readonly bias2: Float32Array;
  /** [H] */ readonly weight3: Float32Array;
  /** [1] */ readonly bias3: Float32Array;
  /** [D], where every student starts. */ readonly phi0: Float32Array;
  /** [D], Λ = exp(.), the precision of φ around φ₀. */ readonly logPrecision: Float32Array;
  /** [S], the step size of inner step s is σ(.). */ readonly stepSize: Float32Array;
}

export const SHARED_NAMES = [
  'weight1',
  'bias1',
  'weight2',
  'bias2',
  'weight3',
  'bias3',
  'phi0',
  'logPrecision',
  'stepSize',
] as const;
export type SharedName = (typeof SHARED_NAMES)[number];

export interface ModelParameters extends SharedParameters {
  /** [skills, M], what the course's skills have in common; a row of zeros for a skill never seen. */
  readonly skillFactors: Float32Array;
}

export function sharedSizes(shape: ModelShape): Record<SharedName, readonly number[]> {
  const { features, hidden, factors, innerSteps } = shape;
  return {
    weight1: [features, hidden],
    bias1: [hidden],
    weight2: [hidden, hidden],
    bias2: [hidden],
    weight3: [hidden, 1],
    bias3: [1],
    phi0: [factors + 1],
    logPrecision: [factors + 1],
    stepSize: [innerSteps],
  };
}

/**
 * Start values: the network's last layer is zero and φ's first entry is an ability with variance .7, so that the untrained model *is*
 * the closed-form shrunk IRT; training can only depart from it where that pays.
 */
export function initialParameters(shape: ModelShape, skills: number, random: Random): ModelParameters {
  const normal = (size: number, scale: number): Float32Array =>
    Float32Array.from({ length: size }, () => random.normal() * scale);
  const { features, hidden, factors, innerSteps } = shape;
  const logPrecision = new Float32Array(factors + 1).fill(0);
  logPrecision[0] = Math.log(1 / 0.7);
  return {
    weight1: normal(features * hidden, Math.sqrt(2 / features)),
    bias1: new Float32Array(hidden),
    weight2: normal(hidden * hidden, Math.sqrt(2 / hidden)),
    bias2: new Float32Array(hidden),
    weight3: new Float32Array(hidden),
    bias3: new Float32Array(1),
    phi0: new Float32Array(factors + 1),
    logPrecision,
    stepSize: new Float32Array(innerSteps).fill(3),
    skillFactors: initialFactors(skills, factors, random),
  };
}

/** Small, not zero: at zero the factors' gradient is zero too. */
export const initialFactors = (skills: number, factors: number, random: Random): Float32Array =>
  Float32Array.from({ length: skills * factors }, () => random.normal() * 0.15);

export function copyParameters(parameters: ModelParameters): ModelParameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, values]) => [name, Float32Array.from(values as Float32Array)]),
  ) as unknown as ModelParameters;
}
