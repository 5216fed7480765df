import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readModel } from '../../src/main/services/model-store.ts';
import { stringify } from '../../src/main/services/csv.ts';
import { simulatedClass } from '../support/courses.ts';

it('trains beside DKT where it is asked to, and says who judged', { timeout: 600_000 }, () => {
  const entry = path.join(import.meta.dirname, '..', '..', 'src', 'cli', 'index.ts');
  const folder = mkdtempSync(path.join(tmpdir(), 'pathlight-dkt-'));
  const pathlight = (...args: string[]) =>
    spawnSync(process.execPath, ['--no-deprecation', entry, ...args], {
      encoding: 'utf8',
      cwd: path.dirname(entry),
      env: { ...process.env, INIT_CWD: folder, TF_CPP_MIN_LOG_LEVEL: '3' },
    });
  const { sequences } = simulatedClass(12, 3, 12);
  writeFileSync(
    path.join(folder, 'answers.csv'),
    stringify([
      ['student', 'order', 'item', 'skill', 'correct'],
      ...sequences.flatMap(({ student, responses }) =>
        responses.map((each) => [student, String(each.order), each.question, each.skills.join('~'), String(each.correct)]),
      ),
    ]),
  );
  const { status, stdout, stderr } = pathlight('train', '--responses', 'answers.csv', '--model', 'model', '--seed', '2', '--dkt');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  // Twelve students are too few to hold some back.
  expect(stdout).toContain('on 12 students who were each forecast by a training without them: AUC 0.');
  expect(stdout).not.toContain('held back');
  const model = readModel(path.join(folder, 'model'));
  expect(model.baselines.map(({ name }) => name)).toContain('dkt');
  const after = model.metrics.report.points.find((point) => point.after === 5)!;
  const judged = after.figures.find((figures) => figures.model === 'dkt')!;
  expect(judged.auc).toBeGreaterThan(0);
  expect(judged.auc).toBeLessThan(1);
  // It is never in use: it reads all answers again for every question.
  expect(model.members.some((member) => member.kind === 'baseline' && member.name === 'dkt')).toBe(false);
  writeFileSync(
    path.join(folder, 'questions.csv'),
    stringify([
      ['student', 'order', 'item', 'skill'],
      ['student-1', '0', sequences[0]!.responses[0]!.question, ''],
    ]),
  );
  const asked = ['--responses', 'answers.csv', '--questions', 'questions.csv', '--out', 'out.csv'];
  expect(pathlight('predict', '--model', 'model', ...asked).status).toBe(0);
  const probability = Number(
    readFileSync(path.join(folder, 'out.csv'), 'utf8')
      .trim()
      .split(/[\r\n,]/)
      .at(-1),
  );
  expect(probability).toBeGreaterThan(0);
  expect(probability).toBeLessThan(1);
});
