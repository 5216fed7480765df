import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { backupFolder, listBackups } from '../../src/main/database/backups/backup-files.ts';
import { writeBackup } from '../../src/main/database/backups/write-backup.ts';
import { openDatabase } from '../../src/main/database/open.ts';
import { DAILY_MS } from '../../src/main/services/backups/backups.ts';
import { createBackups } from '../../src/main/services/backups/backups.ts';
import type { BackupRecord } from '../../src/shared/contract/backups.ts';
import { startApplication } from '../support/application.ts';
import { wholeContent } from '../support/content.ts';
import { temporaryFolder } from '../support/folders.ts';
import { openTestGradebook, staged } from '../support/gradebook.ts';

const ROSTER = 'student,given_name,class\n1,Ana,6A\n2,Ben,6A\n';
const many = (rows: number): string =>
  `student,order,item,skill,correct\n${Array.from({ length: rows }, (_, row) => `${1 + (row % 2)},${row >> 1},q${row % 97},s${row % 7},${row % 3 ? 1 : 0}`).join('\n')}\n`;

interface Kept {
  readonly folder: string;
  readonly file: string;
  readonly backup: BackupRecord;
  readonly content: string;
}

/** A closed gradebook of some hundred kilobytes with one backup of all of it. */
async function gradebookWithBackup(): Promise<Kept> {
  const folder = temporaryFolder();
  const file = path.join(folder, 'gradebook.sqlite');
  const book = openTestGradebook(file);
  await book.importing.commit(staged({ 'roster.csv': ROSTER, 'answers.csv': many(4000) }), {});
  const database = openDatabase(file);
  const backup = writeBackup(database, { gradebookFile: file, reason: 'daily', at: Date.now() - 1000 });
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  const content = wholeContent(file);
  await book.importing.close();
  book.gradebook.close();
  return { folder, file, backup, content };
}

/** Ways in which a gradebook's file goes bad, each with the code that says so. */
const DAMAGES: readonly [string, string, (file: string) => void][] = [
  ['of zero bytes', 'empty-gradebook', (file) => truncateSync(file, 0)],
  ['cut off', 'damaged-gradebook', (file) => truncateSync(file, readFileSync(file).length - 20_480)],
  ['cut off in its first page', 'damaged-gradebook', (file) => truncateSync(file, 1000)],
  ['full of garbage', 'not-a-gradebook', (file) => writeFileSync(file, Buffer.alloc(50_000, 'grades'))],
  [
    'with pages of zeros in its middle',
    'damaged-gradebook',
    (file) => {
      const bytes = readFileSync(file);
      bytes.fill(0, 4096 * 8, 4096 * 24);
      writeFileSync(file, bytes);
    },
  ],
  [
    'that is another program’s',
    'not-a-gradebook',
    (file) => {
      rmSync(file);
      const other = new Sqlite(file);
      other.exec('CREATE TABLE bookmarks (id INTEGER)');
      other.close();
    },
  ],
  [
    'that is gone, with its log left',
    'missing-gradebook',
    (file) => {
      renameSync(file, `${file}-elsewhere`);
      writeFileSync(`${file}-wal`, Buffer.alloc(9000, 1));
    },
  ],
];

