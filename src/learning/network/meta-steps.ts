import * as tf from '@tensorflow/tfjs-core';
import type { TensorStep } from '../meta/meta-loss.ts';
import { networkSizes, PROMPT_NAMES, stepNames, weightNames } from './parameters.ts';
import type { NetworkShape } from './parameters.ts';
import { descend, logLoss } from './tensor-descent.ts';
import type { Tensors } from './tensor-descent.ts';
import { lookAtNetwork, weightDescent } from './tensor-network.ts';
import type { RowTensors } from './tensor-network.ts';
import { choosePrompt, freeze, lookAtPrompt, promptDescent } from './tensor-prompt.ts';

/**
 * One outer step as a pure function of tensors: nothing is read inside, so that it can be recorded and compiled.
 *
 * In: every parameter under its own name; `support.features` [B, K, F], `support.offset`, `support.correct`, `support.weight` [B, K, 1], the same
 * for `query`; `beta` [1]; `stepShares` [S]. Out: `loss`, `supportLoss`, `queryLoss` [] and `gradient.NAME` for each name in `trained`.
 */
export interface MetaStep {
  /** The parameters that it moves. */
  readonly trained: readonly string[];
  /** The parameters that it reads. */
  readonly read: readonly string[];
  compute(inputs: Tensors): Tensors;
}

/** L(θ) + β·L(adapted θ): the losses after each inner step weighted by `stepShares`. */
interface Objective {
  readonly support: tf.Tensor;
  /** Query loss after each inner step; only the last where the others do not count. */
  readonly query: readonly tf.Tensor[];
}

function rowsOf(inputs: Tensors, part: 'support' | 'query'): RowTensors {
  const take = (name: string): tf.Tensor => inputs[`${part}.${name}`]!;
  return { features: take('features'), offset: take('offset'), correct: take('correct'), weight: take('weight') };
}

/** Mean over the answers of all students, each counting by its weight. */
const meanLoss = (logit: tf.Tensor, rows: RowTensors): tf.Tensor =>
  tf.div(tf.sum(tf.mul(logLoss(logit, rows.correct), rows.weight)), tf.maximum(tf.sum(rows.weight), 1));

function gradientStep(trained: readonly string[], read: readonly string[], objective: (inputs: Tensors) => Objective): MetaStep {
  return {
    trained,
    read,
    compute(inputs) {
      let parts: { support: tf.Tensor; query: tf.Tensor } | undefined;
      const { value, grads } = tf.valueAndGrads((...moved: tf.Tensor[]) => {
        const { support, query } = objective({
          ...inputs,
          ...Object.fromEntries(trained.map((name, index) => [name, moved[index]!])),
        });
        const last = query.at(-1)!;
        parts = { support: tf.keep(tf.clone(support)), query: tf.keep(tf.clone(last)) };
        const weighted = query.length === 1 ? last : tf.sum(tf.mul(tf.stack(query as tf.Scalar[]), inputs['stepShares']!));
        return tf.add(support, tf.mul(tf.reshape(inputs['beta']!, []), weighted)) as tf.Scalar;
      })(trained.map((name) => inputs[name]!));
      return {
        loss: value,
        supportLoss: parts!.support,
        queryLoss: parts!.query,
        ...Object.fromEntries(trained.map((name, index) => [`gradient.${name}`, grads[index]!])),
      };
    },
  };
}

const shared = (shape: NetworkShape, inputs: Tensors): Tensors =>
  Object.fromEntries(weightNames(shape).map((name) => [name, tf.expandDims(inputs[name]!, 0)]));

/** Plain joint training: the same weights for everybody, no inner step. What prompt-tuning freezes. */
export function jointStep(shape: NetworkShape): MetaStep {
  const names = weightNames(shape);
  return gradientStep(names, names, (inputs) => {
    const weights = shared(shape, inputs);
    const loss = (part: 'support' | 'query'): tf.Tensor =>
      meanLoss(lookAtNetwork(shape, weights, rowsOf(inputs, part)).logit, rowsOf(inputs, part));
    return { support: loss('support'), query: [loss('query')] };
  });
}

/**
 * MAML over every weight (Finn et al. 2017), with learned per-parameter, per-step rates and the multi-step loss of MAML++ (Antoniou et al.
 * 2019). The inner gradient is written out, so first-order automatic differentiation gives the exact second-order gradient.
 * @param firstOrder treats the inner steps' gradients as constants (rates and λ still learn)
 * @param everyStep computes the query loss after every inner step and weighs it by `stepShares`; otherwise the last one counts alone
 */
export function mamlStep(shape: NetworkShape, firstOrder: boolean, everyStep: boolean): MetaStep {
  const names = [...weightNames(shape), ...stepNames(shape)];
  return gradientStep(names, names, (inputs) => {
    const support = rowsOf(inputs, 'support');
    const query = rowsOf(inputs, 'query');
    const descent = weightDescent(shape, inputs);
    const states = descend({ ...descent, ...support, look: (at) => lookAtNetwork(shape, at, support), firstOrder });
    return {
      support: meanLoss(lookAtNetwork(shape, descent.start, support).logit, support),
      query: (everyStep ? states : states.slice(-1)).map((at) => meanLoss(lookAtNetwork(shape, at, query).logit, query)),
    };
  });
}

