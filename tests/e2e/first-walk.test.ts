import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canvasGradebook, TWELVE } from '../support/canvas.ts';
import { expectAccessible, startApp } from './support.ts';
import type { RunningApp } from './support.ts';

/** What the print dialog would have been given. Frames are pages too, so that the script reaches the sheet's own. */
async function catchPrints(page: Page): Promise<() => Promise<string>> {
  await page.addInitScript(() => {
    window.print = () => {
      (window.top as unknown as { printed: string }).printed = document.body.textContent ?? '';
    };
  });
  await page.reload();
  return async () => {
    await page.waitForFunction(() => 'printed' in window);
    return page.evaluate(() => (window as unknown as { printed: string }).printed);
  };
}

describe('a teacher with a Canvas export and no time', () => {
  let app: RunningApp;
  let page: Page;
  let printed: () => Promise<string>;
  const inView = async (name: RegExp) => {
    const box = (await page.getByRole('button', { name }).boundingBox())!;
    return box.y >= 0 && box.y + box.height <= 720;
  };

  beforeAll(async () => {
    app = await startApp();
    page = await app.open();
    printed = await catchPrints(page);
  });
  afterAll(() => app.close());

  it('presses eight times, never scrolls, and has a plan in the print dialog', async () => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('region', { name: 'Import a class' }).getByRole('button', { name: 'Choose files' }).click();
    await (
      await chooser
    ).setFiles([{ name: 'grades.csv', mimeType: 'text/csv', buffer: Buffer.from(canvasGradebook(28, TWELVE)) }]);
    await page.getByText('All of it is new.').waitFor();
    expect(await inView(/^Import 28 students and \d+ marks$/)).toBe(true);
    await expectAccessible(page);
    await page.getByRole('button', { name: /^Import 28 students/ }).click();
    await page.getByRole('button', { name: /^Use these \d skills$/ }).click();
    await page
      .getByText(/^Suggested skills for \d+: Ratios, /)
      .first()
      .waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Go to the class' }).click();
    await page.getByRole('heading', { name: 'Groups for the next lesson' }).waitFor();
    expect(await page.locator('.outcome').count()).toBe(0);
    await page.getByRole('link', { name: 'Students' }).click();
    await page.getByRole('row', { name: /^Given10 Family10/ }).click();
    await page.getByText(/^6B Mathematics · 1[0-2] marks/).waitFor();
    await page.getByRole('button', { name: 'Print the study plan …' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Print', exact: true }).click();
    const sheet = await printed();
    expect(sheet).toMatch(/Study plan\s*Given10 Family10/);
    expect(sheet).toMatch(/\d\. (Ratios|Percent|Fractions|Expressions)\s/);
    expect(sheet).not.toMatch(/Final project|Ratios quiz/);
  });
});

describe('a tutor with one student and nothing else', () => {
  let app: RunningApp;
  let page: Page;
  let printed: () => Promise<string>;

  beforeAll(async () => {
    app = await startApp();
    page = await app.open();
    printed = await catchPrints(page);
  });
  afterAll(() => app.close());

  it('types a name, which outlives a reload, and is with the student', async () => {
    await page.getByRole('button', { name: 'Type in students …' }).click();
    await page.getByRole('textbox', { name: 'Names, one a line' }).fill('Mia Berg');
    await expectAccessible(page);
    await page.reload();
    await page.getByRole('button', { name: 'Type in students …' }).click();
    expect(await page.getByRole('textbox', { name: 'Names, one a line' }).inputValue()).toBe('Mia Berg');
    await page.getByRole('button', { name: 'Add 1 student' }).click();
    await page.getByRole('heading', { level: 1, name: 'Mia Berg' }).waitFor();
    await page.getByText(/The course has no skills yet\./).waitFor();
    await expectAccessible(page);
  });

  it('enters answers to questions of their own and names the skills with them; then there is a path', async () => {
    await page.getByRole('button', { name: 'Add answers' }).first().click();
    const dialog = page.getByRole('dialog');
    for (const [question, skill, verdict] of [
      ['1/2 + 1/3', 'Adding fractions', 'Wrong'],
      ['2/5 + 1/10', 'Adding fractions', 'Wrong'],
      ['', 'Ratios', 'Right'],
      ['3 : 4 = 9 : ?', 'Ratios', 'Right'],
      ['', 'Ratios', 'Wrong'],
      ['', 'Adding fractions', 'Right'],
    ] as const) {
      await dialog.getByRole('combobox', { name: 'Question' }).fill(question);
      await page.keyboard.press('Tab');
      await dialog.getByRole('textbox', { name: 'Name of the skill' }).fill(skill);
      await dialog.getByRole('button', { name: verdict, exact: true }).click();
    }
    await dialog.getByText('1/2 + 1/3').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Record 6 answers' }).click();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByText(/Next: (Ratios|Adding fractions) \(/).waitFor();
    await page.getByRole('radio', { name: 'Answers' }).click();
    await page.getByText('3 : 4 = 9 : ?').waitFor();
  });

  it('prints the plan, and finds what was typed among the imports', async () => {
    await page.getByRole('button', { name: 'Print the study plan …' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Print', exact: true }).click();
    expect(await printed()).toMatch(/Study plan\s*Mia Berg/);
    await page.getByRole('link', { name: 'Class', exact: true }).click();
    await page.getByRole('link', { name: 'Open the path of Mia Berg' }).waitFor();
    await page.getByRole('link', { name: 'Imports' }).click();
    await page.getByRole('row', { name: /Students typed in/ }).waitFor();
    await expectAccessible(page);
  });

  it('does so in Chinese and in the dark', async () => {
    const other = await app.open({ language: 'zh', theme: 'dark', hash: '#/students' });
    await other.getByRole('button', { name: '输入学生…' }).click();
    await other.getByRole('textbox', { name: '姓名，每行一个' }).fill('陈安然\n王思远');
    await expectAccessible(other);
    await other.getByRole('button', { name: '添加 2 名学生' }).click();
    await other.getByRole('row', { name: /^陈安然/ }).waitFor();
    await other.close();
  });
});
