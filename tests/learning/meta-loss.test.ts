import { beforeAll, describe, expect, it } from 'vitest';
import { createEpisode, drawBatch, supportAnswer } from '../../src/learning/meta/episodes.ts';
import { eagerly, PhiGradients } from '../../src/learning/meta/meta-loss.ts';
import type { MetaBatch, MetaGradients } from '../../src/learning/meta/meta-loss.ts';
import { REPTILE, ReptileGradients } from '../../src/learning/meta/reptile.ts';
import { crossEntropy } from '../../src/learning/numeric.ts';
import { createRandom } from '../../src/learning/random.ts';
import type { Random } from '../../src/learning/random.ts';
import { adaptAnswers, QuestionReader } from '../../src/learning/student-model/adaptation.ts';
import { initialParameters, sharedNames } from '../../src/learning/student-model/parameters.ts';
import type { ModelParameters, ModelShape, SharedName } from '../../src/learning/student-model/parameters.ts';
import { FEATURE_COUNT } from '../../src/learning/student-model/features.ts';
import { realBackend } from '../support/backend.ts';
import { simulatedClass } from '../support/courses.ts';
import { plainLoss, studentLoss, widen } from './meta-reference.ts';

const PLAIN: ModelShape = {
  features: FEATURE_COUNT,
  hidden: 7,
  factors: 2,
  embedding: 3,
  covariates: 2,
  prompts: 0,
  innerSteps: 3,
};
const PROMPTED: ModelShape = { ...PLAIN, prompts: 4 };
const SETTINGS = { students: 5, support: 6, query: 4, after: [0, 2, 4, 6], window: 20 };
const SHARES = [0.2, 0.3, 0.5];
const BETA = 1.7;

/** Parameters away from the start values, so that nothing is zero by accident. */
function someParameters(shape: ModelShape, skills: number): ModelParameters {
  const random = createRandom(11);
  const parameters = initialParameters(shape, skills, random);
  for (const values of Object.values(parameters) as Float32Array[])
    for (let index = 0; index < values.length; index++) values[index]! += 0.2 * random.normal();
  // Half steps: at nearly whole ones the result hardly depends on them.
  parameters.stepSize.fill(-0.4);
  return parameters;
}

const course = simulatedClass(30, 5);
const profiles = course.table.students.map((_, student) => [Math.sin(student)]);
const everybody = (): boolean => true;
const episode = createEpisode(course.table, everybody, everybody, 0, undefined, profiles);

/** (f(x + h·d) − f(x − h·d)) / 2h along one random direction in one parameter. */
function along(
  parameters: ModelParameters,
  name: SharedName,
  random: Random,
  objective: (moved: ModelParameters) => number,
): { direction: Float64Array; slope: number } {
  const direction = Float64Array.from(parameters[name], () => random.normal());
  const step = 1e-5;
  const at = (side: number): number => {
    const wide = widen(parameters);
    const values = wide[name] as unknown as Float64Array;
    direction.forEach((value, index) => (values[index]! += side * step * value));
    return objective(wide);
  };
  return { direction, slope: (at(1) - at(-1)) / (2 * step) };
}

const dot = (values: ArrayLike<number>, direction: Float64Array): number =>
  direction.reduce((sum, value, index) => sum + value * values[index]!, 0);

beforeAll(async () => {
  await realBackend();
});

