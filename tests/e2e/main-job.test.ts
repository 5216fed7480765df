import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, startApp } from './support.ts';
import type { RunningApp } from './support.ts';

/** A training on two busy cores. */
const TRAINING_MS = 480_000;

describe('a class’s files in, every student’s path out', () => {
  let app: RunningApp;
  let page: Page;

  beforeAll(async () => {
    app = await startApp();
    page = await app.open();
  });
  afterAll(() => app.close());

  const button = (name: string | RegExp) => page.getByRole('button', { name });

  it('welcomes with a sample class or an import, and takes the token out of the address', async () => {
    await button('Open the sample class').waitFor();
    expect(page.url()).not.toContain('token');
    await expectAccessible(page);
  });

  it('imports a roster and answers: what was recognised, and what was refused by line', async () => {
    await page.goto(`${app.url}#/imports`);
    await page.reload();
    const chooser = page.waitForEvent('filechooser');
    await button('Choose files').click();
    const roster = [
      'student,given_name,family_name,class',
      ...Array.from({ length: 6 }, (_, index) => `${index + 1},Given${index + 1},Family${index + 1},7C`),
      '7,思远,王,7C',
      '1,Again,Twice,7C',
    ];
    const answers = [
      'student,order,item,skill,correct',
      ...Array.from(
        { length: 60 },
        (_, index) => `${(index % 6) + 1},${Math.floor(index / 6)},q${index % 9},ratio-${index % 3},${index % 4 ? 1 : 0}`,
      ),
      '1,99,q1,ratio-1,perhaps',
      '2,-3,q1,ratio-1,1',
    ];
    await (
      await chooser
    ).setFiles([
      { name: 'roster.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${roster.join('\r\n')}`) },
      { name: 'answers.csv', mimeType: 'text/csv', buffer: Buffer.from(answers.join('\n')) },
      { name: 'picture.csv', mimeType: 'text/csv', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10]) },
    ]);
    await page.getByText('1 row is refused').first().waitFor();
    await page.getByText('2 rows are refused').first().waitFor();
    await page
      .getByText(/picture\.csv is a PNG|not a table/)
      .first()
      .waitFor();
    await expectAccessible(page);
    await button(/^Import 7 students/).click();
    await page.getByText(/3 rows were refused; everything else is in/).waitFor();
    await page.getByRole('link', { name: 'Go to the class' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText('王思远').first().waitFor();
  });

  it('shows a student’s level, skills and path, with reasons', async () => {
    await page.goto(`${app.url}#/students/1`);
    await page.getByRole('heading', { name: 'Learning path' }).waitFor();
    await page
      .getByText(/gain [+−]?\d/)
      .first()
      .waitFor();
    await button(/^Why/).first().click();
    await page.getByRole('dialog').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('takes typed-in answers, shows before and after, and takes them back', async () => {
    await button('Add answers').first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Question' }).fill('q1');
    await page.getByRole('option', { name: /q1/ }).click();
    await dialog.getByRole('button', { name: 'Wrong', exact: true }).click();
    await dialog.getByRole('combobox', { name: 'Question' }).fill('q4');
    await page.getByRole('option', { name: /q4/ }).click();
    await dialog.getByRole('button', { name: 'Wrong', exact: true }).click();
    await dialog.getByRole('button', { name: 'Record 2 answers' }).click();
    await dialog.getByRole('heading', { name: /What changed for/ }).waitFor();
    await dialog.getByText('Forecast, before → after').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await dialog.getByText('The answers were taken back.').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
  });

  it('exports the study plan as CSV and as a page that prints', async () => {
    for (const [format, pattern] of [
      ['Table (CSV)', /Given1 Family1/],
      ['Page (HTML)', /<h1>Study plan<\/h1><p class="who">Given1 Family1/],
    ] as const) {
      await button('Print the study plan …').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('radio', { name: format }).click();
      if (format === 'Page (HTML)') await expectAccessible(page);
      const download = page.waitForEvent('download');
      await dialog.getByRole('button', { name: 'Save' }).click();
      const file = await (await download).path();
      expect(readFileSync(file, 'utf8')).toMatch(pattern);
      await dialog.waitFor({ state: 'detached' });
    }
  });

  it('prints the study plan as a tagged PDF in its language, a sheet a student', async () => {
    await page.goto(`${app.url}#/plans`);
    await button(/^Print or save all/).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Page (HTML)' }).click();
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save' }).click();
    const html = readFileSync(await (await download).path(), 'utf8');
    await dialog.waitFor({ state: 'detached' });
    const context = await app.browser.newContext();
    const sheets = await context.newPage();
    await sheets.setContent(html);
    await expectAccessible(sheets);
    const pdf = (await sheets.pdf({ tagged: true, outline: true, preferCSSPageSize: true })).toString('latin1');
    await context.close();
    expect(pdf).toMatch(/\/StructTreeRoot/);
    expect(pdf).toMatch(/\/Lang \(en-GB\)/);
    expect(pdf.match(/\/Type ?\/Page\b/g)).toHaveLength(html.match(/<section /g)!.length);
    await page.goto(`${app.url}#/students/1`);
  });

  it('undoes an import', async () => {
    await page.goto(`${app.url}#/imports`);
    await page.getByRole('heading', { name: 'Imports so far' }).waitFor();
    await button(/Undo the import of answers\.csv/).click();
    await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Undo the import' }).click();
    await page
      .getByText(/The import was undone/)
      .first()
      .waitFor();
    await page.goto(`${app.url}#/students/1`);
    await page
      .getByText(/Nothing is known about/)
      .first()
      .waitFor();
  });
});

describe('the sample class', () => {
  let app: RunningApp;
  let page: Page;

  beforeAll(async () => {
    app = await startApp();
    page = await app.open();
    await page.getByRole('button', { name: 'Open the sample class' }).click();
    await page.getByRole('heading', { name: 'Groups for the next lesson' }).waitFor();
  });
  afterAll(() => app.close());

  it.each([
    ['en', 'light'],
    ['zh', 'dark'],
  ] as const)('has every screen without objections of an accessibility checker, %s %s', async (language, theme) => {
    const other = await app.open({ language, theme });
    for (const hash of [
      '#/class',
      '#/students',
      '#/students/b001',
      '#/gradebook',
      '#/skills',
      '#/plans',
      '#/model',
      '#/feedback',
      '#/imports',
      '#/settings',
    ]) {
      await other.goto(app.url + hash);
      await other.getByRole('heading', { level: 1 }).waitFor();
      await other.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
      expect(await other.evaluate(() => document.documentElement.lang)).toMatch(language);
      expect(await other.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      await expectAccessible(other);
    }
    await other.close();
  });

  it('goes through the class by keyboard alone', async () => {
    await page.goto(`${app.url}#/class`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('Model');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/model/);
  });

  it(
    'trains with progress, stops when asked, and shows the diagnostics of a finished training',
    async () => {
      await page.goto(`${app.url}#/model`);
      await page.getByRole('button', { name: 'Start meta-training' }).click();
      await page.getByRole('progressbar').first().waitFor();
      await page.getByRole('main').getByRole('button', { name: 'Stop' }).click();
      await page
        .getByText(/Meta-training was stopped/)
        .first()
        .waitFor();
      await page.getByRole('button', { name: 'Start meta-training' }).click();
      await page.getByRole('button', { name: 'Train again' }).waitFor({ timeout: TRAINING_MS });
      await page.getByRole('heading', { name: 'Reliability' }).waitFor();
      await page.getByRole('heading', { name: 'Accuracy by number of answers' }).waitFor();
      await page.getByText(/the best of 6 simpler methods/).waitFor();
      await page.getByRole('heading', { name: 'What the forecasts are made of' }).waitFor();
      await page.getByRole('heading', { name: 'Whom it serves less well' }).waitFor();
      await page.getByRole('heading', { name: 'What the model never saw' }).waitFor();
      await page.getByRole('heading', { name: 'Training curve' }).waitFor();
      await page
        .getByText(/held back from training|forecast by models that trained without them/)
        .first()
        .waitFor();
      await expectAccessible(page);
    },
    TRAINING_MS + 60_000,
  );
});
