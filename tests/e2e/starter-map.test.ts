import { Buffer } from 'node:buffer';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { courseOf, responses } from '../support/course.ts';
import { expectAccessible, startApp } from './support.ts';
import type { RunningApp } from './support.ts';

describe('a class without a map takes the starter map', () => {
  let app: RunningApp;
  let page: Page;
  beforeAll(async () => {
    app = await startApp();
    page = await app.open();
  });
  afterAll(() => app.close());
  const go = (to: Page, hash: string) => to.goto(`${to.url().split('#')[0]}${hash}`);

  it('sees what would come in, takes it by keyboard and takes it back', async () => {
    await page.getByRole('button', { name: 'Open the sample class' }).waitFor();
    await go(page, '#/imports');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose files' }).click();
    await (await chooser).setFiles([{ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(courseOf(responses)) }]);
    await page.getByRole('button', { name: /^Import [0-9]+ / }).click();
    await page.getByRole('button', { name: /^Import [0-9]+ / }).waitFor({ state: 'detached' });
    await go(page, '#/skills');
    const offer = page.getByRole('button', { name: 'Take a starter map' });
    await offer.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('fractions: in the map “Meaning of fractions”').waitFor();
    const part = await dialog.getByRole('status').innerText();
    await dialog.getByRole('radio', { name: 'All of it' }).press('Space');
    await dialog.getByText(/^98 new skills and/).waitFor();
    await expectAccessible(page);
    await dialog.getByRole('radio', { name: 'What our skills rest on' }).press('Space');
    await dialog.getByText(part).waitFor();
    await dialog.getByRole('button', { name: 'Take it' }).press('Enter');
    await page
      .getByText(/^Starter map taken: \d+ new skills/)
      .first()
      .waitFor();
    await page.getByText('Place value').first().waitFor();
    expect(await offer.count()).toBe(0);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Undo' }).first().press('Enter');
    await page.getByText('Taken back. Everything is as it was.').first().waitFor();
    await offer.waitFor();
  });

  it('is offered in Chinese in the dark', async () => {
    const other = await app.open({ language: 'zh', theme: 'dark' });
    await go(other, '#/skills');
    await other.getByRole('button', { name: '采用起始知识图' }).click();
    await other.getByText('数位与位值').waitFor();
    await expectAccessible(other);
    await other.close();
  });
});
