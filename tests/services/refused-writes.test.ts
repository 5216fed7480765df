import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { migrate, MIGRATIONS } from '../../src/main/database/migrate.ts';
import { openDatabase } from '../../src/main/database/open.ts';
import { describeFailure } from '../../src/main/services/failure.ts';
import { readImportFile } from '../../src/main/services/importing/read-file.ts';
import { commitFiles, undoInOneTransaction } from '../../src/main/services/importing/transactions.ts';
import { startApplication } from '../support/application.ts';
import { wholeContent } from '../support/content.ts';
import { temporaryFolder } from '../support/folders.ts';
import { openTestGradebook, staged } from '../support/gradebook.ts';
import { makeReadOnly } from '../support/read-only.ts';

const ROSTER = 'student,given_name,class\n1,Ana,6A\n2,Ben,6A\n';
const many = (rows: number): string =>
  `student,order,item,skill,correct\n${Array.from({ length: rows }, (_, row) => `${1 + (row % 2)},${row >> 1},q${row % 97},s${row % 7},${row % 3 ? 1 : 0}`).join('\n')}\n`;

/** A closed gradebook in one file, without a log. */
async function closedGradebook(): Promise<{ folder: string; file: string }> {
  const folder = path.join(temporaryFolder(), 'data');
  mkdirSync(folder);
  const file = path.join(folder, 'gradebook.sqlite');
  const book = openTestGradebook(file);
  await book.importing.commit(staged({ 'roster.csv': ROSTER, 'answers.csv': many(50) }), {});
  await book.importing.close();
  book.gradebook.close();
  return { folder, file };
}

describe('a full disk', () => {
  it('stops an import and an undo with a sentence, and nothing is lost', async () => {
    const { file } = await closedGradebook();
    const database = openDatabase(file);
    onTestFinished(() => void database.close());
    const before = wholeContent(file);
    const read = await readImportFile('more.csv', new TextEncoder().encode(many(20_000).replaceAll('q', 'p')), undefined, []);
    const commit = () => commitFiles(database, [{ id: 'more', read }], 1, { report: () => undefined });
    const failure = (work: () => unknown) => {
      try {
        work();
      } catch (error) {
        return describeFailure(error).code;
      }
      return 'none';
    };
    // A gradebook that may grow by ten pages is on a disk with 40 KB left.
    database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true })) + 10}`);
    expect(failure(commit)).toBe('disk-full');
    expect(wholeContent(file)).toBe(before);
    expect(database.prepare('SELECT count(*) FROM running').pluck().get()).toBe(0);
    expect(database.prepare('SELECT count(*) FROM answers').pluck().get()).toBe(50);
    database.pragma('max_page_count = 1000000');
    expect(failure(commit)).toBe('none');
    expect(failure(() => undoInOneTransaction(database, 'more', 2, { report: () => undefined }))).toBe('none');
  });
});

describe('a gradebook that may not be written to', () => {
  const expectReadable = async (folder: string, file: string): Promise<void> => {
    const test = startApplication({ folder });
    const { notices, recovery, gradebook } = await test.get('system.status', {});
    expect({ notices, recovery }).toEqual({ notices: [{ code: 'read-only', detail: {} }], recovery: null });
    expect(gradebook).toMatchObject({ students: 2, answers: 50 });
    expect(await test.get('classes.list', {})).toMatchObject({ students: 2 });
    expect((await test.get('students.open', { studentId: '1' })).answers).toHaveLength(25);
    const add = { studentId: '1', answers: [{ question: '', skills: ['s1'], correct: 1 }] };
    await expect(test.get('students.addAnswers', add)).rejects.toMatchObject({ code: 'read-only' });
    const { job } = await test.importTexts({ 'more.csv': 'student,given_name\n3,Cleo\n' });
    expect(job).toMatchObject({ state: 'failed', error: { code: 'read-only' } });
    expect((await test.get('system.status', {})).gradebook).toEqual(gradebook);
    await test.application.close();
    expect(existsSync(file)).toBe(true);
  };

  it('itself is opened for reading, and every change is refused with a sentence', async () => {
    const { folder, file } = await closedGradebook();
    makeReadOnly(folder, { itself: false });
    await expectReadable(folder, file);
  });

  // Windows has no folder that may not be written to by such a bit.
  if (process.platform !== 'win32') {
    it('with its folder is opened for reading all the same', async () => {
      const { folder, file } = await closedGradebook();
      makeReadOnly(folder, { itself: true });
      await expectReadable(folder, file);
    });

    it('is not made in a folder that may not be written to, which is said', () => {
      const folder = path.join(temporaryFolder(), 'data');
      mkdirSync(folder);
      makeReadOnly(folder, { itself: true });
      expect(() => startApplication({ folder })).toThrow(expect.objectContaining({ code: 'read-only' }));
    });
  }

  it('and of an older schema is not opened, for it would have to be migrated', () => {
    const file = path.join(temporaryFolder(), 'data', 'gradebook.sqlite');
    mkdirSync(path.dirname(file));
    const database = new Sqlite(file);
    migrate(database, file, () => undefined, MIGRATIONS.slice(0, 1));
    database.close();
    makeReadOnly(path.dirname(file), { itself: false });
    expect(describeFailure(tryTo(() => openDatabase(file).close()))).toMatchObject({
      code: expect.stringMatching(/^(read-only|backup-read-only)$/),
    });
  });
});

function tryTo(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
