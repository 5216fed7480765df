import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { en } from '../src/renderer/locales/en.ts';
import { zh } from '../src/renderer/locales/zh.ts';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

const WORDS: Readonly<Record<Language, unknown>> = { en, zh };
const root = path.join(import.meta.dirname, '..');

/** A window of Pathlight, driven by the words that stand in it. */
export interface AppWindow {
  readonly page: Page;
  readonly language: Language;
  /** What the app calls something (a key of its locale files), with anything in place of what is filled in. @throws Error for an unknown key */
  says(key: string): RegExp;
  button(key: string): Locator;
  radio(key: string): Locator;
  go(hash: string): Promise<void>;
  /** Path of the picture of this name. */
  file(name: string): string;
  /** Takes it, without the notes of what was done before. */
  picture(name: string): Promise<void>;
}

export interface OpenOptions {
  readonly language: Language;
  readonly theme?: 'light' | 'dark';
  readonly size?: { readonly width: number; readonly height: number };
  /** Path of the picture of a name. */
  readonly file: (name: string) => string;
}

export interface App {
  /** A window of its own, with preferences of its own. */
  open(options: OpenOptions): Promise<AppWindow>;
}

function lookUp(language: Language, key: string): string {
  const parts = key.split('.');
  const last = parts.pop()!;
  let at: unknown = WORDS[language];
  for (const part of parts) at = (at as Record<string, unknown> | undefined)?.[part];
  const holder = at as Record<string, unknown> | undefined;
  const found = holder?.[last] ?? holder?.[`${last}_other`];
  if (typeof found !== 'string') throw new Error(`There is no word ${key} in ${language}.`);
  return found;
}

/** Starts the browser host on a new folder, for windows in a real Chromium. */
export async function withApp(executablePath: string, work: (app: App) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pathlight-pictures-'));
  const server = spawn(
    process.execPath,
    ['--no-deprecation', path.join(root, 'src', 'cli', 'index.ts'), 'serve', '--data', folder, '--no-open'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: server.stdout }).once('line', resolve);
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)));
  });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    await work({ open: (options) => openWindow(browser, url, options) });
  } finally {
    await browser.close();
    const gone = new Promise((resolve) => server.once('exit', resolve));
    if (server.kill('SIGTERM')) await gone;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function openWindow(browser: Browser, url: string, options: OpenOptions): Promise<AppWindow> {
  const { language, theme = 'light', size = { width: 1280, height: 720 }, file } = options;
  const context = await browser.newContext({
    viewport: size,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(url);
  const says = (key: string): RegExp =>
    new RegExp(
      lookUp(language, key)
        .split(/\{\{[^}]+\}\}/)
        .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('.+'),
    );
  return {
    page,
    language,
    says,
    button: (key) => page.getByRole('button', { name: says(key) }),
    radio: (key) => page.getByRole('radio', { name: says(key) }),
    go: async (hash) => {
      await page.goto(`${page.url().split('#')[0]}${hash}`);
    },
    file,
    picture: async (name) => {
      const note = page.locator('.outcome').getByRole('button').first();
      while (await note.isVisible()) await note.click();
      await page.mouse.move(0, 0);
      await page.screenshot({ path: file(name), animations: 'disabled' });
    },
  };
}
