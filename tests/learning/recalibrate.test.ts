import { describe, expect, it } from 'vitest';
import type { HeldBackLogits } from '../../src/learning/meta/judge.ts';
import { fitRecalibration } from '../../src/learning/meta/recalibrate.ts';
import { sigmoid } from '../../src/learning/numeric.ts';
import { createRandom } from '../../src/learning/random.ts';
import { lineAt, NO_RECALIBRATION } from '../../src/learning/student-model/recalibration.ts';

/** Forecasts whose truth is shift + scale·logit. */
function forecasts(count: number, shift: number, scale: number): HeldBackLogits {
  const random = createRandom(5);
  const logits = Float64Array.from({ length: count }, () => 0.5 + 1.2 * random.normal());
  return {
    students: count / 20,
    logits: [logits],
    correct: logits.map((value) => (random.uniform() < sigmoid(shift + scale * value) ? 1 : 0)),
    after: Int32Array.from(logits, (_, row) => [0, 2, 5, 15][row % 4]!),
  };
}

describe('the recalibration', () => {
  it('finds how far forecasts are off, and how far apart', () => {
    const found = fitRecalibration(forecasts(80_000, -0.4, 1.3), [1]);
    for (const after of [0, 5, 15]) {
      expect(lineAt(found, after).shift).toBeCloseTo(-0.4, 1);
      expect(lineAt(found, after).scale).toBeCloseTo(1.3, 1);
    }
  });

  it('leaves forecasts alone where there is next to nothing to go by', () => {
    const found = fitRecalibration(forecasts(40, -0.4, 1.3), [1]);
    expect(Math.abs(lineAt(found, 0).shift)).toBeLessThan(0.1);
    expect(fitRecalibration({ students: 0, logits: [], correct: new Float64Array(0), after: new Int32Array(0) }, [])).toEqual(
      NO_RECALIBRATION,
    );
  });

  it('takes a given scale over and fits the shift alone', () => {
    const found = fitRecalibration(forecasts(80_000, -0.4, 1.3), [1], [1, 1]);
    expect(found.scale.map((value) => Number(value.toFixed(3)))).toEqual([1, 1]);
    expect(found.shift[0]).toBeLessThan(-0.1);
  });
});
