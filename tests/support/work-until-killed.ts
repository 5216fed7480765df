// A process that imports or undoes and says when it begins; the test kills it at a random moment.
import path from 'node:path';
import process from 'node:process';
import { performImport } from '../../src/main/services/importing/perform.ts';

const [gradebookFile, work, argument] = process.argv.slice(2) as [string, 'import' | 'undo', string];
const file = { fileId: '1', importId: 'killed', name: path.basename(argument), path: argument };
process.send!('begun');
await performImport(
  {
    gradebookFile,
    at: 1_790_000_000_000,
    task: work === 'import' ? { kind: 'commit', files: [file] } : { kind: 'undo', importId: argument },
  },
  { report: () => undefined },
);
process.send!('done');
process.disconnect();
