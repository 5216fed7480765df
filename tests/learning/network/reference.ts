import type { AnswerRows, MetaBatch } from '../../../src/learning/meta/meta-loss.ts';
import { crossEntropy, sigmoid } from '../../../src/learning/numeric.ts';
import type { NetworkShape } from '../../../src/learning/network/parameters.ts';
import { networkSizes, PROMPT_NAMES, weightNames } from '../../../src/learning/network/parameters.ts';
import type { Random } from '../../../src/learning/random.ts';

/**
 * The outer objectives in 64-bit plain numbers, written from their definitions: derivatives by the network's own numbers are differences
 * of forward passes (exact but for rounding, as a relu network is piecewise linear in each single one), so that no formula of the product is repeated.
 */
export type Wide = Record<string, Float64Array>;

export const widen = (parameters: Readonly<Record<string, Float32Array>>): Wide =>
  Object.fromEntries(Object.entries(parameters).map(([name, values]) => [name, Float64Array.from(values)]));

interface Row {
  readonly features: readonly number[];
  readonly offset: number;
  readonly correct: number;
  readonly weight: number;
}

const rowsOf = (rows: AnswerRows, shape: NetworkShape, student: number): Row[] =>
  Array.from({ length: rows.length }, (_, index) => {
    const at = student * rows.length + index;
    return {
      features: [...rows.features.subarray(at * shape.features, (at + 1) * shape.features)],
      offset: rows.offset[at]!,
      correct: rows.correct[at]!,
      weight: rows.weight[at]!,
    };
  }).filter((row) => row.weight > 0);

/** One student's way down: numbers θ, and the logit of a row under them. */
interface Descent {
  readonly start: number[];
  readonly prior: number[];
  readonly rates: number[][];
  logit(theta: number[], row: Row): number;
}

/** What a step of the inner loop rests on; kept fixed where a learner treats it as constant. */
interface Step {
  readonly gradient: number[];
  readonly shrink: number;
  readonly share: number;
}

const SMALL = 1e-5;

/** How rates and λ are stored. */
const positive = (value: number): number => Math.exp(10 * value);

function jacobian(descent: Descent, theta: number[], row: Row): number[] {
  const moved = [...theta];
  return theta.map((value, index) => {
    moved[index] = value + SMALL;
    const above = descent.logit(moved, row);
    moved[index] = value - SMALL;
    const below = descent.logit(moved, row);
    moved[index] = value;
    return (above - below) / (2 * SMALL);
  });
}

/** θ after each step, and what each step rested on. */
function descend(descent: Descent, rows: Row[], fixed?: readonly Step[]): { states: number[][]; steps: Step[] } {
  const { start, prior } = descent;
  let theta = start;
  const steps: Step[] = [];
  const objective = (at: number[]): number =>
    rows.reduce((sum, row) => sum + row.weight * crossEntropy(descent.logit(at, row), row.correct), 0) +
    at.reduce((sum, value, index) => sum + prior[index]! * (value - start[index]!) ** 2, 0);
  const states = descent.rates.map((rates, number) => {
    let step = fixed?.[number];
    const goal = (gradient: number[], shrink: number): number[] =>
      theta.map((value, index) => {
        const delta = rates[index]! * shrink;
        return start[index]! + (value - start[index]! - delta * gradient[index]!) / (1 + 2 * prior[index]! * delta);
      });
    const between = (end: number[], share: number): number[] =>
      theta.map((value, index) => value + share * (end[index]! - value));
    if (!step) {
      const gradient = theta.map(() => 0);
      let curvature = 0;
      for (const row of rows) {
        const slope = row.weight * (sigmoid(descent.logit(theta, row)) - row.correct);
        jacobian(descent, theta, row).forEach((entry, index) => {
          gradient[index]! += slope * entry;
          curvature += 0.25 * row.weight * rates[index]! * entry * entry;
        });
      }
      const shrink = 1 / (1 + curvature / 2);
      const end = goal(gradient, shrink);
      const share = [1, 0.25, 0.0625].find((each) => objective(between(end, each)) <= objective(theta)) ?? 0;
      step = { gradient, shrink, share };
    }
    steps.push(step);
    theta = between(goal(step.gradient, step.shrink), step.share);
    return theta;
  });
  return { states, steps };
}

