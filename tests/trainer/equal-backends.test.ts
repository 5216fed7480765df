import { beforeAll, describe, expect, it } from 'vitest';
import { decodeModel, encodeModel } from '../../src/learning/model-file.ts';
import { LEARNERS } from '../../src/learning/meta/learner.ts';
import { NETWORK_LEARNERS } from '../../src/learning/network/learners.ts';
import { sha256 } from '../../src/main/services/model-store.ts';
import { trainInProcess } from '../../src/main/trainer/client.ts';
import { forkTrainer } from '../../src/main/trainer/fork.ts';
import { simulatedClass } from '../support/courses.ts';
import { expectSameTraining, trainOnBackend } from '../support/backend-process.ts';
import type { TrainedOnBackend } from '../support/backend-process.ts';

const TOLERANCE = 1e-4;
const DEFAULT = 'phi/maml:4';
/** All others: two steps, one of each stage of prompt-tuning. */
const OTHERS = [
  ...Object.keys(LEARNERS).map((name) => `phi/${name}:2`),
  ...Object.keys(NETWORK_LEARNERS).map((name) => `network/${name}:2`),
].filter((each) => !each.startsWith('phi/maml'));
const NAMES = [DEFAULT, ...OTHERS].map((each) => each.split(':')[0]!);

describe('the same training on every backend, each in a process of its own', () => {
  let reference: TrainedOnBackend;

  beforeAll(async () => {
    reference = await trainOnBackend('tensorflow', [DEFAULT, ...OTHERS]).catch((error: unknown) => {
      if (process.env['PATHLIGHT_REQUIRE_TENSORFLOW'] === '1') throw error;
      console.warn(
        'TensorFlow is not set up (scripts/setup-tensorflow.mjs): the other backends are compared with each other only.',
      );
      return trainOnBackend('cpu', [DEFAULT, ...OTHERS]);
    });
  });

  describe.each(['wasm', 'cpu'] as const)('%s', (backend) => {
    let trained: TrainedOnBackend;

    beforeAll(async () => {
      trained = await trainOnBackend(backend, [DEFAULT, ...OTHERS]);
    });

    it('computes with itself', () => {
      expect(trained.capability).toMatchObject({ backend, gpu: false });
      expect(trained.capability.selfTest.checks).toBeGreaterThan(10);
    });

    it.each(NAMES)('%s: parameters, losses and forecasts', (name) => {
      expectSameTraining(trained.results[name]!, reference.results[name]!, TOLERANCE);
    });
  });
});

it('a training takes the backend that it is asked for, and its model says so, in its file too', async () => {
  const { table, map } = simulatedClass(6, 3, 12);
  let told: string | undefined;
  const model = await trainInProcess(
    forkTrainer,
    { table, courseMap: map, learner: 'maml', seed: 1, steps: 1 },
    { wish: { backend: 'wasm', strict: true }, onComputing: ({ backend }) => (told = backend) },
  );
  expect([told, model.backend, decodeModel(encodeModel(model, null, sha256), 'm', sha256).backend]).toEqual([
    'wasm',
    'wasm',
    'wasm',
  ]);
});
