// Finds a Chromium for the end-to-end tests, or gets one.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const INSTALL_LIMIT_MS = 300_000;

/** Where browsers of this family usually lie. */
export function usualPlaces(platform, environment) {
  if (platform === 'win32') {
    const folders = [environment.PROGRAMFILES, environment['PROGRAMFILES(X86)'], environment.LOCALAPPDATA].filter(Boolean);
    return folders.flatMap((folder) =>
      [
        'Google\\Chrome\\Application\\chrome.exe',
        'Chromium\\Application\\chrome.exe',
        'Microsoft\\Edge\\Application\\msedge.exe',
      ].map((name) => path.win32.join(folder, name)),
    );
  }
  if (platform === 'darwin')
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  return (environment.PATH ?? '')
    .split(':')
    .filter(Boolean)
    .flatMap((folder) => names.map((name) => path.posix.join(folder, name)));
}

function ownBrowser() {
  try {
    return createRequire(import.meta.url)('playwright-core').chromium.executablePath();
  } catch {
    return '';
  }
}

/** @returns {string | null} */
export function findChromium() {
  const named = process.env.PATHLIGHT_CHROMIUM;
  if (named) return existsSync(named) ? named : null;
  return [...usualPlaces(process.platform, process.env), ownBrowser()].find((file) => file && existsSync(file)) ?? null;
}

/** Finds one, or tries to install one; null where nothing worked. @returns {string | null} */
export function findOrInstallChromium(node) {
  const found = findChromium();
  if (found) return found;
  console.log('There is no Chromium here; getting one (once) …');
  const cli = path.join(path.dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  spawnSync(node, [cli, 'install', 'chromium'], { stdio: 'ignore', timeout: INSTALL_LIMIT_MS });
  const fetched = findChromium();
  if (fetched) return fetched;
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  if (mayInstall) {
    const options = { stdio: 'ignore', timeout: INSTALL_LIMIT_MS, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    spawnSync('apt-get', ['update'], options);
    spawnSync('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], options);
  }
  return findChromium();
}

export const NO_CHROMIUM =
  'The end-to-end tests need a Chromium: install Chromium, Chrome or Edge, or name one in PATHLIGHT_CHROMIUM, and run the tests again.';
