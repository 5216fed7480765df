import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { backupFolder, backupName, listBackups } from '../../src/main/database/backups/backup-files.ts';
import { restoreBackup } from '../../src/main/database/backups/restore-backup.ts';
import { verifyBackup, writeBackup } from '../../src/main/database/backups/write-backup.ts';
import { findProblems } from '../../src/main/database/integrity.ts';
import { MIGRATIONS } from '../../src/main/database/migrate.ts';
import { openDatabase } from '../../src/main/database/open.ts';
import { createRandom } from '../../src/learning/random.ts';
import { wholeContent } from '../support/content.ts';
import { temporaryFolder } from '../support/folders.ts';
import { AT, EDITS, makeFirstSchema, makeSchema } from '../support/killed-states.ts';

/** 200 in the long run (npm run test:long). */
const MOMENTS = Number(process.env['KILLED_MOMENTS'] ?? 6);
const WORKS = ['edit', 'migrate from 1', 'migrate from 2', 'backup', 'restore', 'restore-over'] as const;
type Work = (typeof WORKS)[number];
const ANSWERS = 20_000;
const GARBAGE = Buffer.alloc(50_000, 'grades');

it(
  `killed at ${MOMENTS} random moments of editing, migrating, backing up and restoring: nothing between before and after`,
  async () => {
    const folder = temporaryFolder();
    const template = (name: string): string => path.join(folder, `${name}.sqlite`);
    makeFirstSchema(template('schema-1'), ANSWERS);
    for (let schema = 2; schema <= MIGRATIONS.length; schema++)
      makeSchema(template('schema-1'), template(`schema-${schema}`), schema);
    const newest = template(`schema-${MIGRATIONS.length}`);
    const before = wholeContent(newest);
    // Another state, for restoring to, and every state between the edits.
    const edited = [before, ...(await statesOfEditing(newest, folder))];
    const other = template('edited');
    const random = createRandom(Number(process.env['KILLED_SEED'] ?? 12)).uniform;
    const whole = new Map<Work, number>();
    const cut = new Map<Work, number>();

    for (let moment = -WORKS.length; moment < MOMENTS; moment++) {
      const work = WORKS[(moment + WORKS.length) % WORKS.length]!;
      const data = path.join(folder, `data-${moment}`);
      mkdirSync(data);
      const file = path.join(data, 'gradebook.sqlite');
      const from = /from (\d)/.exec(work)?.[1];
      copyFileSync(from === undefined ? newest : template(`schema-${from}`), file);
      const backup = backupName(file, AT - 1000, 'manual', MIGRATIONS.length);
      if (work.startsWith('restore')) {
        mkdirSync(backupFolder(file));
        copyFileSync(other, path.join(backupFolder(file), backup));
      }
      if (work === 'restore-over') writeFileSync(file, GARBAGE);
      const old = work === 'restore-over' ? '' : wholeContent(file);

      const child = fork(
        path.join(import.meta.dirname, '..', 'support', 'safety-until-killed.ts'),
        [file, work.split(' ')[0]!, backup],
        { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] },
      );
      const exited = once(child, 'exit');
      let done = false;
      let told = 0;
      child.on('message', (message) => {
        if (message === 'done') done = true;
        else if (typeof message === 'number') told = message;
      });
      await once(child, 'message');
      const begun = performance.now();
      if (moment < 0) await exited;
      else await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, random() * whole.get(work)!))]);
      child.kill('SIGKILL');
      await exited;
      if (moment < 0) {
        expect(done, work).toBe(true);
        whole.set(work, performance.now() - begun);
      } else if (!done) cut.set(work, (cut.get(work) ?? 0) + 1);

      const what = `moment ${moment}, ${work}, ${done ? 'done' : 'cut off'}`;
      for (const { name } of listBackups(file))
        expect(() => verifyBackup(path.join(backupFolder(file), name), true), what).not.toThrow();
      if (work === 'restore-over') {
        const kept = readdirSync(data).filter((name) => /^gradebook(\.damaged.*)?\.sqlite$/.test(name));
        expect(
          kept.some((name) => readFileSync(path.join(data, name)).equals(GARBAGE)),
          what,
        ).toBe(true);
        if (existsSync(file) && readFileSync(file).equals(GARBAGE)) {
          expect(done, what).toBe(false);
          rmSync(data, { recursive: true });
          continue;
        }
      } else if (from !== undefined && versionOf(file) === Number(from)) expect(wholeContent(file) === old, what).toBe(true);
      const database = openDatabase(file);
      expect(findProblems(database, true), what).toEqual([]);
      const content = wholeContent(file);
      if (work === 'edit') expect([edited[told], edited[told + 1]], what).toContain(content);
      else if (work === 'restore') expect(done ? [edited[EDITS]] : [before, edited[EDITS]], what).toContain(content);
      else if (work === 'restore-over') expect(content === edited[EDITS], what).toBe(true);
      else expect(content === before, what).toBe(true);
      for (const { name, reason, schema } of listBackups(file))
        if ((reason !== 'manual' || work === 'backup') && schema === Number(from ?? MIGRATIONS.length))
          expect(wholeContent(path.join(backupFolder(file), name)) === old, `${what}: ${name}`).toBe(true);
      // And it goes on: half-written files are in nobody's way.
      if (work === 'restore') {
        await restoreBackup(file, backup, AT + 1000);
        expect(wholeContent(file) === edited[EDITS], what).toBe(true);
      } else writeBackup(database, { gradebookFile: file, reason: 'manual', at: AT + 2000 });
      expect(
        readdirSync(backupFolder(file)).filter((name) => name.includes('partial')),
        what,
      ).toEqual([]);
      database.close();
      rmSync(data, { recursive: true, maxRetries: 5 });
    }
    console.log(WORKS.map((work) => `${work}: ${cut.get(work) ?? 0} cut off in ${Math.round(whole.get(work)!)} ms`).join('; '));
    // A test in which everything was over before the kill would show nothing.
    expect([...cut.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
  },
  120_000 + MOMENTS * 10_000,
);

/** Contents after each edit of a child that is let be; its last state stays as `edited.sqlite`. */
async function statesOfEditing(newest: string, folder: string): Promise<string[]> {
  const file = path.join(folder, 'edited.sqlite');
  copyFileSync(newest, file);
  const { openImportingStore } = await import('../../src/main/database/importing-store.ts');
  const store = openImportingStore(file);
  const states: string[] = [];
  for (let edit = 0; edit < EDITS; edit++) {
    store.append({
      importId: `edit-${edit}`,
      student: 's1',
      at: AT,
      answers: [{ question: `own-${edit}`, skills: ['k1'], correct: 1 }],
    });
    states.push(wholeContent(file));
  }
  store.close();
  const database = new Sqlite(file);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.pragma('journal_mode = DELETE');
  database.close();
  return states;
}

/** Without migrating it. */
function versionOf(file: string): number {
  const database = new Sqlite(file);
  const version = Number(database.pragma('user_version', { simple: true }));
  database.close();
  return version;
}
