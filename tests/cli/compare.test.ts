import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { stringify } from '../../src/main/services/csv.ts';
import { simulatedClass } from '../support/courses.ts';

const entry = path.join(import.meta.dirname, '..', '..', 'src', 'cli', 'index.ts');
const folder = mkdtempSync(path.join(tmpdir(), 'pathlight-compare-'));
const env = { ...process.env, INIT_CWD: folder, TF_CPP_MIN_LOG_LEVEL: '3' };
const compare = (...args: string[]) =>
  spawnSync(
    process.execPath,
    ['--no-deprecation', entry, 'compare', '--responses', 'train.csv', '--validation', 'validation.csv', ...args],
    { encoding: 'utf8', cwd: path.dirname(entry), env },
  );
const json = (name: string) => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));

beforeAll(() => {
  const { sequences } = simulatedClass(44, 8, 34);
  const write = (name: string, students: typeof sequences) =>
    writeFileSync(
      path.join(folder, name),
      stringify([
        ['student', 'order', 'item', 'skill', 'correct'],
        ...students.flatMap(({ student, responses }) =>
          responses.map((each) => [student, String(each.order), each.question, each.skills.join('~'), String(each.correct)]),
        ),
      ]),
    );
  write('train.csv', sequences.slice(0, 30));
  write('validation.csv', sequences.slice(30));
});

describe('compare', () => {
  it('judges learners and baselines in one table', { timeout: 300_000 }, () => {
    const { status, stdout, stderr } = compare(
      '--learners',
      'fomaml',
      '--baselines',
      'question-mean,irt',
      '--after',
      '0,5',
      '--json',
      'compared.json',
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
    for (const name of ['fomaml-phi', 'fomaml-network', 'question-mean', 'irt']) expect(stdout).toContain(`  ${name} `);
    const result = json('compared.json');
    expect(result).toMatchObject({ seed: 1, pastStudents: 30, validationStudents: 14, blocks: 1, replicates: 2000 });
    expect(['question-mean', 'irt']).toContain(result.bestPeer);
    expect(result.asked.map((each: { window: string; after: number }) => `${each.window} ${each.after}`)).toEqual([
      'fixed 0',
      'next 0',
      'fixed 5',
      'next 5',
    ]);
    for (const model of result.models) {
      expect(Object.keys(model)).toEqual([
        'model',
        'kind',
        'seconds',
        'trainedShare',
        'composition',
        'points',
        'means',
        'groups',
      ]);
      for (const point of model.points) {
        expect(point.auc).toBeGreaterThan(0.3);
        expect(point.auc).toBeLessThan(1);
        expect(point.difference === null).toBe(model.model === result.bestPeer);
      }
      const mean = (model.points[0].auc + model.points[2].auc) / 2;
      expect(model.means[0].auc).toBeCloseTo(mean, 12);
    }
  });

  it('takes the mean over blocks of past students, the same for the same seed', { timeout: 120_000 }, () => {
    const args = ['--learners', 'none', '--baselines', 'irt,pfa', '--after', '5', '--past-students', '15', '--blocks', '2'];
    expect(compare(...args, '--json', 'blocks.json').status).toBe(0);
    expect(compare(...args, '--json', 'again.json').status).toBe(0);
    const timeless = (name: string) => ({
      ...json(name),
      models: json(name).models.map((model: object) => ({ ...model, seconds: 0 })),
    });
    expect(timeless('again.json')).toEqual(timeless('blocks.json'));
    expect(json('blocks.json')).toMatchObject({ pastStudents: 15, blocks: 2 });
    expect(compare(...args.slice(0, 6), '--past-students', '15', '--json', 'first.json').status).toBe(0);
    expect(json('first.json').models[0].points[0].auc).not.toBe(json('blocks.json').models[0].points[0].auc);
  });

  it('stops when it is told to, with a reason', { timeout: 60_000 }, async () => {
    const child = spawn(
      process.execPath,
      ['--no-deprecation', entry, 'compare', '--responses', 'train.csv', '--validation', 'validation.csv'],
      { cwd: path.dirname(entry), env },
    );
    let words = '';
    child.stderr.on('data', (data: Buffer) => (words += data.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    setTimeout(() => child.kill('SIGINT'), 10_000);
    expect(await ended).toBe(1);
    expect(words).toMatch(/Stopped as you asked/);
  });

  it('refuses what it cannot judge', { timeout: 60_000 }, () => {
    for (const [args, words, code] of [
      [['--learners', 'wizard'], /no learner "wizard"/, 1],
      [['--baselines', 'oracle'], /no baseline "oracle"/, 1],
      [['--student-models', 'brain'], /no student model "brain"/, 1],
      [['--learners', 'none', '--baselines', 'none'], /[Nn]othing is left/, 1],
      [['--past-students', '20', '--blocks', '2'], /need 40; there are 30/, 1],
      [['--validation', 'train.csv'], /Students who train may not judge/, 1],
      [['--blocks', '2'], /needs --past-students/, 2],
    ] as const) {
      const { status, stderr, stdout } = compare(...args);
      expect(stderr).toMatch(words);
      expect(stdout).toBe('');
      expect(status).toBe(code);
    }
  });
});
