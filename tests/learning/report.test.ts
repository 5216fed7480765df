import { describe, expect, it } from 'vitest';
import { eceOfPerfectModel, rightAnswersDistribution } from '../../src/learning/evaluation/perfect-calibration.ts';
import { studentTerciles } from '../../src/learning/evaluation/groups.ts';
import { auc, ece, logLoss } from '../../src/learning/evaluation/metrics.ts';
import type { Judged } from '../../src/learning/evaluation/metrics.ts';
import { differenceWithInterval, resampleStudents } from '../../src/learning/evaluation/paired-bootstrap.ts';
import { forecastWindows } from '../../src/learning/evaluation/protocol.ts';
import type { Forecaster } from '../../src/learning/evaluation/protocol.ts';
import { bestBaseline, evaluationReport } from '../../src/learning/evaluation/report.ts';
import { createRandom } from '../../src/learning/random.ts';
import type { Random } from '../../src/learning/random.ts';
import { toResponseTable } from '../../src/learning/responses.ts';

const judged = (student: number[], probability: number[], correct: number[]): Judged => ({
  student: Int32Array.from(student),
  probability: Float64Array.from(probability),
  correct: Float64Array.from(correct),
});

/** Hands out the given integers, one after the other. */
const scripted = (integers: number[]): Random => {
  const left = [...integers];
  return { ...createRandom(1), integer: () => left.shift()! };
};

describe('bootstrap over students', () => {
  it('scores a resample as if the drawn students were written out', () => {
    const a = judged([7, 7, 9, 9, 11], [0.3, 0.8, 0.8, 0.4, 0.6], [0, 1, 0, 1, 1]);
    const b = judged([7, 7, 9, 9, 11], [0.5, 0.6, 0.2, 0.5, 0.5], [0, 1, 0, 1, 1]);
    // Students 9, 9 and 7 are drawn.
    const [result] = resampleStudents([[a, b]], scripted([1, 1, 0]), 1);
    const written = (p: number[]): Judged => judged([1, 1, 2, 2, 3, 3], p, [0, 1, 0, 1, 0, 1]);
    for (const [index, p] of [
      [0.8, 0.4, 0.8, 0.4, 0.3, 0.8],
      [0.2, 0.5, 0.2, 0.5, 0.5, 0.6],
    ].entries()) {
      const expected = written(p);
      expect(result!.auc[index]![0]).toBeCloseTo(auc(expected.probability, expected.correct)!, 12);
      expect(result!.logLoss[index]![0]).toBeCloseTo(logLoss(expected), 12);
    }
  });

  it('has the spread that theory gives for a mean over students', () => {
    const random = createRandom(11);
    const students = Array.from({ length: 400 }, (_, index) => index);
    const p = students.map(() => 0.2 + 0.6 * random.uniform());
    const y = p.map((value) => (random.uniform() < value ? 1 : 0));
    const own = judged(students, p, y);
    const flat = judged(
      students,
      p.map(() => 0.5),
      y,
    );
    const [result] = resampleStudents([[own, flat]], random);
    const difference = result!.logLoss[0]!.map((value, index) => value - result!.logLoss[1]![index]!);
    const interval = differenceWithInterval(logLoss(own) - logLoss(flat), difference)!;
    const each = p.map((value, row) => -Math.log(y[row] === 1 ? value : 1 - value) - Math.log(2));
    const centre = each.reduce((sum, value) => sum + value, 0) / 400;
    const error = Math.sqrt(each.reduce((sum, value) => sum + (value - centre) ** 2, 0) / 400 / 399);
    expect(interval.value).toBeCloseTo(centre, 12);
    expect(interval.low).toBeCloseTo(centre - 1.96 * error, 2);
    expect(interval.high).toBeCloseTo(centre + 1.96 * error, 2);
    expect((interval.high - interval.low) / (2 * 1.96 * error)).toBeGreaterThan(0.93);
    expect((interval.high - interval.low) / (2 * 1.96 * error)).toBeLessThan(1.07);
  });

  it('gives no interval where most resamples have none', () => {
    expect(differenceWithInterval(0.1, Float64Array.of(0.1, Number.NaN, Number.NaN))).toBeNull();
    expect(differenceWithInterval(null, Float64Array.of(0.1, 0.2))).toBeNull();
  });
});