describe('a gradebook that cannot be opened', () => {
  it.each(DAMAGES)('%s (%s): the app opens all the same, keeps the file and restores a backup, live', async (_, code, damage) => {
    const { folder, file, backup, content } = await gradebookWithBackup();
    damage(file);
    const found = existsSync(file) ? readFileSync(file) : undefined;
    const test = startApplication({ folder });
    const status = await test.get('system.status', {});
    expect(status.recovery).toMatchObject({ code });
    await expect(test.get('classes.list', {})).rejects.toMatchObject({ code: 'gradebook-unavailable' });
    expect(await test.get('backups.list', {})).toMatchObject({ backups: [{ name: backup.name }] });
    expect(await test.get('backups.preview', { name: backup.name })).toMatchObject({
      holds: { students: 2, answers: 4000 },
      now: null,
      lost: null,
    });
    // Looking changes nothing.
    if (found) expect(readFileSync(file).equals(found)).toBe(true);

    const { keptAs } = await test.get('backups.restore', { name: backup.name });
    expect(keptAs).toMatch(/^gradebook\.damaged-.*\.sqlite$/);
    if (found) expect(readFileSync(path.join(folder, keptAs!)).equals(found)).toBe(true);
    else expect(readFileSync(path.join(folder, `${keptAs}-wal`)).length).toBe(9000);
    const after = await test.get('system.status', {});
    expect(after).toMatchObject({ recovery: null, gradebook: { students: 2, answers: 4000 } });
    expect(after.notices).toEqual([{ code: 'damaged-kept', detail: { kept: keptAs } }]);
    expect(wholeContent(file)).toBe(content);
    expect(await test.get('classes.list', {})).toMatchObject({ students: 2 });
  });

  it('and has no backup: an empty one takes its place when the teacher says so, and it is kept', async () => {
    const { folder, file } = await gradebookWithBackup();
    rmSync(backupFolder(file), { recursive: true });
    writeFileSync(file, 'not a gradebook at all');
    const test = startApplication({ folder });
    expect((await test.get('system.status', {})).recovery).toMatchObject({ code: 'not-a-gradebook' });
    await expect(test.get('backups.make', {})).rejects.toMatchObject({ code: 'not-a-gradebook' });
    const { keptAs } = await test.get('backups.startEmpty', {});
    expect(readFileSync(path.join(folder, keptAs!), 'utf8')).toBe('not a gradebook at all');
    expect(await test.get('system.status', {})).toMatchObject({ recovery: null, gradebook: { students: 0 } });
    await expect(test.get('backups.startEmpty', {})).rejects.toMatchObject({ code: 'gradebook-open' });
    expect((await test.importTexts({ 'roster.csv': ROSTER })).job.state).toBe('done');
  });

  it('that goes bad while it is open: the app stops writing into it and offers a backup', async () => {
    const { folder, file, backup, content } = await gradebookWithBackup();
    const test = startApplication({ folder });
    await test.get('students.addAnswers', { studentId: '1', answers: [{ question: '', skills: ['s1'], correct: 1 }] });
    const bytes = readFileSync(file);
    bytes.fill(0, 4096 * 8, 4096 * 24);
    writeFileSync(file, bytes);
    await expect(test.get('backups.make', {})).rejects.toMatchObject({ code: 'damaged-gradebook' });
    expect((await test.get('system.status', {})).recovery).toMatchObject({ code: 'damaged-gradebook' });
    await expect(test.get('imports.list', {})).rejects.toMatchObject({ code: 'gradebook-unavailable' });
    const { keptAs } = await test.get('backups.restore', { name: backup.name });
    expect(existsSync(path.join(folder, keptAs!))).toBe(true);
    expect(wholeContent(file)).toBe(content);
    expect((await test.get('system.status', {})).recovery).toBeNull();
  });

  it('that never held anything is a first start and no damage', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'gradebook.sqlite'), '');
    const test = startApplication({ folder });
    expect(await test.get('system.status', {})).toMatchObject({ recovery: null, notices: [] });
  });

  it('whose restore was cut off between its steps is whole at the next start', async () => {
    const { folder, file, backup, content } = await gradebookWithBackup();
    // The restored file is complete, the damaged one moved away, its log not yet.
    copyFileSync(path.join(backupFolder(file), backup.name), `${file}.restored`);
    renameSync(file, path.join(folder, 'gradebook.damaged-1.sqlite'));
    writeFileSync(`${file}-wal`, Buffer.alloc(9000, 1));
    const test = startApplication({ folder });
    expect(await test.get('system.status', {})).toMatchObject({ recovery: null, gradebook: { answers: 4000 } });
    expect(wholeContent(file)).toBe(content);
    expect(readdirSync(folder).filter((name) => /damaged.*\.sqlite(-wal)?$/.test(name)).length).toBe(2);
    expect(existsSync(`${file}.restored`)).toBe(false);
  });
});

