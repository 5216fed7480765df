import { describe, expect, it } from 'vitest';
import { createFormat } from '../../src/renderer/i18n/format.ts';
import { createI18n } from '../../src/renderer/i18n/create-i18n.ts';
import { suppositionSentence, whyNotSentence } from '../../src/renderer/features/student/explanation-words.ts';
import { reasonSentence } from '../../src/renderer/features/student/reason.ts';
import { skillNames } from '../../src/shared/skill-names.ts';
import { lessonWords, reviewSentence, scheduleSentence } from '../../src/renderer/features/student/schedule-words.ts';
import { studentSentence } from '../../src/renderer/features/student/sentence.ts';
import type { Supposition } from '../../src/shared/contract/explanations.ts';
import type { PlanStep, Schedule, StepReason } from '../../src/shared/domain.ts';

const names = skillNames([
  { id: 'dec', name: 'decimals' },
  { id: 'equ', name: 'equivalent fractions' },
  { id: 'add', name: 'adding fractions' },
]);
const en = { t: createI18n('en').t, format: createFormat('en') };
const zh = { t: createI18n('zh').t, format: createFormat('zh') };
const schedule: Schedule = {
  minutesAWeek: 90,
  until: Date.UTC(2026, 11, 18, 12),
  lessonsAWeek: 2,
  lessons: [
    { week: 1, lesson: 1, weekFrom: 0, minutes: 45, parts: [{ step: 0, minutes: 45 }] },
    { week: 1, lesson: 2, weekFrom: 0, minutes: 45, parts: [{ step: 0, minutes: 5 }] },
  ],
  available: 90,
  planned: 50,
  full: true,
  left: ['add'],
};
const estimate = (value: number) => ({ value, standardError: 0.1 });
const reason = (change: Partial<StepReason>): Pick<PlanStep, 'reason'> => ({
  reason: { kind: 'close-gap', answers: 4, right: 1, prerequisites: [], unlocks: [], ...change },
});

describe('the time that a plan has', () => {
  it('is said with what has no room, or what waits', () => {
    expect(lessonWords(schedule, 0, en.t, en.format)).toBe('week 1, lesson 1 and week 1, lesson 2');
    expect(lessonWords(schedule, 0, zh.t, zh.format)).toBe('第 1 周第 1 课和第 1 周第 2 课');
    expect(scheduleSentence(schedule, names, en.t, en.format)).toMatch(
      /^Until .*2026 there are 90 min; the steps take 50 min\. No room is left for adding fractions\.$/,
    );
    expect(scheduleSentence({ ...schedule, full: false }, names, en.t, en.format)).toContain('There is time for more');
    expect(scheduleSentence({ ...schedule, left: [] }, names, zh.t, zh.format)).toContain('都排得下');
  });

  it('names the next review, or that no dates say when', () => {
    const due = Date.UTC(2026, 11, 4);
    const said = (overdue?: number) => reviewSentence({ nextReview: { skill: 'dec', due, overdue } }, names, en.t, en.format);
    expect(said()).toBe('Next review: decimals, due on 4 December 2026.');
    expect(said(0)).toBe('Next review: decimals, due today.');
    expect(said(3)).toBe('Next review: decimals, overdue since 4 December 2026.');
    expect(reviewSentence({ nextReview: { skill: 'dec', due, overdue: 3 } }, names, zh.t, zh.format)).toContain('已到期');
    expect(reviewSentence({ undated: 2 }, names, en.t, en.format)).toContain('2 known skills have answers without dates');
    expect(reviewSentence({}, names, en.t, en.format)).toBeUndefined();
  });
});

