import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { createRandom } from '../../src/learning/random.ts';
import { temporaryFolder } from '../support/folders.ts';
import { dump, openTestGradebook, staged } from '../support/gradebook.ts';

/** 200 in the long run (npm run test:long). */
const MOMENTS = Number(process.env['KILLED_MOMENTS'] ?? 6);
const ROWS = 30_000;

const answers = Array.from(
  { length: ROWS },
  (_, row) => `s${row >> 6},${row & 63},q${row % 499},k${row % 23},${row % 3 ? 1 : 0}`,
);

it(
  `killed at ${MOMENTS} random moments of import and undo: the gradebook opens, equal to the state before or after`,
  async () => {
    const folder = temporaryFolder();
    const source = path.join(folder, 'answers.csv');
    writeFileSync(source, ['student,order,item,skill,correct', ...answers].join('\n'));
    const empty = path.join(folder, 'empty.sqlite');
    const full = path.join(folder, 'full.sqlite');
    const book = openTestGradebook(empty);
    await book.importing.commit(staged({ 'r.csv': 'student,given_name,class\ns1,Ana,6A\ns2,Ben,6A\n' }), {});
    const states = { before: dump(empty), after: '' };
    settle(empty);
    copyFileSync(empty, full);
    const filled = openTestGradebook(full);
    const { files } = await filled.importing.commit([{ fileId: '1', name: 'answers.csv', path: source }], {});
    states.after = dump(full);
    settle(full);
    const random = createRandom(Number(process.env['KILLED_SEED'] ?? 11)).uniform;
    let cut = 0;
    /** Milliseconds that each work takes undisturbed, so that the kills fall into it on any machine. */
    const whole = { import: 0, undo: 0 };
    for (let moment = -2; moment < MOMENTS; moment++) {
      const work = moment % 2 === 0 ? 'import' : 'undo';
      const file = path.join(folder, `book-${moment}.sqlite`);
      copyFileSync(work === 'import' ? empty : full, file);
      const child = fork(
        path.join(import.meta.dirname, '..', 'support', 'work-until-killed.ts'),
        [file, work, work === 'import' ? source : files[0]!.id!],
        { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] },
      );
      // Listened for at once: the work may be over, and the process gone, before the kill.
      const exited = once(child, 'exit');
      let done = false;
      child.on('message', (message) => {
        done ||= message === 'done';
      });
      await once(child, 'message');
      if (moment < 0) {
        const begun = performance.now();
        await once(child, 'message');
        whole[work] = performance.now() - begun;
      } else await new Promise((resolve) => setTimeout(resolve, random() * whole[work]));
      child.kill('SIGKILL');
      await exited;
      if (moment < 0) expect(done).toBe(true);
      else if (!done) cut++;
      const again = openTestGradebook(file);
      expect([states.before, states.after], `moment ${moment}`).toContain(dump(file));
      if (done) expect(dump(file)).toBe(work === 'import' ? states.after : states.before);
      const check = new Sqlite(file, { readonly: true });
      expect(check.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(check.pragma('foreign_key_check')).toEqual([]);
      check.close();
      await again.importing.close();
      again.gradebook.close();
      for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
    }
    // A test in which everything was over before the kill would show nothing.
    expect(cut).toBeGreaterThan(0);
  },
  60_000 + MOMENTS * 10_000,
);

/** All of a gradebook in its one file, so that it can be copied. */
function settle(file: string): void {
  const database = new Sqlite(file);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}
