// `npm run --silent evaluation -- [--data DIR] [--out FILE] [--figures DIR] [--only NAME[:PART],…] [--again] [--seed N] [--document]`: compares all models on
// real students' answers, part by part, keeps each part's figures in docs/evaluation and writes docs/evaluation.md from them. Parts of a data set are
// `whole` and schools of 50, 150 and 500 past students. What was made by the code as it stands is not run again (but with --again); it may be interrupted
// and run part by part. --document writes the document alone.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { describeEvaluation } from './evaluation-document.mjs';
import { figuresOf, learningVersion, readPart, writePart } from './evaluation-figures.mjs';
import { EXPLANATION, findNode, programEnvironment } from './node24.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
/** Past students of each school, and how many schools; small schools are asked what the app would train for them. */
const SCHOOLS = { 50: 10, 150: 10, 500: 4 };
const SCHOOL_OPTIONS = ['--learners', 'maml', '--student-models', 'phi'];
/** statics2011 has too few students for disjoint schools. */
const DATA_SETS = { assist2009: ['whole', '50', '150', '500'], junyi: ['whole', '50', '150', '500'], statics2011: ['whole'] };

const optionsOf = (part, seed) => [
  '--seed',
  seed,
  ...(part === 'whole' ? [] : ['--past-students', part, '--blocks', String(SCHOOLS[part]), ...SCHOOL_OPTIONS]),
];

/** @returns [{ name, part }] as `--only` names them, all without it; null where a name is unknown */
function partsOf(only) {
  const all = Object.entries(DATA_SETS).flatMap(([name, parts]) => parts.map((part) => ({ name, part })));
  if (only === undefined) return all;
  const wanted = only.split(',').map((each) => {
    const [name, part] = each.split(':');
    return all.filter((known) => known.name === name && (part === undefined || known.part === part));
  });
  return wanted.some((found) => found.length === 0) ? null : wanted.flat();
}

async function main() {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: process.env.PATHLIGHT_DATA ?? path.join(root, '..', 'shared', 'data') },
      out: { type: 'string', default: path.join(root, 'docs', 'evaluation.md') },
      figures: { type: 'string', default: path.join(root, 'docs', 'evaluation') },
      only: { type: 'string' },
      again: { type: 'boolean', default: false },
      document: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
    },
  });
  const typed = (name) => path.resolve(process.env.INIT_CWD ?? process.cwd(), name);
  const node = findNode();
  if (node === null) return fail(EXPLANATION);
  const chosen = values.document ? [] : partsOf(values.only);
  if (!chosen)
    return fail(
      `There is no such part. Choose of: ${Object.entries(DATA_SETS)
        .map(([name, parts]) => `${name} (${parts.map((part) => `${name}:${part}`).join(', ')})`)
        .join('; ')}.`,
    );
  const code = learningVersion(root);
  const figures = typed(values.figures);
  mkdirSync(figures, { recursive: true });
  for (const { name, part } of chosen) {
    const folder = path.join(typed(values.data), name);
    if (!existsSync(path.join(folder, 'train.csv.gz')))
      return fail(
        `There is no ${path.join(folder, 'train.csv.gz')}. Name the folder of the data sets with --data or in PATHLIGHT_DATA.`,
      );
    const known = readPart(figures, `${name}-${part}`);
    if (known?.code === code && known.seed === values.seed && !values.again) continue;
    console.log(`${name}, ${part === 'whole' ? 'all past students' : `${SCHOOLS[part]} schools of ${part} past students`} …`);
    const report = runComparison(node, folder, optionsOf(part, values.seed));
    if (!report)
      return fail('The comparison did not end well; what was done before is kept. Run the same command again to go on.');
    const date = new Date().toISOString().slice(0, 10);
    writePart(figures, `${name}-${part}`, {
      data: name,
      part,
      seed: values.seed,
      date,
      code,
      ...figuresOf(report),
      sideBySide: true,
    });
    // After every part: what is run for hours may be interrupted.
    await write(typed(values.out), figures, code);
  }
  return write(typed(values.out), figures, code);
}

function runComparison(node, folder, options) {
  const named = (flag, name) => (existsSync(path.join(folder, name)) ? [flag, path.join(folder, name)] : []);
  const json = path.join(tmpdir(), `pathlight-comparison-${process.pid}.json`);
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

async function write(out, figures, code) {
  const parts = Object.entries(DATA_SETS).flatMap(([data, names]) =>
    names.map((part) => ({ data, part, figures: readPart(figures, `${data}-${part}`) })),
  );
  const text = describeEvaluation(parts, code);
  writeFileSync(out, await format(text, { ...(await resolveConfig(out)), parser: 'markdown' }));
  console.log(`Wrote ${out}.`);
}

function fail(words) {
  console.error(words);
  process.exitCode = 1;
}

await main();
