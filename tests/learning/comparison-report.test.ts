import { describe, expect, it } from 'vitest';
import type { ComparedModel } from '../../src/learning/evaluation/comparison.ts';
import { trainedPart } from '../../src/learning/evaluation/comparison.ts';
import { meanOfReports, overBlocks, reportComparison } from '../../src/learning/evaluation/comparison-report.ts';
import { auc } from '../../src/learning/evaluation/metrics.ts';
import { forecastWindows } from '../../src/learning/evaluation/protocol.ts';
import { createRandom } from '../../src/learning/random.ts';
import { DEFAULT_SHAPE, initialParameters } from '../../src/learning/student-model/parameters.ts';
import { simulatedClass } from '../support/courses.ts';

const { table } = simulatedClass(40, 3, 34);
const students = table.students.map((_, student) => student);

const MEMBERS: Record<ComparedModel['kind'], ComparedModel['members']> = {
  baseline: [],
  whole: [
    { name: 'closed', weight: 0.5 },
    { name: 'trained', weight: 0.2 },
    { name: 'trained', weight: 0.3 },
  ],
  'trained-part': [{ name: 'trained', weight: 1 }],
};

/** Forecasts that know the answers up to noise: the less, the better. */
function model(name: string, kind: ComparedModel['kind'], noise: number, seed: number): ComparedModel {
  const random = createRandom(seed);
  const windows = forecastWindows(
    table,
    students,
    (_student, _support, query) =>
      Float64Array.from(query, (row) => 1 / (1 + Math.exp(-(2 * table.correct[row]! - 1) - noise * random.normal()))),
    [0, 5],
  );
  return { name, kind, seconds: 2, trainedShare: kind === 'baseline' ? null : 0.5, members: MEMBERS[kind], windows };
}
const models = (seed: number): ComparedModel[] => [
  model('weak', 'baseline', 6, seed),
  model('strong', 'baseline', 2, seed + 1),
  model('ours', 'whole', 1, seed + 2),
  model('ours alone', 'trained-part', 9, seed + 3),
];
const report = (of: ComparedModel[], replicates?: number) =>
  reportComparison({ validation: table, models: of, seen: () => true, random: createRandom(1), replicates });

describe('a comparison', () => {
  it('puts every model beside the best baseline, in the order given', () => {
    const compared = report(models(1), 300);
    expect(compared.bestPeer).toBe('strong');
    expect(compared.models.map(({ model: name }) => name)).toEqual(['weak', 'strong', 'ours', 'ours alone']);
    const [weak, strong, ours] = compared.models;
    expect(ours!.composition).toEqual({ closed: 0.5, trained: 0.5 });
    const { judged } = models(1)[2]!.windows[0]!;
    expect(ours!.points[0]!.auc).toBe(auc(judged.probability, judged.correct));
    compared.asked.forEach((_, at) => {
      const difference = ours!.points[at]!.difference!.auc!;
      expect(difference.value).toBeCloseTo(ours!.points[at]!.auc! - strong!.points[at]!.auc!, 12);
      expect(difference.low).toBeLessThan(difference.value);
      expect(difference.high).toBeGreaterThan(difference.value);
    });
    expect(ours!.means[0]!.difference!.auc!.low).toBeGreaterThan(0);
    expect(weak!.means[0]!.difference!.auc!.high).toBeLessThan(0);
    expect(ours!.means[0]!.difference!.logLoss!.high).toBeLessThan(0);
    expect(strong!.means[0]!.difference).toBeNull();
  });

  it('has no peer without baselines', () => {
    const compared = report(models(1).slice(2), 10);
    expect(compared.bestPeer).toBeNull();
    expect(compared.models.every(({ means }) => means.every(({ difference }) => difference === null))).toBe(true);
  });

  it('takes means over blocks, of differences by pairs', () => {
    const blocks = [report(models(1), 0), report(models(11), 0), report(models(21).slice(0, 3), 0)];
    const mean = meanOfReports(blocks);
    expect(mean.models.map(({ model: name }) => name)).toEqual(['weak', 'strong', 'ours']);
    const at = (index: number) => blocks.map((block) => block.models[index]!.points[0]!.auc!);
    const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean.models[2]!.points[0]!.auc).toBeCloseTo(average(at(2)), 12);
    const differences = at(2).map((value, block) => value - at(1)[block]!);
    expect(mean.models[2]!.points[0]!.difference!.auc).toEqual(overBlocks(differences));
    expect(mean.blocks).toBe(3);
  });

  it('gives the interval of a mean that tables give', () => {
    // Mean 3, s = √2.5, t₄ = 2.776: ± 1.963.
    expect(overBlocks([1, 2, 3, 4, 5])).toEqual({ value: 3, low: expect.closeTo(1.037, 3), high: expect.closeTo(4.963, 3) });
    expect(overBlocks([1])).toBeNull();
    expect(overBlocks([1, null])).toBeNull();
  });
});

it('tells what was trained from what was there before', () => {
  const shape = { ...DEFAULT_SHAPE, covariates: 1 };
  const starter = { shape, parameters: initialParameters(shape, 0, createRandom(1)) };
  const own = initialParameters(shape, 3, createRandom(2));
  const trained = { kind: 'phi', weight: 0.4, shape, parameters: own } as const;
  const shipped = {
    kind: 'phi',
    weight: 0.3,
    shape,
    parameters: { ...starter.parameters, weight2: starter.parameters.weight2.slice() },
  } as const;
  const members = [{ kind: 'closed', weight: 0.3 } as const, shipped, trained];
  expect(trainedPart(members, starter)).toEqual([trained]);
  expect(trainedPart(members, undefined)).toEqual([shipped, trained]);
});
