// `npm run --silent bench -- [--json FILE] [--markdown FILE] [--only KEY,…]`: the benchmark of docs/performance.md. It runs alone for some minutes;
// nothing else should.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { findOrInstallChromium } from './find-chromium.mjs';
import { EXPLANATION, findNode, programEnvironment } from './node24.mjs';

const node = findNode();
if (node === null) {
  console.error(EXPLANATION);
  process.exit(1);
}
const args = process.argv.slice(2);
const only = args[args.indexOf('--only') + 1] ?? '';
const all = !args.includes('--only');
const environment = programEnvironment();
if (all || only.includes('firstScreen')) {
  if (!ensureBuilt(node)) {
    console.error('The app could not be built; the lines above say why.');
    process.exit(1);
  }
  environment.PATHLIGHT_CHROMIUM = findOrInstallChromium(node) ?? '';
}
const main = path.join(path.dirname(fileURLToPath(import.meta.url)), 'bench', 'main.ts');
const { status } = spawnSync(node, ['--disable-warning=ExperimentalWarning', '--no-deprecation', main, ...args], {
  stdio: 'inherit',
  env: environment,
});
process.exitCode = status ?? 1;
