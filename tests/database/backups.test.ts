import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backupFolder, backupName, listBackups, parseBackupName } from '../../src/main/database/backups/backup-files.ts';
import { previewBackup } from '../../src/main/database/backups/preview-backup.ts';
import { restoreBackup } from '../../src/main/database/backups/restore-backup.ts';
import { outlived, RETENTION } from '../../src/main/database/backups/retention.ts';
import { backUpChanges, verifyBackup, writeBackup } from '../../src/main/database/backups/write-backup.ts';
import { migrate, MIGRATIONS } from '../../src/main/database/migrate.ts';
import { openDatabase } from '../../src/main/database/open.ts';
import type { BackupRecord, BackupReason } from '../../src/shared/contract/backups.ts';
import { wholeContent } from '../support/content.ts';
import { temporaryFolder } from '../support/folders.ts';
import { openTestGradebook, staged } from '../support/gradebook.ts';
import { otherModel } from '../support/other-model.ts';

const DAY = 86_400_000;
const AT = Date.UTC(2026, 10, 24, 18, 5, 9, 42);
const ROSTER = 'student,given_name,class\n1,Ana,6A\n2,Ben,6A\n';
const answers = (skill: string, correct: number): string =>
  `student,order,item,skill,correct\n1,0,q1,${skill},${correct}\n2,0,q1,${skill},1\n`;

async function filled() {
  const book = openTestGradebook();
  await book.importing.commit(staged({ 'roster.csv': ROSTER }), {});
  const database = openDatabase(book.file);
  onTestFinished(() => void database.close());
  return { ...book, database, folder: backupFolder(book.file) };
}

