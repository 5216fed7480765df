import { beforeAll, describe, expect, it } from 'vitest';
import { createEpisode, drawBatch, supportAnswer } from '../../src/learning/meta/episodes.ts';
import { metaGradients } from '../../src/learning/meta/meta-loss.ts';
import type { MetaBatch } from '../../src/learning/meta/meta-loss.ts';
import { boundCurvature, crossEntropy, sigmoid } from '../../src/learning/numeric.ts';
import { createRandom } from '../../src/learning/random.ts';
import { adaptAnswers, forecastLogit } from '../../src/learning/student-model/adaptation.ts';
import { networkOutput } from '../../src/learning/student-model/forward.ts';
import { choleskySolve } from '../../src/learning/student-model/linear-algebra.ts';
import { initialParameters, SHARED_NAMES } from '../../src/learning/student-model/parameters.ts';
import type { ModelParameters, ModelShape } from '../../src/learning/student-model/parameters.ts';
import { realBackend } from '../support/backend.ts';
import { simulatedClass } from '../support/courses.ts';

const SHAPE: ModelShape = { features: 32, hidden: 7, factors: 2, innerSteps: 3 };
const SETTINGS = { students: 5, support: 6, query: 4, after: [0, 2, 4, 6], window: 20 };

/** Parameters away from the start values, so that nothing is zero by accident. */
function someParameters(skills: number): ModelParameters {
  const random = createRandom(11);
  const parameters = initialParameters(SHAPE, skills, random);
  for (const values of Object.values(parameters) as Float32Array[])
    for (let index = 0; index < values.length; index++) values[index]! += 0.2 * random.normal();
  // Half steps: at nearly whole ones the result hardly depends on them.
  parameters.stepSize.fill(-0.4);
  return parameters;
}

/** The outer loss in 64-bit plain numbers, written from the formula in design terms, independent of the tensor code. */
function plainLoss(parameters: ModelParameters, batch: MetaBatch): number {
  const size = SHAPE.factors + 1;
  const scratch = new Float64Array(2 * SHAPE.hidden);
  const precision = Float64Array.from(parameters.logPrecision, Math.exp);
  const sums = { support: 0, supportWeight: 0, query: 0, queryWeight: 0 };
  for (let student = 0; student < batch.students; student++) {
    const rowsOf = (rows: MetaBatch['support']) =>
      Array.from({ length: rows.length }, (_, index) => {
        const at = student * rows.length + index;
        return {
          base: rows.offset[at]! + networkOutput(parameters, SHAPE, rows.features, at * SHAPE.features, scratch),
          loading: [1, ...Array.from({ length: SHAPE.factors }, (__, factor) => rows.factors[at * SHAPE.factors + factor]!)],
          correct: rows.correct[at]!,
          weight: rows.weight[at]!,
        };
      });
    const logit = (row: ReturnType<typeof rowsOf>[number], phi: Float64Array) =>
      row.base + row.loading.reduce((sum, value, entry) => sum + value * phi[entry]!, 0);
    const phi = Float64Array.from(parameters.phi0);
    const support = rowsOf(batch.support);
    for (const row of support) {
      sums.support += row.weight * crossEntropy(logit(row, phi), row.correct);
      sums.supportWeight += row.weight;
    }
    for (let step = 0; step < SHAPE.innerSteps; step++) {
      const gradient = new Float64Array(size);
      const hessian = new Float64Array(size * size);
      for (let i = 0; i < size; i++) {
        gradient[i] = precision[i]! * (phi[i]! - parameters.phi0[i]!);
        hessian[i * size + i] = precision[i]!;
      }
      for (const row of support) {
        const z = logit(row, phi);
        for (let i = 0; i < size; i++) {
          gradient[i]! += row.weight * (sigmoid(z) - row.correct) * row.loading[i]!;
          for (let j = 0; j < size; j++)
            hessian[i * size + j]! += row.weight * boundCurvature(z) * row.loading[i]! * row.loading[j]!;
        }
      }
      const move = choleskySolve(hessian, gradient, size);
      for (let i = 0; i < size; i++) phi[i]! -= sigmoid(parameters.stepSize[step]!) * move[i]!;
    }
    for (const row of rowsOf(batch.query)) {
      sums.query += row.weight * crossEntropy(logit(row, phi), row.correct);
      sums.queryWeight += row.weight;
    }
  }
  return (0.3 * sums.support) / Math.max(1, sums.supportWeight) + sums.query / Math.max(1, sums.queryWeight);
}

