// A process to be killed as an app is: imports the given file, in a process of its own, and tells when writing has begun.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { openGradebook } from '../../src/main/database/gradebook.ts';
import { createImporting } from '../../src/main/services/importing/importing.ts';

const [gradebookFile, file] = process.argv.slice(2) as [string, string];
const clock = (): number => Date.now();
const importing = createImporting({
  gradebookFile,
  gradebook: openGradebook({ file: gradebookFile, clock }),
  clock,
  newId: randomUUID,
});
let told = false;
await importing.commit([{ fileId: '1', name: 'answers.csv', bytes: readFileSync(file) }], {
  onProgress: ({ fraction, stage }) => {
    if (told || stage !== 'writing' || fraction < 0.5) return;
    told = true;
    process.send?.('writing');
  },
});
process.send?.('finished');
