import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MetaBatch } from '../../../src/learning/meta/meta-loss.ts';
import { adaptPrompt, adaptWeights, forecastNetworkLogit } from '../../../src/learning/network/adaptation.ts';
import type { NetworkAnswers } from '../../../src/learning/network/adaptation.ts';
import { flatWeights } from '../../../src/learning/network/forward.ts';
import { NETWORK_LEARNERS } from '../../../src/learning/network/learners.ts';
import {
  DEFAULT_NETWORK_SHAPE,
  initialNetworkParameters,
  networkSizes,
  promptLength,
  weightNames,
} from '../../../src/learning/network/parameters.ts';
import type { NetworkParameters, NetworkShape } from '../../../src/learning/network/parameters.ts';
import { descend } from '../../../src/learning/network/tensor-descent.ts';
import { lookAtNetwork, weightDescent } from '../../../src/learning/network/tensor-network.ts';
import { choosePrompt, freeze, lookAtPrompt, promptDescent } from '../../../src/learning/network/tensor-prompt.ts';
import { crossEntropy } from '../../../src/learning/numeric.ts';
import { createRandom } from '../../../src/learning/random.ts';
import { noHistory, summariseHistory, writeFeatures } from '../../../src/learning/student-model/features.ts';
import { realBackend } from '../../support/backend.ts';
import { someBatch, someParameters } from './reference.ts';

const base = { features: 5, abilityFeatures: [2], innerSteps: 3, prompts: 3, encoding: 4 };
const SHAPES: readonly NetworkShape[] = [
  { ...base, hidden: [6] },
  { ...base, hidden: [5, 4] },
];
const NO_ANSWERS: NetworkAnswers = { features: [], offset: [], correct: [], weight: [] };

beforeAll(async () => {
  await realBackend();
});

/** The answers of one student of a batch. */
function answersOf(
  batch: MetaBatch,
  shape: NetworkShape,
  student: number,
  part: 'support' | 'query' = 'support',
): NetworkAnswers {
  const { length, features, offset, correct, weight } = batch[part];
  const count = weight.subarray(student * length, (student + 1) * length).filter((value) => value > 0).length;
  const cut = (values: Float32Array, width: number): Float32Array =>
    values.subarray(student * length * width, (student * length + count) * width);
  return { features: cut(features, shape.features), offset: cut(offset, 1), correct: cut(correct, 1), weight: cut(weight, 1) };
}

/** Forecasts of all query rows of a batch by the tensor version, [B · Q]. */
function tensorForecasts(
  learner: 'maml' | 'prompt',
  parameters: NetworkParameters,
  shape: NetworkShape,
  batch: MetaBatch,
): Float32Array {
  const logits = tf.tidy(() => {
    const sizes = networkSizes(shape);
    const tensors = Object.fromEntries(
      Object.entries(sizes).map(([name, size]) => [name, tf.tensor(parameters[name]!, [...size])]),
    );
    const rows = (part: 'support' | 'query') => {
      const { length, features, offset, correct, weight } = batch[part];
      const column = (values: Float32Array): tf.Tensor => tf.tensor(values, [batch.students, length, 1]);
      return {
        features: tf.tensor(features, [batch.students, length, shape.features]),
        offset: column(offset),
        correct: column(correct),
        weight: column(weight),
      };
    };
    const [support, query] = [rows('support'), rows('query')];
    const shared = weightDescent(shape, tensors);
    if (learner === 'maml') {
      const states = descend({ ...shared, ...support, look: (at) => lookAtNetwork(shape, at, support), firstOrder: false });
      return lookAtNetwork(shape, states.at(-1)!, query).logit;
    }
    const frozen = freeze(shape, shared.start, support);
    const states = descend({
      start: { prompt: choosePrompt(shape, tensors, support, lookAtNetwork(shape, shared.start, support).logit).chosen },
      ...promptDescent(shape, tensors),
      look: (at) => lookAtPrompt(frozen, at['prompt']!),
      correct: support.correct,
      weight: support.weight,
      firstOrder: false,
    });
    return lookAtPrompt(freeze(shape, shared.start, query), states.at(-1)!['prompt']!).logit;
  });
  const values = logits.dataSync() as Float32Array;
  logits.dispose();
  return values;
}

