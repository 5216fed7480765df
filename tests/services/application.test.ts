import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { forkTrainer } from '../../src/main/trainer/fork.ts';
import { routes } from '../../src/shared/contract/index.ts';
import type { ApplicationEvent } from '../../src/shared/contract/index.ts';
import { exportOf } from '../support/plans.ts';
import { startApplication } from '../support/application.ts';
import { temporaryFolder } from '../support/folders.ts';

const ROSTER =
  'student,given_name,family_name,class,grade,background.reading\n1,Ana,Berg,6A,6,3\n2,思远,王,6A,6,4\n3,Leo,Costa,6A,6,\n';
const ANSWERS = `student,order,item,skill,correct\n${Array.from({ length: 12 }, (_, order) => `1,${order},q${order % 4},s${order % 2},${order % 3 === 0 ? 0 : 1}`).join('\n')}\n2,0,q0,s0,1\n`;
const PREREQUISITES = 'skill,prerequisite\ns1,s0\n';

describe('the application', () => {
  it('takes a class in, shows a path for each student, takes new answers and takes everything back', async () => {
    const test = startApplication();
    const { job, result } = await test.importTexts({
      'answers.csv': ANSWERS,
      'roster.csv': ROSTER,
      'prerequisites.csv': PREREQUISITES,
    });
    expect(job.state).toBe('done');
    expect(result).toMatchObject({ gradebook: { students: 3, questions: 4, answers: 13 } });

    const overview = await test.get('classes.overview', { classId: '6A' });
    expect(routes['classes.overview'].output.safeParse(overview).error).toBeUndefined();
    expect(overview.students.map((student) => student.name).sort()).toEqual(['Ana Berg', 'Leo Costa', '王思远'].sort());
    expect(overview.model).toMatchObject({ kind: 'starter', pastStudents: 0 });

    const before = await test.get('students.open', { studentId: '1' });
    expect(routes['students.open'].output.safeParse(before).error).toBeUndefined();
    expect(before.plan.steps.length).toBeGreaterThan(0);
    expect(before.profile).toEqual([{ group: 'background', field: 'reading', value: 3 }]);
    expect((await test.get('students.open', { studentId: '3' })).plan.notEnoughEvidence).toBe(true);

    const changed = await test.get('students.addAnswers', {
      studentId: '1',
      answers: Array.from({ length: 5 }, () => ({ question: '', skills: ['s0'], correct: 0 })),
    });
    const forecast = (view: typeof before, skill: string) => view.cells.find((cell) => cell.skill === skill)!.forecast.value;
    expect(changed.after.answers).toHaveLength(before.answers.length + 5);
    expect(forecast(changed.after, 's0')).toBeLessThan(forecast(changed.before, 's0'));
    await test.get('students.undoAnswers', { importId: changed.importId });
    const again = await test.get('students.open', { studentId: '1' });
    expect(again.cells).toEqual(before.cells);
    expect(again.plan).toEqual(before.plan);

    for (const record of (await test.get('imports.list', {})).imports.filter((each) => !each.undone)) {
      const { jobId } = await test.get('imports.undo', { importId: record.id });
      expect((await test.finish(jobId)).job.state).toBe('done');
    }
    expect((await test.get('system.status', {})).gradebook).toEqual({ students: 0, questions: 0, answers: 0, marks: 0 });
  });

  it('calls the skills of the sample class as the window’s language does, and has practice for them', async () => {
    const test = startApplication();
    await test.finish((await test.get('system.loadSample', { language: 'zh' })).jobId);
    const { skills } = await test.get('skills.map', {});
    expect(skills).toHaveLength(15);
    expect(skills.every(({ name }) => /^[\u4e00-\u9fff]+$/.test(name))).toBe(true);
    expect((await test.get('practice.skills', {})).skills).toHaveLength(15);
  });

  it('loads the sample class once, into an empty gradebook only', async () => {
    const test = startApplication();
    const { jobId } = await test.get('system.loadSample', {});
    expect((await test.finish(jobId)).job.state).toBe('done');
    expect((await test.get('system.status', {})).gradebook).toMatchObject({ students: 167, marks: 0 });
    await expect(test.get('system.loadSample', {})).rejects.toMatchObject({ code: 'not-empty' });
    const { classes, current } = await test.get('classes.list', {});
    expect(current).toBe('6B');
    expect((await test.get('classes.overview', {})).classId).toBe('6B');
    expect((await test.get('students.find', { text: 'B001', limit: 5 })).students).toMatchObject([
      { id: 'b001', className: '6B' },
    ]);
    expect(classes.map((each) => each.name)).toContain('6B');
    const overview = await test.get('classes.overview', { classId: '6B' });
    expect(overview.students).toHaveLength(27);
    for (const student of overview.students) expect(student.next).not.toBeNull();
  });

  it('exports a plan as CSV and HTML, with names made harmless, and says where PDF is missing', async () => {
    const test = startApplication();
    await test.importTexts({
      'roster.csv': 'student,given_name,family_name,class\n1,=cmd|x,<b>Bold</b>,6A\n',
      'answers.csv': ANSWERS,
    });
    const { plan } = await test.get('students.open', { studentId: '1' });
    const output = exportOf([plan], { language: 'zh' });
    const csv = await test.get('plans.export', { ...output, format: 'csv' });
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(test.application.takeFile(csv.fileId).bytes);
    expect(text.charCodeAt(0)).toBe(0xfeff);
    expect(text).toContain("'=cmd|x");
    expect(text.trim().split('\r\n')).toHaveLength(plan.steps.length + 1);
    const html = await test.get('plans.export', { ...output, name: 'Plan <b>|x' });
    const page = new TextDecoder().decode(test.application.takeFile(html.fileId).bytes);
    expect(page).toContain('<html lang="zh">');
    expect(page).not.toContain('<b>Bold</b>');
    expect(page).toContain('&lt;b&gt;Bold');
    expect(html.name).not.toMatch(/[<>|]/);
    await expect(test.get('plans.export', { ...output, format: 'pdf' })).rejects.toMatchObject({ code: 'no-pdf' });
  });

  it(
    'trains in a process of its own, with progress, and shows the diagnostics of what came out',
    { timeout: 240_000 },
    async () => {
      const test = startApplication();
      await test.finish((await test.get('system.loadSample', {})).jobId);
      const events: ApplicationEvent[] = [];
      test.application.onEvent((event) => events.push(event));
      const { jobId } = await test.get('model.train', { seed: 3 });
      const { job } = await test.finish(jobId);
      expect(job.error).toBeUndefined();
      expect(job.state).toBe('done');
      expect(job.curve!.length).toBeGreaterThan(1);
      expect(events.some((event) => event.type === 'model.changed')).toBe(true);
      const diagnostics = await test.get('model.diagnostics', {});
      expect(routes['model.diagnostics'].output.safeParse(diagnostics).error).toBeUndefined();
      expect(diagnostics.model.kind).toBe('own');
      expect(diagnostics.report.points.length).toBeGreaterThan(3);
      expect(diagnostics.reliability.length).toBeGreaterThan(2);
      expect(diagnostics.report.models).toContain(diagnostics.bestBaseline);
      expect(diagnostics.report.groups.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['tercile-low', 'tercile-high', 'seen']),
      );
      expect(diagnostics.members.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
      expect((await test.get('students.open', { studentId: 'b001' })).model.kind).toBe('own');
      expect((await test.get('model.status', {})).answersSince).toBe(0);
    },
  );

  it('stops a training when asked, and the model stays what it was', async () => {
    const test = startApplication();
    await test.finish((await test.get('system.loadSample', {})).jobId);
    const { jobId } = await test.get('model.train', {});
    const reported = new Promise<void>((resolve) =>
      test.application.onEvent((event) => event.type === 'job' && event.job.fraction > 0.05 && resolve()),
    );
    await reported;
    expect(await test.get('jobs.cancel', { jobId })).toEqual({ cancelled: true });
    expect((await test.finish(jobId)).job.state).toBe('cancelled');
    expect((await test.get('model.status', {})).model.kind).toBe('starter');
  });

  it('refuses what the contract does not know, as data', async () => {
    const { application } = startApplication();
    expect(await application.call('nothing.here' as 'jobs.list', {})).toMatchObject({
      ok: false,
      error: { code: 'unknown-route' },
    });
    expect(await application.call('toString' as 'jobs.list', {})).toMatchObject({ ok: false, error: { code: 'unknown-route' } });
    expect(await application.call('students.open', { studentId: 5 })).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    expect(await application.call('students.open', { studentId: 'nobody' })).toMatchObject({
      ok: false,
      error: { code: 'no-such-student' },
    });
  });

  it('says so when the training process dies, and nothing has changed', async () => {
    const killers: (() => void)[] = [];
    const test = startApplication({
      spawnTrainer: () => {
        const channel = forkTrainer();
        killers.push(() => channel.kill());
        return channel;
      },
    });
    await test.finish((await test.get('system.loadSample', {})).jobId);
    const { jobId } = await test.get('model.train', {});
    await new Promise<void>((resolve) =>
      test.application.onEvent((event) => event.type === 'job' && event.job.fraction > 0 && resolve()),
    );
    killers[0]!();
    const { job } = await test.finish(jobId);
    expect(job).toMatchObject({ state: 'failed', error: { code: 'trainer-died' } });
    expect((await test.get('model.status', {})).model.kind).toBe('starter');
    expect(readdirSync(test.folder)).not.toContain('models');
  });

  it('tells after kill -9 in a training that it was cut off, with the gradebook as it was', async () => {
    const folder = temporaryFolder();
    const child = fork(path.join(import.meta.dirname, '..', 'support', 'train-until-killed.ts'), [folder], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    await once(child, 'message');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const test = startApplication({ folder });
    const status = await test.get('system.status', {});
    expect(status.notices).toEqual([{ code: 'interrupted-train', detail: {} }]);
    expect(status.gradebook).toMatchObject({ students: 167, answers: 9639 });
    expect((await test.get('model.status', {})).model.kind).toBe('starter');
  });
});
