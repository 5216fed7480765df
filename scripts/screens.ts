// `npm run screenshots [-- NAME…]`: takes a picture of every screen and its states, in both languages and themes, to out/screenshots (of those screens, or languages and themes, that are named); on the sample class. Needs a built renderer and a Chromium.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LANGUAGES, withApp } from './app-window.ts';
import type { App, AppWindow } from './app-window.ts';
import { findChromium } from './find-chromium.mjs';
import { contactSheet } from './screens/contact-sheet.ts';
import type { Taken } from './screens/contact-sheet.ts';
import { addressOf, EMPTY_SHOTS, FILLED_SHOTS } from './screens/shots.ts';
import type { Shot } from './screens/shots.ts';

const folder = path.join(import.meta.dirname, '..', 'out', 'screenshots');
const WAIT_MS = 20_000;
const VARIANTS = [
  ...LANGUAGES.flatMap((language) =>
    (['light', 'dark'] as const).map((theme) => ({ language, theme, size: { width: 1280, height: 720 } })),
  ),
  // As much as a large screen shows, and as little as 1280 pixels at twice the size leave.
  { language: 'en', theme: 'light', size: { width: 1920, height: 1080 } },
  { language: 'en', theme: 'light', size: { width: 640, height: 360 } },
] as const;

const asked = process.argv.slice(2);
/** All of a kind where none of it is named. */
const asksFor = (name: string, all: readonly string[]): boolean =>
  asked.includes(name) || !all.some((each) => asked.includes(each));

const nameOf = ({ language, theme, size }: (typeof VARIANTS)[number]): string =>
  `${language}-${theme}${size.width === 1280 ? '' : `-${size.width}`}`;

/** @param before the shot that the window shows */
async function take(window: AppWindow, shot: Shot, before: Shot | undefined): Promise<void> {
  const { page } = window;
  const pattern = shot.answer && `**/api/${shot.answer.route}`;
  if (pattern !== undefined)
    await page.route(pattern, (route) =>
      shot.answer?.as === 'error'
        ? route.fulfill({ json: { ok: false, error: { code: 'unexpected', message: 'Invented for this picture.', detail: {} } } })
        : undefined,
    );
  const kept = await page.evaluate(() => {
    const keys = Object.keys(sessionStorage).filter((key) => key.startsWith('pathlight.kept.'));
    for (const key of keys) sessionStorage.removeItem(key);
    return keys.length > 0;
  });
  await window.go(addressOf(shot));
  // Another address leaves nothing of the screen before it.
  if (
    kept ||
    pattern !== undefined ||
    shot.fresh ||
    before === undefined ||
    before.answer ||
    addressOf(before) === addressOf(shot)
  )
    await page.reload();
  await page.locator(shot.ready).first().waitFor();
  if (shot.answer === undefined)
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLElement>('#content .skeleton')].every(({ offsetParent }) => offsetParent === null),
    );
  await shot.act?.(window);
  await page.evaluate(() => document.fonts.ready);
  await window.picture(shot.name);
  if (pattern !== undefined) await page.unroute(pattern);
}

async function takeAll(app: App, shots: readonly Shot[], taken: Taken[], problems: string[]): Promise<void> {
  for (const variant of VARIANTS.filter((each) => asksFor(nameOf(each), VARIANTS.map(nameOf)))) {
    const file = (shot: string): string => `${shot}-${nameOf(variant)}.png`;
    const window = await app.open({ ...variant, file: (shot) => path.join(folder, file(shot)) });
    window.page.setDefaultTimeout(WAIT_MS);
    let before: Shot | undefined;
    for (const shot of shots.filter(({ name }) =>
      asksFor(
        name,
        [...EMPTY_SHOTS, ...FILLED_SHOTS].map((each) => each.name),
      ),
    )) {
      try {
        await take(window, shot, before);
        taken.push({ shot: shot.name, variant: nameOf(variant), file: file(shot.name) });
      } catch (reason) {
        problems.push(
          `${shot.name}, ${nameOf(variant)}: ${reason instanceof Error ? reason.message.split('\n')[0] : String(reason)}`,
        );
      }
      before = shot;
    }
    await window.page.context().close();
  }
}

const chromium = findChromium();
if (!chromium) {
  console.error('The pictures need a Chromium; install one, or name it in PATHLIGHT_CHROMIUM.');
  process.exitCode = 1;
} else {
  mkdirSync(folder, { recursive: true });
  const taken: Taken[] = [];
  const problems: string[] = [];
  await withApp(chromium, async (app) => {
    await takeAll(app, EMPTY_SHOTS, taken, problems);
    const window = await app.open({ language: 'en', file: (name) => path.join(folder, `${name}.png`) });
    window.page.setDefaultTimeout(WAIT_MS);
    await window.button('welcome.sample').click();
    await window.page.locator('.group').first().waitFor();
    await window.page.context().close();
    await takeAll(app, FILLED_SHOTS, taken, problems);
  });
  writeFileSync(path.join(folder, 'index.html'), contactSheet(taken));
  console.log(`${taken.length} pictures in ${path.relative(process.cwd(), folder)}, all of them on index.html.`);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
