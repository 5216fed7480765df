import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openGrid } from '../../src/main/database/grid.ts';
import { decideMark } from '../../src/main/services/gradebook/cell-text.ts';
import { temporaryFolder } from '../support/folders.ts';
import { openTestGradebook, staged } from '../support/gradebook.ts';

const entry = path.join(import.meta.dirname, '..', '..', 'src', 'cli', 'index.ts');

it('edits of the grid are listed, and one is taken back by its id after others', { timeout: 60_000 }, async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'gradebook.sqlite');
  const { importing } = openTestGradebook(file);
  await importing.commit(staged({ 'r.csv': 'student,given_name\n1,Ana\n2,Ben\n' }), {});
  const grid = openGrid(file);
  grid.addAssignment({ id: randomUUID(), at: 1 }, 'Quiz', 10);
  const set = (students: string[], texts: string[][]) =>
    grid.editMarks({ id: randomUUID(), at: 2 }, { students, columns: ['Quiz'], texts }, decideMark);
  set(['1', '2'], [['3'], ['4 late']]);
  set(['1'], [['excused']]);
  grid.close();
  const pathlight = (...args: string[]): string =>
    spawnSync(process.execPath, ['--no-deprecation', '--disable-warning=ExperimentalWarning', entry, ...args, '--data', folder], {
      encoding: 'utf8',
    }).stdout;
  expect(
    pathlight('edits')
      .replaceAll(/[0-9a-f-]{36}/g, 'ID')
      .split('\n'),
  ).toEqual([
    'edit ID, 1970-01-01T00:00:00.002Z',
    '  1, Quiz: 3 → excused',
    'edit ID, 1970-01-01T00:00:00.002Z',
    '  1, Quiz: nothing → 3',
    '  2, Quiz: nothing → 4 late',
    'edit ID, 1970-01-01T00:00:00.001Z',
    '  new assignment Quiz',
    '',
  ]);
  const { edits } = JSON.parse(pathlight('edits', '--json')) as { edits: { id: string }[] };
  expect(pathlight('undo', '--import', edits[1]!.id)).toBe(
    'Undone: 0 rows removed, 1 value restored.\n  kept cell 1 / Quiz: something later changed it\n',
  );
});
