// `npm run --silent fit-simulator -- ANSWERS FOLDER [STUDENTS] [PASSES]`: fits deep knowledge tracing to real answers, for `pathlight simulate --fitted FOLDER`.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chooseBackend } from '../src/compute/backend.ts';
import { createStepCompiler } from '../src/compute/compile.ts';
import { readResponses } from '../src/cli/read-responses.ts';
import { trainDkt } from '../src/learning/baselines/dkt.ts';
import { toResponseTable } from '../src/learning/responses.ts';

const [answers, folder, students = '2000', passes = '16'] = process.argv.slice(2);
if (!answers || !folder) {
  console.error('Usage: fit-simulator ANSWERS FOLDER [STUDENTS] [PASSES]');
  process.exit(2);
}
/** A simulated student has up to 20 answers behind and 30 before them, and gives more than the protocol's windows know: what was never fitted would be an artefact. */
const LENGTH = 80;
const AFTER = [0, 1, 2, 3, 5, 7, 10, 14, 18, 22, 26, 30, 35, 40, 45, 50, 55, 60];

const backend = await chooseBackend(['tensorflow', 'wasm', 'cpu']);
const compiler = createStepCompiler();
const sequences = (await readResponses([answers])).slice(0, Number(students));
const table = toResponseTable(sequences);
const { parameters, settings } = await trainDkt({
  table,
  fit: table.students.map((_, student) => student),
  seed: 1,
  passes: Number(passes),
  compiler: compiler.compile,
  windows: { length: LENGTH, after: AFTER },
});
compiler.dispose();
const typed = path.resolve(process.env['INIT_CWD'] ?? process.cwd(), folder);
mkdirSync(typed, { recursive: true });
const entries = Object.entries(parameters);
writeFileSync(
  path.join(typed, 'simulator.json'),
  `${JSON.stringify({ format: 'pathlight-simulator', students: table.students.length, tensors: entries.map(([name, values]) => ({ name, length: values.length })) }, undefined, 1)}\n`,
);
writeFileSync(
  path.join(typed, 'weights.bin'),
  Buffer.concat(entries.map(([, values]) => Buffer.from(values.buffer, values.byteOffset, values.byteLength))),
);
console.log(
  `Fitted to ${table.students.length} students, ${table.question.length} answers (${backend.backend}); ${settings['step']} steps were chosen on every eighth student.`,
);
