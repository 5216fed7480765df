import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { canvasGradebook, TWELVE } from '../support/canvas.ts';
import { temporaryFolder } from '../support/folders.ts';

const entry = path.join(import.meta.dirname, '..', '..', 'src', 'cli', 'index.ts');

interface Step {
  readonly skill: string;
  readonly forecast: { readonly value: number; readonly standardError: number };
}

it('one Canvas gradebook and nothing else gives every student a path that says how little it knows', () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'grades.csv'), canvasGradebook(28, TWELVE));
  const pathlight = (...args: string[]) =>
    spawnSync(process.execPath, ['--no-deprecation', entry, ...args], {
      encoding: 'utf8',
      env: { ...process.env, INIT_CWD: folder },
    });
  const imported = pathlight('import', '--data', 'book', 'grades.csv', '--json');
  expect(imported.stderr).toBe('');
  const { files, gradebook } = JSON.parse(imported.stdout);
  expect(files[0]).toMatchObject({ format: 'canvas-gradebook', students: 28, refused: [] });
  expect(gradebook.marks).toBeGreaterThan(300);
  expect(pathlight('plan', '--data', 'book', '--all', '--out', 'plans.json').stderr).toBe('');
  const plans = JSON.parse(readFileSync(path.join(folder, 'plans.json'), 'utf8')) as { student: string; steps: Step[] }[];
  expect(plans.map(({ student }) => student).sort()).toEqual(
    Array.from({ length: 28 }, (_, student) => `S-${100 + student}`).sort(),
  );
  const titles = new Set(TWELVE.map(([title]) => title));
  for (const { steps } of plans) {
    expect(steps.length).toBeGreaterThanOrEqual(3);
    for (const { skill, forecast } of steps) {
      expect(titles).toContain(skill);
      // Twelve marks tell something, and far from everything.
      expect(forecast.standardError).toBeGreaterThan(0.03);
      expect(forecast.standardError).toBeLessThan(0.3);
    }
  }
  const level = (student: string): number => plans.find((plan) => plan.student === student)!.steps[0]!.forecast.value;
  expect(level('S-127')).toBeGreaterThan(level('S-100') + 0.1);
  // Marks are spoken of as marks, in every kind of file.
  expect(pathlight('plan', '--data', 'book', '--student', 'S-100', '--out', 'one.csv', '--format', 'csv').status).toBe(0);
  const csv = readFileSync(path.join(folder, 'one.csv'), 'utf8');
  expect(csv).toMatch(/scored \d+% on 1 assignment/);
  expect(csv).not.toMatch(/answers right/);
  expect(pathlight('plan', '--data', 'book', '--student', 'S-100', '--out', 'one.html', '--format', 'html').status).toBe(0);
  expect(readFileSync(path.join(folder, 'one.html'), 'utf8')).toMatch(/Rests on 1[012] marks/);
  // The file alone is enough, too.
  expect(pathlight('plan', '--responses', 'grades.csv', '--all', '--out', 'direct.json').status).toBe(0);
  const direct = JSON.parse(readFileSync(path.join(folder, 'direct.json'), 'utf8')) as { student: string; steps: Step[] }[];
  expect(direct.map(({ student }) => student).sort()).toEqual(plans.map(({ student }) => student).sort());
  expect(direct.every(({ steps }) => steps.length >= 3)).toBe(true);
}, 60_000);
