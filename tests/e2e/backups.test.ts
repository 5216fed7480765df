import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, startApp } from './support.ts';
import type { RunningApp } from './support.ts';

describe('backups', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('are made, looked at and restored with the keyboard alone, in both languages and themes', async () => {
    const page = await app.open();
    await page.getByRole('button', { name: 'Open the sample class' }).click();
    await page.getByRole('heading', { name: /6B/ }).first().waitFor();
    await page.goto(`${app.url}#/settings/backups`);
    await page.getByRole('button', { name: 'Back up now' }).focus();
    await page.keyboard.press('Enter');
    await page
      .getByText(/^(Backed up\.|Nothing has changed since the newest backup\.)$/)
      .first()
      .waitFor();
    await expectAccessible(page);
    await page
      .getByRole('button', { name: /^Look and restore:/ })
      .first()
      .focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('The backup holds the same as the gradebook does now.').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Restore' }).focus();
    await page.keyboard.press('Enter');
    await page
      .getByText(/^Restored\./)
      .first()
      .waitFor();
    await page.goto(`${app.url}#/class`);
    await page.getByRole('heading', { name: /6B/ }).first().waitFor();

    // One from another folder is looked at before anything happens.
    await page.goto(`${app.url}#/settings/backups`);
    const [name] = readdirSync(path.join(app.folder, 'backups')).filter((each) => each.endsWith('.sqlite'));
    const buffer = readFileSync(path.join(app.folder, 'backups', name!));
    const choose = async (file: string, content: Buffer) => {
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Choose a backup file' }).click();
      await (await chooser).setFiles([{ name: file, mimeType: 'application/octet-stream', buffer: content }]);
    };
    await choose('holiday.sqlite', Buffer.from('a picture'));
    await page.getByText(/This backup is damaged/).waitFor();
    await choose('usb-stick.sqlite', buffer);
    await dialog.getByText('Forecasts were made by the built-in model.').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('cell', { name: 'From another folder' }).waitFor();

    const chinese = await app.open({ hash: '#/settings/backups', language: 'zh', theme: 'dark' });
    await chinese.getByRole('heading', { name: '备份' }).first().waitFor();
    await chinese
      .getByRole('button', { name: /^查看并恢复：/ })
      .first()
      .click();
    await chinese.getByText('备份的内容与现在的成绩簿相同。').waitFor();
    await expectAccessible(chinese);
    expect(await chinese.getByRole('alertdialog').getByRole('row').count()).toBe(7);
  });
});