/** f_W(x) with W flat in the order of `weightNames`; `modulate` changes what enters the last relu layer. */
function network(
  shape: NetworkShape,
  flat: ArrayLike<number>,
  x: readonly number[],
  modulate = (sum: number, _unit: number) => sum,
): number {
  let next = 0;
  let logit = x.reduce((sum, value) => sum + value * flat[next++]!, 0);
  let values = x;
  shape.hidden.forEach((units, layer) => {
    const sums = new Array<number>(units).fill(0);
    for (const value of values) for (let unit = 0; unit < units; unit++) sums[unit]! += value * flat[next++]!;
    for (let unit = 0; unit < units; unit++) sums[unit]! += flat[next++]!;
    values = sums.map((sum, unit) => Math.max(0, layer === shape.hidden.length - 1 ? modulate(sum, unit) : sum));
  });
  for (const value of values) logit += value * flat[next++]!;
  return logit + flat[next]!;
}

const flatWeights = (shape: NetworkShape, parameters: Wide): number[] =>
  weightNames(shape).flatMap((name) => [...parameters[name]!]);

function weightDescent(shape: NetworkShape, parameters: Wide): Descent {
  const names = weightNames(shape);
  return {
    start: flatWeights(shape, parameters),
    prior: names.flatMap((name, index) => Array.from(parameters[name]!, () => positive(parameters['prior']![index]!))),
    rates: Array.from({ length: shape.innerSteps }, (_, step) =>
      names.flatMap((name) => {
        const size = parameters[name]!.length;
        return Array.from(parameters[`${name}Rate`]!.subarray(step * size, (step + 1) * size), positive);
      }),
    ),
    logit: (theta, row) => row.offset + network(shape, theta, row.features),
  };
}

function promptLogit(shape: NetworkShape, weights: number[], prompt: readonly number[], row: Row): number {
  const units = shape.hidden.at(-1)!;
  const modulate = (sum: number, unit: number): number => sum * (1 + prompt[unit]!) + prompt[units + unit]!;
  return row.offset + network(shape, weights, row.features, modulate) + prompt[2 * units]!;
}

function choosePrompt(shape: NetworkShape, parameters: Wide, weights: number[], rows: Row[]): number[] {
  const { encoding: size, prompts } = shape;
  const strength = Math.exp(parameters['emptyStrength']![0]!);
  const length = parameters['pool']!.length / prompts;
  let total = strength;
  const encoding = Array.from(parameters['emptyEncoding']!, (value) => value * strength);
  for (const row of rows) {
    const error = row.correct - sigmoid(row.offset + network(shape, weights, row.features));
    const read = [...row.features, error, row.correct];
    for (let entry = 0; entry < size; entry++) {
      const sum = read.reduce(
        (all, value, index) => all + value * parameters['encoder']![index * size + entry]!,
        parameters['encoderBias']![entry]!,
      );
      encoding[entry]! += row.weight * Math.max(0, sum);
    }
    total += row.weight;
  }
  const attention = Array.from({ length: prompts }, (_, prompt) =>
    Math.exp(
      encoding.reduce((sum, value, entry) => sum + (value / total) * parameters['keys']![prompt * size + entry]!, 0) /
        Math.sqrt(size),
    ),
  );
  const sum = attention.reduce((all, each) => all + each, 0);
  return Array.from({ length }, (_, entry) =>
    attention.reduce((mixed, each, prompt) => mixed + (each / sum) * parameters['pool']![prompt * length + entry]!, 0),
  );
}

function promptDescent(shape: NetworkShape, parameters: Wide, weights: number[], rows: Row[]): Descent {
  const units = shape.hidden.at(-1)!;
  const [gain, shift, level] = Array.from(parameters['promptPrior']!, positive);
  const start = choosePrompt(shape, parameters, weights, rows);
  return {
    start,
    prior: start.map((_, entry) => (entry < units ? gain! : entry < 2 * units ? shift! : level!)),
    rates: Array.from({ length: shape.innerSteps }, (_, step) =>
      Array.from(parameters['promptRate']!.subarray(step * start.length, (step + 1) * start.length), positive),
    ),
    logit: (theta, row) => promptLogit(shape, weights, theta, row),
  };
}

export type ReferenceLearner = 'maml' | 'fomaml' | 'prompt' | 'joint';

export interface ReferenceLosses {
  readonly loss: number;
  readonly supportLoss: number;
  readonly queryLoss: number;
  /** For each student what its steps rested on. */
  readonly steps: readonly (readonly Step[])[];
  /** θ of each student after the last step. */
  readonly reached: readonly (readonly number[])[];
}

