import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openGradebook } from '../../src/main/database/gradebook.ts';
import { lockFolder } from '../../src/main/database/lock.ts';
import { migrate, MIGRATIONS } from '../../src/main/database/migrate.ts';
import { openDatabase } from '../../src/main/database/open.ts';
import { temporaryFolder } from '../support/folders.ts';
import { openTestGradebook, staged } from '../support/gradebook.ts';

const clock = (): number => 1;

describe('opening a gradebook', () => {
  it('uses WAL, foreign keys and strict tables', () => {
    const file = path.join(temporaryFolder(), 'g.sqlite');
    const database = openDatabase(file);
    onTestFinished(() => void database.close());
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
    const tables = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").all() as {
      name: string;
      sql: string;
    }[];
    expect(tables.map((table) => table.name)).toEqual(
      expect.arrayContaining([
        'subjects',
        'classes',
        'students',
        'skills',
        'prerequisites',
        'questions',
        'question_skills',
        'answers',
        'marks',
        'assignments',
        'student_keys',
        'enrolments',
        'imports',
        'journal',
        'models',
        'adaptations',
        'plans',
      ]),
    );
    for (const table of tables) expect(table.sql).toMatch(/STRICT/);
    expect(() =>
      database
        .prepare("INSERT INTO marks (student_id, assignment_id, points, status, import_number) VALUES (999, 999, 1, 'scored', 1)")
        .run(),
    ).toThrow(/FOREIGN KEY/);
  });

  it('refuses a newer schema and leaves the file as it is', () => {
    const file = path.join(temporaryFolder(), 'g.sqlite');
    openGradebook({ file, clock }).close();
    const database = new Sqlite(file);
    database.pragma('user_version = 99');
    database.close();
    const before = readFileSync(file);
    expect(() => openGradebook({ file, clock })).toThrow(expect.objectContaining({ code: 'newer-schema' }));
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('refuses what is no gradebook: text, another program’s database, a damaged file', () => {
    const folder = temporaryFolder();
    const text = path.join(folder, 'text.sqlite');
    writeFileSync(text, 'student,order\n');
    expect(() => openGradebook({ file: text, clock })).toThrow(expect.objectContaining({ code: 'not-a-gradebook' }));
    const foreign = path.join(folder, 'foreign.sqlite');
    const database = new Sqlite(foreign);
    database.exec('CREATE TABLE bookmarks (id INTEGER)');
    database.close();
    expect(() => openGradebook({ file: foreign, clock })).toThrow(expect.objectContaining({ code: 'not-a-gradebook' }));
    const damaged = path.join(folder, 'damaged.sqlite');
    openGradebook({ file: damaged, clock }).close();
    const bytes = readFileSync(damaged);
    writeFileSync(damaged, Buffer.concat([bytes.subarray(0, 16), Buffer.alloc(2000, 7)]));
    expect(() => openGradebook({ file: damaged, clock })).toThrow(expect.objectContaining({ code: 'damaged-gradebook' }));
  });

  it('copies the file before migrating, and a step that fails leaves the old schema', () => {
    const file = path.join(temporaryFolder(), 'g.sqlite');
    openGradebook({ file, clock }).close();
    const database = new Sqlite(file);
    onTestFinished(() => void database.close());
    const copy = (version: number): void => copyFileSync(file, `${file}.before-schema-${version + 1}`);
    expect(() =>
      migrate(database, file, copy, [...MIGRATIONS, 'CREATE TABLE extra (id INTEGER) STRICT; SELECT nonsense;']),
    ).toThrow();
    expect(database.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
    expect(database.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'").pluck().get()).toBe(0);
    expect(existsSync(`${file}.before-schema-${MIGRATIONS.length + 1}`)).toBe(true);
    migrate(database, file, copy, [...MIGRATIONS, 'CREATE TABLE extra (id INTEGER) STRICT;']);
    expect(database.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length + 1);
  });
});

describe('the folder lock', () => {
  it('refuses a second app while the first lives, and takes over from a dead one', async () => {
    const folder = temporaryFolder();
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    onTestFinished(() => void other.kill('SIGKILL'));
    await once(other, 'spawn');
    writeFileSync(path.join(folder, 'app.lock'), String(other.pid));
    expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ code: 'folder-in-use' }));
    other.kill('SIGKILL');
    await once(other, 'exit');
    const lock = lockFolder(folder);
    const [holder, start] = readFileSync(path.join(folder, 'app.lock'), 'utf8').split(' ').map(Number);
    expect(holder).toBe(process.pid);
    lock.release();
    // After a loss of power, a living process of another program may have the dead app's number.
    writeFileSync(path.join(folder, 'app.lock'), `${process.ppid} ${start}`);
    expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ code: 'folder-in-use' }));
    writeFileSync(path.join(folder, 'app.lock'), `${process.ppid} ${start! - 9000}`);
    lockFolder(folder).release();
    expect(existsSync(path.join(folder, 'app.lock'))).toBe(false);
  });
});

describe('reading', () => {
  it('finds questions by id and by their skill’s name, taking wildcards as letters', async () => {
    const { gradebook, importing } = openTestGradebook();
    await importing.commit(
      staged({
        'a.csv': 'student,order,item,skill,correct\n1,0,50%_off,s,1\n1,1,other,s~t,0\n',
        's.csv': 'skill,name\ns,Ratios\nt,Angles\n',
      }),
      {},
    );
    expect(gradebook.read.searchQuestions('50%_', 10).map((each) => each.id)).toEqual(['50%_off']);
    expect(gradebook.read.searchQuestions('angl', 10)).toEqual([{ id: 'other', skills: ['s', 't'], answers: 1 }]);
    expect(gradebook.read.searchQuestions('', 10)).toHaveLength(2);
  });

  it('notices what another connection writes', async () => {
    const first = openTestGradebook();
    const second = openTestGradebook(first.file);
    const before = first.gradebook.read.dataVersion();
    await second.importing.commit(staged({ 'r.csv': 'student,given_name\n1,Ana\n' }), {});
    expect(first.gradebook.read.dataVersion()).toBeGreaterThan(before);
    expect(first.gradebook.read.counts().students).toBe(1);
  });
});
