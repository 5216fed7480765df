import type { Random } from '../random.ts';
import { FEATURE_COUNT } from './features.ts';

/** Shape of the model; fixed when it is created, stored with it. */
export interface ModelShape {
  readonly features: number;
  readonly hidden: number;
  /** Length M of a skill's loading; φ has D = M + 1 entries. */
  readonly factors: number;
  /** Length E of a skill's embedding, which the network reads beside the features. */
  readonly embedding: number;
  /** Length C of what is known of a student before their answers count: the company they answer in, and their profile. */
  readonly covariates: number;
  /** Prompts P in the pool that a student's start is mixed from; 0 without prompt-tuning. */
  readonly prompts: number;
  readonly innerSteps: number;
}

export const DEFAULT_SHAPE: ModelShape = {
  features: FEATURE_COUNT,
  hidden: 48,
  factors: 6,
  embedding: 16,
  covariates: 1,
  prompts: 0,
  innerSteps: 4,
};

/** Parameters that every course shares, as plain numbers (row-major). F features, E embedding, H hidden, D = M + 1, S inner steps. */
export interface SharedParameters {
  /** [F + E, H] */ readonly weight1: Float32Array;
  /** [H] */ readonly bias1: Float32Array;
  /** [H, H] */ readonly weight2: Float32Array;
  /** [H] */ readonly bias2: Float32Array;
  /** [H] */ readonly weight3: Float32Array;
  /** [1] */ readonly bias3: Float32Array;
  /** [D], where every student starts. */ readonly phi0: Float32Array;
  /** [C, D], how a student's covariates move that start. */ readonly startWeights: Float32Array;
  /**
   * [D], Λ = exp(.), the precision of φ around its start; that of the ability, the first entry, is exp(.) over the course's own variance.
   */
  readonly logPrecision: Float32Array;
  /** [S], the step size of inner step s is σ(.). */ readonly stepSize: Float32Array;
  /** [S, D], log(e^. + 1)·Λ is added to the curvature: learned rates of each entry in each step, which cannot make a step overshoot. */
  readonly damping: Float32Array;
  /** [P, D], what each prompt adds to the start. */ readonly prompts: Float32Array;
  /** [P, N], the encoding of a support set that each prompt answers to; N = D + 1 + C. */ readonly promptKeys: Float32Array;
}

export const SHARED_NAMES = [
  'weight1',
  'bias1',
  'weight2',
  'bias2',
  'weight3',
  'bias3',
  'phi0',
  'startWeights',
  'logPrecision',
  'stepSize',
  'damping',
  'prompts',
  'promptKeys',
] as const;
export type SharedName = (typeof SHARED_NAMES)[number];

export interface ModelParameters extends SharedParameters {
  /** [skills, M + E], loading and embedding of each skill; a skill never seen counts as zeros. */
  readonly skillFactors: Float32Array;
}

export function sharedSizes(shape: ModelShape): Record<SharedName, readonly number[]> {
  const { features, hidden, factors, embedding, covariates, innerSteps, prompts } = shape;
  return {
    weight1: [features + embedding, hidden],
    bias1: [hidden],
    weight2: [hidden, hidden],
    bias2: [hidden],
    weight3: [hidden, 1],
    bias3: [1],
    phi0: [factors + 1],
    startWeights: [covariates, factors + 1],
    logPrecision: [factors + 1],
    stepSize: [innerSteps],
    damping: [innerSteps, factors + 1],
    prompts: [prompts, factors + 1],
    promptKeys: [prompts, encodingSize(shape)],
  };
}

/**
 * Start values: the network's last layer is zero and φ's first entry is an ability around that of the student's company, so that the
 * untrained model *is* a Rasch model over the calibrated difficulties; training can only depart from it where that pays.
 */
export function initialParameters(shape: ModelShape, skills: number, random: Random): ModelParameters {
  const normal = (size: number, scale: number): Float32Array =>
    Float32Array.from({ length: size }, () => random.normal() * scale);
  const { features, hidden, factors, embedding, covariates, innerSteps } = shape;
  const startWeights = new Float32Array(covariates * (factors + 1));
  startWeights[0] = 1;
  return {
    weight1: normal((features + embedding) * hidden, Math.sqrt(2 / (features + embedding))),
    bias1: new Float32Array(hidden),
    weight2: normal(hidden * hidden, Math.sqrt(2 / hidden)),
    bias2: new Float32Array(hidden),
    weight3: new Float32Array(hidden),
    bias3: new Float32Array(1),
    phi0: new Float32Array(factors + 1),
    startWeights,
    logPrecision: new Float32Array(factors + 1),
    stepSize: new Float32Array(innerSteps).fill(3),
    damping: new Float32Array(innerSteps * (factors + 1)).fill(-4),
    ...initialPrompts(shape, random),
    skillFactors: initialFactors(skills, shape, random),
  };
}

/** A pool that changes nothing much until it is trained. */
export function initialPrompts(shape: ModelShape, random: Random): Pick<SharedParameters, 'prompts' | 'promptKeys'> {
  return {
    prompts: Float32Array.from({ length: shape.prompts * (shape.factors + 1) }, () => random.normal() * 0.05),
    promptKeys: Float32Array.from({ length: shape.prompts * encodingSize(shape) }, () => random.normal()),
  };
}

/** Small, not zero: at zero the factors' gradient is zero too. */
export function initialFactors(skills: number, shape: ModelShape, random: Random): Float32Array {
  const width = skillWidth(shape);
  return Float32Array.from(
    { length: skills * width },
    (_, index) => random.normal() * (index % width < shape.factors ? 0.15 : 0.2),
  );
}

/** N = D + 1 + C, length of a support set's encoding. */
export const encodingSize = (shape: ModelShape): number => shape.factors + 2 + shape.covariates;

/** Those parameters that a model of this shape has. */
export const sharedNames = (shape: ModelShape): readonly SharedName[] =>
  shape.prompts > 0 ? SHARED_NAMES : SHARED_NAMES.filter((name) => name !== 'prompts' && name !== 'promptKeys');

/** M + E, numbers a skill. */
export const skillWidth = (shape: ModelShape): number => shape.factors + shape.embedding;

export function copyParameters(parameters: ModelParameters): ModelParameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, values]) => [name, Float32Array.from(values as Float32Array)]),
  ) as unknown as ModelParameters;
}