describe.each(SHAPES)('a network with hidden layers $hidden', (shape) => {
  it.each([
    ['maml', false],
    ['maml', true],
    ['prompt', false],
    ['prompt', true],
  ] as const)('forecasts on plain numbers what the tensors forecast: %s, overshooting steps: %s', (learner, overshoot) => {
    const random = createRandom(21);
    const parameters = someParameters(shape, random, overshoot);
    const batch = someBatch(shape, 7, 6, 3, random);
    const expected = tensorForecasts(learner, parameters, shape, batch);
    for (let student = 0; student < batch.students; student++) {
      const adapted = NETWORK_LEARNERS[learner].adapt(parameters, shape, answersOf(batch, shape, student));
      for (let row = 0; row < batch.query.length; row++) {
        const at = student * batch.query.length + row;
        const logit = forecastNetworkLogit(adapted, batch.query.offset[at]!, batch.query.features, at * shape.features);
        expect(Math.abs(logit - expected[at]!)).toBeLessThan(1e-5 * Math.max(1, Math.abs(logit)));
      }
    }
  });

  it.each(['maml', 'fomaml', 'reptile', 'prompt'] as const)(
    'forecasts what the tensors forecast after 1 to 2,000 answers, whatever the parameters: %s',
    (learner) => {
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 1e6 }),
          fc.oneof(fc.constantFrom(1, 2000), fc.integer({ min: 1, max: 2000 })),
          (seed, length) => {
            const random = createRandom(seed);
            const parameters = someParameters(shape, random);
            const batch = someBatch(shape, 2, length, 3, random);
            // The second student has answers to the full length.
            batch.support.weight.fill(1, length);
            batch.query.weight.fill(1);
            const expected = tensorForecasts(learner === 'prompt' ? 'prompt' : 'maml', parameters, shape, batch);
            for (const student of [0, 1]) {
              const adapted = NETWORK_LEARNERS[learner].adapt(parameters, shape, answersOf(batch, shape, student));
              for (let at = student * 3; at < student * 3 + 3; at++) {
                const logit = forecastNetworkLogit(adapted, batch.query.offset[at]!, batch.query.features, at * shape.features);
                expect(Math.abs(logit - expected[at]!)).toBeLessThan(1e-5 * Math.max(1, Math.abs(logit)));
              }
            }
          },
        ),
        { numRuns: 15 },
      );
    },
  );

  it('is W₀ exactly before the first answer', () => {
    const parameters = someParameters(shape, createRandom(22));
    for (const learner of ['maml', 'fomaml', 'reptile'] as const) {
      const { layout, weights, prompt, objectives } = NETWORK_LEARNERS[learner].adapt(parameters, shape, NO_ANSWERS);
      expect(prompt).toBeNull();
      expect(objectives).toEqual([0]);
      for (const { name, begin, end } of layout.tensors)
        expect(Array.from(weights.subarray(begin, end))).toEqual(Array.from(parameters[name]!));
    }
  });

  it('has the mixture for a student without answers before the first answer of prompt-tuning, over unmoved weights', () => {
    const parameters = someParameters(shape, createRandom(23));
    const { layout, weights, prompt } = adaptPrompt(parameters, shape, NO_ANSWERS);
    expect(Array.from(weights)).toEqual(Array.from(flatWeights(layout, parameters)));
    const scores = Array.from({ length: shape.prompts }, (_, each) =>
      Array.from(parameters['emptyEncoding']!).reduce(
        (sum, value, entry) => sum + (value * parameters['keys']![each * shape.encoding + entry]!) / Math.sqrt(shape.encoding),
        0,
      ),
    ).map(Math.exp);
    const total = scores.reduce((sum, score) => sum + score, 0);
    const length = promptLength(shape);
    prompt!.forEach((value, entry) =>
      expect(value).toBeCloseTo(
        scores.reduce((sum, score, each) => sum + (score / total) * parameters['pool']![each * length + entry]!, 0),
        10,
      ),
    );
  });

  it('chooses another prompt after other answers', () => {
    const parameters = {
      ...someParameters(shape, createRandom(24)),
      promptRate: new Float32Array(3 * promptLength(shape)).fill(-5),
    };
    const answers = answersOf(someBatch(shape, 7, 6, 3, createRandom(25)), shape, 5);
    const right = adaptPrompt(parameters, shape, { ...answers, correct: Array.from(answers.correct, () => 1) });
    const wrong = adaptPrompt(parameters, shape, { ...answers, correct: Array.from(answers.correct, () => 0) });
    expect(Math.max(...right.prompt!.map((value, entry) => Math.abs(value - wrong.prompt![entry]!)))).toBeGreaterThan(0.01);
  });
});

