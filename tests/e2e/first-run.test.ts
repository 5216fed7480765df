import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, startApp } from './support.ts';
import type { RunningApp } from './support.ts';

describe('the first run', () => {
  let app: RunningApp;
  let page: Page;

  beforeAll(async () => {
    app = await startApp();
    page = await app.open();
  });
  afterAll(() => app.close());

  const step = (number: number) => page.getByRole('dialog', { name: new RegExp(`^Step ${number} of 5`) });
  const offer = () => page.getByText(/^New here\?/);
  const focused = () => page.evaluate(() => document.activeElement?.textContent);

  /** By keyboard alone. */
  async function startFromPalette() {
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Search students and screens' });
    await palette.waitFor();
    await page.keyboard.type('tour');
    await palette.getByRole('menuitem', { name: 'Take the tour' }).waitFor();
    await page.keyboard.press('Enter');
    await palette.waitFor({ state: 'detached' });
    await step(1).waitFor();
  }

  it('offers three ways, and leads to the backups', async () => {
    for (const name of ['Open the sample class', 'Import a class', 'Restore a backup'])
      await page.getByRole('region', { name }).waitFor();
    await page.getByText(/Canvas, Moodle, .*Google Forms, Kahoot, .*OneRoster/).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Backups and restore' }).click();
    await page.getByRole('heading', { level: 1, name: 'Backups' }).waitFor();
    await page.goBack();
  });

  it('goes from the sample class by keyboard through five steps to a student’s path', async () => {
    // A screen takes the focus when it opens.
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    await page.getByRole('button', { name: 'Open the sample class' }).focus();
    await page.keyboard.press('Enter');
    await offer().waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('heading', { name: 'Groups for the next lesson' }).waitFor();
    await page.getByRole('button', { name: 'Take the tour' }).focus();
    await page.keyboard.press('Enter');
    for (const number of [1, 2, 3, 4]) {
      await step(number).waitFor();
      await page.waitForFunction(() => document.querySelector('[aria-busy="true"], .skeleton') === null);
      await expect.poll(focused, { timeout: 10_000 }).toBe('Next');
      await expectAccessible(page);
      await page.keyboard.press('Enter');
    }
    await step(5).waitFor();
    expect(page.url()).toMatch(/#\/students\/.+/);
    await expect.poll(focused, { timeout: 10_000 }).toBe('Done');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await step(4).waitFor();
    await page.keyboard.press('Enter');
    await step(5).waitFor();
    await page.keyboard.press('Enter');
    await step(5).waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'Learning path' }).waitFor();
    await expect.poll(focused, { timeout: 10_000 }).toBe(await page.getByRole('heading', { level: 1 }).textContent());
  });

  it('does not offer it again after it was taken, and starts it again from the palette and the settings', async () => {
    await page.goto(`${app.url}#/class`);
    await page.reload();
    await page.locator('.group').first().waitFor();
    expect(await offer().count()).toBe(0);
    await startFromPalette();
    await expect.poll(focused, { timeout: 10_000 }).toBe('Next');
    await page.keyboard.press('Escape');
    await step(1).waitFor({ state: 'detached' });
    await page.goto(`${app.url}#/settings`);
    await page.getByRole('button', { name: 'Take the tour' }).click();
    await step(1).waitFor();
    await page.waitForURL(/#\/class/);
    await page.getByRole('button', { name: 'Skip the tour' }).click();
    await step(1).waitFor({ state: 'detached' });
  });

  it('stays dismissed after a reload; in Chinese and dark', async () => {
    const other = await app.open({ language: 'zh', theme: 'dark' });
    const line = other.getByText(/^第一次使用/);
    await line.waitFor();
    await other.locator('.group').first().waitFor();
    await expectAccessible(other);
    await other.locator('.tour-offer').getByRole('button', { name: '开始导览' }).click();
    await other.getByRole('dialog', { name: /^第 1 步，共 5 步/ }).waitFor();
    await expectAccessible(other);
    await other.reload();
    await line.waitFor();
    await other.locator('.tour-offer').getByRole('button', { name: '知道了' }).click();
    await line.waitFor({ state: 'detached' });
    await other.reload();
    await other.locator('.group').first().waitFor();
    expect(await line.count()).toBe(0);
    await other.close();
  });
});
