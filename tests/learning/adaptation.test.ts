import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossEntropy, sigmoid } from '../../src/learning/numeric.ts';
import { createRandom } from '../../src/learning/random.ts';
import { FEATURE_COUNT } from '../../src/learning/student-model/features.ts';
import { adaptPhi, startOf } from '../../src/learning/student-model/forward.ts';
import { initialParameters } from '../../src/learning/student-model/parameters.ts';
import type { ModelShape } from '../../src/learning/student-model/parameters.ts';

const SHAPE: ModelShape = {
  features: FEATURE_COUNT,
  hidden: 4,
  factors: 3,
  embedding: 2,
  covariates: 1,
  prompts: 0,
  innerSteps: 4,
};

const VARIANCE = 0.7;

function rows(count: number, seed: number, spread: number) {
  const random = createRandom(seed);
  const size = SHAPE.factors + 1;
  const loading = new Float64Array(count * size);
  const oneSkill = Array.from({ length: SHAPE.factors }, () => random.normal());
  for (let row = 0; row < count; row++) {
    loading[row * size] = 1;
    // Hundreds of answers on one skill: entries fully correlated, the case in which a diagonal step oscillates.
    for (let factor = 0; factor < SHAPE.factors; factor++) loading[row * size + 1 + factor] = oneSkill[factor]! * spread;
  }
  return {
    base: Float64Array.from({ length: count }, () => 2 * random.normal()),
    loading,
    correct: Float64Array.from({ length: count }, () => (random.uniform() < 0.7 ? 1 : 0)),
    weight: new Float64Array(count).fill(1),
    ...startOf(initialParameters(SHAPE, 0, createRandom(1)), SHAPE, [0], VARIANCE),
  };
}

describe('fitting φ to a student', () => {
  const parameters = initialParameters(SHAPE, 0, createRandom(1));

  it('never raises the loss, up to 2,000 answers on one skill', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        (count, seed, spread) => {
          const { losses } = adaptPhi(parameters, SHAPE, rows(count, seed, spread));
          for (let step = 1; step < losses.length; step++)
            expect(losses[step]!).toBeLessThanOrEqual(losses[step - 1]! + 1e-9 * Math.abs(losses[step - 1]!));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('arrives near the minimum, whose gradient by finite differences is nearly zero', () => {
    const deep = { ...SHAPE, innerSteps: 60 };
    const wide = {
      ...parameters,
      stepSize: new Float32Array(60).fill(20),
      damping: new Float32Array(60 * (SHAPE.factors + 1)).fill(-20),
    };
    const data = rows(50, 4, 1);
    const { phi } = adaptPhi(wide, deep, data);
    const size = phi.length;
    const loss = (at: Float64Array): number => {
      let sum = 0;
      for (let entry = 0; entry < size; entry++) sum += 0.5 * data.precision[entry]! * (at[entry]! - data.start[entry]!) ** 2;
      for (let row = 0; row < 50; row++) {
        let z = data.base[row]!;
        for (let entry = 0; entry < size; entry++) z += at[entry]! * data.loading[row * size + entry]!;
        sum += crossEntropy(z, data.correct[row]!);
      }
      return sum;
    };
    for (let entry = 0; entry < size; entry++) {
      const above = Float64Array.from(phi);
      const below = Float64Array.from(phi);
      above[entry]! += 1e-4;
      below[entry]! -= 1e-4;
      expect((loss(above) - loss(below)) / 2e-4).toBeCloseTo(0, 3);
    }
  });

  it('stays at the prior without answers, with the prior’s covariance', () => {
    const { phi, covariance } = adaptPhi(parameters, SHAPE, rows(0, 1, 1));
    expect([...phi]).toEqual([...parameters.phi0]);
    expect(covariance[0]).toBeCloseTo(0.7, 5);
  });

  it('gives a covariance that a grid of the posterior agrees with', () => {
    const flat: ModelShape = { ...SHAPE, factors: 0, innerSteps: 30 };
    const single = initialParameters(flat, 0, createRandom(2));
    const random = createRandom(8);
    const data = {
      base: Float64Array.from({ length: 60 }, () => random.normal()),
      loading: new Float64Array(60).fill(1),
      correct: Float64Array.from({ length: 60 }, () => (random.uniform() < 0.6 ? 1 : 0)),
      weight: new Float64Array(60).fill(1),
      ...startOf(single, flat, [0], VARIANCE),
    };
    const { covariance } = adaptPhi(single, flat, data);
    let mass = 0;
    let mean = 0;
    let square = 0;
    for (let theta = -4; theta <= 4; theta += 0.002) {
      let log = (-0.5 * theta * theta) / 0.7;
      data.base.forEach((base, row) => (log += Math.log(data.correct[row] ? sigmoid(base + theta) : 1 - sigmoid(base + theta))));
      const density = Math.exp(log + 40);
      mass += density;
      mean += density * theta;
      square += density * theta * theta;
    }
    const variance = square / mass - (mean / mass) ** 2;
    expect(Math.abs(covariance[0]! - variance) / variance).toBeLessThan(0.05);
  });
});
