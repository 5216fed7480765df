// `npm test`, `npm run test:data`, `npm run test:e2e`: runs the given steps one after the other and closes with "N passed, N failed", whatever happens.
// A step that is no test run counts as one check.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { findOrInstallChromium, NO_CHROMIUM } from './find-chromium.mjs';
import { EXPLANATION, findNode, programEnvironment } from './node24.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const node = findNode();
if (node === null) {
  console.error(EXPLANATION);
  process.exit(1);
}
const reports = mkdtempSync(path.join(tmpdir(), 'pathlight-tests-'));
const total = { passed: 0, failed: 0 };
/** Where nothing may be skipped, a skipped test is a failed one. */
const strict = process.env.PATHLIGHT_STRICT === '1';

const binary = (name, file) => path.join(path.dirname(require.resolve(`${name}/package.json`)), file);
const run = (args, environment = {}) =>
  spawnSync(node, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...programEnvironment(), NODE_OPTIONS: '--no-deprecation', ...environment },
  }).status === 0;

function check(name, ok) {
  total[ok ? 'passed' : 'failed']++;
  console.log(`${ok ? 'ok' : 'FAILED'}: ${name}`);
  return ok;
}

function vitest(project, environment, ...files) {
  const report = path.join(reports, `${project}.json`);
  const ok = run(
    [
      binary('vitest', 'vitest.mjs'),
      'run',
      ...files,
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    environment,
  );
  if (!existsSync(report)) return check(`tests of project ${project}`, false);
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites, success } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  const skipped = numPendingTests + numTodoTests;
  total.passed += numPassedTests;
  total.failed += numFailedTests + (strict ? skipped : 0);
  if (skipped > 0)
    console.log(`${skipped} tests of project ${project} were skipped${strict ? ', which counts as failed here' : ''}.`);
  // A file that cannot even be loaded has no failed test, and still fails.
  if ((!ok || !success) && numFailedTests === 0) total.failed += Math.max(1, numFailedTestSuites);
  return ok;
}

/** Found or installed when it is first needed. */
let chromium;
const needChromium = () => (chromium ??= findOrInstallChromium(node));

const steps = {
  format: () => check('formatting', run([binary('prettier', 'bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'])),
  lint: () =>
    check('lint, with the rules of who may import whom', run([binary('eslint', 'bin/eslint.js'), '.', '--max-warnings', '0'])),
  types: () => check('types', run([binary('typescript', 'bin/tsc'), '--noEmit'])),
  unit: () => {
    // WebGPU is tested on the graphics card in software that Chromium brings.
    const found = needChromium();
    return vitest('unit', found ? { PATHLIGHT_CHROMIUM: found } : {});
  },
  data: () => vitest('data', {}),
  // Tens of minutes: the same tests as in `unit`, with 200 kills and 20,000 broken files.
  long: () =>
    vitest(
      'unit',
      { KILLED_MOMENTS: '200', MUTATED_FILES: '20000', KILLED_SEED: String(Date.now()), MUTATED_SEED: String(Date.now()) },
      'tests/importing/killed.test.ts',
      'tests/importing/broken-files.test.ts',
    ),
  e2e: () => {
    const found = needChromium();
    if (!found) {
      console.error(NO_CHROMIUM);
      return check('a Chromium for the end-to-end tests', false);
    }
    if (!check('build', ensureBuilt(node))) return false;
    return vitest('e2e', { PATHLIGHT_CHROMIUM: found });
  },
};

for (const name of process.argv.slice(2)) steps[name]();
rmSync(reports, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
