import { beforeAll, describe, expect, it } from 'vitest';
import { createMember } from '../../src/learning/members.ts';
import { createEpisode, drawTask, supportAnswer } from '../../src/learning/meta/episodes.ts';
import { eagerly } from '../../src/learning/meta/meta-loss.ts';
import type { MetaBatch } from '../../src/learning/meta/meta-loss.ts';
import { optimise } from '../../src/learning/meta/optimise.ts';
import { NO_EFFECTS, traineesOf } from '../../src/learning/meta/school-members.ts';
import { factorGradient } from '../../src/learning/meta/trainee.ts';
import { drawProcessBatch } from '../../src/learning/neural-process/batches.ts';
import { ProcessTraining } from '../../src/learning/neural-process/gradients.ts';
import type { ProcessGradients } from '../../src/learning/neural-process/gradients.ts';
import { initialProcess, PROCESS_NAMES } from '../../src/learning/neural-process/parameters.ts';
import type { ProcessParameters, ProcessShape } from '../../src/learning/neural-process/parameters.ts';
import { processTrainee } from '../../src/learning/neural-process/trainee.ts';
import { crossEntropy, sigmoid } from '../../src/learning/numeric.ts';
import { createRandom } from '../../src/learning/random.ts';
import { FEATURE_COUNT, offsetOf, summariseHistory, writeFeatures } from '../../src/learning/student-model/features.ts';
import type { SupportAnswer } from '../../src/learning/student-model/features.ts';
import { realBackend } from '../support/backend.ts';
import { simulatedClass } from '../support/courses.ts';

const SHAPE: ProcessShape = { features: FEATURE_COUNT, embedding: 3, pooled: 6, hidden: 7 };
const SETTINGS = { students: 6, support: 6, query: 4, after: [0, 1, 4, 6], window: 20 };

const { table } = simulatedClass(30, 5);
const everybody = (): boolean => true;
const episode = createEpisode(table, everybody, everybody, 0);
const { knowledge } = episode;
const context = { spread: knowledge.spread };

/** Away from the start values, so that nothing is zero by accident. */
function someParameters(): ProcessParameters {
  const random = createRandom(11);
  const parameters = initialProcess(SHAPE, table.skills.length, random);
  for (const values of Object.values(parameters))
    values.forEach((value, index) => (values[index] = value + 0.2 * random.normal()));
  return parameters;
}

type Wide = Readonly<Record<string, ArrayLike<number>>>;

const layer = (input: readonly number[], weight: ArrayLike<number>, bias: ArrayLike<number>): number[] =>
  Array.from({ length: bias.length }, (_, unit) =>
    input.reduce((sum, value, from) => sum + value * weight[from * bias.length + unit]!, bias[unit]!),
  );
const relu = (values: readonly number[]): number[] => values.map((value) => Math.max(0, value));

interface Read {
  readonly embedding: readonly number[];
  /** Residual, half the difficulty, answer. */
  readonly numbers: readonly number[];
  readonly weight: number;
}

/** The formula in 64-bit plain numbers, written for itself. */
function plainLogit(
  p: Wide,
  answers: readonly Read[],
  features: readonly number[],
  embedding: readonly number[],
  offset: number,
): number {
  const units = answers.map((answer) =>
    relu(
      layer(
        [...answer.embedding, ...answer.embedding.map((value) => value * 2 * answer.numbers[0]!), ...answer.numbers],
        p['readWeight']!,
        p['readBias']!,
      ),
    ),
  );
  const pool = (empty: number, fading: number): number[] => {
    const weights = answers.map(({ weight }, index) => weight * fading ** (answers.length - 1 - index));
    const total = weights.reduce((sum, weight) => sum + weight, empty);
    return Array.from({ length: SHAPE.pooled }, (_, unit) =>
      units.reduce((sum, each, index) => sum + (weights[index]! / total) * each[unit]!, 0),
    );
  };
  const state = [...pool(2, 1).slice(0, SHAPE.pooled / 2), ...pool(0.5, 0.7).slice(SHAPE.pooled / 2)];
  const first = relu(layer([...features, ...embedding, ...state], p['weight1']!, p['bias1']!));
  const second = relu(layer(first, p['weight2']!, p['bias2']!));
  return offset + layer(second, p['weight3']!, p['bias3']!)[0]!;
}

