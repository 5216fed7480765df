import { crossEntropy, sigmoid } from '../numeric.ts';
import { descendPlain } from './descent.ts';
import { accumulateRow, flatWeights, forwardToLast, networkLogit, rowScratch, weightLayout } from './forward.ts';
import type { WeightLayout } from './forward.ts';
import { lastHidden, positive, promptLength, rateName } from './parameters.ts';
import type { NetworkParameters, NetworkShape } from './parameters.ts';

type Numbers = ArrayLike<number>;

/** k answers of one student. */
export interface NetworkAnswers {
  /** [k, F] */
  readonly features: Numbers;
  /** [k], logit of the difficulty. */
  readonly offset: Numbers;
  /** [k], in [0, 1]. */
  readonly correct: Numbers;
  /** [k], how much evidence each is. */
  readonly weight: Numbers;
}

/** The network fitted to one student. */
export interface AdaptedNetwork {
  readonly layout: WeightLayout;
  /** All weights, in the order of `layout.tensors`. */
  readonly weights: Float64Array;
  /** What modulates the last relu layer, [2H + 1]; null where the weights themselves were adapted. */
  readonly prompt: Float64Array | null;
  /** Log-loss of the answers plus prior, before the first and after each inner step; it never rises. */
  readonly objectives: readonly number[];
  /** Share of each inner step that was taken; below 1 where the whole of it would have raised that. */
  readonly shares: readonly number[];
}

/** Fits every weight to the answers by the model's own inner steps; without answers it is W₀ exactly. */
export function adaptWeights(parameters: NetworkParameters, shape: NetworkShape, answers: NetworkAnswers): AdaptedNetwork {
  const layout = weightLayout(shape);
  const start = flatWeights(layout, parameters);
  const count = answers.correct.length;
  if (count === 0) return { layout, weights: start, prompt: null, objectives: [0], shares: [] };
  const scratch = rowScratch(shape);
  const prior = new Float64Array(layout.size);
  const rates = Array.from({ length: shape.innerSteps }, () => new Float64Array(layout.size));
  layout.tensors.forEach(({ name, begin, end }, index) => {
    prior.fill(positive(parameters['prior']![index]!), begin, end);
    const values = parameters[rateName(name)]!;
    rates.forEach((rate, step) => {
      for (let entry = begin; entry < end; entry++) rate[entry] = positive(values[step * (end - begin) + entry - begin]!);
    });
  });
  const logitAt = (weights: Float64Array, row: number): number =>
    answers.offset[row]! + networkLogit(layout, weights, answers.features, row * shape.features, scratch);
  const { at, objectives, shares } = descendPlain({
    start,
    prior,
    rates,
    loss(weights) {
      let sum = 0;
      for (let row = 0; row < count; row++)
        sum += answers.weight[row]! * crossEntropy(logitAt(weights, row), answers.correct[row]!);
      return sum;
    },
    slope(weights, rate, gradient) {
      let curvature = 0;
      for (let row = 0; row < count; row++) {
        const weight = answers.weight[row]!;
        const error = weight * (sigmoid(logitAt(weights, row)) - answers.correct[row]!);
        curvature +=
          weight * accumulateRow(layout, weights, answers.features, row * shape.features, scratch, error, rate, gradient);
      }
      return curvature;
    },
  });
  return { layout, weights: at, prompt: null, objectives, shares };
}

/** logit without the last relu layer, and the sums that enter it, for each answer. */
function freezeRows(
  layout: WeightLayout,
  weights: Float64Array,
  answers: NetworkAnswers,
): { base: Float64Array; sums: Float64Array } {
  const units = lastHidden(layout.shape);
  const count = answers.correct.length;
  const base = new Float64Array(count);
  const sums = new Float64Array(count * units);
  const scratch = rowScratch(layout.shape);
  for (let row = 0; row < count; row++) {
    base[row] = answers.offset[row]! + forwardToLast(layout, weights, answers.features, row * layout.shape.features, scratch);
    sums.set(scratch.outputs.at(-1)!, row * units);
  }
  return { base, sums };
}

/** weightOut·relu(sums∘(1 + gain) + shift) + level; `sums` at `from`. */
function promptedLogit(
  layout: WeightLayout,
  weights: Float64Array,
  prompt: Float64Array,
  sums: Float64Array,
  from: number,
): number {
  const units = lastHidden(layout.shape);
  const out = layout.at['weightOut']!;
  let logit = prompt[2 * units]!;
  for (let unit = 0; unit < units; unit++) {
    const value = sums[from + unit]! * (1 + prompt[unit]!) + prompt[units + unit]!;
    if (value > 0) logit += value * weights[out + unit]!;
  }
  return logit;
}

