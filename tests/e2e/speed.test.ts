import { availableParallelism, cpus, loadavg } from 'node:os';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { largeClass } from '../support/large-class.ts';
import { describeTimes, timeClicks } from './click-times.ts';
import { clickEverything } from './every-click.ts';
import { describeFrames, scrollFrames } from './scroll-frames.ts';
import { startApp } from './support.ts';
import type { RunningApp } from './support.ts';

const STUDENTS = 500;
const SKILLS = 200;
const ROUNDS = 5;

describe(`a class of ${STUDENTS} students × ${SKILLS} skills`, () => {
  let app: RunningApp;
  let page: Page;

  beforeAll(async () => {
    const [load] = loadavg();
    console.log(`On ${cpus()[0]?.model ?? 'an unnamed processor'}, ${availableParallelism()} cores, load ${load!.toFixed(1)}.`);
    app = await startApp();
    page = await app.open({ hash: '#/imports' });
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose files' }).click();
    const files = largeClass({ students: STUDENTS, skills: SKILLS, answers: 60, seed: 11 });
    await (
      await chooser
    ).setFiles(Object.entries(files).map(([name, text]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })));
    await page.getByRole('button', { name: /^Import 500 students/ }).click({ timeout: 60_000 });
    await page.getByRole('link', { name: 'Go to the class' }).click({ timeout: 60_000 });
    await page.locator('.class-now .group').first().waitFor({ timeout: 60_000 });
    // The screen of imports is as it is on another day.
    await page.reload();
    await page.locator('.class-now .group').first().waitFor({ timeout: 60_000 });
  });
  afterAll(() => app.close());

  it('changes its screen at a click, and tells how long each took', async () => {
    const timer = await timeClicks(page);
    await clickEverything(page, timer, 0);
    console.log(describeTimes('Each click for the first time', timer.times.splice(0)));
    for (let round = 1; round < ROUNDS; round++) await clickEverything(page, timer, round);
    console.log(describeTimes(`The same clicks again, ${ROUNDS - 1} times`, timer.times));
    expect(timer.times.every(({ changed, whole }) => changed > 0 && whole >= changed)).toBe(true);
  }, 400_000);

  it('scrolls the class and the gradebook, and tells how long the frames took', async () => {
    for (const [address, grid] of [
      ['class', '.heat'],
      ['gradebook', '.grid'],
    ] as const) {
      await page.locator(`.rail-link[href="#/${address}"]`).click();
      await page.locator(`${grid} [role="gridcell"][aria-label]`).first().waitFor();
      for (const [way, by] of [
        ['down', { top: 120, left: 0 }],
        ['across', { top: 0, left: 90 }],
      ] as const) {
        const frames = await scrollFrames(page, grid, by, 60);
        console.log(describeFrames(`Scrolling the ${address} ${way}`, frames));
        expect(frames.frames).toBe(60);
        // What is out of view does not exist.
        expect(await page.getByRole('gridcell').count()).toBeLessThan(1500);
      }
    }
  });
});
