import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { otherModel } from '../support/other-model.ts';
import { expectAccessible, startApp } from './support.ts';
import type { RunningApp } from './support.ts';

const STUDENTS = Array.from({ length: 8 }, (_, index) => String(index + 1));
const SKILLS = ['halves', 'thirds', 'sums'];
const answers = (from: number, to: number): string =>
  [
    'student,order,item,skill,correct',
    ...STUDENTS.flatMap((student) =>
      Array.from({ length: to - from }, (_, index) => {
        const order = from + index;
        const skill = order % SKILLS.length;
        const right = (Number(student) * 7 + order * 5 + skill * 3) % 10 < 6 ? 1 : 0;
        return `${student},${order},q${skill}-${order % 4},${SKILLS[skill]},${right}`;
      }),
    ),
  ].join('\n');
const ROSTER = ['student,given_name,family_name,class', ...STUDENTS.map((id) => `${id},Given${id},Family${id},5D`)].join('\n');

describe('a teacher sees whether the program was right, and takes an earlier model up again', () => {
  let app: RunningApp;
  let page: Page;
  let importing: Page;

  beforeAll(async () => {
    app = await startApp();
    page = await app.open();
    importing = await app.open();
  });
  afterAll(() => app.close());

  const commandLine = (...words: readonly string[]): string =>
    execFileSync(process.execPath, [path.join(import.meta.dirname, '../../src/cli/index.ts'), ...words], { encoding: 'utf8' });

  async function importFiles(files: Readonly<Record<string, string>>): Promise<void> {
    await importing.goto(`${app.url}#/imports`);
    await importing.reload();
    const chooser = importing.waitForEvent('filechooser');
    await importing.getByRole('button', { name: 'Choose files' }).click();
    await (
      await chooser
    ).setFiles(Object.entries(files).map(([name, text]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })));
    await importing
      .getByRole('button', { name: /^Import / })
      .last()
      .click();
    await importing.getByRole('link', { name: 'Go to the class' }).waitFor();
  }

  it('says when there will be something to see', async () => {
    await importFiles({ 'roster.csv': ROSTER, 'first.csv': answers(0, 12) });
    await page.goto(`${app.url}#/feedback`);
    await page.getByText(/whether Pathlight was right/).waitFor();
    await page.getByText(/No plan was handed out yet/).waitFor();
    await expectAccessible(page);
  });

  it('sets the answers that came in after a plan was saved against its forecasts', async () => {
    await page.goto(`${app.url}#/plans`);
    await page.getByRole('button', { name: /^Print or save all/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Page (HTML)' }).click();
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await download;
    await dialog.waitFor({ state: 'detached' });
    await page.goto(`${app.url}#/feedback`);
    await page.getByText(/8 plans were handed out/).waitFor();
    await importFiles({ 'second.csv': answers(12, 20) });
    await page.getByText(/Of 64 answers that came in/).waitFor();
    await page.getByText(/8 plans were handed out; \d+ of \d+ steps were worked on/).waitFor();
    for (const name of ['Forecast and what happened', 'Over time', 'By skill', 'By group of students', 'Plan by plan'])
      await page.getByRole('heading', { name }).waitFor();
    const byPlan = page.getByRole('group', { name: 'Plan by plan' });
    expect(await byPlan.getByRole('row').count()).toBe(STUDENTS.length + 1);
    await expectAccessible(page);
    const chinese = await app.open({ hash: '#/feedback', language: 'zh', theme: 'dark' });
    await chinese.getByRole('heading', { name: '预测与实际' }).waitFor();
    await expectAccessible(chinese);
    await chinese.close();
    const json = JSON.parse(commandLine('feedback', '--data', app.folder, '--json')) as {
      forecasts: { whole: { answers: number } };
      plans: { handedOut: number };
    };
    expect([json.forecasts.whole.answers, json.plans.handedOut]).toEqual([64, 8]);
  });

  it('is reached by the rail and by the command palette', async () => {
    await page.goto(`${app.url}#/class`);
    await page.getByRole('link', { name: 'Feedback' }).click();
    await page.waitForURL(/#\/feedback/);
    await page.goto(`${app.url}#/class`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('Feedback');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/feedback/);
  });

  it('switches back to an earlier model, and the student’s screen says so', async () => {
    const student = await app.open({ hash: '#/students/3' });
    await student.getByText(/No past students of yours yet/).waitFor();
    const gains = async (): Promise<string> => (await student.locator('.step-numbers').allInnerTexts()).join();
    const before = await gains();
    commandLine('models', 'add', otherModel(1.5), '--data', app.folder);
    // Another process took it into use: the open window follows.
    await student.getByText(/Model of 1 September 2026/).waitFor();
    await page.goto(`${app.url}#/model`);
    const models = page.getByRole('group', { name: 'Models so far' });
    await models.getByText('in use').waitFor();
    await expectAccessible(page);
    const row = models.getByRole('row', { name: /starter model/ });
    await row.getByRole('button', { name: /^Use/ }).focus();
    await page.keyboard.press('Enter');
    await page
      .getByText(/is in use now\. All forecasts and plans follow it/)
      .first()
      .waitFor();
    await student.getByText(/No past students of yours yet/).waitFor();
    await expect.poll(gains, { timeout: 20_000 }).toBe(before);
    await models.getByRole('link', { name: /^Details: Model of 1 September/ }).click();
    await page.getByText(/You are looking at an earlier model/).waitFor();
    expect(page.url()).toContain('#/model/');
    await expectAccessible(page);
    await page.goBack();
    await models.getByRole('button', { name: /^Delete: Model of 1 September/ }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete the model' }).click();
    await page
      .getByText(/was deleted/)
      .first()
      .waitFor();
    expect(commandLine('models', 'list', '--data', app.folder).trim().split('\n')).toHaveLength(1);
  });

  it('saves a model card that says what it is not for', async () => {
    await page.getByRole('button', { name: 'Model card' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Save as a page (HTML)' }).click();
    const context = await app.browser.newContext();
    const card = await context.newPage();
    await card.setContent(readFileSync(await (await download).path(), 'utf8'));
    await card.getByRole('heading', { name: 'What it must not be used for' }).waitFor();
    await card.getByText(/Grades, certificates or placement/).waitFor();
    await expectAccessible(card);
    await context.close();
  });
});
