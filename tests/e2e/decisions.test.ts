import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, startApp } from './support.ts';
import type { RunningApp } from './support.ts';

describe('a teacher overrides a step', () => {
  let app: RunningApp;
  let page: Page;
  let before: string[] = [];

  beforeAll(async () => {
    app = await startApp();
    page = await app.open();
    await page.getByRole('button', { name: 'Open the sample class' }).click();
    await page.getByRole('heading', { name: /6B/ }).first().waitFor();
    await page.goto(`${app.url}#/students/b002`);
    await page.getByRole('heading', { name: 'Learning path' }).waitFor();
  });
  afterAll(() => app.close());

  const path = async (of: Page = page): Promise<string[]> =>
    (await of.locator('.path .step-skill').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));
  const skillOf = (step: string): string =>
    step.replace(/ (Worked example|Half-worked example|Practice|Mixed practice|Review)$/, '');
  const section = (name: string) => page.getByRole('region', { name });
  /** What the plan is as a table, saved as a teacher saves it. */
  async function table(): Promise<string> {
    await page.getByRole('button', { name: 'Print the study plan …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Table (CSV)' }).click();
    const saved = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save' }).click();
    return readFileSync((await (await saved).path())!, 'utf8');
  }
  /** What the teacher's sheet says, as it goes to the printer. */
  async function printed(notes: boolean): Promise<string> {
    await page.getByRole('button', { name: 'Print the study plan …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Page (HTML)' }).click();
    await dialog.getByRole('radio', { name: 'The teacher' }).click();
    if (notes)
      await dialog.getByRole('radiogroup', { name: 'My notes' }).getByRole('radio', { name: 'With', exact: true }).click();
    await expectAccessible(page);
    const saved = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save' }).click();
    return readFileSync((await (await saved).path())!, 'utf8');
  }

  it('leaves the first step out, with the keyboard alone, and the path follows', async () => {
    before = await path();
    expect(before.length).toBeGreaterThan(2);
    const first = skillOf(before[0]!);
    await page.getByRole('button', { name: `Adjust ${first}` }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Leave out …' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: `Leave out ${first}` });
    await dialog.waitFor();
    await expectAccessible(page);
    await dialog.getByRole('textbox', { name: /note for yourself/ }).fill('after the holidays');
    await dialog.getByRole('button', { name: 'Leave it out' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(`Decided: ${first} is left out.`).first().waitFor();
    expect((await path()).map(skillOf)).not.toContain(first);
    // The focus rests where the change is told, for the step's own menu is gone.
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.className), { timeout: 10_000 })
      .toContain('decision-outcome');
    await expectAccessible(page);
  });

  it('puts a skill first that is not on the path, and is told what it waits for or builds on', async () => {
    const steps = (await path()).map(skillOf);
    const rows = await section('Skill by skill').locator('.skill-ask').allInnerTexts();
    const skill = rows.find((each) => !steps.includes(each) && each !== skillOf(before[0]!))!;
    await section('Skill by skill')
      .getByRole('button', { name: `${skill}: why not now?` })
      .click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: `Adjust ${skill}` })
      .click();
    await page.getByRole('menuitem', { name: 'Do this next' }).click();
    await page.getByText(`Decided: ${skill} comes first.`).first().waitFor();
    expect(skillOf((await path())[0]!)).toBe(skill);
    await page
      .locator('.path .step')
      .first()
      .getByText(/^You put it first; /)
      .waitFor();
    const decisions = section('Your decisions');
    await decisions.getByText(`${skill} comes first`).waitFor();
    await decisions.getByText('after the holidays').waitFor();
  });

  it('finds both in the table and on the teacher’s sheet, with a note only where it was chosen', async () => {
    await page.getByRole('textbox', { name: 'New note' }).fill('Works well with Mia.');
    await page.getByRole('button', { name: 'Add note' }).click();
    await section('Your notes').getByText('Works well with Mia.').waitFor();
    const first = (await path())[0]!;
    const csv = await table();
    expect(csv.split('\r\n')[1]).toContain(skillOf(first));
    expect(csv).toMatch(/is left out \(decided [^)]*\) – after the holidays/);
    const plain = await printed(false);
    expect(plain).toContain('What the teacher decided');
    expect(plain).toContain('after the holidays');
    expect(plain).not.toContain('Works well with Mia.');
    expect(await printed(true)).toContain('Works well with Mia.');
  });

  it('adds a link to a skill, which then stands with the step, on the screen and on the sheet', async () => {
    const first = skillOf((await path())[0]!);
    const student = page.url();
    await page.goto(`${app.url}#/skills`);
    await page.getByRole('radio', { name: 'List' }).click();
    const row = page.getByRole('row', { name: new RegExp(`^${first}`) }).first();
    await row.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: new RegExp(first) });
    await dialog.getByRole('textbox', { name: 'Title' }).fill('A short film');
    const address = dialog.getByRole('textbox', { name: /^Web address/ });
    await address.fill('javascript:alert(1)');
    await address.press('Enter');
    await dialog.getByText(/^The address must begin with/).waitFor();
    await address.fill('https://example.org/film');
    await address.press('Enter');
    await dialog.getByRole('link', { name: 'A short film' }).waitFor();
    await expectAccessible(page);
    await page.goto(student);
    const link = page.locator('.path .step').first().getByRole('link', { name: 'A short film' });
    await link.waitFor();
    expect([await link.getAttribute('href'), await link.getAttribute('rel')]).toEqual([
      'https://example.org/film',
      'noopener noreferrer',
    ]);
    expect(await printed(false)).toContain('https://example.org/film');
  });

  it('is in Chinese and in the dark as well', async () => {
    const chinese = await app.open({ hash: page.url().split('#')[1]!.replace(/^/, '#'), language: 'zh', theme: 'dark' });
    await chinese
      .getByRole('region', { name: '教师调整' })
      .getByText(/排在最前/)
      .waitFor();
    await chinese.getByRole('button', { name: /^调整/ }).first().click();
    await chinese.getByRole('menuitem', { name: '换一种方式…' }).waitFor();
    await expectAccessible(chinese);
    await chinese.close();
  });

  it('takes both back, and the path is as it was', async () => {
    const decisions = section('Your decisions');
    for (const left of [1, 0]) {
      await decisions
        .getByRole('button', { name: /^Take back:/ })
        .first()
        .click();
      await page.waitForFunction(
        (count) => document.querySelectorAll('.decision-list [aria-label^="Take back:"]').length === count,
        left,
      );
    }
    await decisions.getByText(/^None yet/).waitFor();
    expect(await path()).toEqual(before);
    await section('Your notes')
      .getByRole('button', { name: /^Delete the note/ })
      .click();
    await page.getByText('The note was deleted.').first().waitFor();
    await section('Your notes').getByRole('button', { name: 'Undo' }).click();
    await section('Your notes').getByText('Works well with Mia.').waitFor();
  });
});
