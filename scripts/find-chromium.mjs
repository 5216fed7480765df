// Finds a Chromium for the end-to-end tests, or gets one; and the software graphics card that it brings, for the tests of WebGPU.
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
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
    spawnSync('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-noto-cjk', 'libvulkan1'], options);
  }
  return findChromium();
}

/** Folders of a browser's own files: beside its binary, or where a start script in the path hides them. */
function ownFolders(chromium) {
  return [
    path.dirname(realpathSync(chromium)),
    '/usr/lib/chromium',
    '/usr/lib/chromium-browser',
    '/usr/lib64/chromium-browser',
    '/opt/google/chrome',
    '/opt/microsoft/msedge',
    '/snap/chromium/current/usr/lib/chromium-browser',
  ];
}

/**
 * What a process's environment must hold for WebGPU to find SwiftShader, the graphics card in software that lies beside a Chromium on Linux, together with a
 * Vulkan loader. Other systems bring one of their own (Direct3D's WARP) or have a real one, and need nothing.
 * @param {string | null} chromium
 * @param {string} platform
 * @returns {Record<string, string> | null} null where there is none
 */
export function softwareGpu(chromium, platform = process.platform) {
  if (platform !== 'linux') return {};
  const folder = chromium && ownFolders(chromium).find((each) => existsSync(path.join(each, 'vk_swiftshader_icd.json')));
  if (!folder) return null;
  const driver = { VK_DRIVER_FILES: path.join(folder, 'vk_swiftshader_icd.json') };
  // Without a loader beside it, the system's (libvulkan1) has to do.
  if (!existsSync(path.join(folder, 'libvulkan.so.1'))) return driver;
  return { ...driver, LD_LIBRARY_PATH: [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') };
}

export const NO_CHROMIUM =
  'The end-to-end tests need a Chromium: install Chromium, Chrome or Edge, or name one in PATHLIGHT_CHROMIUM, and run the tests again.';