/** support + β·Σ_s stepShares_s·query after step s. @param fixed steps to be taken as they were, for a first-order learner */
export function referenceLosses(
  learner: ReferenceLearner,
  parameters: Wide,
  shape: NetworkShape,
  batch: MetaBatch,
  beta: number,
  stepShares: readonly number[],
  fixed?: ReferenceLosses['steps'],
): ReferenceLosses {
  const weights = flatWeights(shape, parameters);
  const sums = { support: 0, supportWeight: 0, query: stepShares.map(() => 0), queryWeight: 0 };
  const steps: Step[][] = [];
  const reached: number[][] = [];
  for (let student = 0; student < batch.students; student++) {
    const support = rowsOf(batch.support, shape, student);
    const query = rowsOf(batch.query, shape, student);
    const descent = learner === 'prompt' ? promptDescent(shape, parameters, weights, support) : weightDescent(shape, parameters);
    const unadapted = learner === 'prompt' ? choosePrompt(shape, parameters, weights, []) : descent.start;
    const way =
      learner === 'joint'
        ? { states: stepShares.map(() => descent.start), steps: [] }
        : descend(descent, support, fixed?.[student]);
    steps.push(way.steps);
    reached.push(way.states.at(-1)!);
    for (const row of support) {
      sums.support += row.weight * crossEntropy(descent.logit(unadapted, row), row.correct);
      sums.supportWeight += row.weight;
    }
    for (const row of query) {
      way.states.forEach((state, step) => {
        sums.query[step]! += row.weight * crossEntropy(descent.logit(state, row), row.correct);
      });
      sums.queryWeight += row.weight;
    }
  }
  const supportLoss = sums.support / Math.max(1, sums.supportWeight);
  const queryLosses = sums.query.map((sum) => sum / Math.max(1, sums.queryWeight));
  return {
    loss: supportLoss + beta * queryLosses.reduce((sum, loss, step) => sum + stepShares[step]! * loss, 0),
    supportLoss,
    queryLoss: queryLosses.at(-1)!,
    steps,
    reached,
  };
}

/** Minus the mean movement of the students' weights, by all of their answers; flat in the order of `weightNames`. */
export function referenceReptile(parameters: Wide, shape: NetworkShape, batch: MetaBatch): number[] {
  const descent = weightDescent(shape, parameters);
  const sum = descent.start.map(() => 0);
  let students = 0;
  for (let student = 0; student < batch.students; student++) {
    const rows = [...rowsOf(batch.support, shape, student), ...rowsOf(batch.query, shape, student)];
    if (rows.length === 0) continue;
    students++;
    const { states } = descend(descent, rows);
    states.at(-1)!.forEach((value, index) => (sum[index]! += descent.start[index]! - value));
  }
  return sum.map((value) => value / students);
}

/** Parameters away from the start values, so that nothing is zero by accident. @param overshoot such that some inner steps are cut short */
export function someParameters(shape: NetworkShape, random: Random, overshoot = false): Record<string, Float32Array> {
  const parameters: Record<string, Float32Array> = {};
  for (const [name, size] of Object.entries(networkSizes(shape))) {
    const length = size.reduce((product, each) => product * each, 1);
    const isPrompt = (PROMPT_NAMES as readonly string[]).includes(name);
    const isLevel = name === 'directRate' || name === 'biasOutRate';
    const rate = overshoot && !isLevel ? 30 : 0.08;
    const isRate = name.endsWith('Rate');
    const centre = isRate ? Math.log(rate) : name.toLowerCase().endsWith('prior') ? (overshoot ? -3 : -0.5) : 0;
    const spread = isPrompt ? 0.5 : overshoot && !isRate ? 0.15 : 0.4;
    const scale = isRate || name.toLowerCase().endsWith('prior') ? 0.1 : 1;
    parameters[name] = Float32Array.from({ length }, () => scale * (centre + spread * random.normal()));
  }
  return parameters;
}

/** Random answers: numbers of each student differ, one student has no support, one nothing at all. */
export function someBatch(shape: NetworkShape, students: number, support: number, query: number, random: Random): MetaBatch {
  const rows = (length: number, answers: (student: number) => number): AnswerRows => {
    const count = students * length;
    const weight = Float32Array.from({ length: count }, (_, at) =>
      at % length < answers(Math.floor(at / length)) ? 0.5 + random.uniform() : 0,
    );
    return {
      length,
      features: Float32Array.from({ length: count * shape.features }, (_, at) =>
        weight[Math.floor(at / shape.features)]! > 0 ? 0.8 * random.normal() : 0,
      ),
      offset: Float32Array.from({ length: count }, () => 0.7 * random.normal()),
      factors: new Float32Array(0),
      correct: Float32Array.from({ length: count }, () => (random.uniform() < 0.6 ? 1 : 0)),
      weight,
      skillSet: new Int32Array(count).fill(-1),
    };
  };
  return {
    students,
    covariates: new Float32Array(0),
    variance: new Float32Array(0),
    support: rows(support, (student) => (student === 0 || student === 1 ? 0 : 1 + (student % support))),
    query: rows(query, (student) => (student === 0 ? 0 : query - (student % 2))),
  };
}
