import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createStepCompiler } from '../../../src/compute/compile.ts';
import { createEpisode, LONG_BATCH, SHORT_BATCH, supportAnswer } from '../../../src/learning/meta/episodes.ts';
import type { Episode } from '../../../src/learning/meta/episodes.ts';
import { adaptWeights } from '../../../src/learning/network/adaptation.ts';
import { drawNetworkBatch } from '../../../src/learning/network/batches.ts';
import { JOINT_STAGE, NETWORK_LEARNERS } from '../../../src/learning/network/learners.ts';
import type { NetworkLearner } from '../../../src/learning/network/learners.ts';
import {
  copyNetworkParameters,
  DEFAULT_NETWORK_SHAPE,
  initialNetworkParameters,
} from '../../../src/learning/network/parameters.ts';
import type { NetworkParameters, NetworkShape } from '../../../src/learning/network/parameters.ts';
import { fitNetwork, networkAnswers, networkForecast } from '../../../src/learning/network/student.ts';
import { networkTrainee } from '../../../src/learning/network/trainee.ts';
import { optimise } from '../../../src/learning/meta/optimise.ts';
import { crossEntropy } from '../../../src/learning/numeric.ts';
import { createRandom } from '../../../src/learning/random.ts';
import { realBackend } from '../../support/backend.ts';
import { simulatedClass } from '../../support/courses.ts';

const shape: NetworkShape = { ...DEFAULT_NETWORK_SHAPE, hidden: [12], innerSteps: 3, prompts: 8 };
const batches = { short: { ...SHORT_BATCH, students: 24, support: 12, query: 10, after: [0, 1, 3, 6, 12] }, long: { ...LONG_BATCH, students: 6, support: 25, query: 8, after: [15, 25], window: 38 } }; // prettier-ignore
const { table } = simulatedClass(160, 5);
const heldBack = (student: number): boolean => student % 4 === 0;
const episode: Episode = createEpisode(
  table,
  (student) => !heldBack(student),
  (student) => !heldBack(student),
  -1,
);

/** Nobody's answers move anything: the closed form, while the network is untrained. */
const UNADAPTED: Pick<NetworkLearner, 'adapt'> = {
  adapt: (parameters, given) => adaptWeights(parameters, given, { features: [], offset: [], correct: [], weight: [] }),
};

/** Mean log-loss of the next ten answers of students who were held back, after 0, 3 and 10 answers. */
function heldBackLoss(learner: Pick<NetworkLearner, 'adapt'>, parameters: NetworkParameters): number {
  let sum = 0;
  let count = 0;
  table.students.forEach((_, student) => {
    if (!heldBack(student)) return;
    for (const after of [0, 3, 10]) {
      const begin = table.start[student]!;
      const answers = Array.from({ length: after }, (__, index) => supportAnswer(table, episode.knowledge, begin + index));
      const fitted = fitNetwork(learner, parameters, shape, answers, episode.knowledge.spread);
      for (let row = begin + after; row < begin + after + 10; row++) {
        const asked = supportAnswer(table, episode.knowledge, row, row - begin - after);
        sum += crossEntropy(networkForecast(fitted, asked), asked.correct);
        count++;
      }
    }
  });
  return sum / count;
}

async function train(learner: NetworkLearner, steps: number): Promise<{ parameters: NetworkParameters; queryLosses: number[] }> {
  const parameters = copyNetworkParameters(initialNetworkParameters(shape, createRandom(2)));
  const queryLosses: number[] = [];
  const compiler = createStepCompiler();
  await optimise({
    trainee: networkTrainee(parameters, shape, learner),
    stage: { beta: 3, compiler: compiler.compile },
    steps,
    peakRate: 4e-3,
    batches,
    random: createRandom(3),
    nextEpisode: () => episode,
    afterStep: (_, { queryLoss }) => void queryLosses.push(queryLoss),
  });
  compiler.dispose();
  return { parameters, queryLosses };
}

