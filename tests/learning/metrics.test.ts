import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auc, aucWithinStudent, brier, ece, logLoss, reliability } from '../../src/learning/evaluation/metrics.ts';
import { createRandom } from '../../src/learning/random.ts';

const judged = (probability: number[], correct: number[], student: number[] = probability.map((_, index) => index)) => ({
  student: Int32Array.from(student),
  probability: Float64Array.from(probability),
  correct: Float64Array.from(correct),
});

function pairwiseAuc(probability: readonly number[], correct: readonly number[]): number | null {
  let wins = 0;
  let pairs = 0;
  probability.forEach((p, i) =>
    probability.forEach((q, j) => {
      if (correct[i] !== 1 || correct[j] !== 0) return;
      pairs++;
      wins += p > q ? 1 : p === q ? 0.5 : 0;
    }),
  );
  return pairs === 0 ? null : wins / pairs;
}

describe('metrics', () => {
  it('AUC is the share of pairs in the right order, ties half', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.boolean()), { maxLength: 40 }), (rows) => {
        const probability = rows.map(([value]) => value / 8);
        const correct = rows.map(([, right]) => (right ? 1 : 0));
        const expected = pairwiseAuc(probability, correct);
        const found = auc(Float64Array.from(probability), Float64Array.from(correct));
        if (expected === null) expect(found).toBeNull();
        else expect(found).toBeCloseTo(expected, 12);
      }),
    );
  });

  it('AUC with multiplicities is that of the repeated rows', () => {
    const times = [2, 0, 3, 1, 1];
    const p = [0.2, 0.9, 0.6, 0.6, 0.8];
    const y = [0, 1, 0, 1, 1];
    const repeat = (values: number[]) => values.flatMap((value, index) => Array.from({ length: times[index]! }, () => value));
    expect(auc(Float64Array.from(p), Float64Array.from(y), Float64Array.from(times))).toBeCloseTo(
      pairwiseAuc(repeat(p), repeat(y))!,
      12,
    );
  });

  it('within-student AUC ignores differences between students', () => {
    expect(aucWithinStudent(judged([0.9, 0.8, 0.2, 0.1], [1, 0, 1, 0], [1, 1, 2, 2]))).toBe(1);
    expect(auc(Float64Array.of(0.9, 0.8, 0.2, 0.1), Float64Array.of(1, 0, 1, 0))).toBe(0.75);
  });

  it('Brier, log-loss and ECE have the values worked out by hand', () => {
    const data = judged([0.8, 0.4], [1, 0]);
    expect(brier(data)).toBeCloseTo((0.04 + 0.16) / 2, 12);
    expect(logLoss(data)).toBeCloseTo(-(Math.log(0.8) + Math.log(0.6)) / 2, 12);
    expect(ece(judged([0.1, 0.1, 0.9, 0.9], [0, 1, 1, 1]), 2)).toBeCloseTo((0.4 + 0.1) / 2, 12);
  });

  it('reliability bins have equal mass and intervals that hold the share', () => {
    const random = createRandom(3);
    const p = Array.from({ length: 1000 }, () => random.uniform());
    const bins = reliability(
      judged(
        p,
        p.map((value) => (random.uniform() < value ? 1 : 0)),
      ),
      10,
    );
    expect(bins.map((bin) => bin.answers)).toEqual(Array(10).fill(100));
    for (const bin of bins) expect(bin.low <= bin.observed && bin.observed <= bin.high).toBe(true);
    expect(bins.filter((bin) => bin.forecast >= bin.low && bin.forecast <= bin.high).length).toBeGreaterThanOrEqual(8);
  });
});