describe.each([
  { learner: 'MAML, second order', shape: PLAIN, order: 2, promptsOnly: false },
  { learner: 'MAML, first order', shape: PLAIN, order: 1, promptsOnly: false },
  { learner: 'prompt-tuning, the backbone', shape: PROMPTED, order: 2, promptsOnly: false },
  { learner: 'prompt-tuning, the pool', shape: PROMPTED, order: 2, promptsOnly: true },
] as const)('the meta-gradient of $learner', ({ shape, order, promptsOnly }) => {
  const parameters = someParameters(shape, course.table.skills.length);
  const batch = drawBatch(episode, parameters, shape, SETTINGS, createRandom(3));
  const moves = { fixed: false, list: [] as Float64Array[] };
  plainLoss(widen(parameters), shape, batch, BETA, SHARES, moves);
  const objective = (moved: ModelParameters, on: MetaBatch = batch): number =>
    plainLoss(moved, shape, on, BETA, SHARES, order === 1 ? { fixed: true, list: moves.list } : undefined);
  let found: MetaGradients;

  beforeAll(async () => {
    const step = new PhiGradients(shape, { order, beta: BETA, stepShares: SHARES }, eagerly, promptsOnly);
    found = await step.of(parameters, batch);
  });

  it('belongs to the loss of the formula', () => {
    expect(found.loss).toBeCloseTo(objective(widen(parameters)), 4);
  });

  const trained = sharedNames(shape).filter((name) => ['prompts', 'promptKeys'].includes(name) === promptsOnly);
  it.each(trained)('agrees with finite differences along random directions, by %s', (name) => {
    // First-order MAML takes the moves as constants: damping and precision then move nothing.
    const constant = order === 1 && (name === 'damping' || name === 'logPrecision');
    const random = createRandom(name.length);
    for (let draw = 0; draw < 3; draw++) {
      const { direction, slope } = along(parameters, name, random, (moved) => objective(moved));
      const gradient = dot(found.shared[name]!, direction);
      if (constant) expect(gradient).toBe(0);
      else expect(Math.abs(gradient - slope)).toBeLessThan(1e-3 * Math.max(Math.abs(slope), 0.02));
    }
    expect(found.shared[name]!.some((value) => Math.abs(value) > 1e-5)).toBe(!constant);
  });

  it('leaves the rest alone', () => {
    expect(Object.keys(found.shared).sort()).toEqual([...trained].sort());
    expect(found.supportFactors === null).toBe(promptsOnly);
  });

  if (promptsOnly) return;
  it.each(['support', 'query'] as const)('agrees with them by the factors of the %s rows', (part) => {
    const random = createRandom(7);
    const gradient = (part === 'support' ? found.supportFactors : found.queryFactors)!;
    const direction = Float64Array.from(gradient, () => random.normal());
    const at = (side: number): number => {
      const factors = Float64Array.from(batch[part].factors, (value, index) => value + side * 1e-5 * direction[index]!);
      return objective(widen(parameters), { ...batch, [part]: { ...batch[part], factors: factors as unknown as Float32Array } });
    };
    const slope = (at(1) - at(-1)) / 2e-5;
    expect(Math.abs(dot(gradient, direction) - slope)).toBeLessThan(1e-3 * Math.max(Math.abs(slope), 0.02));
  });
});

