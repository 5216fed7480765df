import { beforeAll, describe, expect, it } from 'vitest';
import { BASELINE_NAMES } from '../../../src/learning/baselines/baseline.ts';
import type { Baseline, BaselineName } from '../../../src/learning/baselines/baseline.ts';
import { trainBaseline } from '../../../src/learning/baselines/train-baseline.ts';
import { createStepCompiler } from '../../../src/compute/compile.ts';
import { auc } from '../../../src/learning/evaluation/metrics.ts';
import { forecastWindows } from '../../../src/learning/evaluation/protocol.ts';
import { sigmoid } from '../../../src/learning/numeric.ts';
import { toResponseTable } from '../../../src/learning/responses.ts';
import { calibrate } from '../../../src/learning/student-model/calibration.ts';
import { fitCalibration } from '../../../src/learning/student-model/fit-calibration.ts';
import { realBackend } from '../../support/backend.ts';
import { simulatedClass } from '../../support/courses.ts';

const { sequences } = simulatedClass(60, 8, 34);
const table = toResponseTable(sequences.slice(0, 40));
const judged = toResponseTable(sequences.slice(40), table);
const strangers = toResponseTable(
  [
    {
      student: 'new',
      responses: ['never', 'seen', 'before'].map((question, order) => ({
        order,
        question,
        skills: order === 1 ? [] : [`unheard-${order}`],
        correct: order % 2,
      })),
    },
  ],
  table,
);
const everybody = (of: typeof table): number[] => of.students.map((_, student) => student);

async function train(name: BaselineName, of = table, seed = 1): Promise<Baseline> {
  const compiler = createStepCompiler();
  try {
    return await trainBaseline(name, { table: of, fit: everybody(of), seed, passes: 5, compiler: compiler.compile });
  } finally {
    compiler.dispose();
  }
}

const ask = (baseline: Baseline, of = judged): number[] =>
  forecastWindows(of, everybody(of), baseline.forecaster(of)).flatMap((window) => [...window.judged.probability]);

describe.each(BASELINE_NAMES)('%s', (name) => {
  let baseline: Baseline;
  beforeAll(async () => {
    await realBackend();
    baseline = await train(name);
  });

  it('forecasts new students better than chance, the same for the same seed', { timeout: 120_000 }, async () => {
    const windows = forecastWindows(judged, everybody(judged), baseline.forecaster(judged));
    const point = windows.find(({ window, after }) => window === 'next' && after === 5)!.judged;
    expect(auc(point.probability, point.correct)).toBeGreaterThan(0.53);
    expect(ask(await train(name))).toEqual(windows.flatMap((window) => [...window.judged.probability]));
  });

  it('forecasts questions and skills that it never met', () => {
    for (const probability of ask(baseline, strangers)) expect(probability > 0 && probability < 1).toBe(true);
    expect(ask(baseline, strangers).length).toBeGreaterThan(0);
  });

  it('learns from five students, too few to hold any back', async () => {
    const few = toResponseTable(sequences.slice(0, 5));
    const asked = toResponseTable(sequences.slice(40), few);
    const probabilities = ask(await train(name, few), asked);
    expect(probabilities.every((probability) => probability > 0 && probability < 1)).toBe(true);
    expect(new Set(probabilities).size).toBeGreaterThan(5);
  });

  it('never looks at what comes after the support', () => {
    const changed = { ...judged, correct: judged.correct.map((value, row) => (row < 4 ? value : 1 - value)) };
    const asked = [4, 5, 6];
    expect([...baseline.forecaster(changed)(0, [0, 1, 2, 3], asked)]).toEqual([
      ...baseline.forecaster(judged)(0, [0, 1, 2, 3], asked),
    ]);
  });
});

describe('IRT', () => {
  it('puts the ability where the posterior is highest', async () => {
    const calibration = fitCalibration(table, { plain: true });
    const offset = (row: number): number =>
      calibrate(calibration, judged.question[row]!, judged.skillSets[judged.skillSet[row]!]!).adjusted;
    const support = [0, 1, 2, 3, 4, 5];
    const logPosterior = (ability: number): number =>
      support.reduce(
        (sum, row) => sum + Math.log(judged.correct[row] ? sigmoid(offset(row) + ability) : sigmoid(-offset(row) - ability)),
        -(ability ** 2) / (2 * calibration.variance.ability),
      );
    let best = -4;
    for (let ability = -4; ability <= 4; ability += 0.0005) if (logPosterior(ability) > logPosterior(best)) best = ability;
    const [forecast] = (await train('irt')).forecaster(judged)(0, support, [8]);
    expect(forecast).toBeCloseTo(sigmoid(offset(8) + best), 3);
  });
});

it('a question mean is the share of right answers where a question has many', async () => {
  const responses = (student: number) =>
    ['easy', 'hard'].map((question, order) => ({
      order,
      question,
      skills: ['s'],
      correct: question === 'easy' ? (student % 10 === 0 ? 0 : 1) : student % 5 === 0 ? 1 : 0,
    }));
  const many = toResponseTable(
    Array.from({ length: 1000 }, (_, student) => ({ student: `${student}`, responses: responses(student) })),
  );
  const forecast = (await train('question-mean', many)).forecaster(many)(0, [], [0, 1]);
  expect(forecast[0]).toBeCloseTo(0.9, 2);
  expect(forecast[1]).toBeCloseTo(0.2, 2);
});
