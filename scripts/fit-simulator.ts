// `npm run --silent fit-simulator -- ANSWERS FOLDER [STUDENTS] [PASSES]`: fits deep knowledge tracing to real answers, for `pathlight simulate --fitted FOLDER`.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chooseBackend } from '../src/compute/backend.ts';
import { readResponses } from '../src/cli/read-responses.ts';
import { trainDkt } from '../src/learning/baselines/dkt.ts';
import { stepsOfAPass } from '../src/learning/baselines/windows.ts';
import { toResponseTable } from '../src/learning/responses.ts';

const [answers, folder, students = '1000', passes = '12'] = process.argv.slice(2);
if (!answers || !folder) {
  console.error('Usage: fit-simulator ANSWERS FOLDER [STUDENTS] [PASSES]');
  process.exit(2);
}
const backend = await chooseBackend(['tensorflow', 'wasm', 'cpu']);
const sequences = (await readResponses([answers])).slice(0, Number(students));
const table = toResponseTable(sequences);
const { parameters } = await trainDkt({
  table,
  fit: table.students.map((_, student) => student),
  seed: 1,
  passes: Number(passes),
  // The number of steps is taken as it is: whether a simulator forecasts best does not matter, that it resembles students does.
  settings: { step: Number(passes) * stepsOfAPass(table.students.length) },
});
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
console.log(`Fitted to ${table.students.length} students, ${table.question.length} answers (${backend.backend}).`);