describe('calibration against a perfect model', () => {
  it('knows how many of several unlike outcomes come out right', () => {
    // By hand for .5, .2 and .9: none .5·.8·.1; one .5·.8·.1 + .5·.2·.1 + .5·.8·.9; all .5·.2·.9.
    const [none, one, two, all] = rightAnswersDistribution(Float64Array.of(0.5, 0.2, 0.9));
    expect(none).toBeCloseTo(0.04, 12);
    expect(one! - none!).toBeCloseTo(0.04 + 0.01 + 0.36, 12);
    expect(all! - two!).toBeCloseTo(0.09, 12);
    expect(all).toBeCloseTo(1, 12);
  });

  it('is the 95th percentile of the binomial error where all forecasts are the same', () => {
    // 100 forecasts of a half, one bin: |share − ½| is above .1 with probability .0352 and at or above .1 with .0569 (binomial).
    const same = judged(
      Array.from({ length: 100 }, (_, row) => row),
      Array(100).fill(0.5),
      Array(100).fill(1),
    );
    expect(eceOfPerfectModel(same, createRandom(2), 4000, 0.95, 1)).toBeCloseTo(0.1, 9);
  });

  it('lets one in twenty perfect models fail, and finds an overconfident one out', () => {
    const random = createRandom(8);
    let above = 0;
    for (let round = 0; round < 200; round++) {
      const p = Array.from({ length: 300 }, () => random.uniform());
      const perfect = judged(
        p.map((_, row) => row),
        p,
        p.map((value) => (random.uniform() < value ? 1 : 0)),
      );
      if (ece(perfect) > eceOfPerfectModel(perfect, random, 200)) above++;
    }
    expect(above).toBeGreaterThan(1);
    expect(above).toBeLessThan(22);
    const truth = Array.from({ length: 2000 }, () => 0.3 + 0.4 * random.uniform());
    const sure = judged(
      truth.map((_, row) => row),
      truth.map((value) => (value > 0.5 ? 0.9 : 0.1)),
      truth.map((value) => (random.uniform() < value ? 1 : 0)),
    );
    expect(ece(sure)).toBeGreaterThan(eceOfPerfectModel(sure, random, 200));
  });
});

/** 60 students of 30 to 40 answers, forecast by who knows the truth, by who knows half of it and by who knows nothing. */
function course(random: Random) {
  const truth: number[] = [];
  const table = toResponseTable(
    Array.from({ length: 60 }, (_, student) => ({
      student: `s${student}`,
      responses: Array.from({ length: 30 + (student % 11) }, (_, order) => {
        const p = 1 / (1 + Math.exp(-random.normal() - random.normal()));
        truth.push(p);
        return { order, question: `q${order}`, skills: ['a'], correct: random.uniform() < p ? 1 : 0 };
      }),
    })),
  );
  const by =
    (forecast: (p: number) => number): Forecaster =>
    (_student, _support, query) =>
      Float64Array.from(query, (row) => forecast(truth[row]!));
  const students = table.students.map((_, student) => student);
  const models = Object.entries({
    pathlight: (p: number) => p,
    half: (p: number) => 1 / (1 + Math.exp(-0.4 * Math.log(p / (1 - p)))),
    nothing: () => 0.5,
  }).map(([name, forecast]) => ({ name, windows: forecastWindows(table, students, by(forecast), [0, 5, 20]) }));
  return { table, models };
}

