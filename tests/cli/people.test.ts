import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';

const entry = path.join(import.meta.dirname, '..', '..', 'src', 'cli', 'index.ts');
const commandLine =
  (folder: string) =>
  (...args: string[]) =>
    spawnSync(process.execPath, ['--no-deprecation', entry, ...args], {
      encoding: 'utf8',
      env: { ...process.env, INIT_CWD: folder },
    });

it('students are typed in, listed, written about and taken back', () => {
  const pathlight = commandLine(temporaryFolder());
  const added = JSON.parse(
    pathlight('students', '--data', 'b', '--class', '7C', '--add', 'Mia Berg', '--add', '陈安然', '--json').stdout,
  );
  expect(added.students).toHaveLength(2);
  expect(pathlight('students', '--data', 'b').stdout.split('\n').filter(Boolean).toSorted()).toEqual(
    [`${added.students[0]}  Mia Berg  7C`, `${added.students[1]}  陈安然  7C`].toSorted(),
  );
  const [mia] = added.students as string[];
  const notes = (...args: string[]) => pathlight('notes', '--data', 'b', '--student', mia!, ...args);
  const [note] = JSON.parse(notes('--add', ' Was ill ', '--json').stdout);
  expect(note.text).toBe('Was ill');
  expect(notes('--delete', note.id).stdout).toBe('');
  expect(notes('--restore', note.id).stdout).toContain('Was ill');
  expect(notes('--delete', 'nothing').status).toBe(1);
  expect(pathlight('notes', '--data', 'b', '--student', 'nobody').stderr).toContain('There is no student "nobody"');
  expect(pathlight('undo', '--data', 'b', '--import', added.importId).status).toBe(0);
  // Of whom there is a note stays.
  expect(pathlight('students', '--data', 'b').stdout).toBe(`${mia}  Mia Berg  7C\n`);
}, 60_000);

it('the model card is printed in both languages, and written as the page that the screen prints', () => {
  const folder = temporaryFolder();
  const pathlight = commandLine(folder);
  const text = pathlight('models', 'card', '--data', 'b').stdout;
  expect(text).toMatch(/^Model card\nWhat the forecasts and plans of Pathlight rest on here/);
  expect(text).toContain('- Grades, certificates or placement: a forecast is no achievement.');
  expect(text).toContain('It has seen no real student');
  expect(pathlight('models', 'card', '--data', 'b', '--language', 'zh', '--out', 'card.html', '--paper', 'letter').stderr).toBe(
    '',
  );
  const html = readFileSync(path.join(folder, 'card.html'), 'utf8');
  expect(html).toContain('lang="zh-CN"');
  expect(html).toContain('size: letter');
  expect(html).toMatch(/<h1>[^<]*\p{Script=Han}+/u);
  expect(pathlight('models', 'card', 'nothing', '--data', 'b').status).toBe(1);
}, 60_000);