beforeAll(async () => {
  await realBackend();
});

describe('meta-training the network on a simulated course', () => {
  it.each(Object.values(NETWORK_LEARNERS).map((learner) => [learner.name, learner] as const))(
    '%s forecasts students never seen better than the untrained closed form',
    async (_, learner) => {
      const closedForm = heldBackLoss(UNADAPTED, initialNetworkParameters(shape, createRandom(2)));
      const { parameters } = await train(learner, 160);
      expect(heldBackLoss(learner, parameters)).toBeLessThan(closedForm);
    },
  );

  it.each(Object.values(NETWORK_LEARNERS).map((learner) => [learner.name, learner] as const))(
    '%s: the same seed gives the same weights, bit for bit, and leaves no tensor behind',
    async (_, learner) => {
      const first = await train(learner, 6);
      const tensors = tf.memory().numTensors;
      const second = await train(learner, 6);
      expect(second).toEqual(first);
      expect(tf.memory().numTensors).toBe(tensors);
      expect(first.queryLosses.every(Number.isFinite)).toBe(true);
    },
  );

  it('draws each support answer as the runtime reads it: after the answers before it', () => {
    const batch = drawNetworkBatch(episode, shape, { ...batches.short, students: 6, after: [6] }, createRandom(8));
    const found = table.students.flatMap((_, student) => {
      const begin = table.start[student]!;
      return Array.from({ length: table.start[student + 1]! - begin - 6 }, (__, first) => {
        const answers = Array.from({ length: 6 }, (___, index) => supportAnswer(table, episode.knowledge, begin + first + index));
        const rows = networkAnswers(shape, answers, episode.knowledge.spread);
        const task = Array.from({ length: 6 }, (___, each) => each).find((each) =>
          Array.from(rows.offset).every(
            (value, index) => Math.fround(value) === batch.support.offset[each * batch.support.length + index],
          ),
        );
        if (task === undefined) return [];
        const at = task * batch.support.length * shape.features;
        expect(Array.from(rows.features, Math.fround)).toEqual(
          Array.from(batch.support.features.subarray(at, at + 6 * shape.features)),
        );
        return [task];
      }).flat();
    });
    expect(new Set(found).size).toBe(6);
  });
});

describe('the learners', () => {
  it.each([
    ...Object.values(NETWORK_LEARNERS).map((learner) => [learner.name, learner.stages.at(-1)!] as const),
    ['joint', JOINT_STAGE] as const,
  ])('%s computes the same compiled as eagerly', async (_, stage) => {
    const batch = drawNetworkBatch(episode, shape, batches.short, createRandom(8));
    const parameters = initialNetworkParameters(shape, createRandom(1));
    const compiler = createStepCompiler();
    const eager = await stage.start({ shape, beta: 2 }).gradients(parameters, batch, [0.2, 0.3, 0.5]);
    const compiled = await stage
      .start({ shape, beta: 2, compiler: compiler.compile })
      .gradients(parameters, batch, [0.2, 0.3, 0.5]);
    compiler.dispose();
    expect(compiled.loss).toBeCloseTo(eager.loss, 5);
    for (const [name, values] of Object.entries(eager.gradients)) {
      const largest = Math.max(1e-6, ...values.map(Math.abs));
      values.forEach((value, index) => expect(Math.abs(value - compiled.gradients[name]![index]!)).toBeLessThan(1e-4 * largest));
    }
  });

  it('refuse step shares that are not one for each inner step', async () => {
    const step = NETWORK_LEARNERS.maml.stages[0]!.start({ shape, beta: 1 });
    const batch = drawNetworkBatch(episode, shape, batches.short, createRandom(8));
    await expect(step.gradients(initialNetworkParameters(shape, createRandom(1)), batch, [0.5, 0.5])).rejects.toMatchObject({
      code: 'step-shares',
    });
  });
});
