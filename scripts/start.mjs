// `npm start`: builds where needed and opens Pathlight, in Electron where its binary is there, else in the browser.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { EXPLANATION, findNode } from './node24.mjs';

const INSTALL_LIMIT_MS = 120_000;
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const node = findNode();
if (node === null) {
  console.error(EXPLANATION);
  process.exit(1);
}

/** Electron's package holds no binary, only a downloader. @returns {string | null} */
function electronBinary() {
  let folder;
  try {
    folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return null;
  }
  const find = () => {
    const named = path.join(folder, 'path.txt');
    if (!existsSync(named)) return null;
    const binary = path.join(folder, 'dist', readFileSync(named, 'utf8').trim());
    return existsSync(binary) ? binary : null;
  };
  const there = find();
  if (there) return there;
  console.log('Getting Electron (once) …');
  spawnSync(node, [path.join(folder, 'install.js')], { cwd: folder, stdio: 'ignore', timeout: INSTALL_LIMIT_MS });
  return find();
}

if (!ensureBuilt(node)) {
  console.error('The app could not be built; the lines above say why.');
  process.exit(1);
}
const binary = process.env.PATHLIGHT_HOST === 'browser' ? null : electronBinary();
if (!binary)
  console.log(
    'Electron’s binary could not be had on this machine, so Pathlight opens in your browser instead; it works the same there.',
  );
const child = binary
  ? spawn(binary, [root, ...process.argv.slice(2)], { stdio: 'inherit' })
  : spawn(node, [path.join(root, 'scripts', 'run.mjs'), 'src/cli/index.ts', 'serve', ...process.argv.slice(2)], {
      stdio: 'inherit',
    });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
