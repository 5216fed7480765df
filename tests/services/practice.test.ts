import { describe, expect, it } from 'vitest';
import { ENGLISH_LABELS } from '../support/plans.ts';
import { createPractice } from '../../src/main/services/plans/practice.ts';
import type { Plan } from '../../src/shared/domain.ts';
import { RESOURCES } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { startSample } from '../support/sample.ts';
import { exportOf } from '../support/plans.ts';

const NOON = Date.UTC(2026, 10, 30, 12);
const DAY = 86_400_000;

/** A few of the sample class's students, so that the plan is quick to make. */
async function sample(clock: () => number): Promise<{ test: TestApplication; plans: Plan[] }> {
  const test = await startSample(clock);
  const { plans } = await test.get('plans.list', { studentIds: ['b001', 'b002'] });
  return { test, plans };
}

const saved = async (test: TestApplication, input: Parameters<TestApplication['get']>[1]): Promise<string> => {
  const { fileId } = await test.get('plans.export', input as ReturnType<typeof exportOf>);
  return new TextDecoder().decode(test.application.takeFile(fileId).bytes);
};
const textOf = (html: string): string => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

describe('practice made from templates', () => {
  it('follows each plan where it was asked for: a page a step, whose name it bears, and none without', async () => {
    const { test, plans } = await sample(() => NOON);
    const without = await saved(test, { ...exportOf(plans), audience: 'student' });
    expect(without).not.toContain('class="practice"');
    const html = await saved(test, { ...exportOf(plans), audience: 'student', practice: true });
    expect(html.match(/<section class="practice"/g)).toHaveLength(plans[0]!.steps.length + plans[1]!.steps.length);
    const first = html.slice(html.indexOf('<section class="practice"'));
    expect(textOf(first.slice(0, first.indexOf('</section>')))).toContain('Practice 1:');
    expect(html.match(/<span class="see">Practice page 1<\/span>/g)).toHaveLength(2);
    expect(html).toContain('@page sheet2 {');
    expect(html).not.toMatch(/undefined|NaN/);
  });

  it('is solved for the teacher: the same questions, each with its answer and the way to it', async () => {
    const { test, plans } = await sample(() => NOON);
    const asked = await saved(test, { ...exportOf(plans), audience: 'student', practice: true });
    const solved = await saved(test, { ...exportOf(plans), audience: 'teacher', practice: true });
    const questions = [...asked.matchAll(/<li><div><p class="asked">(.*?)<\/p>/g)].map(([, question]) => question!);
    expect(questions.length).toBeGreaterThan(40);
    for (const question of questions) expect(solved).toContain(`<td>${question}`);
    expect(solved.match(/<td class="result">/g)!.length).toBeGreaterThanOrEqual(questions.length);
    expect(solved).not.toContain('class="rule"');
  });

  it('is the same text on the same day, and other questions on another', async () => {
    let now = NOON;
    const { test, plans } = await sample(() => now);
    const make = () => saved(test, { ...exportOf(plans), audience: 'student', practice: true });
    const today = await make();
    expect(await make()).toBe(today);
    now += DAY;
    expect(await make()).not.toBe(today);
  });

  it('can be looked at before it is printed, in Chinese too, and that keeps nothing', async () => {
    const { test } = await sample(() => NOON);
    const input = { studentId: 'b001', audience: 'student', paper: 'a4' } as const;
    const { html } = await test.get('practice.page', { ...input, labels: { ...ENGLISH_LABELS, language: 'zh-CN' } });
    expect(html).toMatch(/计算|化成|填空|约成|求|多少/);
    expect(html).toContain('lang="zh-CN"');
    expect((await test.get('feedback.get', {})).plans.handedOut).toBe(0);
  });

  it('is offered for skills that are called as the sample course’s or the starter map’s, and for no other', async () => {
    const { test } = await sample(() => NOON);
    expect((await test.get('practice.skills', {})).skills).toHaveLength(15);
    const practice = createPractice(RESOURCES);
    const skill = (name: string) => ({ id: name, name });
    expect(
      practice.covered(['Least common multiple', '最小公倍数', ' equivalent  FRACTIONS', 'Poems', 'Line dancing'].map(skill)),
    ).toEqual(['Least common multiple', '最小公倍数', ' equivalent  FRACTIONS']);
  });

  it('stands after the teacher’s own material', async () => {
    const { test } = await sample(() => NOON);
    const { plans } = await test.get('plans.list', { studentIds: ['b001'] });
    await test.get('material.add', {
      skill: plans[0]!.steps[0]!.skill,
      title: 'Our film',
      strategy: null,
      source: { address: 'https://example.org/film' },
    });
    const again = await test.get('plans.list', { studentIds: ['b001'] });
    const html = await saved(test, { ...exportOf(again.plans), audience: 'student', practice: true });
    expect(html.indexOf('Our film')).toBeGreaterThan(0);
    expect(html.indexOf('Our film')).toBeLessThan(html.indexOf('Practice page 1'));
  });
});
