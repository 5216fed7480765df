import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, startApp } from './support.ts';
import type { RunningApp } from './support.ts';

describe('how this computer trains', () => {
  let app: RunningApp;
  let page: Page;

  beforeAll(async () => {
    app = await startApp();
    page = await app.open({ hash: '#/settings' });
  });
  afterAll(() => app.close());

  const settled = (of: Page): Promise<unknown> =>
    of.waitForFunction(() => document.querySelector('main .job') === null, undefined, { timeout: 120_000 });

  it('is found out when it is first looked at, with progress, and said in one sentence', async () => {
    await page.getByRole('link', { name: 'See how this computer trains' }).click();
    await page.getByRole('progressbar').first().waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor({ timeout: 120_000 });
    await settled(page);
    await page.getByText(/Meta-training uses .*the fastest that works here/).waitFor();
    const rows = page.getByRole('group', { name: 'Ways to compute' }).getByRole('row');
    expect(await rows.count()).toBe(5);
    expect(await rows.filter({ hasText: 'In use' }).count()).toBe(1);
    expect(await rows.filter({ hasText: 'the shortest time' }).count()).toBe(1);
    expect(await rows.filter({ hasText: /times as long/ }).count()).toBeGreaterThan(0);
    await page.getByText('For whoever looks after this computer').click();
    await page
      .getByText(/passed, \d+ computations in/)
      .first()
      .waitFor();
    await expectAccessible(page);
  });

  it('is chosen by keyboard, and the choice holds in another window', async () => {
    await page.getByRole('radio', { name: 'Automatic' }).focus();
    for (let press = 0; press < 4; press++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page
      .getByText(/Meta-training uses plain JavaScript here and takes about \d+ times as long as it could/)
      .waitFor({ timeout: 60_000 });
    expect(await page.getByRole('radio', { name: 'Plain JavaScript' }).getAttribute('aria-checked')).toBe('true');
    await expectAccessible(page);
    const other = await app.open({ hash: '#/settings/computing', language: 'zh', theme: 'dark' });
    await other.getByText(/元训练在这里使用普通 JavaScript/).waitFor();
    await settled(other);
    await expectAccessible(other);
    await other.close();
  });
});
