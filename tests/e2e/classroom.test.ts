import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, runCli, startApp } from './support.ts';
import type { RunningApp } from './support.ts';

const DAY = 86_400_000;
const BEGIN = Date.UTC(2026, 8, 1, 10);
const ROSTER = [
  'student,given_name,family_name,class',
  ...Array.from({ length: 14 }, (_, index) => `s${index + 1},Given${index + 1},Family${index + 1},7C`),
].join('\n');

/** Thirteen of fourteen students on fourteen days; the first falls behind in the last week, the twelfth stops coming. */
const ANSWERS = [
  'student,order,item,skill,correct,timestamp',
  ...Array.from({ length: 13 }, (_, student) =>
    Array.from({ length: 28 }, (_unused, order) => {
      const day = Math.floor(order / 2);
      if (student === 11 && day > 8) return [];
      const wrong = (student === 0 && day > 8) || ((student + 1) * 7 + order * 5) % 9 === 0;
      return [
        `s${student + 1},${order},q${order % 8},Topic ${order % 2},${wrong ? 0 : 1},${BEGIN + day * DAY + (order % 2) * 60_000}`,
      ];
    }).flat(),
  ).flat(),
].join('\n');

describe('between two lessons', () => {
  let app: RunningApp;
  let page: Page;

  beforeAll(async () => {
    app = await startApp();
    page = await app.open({ hash: '#/imports' });
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose files' }).click();
    await (
      await chooser
    ).setFiles([
      { name: 'roster.csv', mimeType: 'text/csv', buffer: Buffer.from(ROSTER) },
      { name: 'answers.csv', mimeType: 'text/csv', buffer: Buffer.from(ANSWERS) },
    ]);
    await page.getByRole('button', { name: /^Import 14 students/ }).click();
    await page.getByRole('link', { name: 'Go to the class' }).click();
    await page.getByRole('heading', { name: 'Groups for the next lesson' }).waitFor();
  });
  afterAll(() => app.close());

  const watch = () => page.getByRole('region', { name: 'Who needs you now' });

  it('sees who needs help now, with the evidence, and sets one aside with a note, by keyboard', async () => {
    const fallen = watch().getByRole('listitem').filter({ hasText: 'Given1 Family1' });
    await fallen.getByText(/^0 of the last 10 right; \d+ were expected/).waitFor();
    await watch()
      .getByText(/No answers on the last 5 days on which the class worked; before that, on 9 of 9/)
      .waitFor();
    await expectAccessible(page);
    await fallen.getByRole('button', { name: /Set aside …: the warning about Given1 Family1/ }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await expectAccessible(page);
    await page.keyboard.type('Was ill for a week');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await fallen.waitFor({ state: 'detached' });
    // The focus goes on once the dialog is away.
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('section')?.getAttribute('aria-label')))
      .toBe('Who needs you now');
    await watch().getByRole('button', { name: '1 warning set aside' }).click();
    await watch().getByText('Was ill for a week').waitFor();
    await expectAccessible(page);
    await page.reload();
    await watch().getByRole('button', { name: '1 warning set aside' }).click();
    await watch().getByRole('button', { name: 'Bring back: the warning about Given1 Family1' }).click();
    await fallen.getByText(/^0 of the last 10 right/).waitFor();
  });

  it('filters the class by a group and by a name, and orders it', async () => {
    const groups = page.getByRole('region', { name: 'Groups for the next lesson' });
    const members = Number(await groups.locator('.group-count').first().textContent());
    await groups.locator('.group').first().click();
    await page.getByText(`${members} of 14 students shown`).waitFor();
    await page.getByRole('button', { name: 'Show everyone' }).click();
    await expect
      .poll(() => page.getByRole('searchbox', { name: 'Filter students' }).evaluate((field) => field === document.activeElement))
      .toBe(true);
    await page.getByRole('searchbox', { name: 'Filter students' }).fill('Given13');
    await page.getByText('1 of 14 students shown').waitFor();
    await page.getByRole('button', { name: 'Show everyone' }).click();
    await page.getByRole('button', { name: /Order/ }).click();
    await page.getByRole('option', { name: 'Warnings first' }).click();
    const first = page.getByRole('grid').getByRole('row').nth(1);
    expect(await first.textContent()).toMatch(/Given1 Family1|Given12 Family12|Given14 Family14/);
  });

  it('moves students between groups by keyboard, names one, makes one; nothing takes that back but the teacher', async () => {
    const groups = page.getByRole('region', { name: 'Groups for the next lesson' });
    const counts = async () => (await groups.locator('.group-count').allTextContents()).map(Number);
    const before = await counts();
    const first = groups.locator('.group-card').first();
    await first
      .getByRole('button', { name: /: open or move$/ })
      .first()
      .focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await groups.getByText(/ is in group B: .+ now\.$/).waitFor();
    await groups.getByText(/These are your groups \(today\): no proposal changes them\. Today’s proposal/).waitFor();
    await expect.poll(counts).toEqual([before[0]! - 1, before[1]! + 1, ...before.slice(2)]);
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Undo');
    await expectAccessible(page);
    await groups.getByRole('button', { name: 'Group A: more' }).click();
    await page.getByRole('menuitem', { name: 'Rename …' }).click();
    await page.keyboard.type('Rockets');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await groups.getByText(/^Rockets · /).waitFor();
    await groups.getByRole('button', { name: 'Make a group …' }).click();
    await page.keyboard.type('Early birds');
    await page.keyboard.press('Enter');
    await groups.getByText(/^Early birds · /).waitFor();
    await page.reload();
    await groups.getByText(/^Early birds · /).waitFor();
    expect(await counts()).toEqual([before[0]! - 1, before[1]! + 1, ...before.slice(2), 0]);
    await groups.getByRole('button', { name: 'Back to the proposal' }).click();
    await groups.getByText('The groups are the proposal again.').waitFor();
    await expect.poll(counts).toEqual(before);
    await groups.getByRole('button', { name: 'Undo' }).click();
    await groups.getByText(/^Rockets · /).waitFor();
  });

  it('sees at once what the command line does with the groups', async () => {
    const groups = page.getByRole('region', { name: 'Groups for the next lesson' });
    await runCli('groups', '--data', app.folder, '--class', '7C', '--move', 'Given13 Family13=Early birds');
    const made = groups.locator('.group-card').filter({ hasText: 'Early birds' });
    await made.getByRole('button', { name: 'Given13 Family13: open or move' }).waitFor();
    await runCli('groups', '--data', app.folder, '--class', '7C', '--proposal');
    await groups.getByText(/^Early birds · /).waitFor({ state: 'detached' });
  });

  it('prints an overview with everybody in it', async () => {
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    const table = page.getByRole('table');
    await table.waitFor();
    expect(await table.getByRole('row').count()).toBe(15);
    expect(await page.getByRole('grid').count()).toBe(0);
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    await page.emulateMedia({ media: null });
    await table.waitFor({ state: 'detached' });
  });

  it('goes from the groups to a lesson plan that fits the lesson, and saves it', async () => {
    await page.getByRole('link', { name: 'Make a lesson plan' }).click();
    await page.getByRole('region', { name: /^Group A: / }).waitFor();
    await page.getByText('41–45 min').first().waitFor();
    await page
      .getByRole('button', { name: /Lesson/ })
      .first()
      .click();
    await page.getByRole('option', { name: '60 min' }).click();
    await page.getByText('55–60 min').first().waitFor();
    await expectAccessible(page);
    const who = await page.locator('.lesson-who a').allTextContents();
    expect(new Set(who).size).toBe(14);
    for (const [format, pattern] of [
      ['Table (CSV)', /^\ufeffGroup,When,What,Who,How,Your material,Material,Why/],
      ['Page (HTML)', /<h1>Lesson plan<\/h1>/],
    ] as const) {
      await page.getByRole('button', { name: 'Print or save …' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('radio', { name: format }).click();
      await expectAccessible(page);
      const download = page.waitForEvent('download');
      await dialog.getByRole('button', { name: 'Save' }).click();
      const text = readFileSync(await (await download).path(), 'utf8');
      expect(text).toMatch(pattern);
      for (const name of who) expect(text).toContain(name);
      await dialog.waitFor({ state: 'detached' });
      if (format !== 'Page (HTML)') continue;
      const context = await app.browser.newContext();
      const sheet = await context.newPage();
      await sheet.setContent(text);
      await expectAccessible(sheet);
      const pdf = (await sheet.pdf({ tagged: true, preferCSSPageSize: true })).toString('latin1');
      expect(pdf).toMatch(/\/StructTreeRoot/);
      expect(pdf).toMatch(/\/Lang \(en-GB\)/);
      await context.close();
    }
    await page.getByRole('button', { name: 'Print only group A' }).click();
    await page.getByRole('dialog').getByRole('radio', { name: 'Page (HTML)' }).click();
    const one = page.waitForEvent('download');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    expect(readFileSync(await (await one).path(), 'utf8').match(/class="block"/g)).toHaveLength(1);
    await page.goBack();
    await page.getByRole('heading', { name: 'Groups for the next lesson' }).waitFor();
  });

  it('has both screens in Chinese and dark without objections of an accessibility checker', async () => {
    const other = await app.open({ language: 'zh', theme: 'dark' });
    await other.locator('.watch-item').first().waitFor();
    await other.locator('.group').first().waitFor();
    await expectAccessible(other);
    await other.goto(`${app.url}#/class/lesson`);
    await other.locator('.lesson-group').first().waitFor();
    expect(await other.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await expectAccessible(other);
    await other.close();
  });
});
