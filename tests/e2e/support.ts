import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { canvasGradebook, TWELVE } from '../support/canvas.ts';

export interface RunningApp {
  readonly url: string;
  readonly folder: string;
  readonly browser: Browser;
  /** A new page on the app; errors of the page fail the test that closes it. */
  open(options?: { readonly hash?: string; readonly language?: 'en' | 'zh'; readonly theme?: 'light' | 'dark' }): Promise<Page>;
  close(): Promise<void>;
}

/** Starts the app as a person does on a machine without Electron: the command `serve`, and a real Chromium. */
export async function startApp(): Promise<RunningApp> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pathlight-e2e-'));
  const root = path.join(import.meta.dirname, '..', '..');
  const server = spawn(process.execPath, [path.join(root, 'src', 'cli', 'index.ts'), 'serve', '--data', folder, '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await firstLine(server);
  const browser = await chromium.launch({
    executablePath: process.env['PATHLIGHT_CHROMIUM'] ?? '',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  const errors: string[] = [];
  return {
    url,
    folder,
    browser,
    async open({ hash = '', language = 'en', theme = 'light' } = {}) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 720 },
        locale: language === 'zh' ? 'zh-CN' : 'en-GB',
        colorScheme: theme,
        reducedMotion: 'reduce',
      });
      context.setDefaultTimeout(20_000);
      const page = await context.newPage();
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await page.goto(url + hash);
      return page;
    },
    async close() {
      await browser.close();
      const gone = new Promise((resolve) => server.once('exit', resolve));
      if (server.kill('SIGTERM')) await gone;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      expect(errors).toEqual([]);
    },
  };
}

/** The command line beside the running app. Resolves with what it printed. */
export function runCli(...args: readonly string[]): Promise<string> {
  const entry = path.join(import.meta.dirname, '..', '..', 'src', 'cli', 'index.ts');
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['--no-deprecation', entry, ...args], (error, stdout, stderr) => {
      if (error) reject(new Error(stderr || error.message));
      else resolve(stdout);
    });
  });
}

/** The app on a Canvas gradebook of 12 students and 12 assignments, imported by the command line while it runs. */
export async function startGradedClass(): Promise<RunningApp> {
  const app = await startApp();
  const file = path.join(app.folder, 'grades.csv');
  writeFileSync(file, canvasGradebook(12, TWELVE));
  await runCli('import', '--data', app.folder, file);
  return app;
}

function firstLine(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input: server.stdout! }).once('line', resolve);
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)));
  });
}

/** What is asked for again is dimmed meanwhile, and what is still fading in has too little contrast. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.stale') === null);
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
        .map(({ finished }) => finished),
    ),
  );
}

/** Tells whether anything was dimmed since, also for a moment. */
async function watchDimming(page: Page): Promise<() => Promise<boolean>> {
  const watch = await page.evaluateHandle(() => {
    const seen = { dimmed: document.querySelector('.stale') !== null };
    const observer = new MutationObserver(() => (seen.dimmed ||= document.querySelector('.stale') !== null));
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] });
    return { seen, observer };
  });
  return async () => {
    const dimmed = await watch.evaluate(({ seen, observer }) => {
      observer.disconnect();
      return seen.dimmed;
    });
    await watch.dispose();
    return dimmed;
  };
}

async function violationsOf(page: Page) {
  for (;;) {
    await settled(page);
    const wasDimmed = await watchDimming(page);
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
      // What React Aria has just read out stands there for some seconds, by the id of a button that may be gone.
      .exclude('[data-live-announcer]')
      .analyze();
    // Something was asked for again while the checker looked: it looks once more.
    if (!(await wasDimmed())) return violations;
  }
}

/** Nothing on the page that an accessibility checker objects to. */
export async function expectAccessible(page: Page): Promise<void> {
  const violations = await violationsOf(page);
  expect(
    violations.map(
      (each) =>
        `${each.id}: ${each.nodes
          .map((node) => node.target.join(' '))
          .slice(0, 3)
          .join(' | ')}: ${each.nodes[0]?.failureSummary ?? ''}`,
    ),
  ).toEqual([]);
}