describe('the direction of Reptile', () => {
  const parameters = someParameters(PLAIN, course.table.skills.length);
  const batch = drawBatch(episode, parameters, PLAIN, { ...SETTINGS, students: 3 }, createRandom(5));
  const adapted = ['weight1', 'bias1', 'weight2', 'bias2', 'weight3', 'bias3', 'phi0', 'startWeights'] as const;

  it('is θ − mean θ_student of inner loops in plain numbers', async () => {
    const found = await new ReptileGradients(PLAIN, REPTILE, eagerly).of(parameters, batch);
    for (const { weight } of [batch.support, batch.query]) expect(weight.some((value) => value > 0)).toBe(true);
    // Inner gradients by finite differences, parameter by parameter, each student alone; the rows' factors move along.
    const mean = new Map<string, Float64Array>();
    const byRow = {
      support: new Float64Array(batch.support.factors.length),
      query: new Float64Array(batch.query.factors.length),
    };
    for (let student = 0; student < batch.students; student++) {
      const own = widen(parameters);
      let rows: MetaBatch = batch;
      for (let step = 0; step < REPTILE.innerSteps; step++) {
        const part = step % 2 === 0 ? 'support' : 'query';
        const moves: [Float64Array, number, number][] = [];
        const differentiate = (values: Float64Array, index: number, loss: () => number): number => {
          const kept = values[index]!;
          values[index] = kept + 1e-6;
          const above = loss();
          values[index] = kept - 1e-6;
          const below = loss();
          values[index] = kept;
          return (above - below) / 2e-6;
        };
        for (const name of adapted) {
          const values = own[name] as unknown as Float64Array;
          values.forEach((_, index) =>
            moves.push([values, index, differentiate(values, index, () => studentLoss(own, PLAIN, rows, part, student))]),
          );
        }
        const factors = Float64Array.from(rows[part].factors);
        rows = { ...rows, [part]: { ...rows[part], factors: factors as unknown as Float32Array } };
        const each = factors.length / batch.students;
        for (let index = student * each; index < (student + 1) * each; index++)
          moves.push([factors, index, differentiate(factors, index, () => studentLoss(own, PLAIN, rows, part, student))]);
        for (const [values, index, gradient] of moves) values[index]! -= REPTILE.innerRate * gradient;
      }
      const scale = 1 / (REPTILE.innerRate * REPTILE.innerSteps * batch.students);
      for (const part of ['support', 'query'] as const)
        byRow[part].forEach(
          (_, index) => (byRow[part][index]! += (batch[part].factors[index]! - rows[part].factors[index]!) * scale),
        );
      for (const name of adapted) {
        const sum = mean.get(name) ?? new Float64Array(parameters[name].length);
        sum.forEach((_, index) => (sum[index]! += (parameters[name][index]! - own[name][index]!) * scale));
        mean.set(name, sum);
      }
    }
    for (const name of adapted) {
      const expected = mean.get(name)!;
      const size = Math.max(...expected.map(Math.abs));
      expected.forEach((value, index) =>
        expect(Math.abs(found.shared[name]![index]! - value)).toBeLessThan(1e-3 * Math.max(size, 0.01)),
      );
    }
    expect(Object.keys(found.shared)).toEqual([...adapted]);
    for (const [expected, values] of [
      [byRow.support, found.supportFactors!],
      [byRow.query, found.queryFactors!],
    ] as const) {
      const size = Math.max(...expected.map(Math.abs));
      expect(size).toBeGreaterThan(1e-4);
      expected.forEach((value, index) => expect(Math.abs(values[index]! - value)).toBeLessThan(1e-3 * Math.max(size, 0.01)));
    }
  });
});

describe('the tensor version and the plain one', () => {
  it.each([PLAIN, PROMPTED])('forecast the same (%#)', async (shape) => {
    const parameters = someParameters(shape, course.table.skills.length);
    // One student, all weight on one query: the loss then is that forecast's cross-entropy.
    const settings = { ...SETTINGS, students: 1, query: 1, after: [4] };
    const single = drawBatch(episode, parameters, shape, settings, createRandom(9));
    const last = new PhiGradients(shape, { order: 2, beta: 1, stepShares: [0, 0, 1] }, eagerly, shape.prompts > 0);
    const { queryLoss } = await last.of(parameters, single);
    const { table } = course;
    const reader = new QuestionReader(parameters, shape);
    const losses: number[] = [];
    // The window's begin is drawn; the right one is among those that there are.
    table.students.forEach((_, student) => {
      for (let begin = table.start[student]!; begin + 4 < table.start[student + 1]!; begin++) {
        const rows = [0, 1, 2, 3].map((index) => supportAnswer(table, episode.knowledge, begin + index));
        if (rows.some((row, index) => row.correct !== single.support.correct[index])) continue;
        const adapted = adaptAnswers(parameters, shape, rows, {
          spread: episode.knowledge.spread,
          profile: profiles[student],
        });
        for (let row = begin + 4; row < Math.min(begin + 20, table.start[student + 1]!); row++)
          losses.push(
            crossEntropy(
              reader.logit(adapted, supportAnswer(table, episode.knowledge, row, row - begin - 4)),
              table.correct[row]!,
            ),
          );
      }
    });
    expect(Math.min(...losses.map((value) => Math.abs(value - queryLoss)))).toBeLessThan(1e-5);
  });
});