/**
 * Reptile (Nichol et al. 2018): every student's inner loop moves all weights on all of their answers; the "gradient" is minus the mean
 * movement of the students who have answers, to be scaled by ε. Rates and λ are not learned. The losses are reported only: after adaptation to the support set.
 */
export function reptileStep(shape: NetworkShape): MetaStep {
  const names = weightNames(shape);
  return {
    trained: names,
    read: [...names, ...stepNames(shape)],
    compute(inputs) {
      const support = rowsOf(inputs, 'support');
      const query = rowsOf(inputs, 'query');
      const joined = (name: keyof RowTensors): tf.Tensor => tf.concat([support[name], query[name]], 1);
      const all: RowTensors = {
        features: joined('features'),
        offset: joined('offset'),
        correct: joined('correct'),
        weight: joined('weight'),
      };
      const descent = weightDescent(shape, inputs);
      const adaptTo = (rows: RowTensors): Tensors =>
        descend({ ...descent, ...rows, look: (at) => lookAtNetwork(shape, at, rows), firstOrder: true }).at(-1)!;
      const reached = adaptTo(all);
      const present = tf.cast(tf.greater(tf.sum(all.weight, 1, true), 0), 'float32');
      const students = tf.maximum(tf.sum(present), 1);
      const supportLoss = meanLoss(lookAtNetwork(shape, descent.start, support).logit, support);
      const queryLoss = meanLoss(lookAtNetwork(shape, adaptTo(support), query).logit, query);
      return {
        loss: tf.add(supportLoss, tf.mul(tf.reshape(inputs['beta']!, []), queryLoss)),
        supportLoss,
        queryLoss,
        ...Object.fromEntries(
          names.map((name) => [
            `gradient.${name}`,
            tf.div(tf.sum(tf.mul(present, tf.sub(descent.start[name]!, reached[name]!)), 0), students),
          ]),
        ),
      };
    },
  };
}

/**
 * Prompt-tuning: the network is frozen, a prompt chosen from the pool by the support set modulates its last relu layer and is refined by
 * inner steps on the prompt alone. The support set's unadapted loss is that under the prompt of a student without answers.
 */
export function promptStep(shape: NetworkShape, everyStep: boolean): MetaStep {
  return gradientStep(PROMPT_NAMES, [...weightNames(shape), ...PROMPT_NAMES], (inputs) => {
    const support = rowsOf(inputs, 'support');
    const query = rowsOf(inputs, 'query');
    const weights = shared(shape, inputs);
    const frozenSupport = freeze(shape, weights, support);
    const frozenQuery = freeze(shape, weights, query);
    const { chosen, empty } = choosePrompt(shape, inputs, support, lookAtNetwork(shape, weights, support).logit);
    const states = descend({
      start: { prompt: chosen },
      ...promptDescent(shape, inputs),
      look: (at) => lookAtPrompt(frozenSupport, at['prompt']!),
      correct: support.correct,
      weight: support.weight,
      firstOrder: false,
    });
    return {
      support: meanLoss(lookAtPrompt(frozenSupport, empty).logit, support),
      query: (everyStep ? states : states.slice(-1)).map((at) => meanLoss(lookAtPrompt(frozenQuery, at['prompt']!).logit, query)),
    };
  });
}

/** Sizes of all inputs of a step, in its order, for B students with K support and Q query rows. */
export function metaStepSizes(
  step: MetaStep,
  shape: NetworkShape,
  students: number,
  supportLength: number,
  queryLength: number,
): Record<string, readonly number[]> {
  const sizes = networkSizes(shape);
  const rows = (part: string, length: number): [string, readonly number[]][] => [
    [`${part}.features`, [students, length, shape.features]],
    ...['offset', 'correct', 'weight'].map((name): [string, readonly number[]] => [`${part}.${name}`, [students, length, 1]]),
  ];
  return {
    ...Object.fromEntries(step.read.map((name) => [name, sizes[name]!])),
    ...Object.fromEntries([...rows('support', supportLength), ...rows('query', queryLength)]),
    beta: [1],
    stepShares: [shape.innerSteps],
  };
}

/** Names of what a step gives, in its order. */
export const metaStepOutputs = (step: MetaStep): readonly string[] => [
  'loss',
  'supportLoss',
  'queryLoss',
  ...step.trained.map((name) => `gradient.${name}`),
];

/** The step as a function of tensors in the order of `inputNames`, giving them in the order of `metaStepOutputs`; to be compiled. */
export const asTensorStep =
  (step: MetaStep, inputNames: readonly string[]): TensorStep =>
  (inputs) => {
    const outputs = step.compute(Object.fromEntries(inputNames.map((name, index) => [name, inputs[index]!])));
    return metaStepOutputs(step).map((name) => outputs[name]!);
  };
