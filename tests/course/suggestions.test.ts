import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsPattern, titleMatcher } from '../../src/learning/titles/rule.ts';
import { suggestSkills } from '../../src/learning/titles/suggest.ts';
import { findTopics } from '../../src/learning/titles/topics.ts';
import { canvasGradebook, TWELVE } from '../support/canvas.ts';
import { startCourse } from '../support/course.ts';

const label = (pairs: readonly (readonly [string, string])[]) => pairs.map(([title, skill]) => ({ title, skills: [skill] }));

describe('suggestions from titles', () => {
  it('come from titles that begin alike, with how many of how many', () => {
    const labelled = label([
      ['Fractions quiz 1', 'F'],
      ['Fractions: homework', 'F'],
      ['Fraction stations', 'F'],
      ['Fractions and money', 'M'],
      ['Fractions test', 'F'],
      ['Ratios test', 'R'],
    ]);
    expect(suggestSkills(['Fractions exit ticket', 'Something else'], labelled, [])(0)).toEqual({
      skills: ['F'],
      reason: { code: 'begins', text: 'Fractions', with: 4, of: 5 },
    });
    expect(suggestSkills(['Something else'], labelled, [])(0)).toBeUndefined();
  });

  it('come from the names of skills, the more exact name before the shorter one', () => {
    const skills = ['Fractions', 'Adding fractions', 'Decimals'].map((name) => ({ id: name, name }));
    const propose = (title: string) => suggestSkills([title], [], skills)(0)?.skills;
    expect(propose('HW 3: add fractions')).toEqual(['Adding fractions']);
    expect(propose('Fraction & decimal review')).toEqual(['Decimals', 'Fractions']);
    expect(propose('Final project')).toBeUndefined();
    expect(suggestSkills(['分数加减法 测验'], [], [{ id: 'f', name: '分数加减法' }])(0)?.skills).toEqual(['f']);
  });

  it('come from titles that are alike in other words, and not where titles of two skills are as alike', () => {
    const labelled = label([
      ['Multiplying negative numbers', 'N'],
      ['Area of a trapezium', 'A'],
      ['Perimeter of a trapezium', 'P'],
    ]);
    expect(suggestSkills(['Number line: multiplying negative numbers'], labelled, [])(0)).toEqual({
      skills: ['N'],
      reason: { code: 'similar', title: 'Multiplying negative numbers' },
    });
    expect(suggestSkills(['of a trapezium'], labelled, [])(0)).toBeUndefined();
  });

  it('leave a topic of its own to itself, however like a known title it is written', () => {
    const labelled = label([
      ['百分数小测', 'P'],
      ['百分数作业', 'P'],
    ]);
    const titles = ['分数小测', '分数作业', '分数考试', '百分数考试'];
    const propose = suggestSkills(titles, labelled, []);
    expect([0, 1, 2].map((index) => propose(index))).toEqual([undefined, undefined, undefined]);
    expect(findTopics(titles.slice(0, 3))).toEqual([{ name: '分数', titles: [0, 1, 2] }]);
    // One title alone is no topic: what it is like is said.
    expect(suggestSkills(['分数小测'], labelled, [])(0)?.reason.code).toBe('similar');
  });

  it.each(['english', 'chinese'] as const)('are nearly always right for titles as teachers write them (%s)', (language) => {
    const file = path.join(import.meta.dirname, '../fixtures/titles.json');
    const { skills, ...titles } = JSON.parse(readFileSync(file, 'utf8')) as {
      skills: Record<string, string[]>;
      english: [string, string][];
      chinese: [string, string][];
    };
    const all = titles[language];
    let [proposed, right, asked] = [0, 0, 0];
    for (let fold = 0; fold < 10; fold++) {
      const known = (index: number) => (index * 37 + fold * 11) % 101 < 50;
      const test = all.filter((_, index) => !known(index));
      const suggest = suggestSkills(
        test.map(([title]) => title),
        label(all.filter(([, skill], index) => known(index) && skill !== '')),
        skills[language]!.map((name) => ({ id: name, name })),
      );
      test.forEach(([, skill], index) => {
        const found = suggest(index);
        asked++;
        if (!found) return;
        proposed++;
        if (found.skills.join() === skill) right++;
      });
    }
    expect(proposed / asked).toBeGreaterThan(0.55);
    expect(right / proposed).toBeGreaterThan(0.93);
  });

  it('name new skills after what several titles speak of, whatever the kind of work', () => {
    const topics = (titles: readonly string[]) => findTopics(titles).map(({ name, titles: of }) => [name, of]);
    expect(topics(['Quiz 1', 'Quiz 2', 'Final exam', 'HW 3.1'])).toEqual([]);
    expect(topics(['Quiz 1: Ratios', 'HW 5.2 Ratio tables', 'Unit 5 test', 'Unit rates', 'unit rate quiz'])).toEqual([
      ['Ratios', [0, 1]],
      ['Unit rates', [3, 4]],
    ]);
    expect(topics(['圆的面积 作业', '期中考试', '圆的面积测验', '第三课：小数', '小数单元测试'])).toEqual([
      ['圆的面积', [0, 2]],
      ['小数', [3, 4]],
    ]);
  });

  it('of one kind are accepted together, and nothing is given silently', async () => {
    const course = await startCourse({ 'canvas.csv': canvasGradebook(6, TWELVE) });
    const { items } = await course.get('questions.list', {});
    const of = (begin: string) => items.filter(({ title }) => title.startsWith(begin)).map(({ kind, id }) => ({ kind, id }));
    await course.get('questions.assign', { items: of('Ratios').slice(0, 2), mode: 'add', skills: ['Ratios'] });
    await course.get('skills.add', { name: 'Fractions' });
    const { suggestions, left } = await course.get('questions.suggest', {});
    expect(suggestions.map(({ skills, reason, items: whose }) => [skills, reason.code, whose.length])).toEqual([
      [['Fractions'], 'names', 2],
      [['Expressions'], 'topic', 2],
      [['Percent'], 'topic', 2],
      [['Ratios'], 'names', 1],
    ]);
    expect(left).toBe(3);
    expect((await course.get('questions.list', {})).items.filter((item) => item.skills.length > 0)).toHaveLength(2);
    const [first] = suggestions;
    await course.get('questions.assign', {
      items: first!.items.map(({ kind, id }) => ({ kind, id })),
      mode: 'add',
      skills: first!.skills,
    });
    expect((await course.get('questions.suggest', {})).suggestions.map(({ skills }) => skills)).toEqual([
      ['Expressions'],
      ['Percent'],
      ['Ratios'],
    ]);
  });
});

