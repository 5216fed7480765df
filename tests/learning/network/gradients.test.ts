import { beforeAll, describe, expect, it } from 'vitest';
import { JOINT_STAGE, NETWORK_LEARNERS } from '../../../src/learning/network/learners.ts';
import type { NetworkGradients } from '../../../src/learning/network/learners.ts';
import type { NetworkShape } from '../../../src/learning/network/parameters.ts';
import { weightNames } from '../../../src/learning/network/parameters.ts';
import { createRandom } from '../../../src/learning/random.ts';
import { realBackend } from '../../support/backend.ts';
import { referenceLosses, referenceReptile, someBatch, someParameters, widen } from './reference.ts';
import type { ReferenceLearner, ReferenceLosses } from './reference.ts';

const base = { features: 5, abilityFeatures: [2], innerSteps: 3, prompts: 3, encoding: 4 };
const SHAPES: Record<string, NetworkShape> = { '5-6-1': { ...base, hidden: [6] }, '5-5-4-1': { ...base, hidden: [5, 4] } };
const BETA = 1.7;
const TOLERANCE = 1e-3;
const DIRECTIONS = 2;
/** Lengths of the differences: rounding spoils a short one, a relu's kink within it a long one. */
const STEPS = [1e-5, 1e-4];

/** @param length of the gradient along a usual direction; where hardly anything of it lies along this one, rounding is all that there is */
const relativeError = (found: number, expected: number, length = 0): number =>
  Math.abs(found - expected) / Math.max(Math.abs(expected), 0.02 * length);

beforeAll(async () => {
  await realBackend();
});

/** Seeds such that overshooting steps are cut short somewhere. */
const cases = [
  { name: '5-6-1', steps: 'short', seed: 4 },
  { name: '5-6-1', steps: 'overshooting', seed: 6 },
  { name: '5-5-4-1', steps: 'short', seed: 4 },
  { name: '5-5-4-1', steps: 'overshooting', seed: 7 },
];

describe.each(cases)('the meta-gradients over the network $name with $steps inner steps', ({ name, steps, seed }) => {
  const shape = SHAPES[name]!;
  const random = createRandom(seed);
  const parameters = someParameters(shape, random, steps === 'overshooting');
  const batch = someBatch(shape, 5, 4, 3, random);
  const wide = widen(parameters);

  const gradientsOf = (learner: ReferenceLearner | 'reptile', stepShares?: readonly number[]): Promise<NetworkGradients> => {
    const stage = learner === 'joint' ? JOINT_STAGE : NETWORK_LEARNERS[learner].stages.at(-1)!;
    return stage.start({ shape, beta: BETA }).gradients(parameters, batch, stepShares);
  };

  const expectGradient = (
    learner: ReferenceLearner,
    found: NetworkGradients,
    stepShares: readonly number[],
    fixed?: ReferenceLosses['steps'],
  ): void => {
    const directions = createRandom(77);
    const groups = [...Object.keys(found.gradients).map((each) => [each]), Object.keys(found.gradients)];
    for (const group of groups)
      for (let draw = 0; draw < DIRECTIONS; draw++) {
        const direction = Object.fromEntries(group.map((each) => [each, Array.from(wide[each]!, () => directions.normal())]));
        const norm = Math.hypot(...Object.values(direction).flat());
        const lossAt = (share: number): number =>
          referenceLosses(
            learner,
            {
              ...wide,
              ...Object.fromEntries(
                group.map((each) => [each, wide[each]!.map((value, index) => value + share * direction[each]![index]!)]),
              ),
            },
            shape,
            batch,
            BETA,
            stepShares,
            fixed,
          ).loss;
        const slopes = STEPS.map((step) => (lossAt(step / norm) - lossAt(-step / norm)) / ((2 * step) / norm));
        const entries = group.flatMap((each) => [...found.gradients[each]!]);
        const length = Math.hypot(...entries) / Math.sqrt(entries.length);
        const projected = group.reduce(
          (sum, each) => sum + found.gradients[each]!.reduce((part, value, index) => part + value * direction[each]![index]!, 0),
          0,
        );
        const error = Math.min(...slopes.map((expected) => relativeError(projected, expected, norm * length)));
        expect(error, `${learner} by ${group.length === 1 ? group[0] : 'everything'}`).toBeLessThan(TOLERANCE);
      }
  };

  it.each([
    ['the last step', [0, 0, 1]],
    ['every step', [0.2, 0.3, 0.5]],
  ] as const)('of maml, with the query loss after %s', async (_, stepShares) => {
    const found = await gradientsOf('maml', stepShares);
    const expected = referenceLosses('maml', wide, shape, batch, BETA, stepShares);
    expect(found.loss).toBeCloseTo(expected.loss, 4);
    expect(found.supportLoss).toBeCloseTo(expected.supportLoss, 5);
    expect(found.queryLoss).toBeCloseTo(expected.queryLoss, 5);
    const shares = expected.steps.flat().map((each) => each.share);
    expect(Math.min(...shares) < 1).toBe(steps === 'overshooting');
    expectGradient('maml', found, stepShares);
  });

  it('of fomaml, its inner gradients held fixed', async () => {
    const stepShares = [0.2, 0.3, 0.5];
    const found = await gradientsOf('fomaml', stepShares);
    const fixed = referenceLosses('fomaml', wide, shape, batch, BETA, stepShares).steps;
    expectGradient('fomaml', found, stepShares, fixed);
    // It is another gradient than maml's.
    const exact = await gradientsOf('maml', stepShares);
    expect(
      Math.max(...found.gradients['weight1']!.map((value, index) => Math.abs(value - exact.gradients['weight1']![index]!))),
    ).toBeGreaterThan(1e-4);
  });

  it('of reptile: minus the mean movement of the students', async () => {
    const found = await gradientsOf('reptile');
    const expected = referenceReptile(wide, shape, batch);
    const flat = weightNames(shape).flatMap((each) => [...found.gradients[each]!]);
    expect(flat.length).toBe(expected.length);
    flat.forEach((value, index) => expect(value).toBeCloseTo(expected[index]!, 5));
    const directions = createRandom(78);
    for (let draw = 0; draw < 5; draw++) {
      const direction = flat.map(() => directions.normal());
      const along = (values: readonly number[]): number =>
        values.reduce((sum, value, index) => sum + value * direction[index]!, 0);
      expect(relativeError(along(flat), along(expected))).toBeLessThan(TOLERANCE);
    }
    const losses = referenceLosses('maml', wide, shape, batch, BETA, [0, 0, 1]);
    expect(found.queryLoss).toBeCloseTo(losses.queryLoss, 5);
    expect(found.loss).toBeCloseTo(losses.loss, 4);
  });

  it.each([
    ['the last step', [0, 0, 1]],
    ['every step', [0.2, 0.3, 0.5]],
  ] as const)('of prompt-tuning, with the query loss after %s', async (_, stepShares) => {
    const found = await gradientsOf('prompt', stepShares);
    const expected = referenceLosses('prompt', wide, shape, batch, BETA, stepShares);
    expect(found.loss).toBeCloseTo(expected.loss, 4);
    expect(found.supportLoss).toBeCloseTo(expected.supportLoss, 5);
    expect(found.queryLoss).toBeCloseTo(expected.queryLoss, 5);
    expect(Object.keys(found.gradients)).not.toContain('weight1');
    expectGradient('prompt', found, stepShares);
  });

  it('of joint training', async () => {
    const found = await gradientsOf('joint');
    expectGradient('joint', found, [0, 0, 1]);
  });
});
