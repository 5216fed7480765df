import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const entry = path.join(import.meta.dirname, '..', '..', 'src', 'cli', 'index.ts');
const folder = mkdtempSync(path.join(tmpdir(), 'pathlight-simulate-'));
const simulate = (...args: string[]) =>
  spawnSync(process.execPath, ['--no-deprecation', entry, 'simulate', ...args], {
    encoding: 'utf8',
    cwd: path.dirname(entry),
    env: { ...process.env, INIT_CWD: folder },
  });

describe('simulate', () => {
  it('measures planners on the same students and writes every figure', { timeout: 240_000 }, () => {
    const run = (file: string) =>
      simulate('--planner', 'pathlight,random,prerequisite-order', '--simulator', 'kss', '--steps', '10', '--worlds', '2', '--students', '6', '--logs', '60', '--seed', '4', '--json', file); // prettier-ignore
    const { status, stdout, stderr } = run('figures.json');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/kss: 2 worlds of 6 students.*10 steps\s+planner/s);
    const report = JSON.parse(readFileSync(path.join(folder, 'figures.json'), 'utf8'));
    expect(report).toMatchObject({ simulator: 'kss', worlds: 2, studentsOfAWorld: 6, seed: 4 });
    const figures = new Map(report.figures.map((each: { planner: string }) => [each.planner, each])) as Map<
      string,
      { delta: { value: number; low: number; high: number }; students: number; unsaidUnreadySteps: number }
    >;
    expect([...figures.keys()]).toEqual(['pathlight', 'random', 'prerequisite-order']);
    for (const { delta, students } of figures.values()) {
      expect(students).toBe(12);
      expect(delta.low).toBeLessThanOrEqual(delta.value);
      expect(delta.high).toBeGreaterThanOrEqual(delta.value);
    }
    const [ours, chance] = [figures.get('pathlight')!, figures.get('random')!];
    expect(ours.delta.value).toBeGreaterThan(chance.delta.value + 0.1);
    expect(run('again.json').status).toBe(0);
    expect(readFileSync(path.join(folder, 'again.json'), 'utf8')).toBe(readFileSync(path.join(folder, 'figures.json'), 'utf8'));
  });

  it('refuses names that it does not know, saying which there are', () => {
    const planner = simulate('--planner', 'best', '--simulator', 'kss');
    expect(planner.status).toBe(1);
    expect(planner.stderr).toContain('Choose of: pathlight');
    const simulator = simulate('--simulator', 'life');
    expect(simulator.status).toBe(1);
    expect(simulator.stderr).toContain('There is no simulator "life"');
  });
});
