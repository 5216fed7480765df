import { describe, expect, it } from 'vitest';
import { niceTicks, spread, thin } from '../../src/renderer/components/charts/axis.ts';
import { calibrationSentence, groupSentence, modelSentences } from '../../src/renderer/features/model/model-sentence.ts';
import { verdictOf } from '../../src/renderer/features/model/report-reading.ts';
import { createFormat } from '../../src/renderer/i18n/format.ts';
import { createI18n } from '../../src/renderer/i18n/create-i18n.ts';
import type { EvaluationReport } from '../../src/shared/contract/evaluation.ts';
import type { Diagnostics } from '../../src/shared/contract/model.ts';

const figures = (model: string, change: Partial<EvaluationReport['points'][number]['figures'][number]> = {}) => ({
  model,
  auc: model === 'pathlight' ? 0.72 : 0.7,
  aucWithinStudent: 0.68,
  logLoss: 0.58,
  brier: 0.2,
  ece: 0.02,
  ecePerfect: 0.03,
  ...change,
});
const difference = (low: number, high: number) => ({ value: (low + high) / 2, low, high });
const AHEAD = difference(-0.03, -0.01);
const EQUAL = difference(-0.03, 0.01);
const BEHIND = difference(0.01, 0.03);

const report = (logLoss: EvaluationReport['means'][number]['differences'][number]['logLoss']): EvaluationReport => {
  const models = [figures('pathlight'), figures('irt'), figures('pfa')];
  const differences = ['irt', 'pfa'].map((model) => ({ model, auc: null, logLoss }));
  return {
    models: ['pathlight', 'irt', 'pfa'],
    replicates: 2000,
    points: [{ after: 5, window: 'fixed', students: 40, questions: 400, figures: models, differences }],
    means: [{ window: 'fixed', figures: models, differences }],
    groupsAfter: 5,
    groupsWindow: 'fixed',
    groups: [],
  };
};
const nothing: EvaluationReport = { ...report(null), models: [], points: [], means: [], groupsAfter: null, groupsWindow: null };
const diagnostics = (change: Partial<Diagnostics>): Diagnostics => ({
  model: { id: 'm', kind: 'own', trainedAt: 0, pastStudents: 200 },
  learner: 'maml',
  backend: 'tensorflow',
  seed: 1,
  provenance: {
    students: 160,
    heldBackStudents: 40,
    crossValidatedStudents: 0,
    profileFields: [],
    answers: 9000,
    questions: 80,
    skills: 12,
  },
  trainingCurve: [],
  report: nothing,
  bestBaseline: 'irt',
  adopted: null,
  members: [
    { kind: 'trained', baseline: null, share: 0.6 },
    { kind: 'closed', baseline: null, share: 0.4 },
  ],
  reliability: [],
  reliabilityAfter: 5,
  ...change,
});
const { t } = createI18n('en');
const format = createFormat('en');
const say = (change: Partial<Diagnostics>) => modelSentences(diagnostics(change), t, format).join(' ');

