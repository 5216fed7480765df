import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { otherModel } from '../support/other-model.ts';
import { runCli, startGradedClass } from './support.ts';
import type { RunningApp } from './support.ts';

/** Screens stay open while the command line changes what they show. */
describe('what the command line changes is seen at once', () => {
  let app: RunningApp;
  const cli = (command: string, ...args: string[]) => runCli(command, ...args, '--data', app.folder);

  beforeAll(async () => {
    app = await startGradedClass();
  });
  afterAll(() => app.close());

  it('on the first screen: a class that was imported', async () => {
    const page = await app.open();
    await page.getByRole('button', { name: /6B Mathematics/ }).waitFor();
    await page.close();
  });

  it('on a student: a decision and a note; what is half typed stays, after a reload too', async () => {
    const page = await app.open({ hash: '#/students/S-103' });
    const mine = page.getByRole('textbox', { name: 'New note' });
    await mine.fill('Ask about the ');
    await cli('notes', '--student', 'S-103', '--add', 'Was away on Monday');
    await page.getByText('Was away on Monday').waitFor();
    await cli('decide', '--student', 'S-103', '--first', 'Decimals quiz');
    await page.getByText(/^You put it first/).waitFor();
    expect(await mine.inputValue()).toBe('Ask about the ');
    await page.reload();
    await page.getByText('Was away on Monday').waitFor();
    expect(await mine.inputValue()).toBe('Ask about the ');
    await page.close();
  });

  it('in the lesson plan: material for what a group works on', async () => {
    const page = await app.open({ hash: '#/class/lesson' });
    const first = page.getByRole('region', { name: /^Group A: / });
    const skill = /^Group A: (.+) · /.exec((await first.getByRole('heading').textContent())!)![1]!;
    await cli('material', '--add', skill, '--url', 'https://bars.example/sheet', '--title', 'Bars to cut');
    await first.getByRole('link', { name: 'Bars to cut' }).waitFor();
    await page.close();
  });

  it('in the settings and among the models: a backup, and another model in use', async () => {
    const backups = await app.open({ hash: '#/settings/backups' });
    const rows = () => backups.getByRole('row').count();
    await backups.getByRole('heading', { level: 1 }).waitFor();
    const before = await rows();
    await cli('backup');
    await expect.poll(rows, { timeout: 20_000 }).toBeGreaterThan(before);
    const model: Page = await app.open({ hash: '#/students/S-103' });
    const level = () =>
      model
        .getByText(/^\d+% ± \d+$/)
        .first()
        .textContent();
    const was = await level();
    await cli('models', 'add', otherModel(1.5));
    await expect.poll(level, { timeout: 20_000 }).not.toBe(was);
    await model.close();
    await backups.close();
  });
});