describe('reasonSentence', () => {
  it('names the answers, the prerequisites with their forecast, and what the step leads to', () => {
    const step = reason({ prerequisites: [{ skill: 'dec', forecast: estimate(0.912) }], unlocks: ['add'] });
    expect(reasonSentence(step, names, en.t, en.format)).toBe(
      'Later steps need it, and it is not secure yet; 1 of 4 right so far; prerequisites: decimals 91%; leads to adding fractions.',
    );
    expect(reasonSentence(step, names, zh.t, zh.format)).toBe(
      '后面的步骤需要它，而它还不牢固；目前 4 题对 1 题；先修知识点：decimals 91%；通向adding fractions。',
    );
  });

  it('says so where there is no answer, but not twice', () => {
    expect(reasonSentence(reason({ kind: 'find-out', answers: 0, right: 0 }), names, en.t, en.format)).toBe(
      'No answers on it yet, and a few would tell most.',
    );
    expect(reasonSentence(reason({ kind: 'goal', answers: 0, right: 0 }), names, en.t, en.format)).toBe(
      'You asked for it; no answers on it yet.',
    );
    expect(reasonSentence(reason({ kind: 'first-step', answers: 0, right: 0 }), names, en.t, en.format)).toBe(
      'Nothing is known yet, and the course begins here.',
    );
  });

  it('says when a known skill was practised last, and what decided how a step is worked where that is not the forecast alone', () => {
    const review = { ...reason({ kind: 'keep', recall: { days: 21, chance: 0.82 } }), ground: 'mastered' as const };
    expect(reasonSentence(review, names, en.t, en.format)).toBe(
      'Known, and a short review keeps it so; 1 of 4 right so far; last practised 3 weeks ago, chance of recall 82%.',
    );
    expect(reasonSentence(review, names, zh.t, zh.format)).toContain('上次练习是3周前，现在还记得的可能性为 82%');
    const usual = reasonSentence(reason({}), names, en.t, en.format);
    expect(reasonSentence({ ...reason({}), ground: 'forecast' }, names, en.t, en.format)).toBe(usual);
    const sentences = (['cautious', 'help', 'time', 'slower', 'quicker', 'preference'] as const).map((ground) =>
      reasonSentence({ ...reason({}), ground }, names, en.t, en.format),
    );
    expect(new Set([usual, ...sentences]).size).toBe(7);
  });

  it('keeps a review short and shows partial credit', () => {
    const step = reason({
      kind: 'keep',
      right: 3.5,
      prerequisites: [{ skill: 'dec', forecast: estimate(0.9) }],
      unlocks: ['add'],
    });
    expect(reasonSentence(step, names, en.t, en.format)).toBe(
      'Known, and a short review keeps it so; 3.5 of 4 right so far; its answers have no dates, so nobody can say when a review is due.',
    );
  });

  it('speaks of marks as a teacher does, alone, over several pieces of work and beside answers', () => {
    const one = reason({ kind: 'ready', answers: 1, right: 0.8, marks: { count: 1, right: 0.8 } });
    expect(reasonSentence(one, names, en.t, en.format)).toBe('The next answers are within reach; scored 80% on 1 assignment.');
    expect(reasonSentence(one, names, zh.t, zh.format)).toBe('接下来的题目够得着；1 次作业得分率 80%。');
    const several = reason({ kind: 'keep', answers: 3, right: 2.7, marks: { count: 3, right: 2.7 } });
    expect(reasonSentence(several, names, en.t, en.format)).toBe(
      'Known, and a short review keeps it so; scored 90% on average over 3 assignments; its answers have no dates, so nobody can say when a review is due.',
    );
    const both = reason({ kind: 'keep', answers: 5, right: 3.7, marks: { count: 1, right: 0.7 } });
    expect(reasonSentence(both, names, en.t, en.format)).toBe(
      'Known, and a short review keeps it so; 3 of 4 right so far; scored 70% on 1 assignment; its answers have no dates, so nobody can say when a review is due.',
    );
    expect(reasonSentence(both, names, zh.t, zh.format)).toContain('目前 4 题对 3 题；1 次作业得分率 70%');
  });

  it('shows an unknown skill by its id and counts a long list', () => {
    const step = reason({ unlocks: ['x1', 'x2', 'x3', 'x4', 'x5'] });
    expect(reasonSentence(step, names, en.t, en.format)).toContain('leads to x1, x2, x3 and 2 more.');
  });
});