describe('modelSentences', () => {
  it('says better only where the interval of the difference leaves zero out', () => {
    expect(say({ report: report(AHEAD) })).toBe(
      'On 40 students that it had never seen it forecast better than item response theory (IRT), the best of 2 simpler methods: adapting pays here. Of a right and a wrong answer it tells which is which 72.0% of the time, the simpler method 70.0%.',
    );
    expect(say({ report: report(EQUAL) })).toContain('no advantage of adapting beyond chance');
    expect(say({ report: report(BEHIND) })).toContain('forecast worse than item response theory');
    expect(say({ report: report(null) })).toContain('no advantage');
    expect([verdictOf(AHEAD), verdictOf(EQUAL), verdictOf(BEHIND)]).toEqual(['ahead', 'equal', 'behind']);
  });

  it('says what is used where training does not help', () => {
    const members = [{ kind: 'closed' as const, baseline: null, share: 1 }];
    expect(say({ report: report(EQUAL), members })).toContain('the forecasts use item response theory only');
    expect(say({ report: report(EQUAL), adopted: { baseline: 'best-lr', difference: BEHIND } })).toMatch(
      /^The trained models alone did worse on your students than logistic regression \(Best-LR\), so the forecasts now use that method/,
    );
    expect(say({ report: report(AHEAD) })).not.toContain('only');
  });

  it('takes its example of reliability from a bin with enough answers', () => {
    const bin = { low: 0.6, high: 0.8 };
    const reliability = [
      { ...bin, forecast: 0.7, observed: 0.2, answers: 4 },
      { ...bin, forecast: 0.66, observed: 0.64, answers: 300 },
    ];
    expect(say({ report: report(AHEAD), reliability })).toContain('When it says 66%, 64% of the answers come out right.');
  });

  it('claims nothing that nobody measured', () => {
    expect(say({})).toContain('nobody has judged it yet');
    expect(say({ bestBaseline: null })).toContain('nobody has judged it yet');
  });
});

describe('groups and calibration', () => {
  const group = (name: EvaluationReport['groups'][number]['name'], auc: number, logLoss: typeof AHEAD) => ({
    ...report(logLoss).points[0]!,
    name,
    figures: [figures('pathlight', { auc }), figures('irt')],
  });

  it('names whom it serves least well, and where the baseline would be better', () => {
    const groups = [group('tercile-low', 0.73, AHEAD), group('tercile-middle', 0.66, EQUAL), group('tercile-high', 0.7, BEHIND)];
    expect(groupSentence(groups, 'irt', t, format)).toBe(
      'Right and wrong are told apart least well for the middle third (66.0% of the time), best for students with the fewest right answers (73.0%). For students with the most right answers, item response theory (IRT) would be better.',
    );
    expect(groupSentence(groups.slice(0, 2), 'irt', t, format)).toContain('Nowhere would item response theory');
    expect(groupSentence([], null, t, format)).toBe('');
    expect(groupSentence([group('seen', 0.7, EQUAL)], 'irt', t, format)).toBe('');
  });

  it('says at how many numbers of answers the calibration is beyond chance', () => {
    const [point] = report(EQUAL).points;
    const off = { ...point!, after: 10, figures: [figures('pathlight', { ece: 0.04 })] };
    expect(calibrationSentence([point!], t, format)).toContain('At every number of answers');
    expect(calibrationSentence([point!, off], t, format)).toContain('At 1 of 2 numbers of answers (after 10)');
  });
});

describe('axes', () => {
  it('covers the data in round steps', () => {
    expect(niceTicks(0.5, 0.73)).toEqual([0.5, 0.55, 0.6, 0.65, 0.7, 0.75]);
    expect(niceTicks(0.561, 0.688, 4)).toEqual([0.55, 0.6, 0.65, 0.7]);
    expect(niceTicks(0.6, 0.6).length).toBeGreaterThan(0);
  });

  it('thins a long series and keeps both ends', () => {
    const series = Array.from({ length: 1000 }, (_, index) => index);
    const thinned = thin(series, 50);
    expect(thinned).toHaveLength(50);
    expect([thinned[0], thinned.at(-1)]).toEqual([0, 999]);
    expect(thin([1, 2], 50)).toEqual([1, 2]);
  });

  it('moves names at the lines’ ends apart, in their order, and no further than needed', () => {
    expect(spread([0.5, 0.9], 0.1)).toEqual([0.5, 0.9]);
    const places = spread([0.7, 0.72, 0.71, 0.2], 0.05);
    expect(places[3]).toBe(0.2);
    expect(places[1]! - places[2]!).toBeCloseTo(0.05, 12);
    expect(places[2]! - places[0]!).toBeCloseTo(0.05, 12);
    expect((places[0]! + places[1]! + places[2]!) / 3).toBeCloseTo(0.71, 12);
  });
});
