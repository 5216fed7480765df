import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { eagerly, PhiGradients } from '../../src/learning/meta/meta-loss.ts';
import type { AnswerRows, MetaBatch } from '../../src/learning/meta/meta-loss.ts';
import { crossEntropy, quickExp, quickSigmoid, sigmoid } from '../../src/learning/numeric.ts';
import { createRandom } from '../../src/learning/random.ts';
import type { Random } from '../../src/learning/random.ts';
import { adaptPhi, addPrompts, startOf } from '../../src/learning/student-model/forward.ts';
import { NetworkPass } from '../../src/learning/student-model/network-pass.ts';
import { initialParameters, skillWidth } from '../../src/learning/student-model/parameters.ts';
import type { ModelParameters, ModelShape } from '../../src/learning/student-model/parameters.ts';
import { realBackend } from '../support/backend.ts';

beforeAll(async () => {
  await realBackend();
});

function someRows(shape: ModelShape, length: number, count: number, random: Random): AnswerRows {
  const numbers = (size: number, scale: number): Float32Array =>
    Float32Array.from({ length: size }, () => scale * random.normal());
  return {
    length,
    features: numbers(length * shape.features, 0.6),
    offset: numbers(length, 1),
    factors: numbers(length * skillWidth(shape), 0.5),
    correct: Float32Array.from({ length }, () => (random.uniform() < 0.6 ? 1 : 0)),
    weight: Float32Array.from({ length }, (_, row) => (row < count ? 1 : 0)),
    skillSet: new Int32Array(length),
  };
}

/** The logit of the first query row, by the plain version. */
function plainLogit(parameters: ModelParameters, shape: ModelShape, batch: MetaBatch): number {
  const width = skillWidth(shape);
  const network = new NetworkPass(parameters, shape);
  const read = (rows: AnswerRows, row: number) => {
    const factors = Float64Array.from(rows.factors.subarray(row * width, (row + 1) * width));
    return {
      base:
        rows.offset[row]! +
        network.output(rows.features, row * shape.features, shape.features, network.begin(factors.subarray(shape.factors))),
      loading: [1, ...factors.subarray(0, shape.factors)],
    };
  };
  const { support, query, covariates, variance } = batch;
  const count = support.weight.filter((weight) => weight > 0).length;
  const answers = Array.from({ length: count }, (_, row) => read(support, row));
  const rows = {
    base: Float64Array.from(answers, ({ base }) => base),
    loading: Float64Array.from(answers.flatMap(({ loading }) => loading)),
    correct: Float64Array.from(support.correct.subarray(0, count)),
    weight: new Float64Array(count).fill(1),
    ...startOf(parameters, shape, covariates, variance[0]!),
  };
  if (shape.prompts > 0) addPrompts(parameters, shape, rows, covariates);
  const { phi } = adaptPhi(parameters, shape, rows);
  const asked = read(query, 0);
  return asked.loading.reduce((sum, value, entry) => sum + value * phi[entry]!, asked.base);
}

describe('φ fitted on plain numbers and on tensors', () => {
  it.each([
    ['maml', 2, 0],
    ['fomaml', 1, 0],
    ['prompt', 2, 5],
  ] as const)('forecasts the same after 0 to 2,000 answers, whatever the parameters: %s', async (_, order, prompts) => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1e6 }),
        fc.oneof(fc.constantFrom(0, 1, 2000), fc.integer({ min: 0, max: 2000 })),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 6 }),
        async (seed, answers, hidden, factors) => {
          const shape: ModelShape = { features: 9, hidden, factors, embedding: 3, covariates: 2, prompts, innerSteps: 4 };
          const random = createRandom(seed);
          const parameters = initialParameters(shape, 0, random);
          for (const [name, values] of Object.entries(parameters))
            if (name !== 'skillFactors')
              values.forEach((value: number, at: number) => (values[at] = value + 0.3 * random.normal()));
          const batch: MetaBatch = {
            students: 1,
            support: someRows(shape, Math.max(1, answers), answers, random),
            query: someRows(shape, 1, 1, random),
            covariates: Float32Array.of(random.normal(), random.normal()),
            variance: Float32Array.of(0.3 + random.uniform()),
          };
          const step = new PhiGradients(shape, { order, beta: 1, stepShares: [0, 0, 0, 1] }, eagerly, prompts > 0);
          const { queryLoss } = await step.of(parameters, batch);
          const logit = plainLogit(parameters, shape, batch);
          const loss = crossEntropy(logit, batch.query.correct[0]!);
          expect(Math.abs(loss - queryLoss)).toBeLessThan(1e-5 * Math.max(1, loss));
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('the quick exponential', () => {
  it('is e^x to a few units in the last place, and its σ that of the plain formula', () => {
    fc.assert(
      fc.property(fc.double({ min: -690, max: 0, noNaN: true }), (x) => {
        expect(Math.abs(quickExp(x) / Math.exp(x) - 1)).toBeLessThan(2e-15 + 4e-17 * Math.abs(x));
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (x) => {
        expect(Math.abs(quickSigmoid(x) / sigmoid(x) - 1)).toBeLessThan(4e-15);
      }),
    );
    for (const [x, value] of [
      [0, 1],
      [-0, 1],
      [-1e5, 0],
      [-Infinity, 0],
    ] as const)
      expect(quickExp(x)).toBe(value);
    expect(quickExp(Number.NaN)).toBeNaN();
    expect([Infinity, -Infinity].map(quickSigmoid)).toEqual([1, 0]);
  });
});
