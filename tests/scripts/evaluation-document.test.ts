import { expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describeEvaluation } from '../../scripts/evaluation-document.mjs';
import { figuresOf, learningVersion, readPart, writePart } from '../../scripts/evaluation-figures.mjs';

const difference = (value: number) => ({ auc: { value, low: value - 0.01, high: value + 0.01 }, logLoss: null });
const model = (name: string, kind: string, auc: number | null, against: number | null) => {
  const figures = { auc, aucWithinStudent: 0.6, logLoss: 0.5, brier: 0.1944, ece: 0.021, ecePerfect: 0.0254 };
  return {
    model: name,
    kind,
    seconds: 12.34,
    trainedShare: kind === 'baseline' ? null : 0.5,
    composition: kind === 'baseline' ? {} : { closed: 0.25, trained: 0.75 },
    points: [{ window: 'fixed', after: 5, ...figures, difference: against === null ? null : difference(against) }],
    means: [{ window: 'fixed', auc, logLoss: 0.5, difference: against === null ? null : difference(against) }],
    groups: [{ name: 'seen', ...figures }],
  };
};
const report = (blocks: number, pastStudents: number) => ({
  bestPeer: 'irt',
  blocks,
  pastStudents,
  asked: [{ window: 'fixed', after: 5, students: 71, questions: 710 }],
  groupsAfter: 5,
  models: [
    model('irt', 'baseline', 0.7123, null),
    model('bkt', 'baseline', null, -0.2),
    model('maml-phi', 'whole', 0.7211, 0.0088),
  ],
});

const made = (date: string, code: string, of: ReturnType<typeof report>) => ({ seed: '3', date, code, ...figuresOf(of) });

it('writes every figure into a table of its data set, learners first', () => {
  const text: string = describeEvaluation(
    [
      { data: 'assist2009', part: 'whole', figures: made('2026-01-02', 'now', report(1, 2478)) },
      { data: 'assist2009', part: '50', figures: made('2026-01-03', 'before', report(10, 50)) },
      { data: 'junyi', part: 'whole', figures: made('2026-01-04', 'before', report(1, 6013)) },
      { data: 'junyi', part: '50', figures: null },
    ],
    'now',
  );
  expect(text).toContain('seed 3');
  expect(text).toContain('## assist2009\n\n2478 past students; 71 new students judge, with 710 answers a window.');
  expect(text).toContain('### assist2009: 10 schools of 50 past students\n\n_Run on 2026-01-03 by older learning code');
  expect(text).toContain('## junyi\n\n_Run on 2026-01-04 by older learning code');
  expect(text).toContain(
    '### junyi: schools of 50 past students\n\nNot run yet: `npm run --silent evaluation -- --only junyi:50`.',
  );
  expect(text).not.toContain('2026-01-02');
  expect(text).toContain('| maml-phi | .7211 | .7211 | +.0088 (−.0012 to +.0188) |');
  expect(text).toContain('| bkt | – | – | −.2000 (−.2100 to −.1900) |');
  expect(text).toContain('| irt | .021 (.025) |');
  expect(text).toContain('| maml-phi | 12.3 | closed .25, trained .75 |');
  expect(text.indexOf('| maml-phi |')).toBeLessThan(text.indexOf('| irt |'));
  expect(text).not.toMatch(/undefined|NaN|null/);
});

it('keeps the figures of a part as they are', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pathlight-figures-'));
  try {
    const part = made('2026-01-02', learningVersion(path.resolve(import.meta.dirname, '../..')), report(1, 2478));
    expect(part.code).toMatch(/^[0-9a-f]{16}$/);
    writePart(folder, 'assist2009-whole', part);
    expect(readPart(folder, 'assist2009-whole')).toEqual(part);
    expect(readPart(folder, 'junyi-whole')).toBeNull();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