describe('a backup', () => {
  it('says by its name when, why and of which schema it is', () => {
    const name = backupName('/data/gradebook.sqlite', AT, 'import', 2);
    expect(name).toBe('gradebook_2026-11-24T18-05-09-042Z_import_schema-2.sqlite');
    expect(parseBackupName('/data/gradebook.sqlite', name)).toEqual({ name, at: AT, reason: 'import', schema: 2 });
    for (const other of [
      `${name}.partial-17`,
      name.replace('import', 'whim'),
      name.replace('11-24', '13-54'),
      `x${name}`,
      'notes.txt',
    ])
      expect(parseBackupName('/data/gradebook.sqlite', other), other).toBeUndefined();
  });

  it('holds exactly what the gradebook holds, in one file, and verifies', async () => {
    const { file, database, folder } = await filled();
    const backup = writeBackup(database, { gradebookFile: file, reason: 'manual', at: AT });
    expect(readdirSync(folder)).toEqual([backup.name]);
    expect(wholeContent(path.join(folder, backup.name))).toBe(wholeContent(file));
    expect(() => verifyBackup(path.join(folder, backup.name), true)).not.toThrow();
    expect(listBackups(file)).toEqual([backup]);
    // Looking at it leaves nothing beside it.
    expect(readdirSync(folder)).toEqual([backup.name]);
  });

  it('that fails half-way counts for nothing and leaves nothing behind', async () => {
    const { file, database, folder } = await filled();
    const half = (code: string) => (_: unknown, target: string) => {
      writeFileSync(target, readFileSync(file).subarray(0, 5000));
      if (code !== '') throw Object.assign(new Error('database or disk is full'), { code });
    };
    const write = (code: string) => () =>
      writeBackup(database, { gradebookFile: file, reason: 'manual', at: AT, copy: half(code) });
    expect(write('SQLITE_FULL')).toThrow(expect.objectContaining({ code: 'backup-no-room' }));
    expect(write('ENOSPC')).toThrow(expect.objectContaining({ code: 'backup-no-room' }));
    expect(write('SQLITE_READONLY')).toThrow(expect.objectContaining({ code: 'backup-read-only' }));
    // Nobody complained, and yet it is not whole.
    expect(write('')).toThrow(expect.objectContaining({ code: 'backup-failed', message: expect.stringContaining('damaged') }));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('cannot be written where a file stands in the folder’s place, which is said', async () => {
    const { file, database, folder } = await filled();
    rmSync(folder, { recursive: true, force: true });
    writeFileSync(folder, '');
    expect(listBackups(file)).toEqual([]);
    expect(() => writeBackup(database, { gradebookFile: file, reason: 'daily', at: AT })).toThrow(
      expect.objectContaining({ code: 'backup-failed', message: expect.stringContaining(folder) }),
    );
  });

  it('takes away what a killed process left, and not what a living one is writing', async () => {
    const { file, database, folder } = await filled();
    mkdirSync(folder, { recursive: true });
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(path.join(folder, `x.partial-${dead}`), '');
    writeFileSync(path.join(folder, `x.partial-${dead}-journal`), '');
    writeFileSync(path.join(folder, `y.partial-${process.pid}`), '');
    writeBackup(database, { gradebookFile: file, reason: 'daily', at: AT });
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([`y.partial-${process.pid}`]);
  });

  it('is not written twice of the same content, nor of an empty gradebook', async () => {
    const empty = openDatabase(path.join(temporaryFolder(), 'gradebook.sqlite'));
    onTestFinished(() => void empty.close());
    expect(backUpChanges(empty, { gradebookFile: empty.name, reason: 'daily', at: AT })).toBeUndefined();
    const { file, database, importing, gradebook } = await filled();
    const again = (at: number) => backUpChanges(database, { gradebookFile: file, reason: 'daily', at })?.at;
    expect(again(AT)).toBe(AT);
    expect(again(AT + 1)).toBeUndefined();
    gradebook.recordModel({ id: 'm', trainedAt: 1, learner: 'maml', folder: 'models/m', answers: 0 });
    expect(again(AT + 2)).toBe(AT + 2);
    expect(again(AT + 3)).toBeUndefined();
    importing.addAnswers('1', [{ question: 'q', skills: ['s'], correct: 1 }]);
    expect(again(AT + 4)).toBe(AT + 4);
  });

  it('is made before an import into a gradebook that holds something, and before a migration', async () => {
    const { file, importing, folder } = await filled();
    const before = wholeContent(file);
    expect(listBackups(file)).toEqual([]);
    await importing.commit(staged({ 'a.csv': answers('s', 1) }), {});
    const [backup] = listBackups(file);
    expect(backup!.reason).toBe('import');
    expect(wholeContent(path.join(folder, backup!.name))).toBe(before);

    const old = path.join(temporaryFolder(), 'gradebook.sqlite');
    const first = new Sqlite(old);
    migrate(first, old, () => undefined, MIGRATIONS.slice(0, 1));
    first.close();
    openDatabase(old, () => AT).close();
    expect(listBackups(old)).toMatchObject([{ reason: 'migration', schema: 1, at: AT }]);
  });

  it('that cannot be written stops a migration and not an import', async () => {
    const { file, importing, folder } = await filled();
    rmSync(folder, { recursive: true, force: true });
    writeFileSync(folder, '');
    await importing.commit(staged({ 'a.csv': answers('s', 1) }), {});
    expect(importing.list()).toHaveLength(2);

    const old = path.join(path.dirname(file), 'old.sqlite');
    const first = new Sqlite(old);
    migrate(first, old, () => undefined, MIGRATIONS.slice(0, 1));
    first.close();
    expect(() => openDatabase(old)).toThrow(expect.objectContaining({ code: 'backup-failed' }));
    const still = new Sqlite(old, { readonly: true });
    expect(still.pragma('user_version', { simple: true })).toBe(1);
    still.close();
  });
});

describe('how long backups stay', () => {
  const record = (at: number, reason: BackupReason = 'daily', bytes = 1_000_000): BackupRecord => ({
    name: `${at} ${reason}`,
    at,
    reason,
    schema: 2,
    bytes,
  });
  const left = (backups: BackupRecord[], now: number): BackupRecord[] => {
    const newestFirst = backups.toSorted((a, b) => b.at - a.at);
    const gone = outlived(newestFirst, now);
    return newestFirst.filter(({ name }) => !gone.includes(name));
  };

  it('two years of school days leave a few dozen, no older than a year', () => {
    let backups: BackupRecord[] = [];
    for (let day = 0; day < 730; day++) {
      for (const hour of [8, 10, 12]) {
        const now = AT + day * DAY + hour * 3_600_000;
        backups = left([...backups, record(now, hour === 8 ? 'daily' : 'import')], now);
      }
    }
    const now = backups[0]!.at;
    const within = (days: number) => backups.filter(({ at }) => now - at < days * DAY).length;
    expect(within(2)).toBe(6);
    expect(within(14)).toBeGreaterThanOrEqual(17);
    expect(within(56)).toBeGreaterThanOrEqual(23);
    expect(within(366)).toBe(backups.length);
    expect(now - backups.at(-1)!.at).toBeGreaterThan(300 * DAY);
    expect(backups.length).toBeLessThan(45);
  });

  it('the newest three stay whatever their age, and many or large ones of one day are thinned', () => {
    const old = [record(AT - 5000 * DAY), record(AT - 4000 * DAY), record(AT - 3000 * DAY), record(AT - 6000 * DAY)];
    expect(left(old, AT)).toHaveLength(RETENTION.always);
    const many = Array.from({ length: 100 }, (_, index) => record(AT - index * 60_000, 'import'));
    expect(left(many, AT)).toHaveLength(RETENTION.recent.count);
    const large = Array.from({ length: 20 }, (_, index) => record(AT - index * 60_000, 'import', 500_000_000));
    expect(left(large, AT)).toHaveLength(4);
  });

  it('what was made before a migration or a restore, or by hand, stays a year', () => {
    const special = (['migration', 'restore', 'manual'] as const).map((reason, index) =>
      record(AT - (300 + index) * DAY, reason),
    );
    const usual = Array.from({ length: 200 }, (_, index) => record(AT - index * DAY));
    expect(left([...special, ...usual], AT)).toEqual(expect.arrayContaining(special));
    expect(left([...special, ...usual], AT + 70 * DAY)).not.toEqual(expect.arrayContaining([special[0]]));
  });
});

describe('the model that was in use', () => {
  const files = (folder: string) =>
    ['model.json', 'weights.bin'].map((name) => readFileSync(path.join(folder, name)).toString('hex'));

  it('comes back with a restore, also where its files are gone or damaged, and the gradebook is one like any other', async () => {
    const { file, database, gradebook, folder } = await filled();
    const place = otherModel(0.3, path.join(path.dirname(file), 'models', 'm'));
    const before = files(place);
    gradebook.recordModel({ id: 'm', trainedAt: 7, learner: 'maml', folder: 'models/m', answers: 2 });
    const { name } = writeBackup(database, { gradebookFile: file, reason: 'manual', at: AT });
    expect((await previewBackup(file, name, file)).model).toEqual({ trainedAt: 7, inBackup: true, here: true });
    rmSync(place, { recursive: true });
    expect((await previewBackup(file, name, undefined)).model).toEqual({ trainedAt: 7, inBackup: true, here: false });
    await restoreBackup(file, name, AT + 1000);
    expect(files(place)).toEqual(before);
    expect(readdirSync(place).toSorted()).toEqual(['model.json', 'weights.bin']);
    writeFileSync(path.join(place, 'weights.bin'), 'x');
    // A damaged one is not kept, for it would come back damaged.
    const later = writeBackup(database, { gradebookFile: file, reason: 'manual', at: AT + 2000 });
    expect((await previewBackup(file, later.name, file)).model).toEqual({ trainedAt: 7, inBackup: false, here: false });
    await restoreBackup(file, name, AT + 3000);
    expect(files(place)).toEqual(before);
    expect(database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'carried_models'").get()).toBeUndefined();
    expect(readdirSync(folder).filter((each) => each.includes('partial'))).toEqual([]);
  });

  it('is the built-in one where none was trained; and nothing is written outside of the models’ folder', async () => {
    const { file, database, folder } = await filled();
    const { name } = writeBackup(database, { gradebookFile: file, reason: 'manual', at: AT });
    expect((await previewBackup(file, name, file)).model).toBeNull();
    const foreign = new Sqlite(path.join(folder, name));
    foreign.exec('CREATE TABLE carried_models (folder TEXT, name TEXT, content BLOB)');
    const insert = foreign.prepare('INSERT INTO carried_models VALUES (?, ?, ?)');
    for (const [where, what] of [
      ['..', 'model.json'],
      ['models/../../x', 'model.json'],
      ['models/..', 'model.json'],
      ['models/x', '../evil.sh'],
    ])
      // prettier-ignore
      insert.run(where, what, Buffer.from('x'));
    foreign.close();
    await restoreBackup(file, name, AT + 1000);
    expect(readdirSync(path.dirname(file)).filter((each) => !each.startsWith('gradebook.sqlite'))).toEqual(['backups']);
    expect(existsSync(path.join(path.dirname(file), '..', 'model.json'))).toBe(false);
  });
});

describe('restoring', () => {
  it('previews what is lost and what comes back, and then does exactly that', async () => {
    const { file, database, importing, gradebook, folder } = await filled();
    await importing.commit(staged({ 'a.csv': answers('s', 0) }), {});
    const backup = writeBackup(database, { gradebookFile: file, reason: 'manual', at: AT });
    const then = wholeContent(file);
    const [typed] = importing.list();
    await importing.undo(typed!.id, {});
    await importing.commit(staged({ 'b.csv': answers('t', 1), 'r.csv': 'student,given_name,class\n3,Cleo,6B\n' }), {});
    const now = wholeContent(file);

    const preview = await previewBackup(file, backup.name, file);
    expect(preview).toMatchObject({
      holds: { classes: 1, students: 2, answers: 2, marks: 0, imports: 2, models: 0 },
      now: { classes: 2, students: 3, answers: 2, imports: 3 },
      lost: { classes: 1, students: 1, answers: 2, imports: 2 },
      comeBack: { classes: 0, students: 0, answers: 2, imports: 1 },
    });
    expect(preview.lostImports.map((each) => each.file).toSorted()).toEqual(['b.csv', 'r.csv']);
    expect(wholeContent(file)).toBe(now);

    const version = gradebook.read.dataVersion();
    const kept = await restoreBackup(file, backup.name, AT + 1000);
    expect(wholeContent(file)).toBe(then);
    expect(wholeContent(path.join(folder, kept!))).toBe(now);
    // Connections that were open go on, and see that everything may have changed.
    expect(gradebook.read.dataVersion()).toBeGreaterThan(version);
    expect(gradebook.read.students(null).map(({ id }) => id)).toEqual(['1', '2']);
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);

    // There and back again.
    await restoreBackup(file, kept!, AT + 2000);
    expect(wholeContent(file)).toBe(now);
  });

  it('waits for whoever is writing, and brings an old backup to the newest schema', async () => {
    const { file, database, folder } = await filled();
    const old = path.join(folder, backupName(file, AT, 'migration', 1));
    mkdirSync(folder, { recursive: true });
    const first = new Sqlite(old);
    migrate(first, old, () => undefined, MIGRATIONS.slice(0, 1));
    first.exec(`INSERT INTO imports VALUES (1, 'i1', 'a.csv', 'h', 'pathlight-responses', 'UTF-8', 'comma', 1, 0, 0, 0, '[]', 1, NULL);
      INSERT INTO students (id, code, given_name, import_number) VALUES (1, 'x', 'Xenia', 1);`);
    first.close();
    const bytes = readFileSync(old);
    expect(await previewBackup(file, path.basename(old), file)).toMatchObject({ holds: { students: 1 }, lost: { students: 2 } });
    database.exec("BEGIN IMMEDIATE; UPDATE students SET given_name = 'Anna' WHERE code = '1'");
    const restored = restoreBackup(file, path.basename(old), AT + 1);
    setImmediate(() => setImmediate(() => database.exec('COMMIT')));
    const kept = await restored;
    expect(database.prepare('SELECT code FROM students').pluck().all()).toEqual(['x']);
    expect(database.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
    expect(kept).not.toBeNull();
    expect(readFileSync(old).equals(bytes)).toBe(true);
  });

  it('refuses a backup that is damaged, unknown, or of a newer Pathlight, and changes nothing', async () => {
    const { file, database, folder } = await filled();
    const backup = writeBackup(database, { gradebookFile: file, reason: 'manual', at: AT });
    const before = wholeContent(file);
    const bytes = readFileSync(path.join(folder, backup.name));
    const tryWith = (content: Buffer) => {
      writeFileSync(path.join(folder, backup.name), content);
      return restoreBackup(file, backup.name, AT + 1);
    };
    const damaged = expect.objectContaining({ code: 'backup-damaged' });
    await expect(tryWith(Buffer.alloc(0))).rejects.toThrow(damaged);
    await expect(tryWith(Buffer.alloc(9000, 7))).rejects.toThrow(damaged);
    await expect(tryWith(bytes.subarray(0, bytes.length - 4096 * 3))).rejects.toThrow(damaged);
    await expect(tryWith(Buffer.concat([bytes.subarray(0, 8192), Buffer.alloc(bytes.length - 8192)]))).rejects.toThrow(damaged);
    const newer = Buffer.from(bytes);
    newer.writeUInt32BE(99, 60);
    await expect(tryWith(newer)).rejects.toThrow(expect.objectContaining({ code: 'newer-schema' }));
    await expect(restoreBackup(file, '../gradebook.sqlite', AT)).rejects.toThrow(
      expect.objectContaining({ code: 'no-such-backup' }),
    );
    expect(wholeContent(file)).toBe(before);
    expect(existsSync(`${file}.restored`)).toBe(false);
  });
});