describe('the inner steps of the default network', () => {
  const shape = DEFAULT_NETWORK_SHAPE;
  const trained = (scale: number, rate: number): NetworkParameters => {
    const random = createRandom(31);
    const parameters = initialNetworkParameters(shape, random);
    for (const name of weightNames(shape)) {
      parameters[name]!.forEach((value, index) => (parameters[name]![index] = value + scale * random.normal()));
      parameters[`${name}Rate`]!.fill(Math.log(rate) / 10);
    }
    parameters['promptRate']!.fill(Math.log(rate) / 10);
    return parameters;
  };
  const answers = (count: number, seed: number, chance: (row: number) => number): NetworkAnswers => {
    const random = createRandom(seed);
    return {
      features: Float64Array.from({ length: count * shape.features }, () => 0.6 * random.normal()),
      offset: Float64Array.from({ length: count }, () => random.normal()),
      correct: Float64Array.from({ length: count }, (_, row) => (random.uniform() < chance(row) ? 1 : 0)),
      weight: new Float64Array(count).fill(1),
    };
  };
  /** What the objective is made of, from its definition. */
  const objectiveOf = (
    parameters: NetworkParameters,
    given: NetworkAnswers,
    adapted: ReturnType<typeof adaptWeights>,
  ): number => {
    let sum = 0;
    for (let row = 0; row < given.correct.length; row++) {
      const logit = forecastNetworkLogit(adapted, given.offset[row]!, given.features, row * shape.features);
      sum += given.weight[row]! * crossEntropy(logit, given.correct[row]!);
    }
    adapted.layout.tensors.forEach(({ name, begin, end }, index) => {
      for (let entry = begin; entry < end; entry++)
        sum += Math.exp(10 * parameters['prior']![index]!) * (adapted.weights[entry]! - parameters[name]![entry - begin]!) ** 2;
    });
    return sum;
  };

  const cases = [
    ['2,000 answers, half of them right', 2000, () => 0.5],
    ['2,000 answers, all right', 2000, () => 1],
    ['2,000 answers, all wrong', 2000, () => 0],
    ['2,000 answers, first wrong, then right', 2000, (row: number) => (row < 1000 ? 0 : 1)],
    ['one answer', 1, () => 1],
    ['ten answers, all wrong', 10, () => 0],
  ] as const;

  it.each(cases)('never raise loss and prior, whatever the rates: %s', (_, count, chance) => {
    for (const rate of [0.002, 0.5, 1000]) {
      const parameters = trained(0.2, rate);
      const given = answers(count, 7, chance);
      for (const adapted of [adaptWeights(parameters, shape, given), adaptPrompt(parameters, shape, given)]) {
        expect(adapted.objectives).toHaveLength(shape.innerSteps + 1);
        adapted.objectives.forEach((value, step) => {
          expect(Number.isFinite(value)).toBe(true);
          if (step > 0) expect(value).toBeLessThanOrEqual(adapted.objectives[step - 1]!);
        });
        expect(adapted.objectives.at(-1)!).toBeLessThan(adapted.objectives[0]!);
        expect(adapted.weights.every(Number.isFinite)).toBe(true);
        for (let row = 0; row < Math.min(count, 20); row++)
          expect(Number.isFinite(forecastNetworkLogit(adapted, 0, given.features, row * shape.features))).toBe(true);
        if (!adapted.prompt) expect(adapted.objectives.at(-1)!).toBeCloseTo(objectiveOf(parameters, given, adapted), 6);
      }
    }
  });

  it('are never cut in a model that is linear in what is adapted, at any rate: the bound holds', () => {
    // Hidden units that never fire: only the direct path and the level are left.
    const parameters = trained(0, 1000);
    parameters['bias1']!.fill(-1e6);
    const given = answers(200, 9, (row) => (row % 3 ? 0.9 : 0.1));
    const { objectives, shares } = adaptWeights(parameters, shape, given);
    expect(shares).toEqual([1, 1, 1, 1, 1]);
    objectives.forEach((value, step) => step > 0 && expect(value).toBeLessThan(objectives[step - 1]!));
  });

  it('move the forecast with the evidence: ten right answers more than one, wrong ones the other way', () => {
    const parameters = trained(0.1, 0.02);
    const asked = new Float64Array(shape.features);
    const after = (count: number, right: number): number => {
      const given = {
        ...answers(count, 11, () => right),
        features: new Float64Array(count * shape.features),
        offset: new Float64Array(count),
      };
      return forecastNetworkLogit(adaptWeights(parameters, shape, given), 0, asked, 0);
    };
    const before = after(0, 1);
    expect(after(1, 1)).toBeGreaterThan(before);
    expect(after(10, 1)).toBeGreaterThan(after(1, 1) + 0.05);
    expect(after(10, 0)).toBeLessThan(before - 0.05);
  });

  it('are the same numbers every time', () => {
    const parameters = trained(0.2, 0.05);
    const given = answers(40, 13, () => 0.6);
    expect(adaptWeights(parameters, shape, given)).toEqual(adaptWeights(parameters, shape, given));
    expect(adaptPrompt(parameters, shape, given)).toEqual(adaptPrompt(parameters, shape, given));
  });
});

