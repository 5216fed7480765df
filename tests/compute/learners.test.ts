import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { chooseBackend } from '../../src/compute/backend.ts';
import { createStepCompiler } from '../../src/compute/compile.ts';
import { createEpisode, drawBatch } from '../../src/learning/meta/episodes.ts';
import { LEARNERS } from '../../src/learning/meta/learner.ts';
import { eagerly } from '../../src/learning/meta/meta-loss.ts';
import type { StepCompiler } from '../../src/learning/meta/meta-loss.ts';
import { trainModel } from '../../src/learning/meta/train.ts';
import { drawNetworkBatch } from '../../src/learning/network/batches.ts';
import { NETWORK_LEARNERS } from '../../src/learning/network/learners.ts';
import { DEFAULT_NETWORK_SHAPE, initialNetworkParameters } from '../../src/learning/network/parameters.ts';
import { drawProcessBatch } from '../../src/learning/neural-process/batches.ts';
import { ProcessTraining } from '../../src/learning/neural-process/gradients.ts';
import { DEFAULT_PROCESS_SHAPE, initialProcess } from '../../src/learning/neural-process/parameters.ts';
import { createRandom } from '../../src/learning/random.ts';
import { DEFAULT_SHAPE, initialParameters } from '../../src/learning/student-model/parameters.ts';
import { simulatedClass } from '../support/courses.ts';

const tensorflow = await chooseBackend(['tensorflow']).then(
  () => true,
  () => false,
);

const { table, map } = simulatedClass(40, 6);
const everybody = (): boolean => true;
const episode = createEpisode(table, everybody, everybody, 0);
const SETTINGS = { students: 6, support: 5, query: 4, after: [0, 2, 5], window: 20 };
const SHAPE = { ...DEFAULT_SHAPE, hidden: 6, factors: 3, embedding: 2, innerSteps: 3 };
const NETWORK = { ...DEFAULT_NETWORK_SHAPE, hidden: [6, 5], innerSteps: 3 };

type Gradients = Readonly<Record<string, ArrayLike<number>>>;

/** Equal to 1e-5 of the largest number, by name. */
function expectSame(compiled: Gradients, eager: Gradients): void {
  expect(Object.keys(compiled)).toEqual(Object.keys(eager));
  for (const [name, expected] of Object.entries(eager)) {
    const scale = Math.max(1e-3, ...Array.from(expected, Math.abs));
    Array.from(expected).forEach((value, at) =>
      expect(Math.abs(compiled[name]![at]! - value) / scale, `${name}[${at}]`).toBeLessThan(1e-5),
    );
  }
}

const PHI_STAGES = Object.values(LEARNERS).flatMap((learner) =>
  learner.stages.map((stage, index) => ({ name: `${learner.name}, stage ${index + 1}`, stage, prompts: learner.prompts })),
);
const NETWORK_STAGES = Object.values(NETWORK_LEARNERS).flatMap((learner) =>
  learner.stages.map((stage, index) => ({ name: `${learner.name}, stage ${index + 1}`, stage })),
);

describe.skipIf(!tensorflow)('an outer step, compiled and eager', () => {
  it.each(PHI_STAGES)('is the same over φ: $name', async ({ stage, prompts }) => {
    const shape = { ...SHAPE, prompts };
    const parameters = initialParameters(shape, table.skills.length, createRandom(1));
    const random = createRandom(2);
    for (const values of Object.values(parameters) as Float32Array[])
      values.forEach((value, index) => (values[index] = value + 0.1 * random.normal()));
    const batch = drawBatch(episode, parameters, shape, SETTINGS, createRandom(3));
    const gradients = async (compiler: StepCompiler): Promise<Gradients> => {
      const found = await stage.start({ shape, beta: 2, compiler }).gradients(parameters, batch, 0.2);
      return {
        losses: [found.loss, found.supportLoss, found.queryLoss],
        ...found.shared,
        ...(found.supportFactors && found.queryFactors
          ? { supportFactors: found.supportFactors, queryFactors: found.queryFactors }
          : {}),
      };
    };
    const compiler = createStepCompiler();
    expectSame(await gradients(compiler.compile), await gradients(eagerly));
    compiler.dispose();
  });

  it.each(NETWORK_STAGES)('is the same over every weight: $name', async ({ stage }) => {
    const parameters = initialNetworkParameters(NETWORK, createRandom(1));
    const batch = drawNetworkBatch(episode, NETWORK, SETTINGS, createRandom(3));
    const gradients = async (compiler?: StepCompiler): Promise<Gradients> => {
      const started = stage.start({ shape: NETWORK, beta: 2, ...(compiler ? { compiler } : {}) });
      const found = await started.gradients(parameters, batch, [0.2, 0.3, 0.5]);
      return { losses: [found.loss, found.queryLoss], ...found.gradients };
    };
    const compiler = createStepCompiler();
    expectSame(await gradients(compiler.compile), await gradients());
    compiler.dispose();
  });

  it('is the same over the neural process', async () => {
    const shape = { ...DEFAULT_PROCESS_SHAPE, embedding: 3, pooled: 8, hidden: 6 };
    const parameters = initialProcess(shape, table.skills.length, createRandom(1));
    const random = createRandom(2);
    for (const values of Object.values(parameters))
      values.forEach((value, index) => (values[index] = value + 0.1 * random.normal()));
    const batch = drawProcessBatch(episode, parameters, shape, SETTINGS, createRandom(3));
    const gradients = async (compiler: StepCompiler): Promise<Gradients> => {
      const { loss, shared, supportFactors, queryFactors } = await new ProcessTraining(shape, compiler).of(parameters, batch);
      return { losses: [loss], ...shared, supportFactors, queryFactors };
    };
    const compiler = createStepCompiler();
    expectSame(await gradients(compiler.compile), await gradients(eagerly));
    compiler.dispose();
  });
});

describe.skipIf(!tensorflow)('a whole training', () => {
  it('meets two shapes of batch, short and long histories, compiles each once, and leaves no tensor', async () => {
    const compiler = createStepCompiler();
    const before = tf.memory().numTensors;
    const steps: string[] = [];
    const training = { table, courseMap: map, learner: 'maml', seed: 4, backend: 'tensorflow', steps: 60 } as const;
    await trainModel({
      ...training,
      compiler: (step, name) => {
        const run = compiler.compile(step, name);
        return (inputs) => {
          steps.push(inputs.map(({ shape }) => shape.join('×')).join());
          return run(inputs);
        };
      },
    });
    // Two student models, once for good and once for each part that judges.
    expect(steps.length).toBe(6 * 2 * 60);
    expect(new Set(steps).size).toBe(2);
    // All are one step by name.
    expect(compiler.graphs()).toBe(2);
    compiler.dispose();
    expect(compiler.graphs()).toBe(0);
    expect(tf.memory().numTensors).toBe(before);
  });
});
