import { describe, expect, it } from 'vitest';
import { niceTicks, thin } from '../../src/renderer/components/charts/axis.ts';
import { headlinePoint, modelSentence } from '../../src/renderer/features/model/model-sentence.ts';
import { createFormat } from '../../src/renderer/i18n/format.ts';
import { createI18n } from '../../src/renderer/i18n/create-i18n.ts';
import type { Diagnostics } from '../../src/shared/contract/model.ts';

const point = (after: number, change: Partial<Diagnostics['accuracy'][number]> = {}): Diagnostics['accuracy'][number] => ({
  after,
  window: 'fixed',
  students: 40,
  questions: 400,
  auc: 0.72,
  aucWithinStudent: 0.68,
  baselineAuc: 0.7,
  difference: { low: 0.01, high: 0.03 },
  logLoss: 0.58,
  brier: 0.2,
  ece: 0.02,
  ...change,
});
const diagnostics = (change: Partial<Diagnostics>): Diagnostics => ({
  model: { id: 'm', kind: 'own', trainedAt: 0, pastStudents: 200 },
  learner: 'maml',
  backend: 'tensorflow',
  seed: 1,
  provenance: { students: 160, heldBackStudents: 40, answers: 9000, questions: 80, skills: 12 },
  trainingCurve: [],
  accuracy: [],
  baseline: 'shrunk-irt',
  reliability: [],
  reliabilityAfter: 5,
  ...change,
});
const say = (change: Partial<Diagnostics>) => modelSentence(diagnostics(change), createI18n('en').t, createFormat('en'));

describe('modelSentence', () => {
  it('says better only where the interval of the difference leaves zero out', () => {
    expect(say({ accuracy: [point(5)] })).toBe(
      'After 5 answers it tells right from wrong better than item response theory (IRT) (AUC 0.720 against 0.700).',
    );
    expect(say({ accuracy: [point(5, { difference: { low: -0.01, high: 0.03 } })] })).toContain('about as good as');
    expect(say({ accuracy: [point(5, { difference: { low: -0.03, high: -0.01 } })] })).toContain('does worse than');
    expect(say({ accuracy: [point(5, { difference: null })] })).toContain('about as good as');
  });

  it('takes its example of reliability from a bin with enough answers', () => {
    const bin = { low: 0.6, high: 0.8 };
    const reliability = [
      { ...bin, forecast: 0.7, observed: 0.2, answers: 4 },
      { ...bin, forecast: 0.66, observed: 0.64, answers: 300 },
    ];
    expect(say({ reliability })).toBe('When it says 66%, 64% of the answers come out right.');
  });

  it('claims nothing that nobody measured', () => {
    expect(say({})).toContain('nobody has judged it yet');
  });

  it('speaks of the fixed questions nearest to five answers', () => {
    expect(headlinePoint([point(0), point(3), point(5, { window: 'next' }), point(10)])?.after).toBe(3);
    expect(headlinePoint([point(5, { auc: null })])).toBeUndefined();
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
});
