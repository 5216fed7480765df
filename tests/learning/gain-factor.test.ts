import { describe, expect, it } from 'vitest';
import { estimateGainFactor, withGainFactor } from '../../src/learning/planning/gain-factor.ts';
import type { PractisedAnswer } from '../../src/learning/planning/gain-factor.ts';
import { createRandom } from '../../src/learning/random.ts';
import type { Random } from '../../src/learning/random.ts';
import type { Plan } from '../../src/shared/domain.ts';

interface Practice {
  readonly students: number;
  /** What students truly gain over what was expected. */
  readonly factor: number;
  /** How far forecasts are off for everybody, and from student to student. */
  readonly bias?: number;
  readonly spread?: number;
}

/** Students who work on four steps, six answers each; practice is expected to raise P(right) by about 4 points an answer. */
function practise(random: Random, { students, factor, bias = 0, spread = 0.08 }: Practice): PractisedAnswer[] {
  const answers: PractisedAnswer[] = [];
  for (let student = 0; student < students; student++) {
    const own = bias + spread * random.normal();
    for (let step = 0; step < 4; step++) {
      const forecast = 0.25 + 0.35 * random.uniform();
      for (let done = 0; done < 6; done++) {
        const rise = 0.1 * Math.log1p(done);
        const probability = Math.min(0.99, Math.max(0.01, forecast + own + factor * rise));
        answers.push({ student, forecast, rise, correct: random.uniform() < probability ? 1 : 0 });
      }
    }
  }
  return answers;
}

const estimates = (seed: number, runs: number, practice: Practice) => {
  const random = createRandom(seed);
  return Array.from({ length: runs }, () => estimateGainFactor(practise(random, practice)));
};
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the factor by which students gain more or less than plans expect', () => {
  it.each([
    ['as expected', { students: 60, factor: 1 }],
    ['as expected, by forecasts that are ten points too low', { students: 60, factor: 1, bias: 0.1 }],
    ['as expected, by forecasts that are ten points too high', { students: 60, factor: 1, bias: -0.1 }],
  ] as const)('rarely stands where they gain %s', (_, practice) => {
    const found = estimates(21, 300, practice);
    expect(found.filter(({ stands }) => stands).length).toBeLessThanOrEqual(0.05 * 300 + 2 * Math.sqrt(300 * 0.05 * 0.95));
    expect(Math.abs(mean(found.map(({ value }) => value)) - 1)).toBeLessThan(0.08);
  });

  it('is found where they gain a third of it, the surer the more outcomes there are', () => {
    const few = estimates(22, 60, { students: 12, factor: 1 / 3 });
    const many = estimates(23, 60, { students: 400, factor: 1 / 3 });
    expect(mean(few.map(({ value }) => value))).toBeGreaterThan(mean(many.map(({ value }) => value)));
    expect(Math.abs(mean(many.map(({ value }) => value)) - 1 / 3)).toBeLessThan(0.12);
    expect(many.filter(({ stands }) => stands).length).toBeGreaterThan(0.9 * 60);
    const held = many.filter(({ low, high }) => low <= 1 / 3 + 0.02 && high >= 1 / 3 - 0.02);
    expect(held.length).toBeGreaterThan(0.85 * 60);
  });

  it('makes plans nearer to what happens: multiplied gains miss by less', () => {
    const random = createRandom(24);
    for (const factor of [0.4, 1.8]) {
      const { value, stands } = estimateGainFactor(practise(random, { students: 300, factor }));
      expect(stands).toBe(true);
      expect(Math.abs(value - factor)).toBeLessThan(Math.abs(1 - factor) / 2);
    }
  });

  it('is one without outcomes, and never stands on a few', () => {
    expect(estimateGainFactor([])).toMatchObject({ value: 1, standardError: 0.5, answers: 0, stands: false });
    const wrong = Array.from({ length: 30 }, (_, index) => ({
      student: index % 3,
      forecast: 0.7,
      rise: (index % 6) / 30,
      correct: 0,
    }));
    expect(estimateGainFactor(wrong).stands).toBe(false);
  });

  it('is said in the plan, and its doubt goes into the errors', () => {
    const plan = {
      student: 'a',
      targets: ['s'],
      notEnoughEvidence: false,
      answers: 9,
      steps: [{ skill: 's', expectedGain: { value: 4, standardError: 3 } }],
    } as unknown as Plan;
    expect(withGainFactor(plan, null)).toBe(plan);
    const changed = withGainFactor(plan, { value: 0.5, standardError: 0.1 });
    expect(changed.gainFactor).toEqual({ value: 0.5, standardError: 0.1 });
    expect(changed.steps[0]!.expectedGain.value).toBe(2);
    expect(changed.steps[0]!.expectedGain.standardError).toBeCloseTo(Math.hypot(1.5, 0.4));
  });
});
