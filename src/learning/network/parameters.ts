import type { Random } from '../random.ts';
import { FEATURE_COUNT } from '../student-model/features.ts';

/** Shape of the network student model; fixed when it is created, stored with it. */
export interface NetworkShape {
  readonly features: number;
  /** Features whose sum is the closed-form ability: the direct path starts with 1 there and 0 everywhere else. */
  readonly abilityFeatures: readonly number[];
  /** Widths of the relu layers, one or two. */
  readonly hidden: readonly number[];
  readonly innerSteps: number;
  /** Prompts in the pool (8–16), and the length of the support set's encoding that chooses among them. */
  readonly prompts: number;
  readonly encoding: number;
}

export const DEFAULT_NETWORK_SHAPE: NetworkShape = {
  features: FEATURE_COUNT,
  abilityFeatures: [37, 40],
  hidden: [32],
  innerSteps: 5,
  prompts: 12,
  encoding: 16,
};

/**
 * Learned numbers by name, each a row-major array of the size that `networkSizes` gives:
 * - W₀, where every student starts: `direct` [F, 1], `weight1` [F, H₁], `bias1` [1, H₁], … , `weightOut` [H, 1], `biasOut` [1, 1];
 *   logit = offset + direct·x + weightOut·relu(… relu(x·weight1 + bias1) …) + biasOut
 * - `…Rate` [S, …]: the inner step s moves each weight at the rate e^(10·)
 * - `prior` [tensors of W₀]: λ = e^(10·), how strongly a student's weights are held at W₀
 * - `pool` [P, 2H + 1], `keys` [P, E], `encoder` [F + 2, E], `encoderBias` [1, E], `emptyEncoding` [1, E], `emptyStrength` [1],
 *   `promptRate` [S, 1, 2H + 1], `promptPrior` [3]: prompts (gain and shift of each unit of the last relu layer, level of the logit) and how one is chosen and refined.
 */
export type NetworkParameters = Readonly<Record<string, Float32Array>>;

export type NetworkSizes = Readonly<Record<string, readonly number[]>>;

/** W₀'s tensors, in the order in which `prior` counts them. */
export function weightSizes(shape: NetworkShape): Record<string, readonly [rows: number, columns: number]> {
  const sizes: Record<string, readonly [number, number]> = { direct: [shape.features, 1] };
  let inputs = shape.features;
  shape.hidden.forEach((units, layer) => {
    sizes[`weight${layer + 1}`] = [inputs, units];
    sizes[`bias${layer + 1}`] = [1, units];
    inputs = units;
  });
  sizes['weightOut'] = [inputs, 1];
  sizes['biasOut'] = [1, 1];
  return sizes;
}

export const weightNames = (shape: NetworkShape): readonly string[] => Object.keys(weightSizes(shape));

export const rateName = (weight: string): string => `${weight}Rate`;

/** What the inner steps over all weights have beside the weights: rates and prior. */
export const stepNames = (shape: NetworkShape): readonly string[] => [...weightNames(shape).map(rateName), 'prior'];

export const PROMPT_NAMES = [
  'pool',
  'keys',
  'encoder',
  'encoderBias',
  'emptyEncoding',
  'emptyStrength',
  'promptRate',
  'promptPrior',
] as const;

/**
 * Rates and λ are stored as a tenth of their logarithm: an outer optimiser such as Adam moves every number by about its learning rate, and
 * a thousand of its steps could move a plain logarithm hardly further than by one.
 */
export const LOGARITHM_SCALE = 10;
export const positive = (value: number): number => Math.exp(LOGARITHM_SCALE * value);
const stored = (value: number): number => Math.log(value) / LOGARITHM_SCALE;

export const lastHidden = (shape: NetworkShape): number => shape.hidden.at(-1) ?? shape.features;

/** Gain and shift of each unit of the last relu layer, and the level of the logit. */
export const promptLength = (shape: NetworkShape): number => 2 * lastHidden(shape) + 1;

/** Sizes of all parameters. */
export function networkSizes(shape: NetworkShape): NetworkSizes {
  const weights = weightSizes(shape);
  const { innerSteps, prompts, encoding } = shape;
  return {
    ...weights,
    ...Object.fromEntries(Object.entries(weights).map(([name, size]) => [rateName(name), [innerSteps, ...size]])),
    prior: [Object.keys(weights).length],
    pool: [prompts, promptLength(shape)],
    keys: [prompts, encoding],
    encoder: [shape.features + 2, encoding],
    encoderBias: [1, encoding],
    emptyEncoding: [1, encoding],
    emptyStrength: [1],
    promptRate: [innerSteps, 1, promptLength(shape)],
    promptPrior: [3],
  };
}

/**
 * Rates with which training begins: small, so that a student's first answers hardly move an untrained network. One answer moves the logit by
 * about rate · |∂logit/∂W|² · steps, and |∂logit/∂W|² is in the tens; at .02 what is not learned from there (Reptile) overshoots.
 */
const FIRST_RATE = 0.001;
const FIRST_PROMPT_RATE = 0.02;

/**
 * Start values: the last layer is zero and the direct path passes the closed-form ability on, so that before any answer and any training
 * the model *is* the closed form; training can only depart from it where that pays.
 */
export function initialNetworkParameters(shape: NetworkShape, random: Random): NetworkParameters {
  const filled = (value: number) => (size: number) => new Float32Array(size).fill(value);
  const normal = (scale: number) => (size: number) => Float32Array.from({ length: size }, () => random.normal() * scale);
  const start: Record<string, (size: number) => Float32Array> = {
    direct: (size) => Float32Array.from({ length: size }, (_, feature) => (shape.abilityFeatures.includes(feature) ? 1 : 0)),
    prior: filled(stored(1)),
    pool: normal(0.05),
    keys: normal(1),
    encoder: normal(Math.sqrt(2 / (shape.features + 2))),
    emptyEncoding: normal(0.5),
    promptRate: filled(stored(FIRST_PROMPT_RATE)),
    promptPrior: filled(stored(1)),
  };
  let inputs = shape.features;
  shape.hidden.forEach((units, layer) => {
    start[`weight${layer + 1}`] = normal(Math.sqrt(2 / inputs));
    inputs = units;
  });
  for (const name of weightNames(shape)) start[rateName(name)] = filled(stored(FIRST_RATE));
  return Object.fromEntries(
    Object.entries(networkSizes(shape)).map(([name, size]) => [
      name,
      (start[name] ?? filled(0))(size.reduce((product, length) => product * length, 1)),
    ]),
  );
}

export const copyNetworkParameters = (parameters: NetworkParameters): NetworkParameters =>
  Object.fromEntries(Object.entries(parameters).map(([name, values]) => [name, Float32Array.from(values)]));
