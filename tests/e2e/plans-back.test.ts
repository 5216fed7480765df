import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, runCli, startApp } from './support.ts';
import type { RunningApp } from './support.ts';

/** What goes to the printer, without the printer: the page in the frame, once it was asked for. */
async function printedBy(page: Page, press: () => Promise<void>): Promise<string> {
  await page.evaluate(() => document.querySelectorAll('iframe.print-frame').forEach((frame) => frame.remove()));
  await press();
  const frame = page.locator('iframe.print-frame');
  await frame.waitFor({ state: 'attached' });
  await page.frameLocator('iframe.print-frame').locator('main, section').first().waitFor({ state: 'attached' });
  const html = (await frame.getAttribute('srcdoc')) ?? '';
  // Keys pressed next are for the page, not for the frame.
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON');
  return html;
}
const plainText = (html: string): string => html.replaceAll(/<style[\s\S]*?<\/style>|<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

describe('a printed plan comes back', () => {
  let app: RunningApp;
  let page: Page;
  let number = '';

  beforeAll(async () => {
    app = await startApp();
    page = await app.open();
    // The table of plans shows no more rows than fit.
    await page.setViewportSize({ width: 1280, height: 2200 });
    await page.getByRole('button', { name: 'Open the sample class' }).click();
    await page.getByRole('heading', { name: /6B/ }).first().waitFor();
    await page.goto(`${app.url}#/students/b002`);
    await page.getByRole('heading', { name: 'Learning path' }).waitFor();
  });
  afterAll(() => app.close());

  it('shows practice and its solutions before they are printed; what is printed bears a number', async () => {
    await page.getByRole('button', { name: 'Practice pages …' }).click();
    const dialog = page.getByRole('dialog', { name: /^Practice of / });
    const questions = dialog.frameLocator('iframe[title="Questions"]');
    await questions.locator('section.practice').first().waitFor();
    // No accessibility check here: the frame lets no script run, the checker's neither.
    expect(await questions.locator('.questions > li').count()).toBeGreaterThan(12);
    await dialog.getByRole('radio', { name: 'Solutions' }).click();
    const solutions = dialog.frameLocator('iframe[title="Solutions"]');
    await solutions.locator('table.solutions').first().waitFor();
    expect(await solutions.locator('.number').count()).toBe(0);
    await dialog.getByRole('radio', { name: 'Questions' }).click();
    await questions.locator('section.practice').first().waitFor();
    const html = await printedBy(page, () => dialog.getByRole('button', { name: 'Print' }).click());
    number = /Plan no\. (\d+)/.exec(html)![1]!;
    await page.keyboard.press('Escape');
  });

  it('is entered with the keyboard alone: number, Enter, a count a step, Enter; the path moves, and says against what', async () => {
    const path = () => page.locator('.path').innerText();
    const before = await path();
    await page.goto(`${app.url}#/plans`);
    await page.getByRole('button', { name: 'Enter what came back …' }).click();
    const dialog = page.getByRole('dialog', { name: 'What came back' });
    await dialog.getByRole('listitem').first().waitFor();
    await expectAccessible(page);
    await page.keyboard.type(number);
    await page.keyboard.press('Enter');
    await dialog.getByRole('textbox').first().waitFor();
    await dialog.getByText('Leave open what you do not know').waitFor();
    const steps = await dialog.getByRole('textbox').count();
    expect(steps).toBeGreaterThan(3);
    await page.keyboard.type('6');
    await page.keyboard.press('Tab');
    await page.keyboard.type('5/8');
    await page.keyboard.press('Tab');
    await page.keyboard.type('+');
    await page.keyboard.press('Tab');
    await page.keyboard.type('nine');
    await dialog.getByText('Not understood').waitFor();
    expect(await dialog.getByRole('button', { name: /^Record/ }).isDisabled()).toBe(true);
    for (let sign = 0; sign < 4; sign++) await page.keyboard.press('Backspace');
    await page.keyboard.type('-');
    for (const said of ['6 of 6 right', '5 of 8 right', 'done, not counted', 'not done'])
      await dialog.getByText(said, { exact: true }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await dialog.getByText(/11 of 14 right; the plan expected \d+(\.\d)?\. Next comes /).waitFor();
    await dialog.getByRole('textbox', { name: 'Number on the sheet, or name' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: `Plan ${number} · 4/` }).waitFor();
    await page.goto(`${app.url}#/students/b002`);
    await page.getByRole('heading', { name: 'Learning path' }).waitFor();
    await expect.poll(path).not.toBe(before);
    await page.goto(`${app.url}#/feedback`);
    await page.getByText('3 of ').first().waitFor();
    await page.getByText('1 step was not done, as entered.').waitFor();
  });

  it('is taken back by one button, and what was there before stands again', async () => {
    await page.goto(`${app.url}#/students/b002`);
    await page.getByRole('button', { name: 'Add answers' }).first().click();
    await page.getByRole('button', { name: `By the steps of plan ${number} …` }).click();
    const dialog = page.getByRole('dialog', { name: 'What came back' });
    const ways = dialog.getByRole('button', { name: /^Take back the result of step/ });
    await expect.poll(() => ways.count()).toBe(4);
    await dialog.getByRole('button', { name: 'Take back the result of step 1' }).click();
    await dialog.getByText('Taken back: the gradebook and the plan are as before.').waitFor();
    await expect.poll(() => dialog.getByRole('button', { name: /^Take back the result of step/ }).count()).toBe(0);
    await page.keyboard.press('Escape');
  });

  it('shows the solutions of its practice on another day, by the number alone', async () => {
    await page.goto(`${app.url}#/plans`);
    await page.getByRole('button', { name: `Plan ${number} · ` }).click();
    await page.getByRole('button', { name: 'Practice and solutions …' }).click();
    const dialog = page.getByRole('dialog', { name: `Practice of plan ${number}` });
    const html = await printedBy(page, async () => {
      await dialog.frameLocator('iframe').locator('table.solutions').first().waitFor();
      await dialog.getByRole('button', { name: 'Print' }).click();
    });
    expect(plainText(html)).toContain(`Plan no. ${number}`);
    expect(html).toContain('class="result"');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'What came back' }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('is entered on the command line as on the screen, and the screen shows it', async () => {
    const listed = await runCli('results', '--data', app.folder);
    expect(listed).toMatch(new RegExp(`^${number} .* 0 of \\d+ steps back`, 'm'));
    const said = await runCli('results', '--data', app.folder, '--plan', number, '--step', '1=4/6', '--step', '2=not-done');
    expect(said).toMatch(/4 of 6 right; the plan expected \d/);
    await page.goto(`${app.url}#/plans`);
    await page.getByRole('button', { name: `Plan ${number} · 2/` }).waitFor();
    const out = `${app.folder}/solutions.html`;
    await runCli('practice', '--data', app.folder, '--plan', number, '--audience', 'teacher', '--out', out);
    expect(plainText(readFileSync(out, 'utf8'))).toContain(`Plan no. ${number}`);
  });
});
