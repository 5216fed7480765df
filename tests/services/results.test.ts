import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { ENGLISH_LABELS } from '../support/plans.ts';
import type { Plan } from '../../src/shared/domain.ts';
import { startApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { startSample } from '../support/sample.ts';
import { exportOf } from '../support/plans.ts';

const NOON = Date.UTC(2026, 10, 30, 12);
const DAY = 86_400_000;
const IDS = ['b001', 'b002', 'b003'];

/** A few of the sample class's students, whose plans were handed out. */
async function handedOut(clock: () => number = () => NOON): Promise<{ test: TestApplication; plans: Plan[] }> {
  const test = await startSample(clock);
  const { plans } = await test.get('plans.list', { studentIds: IDS });
  await test.get('plans.export', { ...exportOf(plans), audience: 'student' });
  return { test, plans };
}
const numbers = async (test: TestApplication): Promise<Map<string, number>> =>
  new Map((await test.get('results.find', { text: '', limit: 10 })).plans.map(({ studentId, number }) => [studentId, number]));

describe('plans that were handed out', () => {
  it('bear a number on every sheet, and keep it when they are printed again on the same day', async () => {
    let now = NOON;
    const { test, plans } = await handedOut(() => now);
    const found = await numbers(test);
    expect([...found.keys()].toSorted()).toEqual(IDS);
    const page = async (): Promise<string> =>
      (await test.get('plans.page', { ...exportOf(plans), audience: 'student', practice: true })).html;
    const html = await page();
    for (const number of found.values()) expect(html.split(`>Plan no. ${number}<`).length - 1).toBeGreaterThan(6);
    now += 3_600_000;
    expect(await page()).toBe(html);
    expect(await numbers(test)).toEqual(found);
    now += DAY;
    await page();
    expect(new Set([...(await numbers(test)).values(), ...found.values()]).size).toBe(6);
  });

  it('are found by number, name or id, an older one by its number alone', async () => {
    let now = NOON;
    const { test, plans } = await handedOut(() => now);
    const first = (await numbers(test)).get('b002')!;
    now += DAY;
    await test.get('plans.export', exportOf(plans));
    const { name } = (await test.get('results.find', { text: 'b002', limit: 5 })).plans[0]!;
    expect((await test.get('results.find', { text: name.slice(0, 4).toUpperCase(), limit: 5 })).plans[0]).toMatchObject({
      studentId: 'b002',
    });
    const older = (await test.get('results.find', { text: ` ${first} `, limit: 5 })).plans;
    expect(older).toMatchObject([{ number: first, studentId: 'b002', at: NOON, returned: 0, steps: plans[1]!.steps.length }]);
    expect((await test.get('results.get', { number: first })).newer).toBe((await numbers(test)).get('b002'));
    expect((await test.get('results.find', { text: 'nobody', limit: 5 })).plans).toEqual([]);
  });

  it('are not kept where the file could not be made', async () => {
    const { test, plans } = await handedOut();
    const { test: broken, plans: own } = await (async () => {
      const again = startApplication({
        folder: test.folder,
        clock: () => NOON + DAY,
        printToPdf: () => Promise.reject(new Error('no paper')),
      });
      return { test: again, plans };
    })();
    await expect(broken.get('plans.export', { ...exportOf(own), format: 'pdf' })).rejects.toThrow();
    expect((await broken.get('feedback.get', {})).plans.handedOut).toBe(IDS.length);
    expect((await broken.get('results.find', { text: '', limit: 5 })).plans.map(({ at }) => at)).toEqual([NOON, NOON, NOON]);
  });
});

describe('what came back of a plan', () => {
  it('goes into the gradebook in one import, is set against the plan, and moves the next one', async () => {
    const { test, plans } = await handedOut();
    const [plan] = plans;
    const number = (await numbers(test)).get('b001')!;
    const before = await test.get('students.open', { studentId: 'b001' });
    const entries = plan!.steps.map((_, step) => ({ step, entry: { kind: 'count', right: 6, of: 6 } as const }));
    const recorded = await test.get('results.record', { number, entries });
    const asked = 6 * plan!.steps.length;
    expect(recorded).toMatchObject({ right: asked, asked, name: before.name });
    expect(recorded.expected).toBeCloseTo(
      plan!.steps.reduce((sum, { forecast }) => sum + 6 * forecast.value, 0),
      9,
    );
    const after = await test.get('students.open', { studentId: 'b001' });
    expect(after.answers).toHaveLength(before.answers.length + asked);
    expect(after.level.value).toBeGreaterThan(before.level.value);
    expect(recorded.next).toBe(after.skills.find(({ id }) => id === after.plan.steps[0]!.skill)!.name);
    expect(after.plan.steps.map(({ skill, strategy }) => [skill, strategy])).not.toEqual(
      before.plan.steps.map(({ skill, strategy }) => [skill, strategy]),
    );
    const { plans: told } = await test.get('feedback.get', {});
    expect(told).toMatchObject({ handedOut: 3, followed: 1, stepsWorked: plan!.steps.length, stepsNotDone: 0 });
    expect(told.newest[0]!.steps.every(({ right, answers }) => answers > 0 && right === answers)).toBe(true);

    await test.get('students.undoAnswers', { importId: recorded.importId });
    const undone = await test.get('students.open', { studentId: 'b001' });
    expect(undone.answers).toEqual(before.answers);
    expect(undone.plan).toEqual(before.plan);
    expect((await test.get('results.get', { number })).steps.every(({ result }) => result === null)).toBe(true);
    expect((await test.get('feedback.get', {})).plans).toMatchObject({ followed: 0, stepsWorked: 0 });
  });

  it('is kept where nobody counted too, and says nothing then of what the student can', async () => {
    const { test } = await handedOut();
    const number = (await numbers(test)).get('b002')!;
    const before = await test.get('students.open', { studentId: 'b002' });
    const { importId } = await test.get('results.record', {
      number,
      entries: [
        { step: 0, entry: { kind: 'done' } },
        { step: 1, entry: { kind: 'not-done' } },
      ],
    });
    const { steps } = await test.get('results.get', { number });
    expect(steps.slice(0, 3).map(({ result }) => result?.state)).toEqual(['done', 'not-done', undefined]);
    expect(steps[0]!.result!.importId).toBe(importId);
    const after = await test.get('students.open', { studentId: 'b002' });
    expect([after.plan, after.answers]).toEqual([before.plan, before.answers]);
    expect((await test.get('feedback.get', {})).plans).toMatchObject({
      followed: 1,
      stepsWorked: 1,
      stepsNotDone: 1,
      answers: 0,
    });
    const { imports } = await test.get('imports.list', {});
    expect(imports.find(({ id }) => id === importId)).toMatchObject({ format: 'manual', answers: 0, students: 1 });
  });

  it('belongs to the plan whose number stands on the sheet, also when the next one is out already', async () => {
    let now = NOON;
    const { test, plans } = await handedOut(() => now);
    const first = (await numbers(test)).get('b001')!;
    now += DAY;
    await test.get('plans.export', exportOf(plans));
    now += DAY;
    await test.get('results.record', { number: first, entries: [{ step: 0, entry: { kind: 'each', answers: [true, false] } }] });
    const { newest } = (await test.get('feedback.get', {})).plans;
    expect(newest).toHaveLength(1);
    expect(newest[0]).toMatchObject({ studentId: 'b001', at: NOON });
    expect(newest[0]!.steps[0]).toMatchObject({ done: true, answers: 2, right: 1 });
    expect(newest[0]!.level!.after).not.toEqual(newest[0]!.level!.before);
  });

  it('is entered once: what is there already, no step, no plan are refused, and nothing is written', async () => {
    const { test, plans } = await handedOut();
    const number = (await numbers(test)).get('b001')!;
    const counted = { kind: 'count', right: 1, of: 2 } as const;
    await test.get('results.record', { number, entries: [{ step: 0, entry: counted }] });
    const count = () => {
      const database = new Sqlite(path.join(test.folder, 'gradebook.sqlite'), { readonly: true });
      const rows = database
        .prepare('SELECT (SELECT count(*) FROM answers), (SELECT count(*) FROM imports), (SELECT count(*) FROM plan_results)')
        .raw()
        .get();
      database.close();
      return rows;
    };
    const there = count();
    const refused = (entries: { step: number; entry: typeof counted }[], of = number) =>
      test.application.call('results.record', { number: of, entries });
    expect(
      await refused([
        { step: 1, entry: counted },
        { step: 0, entry: counted },
      ]),
    ).toMatchObject({ error: { code: 'has-result', detail: { step: 1 } } });
    expect(
      await refused([
        { step: 1, entry: counted },
        { step: 1, entry: counted },
      ]),
    ).toMatchObject({ error: { code: 'has-result' } });
    expect(await refused([{ step: plans[0]!.steps.length, entry: counted }])).toMatchObject({ error: { code: 'no-such-step' } });
    expect(await refused([{ step: 0, entry: counted }], 999)).toMatchObject({ error: { code: 'no-such-plan' } });
    expect(await refused([{ step: 1, entry: { kind: 'count', right: 3, of: 2 } as never }])).toMatchObject({
      error: { code: 'bad-input' },
    });
    expect(count()).toEqual(there);
  });

  it('of mixed practice is on the skills of its questions, known one by one or together', async () => {
    const { test, plans } = await handedOut();
    const own = plans[0]!.steps[0]!.skill;
    await test.get('decisions.make', {
      studentId: 'b001',
      decision: { kind: 'strategy', skill: own, strategy: 'mixed-practice' },
    });
    await test.get('plans.export', exportOf((await test.get('plans.list', { studentIds: ['b001'] })).plans));
    const number = (await numbers(test)).get('b001')!;
    const { steps } = await test.get('results.get', { number });
    const at = steps.findIndex(({ skill }) => skill === own);
    const each = Array.from({ length: steps[at]!.questions }, () => true);
    const entered = async (entry: { kind: 'each'; answers: boolean[] } | { kind: 'count'; right: number; of: number }) => {
      const { importId } = await test.get('results.record', { number, entries: [{ step: at, entry }] });
      const { answers } = await test.get('students.open', { studentId: 'b001' });
      await test.get('students.undoAnswers', { importId });
      return answers.slice(0, each.length).map(({ skills }) => skills);
    };
    const oneByOne = await entered({ kind: 'each', answers: each });
    expect(oneByOne.filter((asked) => asked.length === 1 && asked[0] === own)).toHaveLength(3);
    expect(oneByOne.every((asked) => asked.length === 1)).toBe(true);
    for (const asked of await entered({ kind: 'count', right: 3, of: 6 }))
      expect(asked.toSorted()).toEqual([...new Set(oneByOne.flat())].toSorted());
  });
});

describe('practice of a plan that was handed out', () => {
  const ask = { audience: 'teacher', paper: 'a4', labels: ENGLISH_LABELS } as const;

  it('is the same on any later day, with its solutions, though the plan has moved on', async () => {
    let now = NOON;
    const { test, plans } = await handedOut(() => now);
    const number = (await numbers(test)).get('b001')!;
    const { html: then } = await test.get('plans.page', { ...exportOf(plans.slice(0, 1)), audience: 'student', practice: true });
    await test.get('results.record', { number, entries: [{ step: 0, entry: { kind: 'count', right: 6, of: 6 } }] });
    now += 40 * DAY;
    const { html: again } = await test.get('practice.again', { number, ...ask, audience: 'student' });
    const pages = (html: string): string[] => html.match(/<section class="practice"[\s\S]*?<\/section>/g) ?? [];
    expect(pages(again).length).toBeGreaterThan(4);
    expect(pages(again)).toEqual(pages(then));
    const { html: solved } = await test.get('practice.again', { number, ...ask });
    for (const [, question] of again.matchAll(/<li><div><p class="asked">(.*?)<\/p>/g))
      expect(solved).toContain(`<td>${question}`);
  });

  it('is refused where other templates made it, or a skill has another name', async () => {
    const { test } = await handedOut();
    const number = (await numbers(test)).get('b001')!;
    const database = new Sqlite(path.join(test.folder, 'gradebook.sqlite'));
    database.prepare("UPDATE plans SET content = json_set(content, '$.exercises', 0) WHERE id = ?").run(number);
    expect(await test.application.call('practice.again', { number, ...ask })).toMatchObject({ error: { code: 'other-edition' } });
    database.prepare("UPDATE plans SET content = json_remove(content, '$.steps[0].strategy') WHERE id = ?").run(number);
    expect(await test.application.call('practice.again', { number, ...ask })).toMatchObject({
      error: { code: 'unreadable-plan' },
    });
    database.prepare("UPDATE plans SET content = '[]' WHERE id <> ?").run(number);
    database.close();
    expect((await test.get('feedback.get', {})).plans.handedOut).toBe(0);
  });

  it('takes a number when it is printed by itself', async () => {
    const test = (await handedOut()).test;
    await test.get('results.record', {
      number: (await numbers(test)).get('b003')!,
      entries: [{ step: 0, entry: { kind: 'count', right: 0, of: 6 } }],
    });
    const shown = await test.get('practice.page', { studentId: 'b003', ...ask, audience: 'student' });
    expect(shown.html).not.toContain('Plan no.');
    const printed = await test.get('practice.page', { studentId: 'b003', ...ask, audience: 'student', keep: true });
    expect(printed.html).toContain(`Plan no. ${(await numbers(test)).get('b003')}`);
    expect((await test.get('feedback.get', {})).plans.handedOut).toBe(4);
  });
});