describe('rules on titles', () => {
  it('fit by beginning, end, part or pattern, whatever the case or width', () => {
    const fits = (place: 'contains' | 'begins' | 'ends' | 'pattern', text: string, title: string) =>
      titleMatcher({ place, text })(title);
    expect(fits('begins', 'fractions', 'Fractions  quiz')).toBe(true);
    expect(fits('begins', 'quiz', 'Fractions quiz')).toBe(false);
    expect(fits('ends', 'QUIZ', 'Fractions quiz')).toBe(true);
    expect(fits('contains', '分数', '第三课：分数加减')).toBe(true);
    expect(fits('contains', 'ＡＢ', 'xabx')).toBe(true);
    expect(fits('pattern', 'HW *.* fractions', 'HW 3.1 Equivalent fractions')).toBe(true);
    expect(fits('pattern', 'HW *', 'Quiz')).toBe(false);
    expect(fits('pattern', '*', '')).toBe(true);
    expect(fits('contains', '  ', 'anything')).toBe(false);
  });

  it('agree with a regular expression, and take no longer than pattern times text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '.'), maxLength: 12 });
    fc.assert(
      fc.property(text, fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 }), (pattern, title) => {
        const escaped = pattern.replaceAll('.', '\\.').replaceAll(/\*+/g, '[^]*');
        expect(fitsPattern(pattern, title)).toBe(new RegExp(`^${escaped}$`).test(title));
      }),
    );
    // A regular expression of this kind would take longer than the universe has been.
    expect(fitsPattern(`${'*a'.repeat(99)}b`, 'a'.repeat(5000))).toBe(false);
  });

  it('are kept, show what they would change, fill only gaps, and are taken back like any change', async () => {
    const course = await startCourse({ 'canvas.csv': canvasGradebook(6, TWELVE) });
    const { items } = await course.get('questions.list', {});
    const test = items.find(({ title }) => title === 'Ratios test')!;
    await course.get('questions.assign', { items: [{ kind: test.kind, id: test.id }], mode: 'add', skills: ['Tests'] });
    const rule = { place: 'begins', text: 'ratios', skills: ['Ratios'] } as const;
    const effect = await course.get('rules.try', { place: rule.place, text: rule.text });
    expect(effect.fills.map(({ title }) => title)).toEqual(['Ratios quiz', 'Ratios homework']);
    expect(effect.keeps).toBe(1);
    expect(await course.get('rules.save', { ...rule, skills: [...rule.skills] })).toMatchObject({ saved: true });
    expect(await course.get('rules.save', { ...rule, skills: [...rule.skills] })).toMatchObject({ saved: false });
    const [saved] = (await course.get('rules.list', {})).rules;
    expect(saved).toMatchObject({ ...rule, effect: { keeps: 1 } });
    const { editId, changed } = await course.get('rules.apply', { id: saved!.id });
    expect(changed).toBe(3);
    const skills = async () =>
      Object.fromEntries((await course.get('questions.list', {})).items.map((item) => [item.title, item.skills]));
    expect(await skills()).toMatchObject({ 'Ratios quiz': ['Ratios'], 'Ratios test': ['Tests'], 'Final project': [] });
    expect((await course.get('rules.apply', { id: saved!.id })).editId).toBeNull();
    await course.get('course.undo', { editId: editId! });
    expect(await skills()).toMatchObject({ 'Ratios quiz': [], 'Ratios test': ['Tests'] });
    expect(await course.get('rules.remove', { id: saved!.id })).toEqual({ removed: true });
    await expect(course.get('rules.apply', { id: saved!.id })).rejects.toMatchObject({ code: 'no-such-rule' });
  });

  it('suggestions are all accepted as one change, and taken back as one', async () => {
    const course = await startCourse({ 'canvas.csv': canvasGradebook(6, TWELVE) });
    const before = await course.get('questions.list', {});
    const { suggestions } = await course.get('questions.suggest', {});
    const groups = suggestions.map(({ items, skills }) => ({
      items: items.map(({ kind, id }) => ({ kind, id })),
      skills: [...skills],
    }));
    const { editId } = await course.get('questions.accept', { groups });
    const { items } = await course.get('questions.list', {});
    const given = items.filter(({ skills }) => skills.length > 0);
    expect(given).toHaveLength(groups.reduce((sum, group) => sum + group.items.length, 0));
    expect(new Set(given.flatMap(({ skills }) => skills)).size).toBe(groups.length);
    expect((await course.get('course.edits', {})).edits[0]).toMatchObject({
      kind: 'suggestions',
      detail: { count: given.length },
    });
    await course.get('course.undo', { editId: editId! });
    expect(await course.get('questions.list', {})).toEqual(before);
  });
});
