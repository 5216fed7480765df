import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { canvasGradebook, TWELVE } from '../support/canvas.ts';
import { temporaryFolder } from '../support/folders.ts';

it('lists, proposes, gives skills, takes an assignment out and takes everything back', () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'canvas.csv');
  const data = path.join(folder, 'data');
  writeFileSync(file, canvasGradebook(5, TWELVE));
  const cli = (...words: string[]): string =>
    execFileSync(process.execPath, [path.join(import.meta.dirname, '../../src/cli/index.ts'), ...words, '--data', data], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  cli('import', file);
  const open = () => cli('questions', '--without-skill').trim().split('\n');
  expect(open()).toHaveLength(12);
  expect(cli('suggest')).toMatch(/^1\. Ratios: 3 titles begin with it; it would be a new skill\n {3}Ratios quiz\n/);
  expect(cli('suggest', '--accept', '1')).toMatch(/4 values changed/);
  expect(cli('rule', '--text', 'percent', '--skills', 'Percent')).toMatch(/^Would give skills to 2; 0 more fit/);
  expect(open()).toHaveLength(9);
  cli('rule', '--text', 'percent', '--skills', 'Percent', '--apply');
  cli('assign', 'unit RATES quiz', '--skills', 'Ratios,Unit rates');
  expect(open()).toHaveLength(6);
  const { import: voided } = JSON.parse(cli('count', 'Ratios test', '--void', '--note', 'wrong key', '--json')) as {
    import: string;
  };
  const ratios = () =>
    cli('questions')
      .split('\n')
      .find((line) => line.includes('Ratios test'));
  expect(ratios()).toMatch(/taken out$/);
  cli('undo', '--import', voided);
  expect(ratios()).not.toMatch(/taken out/);
  cli('map', '--out', path.join(folder, 'map.csv'));
  expect(readFileSync(path.join(folder, 'map.csv'), 'utf8')).toContain('Unit rates,Unit rates,');
  expect(() => cli('count', 'Nowhere', '--void')).toThrow(/No question or assignment is called "Nowhere"/);
  expect(() => cli('count', 'Ratios test', '--weight', '9')).toThrow(/from 0.25 to 4/);
});

it('says what a starter map would bring, brings it and takes it back', () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'map.csv');
  writeFileSync(file, 'skill,name,prerequisite\nr,Ratios,\n');
  const cli = (...words: string[]): string =>
    execFileSync(
      process.execPath,
      [path.join(import.meta.dirname, '../../src/cli/index.ts'), ...words, '--data', path.join(folder, 'data')],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    );
  cli('import', file);
  expect(cli('starter-map')).toMatch(/^Would add \d+ skills and \d+ prerequisites\. Add --apply/);
  const effect = JSON.parse(cli('starter-map', '--json')) as {
    scope: string;
    fresh: string[];
    links: unknown[];
    matched: unknown;
  };
  expect(effect).toMatchObject({ scope: 'part', matched: [{ name: 'Ratios', own: { id: 'r', name: 'Ratios' } }] });
  const { import: taken, changed } = JSON.parse(cli('starter-map', '--apply', '--json')) as { import: string; changed: number };
  expect(changed).toBe(effect.fresh.length + effect.links.length);
  expect(cli('starter-map')).toMatch(/^Would add 0 skills and 0 prerequisites/);
  cli('undo', '--import', taken);
  expect((JSON.parse(cli('starter-map', '--json')) as { fresh: string[] }).fresh).toEqual(effect.fresh);
});