describe('a damaged log', () => {
  it('that lost something committed is kept, and the teacher told; the rest opens', async () => {
    const { folder, file } = await gradebookWithBackup();
    const live = openTestGradebook(file);
    live.importing.addAnswers('1', [{ question: 'first', skills: ['s1'], correct: 1 }]);
    const sound = readFileSync(`${file}-wal`).length;
    live.importing.addAnswers('1', [{ question: 'second', skills: ['s1'], correct: 1 }]);
    live.importing.addAnswers('1', [{ question: 'third', skills: ['s1'], correct: 1 }]);
    const elsewhere = path.join(temporaryFolder(), 'data');
    mkdirSync(elsewhere);
    const copy = path.join(elsewhere, 'gradebook.sqlite');
    const take = (change: (log: Buffer) => Buffer): void => {
      rmSync(elsewhere, { recursive: true });
      mkdirSync(elsewhere);
      copyFileSync(file, copy);
      writeFileSync(`${copy}-wal`, change(readFileSync(`${file}-wal`)));
    };
    const open = async (): Promise<{ notices: string[]; answers: number }> => {
      const test = startApplication({ folder: elsewhere });
      const { notices, gradebook, recovery } = await test.get('system.status', {});
      expect(recovery).toBeNull();
      await test.application.close();
      return { notices: notices.map(({ code }) => code), answers: gradebook.answers };
    };
    take((log) => log);
    expect(await open()).toEqual({ notices: [], answers: 4003 });
    // A page of the second answer's is not what was written.
    take((log) => {
      log[sound + 600]! ^= 0xff;
      return log;
    });
    expect(await open()).toEqual({ notices: ['damaged-log'], answers: 4001 });
    expect(
      readdirSync(elsewhere)
        .filter((name) => name.includes('damaged'))
        .map((name) => path.extname(name)),
    ).toEqual(['.sqlite', '.sqlite-wal']);
    // Cut off within a frame: its transaction was never committed.
    take((log) => log.subarray(0, log.length - 100));
    expect(await open()).toEqual({ notices: [], answers: 4002 });
    // Its beginning is not a log's.
    take((log) => Buffer.concat([Buffer.alloc(32, 9), log.subarray(32)]));
    expect((await open()).notices).toEqual(['damaged-log']);
    expect(folder).not.toBe(elsewhere);
  });
});

describe('backups from the app', () => {
  it('are listed, made, looked at and restored while it runs; what stood before is kept', async () => {
    const test = startApplication();
    expect(await test.get('backups.make', {})).toEqual({ backup: null, made: false });
    await test.importTexts({ 'roster.csv': ROSTER, 'answers.csv': many(60) });
    const before = await test.get('classes.overview', {});
    const { backup, made } = await test.get('backups.make', {});
    expect(made).toBe(true);
    expect(await test.get('backups.make', {})).toEqual({ backup, made: false });
    // The same number of answers under the same import numbers: nothing remembered may be taken for it.
    const [first] = (await test.get('imports.list', {})).imports;
    await test.finish((await test.get('imports.undo', { importId: first!.id })).jobId);
    await test
      .get('students.addAnswers', {
        studentId: '1',
        answers: Array.from({ length: 30 }, () => ({ question: '', skills: ['s1'], correct: 0 })),
      })
      .catch(() => undefined);
    const events: string[] = [];
    test.application.onEvent((event) => events.push(event.type));
    const preview = await test.get('backups.preview', { name: backup!.name });
    expect(preview.comeBack!.answers).toBe(60);
    const [restored, during] = await Promise.all([
      test.get('backups.restore', { name: backup!.name }),
      test.get('system.status', {}),
    ]);
    expect(during.recovery).toBeNull();
    expect(restored.keptAs).toMatch(/_restore_/);
    expect(events).toEqual(expect.arrayContaining(['gradebook.changed', 'model.changed']));
    expect(await test.get('classes.overview', {})).toEqual(before);
    expect((await test.get('backups.list', {})).backups.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['manual', 'restore']),
    );
    expect((await test.importTexts({ 'more.csv': 'student,given_name\n3,Cleo\n' })).job.state).toBe('done');
  });

  it('find a gradebook whose models’ files are not there: the starter speaks', async () => {
    const { folder, file } = await gradebookWithBackup();
    const book = openTestGradebook(file);
    book.gradebook.recordModel({ id: 'm', trainedAt: 1, learner: 'maml', folder: 'models/m', answers: 4000 });
    expect((await startApplication({ folder }).get('model.status', {})).model).toMatchObject({ kind: 'starter', id: null });
  });

  it('are not restored while something runs', async () => {
    const test = startApplication();
    await test.importTexts({ 'roster.csv': ROSTER });
    const { backup } = await test.get('backups.make', {});
    const { jobId } = await test.get('imports.commit', { fileIds: [test.stage('answers.csv', many(5000))] });
    await expect(test.get('backups.restore', { name: backup!.name })).rejects.toMatchObject({ code: 'work-runs' });
    expect((await test.finish(jobId)).job.state).toBe('done');
  });

  it('are made once a day, of what was checked in full', async () => {
    const { file } = await gradebookWithBackup();
    let now = Date.now() + 1000;
    const backups = createBackups({ gradebookFile: file, clock: () => now });
    await backups.makeDaily();
    expect(listBackups(file)).toHaveLength(1);
    now += DAILY_MS;
    await backups.makeDaily();
    // Nothing changed since.
    expect(listBackups(file)).toHaveLength(1);
    now += DAILY_MS;
    openTestGradebook(file).importing.addAnswers('1', [{ question: 'q', skills: ['s1'], correct: 1 }]);
    await backups.makeDaily();
    expect(listBackups(file)).toHaveLength(2);
    // An index that does not fit its table: the pages are sound, and a backup of it would be, too.
    const database = new Sqlite(file);
    database.unsafeMode();
    database.pragma('writable_schema = ON');
    database.exec("UPDATE sqlite_schema SET sql = replace(sql, 'question_id)', 'position)') WHERE name = 'answers_by_question'");
    database.close();
    now += DAILY_MS;
    await expect(backups.makeDaily()).rejects.toMatchObject({ code: 'damaged-gradebook' });
  });

  it('a backup before an import that cannot be written does not stop it, and is told', async () => {
    const test = startApplication();
    await test.importTexts({ 'roster.csv': ROSTER });
    rmSync(path.join(test.folder, 'backups'), { recursive: true, force: true });
    writeFileSync(path.join(test.folder, 'backups'), '');
    expect((await test.importTexts({ 'answers.csv': many(10) })).job.state).toBe('done');
    const { notices, gradebook } = await test.get('system.status', {});
    expect(notices).toMatchObject([{ code: 'backup-failed', detail: { folder: path.join(test.folder, 'backups') } }]);
    expect(gradebook.answers).toBe(10);
    await expect(test.get('backups.make', {})).rejects.toMatchObject({ code: 'backup-failed' });
  });
});