describe('studentSentence', () => {
  const cell = (skill: string, mastery: number, answers = 5) => ({
    skill,
    forecast: estimate(mastery),
    mastery: estimate(mastery),
    answers,
    enough: answers > 2,
    wanted: 0,
  });
  const step: PlanStep = {
    skill: 'equ',
    strategy: 'practice',
    minutes: 12,
    ...reason({}),
    forecast: estimate(0.5),
    mastery: estimate(0.4),
    expectedGain: { value: 7, standardError: 2 },
  };
  const plan = { student: '1', targets: ['add'], steps: [step], notEnoughEvidence: false, answers: 10 };

  it('says what stands, what is being built and what comes next', () => {
    const student = { name: 'Mia', cells: [cell('dec', 0.9), cell('equ', 0.5), cell('add', 0.1, 0)], plan };
    expect(studentSentence(student, names, en.t, en.format)).toBe(
      'Mia is secure in decimals, still building equivalent fractions. Next: equivalent fractions (12 min).',
    );
  });

  it('names what to do where there is not enough evidence, and how many answers that takes', () => {
    expect(en.t('student.ask', { skill: 'decimals', count: 1 })).toBe('Ask one more question: on decimals it would tell most.');
    expect(en.t('student.ask', { skill: 'decimals', count: 4 })).toBe('Ask 4 more questions: on decimals they would tell most.');
    expect(zh.t('student.ask', { skill: '小数', count: 4 })).toBe('再问 4 道题：关于小数的题最能说明情况。');
    expect(en.t('class.cellNoEvidence', { count: 3 })).toBe(
      'Not enough evidence yet. 3 more questions on this skill would tell.',
    );
    expect(zh.t('class.cellNoEvidence', { count: 1 })).toBe('依据尚不足。在这个知识点上再做 1 道题就能知道。');
  });

  it('claims nothing without evidence', () => {
    const known = { name: 'Mia', cells: [cell('dec', 0.9, 1)], plan: { ...plan, notEnoughEvidence: true, answers: 1 } };
    expect(studentSentence(known, names, en.t, en.format)).toMatch(
      /^Not enough evidence about Mia yet: 1 answer\. The path rests/,
    );
    const unknown = { ...known, plan: { ...plan, notEnoughEvidence: true, answers: 0, steps: [] } };
    expect(studentSentence(unknown, names, zh.t, zh.format)).toBe('对Mia还一无所知。路径依据课程安排。路径上已没有要做的步骤。');
  });
});

describe('explanations', () => {
  it('say what would change a step, with when the answers were given', () => {
    const leaves = { change: { kind: 'right', skill: 'add', count: 2 }, effect: { kind: 'leaves' } } as const;
    expect(suppositionSentence(leaves, names, en.t, en.format)).toBe(
      '2 right answers on adding fractions: it would leave the path.',
    );
    expect(suppositionSentence(leaves, names, zh.t, zh.format)).toBe('adding fractions再答对 2 题：它会离开路径。');
    const at = Date.UTC(2026, 8, 1, 12);
    const gone: Supposition = {
      change: { kind: 'without', skill: 'add', count: 3, from: at, to: at },
      effect: { kind: 'later', place: 2, first: ['equ'] },
    };
    expect(suppositionSentence(gone, names, en.t, en.format)).toBe(
      'Without the 3 answers on adding fractions (1 September 2026): it would be step 2, after equivalent fractions.',
    );
  });

  it('say why a skill is not on the path with the numbers that decided', () => {
    const why = {
      skill: 'add',
      forecast: estimate(0.5),
      mastery: estimate(0.2),
      gain: { value: 2, standardError: 1 },
      prerequisites: [{ skill: 'equ', forecast: estimate(0.55), after: 0.45 }],
      bar: 0.6,
      steps: 6,
    };
    expect(whyNotSentence({ ...why, kind: 'prerequisite' }, names, en.t, en.format)).toBe(
      'What it builds on is not secure yet: equivalent fractions 55% ± 10 (after this path at least 45%). The lower end of its forecast must reach 60%.',
    );
    const least = { skill: 'dec', gain: { value: 3, standardError: 1 } };
    expect(whyNotSentence({ ...why, kind: 'smaller-gain', least }, names, zh.t, zh.format)).toContain('（decimals）为 +3 ± 1');
  });
});