function meanOf(p: Wide, skills: readonly number[]): number[] {
  return Array.from(
    { length: SHAPE.embedding },
    (_, entry) => skills.reduce((sum, skill) => sum + p['skillFactors']![skill * SHAPE.embedding + entry]!, 0) / skills.length,
  );
}

/** Mean log-loss of a batch's queries. */
function plainLoss(p: Wide, { students, support, query }: MetaBatch): number {
  let sum = 0;
  let total = 0;
  for (let student = 0; student < students; student++) {
    const answers: Read[] = [];
    for (let at = student * support.length; at < (student + 1) * support.length && support.skillSet[at]! >= 0; at++)
      answers.push({
        embedding: meanOf(p, table.skillSets[support.skillSet[at]!]!),
        numbers: [...support.features.subarray(at * 3, at * 3 + 3)],
        weight: support.weight[at]!,
      });
    for (let at = student * query.length; at < (student + 1) * query.length; at++) {
      if (query.weight[at] === 0) continue;
      const features = [...query.features.subarray(at * SHAPE.features, (at + 1) * SHAPE.features)];
      const embedding = meanOf(p, table.skillSets[query.skillSet[at]!]!);
      sum += query.weight[at]! * crossEntropy(plainLogit(p, answers, features, embedding, query.offset[at]!), query.correct[at]!);
      total += query.weight[at]!;
    }
  }
  return sum / total;
}

beforeAll(async () => {
  await realBackend();
});

describe('the gradient of the neural process', () => {
  const parameters = someParameters();
  const batch = drawProcessBatch(episode, parameters, SHAPE, SETTINGS, createRandom(3));
  const wide = (): Record<string, Float64Array> =>
    Object.fromEntries(Object.entries(parameters).map(([name, values]) => [name, Float64Array.from(values)]));
  let found: ProcessGradients;

  beforeAll(async () => {
    found = await new ProcessTraining(SHAPE, eagerly).of(parameters, batch);
  });

  it('belongs to the loss of the formula', () => {
    expect(found.loss).toBeCloseTo(plainLoss(wide(), batch), 5);
  });

  it.each([...PROCESS_NAMES, 'skillFactors'])('agrees with finite differences along random directions, by %s', (name) => {
    const gradient: ArrayLike<number> =
      name === 'skillFactors'
        ? factorGradient(parameters.skillFactors.length, SHAPE.embedding, episode, batch, found)!
        : found.shared[name]!;
    expect(gradient.length).toBe(parameters[name]!.length);
    const random = createRandom(name.length);
    for (let draw = 0; draw < 3; draw++) {
      const direction = Float64Array.from(gradient, () => random.normal());
      const at = (side: number): number => {
        const moved = wide();
        direction.forEach((value, index) => (moved[name]![index]! += side * 1e-5 * value));
        return plainLoss(moved, batch);
      };
      const slope = (at(1) - at(-1)) / 2e-5;
      const along = direction.reduce((sum, value, index) => sum + value * gradient[index]!, 0);
      expect(Math.abs(along - slope)).toBeLessThan(1e-3 * Math.max(Math.abs(slope), 0.02));
    }
    expect(Array.from(gradient).some((value) => Math.abs(value) > 1e-5)).toBe(true);
  });
});

