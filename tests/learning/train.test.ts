import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canCompile, createStepCompiler } from '../../src/compute/compile.ts';
import { sha256 } from '../../src/main/services/model-store.ts';
import { createEpisode } from '../../src/learning/meta/episodes.ts';
import { findLearner, LEARNERS } from '../../src/learning/meta/learner.ts';
import type { LearnerName } from '../../src/learning/meta/learner-names.ts';
import { eagerly } from '../../src/learning/meta/meta-loss.ts';
import type { StepCompiler } from '../../src/learning/meta/meta-loss.ts';
import { optimise } from '../../src/learning/meta/optimise.ts';
import { phiTrainee } from '../../src/learning/meta/trainee.ts';
import { teachSchool, trainModel } from '../../src/learning/meta/train.ts';
import { decodeModel, encodeModel } from '../../src/learning/model-file.ts';
import { NETWORK_LEARNERS } from '../../src/learning/network/learners.ts';
import { DEFAULT_PROCESS_SHAPE, initialProcess } from '../../src/learning/neural-process/parameters.ts';
import { createRandom } from '../../src/learning/random.ts';
import { DEFAULT_SHAPE, initialParameters } from '../../src/learning/student-model/parameters.ts';
import { createStudentModel } from '../../src/learning/student-model/student-model.ts';
import type { TrainedModel } from '../../src/learning/trained-model.ts';
import { toResponseTable } from '../../src/learning/responses.ts';
import { realBackend } from '../support/backend.ts';
import { simulatedClass } from '../support/courses.ts';