describe('evaluationReport', () => {
  const random = createRandom(4);
  const { table, models } = course(random);
  const report = evaluationReport({ table, models, seen: (question) => question < 24, random, replicates: 400, draws: 200 });

  it('compares ours with each of the others in each window', () => {
    expect(report.models).toEqual(['pathlight', 'half', 'nothing']);
    expect(report.points.map(({ window, after }) => `${window} ${after}`)).toEqual([
      'fixed 0',
      'next 0',
      'fixed 5',
      'next 5',
      'fixed 20',
      'next 20',
    ]);
    const point = report.points.find(({ window, after }) => window === 'fixed' && after === 5)!;
    expect([point.students, point.questions]).toEqual([60, 600]);
    expect(point.figures[2]!.logLoss).toBeCloseTo(Math.log(2), 12);
    expect(point.figures[2]!.auc).toBe(0.5);
    const [half, nothing] = point.differences;
    // A change of scale leaves the order as it is.
    expect([half!.auc!.value, half!.auc!.low, half!.auc!.high]).toEqual([0, 0, 0]);
    expect(half!.logLoss!.value).toBeCloseTo(point.figures[0]!.logLoss - point.figures[1]!.logLoss, 12);
    expect(half!.logLoss!.high).toBeLessThan(0);
    expect(nothing!.auc!.low).toBeGreaterThan(0.1);
    expect(nothing!.auc!.low).toBeLessThan(nothing!.auc!.value);
    expect(nothing!.auc!.high).toBeGreaterThan(nothing!.auc!.value);
  });

  it('means over support sizes have the mean of the figures', () => {
    const fixed = report.points.filter(({ window }) => window === 'fixed');
    const mean = report.means.find(({ window }) => window === 'fixed')!;
    expect(mean.figures[0]!.logLoss).toBeCloseTo(fixed.reduce((sum, point) => sum + point.figures[0]!.logLoss, 0) / 3, 12);
    // The same questions and the same forecasts at each size: the mean's interval is the point's.
    expect(mean.differences[1]!.logLoss!.low).toBeCloseTo(fixed[0]!.differences[1]!.logLoss!.low, 9);
    expect(bestBaseline(report)).toBe('half');
  });

  it('divides the asked questions by tercile of the student and by whether training knew them', () => {
    expect([report.groupsAfter, report.groupsWindow]).toEqual([5, 'fixed']);
    expect(report.groups.map(({ name, students, questions }) => [name, students, questions])).toEqual([
      ['tercile-low', 20, 200],
      ['tercile-middle', 20, 200],
      ['tercile-high', 20, 200],
      ['seen', 60, 240],
      ['unseen', 60, 360],
    ]);
    const whole = report.points.find(({ window, after }) => window === 'fixed' && after === 5)!;
    const parts = report.groups.slice(3).reduce((sum, { questions, figures }) => sum + questions * figures[0]!.brier, 0);
    expect(parts / 600).toBeCloseTo(whole.figures[0]!.brier, 12);
  });

  it('terciles go by all answers of a student', () => {
    const three = toResponseTable(
      [
        [1, 1, 1],
        [0, 0, 1],
        [0, 1, 1],
      ].map((answers, student) => ({
        student: `s${student}`,
        responses: answers.map((correct, order) => ({ order, question: 'q', skills: [], correct })),
      })),
    );
    expect([...studentTerciles(three, [0, 1, 2])].sort()).toEqual([
      [0, 2],
      [1, 0],
      [2, 1],
    ]);
  });

  it('is the same for the same seed, and survives a school where nobody can be asked', () => {
    const again = (seed: number) =>
      evaluationReport({ table, models, seen: () => true, random: createRandom(seed), replicates: 50, draws: 20 });
    expect(again(3)).toEqual(again(3));
    expect(
      evaluationReport({ table, models: [{ name: 'pathlight', windows: [] }], seen: () => true, random: createRandom(1) }),
    ).toMatchObject({ points: [], means: [], groups: [], groupsAfter: null });
  });
});