/** 64-bit copies, so that finite differences are not drowned in rounding. */
const widen = (parameters: ModelParameters): ModelParameters =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, values]) => [name, Float64Array.from(values as Float32Array)]),
  ) as unknown as ModelParameters;

describe('the outer loss of second-order MAML', () => {
  const { table } = simulatedClass(30, 5);
  const episode = createEpisode(
    table,
    () => true,
    () => true,
    0,
  );
  const parameters = someParameters(table.skills.length);
  const batch = drawBatch(episode, parameters, SHAPE, SETTINGS, createRandom(3));
  let gradients: Awaited<ReturnType<typeof metaGradients>>;

  beforeAll(async () => {
    await realBackend();
    gradients = await metaGradients(parameters, SHAPE, batch);
  });

  it('is the formula’s', () => {
    expect(gradients.loss).toBeCloseTo(plainLoss(widen(parameters), batch), 4);
  });

  it.each(SHARED_NAMES)('has the gradient that finite differences have, by %s', (name) => {
    const wide = widen(parameters);
    const values = wide[name] as unknown as Float64Array;
    const count = Math.min(values.length, 12);
    for (let draw = 0; draw < count; draw++) {
      const index = values.length <= 12 ? draw : Math.floor((draw * values.length) / count);
      const kept = values[index]!;
      const step = 1e-5;
      values[index] = kept + step;
      const above = plainLoss(wide, batch);
      values[index] = kept - step;
      const below = plainLoss(wide, batch);
      values[index] = kept;
      expect(gradients.shared[name][index]!).toBeCloseTo((above - below) / (2 * step), 4);
    }
    expect(gradients.shared[name].some((value) => Math.abs(value) > 1e-4)).toBe(true);
  });

  it.each(['support', 'query'] as const)(
    'has the gradient that finite differences have, by the factors of the %s rows',
    (part) => {
      const wide = widen(parameters);
      const rows = { ...batch[part], factors: Float64Array.from(batch[part].factors) as unknown as Float32Array };
      const moved: MetaBatch = { ...batch, [part]: rows };
      const found = part === 'support' ? gradients.supportFactors : gradients.queryFactors;
      for (let index = 0; index < rows.factors.length; index += 5) {
        const kept = rows.factors[index]!;
        rows.factors[index] = kept + 1e-5;
        const above = plainLoss(wide, moved);
        rows.factors[index] = kept - 1e-5;
        const below = plainLoss(wide, moved);
        rows.factors[index] = kept;
        expect(found[index]!).toBeCloseTo((above - below) / 2e-5, 4);
      }
    },
  );

  it('forecasts in tensors what the plain forward pass forecasts', async () => {
    // One student, all weight on one query: the loss then is that forecast's cross-entropy.
    const single = drawBatch(episode, parameters, SHAPE, { ...SETTINGS, students: 1, query: 1, after: [4] }, createRandom(9));
    const { queryLoss } = await metaGradients(parameters, SHAPE, single);
    const asked = Array.from(table.question.keys()).find(
      (row) =>
        table.question[row] !== undefined &&
        single.query.correct[0] === table.correct[row] &&
        single.query.offset[0] === episode.difficulty.question[row],
    );
    expect(asked).toBeDefined();
    const student = table.start.findLastIndex((begin) => begin <= asked!);
    const loss = [0, 1, 2, 3].flatMap(() =>
      Array.from({ length: table.start[student + 1]! - table.start[student]! - 4 }, (_, first) => {
        const begin = table.start[student]! + first;
        const adapted = adaptAnswers(
          parameters,
          SHAPE,
          [0, 1, 2, 3].map((index) => supportAnswer(table, episode.difficulty, begin + index)),
        );
        return crossEntropy(
          forecastLogit(parameters, SHAPE, adapted, supportAnswer(table, episode.difficulty, asked!)),
          table.correct[asked!]!,
        );
      }),
    );
    // The window's begin is drawn; the right one is among those that there are.
    expect(Math.min(...loss.map((value) => Math.abs(value - queryLoss)))).toBeLessThan(1e-4);
  });
});