describe('meta-training', () => {
  const { table, map, sequences } = simulatedClass(80, 17);
  let backend: string;
  let model: TrainedModel;
  const compiler = createStepCompiler();
  const compile: StepCompiler = (step, name) => (canCompile() ? compiler.compile(step, name) : eagerly(step));
  const task = () => ({ table, courseMap: map, learner: 'maml' as const, seed: 4, backend, steps: 24, compiler: compile });

  beforeAll(async () => {
    ({ backend } = await realBackend());
    model = await trainModel(task());
  }, 240_000);
  afterAll(() => {
    compiler.dispose();
  });

  it('is judged by everybody in turn, where students are few', () => {
    const losses = model.metrics.trainingCurve.map((point) => point.heldBackLoss!);
    expect(losses.length).toBeGreaterThan(1);
    expect(model.provenance).toMatchObject({ heldBackStudents: 0, crossValidatedStudents: 80 });
    expect(model.metrics.report.points[0]!.students).toBe(80);
    expect(losses.every(Number.isFinite)).toBe(true);
    expect([0, 6, 12, 18, 24]).toContain(model.provenance.keptStep);
    expect(model.members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
  });

  it('gives the same model for the same seed', { timeout: 240_000 }, async () => {
    const again = await trainModel(task());
    expect(again.metrics.trainingCurve).toEqual(model.metrics.trainingCurve);
    expect(again.members).toEqual(model.members);
  });

  it.each(Object.keys(LEARNERS))(
    'moves φ’s parameters to the same bytes for the same seed, and to others for another: %s',
    async (name) => {
      const everybody = (): boolean => true;
      const episode = createEpisode(table, everybody, everybody, 0);
      const learner = findLearner(name);
      const shape = { ...DEFAULT_SHAPE, prompts: learner.prompts };
      const bytes = async (seed: number): Promise<string> => {
        const parameters = initialParameters(shape, table.skills.length, createRandom(1));
        await optimise({
          trainee: phiTrainee(parameters, shape, learner),
          stage: { beta: 3, compiler: eagerly },
          steps: 4,
          peakRate: 3e-3,
          random: createRandom(seed),
          nextEpisode: () => episode,
          afterStep: () => undefined,
        });
        return Object.values(parameters)
          .map((values: Float32Array) => sha256(new Uint8Array(values.buffer)))
          .join();
      };
      const first = await bytes(5);
      expect(await bytes(5)).toBe(first);
      expect(await bytes(6)).not.toBe(first);
    },
  );

  it.each(Object.keys(NETWORK_LEARNERS) as LearnerName[])(
    'gives a network of the same bytes for the same seed, and another for another: %s',
    async (learner) => {
      const small = simulatedClass(9, 3, 14);
      const bytes = async (seed: number): Promise<string> => {
        const { trained } = await teachSchool({
          ...task(),
          table: small.table,
          learner,
          studentModel: 'network',
          seed,
          steps: 3,
        });
        expect(trained.map(({ kind }) => kind)).toEqual(['network']);
        return sha256(encodeModel({ ...model, members: trained }, null, sha256).weights);
      };
      const first = await bytes(5);
      expect(await bytes(5)).toBe(first);
      expect(await bytes(6)).not.toBe(first);
    },
  );

  it('is stored and read without a difference, and damage is noticed', () => {
    const encoded = encodeModel(model, 123, sha256);
    const read = decodeModel(encoded, 'm', sha256);
    const history = sequences[0]!.responses.slice(0, 5);
    const skill = map.skills[0]!.id;
    expect(createStudentModel(read).adapt(history).forecastSkill(skill).value).toBeCloseTo(
      createStudentModel(model).adapt(history).forecastSkill(skill).value,
      6,
    );
    expect(read.trainedAt).toBe(123);
    expect(read.baselines).toEqual(model.baselines);
    expect(read.baselines.map(({ name }) => name)).toEqual(['irt', 'best-lr', 'pfa', 'bkt']);
    expect(read.metrics).toEqual(model.metrics);
    const { skillSets } = model.vocabulary;
    const adopted = { ...model, members: [{ ...model.baselines[0]!, kind: 'baseline' as const, weight: 1, skillSets }] };
    expect(decodeModel(encodeModel(adopted, 123, sha256), 'm', sha256).members).toEqual(adopted.members);
    const shape = { ...DEFAULT_PROCESS_SHAPE, hidden: 5 };
    const parameters = initialProcess(shape, map.skills.length, createRandom(3));
    const reading = { ...model, members: [{ kind: 'neural-process' as const, weight: 1, shape, parameters }] };
    expect(decodeModel(encodeModel(reading, 123, sha256), 'm', sha256).members).toEqual(reading.members);
    const weights = Uint8Array.from(encoded.weights);
    weights[40]! ^= 1;
    expect(() => decodeModel({ ...encoded, weights }, 'm', sha256)).toThrow(/checksum/);
    expect(() =>
      decodeModel({ ...encoded, header: encoded.header.replace('"learner": "maml"', '"learner": "nobody"') }, 'm', sha256),
    ).toThrow(/checksum/);
    expect(() =>
      decodeModel({ ...encoded, header: encoded.header.replace('"version": 3', '"version": 99') }, 'm', sha256),
    ).toThrow(/newer Pathlight/);
    expect(() =>
      decodeModel({ ...encoded, header: encoded.header.replace('"version": 3', '"version": 2') }, 'm', sha256),
    ).toThrow(/older Pathlight/);
    expect(() => decodeModel({ ...encoded, header: '{' }, 'm', sha256)).toThrow(/not JSON/);
  });

  it('refuses too few students with a sentence', async () => {
    await expect(trainModel({ ...task(), table: toResponseTable(sequences.slice(0, 1)) })).rejects.toMatchObject({
      code: 'too-few-students',
    });
  });

  it('stops where it is asked to', async () => {
    let asked = 0;
    await expect(trainModel({ ...task(), shouldStop: () => ++asked > 3 })).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked).toBe(4);
  });

  it('names the learners that there are', () => {
    expect(() => findLearner('nobody')).toThrow(/maml/);
    expect(() => findLearner('toString')).toThrow(/maml/);
  });
});
