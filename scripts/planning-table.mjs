// `node scripts/planning-table.mjs DATA FITTED [WORLDS] [STUDENTS] [SIMULATORS] [SEED]`: plans for simulated students on every simulator (or those named, with commas between) and writes the table into docs/planning.md. DATA holds
// assist2009/ and junyi/ with their train.csv.gz, FITTED holds assist2009/ and junyi/ as `npm run fit-simulator` makes them. Where FITTED lacks them, it makes them. Each simulator's
// figures are kept in FITTED/figures-WORLDSxSTUDENTS-seedSEED, so that a run that was cut off goes on; delete the folder after the planners have changed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const [data, fitted, worlds = '6', students = '6', chosen, seed = '1'] = process.argv.slice(2);
if (!data || !fitted) {
  console.error('Usage: planning-table DATA FITTED [WORLDS] [STUDENTS] [SIMULATORS] [SEED]');
  process.exit(2);
}
const PLANNERS = ['pathlight', 'learning-progress', 'greedy-gain', 'easiest-first', 'prerequisite-order', 'random'];
const MADE = ['tracing', 'tracing-gated', 'growth', 'growth-gated'];
const ALL = [...MADE, 'assist2009', 'assist2009-misspecified', 'junyi', 'junyi-misspecified', 'kss'];
const SIMULATORS = chosen ? chosen.split(',') : ALL;
const [BEGIN, END] = ['<!-- planners × simulators: scripts/planning-table.mjs -->', '<!-- end of the table -->'];

const run = (...args) => {
  const { status } = spawnSync(process.execPath, [path.join(root, 'scripts', 'run.mjs'), ...args], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

const folder = path.resolve(fitted, `figures-${worlds}x${students}-seed${seed}`);
mkdirSync(folder, { recursive: true });
const results = SIMULATORS.map((simulator) => {
  const course = simulator.replace('-misspecified', '');
  const answers = path.resolve(data, course, 'train.csv.gz');
  const own = path.resolve(fitted, course);
  const prerequisites = path.resolve(data, course, 'prerequisites.csv');
  const real = simulator !== 'kss' && !MADE.includes(simulator);
  if (real && !existsSync(path.join(own, 'simulator.json'))) run('scripts/fit-simulator.ts', answers, own);
  const json = path.join(folder, `${simulator}.json`);
  if (existsSync(json)) return JSON.parse(readFileSync(json, 'utf8'));
  run(
    'src/cli/index.ts',
    'simulate',
    ...['--simulator', simulator, '--planner', PLANNERS.join(','), '--worlds', worlds, '--students', students, '--seed', seed],
    ...(real ? ['--fitted', own, '--responses', answers] : []),
    ...(real && existsSync(prerequisites) ? ['--prerequisites', prerequisites] : []),
    ...['--json', json],
  );
  return JSON.parse(readFileSync(json, 'utf8'));
});

const signed = (value) => value.toFixed(3).replace('-', '−').replace('0.', '.');
const cell = (figures, planner, steps) => {
  const found = figures.find((each) => each.planner === planner && each.steps === steps);
  const { value, low, high } = found.delta;
  return `${signed(value)} [${signed(low)}, ${signed(high)}]`;
};
const less = ({ figures }, planner) =>
  [10, 30]
    .map((steps) => {
      const { differences } = figures.find((each) => each.planner === 'pathlight' && each.steps === steps);
      const { value, low, high } = differences.find((each) => each.planner === planner);
      return `${signed(value)} [${signed(low)}, ${signed(high)}]`;
    })
    .join(' · ');
const unready = ({ figures }, steps) => {
  const { unreadySteps, unsaidUnreadySteps } = figures.find((each) => each.planner === 'pathlight' && each.steps === steps);
  return `${unreadySteps} (${unsaidUnreadySteps})`;
};
const calibration = ({ simulator, figures }) => {
  const bins = figures.find((each) => each.planner === 'pathlight' && each.steps === 30).calibration;
  return `${simulator} ${bins.map(({ expected, gained }) => `${signed(expected)} → ${signed(gained)}`).join(' · ')}`;
};
const meant = ({ figures }, steps) => {
  const { expectedGain, gain, correlation } = figures.find((each) => each.planner === 'pathlight' && each.steps === steps);
  return `${signed(expectedGain)} → ${signed(gain)} (${correlation === null ? '–' : signed(correlation)})`;
};
const table = [
  `${worlds} worlds of ${students} students each, seed ${seed}. Δ with its 95% interval:`,
  ...[10, 30].flatMap((steps) => [
    '',
    `| ${steps} steps | ${SIMULATORS.join(' | ')} |`,
    `| --- |${' --- |'.repeat(SIMULATORS.length)}`,
    ...PLANNERS.map((planner) => `| ${planner} | ${results.map(({ figures }) => cell(figures, planner, steps)).join(' | ')} |`),
    `| expected → gained (correlation) | ${results.map((each) => meant(each, steps)).join(' | ')} |`,
    `| unready steps of pathlight (unsaid) | ${results.map((each) => unready(each, steps)).join(' | ')} |`,
  ]),
  '',
  `Expected → gained by fifths of the students, in order of what was expected, 30 steps: ${results.map(calibration).join('; ')}.`,
  '',
  'Paired by student:',
  '',
  `| pathlight less …, 10 · 30 steps | ${SIMULATORS.join(' | ')} |`,
  `| --- |${' --- |'.repeat(SIMULATORS.length)}`,
  ...PLANNERS.slice(1).map((planner) => `| ${planner} | ${results.map((each) => less(each, planner)).join(' | ')} |`),
];
const file = path.join(root, 'docs', 'planning.md');
const text = readFileSync(file, 'utf8');
const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
if (from < 0 || to < from) throw new Error(`docs/planning.md has no place for the table: "${BEGIN}" … "${END}".`);
writeFileSync(file, `${text.slice(0, from + BEGIN.length)}\n\n${table.join('\n')}\n\n${text.slice(to)}`);
const prettier = path.join(root, 'node_modules', 'prettier', 'bin', 'prettier.cjs');
spawnSync(process.execPath, [prettier, '--write', file], { stdio: 'inherit' });