/** Softmax attention of the support set's encoding over the keys mixes the pool; [2H + 1]. */
function choosePromptPlain(
  parameters: NetworkParameters,
  shape: NetworkShape,
  answers: NetworkAnswers,
  errors: Float64Array,
): Float64Array {
  const { features: inputs, encoding: size, prompts } = shape;
  const strength = Math.exp(parameters['emptyStrength']![0]!);
  const encoder = parameters['encoder']!;
  const mean = Float64Array.from(parameters['emptyEncoding']!, (value) => value * strength);
  const encoded = new Float64Array(size);
  let total = strength;
  for (let row = 0; row < answers.correct.length; row++) {
    encoded.set(parameters['encoderBias']!);
    const add = (input: number, value: number): void => {
      for (let entry = 0; entry < size; entry++) encoded[entry]! += value * encoder[input * size + entry]!;
    };
    for (let input = 0; input < inputs; input++) add(input, answers.features[row * inputs + input]!);
    add(inputs, errors[row]!);
    add(inputs + 1, answers.correct[row]!);
    for (let entry = 0; entry < size; entry++) mean[entry]! += answers.weight[row]! * Math.max(0, encoded[entry]!);
    total += answers.weight[row]!;
  }
  const scores = Array.from({ length: prompts }, (_, prompt) => {
    let score = 0;
    for (let entry = 0; entry < size; entry++) score += (mean[entry]! / total) * parameters['keys']![prompt * size + entry]!;
    return score / Math.sqrt(size);
  });
  const highest = Math.max(...scores);
  const shares = scores.map((score) => Math.exp(score - highest));
  const sum = shares.reduce((all, share) => all + share, 0);
  const length = promptLength(shape);
  return Float64Array.from({ length }, (_, entry) =>
    shares.reduce((mixed, share, prompt) => mixed + (share / sum) * parameters['pool']![prompt * length + entry]!, 0),
  );
}

/** Chooses a prompt by the answers and refines it by inner steps on the prompt alone; the network stays as it is. */
export function adaptPrompt(parameters: NetworkParameters, shape: NetworkShape, answers: NetworkAnswers): AdaptedNetwork {
  const layout = weightLayout(shape);
  const weights = flatWeights(layout, parameters);
  const units = lastHidden(shape);
  const length = promptLength(shape);
  const count = answers.correct.length;
  const { base, sums } = freezeRows(layout, weights, answers);
  const out = layout.at['weightOut']!;
  const unmodulated = new Float64Array(length);
  const logitAt = (prompt: Float64Array, row: number): number =>
    base[row]! + promptedLogit(layout, weights, prompt, sums, row * units);
  const errors = Float64Array.from({ length: count }, (_, row) => answers.correct[row]! - sigmoid(logitAt(unmodulated, row)));
  const start = choosePromptPlain(parameters, shape, answers, errors);
  if (count === 0) return { layout, weights, prompt: start, objectives: [0], shares: [] };
  const [gain, shift, level] = Array.from(parameters['promptPrior']!, positive);
  const { at, objectives, shares } = descendPlain({
    start,
    prior: Float64Array.from({ length }, (_, entry) => (entry < units ? gain! : entry < 2 * units ? shift! : level!)),
    rates: Array.from({ length: shape.innerSteps }, (_, step) =>
      Float64Array.from({ length }, (__, entry) => positive(parameters['promptRate']![step * length + entry]!)),
    ),
    loss(prompt) {
      let sum = 0;
      for (let row = 0; row < count; row++)
        sum += answers.weight[row]! * crossEntropy(logitAt(prompt, row), answers.correct[row]!);
      return sum;
    },
    slope(prompt, rate, gradient) {
      let curvature = 0;
      for (let row = 0; row < count; row++) {
        const weight = answers.weight[row]!;
        const error = weight * (sigmoid(logitAt(prompt, row)) - answers.correct[row]!);
        let sensitivity = rate[2 * units]!;
        gradient[2 * units]! += error;
        for (let unit = 0; unit < units; unit++) {
          const sum = sums[row * units + unit]!;
          if (!(sum * (1 + prompt[unit]!) + prompt[units + unit]! > 0)) continue;
          const back = weights[out + unit]!;
          gradient[unit]! += error * back * sum;
          gradient[units + unit]! += error * back;
          sensitivity += back * back * (rate[unit]! * sum * sum + rate[units + unit]!);
        }
        curvature += weight * sensitivity;
      }
      return curvature;
    },
  });
  return { layout, weights, prompt: at, objectives, shares };
}

/**
 * @param offset logit of the question's difficulty
 * @param features of the question after the student's history, [F] from `from` on
 * @returns the logit of a right answer
 */
export function forecastNetworkLogit(adapted: AdaptedNetwork, offset: number, features: Numbers, from: number): number {
  const { layout, weights, prompt } = adapted;
  const scratch = rowScratch(layout.shape);
  if (!prompt) return offset + networkLogit(layout, weights, features, from, scratch);
  const base = forwardToLast(layout, weights, features, from, scratch);
  return offset + base + promptedLogit(layout, weights, prompt, scratch.outputs.at(-1)!, 0);
}
