// `npm run guide [en|zh]`: takes the pictures of docs/guide from the program as it is, on invented students. Needs a built renderer and a Chromium.
import { Buffer } from 'node:buffer';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LANGUAGES, withApp } from './app-window.ts';
import type { AppWindow, Language } from './app-window.ts';
import { findChromium } from './find-chromium.mjs';
import { classGradebook, topicsOf } from './guide/gradebook.ts';

/** A training on two busy cores. */
const TRAINING_MS = 600_000;

async function bringIn({ page, language, says, button, go, picture }: AppWindow): Promise<void> {
  await button('welcome.sample').waitFor();
  await picture('welcome');
  await go('#/imports');
  const chooser = page.waitForEvent('filechooser');
  await button('imports.choose').click();
  await (await chooser).setFiles([{ name: 'canvas.csv', mimeType: 'text/csv', buffer: Buffer.from(classGradebook(language)) }]);
  await button('imports.commit').waitFor();
  await picture('import');
  await button('imports.commit').click();
  await page.getByRole('link', { name: says('questions.suggest.look') }).click();
  await page.getByRole('heading', { name: says('questions.suggest.title') }).waitFor();
  await picture('skills');
  for (const topic of topicsOf(language)) {
    const accept = page.getByRole('button', { name: new RegExp(`: ${topic}$`) }).and(button('questions.suggest.acceptAll'));
    await accept.click();
    await accept.waitFor({ state: 'detached' });
  }
}

/** Three marks are typed over: what was changed stands in a list from which each edit can be undone. */
async function change({ page, button, picture }: AppWindow): Promise<void> {
  const grid = page.getByRole('grid').first();
  for (const mark of ['7', '8,5', 'missing']) {
    await grid.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.type(mark);
    await page.keyboard.press('Enter');
  }
  await button('gradebook.edits.open').click();
  await page.getByRole('dialog').getByRole('row').nth(3).waitFor();
  await picture('edits');
  await page.keyboard.press('Escape');
}

async function look(app: AppWindow): Promise<void> {
  const { page, go, button, says, picture, file } = app;
  await go('#/class');
  await page.getByRole('grid').first().waitFor();
  await page.getByRole('heading', { name: says('groups.title') }).waitFor();
  await picture('class');
  await go('#/class/lesson');
  await page.getByRole('heading', { level: 2 }).nth(1).waitFor();
  await picture('lesson');
  await go('#/students/N-312');
  await page.getByRole('heading', { name: says('student.path') }).waitFor();
  await picture('student');
  await go('#/gradebook');
  await page.getByRole('grid').first().waitFor();
  await picture('gradebook');
  await change(app);
  await go('#/plans');
  await button('plans.output.all').click();
  await page.getByRole('dialog').waitFor();
  await picture('plan');
  await page.getByRole('radio', { name: says('plans.output.formats.html') }).click();
  const download = page.waitForEvent('download');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: says('plans.output.save') })
    .click();
  const saved = await download;
  const sheet = await page.context().newPage();
  await sheet.setContent(readFileSync(await saved.path(), 'utf8'));
  await sheet
    .locator('section')
    .first()
    .screenshot({ path: file('sheet') });
  await sheet.close();
  await go('#/model');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await button('model.start').click();
  await button('model.again').waitFor({ timeout: TRAINING_MS });
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
  await picture('model');
}

const asked = process.argv[2] as Language | undefined;
const chromium = findChromium();
if (!chromium) {
  console.error('The pictures need a Chromium; install one, or name it in PATHLIGHT_CHROMIUM.');
  process.exitCode = 1;
} else
  for (const language of asked ? [asked] : LANGUAGES) {
    await withApp(chromium, async (app) => {
      const pictures = path.join(import.meta.dirname, '..', 'docs', 'guide', language);
      mkdirSync(pictures, { recursive: true });
      const window = await app.open({ language, file: (name) => path.join(pictures, `${name}.png`) });
      await bringIn(window);
      await look(window);
    });
    console.log(`docs/guide/${language}: done.`);
  }
