// Runs a TypeScript entry: `node scripts/run.mjs src/cli/index.ts …`. Used by npm scripts.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXPLANATION, findNode, programEnvironment } from './node24.mjs';

const node = findNode();
if (node === null) {
  console.error(EXPLANATION);
  process.exit(1);
}
const [entry, ...args] = process.argv.slice(2);
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const child = spawn(node, ['--disable-warning=ExperimentalWarning', '--no-deprecation', path.resolve(root, entry), ...args], {
  stdio: 'inherit',
  env: programEnvironment(),
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
