import { describe, expect, it } from 'vitest';
import { createI18n } from '../../src/renderer/i18n/create-i18n.ts';
import { createFormat } from '../../src/renderer/i18n/format.ts';
import { kindReasons, sheetLabels, sheetWords } from '../../src/renderer/features/plans/plan-words.ts';
import { sheetLabels as contract } from '../../src/shared/contract/plans.ts';
import type { Plan, PlanStep, StepReason } from '../../src/shared/domain.ts';

const estimate = { value: 0.5, standardError: 0.1 };
const step = (kind: StepReason['kind'], unlocks: string[] = []): PlanStep => ({
  skill: 'fractions',
  strategy: 'practice',
  reason: { kind, answers: 4, right: 1, prerequisites: [{ skill: 'counting', forecast: estimate }], unlocks },
  minutes: 9,
  forecast: estimate,
  mastery: estimate,
  expectedGain: estimate,
});
const KINDS = ['close-gap', 'ready', 'find-out', 'keep', 'goal', 'first-step'] as const;
const plan: Plan = {
  student: '7',
  targets: [],
  steps: KINDS.map((kind) => step(kind, ['ratios'])),
  notEnoughEvidence: false,
  answers: 12,
};
const names = (skill: string): string => skill.toUpperCase();
const stamp = { modelId: 'm', modelTrainedAt: 0, pastStudents: 40, dataAt: 86_400_000, version: '1.2.3' };

describe.each(['en', 'zh'] as const)('words of study plans, %s', (language) => {
  const { t } = createI18n(language);
  const format = createFormat(language);

  it('fill every label', () => {
    const labels = contract.parse(sheetLabels(t, format));
    for (const word of [
      ...Object.values(labels).flatMap((value) => (typeof value === 'object' ? Object.values(value) : [value])),
    ])
      expect(word).toMatch(/\S/);
  });

  it('tell a student why without a number', () => {
    const sentences = kindReasons(plan.steps, names, t, format);
    sentences.forEach((sentence, index) => {
      expect(sentence).not.toMatch(/\d|%/);
      expect(sentence.includes('RATIOS')).toBe(KINDS[index] !== 'keep');
    });
    expect(sheetWords(plan, 'student', stamp, names, t, format).lead).not.toMatch(/\d/);
  });

  it('say in full once what holds for several steps, and which step one follows', () => {
    const steps = [step('ready'), step('ready', ['ratios']), step('ready', ['ratios']), step('ready')].map((each, index) => ({
      ...each,
      skill: ['counting', 'halves', 'thirds', 'fifths'][index]!,
    }));
    const [first, second, third, fourth] = kindReasons(steps, names, t, format);
    const joint = language === 'zh' ? '' : ' ';
    const follows = t('plans.kind.follows', { list: '1' });
    const leads = t('plans.kind.leadsTo', { list: 'RATIOS' });
    expect(first).toBe(t('plans.kind.ready'));
    expect(second).toBe([t('plans.kindAgain.ready'), follows, leads].join(joint));
    expect(third).toBe([follows, leads].join(joint));
    expect(fourth).toBe(follows);
    const lonely = steps.map((each) => ({ ...each, reason: { ...each.reason, prerequisites: [], unlocks: [] } }));
    expect(kindReasons(lonely, names, t, format).slice(1)).toEqual(Array.from({ length: 3 }, () => t('plans.kindAgain.ready')));
  });

  it('stamp every sheet with model, data, evidence and version', () => {
    const own = sheetWords(plan, 'teacher', stamp, names, t, format).stamp;
    for (const part of [format.date(0), format.date(86_400_000), '40', '12', 'Pathlight 1.2.3']) expect(own).toContain(part);
    const starter = sheetWords(plan, 'teacher', { ...stamp, modelTrainedAt: null, dataAt: null }, names, t, format).stamp;
    expect(starter.startsWith(t('plans.sheet.starterModel'))).toBe(true);
    expect(starter).not.toContain('1970');
  });

  it('say to the teacher, and only there, that the evidence is thin', () => {
    const thin = { ...plan, notEnoughEvidence: true };
    expect(sheetWords(thin, 'teacher', stamp, names, t, format).lead).toBe(
      t('plans.sheet.thin', { what: t('terms.answers', { count: 12 }) }),
    );
    const marks = sheetWords({ ...thin, marks: 12 }, 'teacher', stamp, names, t, format);
    expect(marks.lead).toBe(t('plans.sheet.thin', { what: t('imports.marks', { count: 12 }) }));
    expect(sheetWords({ ...thin, answers: 0 }, 'teacher', stamp, names, t, format).lead).toBe(t('plans.sheet.noEvidence'));
    expect(sheetWords(thin, 'student', stamp, names, t, format).lead).toBe(t('plans.sheet.begin'));
    expect(sheetWords({ ...plan, steps: [] }, 'student', stamp, names, t, format).lead).toBe(t('plans.sheet.nothing'));
  });
});
