import { Buffer } from 'node:buffer';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canvasGradebook, TWELVE } from '../support/canvas.ts';
import { expectAccessible, startApp } from './support.ts';
import type { RunningApp } from './support.ts';

describe('a gradebook of marks gets its skills, and a wrong assignment is taken out', () => {
  let app: RunningApp;
  let page: Page;

  beforeAll(async () => {
    app = await startApp();
    page = await app.open();
  });
  afterAll(() => app.close());

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const go = (hash: string) => page.goto(`${page.url().split('#')[0]}${hash}`);
  /** The forecast of one skill on a student's screen, as it is written there. */
  const forecastOf = async (skill: string): Promise<string> => {
    await go('#/students/S-105');
    const row = page.getByRole('row', { name: new RegExp(`(^|, )${skill}[:?]`) });
    await row.first().waitFor();
    return (await row.first().innerText()).replaceAll(/\s+/g, ' ');
  };
  let before = '';

  it('says after the import that twelve assignments have no skill, and leads to suggestions', async () => {
    await page.getByRole('button', { name: 'Open the sample class' }).waitFor();
    await go('#/imports');
    const chooser = page.waitForEvent('filechooser');
    await button('Choose files').click();
    const buffer = Buffer.from(canvasGradebook(28, TWELVE));
    await (await chooser).setFiles([{ name: 'canvas.csv', mimeType: 'text/csv', buffer }]);
    await button(/^Import 28/).click();
    await page.getByText('12 questions and assignments have no skill yet.').waitFor();
    await page.getByRole('link', { name: /^(Give them skills|One by one)$/ }).click();
    await page.getByRole('heading', { name: 'Suggestions from titles' }).waitFor();
    await page.getByText('3 titles name it. It would become a new skill.').waitFor();
    await expectAccessible(page);
  });

  it('accepts a suggestion, sees what was done, and gives the rest by a rule', async () => {
    await button('Accept all 3: Ratios').click();
    await page
      .getByText(/^Ratios quiz and 2 more: Ratios added\. Forecasts are up to date/)
      .first()
      .waitFor();
    await page.getByText(/9 of them have no skill yet/).waitFor();
    await page.getByRole('radio', { name: 'Rules' }).click();
    await page.getByRole('textbox', { name: 'Text' }).fill('fractions');
    await page.getByText('Would give skills to 2.').waitFor();
    await page.getByRole('combobox', { name: 'Skill' }).fill('Fractions');
    await page.getByRole('option', { name: 'New skill: Fractions' }).click();
    await expectAccessible(page);
    await button('Save and apply').click();
    await page
      .getByText(/Rule “fractions”: Fractions for 2/)
      .first()
      .waitFor();
    await page.getByText(/7 of them have no skill yet/).waitFor();
  });

  it('shows forecasts by skill', async () => {
    await go('#/skills');
    await page.getByText('Ratios').first().waitFor();
    before = await forecastOf('Ratios');
    expect(before).toMatch(/\d+%/);
  });

  it('takes one assignment out by keyboard, with a note; the forecast changes; undo brings it back', async () => {
    await go('#/skills/questions');
    await page.getByRole('searchbox').fill('ratios homework');
    await page.getByText('1 found').waitFor();
    // In a table the focus rests on rows: a box inside hands it on to its row, and a Space between the two would be lost.
    const row = page.getByRole('row', { name: /Ratios homework/ });
    await row.focus();
    await page.locator('[role="row"]:focus').waitFor();
    await page.keyboard.press('Space');
    await page.getByText('1 chosen').waitFor();
    await button('How they count …').press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Taken out' }).press('Space');
    await dialog.getByRole('textbox', { name: /Note/ }).fill('Wrong sheet');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save' }).press('Enter');
    await page
      .getByText(/Ratios homework taken out\. Forecasts are up to date/)
      .first()
      .waitFor();
    expect(await forecastOf('Ratios')).not.toBe(before);
    await go('#/skills/questions/edits');
    await page.getByText('Wrong sheet').waitFor();
    await expectAccessible(page);
    await button('Undo: Ratios homework taken out').click();
    await page.getByText('Taken back. Everything is as it was.').first().waitFor();
    expect(await forecastOf('Ratios')).toBe(before);
  });

  it('names the circle that a prerequisite would close', async () => {
    await go('#/skills');
    await page.getByRole('radio', { name: 'List' }).click();
    const open = async (skill: string) => {
      await page
        .getByRole('row', { name: new RegExp(`^${skill}`) })
        .first()
        .focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
    };
    const build = async (on: string) => {
      await page.getByRole('combobox', { name: 'Add a prerequisite' }).fill(on);
      await page.getByRole('option', { name: on }).click();
    };
    await open('Ratios');
    await build('Fractions');
    await page
      .getByText(/“Ratios” now builds on “Fractions”/)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await open('Fractions');
    await build('Ratios');
    await page
      .getByText(/Fractions → Ratios → Fractions/)
      .first()
      .waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
  });

  it('speaks Chinese in the dark, and nothing of it is out of reach', async () => {
    const other = await app.open({ language: 'zh', theme: 'dark' });
    for (const view of ['', '/suggestions', '/rules', '/edits']) {
      await other.goto(`${other.url().split('#')[0]}#/skills/questions${view}`);
      await other.getByText('题目与作业').first().waitFor();
      await expectAccessible(other);
    }
    await other.close();
  });
});
