// `npm run --silent bench -- [--json FILE] [--markdown FILE] [--only KEY,…]`: measures what docs/performance.md shows, each measurement in a process of its own.
import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from './machine.ts';
import type { Measurement, Outcome } from './measurement.ts';
import { MEASUREMENTS } from './measurements.ts';
import { tableOf, withTable } from './table.ts';

/** Measures in a child process, which sends the outcome. */
function measureApart({ key }: Measurement): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, ['--child', key], {
      execArgv: ['--disable-warning=ExperimentalWarning', '--no-deprecation'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    let outcome: Outcome | undefined;
    child.on('message', (message) => (outcome = message as Outcome));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (outcome) resolve(outcome);
      else reject(new Error(`The measurement ended with ${code} and without a result.`));
    });
  });
}

async function measureAll(
  chosen: readonly Measurement[],
  files: { readonly json?: string | undefined; readonly markdown?: string | undefined },
): Promise<void> {
  const machine = describeMachine();
  const outcomes: { title: string; outcome: Outcome }[] = [];
  const report: Record<string, unknown> = { machine };
  for (const measurement of chosen) {
    console.error(`Measuring: ${measurement.title} …`);
    try {
      const outcome = await measureApart(measurement);
      outcomes.push({ title: measurement.title, outcome });
      Object.assign(report, { [measurement.key]: outcome.json, ...outcome.more });
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      outcomes.push({ title: measurement.title, outcome: { lines: [], json: null, notes: [`Not measured: ${words}`] } });
      process.exitCode = 1;
    }
  }
  const table = tableOf(machine, outcomes);
  console.log(table);
  const typed = (name: string): string => path.resolve(process.env['INIT_CWD'] ?? process.cwd(), name);
  if (files.json) writeFileSync(typed(files.json), `${JSON.stringify(report, null, 2)}\n`);
  if (files.markdown) writeFileSync(typed(files.markdown), withTable(readFileSync(typed(files.markdown), 'utf8'), table));
}

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    markdown: { type: 'string' },
    only: { type: 'string' },
    child: { type: 'string' },
  },
});
const child = MEASUREMENTS.find(({ key }) => key === values.child);
if (child) {
  const outcome = await child.measure();
  process.send?.(outcome, () => process.disconnect());
} else {
  const keys = values.only?.split(',') ?? MEASUREMENTS.map(({ key }) => key);
  const unknown = keys.filter((key) => !MEASUREMENTS.some((each) => each.key === key));
  if (unknown.length > 0) {
    console.error(
      `There is no measurement "${unknown.join('", "')}". Choose from: ${MEASUREMENTS.map(({ key }) => key).join(', ')}.`,
    );
    process.exitCode = 1;
  } else
    await measureAll(
      MEASUREMENTS.filter(({ key }) => keys.includes(key)),
      values,
    );
}