describe('a neural process fitted to a student', () => {
  const parameters = someParameters();
  const member = createMember({ kind: 'neural-process', weight: 1, shape: SHAPE, parameters });
  const begin = table.start[4]!;
  const answersOf = (count: number): SupportAnswer[] =>
    Array.from({ length: count }, (_, index) => supportAnswer(table, knowledge, begin + (index % 12)));
  const target = supportAnswer(table, knowledge, begin + 20, 0);

  it.each([0, 1, 7, 100])('forecasts what the formula says after %i answers', (count) => {
    const answers = answersOf(count);
    const history = summariseHistory(answers, context.spread);
    const features = new Float64Array(FEATURE_COUNT);
    writeFeatures(features, 0, history, target);
    const expected = plainLogit(
      parameters,
      answers.map(({ skills, correct, weight, knowledge: known }) => ({
        embedding: meanOf(parameters, skills),
        numbers: [correct - sigmoid(known.adjusted + known.company), known.adjusted / 2, correct],
        weight,
      })),
      [...features],
      meanOf(parameters, target.skills),
      offsetOf(history, target) + history.ability,
    );
    expect(member.adapt(answers, history, context).logit(target)).toBeCloseTo(expected, 9);
  });

  it('is the closed form before it is trained', () => {
    const untrained = createMember({
      kind: 'neural-process',
      weight: 1,
      shape: SHAPE,
      parameters: initialProcess(SHAPE, table.skills.length, createRandom(1)),
    });
    const closed = createMember({ kind: 'closed', weight: 1 });
    const answers = answersOf(5);
    const history = summariseHistory(answers, context.spread);
    const [first, second] = [untrained, closed].map((each) => each.adapt(answers, history, context).logit(target));
    expect(first).toBeCloseTo(second!, 12);
  });

  it('stays a number after 2,000 answers, on questions and skills that nobody knows, and without any skill', () => {
    for (const count of [0, 2000]) {
      const answers = answersOf(count).map((answer, index) =>
        index % 3 === 0 ? { ...answer, skills: [-1], question: -1 } : answer,
      );
      const history = summariseHistory(answers, context.spread);
      const fitted = member.adapt(answers, history, context);
      for (const skills of [[-1], [], [0, -1]])
        expect(Number.isFinite(fitted.logit({ ...target, question: -1, skills }))).toBe(true);
      expect(fitted.phi.every(Number.isFinite)).toBe(true);
    }
  });
});

describe('training it', () => {
  const train = async (seed: number): Promise<ProcessParameters> => {
    const random = createRandom(seed);
    const parameters = initialProcess(SHAPE, table.skills.length, random);
    await optimise({
      trainee: processTrainee(parameters, SHAPE),
      stage: { beta: 1, compiler: eagerly },
      steps: 12,
      peakRate: 3e-3,
      batches: { short: SETTINGS, long: { ...SETTINGS, students: 2, support: 15, after: [10, 15] } },
      random,
      nextEpisode: () => episode,
      afterStep: () => undefined,
    });
    return parameters;
  };

  it('gives the same weights for the same seed, bit for bit', async () => {
    const first = await train(5);
    expect(await train(5)).toEqual(first);
    expect(await train(6)).not.toEqual(first);
  });

  it.each([
    [399, ['phi', 'phi']],
    [400, ['phi', 'phi', 'neural-process', 'neural-process']],
  ] as const)('with %i students there are %j', (students, kinds) => {
    const folds = [{ ...episode, tasks: Array.from({ length: students }, () => 0) }];
    const runs = traineesOf({ table, learner: 'maml' }, folds, NO_EFFECTS, createRandom(1));
    expect(runs.map(({ trainee }) => trainee.snapshot().kind)).toEqual(kinds);
  });

  it('draws students in proportion to their answers where it is told to', () => {
    const few = { ...simulatedClass(2, 5, 10).table };
    const start = Int32Array.of(0, 5, few.question.length);
    const uneven = { ...episode, table: { ...few, start }, tasks: [0, 1] };
    const share = (inProportion: boolean): number => {
      const random = createRandom(2);
      const drawn = Array.from({ length: 2000 }, () => drawTask({ ...uneven, inProportion }, SETTINGS, random).student);
      return drawn.filter((student) => student === 1).length / drawn.length;
    };
    expect(share(false)).toBeCloseTo(0.5, 1);
    expect(share(true)).toBeCloseTo(15 / 20, 1);
  });
});
