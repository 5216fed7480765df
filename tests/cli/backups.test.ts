import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BackupPreview, BackupRecord } from '../../src/shared/contract/backups.ts';
import { startApplication } from '../support/application.ts';
import { wholeContent } from '../support/content.ts';
import { temporaryFolder } from '../support/folders.ts';

const entry = path.join(import.meta.dirname, '..', '..', 'src', 'cli', 'index.ts');

function commandLine(folder: string) {
  const pathlight = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--no-deprecation', entry, ...args], {
      encoding: 'utf8',
      env: { ...process.env, INIT_CWD: folder },
    });
    return { status, stdout, stderr };
  };
  const json = (...args: string[]): unknown => {
    const { status, stdout, stderr } = pathlight(...args, '--json');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    return JSON.parse(stdout);
  };
  return { pathlight, json };
}

describe('backup and restore on the command line', () => {
  it('make, list, preview and restore, and say so in words and in JSON', () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'data', 'gradebook.sqlite');
    const { pathlight, json } = commandLine(folder);
    expect(pathlight('backup', '--data', 'data')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/no gradebook in data/),
    });
    writeFileSync(path.join(folder, 'r.csv'), 'student,given_name\n1,Ana\n');
    writeFileSync(path.join(folder, 'a.csv'), 'student,order,item,skill,correct\n1,0,q,s,1\n');
    pathlight('import', 'r.csv', '--data', 'data');
    const { made, backup } = json('backup', '--data', 'data') as { made: boolean; backup: BackupRecord };
    expect({ made, reason: backup.reason }).toEqual({ made: true, reason: 'manual' });
    expect(pathlight('backup', '--data', 'data').stdout).toContain(`Nothing has changed since ${backup.name}`);
    const then = wholeContent(file);
    // The newest backup holds the same already, so the import needs none of its own.
    pathlight('import', 'a.csv', '--data', 'data');
    expect(json('backup', '--data', 'data', '--list')).toEqual({ backups: [backup] });
    expect(pathlight('restore', '--data', 'data', '--list').stdout).toMatch(/manual +0\.\d MB {2}gradebook_/);

    const preview = json('restore', '--data', 'data', '--newest', '--preview') as BackupPreview;
    expect(preview).toMatchObject({ holds: { students: 1, answers: 0 }, lost: { answers: 1, imports: 1 } });
    expect(pathlight('restore', backup.name, '--data', 'data', '--preview').stdout).toMatch(/takes away the import of a\.csv/);
    const restored = json('restore', backup.name, '--data', 'data') as { restored: string; keptAs: string };
    expect(restored).toMatchObject({ restored: backup.name, keptAs: expect.stringContaining('_restore_') });
    expect(wholeContent(file)).toBe(then);
    expect(pathlight('restore', '--data', 'data')).toMatchObject({ status: 2, stderr: expect.stringMatching(/--newest/) });
    expect(pathlight('restore', 'nothing', '--data', 'data')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/no backup named/),
    });
    expect(existsSync(path.join(folder, 'data', 'app.lock'))).toBe(false);
  });

  it('name the command where the gradebook is damaged, and it works', () => {
    const folder = temporaryFolder();
    const data = path.join(folder, 'my data');
    const file = path.join(data, 'gradebook.sqlite');
    const { pathlight } = commandLine(folder);
    writeFileSync(path.join(folder, 'r.csv'), 'student,given_name\n1,Ana\n');
    pathlight('import', 'r.csv', '--data', 'my data');
    pathlight('backup', '--data', 'my data');
    const then = wholeContent(file);
    truncateSync(file, readFileSync(file).length - 8192);
    const { status, stderr } = pathlight('status', '--data', 'my data');
    expect(status).toBe(1);
    expect(stderr).toContain('is damaged and cannot be opened');
    const command = /run: pathlight (restore --data "my data" --newest)/.exec(stderr)![1]!;
    const { stdout } = pathlight(...command.match(/"[^"]*"|\S+/g)!.map((word) => word.replaceAll('"', '')));
    expect(stdout).toMatch(/Restored .*\n.*kept as gradebook\.damaged-/);
    expect(wholeContent(file)).toBe(then);
    expect(readdirSync(data).some((name) => name.startsWith('gradebook.damaged-'))).toBe(true);
  });

  it('leave a gradebook alone that an app has open, as does a second app; reading and importing go on beside it', async () => {
    const test = startApplication();
    await test.importTexts({ 'r.csv': 'student,given_name\n1,Ana\n' });
    const { pathlight } = commandLine(test.folder);
    expect(pathlight('backup', '--data', test.folder).status).toBe(0);
    expect(pathlight('restore', '--newest', '--data', test.folder)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^Another Pathlight .* has .* open/),
    });
    // A second app, whichever window it would have: the process that runs the tests lives, and is not this one.
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'app.lock'), String(process.ppid));
    expect(() => startApplication({ folder })).toThrow(expect.objectContaining({ code: 'folder-in-use' }));
    expect(pathlight('status', '--data', test.folder)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^1 student/) });
  });
});
