import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';
import { openTestGradebook } from '../support/gradebook.ts';

interface PlannedStudent {
  readonly steps: readonly { readonly skill: string; readonly decided?: readonly string[]; readonly strategy: string }[];
  readonly decisions?: readonly { readonly note: string; readonly decision: { readonly kind: string } }[];
}

it('decides about a student’s path, says so in every kind of plan, and takes it back', () => {
  const folder = temporaryFolder();
  const data = path.join(folder, 'data');
  const write = (name: string, lines: readonly string[]): string => {
    const file = path.join(folder, name);
    writeFileSync(file, lines.join('\n'));
    return file;
  };
  const cli = (...words: string[]): string =>
    execFileSync(process.execPath, [path.join(import.meta.dirname, '../../src/cli/index.ts'), ...words, '--data', data], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const out = (format: string): string => {
    const file = path.join(folder, `plan.${format}`);
    cli('plan', '--student', 'ana', '--format', format, '--out', file);
    return readFileSync(file, 'utf8');
  };
  const plan = (): PlannedStudent => (JSON.parse(out('json')) as [PlannedStudent])[0];
  cli(
    'import',
    write('skills.csv', ['skill,name,prerequisite', 'halves,Halves,', 'thirds,Thirds,halves', 'sums,Sums,thirds']),
    write('answers.csv', [
      'student,order,item,skill,correct',
      ...Array.from({ length: 18 }, (_, row) => `ana,${row},q${row},${['halves', 'thirds', 'sums'][row % 3]},${row % 2}`),
    ]),
  );
  const before = plan();
  expect(before).not.toHaveProperty('decisions');
  const { decision } = JSON.parse(cli('decide', '--student', 'ana', '--first', 'Sums', '--note', 'for Friday', '--json')) as {
    decision: string;
  };
  cli('decide', '--student', 'ana', '--leave-out', 'halves', '--until', '2099-01-31');
  cli('decide', '--student', 'ana', '--strategy', 'Sums=worked-example');
  const after = plan();
  expect(after.steps[0]).toMatchObject({ skill: 'sums', strategy: 'worked-example', decided: ['strategy', 'first'] });
  expect(after.steps.map(({ skill }) => skill)).not.toContain('halves');
  expect(after.decisions).toMatchObject([
    { decision: { kind: 'strategy' } },
    { decision: { kind: 'leave-out' } },
    { note: 'for Friday', decision: { kind: 'first' } },
  ]);
  for (const format of ['csv', 'html']) {
    expect(out(format)).toMatch(/Halves .*31 January 2099/);
    expect(out(format)).toMatch(/Sums .*\(decided \d.* 20\d\d\) – for Friday/);
  }
  expect(cli('decisions')).toMatch(/^ana: Sums is worked as worked example \(decided .*\); holds \[/i);
  const listed = JSON.parse(cli('decisions', '--student', 'ana', '--json')) as { decisions: { id: string; state: string }[] };
  for (const { id } of listed.decisions) cli('decide', '--take-back', id);
  expect(plan()).toEqual(before);
  expect(cli('decisions')).toBe('Nothing was decided.\n');
  expect(cli('decisions', '--history')).toMatch(/Sums comes first .*taken back/);
  cli('decide', '--restore', decision);
  expect(plan().steps[0]!.skill).toBe('sums');
  cli('decide', '--student', 'ana', '--goal', 'Thirds', '--due', '2099-01-31', '--minutes', '30');
  expect(plan().decisions!.map((each) => each.decision.kind)).toEqual(['goal', 'first']);
  for (const [words, reason] of [
    [['--first', 'Nowhere'], /no skill "Nowhere"/],
    [['--first', 'Sums', '--known', 'Sums'], /give --student ID and one of/],
    [['--leave-out', 'Sums', '--until', '2026-02-30'], /a day as 2026-12-31/],
    [['--leave-out', 'Sums', '--until', '2001-01-01'], /day must lie ahead/],
    [['--strategy', 'Sums=magic'], /SKILL=STRATEGY/],
  ] as const)
    expect(() => cli('decide', '--student', 'ana', ...words)).toThrow(reason);
  const material = path.join(folder, 'material.csv');
  write('links.csv', ['skill,title,url', 'Sums,About sums,https://example.org/sums', 'Sums,Bad,javascript:1']);
  expect(cli('material', '--import', path.join(folder, 'links.csv'))).toBe('1 link added, 0 there already.\n');
  const sheet = write('sheet.txt', ['1 + 1 =']);
  const added = JSON.parse(cli('material', '--add', 'Sums', '--file', sheet, '--json')) as { material: string };
  expect(out('html')).toContain('https://example.org/sums');
  expect(out('csv')).toContain('About sums (https://example.org/sums); sheet.txt (sheet.txt)');
  cli('material', '--delete', added.material);
  cli('material', '--export', material);
  expect(readFileSync(material, 'utf8')).toContain('sums,About sums,https://example.org/sums,\r\n');
  expect(() => cli('material', '--add', 'Sums', '--url', 'file:///x')).toThrow(/must begin with https/);
  expect(() => cli('material', '--add', 'Sums')).toThrow(/needs --url ADDRESS or --file FILE/);
});

it('says expected gains as the app does, and what stands against a goal', () => {
  const folder = temporaryFolder();
  const data = path.join(folder, 'data');
  const answers = path.join(folder, 'answers.csv');
  const cli = (...words: string[]): string =>
    execFileSync(process.execPath, [path.join(import.meta.dirname, '../../src/cli/index.ts'), ...words, '--data', data], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  writeFileSync(
    answers,
    [
      'student,order,item,skill,correct',
      ...Array.from({ length: 40 }, (_, row) => `s${row % 2},${row},q${row},skill-${row % 10},${row % 3 ? 1 : 0}`),
    ].join('\n'),
  );
  cli('import', answers);
  const gains = (): Map<string, number> => {
    const file = path.join(folder, 'plan.json');
    cli('plan', '--student', 's0', '--out', file);
    const [plan] = JSON.parse(readFileSync(file, 'utf8')) as [{ steps: { skill: string; expectedGain: { value: number } }[] }];
    return new Map(plan.steps.map(({ skill, expectedGain }) => [skill, expectedGain.value]));
  };
  const before = gains();
  const [first] = before.keys();
  const explained = (skill: string): number =>
    (JSON.parse(cli('explain', '--student', 's0', '--skill', skill, '--json')) as { why: { gain: { value: number } } }).why.gain
      .value;
  const plain = explained(first!);
  openTestGradebook(path.join(data, 'gradebook.sqlite')).gradebook.setGainFactor({ value: 0.5, standardError: 0.1 });
  for (const [skill, gain] of gains()) expect(gain).toBeCloseTo(before.get(skill)! / 2, 9);
  expect(explained(first!)).toBeCloseTo(plain / 2, 9);

  cli('decide', '--student', 's0', '--goal', first!);
  cli('decide', '--student', 's0', '--leave-out', first!);
  const page = path.join(folder, 'plan.html');
  cli('plan', '--student', 's0', '--format', 'html', '--out', page);
  expect(readFileSync(page, 'utf8')).toMatch(/is the goal, but you/);
  const explain = (...more: string[]): string => cli('explain', '--student', 's0', '--skill', first!, ...more);
  expect(explain()).toContain('is the goal, but you also left it out');
  // In Chinese, but for names: text and JSON alike, and what would change it too.
  const [chinese, found] = [explain('--language', 'zh'), JSON.parse(explain('--language', 'zh', '--json')) as { reason: string }];
  expect(chinese).toContain(found.reason);
  expect(found.reason).toMatch(/\p{Script=Han}/u);
  expect(chinese.replaceAll(/skill-\d+/g, '')).not.toMatch(/[a-z]{2}/i);
  const file = path.join(folder, 'zh.json');
  cli('plan', '--student', 's0', '--language', 'zh', '--out', file);
  const [plan] = JSON.parse(readFileSync(file, 'utf8')) as [{ steps: { reason: string; strategyReason: string }[] }];
  for (const { reason, strategyReason } of plan.steps) {
    expect(reason.replaceAll(/skill-\d+/g, '')).not.toMatch(/[a-z]{2}/i);
    expect(strategyReason).toMatch(/^[a-z-]+$/);
  }
  expect(cli('decisions', '--language', 'zh')).toMatch(/\p{Script=Han}/u);
}, 120_000);
