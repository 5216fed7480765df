import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canvasGradebook, TWELVE } from '../support/canvas.ts';
import { runCli, startApp, startGradedClass } from './support.ts';
import type { RunningApp } from './support.ts';

const FILE = { name: 'more.csv', mimeType: 'text/csv', buffer: Buffer.from(canvasGradebook(5, [['Geometry quiz', 10]])) };

describe('nothing is lost on a reload', () => {
  let app: RunningApp;
  let page: Page;
  const go = (hash: string) => page.goto(`${page.url().split('#')[0]}${hash}`);
  const button = (name: string | RegExp) => page.getByRole('button', { name });

  beforeAll(async () => {
    app = await startGradedClass();
    page = await app.open({ hash: '#/class' });
    await page.locator('.group-card').first().waitFor();
  });
  afterAll(() => app.close());

  it('of how the class is looked at', async () => {
    await page.getByRole('searchbox', { name: 'Filter students' }).fill('Given1');
    await page.getByRole('radio', { name: 'Forecast' }).click();
    await button(/Order/).click();
    await page.getByRole('option', { name: 'Warnings first' }).click();
    await page.locator('.group').nth(1).click();
    await page.reload();
    await page.getByRole('grid').waitFor();
    expect(await page.getByRole('searchbox', { name: 'Filter students' }).inputValue()).toBe('Given1');
    expect(await page.getByRole('radio', { name: 'Forecast' }).isChecked()).toBe(true);
    await button(/Warnings first/).waitFor();
    expect(await page.locator('.group').nth(1).getAttribute('aria-pressed')).toBe('true');
  });

  it('of answers that are entered and not recorded, of a note being changed, and of why a decision is made', async () => {
    await go('#/students/S-104');
    await button('Add answers').first().click();
    const dialog = page.getByRole('dialog');
    await button(/Choose a skill/).click();
    await page.getByRole('option', { name: 'Ratios quiz' }).click();
    await dialog.getByRole('button', { name: 'Right', exact: true }).click();
    await page.reload();
    await dialog.getByRole('button', { name: 'Record 1 answer' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    await page.getByRole('textbox', { name: 'New note' }).fill('Works well in pairs');
    await button('Add note').click();
    await button(/^Edit the note/).click();
    await page.getByRole('textbox', { name: /^The note of/ }).fill('Works well in threes');
    await page.reload();
    expect(await page.getByRole('textbox', { name: /^The note of/ }).inputValue()).toBe('Works well in threes');

    await button(/^Adjust/)
      .first()
      .click();
    await page.getByRole('menuitem', { name: /^Leave out/ }).click();
    await dialog.getByRole('textbox', { name: /^A note for yourself/ }).fill('Not taught this year');
    await page.reload();
    expect(await dialog.getByRole('textbox', { name: /^A note for yourself/ }).inputValue()).toBe('Not taught this year');
    await dialog.getByRole('button', { name: 'Leave it out' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Not taught this year').first().waitFor();
  });

  it('of a cell of the gradebook that is half typed, and of a goal that is half made', async () => {
    await go('#/gradebook');
    const grid = page.getByRole('grid');
    await grid.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('7.5');
    const field = grid.getByRole('textbox');
    const cell = await field.getAttribute('aria-label');
    await page.reload();
    await field.waitFor();
    expect(await field.inputValue()).toBe('7.5');
    expect(await field.getAttribute('aria-label')).toBe(cell);
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });
    await page.reload();
    await grid.waitFor();
    expect(await field.count()).toBe(0);

    await go('#/students/S-104');
    await button('Set a goal …').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Add a skill' }).fill('Ratios quiz');
    await page.getByRole('option', { name: 'Ratios quiz' }).click();
    await dialog.getByRole('textbox', { name: /^Minutes a week/ }).fill('45');
    await page.keyboard.press('Tab');
    await page.reload();
    await dialog.getByRole('button', { name: 'Remove Ratios quiz' }).waitFor();
    expect(await dialog.getByRole('textbox', { name: /^Minutes a week/ }).inputValue()).toBe('45');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  it('of files that are looked at before they are imported; without the server that held them it says so', async () => {
    await go('#/imports');
    const chooser = page.waitForEvent('filechooser');
    await button('Choose files').click();
    await (await chooser).setFiles([FILE]);
    await button(/^Import 5 students/).waitFor();
    await page.reload();
    await button(/^Import 5 students/).waitFor();
    await page.evaluate(() =>
      sessionStorage.setItem(
        'pathlight.kept.imports.chosen',
        JSON.stringify({ files: [{ id: 'gone', name: 'gone.csv', size: 1 }], choices: {} }),
      ),
    );
    await page.reload();
    await page.getByText(/not held any more\. Choose it again/).waitFor();
    await button('Do not import').click();
    await page.getByText('Drop files here').waitFor();
  });
});

describe('every screen has an address', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp();
    const file = path.join(app.folder, 'grades.csv');
    writeFileSync(file, canvasGradebook(6, TWELVE));
    await runCli('import', '--data', app.folder, file);
  });
  afterAll(() => app.close());

  it('that opens it, survives a reload, and back and forward lead through them; a dialog goes with its screen', async () => {
    const page = await app.open({ hash: '#/class' });
    const heading = async () => {
      const title = page.getByRole('heading', { level: 1 });
      await title.waitFor();
      // Until it is there, a student is called “Student” and a class “All students”.
      await page.waitForFunction(() => document.querySelector('.skeleton, .stale') === null);
      return title.textContent();
    };
    const seen: [string, string | null][] = [];
    for (const hash of [
      ...['#/class', '#/class/lesson', '#/students', '#/students/S-101', '#/students/S-101/answers', '#/gradebook', '#/skills'],
      ...['#/skills/questions/suggestions', '#/plans', '#/model', '#/feedback', '#/imports', '#/settings', '#/settings/backups'],
    ]) {
      await page.goto(`${app.url}${hash}`.replace(/\?[^#]*/, ''));
      const title = await heading();
      await page.reload();
      expect(await heading()).toBe(title);
      expect(new URL(page.url()).hash).toBe(hash);
      seen.push([hash, title]);
    }
    for (const [hash, title] of seen.toReversed().slice(1)) {
      await page.goBack();
      expect(new URL(page.url()).hash).toBe(hash);
      await expect.poll(heading).toBe(title);
    }
    await page.goForward();
    await expect.poll(() => new URL(page.url()).hash).toBe('#/class/lesson');
    await page.getByRole('button', { name: 'Print or save …' }).click();
    await page.getByRole('dialog').waitFor();
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('.group-card').first().waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Search students and screens' }).waitFor();
    await page.goForward();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    // An address of somebody who is not there says so.
    await page.goto(`${app.url}#/students/nobody`.replace(/\?[^#]*/, ''));
    await page.getByText('This student is not in the gradebook any more.').first().waitFor();
    await page.close();
  });
});
