// A process that imports or undoes and says when it begins; the test kills it at a random moment.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { openGradebook } from '../../src/main/database/gradebook.ts';
import { createImporting } from '../../src/main/services/importing/importing.ts';

const [gradebookFile, work, argument] = process.argv.slice(2) as [string, 'import' | 'undo', string];
const clock = (): number => 1_790_000_000_000;
const gradebook = openGradebook({ file: gradebookFile, clock });
const importing = createImporting({ gradebookFile, gradebook, clock, newId: randomUUID });
process.send!('begun');
if (work === 'import') await importing.commit([{ fileId: '1', name: path.basename(argument), path: argument }], {});
else await importing.undo(argument, {});
process.send!('done');
process.disconnect();
await importing.close();
gradebook.close();