describe('the untrained network', () => {
  it('is the closed form: the features that the direct path sums are the ability', () => {
    const shape = DEFAULT_NETWORK_SHAPE;
    const parameters = initialNetworkParameters(shape, createRandom(1));
    const knowledge = {
      question: 0.3,
      set: 0.2,
      course: 0.1,
      questionAnswers: 12,
      setAnswers: 30, // prettier-ignore
      adjusted: 0.4,
      adjustedSkill: 0.2,
      adjustedError: 0.5,
      skillError: 0.4,
      students: 30,
      company: 0.25,
      companySkill: 0.15, // prettier-ignore
    };
    const spread = { ability: 0.8, strength: 0 };
    const answer = (correct: number) => ({ question: 1, skills: [0], knowledge, correct, weight: 1 });
    for (const answers of [[], [1], [1, 1, 0, 1], [0, 0, 0]].map((each) => each.map(answer))) {
      const history = answers.length > 0 ? summariseHistory(answers, spread) : noHistory(spread);
      const features = new Float64Array(shape.features);
      writeFeatures(features, 0, history, { question: 2, skills: [0], knowledge });
      const adapted = adaptWeights(parameters, shape, NO_ANSWERS);
      expect(forecastNetworkLogit(adapted, 0.7, features, 0)).toBeCloseTo(0.7 + history.ability, 6);
    }
  });
});
