import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStepCompiler } from '../../src/compute/compile.ts';
import { trainForecasts } from '../../src/learning/evaluation/comparison.ts';
import { forecastWindows } from '../../src/learning/evaluation/protocol.ts';
import { evaluationReport, meanLogLosses } from '../../src/learning/evaluation/report.ts';
import { createSharedWork, NOT_SHARED } from '../../src/learning/meta/shared-work.ts';
import { trainModel } from '../../src/learning/meta/train.ts';
import type { TrainingTask } from '../../src/learning/meta/train.ts';
import { createRandom } from '../../src/learning/random.ts';
import { realBackend } from '../support/backend.ts';
import { simulatedClass } from '../support/courses.ts';

/** Enough students for neural processes to take part. */
const { table, map } = simulatedClass(490, 5, 10);

const notShared = (task: TrainingTask) => trainForecasts({ ...task, share: NOT_SHARED });

describe('trainings that share their work', () => {
  let backend: string;
  const compiler = createStepCompiler();
  beforeAll(async () => {
    ({ backend } = await realBackend());
  });
  afterAll(() => {
    compiler.dispose();
  });

  it('forecast to the bit as models that are trained alone', { timeout: 240_000 }, async () => {
    let now = 0;
    const share = createSharedWork(() => now++);
    const task = { table, courseMap: map, seed: 3, backend, steps: 8, compiler: compiler.compile };
    for (const learner of ['maml', 'fomaml'] as const) {
      const before = share.spared();
      const shared = await trainForecasts({ ...task, learner, share });
      const alone = await (learner === 'maml' ? trainModel : notShared)({ ...task, learner });
      expect(shared.trained.filter(({ kind }) => kind === 'neural-process')).toHaveLength(2);
      expect(shared.members).toEqual(alone.members);
      expect(shared.recalibration).toEqual(alone.recalibration);
      expect(shared.course).toEqual(alone.course);
      expect(share.spared() > before).toBe(learner !== 'maml');
    }
  });

  it('do shared work once, whoever asks, and say how much was spared', async () => {
    let now = 0;
    const share = createSharedWork(() => now);
    const made: string[] = [];
    const make = (name: string) => async (): Promise<string> => {
      made.push(name);
      now += 40;
      return name;
    };
    expect(await share.once('a', make('a'))).toBe('a');
    expect(share.spared()).toBe(0);
    expect(await share.once('a', make('again'))).toBe('a');
    expect(await share.once('b', make('b'))).toBe('b');
    expect(made).toEqual(['a', 'b']);
    expect(share.spared()).toBe(40);
  });
});

it('a source of chance goes on where another one stood', () => {
  const one = createRandom(11);
  one.normal();
  const other = createRandom(12);
  other.goTo(one.state());
  expect(other.state()).toEqual(one.state());
  const draw = (random: typeof one): number[] => [random.normal(), random.uniform(), random.integer(1000), random.normal()];
  expect(draw(other)).toEqual(draw(one));
});

it('log-losses alone are those of the whole report', () => {
  const small = simulatedClass(40, 3, 34).table;
  const models = [0.4, 1, 2].map((noise, index) => {
    const random = createRandom(index);
    const forecaster = (_student: number, _support: readonly number[], query: readonly number[]): Float64Array =>
      Float64Array.from(query, (row) => 1 / (1 + Math.exp(1 - 2 * small.correct[row]! - noise * random.normal())));
    const students = small.students.map((_, student) => student);
    return { name: `${noise}`, windows: forecastWindows(small, students, forecaster) };
  });
  const { means } = evaluationReport({ table: small, models, seen: () => true, random: createRandom(4), replicates: 200 });
  const only = meanLogLosses(models, createRandom(4), 200);
  expect(only.map(({ figures }) => figures)).toEqual(
    means.map(({ figures }) => figures.map(({ model, logLoss }) => ({ model, logLoss }))),
  );
  expect(only.map(({ differences }) => differences)).toEqual(
    means.map(({ differences }) => differences.map(({ model, logLoss }) => ({ model, logLoss }))),
  );
});