describe('a backup from another folder', () => {
  it('is checked, looked at and restored, also where the gradebook cannot be opened', async () => {
    const { folder, file, backup, content } = await gradebookWithBackup();
    const bytes = readFileSync(path.join(backupFolder(file), backup.name));
    rmSync(backupFolder(file), { recursive: true });
    truncateSync(file, 1000);
    const app = startApplication({ folder });
    const add = async (name: string, of: Uint8Array) =>
      app.application.call('backups.add', { fileId: app.application.stageFile(name, of).id });
    expect(await add('notes.sqlite', Buffer.from('no gradebook at all'))).toMatchObject({
      ok: false,
      error: { code: 'backup-damaged', detail: { name: 'notes.sqlite' } },
    });
    expect(await add('half.sqlite', bytes.subarray(0, bytes.length / 2))).toMatchObject({ error: { code: 'backup-damaged' } });
    expect(readdirSync(backupFolder(file))).toEqual([]);
    const added = await add('C:\\Users\\me\\old copy.sqlite', bytes);
    if (!added.ok) throw new Error(added.error.message);
    expect(added.data.backup).toMatchObject({ reason: 'added', bytes: expect.any(Number) });
    expect((await app.get('backups.list', {})).backups).toEqual([added.data.backup]);
    expect((await app.get('system.status', {})).recovery).not.toBeNull();
    const { name } = added.data.backup;
    expect(await app.get('backups.preview', { name })).toMatchObject({ now: null, holds: { students: 2, answers: 4000 } });
    await app.get('backups.restore', { name });
    expect((await app.get('system.status', {})).recovery).toBeNull();
    expect(wholeContent(file)).toBe(content);
    expect(readdirSync(backupFolder(file)).filter((each) => each.includes('partial'))).toEqual([]);
    // With a gradebook open, too.
    expect(await add('again.sqlite', bytes)).toMatchObject({ ok: true });
    await app.application.close();
  });
});
