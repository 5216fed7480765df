import path from 'node:path';
import { unzipSync } from 'fflate';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { startApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { exportOf } from '../support/plans.ts';

const ROSTER = 'student,given_name,family_name,class\n1,Ana,Berg,6A\n2,Ben,Cole,6A\n3,Ben,Cole,6A\n';
const ANSWERS = [
  'student,order,item,skill,correct',
  ...Array.from({ length: 24 }, (_, row) => `${1 + (row % 3)},${row},q${row % 5},skill-${row % 2},${row % 4 ? 1 : 0}`),
].join('\n');
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3);

async function school(options: Parameters<typeof startApplication>[0] = {}) {
  const test = startApplication(options);
  await test.importTexts({ 'roster.csv': ROSTER, 'answers.csv': ANSWERS });
  const { plans, stamp } = await test.get('plans.list', { studentIds: ['1', '2', '3'] });
  return { test, plans, stamp };
}

const text = (test: TestApplication, fileId: string): string => new TextDecoder().decode(test.application.takeFile(fileId).bytes);

describe('study plans', () => {
  it('come with what they rest on', async () => {
    const { plans, stamp } = await school({ clock: () => 1_790_000_000_000 });
    expect(plans.map(({ student, answers }) => [student, answers])).toEqual([
      ['1', 8],
      ['2', 8],
      ['3', 8],
    ]);
    expect(stamp).toEqual({ modelId: null, modelTrainedAt: null, pastStudents: 0, dataAt: 1_790_000_000_000, version: '0.0.0' });
  });

  it('say nothing in numbers to a student, and give the evidence to the teacher', async () => {
    const { test, plans } = await school();
    const forTeacher = text(test, (await test.get('plans.export', exportOf(plans))).fileId);
    const forStudent = text(test, (await test.get('plans.export', { ...exportOf(plans), audience: 'student' })).fileId);
    expect(forTeacher).toMatch(/Forecast \d+% ± \d+ · Mastery \d+% ± \d+/);
    const body = forStudent.slice(forStudent.indexOf('<body>'));
    expect(body).not.toMatch(/%|±|Forecast|Mastery/);
    for (const words of ['How was it?', 'just right', 'What I want to ask:', 'lead of 2', 'stamp of 3'])
      expect(body).toContain(words);
    expect(body.match(/<section /g)).toHaveLength(3);
  });

  it('are the same text for the same input, on the paper that was chosen', async () => {
    const { test, plans } = await school();
    const make = async (paper: 'a4' | 'letter'): Promise<string> =>
      text(test, (await test.get('plans.export', { ...exportOf(plans), paper })).fileId);
    expect(await make('a4')).toBe(await make('a4'));
    expect(await make('a4')).toContain('@page { size: A4;');
    expect(await make('letter')).toContain('@page { size: letter;');
    const { html } = await test.get('plans.page', { ...exportOf(plans) });
    expect(html).toBe(await make('a4'));
  });

  it('become a file for each student in a zip; two students of one name stay two', async () => {
    const { test, plans } = await school();
    const file = await test.get('plans.export', { ...exportOf(plans), bundle: 'each', name: 'Plans: 6A' });
    expect(file).toMatchObject({ name: 'Plans_ 6A.zip', mime: 'application/zip' });
    const entries = unzipSync(test.application.takeFile(file.fileId).bytes);
    expect(Object.keys(entries).sort()).toEqual([
      'Study plan Ana Berg.html',
      'Study plan Ben Cole (2).html',
      'Study plan Ben Cole.html',
    ]);
    expect(new TextDecoder().decode(entries['Study plan Ana Berg.html'])).toContain('<title>Study plan – Ana Berg</title>');
  });

  it('have names in the zip that every system can unpack beside each other', async () => {
    const names = ['王小明', '王小明', 'ANNA LEE', 'Anna Lee', 'Ben/Cole: 6A?'];
    const test = startApplication();
    await test.importTexts({
      'roster.csv': ['student,name,class', ...names.map((name, row) => `${row + 1},${name},6A`)].join('\n'),
      'answers.csv': ANSWERS,
    });
    const { plans } = await test.get('plans.list', { studentIds: names.map((_, row) => String(row + 1)) });
    const zip = async (): Promise<Uint8Array> =>
      test.application.takeFile((await test.get('plans.export', { ...exportOf(plans), bundle: 'each' })).fileId).bytes;
    const bytes = await zip();
    expect(Object.keys(unzipSync(bytes)).sort()).toEqual([
      'Study plan ANNA LEE.html',
      'Study plan Anna Lee (2).html',
      'Study plan Ben_Cole_ 6A_.html',
      'Study plan 王小明 (2).html',
      'Study plan 王小明.html',
    ]);
    expect(await zip()).toEqual(bytes);
  });

  it('are printed by the host where it can, on the paper that was chosen', async () => {
    const printed: string[] = [];
    const { test, plans } = await school({
      printToPdf: (html, paper) => {
        printed.push(`${paper} ${html.match(/<section /g)?.length}`);
        return Promise.resolve(new TextEncoder().encode('%PDF'));
      },
    });
    const whole = { ...exportOf(plans), format: 'pdf', paper: 'letter' } as const;
    expect(text(test, (await test.get('plans.export', whole)).fileId)).toBe('%PDF');
    await test.get('plans.export', { ...whole, bundle: 'each' });
    expect(printed).toEqual(['letter 3', 'letter 1', 'letter 1', 'letter 1']);
  });

  it('are kept as they were handed out', async () => {
    const { test, plans } = await school();
    await test.get('plans.export', exportOf(plans.slice(0, 2)));
    const database = new Sqlite(path.join(test.folder, 'gradebook.sqlite'), { readonly: true });
    const kept = database
      .prepare('SELECT s.code, p.content FROM plans p JOIN students s ON s.id = p.student_id ORDER BY 1')
      .raw()
      .all() as [string, string][];
    database.close();
    expect(kept.map(([student, content]) => [student, JSON.parse(content)])).toEqual(
      plans.slice(0, 2).map((plan) => [plan.student, expect.objectContaining(plan)]),
    );
  });
});

describe('the head of every sheet', () => {
  it('is kept in the gradebook and stands on each', async () => {
    const { test, plans } = await school();
    expect(await test.get('school.get', {})).toEqual({ name: '', logo: null });
    const logoFileId = test.stage('logo.png', PNG);
    const head = await test.get('school.set', { name: ' Hill <School> ', logoFileId });
    expect(head).toEqual({ name: 'Hill <School>', logo: `data:image/png;base64,${Buffer.from(PNG).toString('base64')}` });
    const page = text(test, (await test.get('plans.export', exportOf(plans))).fileId);
    expect(page.match(/Hill &lt;School&gt;/g)).toHaveLength(3);
    expect(page.match(/<img src="data:image\/png;base64,/g)).toHaveLength(3);
    expect(await test.get('school.set', { name: 'Hill' })).toMatchObject({ name: 'Hill', logo: head.logo });
    expect(await test.get('school.set', { name: 'Hill', logoFileId: null })).toEqual({ name: 'Hill', logo: null });
  });

  it('takes no picture that is none, and none that is too large', async () => {
    const { test } = await school();
    for (const bytes of [new TextEncoder().encode('<svg onload="x">'), Buffer.concat([PNG, new Uint8Array(600_000)])]) {
      const logoFileId = test.stage('logo.png', bytes);
      await expect(test.get('school.set', { name: 'Hill', logoFileId })).rejects.toMatchObject({ code: 'bad-logo' });
    }
    expect(await test.get('school.get', {})).toEqual({ name: '', logo: null });
  });
});
