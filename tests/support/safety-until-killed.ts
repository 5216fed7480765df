// A process that edits, migrates, backs up or restores and says when it begins; the test kills it at a random moment.
import process from 'node:process';
import { restoreBackup, restoreOverDamaged } from '../../src/main/database/backups/restore-backup.ts';
import { writeBackup } from '../../src/main/database/backups/write-backup.ts';
import { openImportingStore } from '../../src/main/database/importing-store.ts';
import { openDatabase } from '../../src/main/database/open.ts';
import { AT, EDITS } from './killed-states.ts';

const [file, work, name] = process.argv.slice(2) as [string, 'edit' | 'migrate' | 'backup' | 'restore' | 'restore-over', string];

if (work === 'edit') {
  const store = openImportingStore(file);
  process.send!('begun');
  for (let edit = 0; edit < EDITS; edit++) {
    store.append({
      importId: `edit-${edit}`,
      student: 's1',
      at: AT,
      answers: [{ question: `own-${edit}`, skills: ['k1'], correct: 1 }],
    });
    process.send!(edit + 1);
  }
  store.close();
} else if (work === 'backup') {
  const database = openDatabase(file);
  process.send!('begun');
  for (let turn = 0; turn < 5; turn++) writeBackup(database, { gradebookFile: file, reason: 'manual', at: AT + turn });
  database.close();
} else {
  process.send!('begun');
  if (work === 'migrate') openDatabase(file, () => AT).close();
  else if (work === 'restore') await restoreBackup(file, name, AT);
  else await restoreOverDamaged(file, name, AT);
}
process.send!('done');
process.disconnect();
