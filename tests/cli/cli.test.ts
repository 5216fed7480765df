import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { simulatedClass } from '../support/courses.ts';
import { stringify } from '../../src/main/services/csv.ts';

const entry = path.join(import.meta.dirname, '..', '..', 'src', 'cli', 'index.ts');
const folder = mkdtempSync(path.join(tmpdir(), 'pathlight-cli-'));

/** As npm runs it: from the project's folder, with INIT_CWD saying where the person typed. */
const pathlight = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--no-deprecation', entry, ...args], {
    encoding: 'utf8',
    cwd: path.dirname(entry),
    env: { ...process.env, INIT_CWD: folder, TF_CPP_MIN_LOG_LEVEL: '3' },
  });
  return { status, stdout, stderr };
};
const { sequences, map } = simulatedClass(40, 8, 34);
const rows = sequences.flatMap(({ student, responses }) =>
  responses.map((each) => [student, String(each.order), each.question, each.skills.join('~'), String(each.correct)]),
);
const write = (name: string, lines: readonly (readonly string[])[]) => writeFileSync(path.join(folder, name), stringify(lines));

describe('the command line', () => {
  beforeAll(() => {
    const header = ['student', 'order', 'item', 'skill', 'correct'];
    writeFileSync(path.join(folder, 'train.csv.gz'), gzipSync(stringify([header, ...rows.slice(0, 30 * 34)])));
    write('new.csv', [header, ...rows.slice(30 * 34)]);
    write('support.csv', [header, ...rows.slice(30 * 34).filter((row) => Number(row[1]) < 5)]);
    write('questions.csv', [
      ['student', 'order', 'item', 'skill'],
      ...rows
        .slice(30 * 34)
        .filter((row) => Number(row[1]) >= 5)
        .map((row) => row.slice(0, 4)),
      ['nobody', '0', 'never-seen', 'never-seen-either'],
      ['nobody', '1', '', 's1~s2'],
    ]);
    write('skills.csv', [['skill', 'name'], ...map.skills.map((skill) => [skill.id, skill.name])]);
    write('prerequisites.csv', [['skill', 'prerequisite'], ...map.prerequisites.map((pair) => [pair.skill, pair.prerequisite])]);
    write('goals.csv', [
      ['student', 'skill'],
      ['student-35', map.skills.at(-1)!.id],
    ]);
  });

  it('imports, tells the status and undoes, with the shapes that are promised', () => {
    const imported = pathlight('import', '--data', 'book', 'new.csv', 'skills.csv', '--json');
    expect(imported.status).toBe(0);
    const result = JSON.parse(imported.stdout);
    expect(result.gradebook).toEqual({ students: 10, questions: expect.any(Number), answers: 340, marks: 0 });
    expect(Object.keys(result.files[0])).toEqual([
      'id',
      'file',
      'format',
      'encoding',
      'delimiter',
      'students',
      'questions',
      'answers',
      'marks',
      'refused',
    ]);
    expect(existsSync(path.join(folder, 'book', 'gradebook.sqlite'))).toBe(true);
    expect(
      JSON.parse(pathlight('status', '--data', 'book', '--json').stdout)
        .files.map((file: { file: string }) => file.file)
        .sort(),
    ).toEqual(['new.csv', 'skills.csv']);
    const again = pathlight('import', '--data', 'book', 'new.csv');
    expect(again.status).toBe(1);
    expect(again.stderr).toMatch(/new\.csv was imported/);
    expect(pathlight('undo', '--data', 'book', '--import', result.files[0].id).status).toBe(0);
    expect(JSON.parse(pathlight('status', '--data', 'book', '--json').stdout).gradebook).toMatchObject({
      students: 0,
      answers: 0,
    });
  });

  it('trains, forecasts, judges and plans', { timeout: 300_000 }, () => {
    const trained = pathlight(
      'train',
      '--responses',
      'train.csv.gz',
      '--model',
      'model',
      '--seed',
      '2',
      '--skills',
      'skills.csv',
      '--prerequisites',
      'prerequisites.csv',
    );
    expect(trained.stderr).toBe('');
    expect(trained.status).toBe(0);
    const again = pathlight('train', '--responses', 'train.csv.gz', '--model', 'again', '--seed', '2', '--skills', 'skills.csv', '--prerequisites', 'prerequisites.csv'); // prettier-ignore
    expect(again.status).toBe(0);
    const bytes = (model: string): Buffer => readFileSync(path.join(folder, model, 'weights.bin'));
    expect(bytes('again').equals(bytes('model'))).toBe(true);
    expect(existsSync(path.join(folder, 'model', 'model.json')) && existsSync(path.join(folder, 'model', 'weights.bin'))).toBe(
      true,
    );

    expect(
      pathlight('predict', '--model', 'model', '--responses', 'support.csv', '--questions', 'questions.csv', '--out', 'out.csv')
        .status,
    ).toBe(0);
    const asked = readFileSync(path.join(folder, 'questions.csv'), 'utf8').trim().split('\r\n');
    const answered = readFileSync(path.join(folder, 'out.csv'), 'utf8').trim().split('\r\n');
    expect(answered.map((line) => line.slice(0, line.lastIndexOf(',')))).toEqual(asked);
    expect(answered[0]).toBe('student,order,item,skill,probability');
    for (const line of answered.slice(1)) {
      const probability = Number(line.split(',').at(-1));
      expect(probability > 0 && probability < 1).toBe(true);
    }

    const judged = pathlight(
      'evaluate',
      '--model',
      'model',
      '--responses',
      'new.csv',
      '--after',
      '0,5',
      '--json',
      'evaluation.json',
    );
    expect(judged.status).toBe(0);
    expect(judged.stdout).toMatch(/Answers 21 to 30.*question-mean.*Differences, mean over k.*2000 resamples/s);
    const { points, baseline, models, means } = JSON.parse(readFileSync(path.join(folder, 'evaluation.json'), 'utf8'));
    expect(baseline).toBe('shrunk-irt');
    expect(models).toEqual(['pathlight', 'shrunk-irt', 'irt', 'question-mean', 'best-lr', 'pfa', 'bkt']);
    expect(means.map(({ window }: { window: string }) => window)).toEqual(['fixed', 'next']);
    // What readers of the file have always found there.
    expect(points[0]).toMatchObject({ auc: points[0].figures[0].auc, ece: points[0].figures[0].ece });
    expect(points[0].baselineAuc).toBe(points[0].figures[1].auc);
    expect(points[0].difference).toEqual(points[0].differences[0].auc);
    expect(points.map((point: { after: number; window: string }) => `${point.window} ${point.after}`)).toEqual([
      'fixed 0',
      'next 0',
      'fixed 5',
      'next 5',
    ]);
    expect(points[0].students).toBe(10);

    expect(
      pathlight('plan', '--model', 'model', '--responses', 'support.csv', '--all', '--out', 'plans.json', '--goals', 'goals.csv')
        .status,
    ).toBe(0);
    const plans = JSON.parse(readFileSync(path.join(folder, 'plans.json'), 'utf8'));
    expect(plans).toHaveLength(10);
    for (const step of plans[0].steps) {
      expect(Object.keys(step)).toEqual([
        'skill',
        'strategy',
        'strategyReason',
        'reason',
        'minutes',
        'forecast',
        'mastery',
        'expectedGain',
      ]);
      for (const name of ['forecast', 'mastery', 'expectedGain'])
        expect(step[name]).toEqual({ value: expect.any(Number), standardError: expect.any(Number) });
    }
    for (const format of ['csv', 'html']) {
      expect(
        pathlight(
          'plan',
          '--model',
          'model',
          '--responses',
          'support.csv',
          '--student',
          'student-35',
          '--format',
          format,
          '--out',
          `plan.${format}`,
        ).status,
      ).toBe(0);
      expect(readFileSync(path.join(folder, `plan.${format}`), 'utf8')).toContain('student-35');
    }
    const laid = (...more: readonly string[]) =>
      pathlight('plan', '--model', 'model', '--responses', 'support.csv', '--all', '--out', 'laid.json', ...more);
    const until = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    expect(laid('--minutes-a-week', '30', '--until', until).status).toBe(0);
    for (const { steps, schedule } of JSON.parse(readFileSync(path.join(folder, 'laid.json'), 'utf8'))) {
      const places = schedule.lessons.flatMap(({ parts }: { parts: { step: number }[] }) => parts.map(({ step }) => step));
      expect(new Set(places)).toEqual(new Set(steps.keys()));
      expect(schedule.planned).toBeLessThanOrEqual(schedule.available);
    }
    const wrong = laid('--minutes-a-week', '30', '--until', 'Christmas');
    expect(wrong.stderr).toContain('--until "Christmas" is no day. Write it as 2026-12-18.');
    expect(laid('--minutes-a-week', '30').status).toBe(2);
    expect(
      pathlight('plan', '--model', 'model', '--responses', 'support.csv', '--student', 'unheard-of', '--out', 'new.json').status,
    ).toBe(0);
    expect(JSON.parse(readFileSync(path.join(folder, 'new.json'), 'utf8'))[0].steps.length).toBeGreaterThan(0);
  });

  it('says what a backend can do here, with the shape that is promised', () => {
    const { status, stdout } = pathlight('capabilities', '--backend', 'wasm', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      used: 'wasm',
      backends: [
        {
          backend: 'wasm',
          version: expect.stringMatching(/^\d/),
          gpu: false,
          device: null,
          selfTest: { checks: expect.any(Number), milliseconds: expect.any(Number) },
          stepMilliseconds: expect.any(Number),
          refusal: null,
        },
      ],
    });
  });

  it('ends with 1 and a reason where the input is refused, and with 2 where it was called wrongly', () => {
    writeFileSync(path.join(folder, 'empty.csv'), '');
    for (const [args, words] of [
      [['import', '--data', 'other', 'empty.csv'], /empty\.csv is empty/],
      [['import', '--data', 'other', 'not-there.csv'], /no file not-there\.csv/],
      [['train', '--responses', 'skills.csv', '--model', 'm'], /no answers file/],
      [['train', '--responses', 'train.csv.gz', '--model', 'm', '--learner', 'wizard'], /no learner "wizard"/],
      [['train', '--responses', 'train.csv.gz', '--model', 'm', '--backend', 'cuda'], /no backend "cuda".*tensorflow, webgpu/],
      [['capabilities', '--backend', 'cuda'], /no backend "cuda"/],
      [
        ['predict', '--model', 'nowhere', '--responses', 'support.csv', '--questions', 'questions.csv', '--out', 'x.csv'],
        /no model/,
      ],
    ] as const) {
      const { status, stderr, stdout } = pathlight(...args);
      expect(stderr).toMatch(words);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(stdout).toBe('');
      expect(status).toBe(1);
    }
    for (const args of [
      ['import'],
      ['nonsense'],
      ['train', '--model', 'm'],
      ['plan', '--model', 'm', '--responses', 'new.csv', '--out', 'x', '--format', 'pdf'],
      ['plan', '--model', 'm', '--responses', 'new.csv', '--out', 'x'],
    ])
      expect(pathlight(...args).status).toBe(2);
    expect(pathlight('--help').status).toBe(0);
  });
});
