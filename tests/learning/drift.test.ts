import { describe, expect, it } from 'vitest';
import { DRIFT_ALPHA, detectDrift } from '../../src/learning/feedback/drift.ts';
import type { Occasion } from '../../src/learning/feedback/drift.ts';
import { sigmoid } from '../../src/learning/numeric.ts';
import { createRandom } from '../../src/learning/random.ts';
import type { Random } from '../../src/learning/random.ts';

interface School {
  readonly students: number;
  readonly questions: number;
  /** Standard deviations, in logits, of what nobody can forecast: a student's form on the day, and a new question's difficulty. */
  readonly form: number;
  readonly difficulty: number;
}
const CLASS: School = { students: 25, questions: 6, form: 0.4, difficulty: 0.5 };

/** What a model that is right about the mean forecasts: P(right) averaged over form and difficulty (the logistic-normal mean, probit approximation). */
const calibrated = (logit: number, { form, difficulty }: School): number =>
  sigmoid(logit / Math.sqrt(1 + ((form ** 2 + difficulty ** 2) * Math.PI) / 8));

/** One day: every student answers every question. @param shift by how many logits the class does better than forecast @param sharpness of the forecasts */
function day(random: Random, school: School, shift = 0, sharpness = 1): Occasion {
  const { students, questions, form, difficulty } = school;
  const size = students * questions;
  const hard = Array.from({ length: questions }, () => random.normal() * difficulty);
  const [student, question] = [new Int32Array(size), new Int32Array(size)];
  const [probability, correct] = [new Float64Array(size), new Float64Array(size)];
  for (let row = 0, who = 0; who < students; who++) {
    const today = random.normal() * form;
    for (let what = 0; what < questions; what++, row++) {
      const known = 0.5 + random.normal();
      student[row] = who;
      question[row] = what;
      probability[row] = calibrated(sharpness * known, school);
      correct[row] = random.uniform() < sigmoid(known + today + hard[what]! + shift) ? 1 : 0;
    }
  }
  return { student, question, probability, correct };
}

const days = (count: number, of: (index: number) => Occasion): Occasion[] =>
  Array.from({ length: count }, (_, index) => of(index));

describe('the notice that forecasts are off', () => {
  it.each([
    ['a class that answers together', CLASS, 20, undefined],
    ['the same without any tolerance', CLASS, 20, 0],
    ['questions that differ a lot', { ...CLASS, difficulty: 0.8 }, 20, undefined],
    ['a group of six', { students: 6, questions: 5, form: 0.4, difficulty: 0.5 }, 40, undefined],
  ] as const)('is a false alarm for at most one model in twenty: %s', (_, school, count, tolerance) => {
    const random = createRandom(11);
    const schools = 150;
    const options = tolerance === undefined ? {} : { tolerance };
    let alarms = 0;
    for (let run = 0; run < schools; run++)
      if (
        detectDrift(
          days(count, () => day(random, school)),
          options,
        )
      )
        alarms++;
    console.info(`${alarms} false alarms in ${schools} schools`);
    // Two standard errors of the count over what is promised.
    expect(alarms).toBeLessThanOrEqual(schools * DRIFT_ALPHA + 2 * Math.sqrt(schools * DRIFT_ALPHA * (1 - DRIFT_ALPHA)));
  });

  it('notices that a class has become better than forecast, and since when', () => {
    const random = createRandom(12);
    const runs = 40;
    const found = Array.from({ length: runs }, () => detectDrift(days(24, (index) => day(random, CLASS, index < 12 ? 0 : 0.8))));
    const noticed = found.filter((drift) => drift?.kind === 'too-low');
    expect(noticed.length).toBeGreaterThanOrEqual(0.9 * runs);
    const close = noticed.filter((drift) => Math.abs(drift!.since - 12) <= 3);
    expect(close.length).toBeGreaterThanOrEqual(0.8 * noticed.length);
    for (const drift of noticed) {
      expect(drift!.noticed).toBeGreaterThanOrEqual(12);
      expect(drift!.difference.low).toBeGreaterThan(0);
    }
  });

  it('notices forecasts that are too sure although they are right on average', () => {
    const random = createRandom(13);
    const found = Array.from({ length: 20 }, () => detectDrift(days(24, () => day(random, CLASS, 0, 2.5))));
    expect(found.filter((drift) => drift !== undefined).length).toBeGreaterThanOrEqual(18);
  });

  it('says nothing of ten answers, however wrong, nor of one bad day', () => {
    const wrong: Occasion = {
      student: new Int32Array(10),
      question: Int32Array.from({ length: 10 }, (_, index) => index),
      probability: new Float64Array(10).fill(0.95),
      correct: new Float64Array(10),
    };
    expect(detectDrift([wrong])).toBeUndefined();
    expect(detectDrift([wrong, wrong, wrong])).toBeUndefined();
    const random = createRandom(14);
    expect(detectDrift([day(random, CLASS, -3)])).toBeUndefined();
    expect(detectDrift([])).toBeUndefined();
  });
});
