import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { median } from './measurement.ts';
import type { Measurement, Outcome } from './measurement.ts';
import { root, withTemporaryFolder } from './places.ts';
import { importInto, simulateSchool } from './school.ts';

const STUDENTS = 500;
const ANSWERS = 30;
const REPEATS = 5;

/** Starts the command `serve` and opens its address in a fresh page of a running browser. @returns milliseconds: address printed, students seen */
async function open(browser: Browser, data: string): Promise<{ served: number; seen: number }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'en-GB' });
  const page = await context.newPage();
  const began = performance.now();
  const server = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--no-deprecation',
      path.join(root, 'src', 'cli', 'index.ts'),
      'serve',
      '--data',
      data,
      '--no-open',
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const url = await new Promise<string>((resolve, reject) => {
      createInterface({ input: server.stdout }).once('line', resolve);
      server.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)));
    });
    const served = performance.now() - began;
    await page.goto(url, { waitUntil: 'commit' });
    // The class: a row for each student, with the forecasts.
    await page.getByRole('grid').getByRole('row').nth(5).waitFor({ timeout: 60_000 });
    return { served, seen: performance.now() - began };
  } finally {
    await context.close();
    const gone = new Promise((resolve) => server.once('exit', resolve));
    if (server.kill('SIGTERM')) await gone;
  }
}

export const firstScreen: Measurement = {
  key: 'firstScreen',
  title: `First screen in the browser host, a gradebook of ${STUDENTS} students`,
  measure: () =>
    withTemporaryFolder(async (folder): Promise<Outcome> => {
      const executablePath = process.env['PATHLIGHT_CHROMIUM'];
      if (!executablePath)
        return { lines: [], json: null, notes: ['There is no Chromium here; install one, or name it in PATHLIGHT_CHROMIUM.'] };
      mkdirSync(folder, { recursive: true });
      await importInto(path.join(folder, 'gradebook.sqlite'), simulateSchool(STUDENTS, ANSWERS).files);
      const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
      try {
        const runs: { served: number; seen: number }[] = [];
        for (let repeat = 0; repeat < REPEATS; repeat++) runs.push(await open(browser, folder));
        const milliseconds = median(runs.map(({ seen }) => seen));
        return {
          lines: [
            {
              what: 'From the start of the process until a class and its forecasts are seen',
              value: milliseconds,
              unit: 'ms',
              bar: { value: 2000, sense: 'at most' },
            },
            { what: 'Of that, until the address answers', value: median(runs.map(({ served }) => served)), unit: 'ms' },
          ],
          json: { milliseconds, servedMilliseconds: median(runs.map(({ served }) => served)) },
        };
      } finally {
        await browser.close();
      }
    }),
};
