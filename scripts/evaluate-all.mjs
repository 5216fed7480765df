// `npm run --silent evaluation -- [--data DIR] [--out FILE] [--cache DIR] [--only NAME,…] [--seed N] [--past-students N --blocks M]`: compares all
// models on real students' answers and writes docs/evaluation.md. What ran already with the same code is taken from the cache: it may be
// interrupted, and run data set by data set. --learners, --student-models and --baselines go to `pathlight compare`.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { describeEvaluation } from './evaluation-document.mjs';
import { EXPLANATION, findNode, programEnvironment } from './node24.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const SMALL_SCHOOLS = [
  [50, 10],
  [150, 10],
  [500, 4],
];
/** statics2011 has too few students for disjoint schools. */
const DATA_SETS = { assist2009: SMALL_SCHOOLS, junyi: SMALL_SCHOOLS, statics2011: [] };

/** What is made of forecasts, titles and simulated students change none. */
const NO_FORECAST = ['class', 'dynamics', 'feedback', 'planning', 'simulation', 'titles'].map(
  (name) => path.join(root, 'src', 'learning', name) + path.sep,
);

/** Changes with everything that can change a figure. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const folder of ['src/learning', 'src/compute', 'resources/starter']) {
    for (const name of readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((name) => !NO_FORECAST.some((folder) => name.startsWith(folder)))
      .sort())
      hash.update(path.relative(root, name)).update(readFileSync(name));
  }
  return hash.digest('hex').slice(0, 16);
}

function main() {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: process.env.PATHLIGHT_DATA ?? path.join(root, '..', 'shared', 'data') },
      out: { type: 'string', default: path.join(root, 'docs', 'evaluation.md') },
      cache: { type: 'string', default: path.join(root, 'out', 'evaluation') },
      only: { type: 'string' },
      seed: { type: 'string', default: '1' },
      'past-students': { type: 'string' },
      blocks: { type: 'string' },
      learners: { type: 'string' },
      'student-models': { type: 'string' },
      baselines: { type: 'string' },
    },
  });
  const typed = (name) => path.resolve(process.env.INIT_CWD ?? process.cwd(), name);
  const node = findNode();
  if (node === null) return fail(EXPLANATION);
  const code = fingerprint();
  const chosen = values.only?.split(',') ?? Object.keys(DATA_SETS);
  const results = {};
  mkdirSync(typed(values.cache), { recursive: true });
  for (const name of new Set([...Object.keys(DATA_SETS), ...chosen])) {
    const folder = path.join(typed(values.data), name);
    if (chosen.includes(name) && !existsSync(path.join(folder, 'train.csv.gz')))
      return fail(
        `There is no ${path.join(folder, 'train.csv.gz')}. Name the folder of the data sets with --data or in PATHLIGHT_DATA.`,
      );
    const schools = values['past-students']
      ? [[Number(values['past-students']), Number(values.blocks ?? 1)]]
      : (DATA_SETS[name] ?? []);
    for (const part of [null, ...schools]) {
      const file = path.join(typed(values.cache), `${name}-${part ? part.join('x') : 'whole'}.json`);
      const options = ['--seed', values.seed];
      for (const key of ['learners', 'student-models', 'baselines']) if (values[key]) options.push(`--${key}`, values[key]);
      if (part) {
        options.push('--past-students', String(part[0]), '--blocks', String(part[1]));
        // Small schools are asked what the app would train for them; all learners there would take hours.
        if (!values.learners) options.push('--learners', 'maml');
        if (!values['student-models']) options.push('--student-models', 'phi');
      }
      let entry = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
      if (entry?.code !== code || entry.options.join(' ') !== options.join(' ')) entry = null;
      if (!entry && chosen.includes(name)) {
        console.log(`${name}, ${part ? `${part[1]} schools of ${part[0]} past students` : 'all past students'} …`);
        const report = runComparison(node, folder, options, `${file}.part`);
        if (!report)
          return fail('The comparison did not end well; what was done before is kept. Run the same command again to go on.');
        entry = { code, options, report };
        writeFileSync(`${file}.new`, JSON.stringify(entry));
        renameSync(`${file}.new`, file);
      }
      if (entry) (results[name] ??= []).push(entry.report);
    }
  }
  return write(typed(values.out), results, values.seed);
}

function runComparison(node, folder, options, json) {
  const named = (flag, name) => (existsSync(path.join(folder, name)) ? [flag, path.join(folder, name)] : []);
  const { status } = spawnSync(
    node,
    [
      '--disable-warning=ExperimentalWarning',
      '--no-deprecation',
      path.join(root, 'src', 'cli', 'index.ts'),
      'compare',
      '--responses',
      path.join(folder, 'train.csv.gz'),
      '--validation',
      path.join(folder, 'validation.csv.gz'),
      ...named('--skills', 'skills.csv'),
      ...named('--prerequisites', 'prerequisites.csv'),
      ...options,
      '--json',
      json,
    ],
    { stdio: 'inherit', env: programEnvironment() },
  );
  if (status !== 0) return null;
  const report = JSON.parse(readFileSync(json, 'utf8'));
  rmSync(json);
  return report;
}

async function write(out, results, seed) {
  writeFileSync(out, await format(describeEvaluation(results, seed), { parser: 'markdown', printWidth: 130 }));
  console.log(`Wrote ${out}.`);
}

function fail(words) {
  console.error(words);
  process.exitCode = 1;
}

await main();
