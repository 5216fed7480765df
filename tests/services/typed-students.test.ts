import { describe, expect, it } from 'vitest';
import { startApplication } from '../support/application.ts';

const answers = (skill: string, ...correct: number[]) =>
  correct.map((each) => ({ question: '', skills: [skill], correct: each }));

describe('students whose names are typed in', () => {
  it('stand in the gradebook as they were typed, two of one name as two, and in their class', async () => {
    const test = startApplication();
    const { students } = await test.get('students.add', { names: ['Mia Berg', '陈安然', 'Mia Berg'], className: '7C' });
    expect(new Set(students).size).toBe(3);
    const overview = await test.get('classes.overview', { classId: '7C' });
    expect(overview.students.map(({ name, answers: many, marks }) => [name, many, marks])).toEqual(
      expect.arrayContaining([
        ['Mia Berg', 0, 0],
        ['陈安然', 0, 0],
      ]),
    );
    expect(overview.students).toHaveLength(3);
  });

  it('have a path once answers name skills, in a course that did not exist before', async () => {
    const test = startApplication();
    const [mia] = (await test.get('students.add', { names: [' Mia Berg '], className: '' })).students;
    expect((await test.get('students.open', { studentId: mia! })).plan.steps).toEqual([]);
    const { after } = await test.get('students.addAnswers', {
      studentId: mia!,
      answers: [...answers('Adding fractions', 0, 1, 0, 0), ...answers('Ratios', 1, 1, 0, 1)],
    });
    expect(after.name).toBe('Mia Berg');
    expect(after.skills.map(({ name }) => name).sort()).toEqual(['Adding fractions', 'Ratios']);
    expect(after.plan.steps.length).toBeGreaterThan(0);
  });

  it('are found by name when the school’s file comes, and are not doubled', async () => {
    const test = startApplication();
    const [mia] = (await test.get('students.add', { names: ['Mia Berg'], className: '' })).students;
    const canvas = [
      'Student,ID,SIS User ID,SIS Login ID,Section,Quiz (1)',
      '    Points Possible,,,,,10',
      '"Berg, Mia",5001,,mia@x.example,6B,7',
    ];
    expect((await test.importTexts({ 'grades.csv': canvas.join('\n') })).job.state).toBe('done');
    const { students } = await test.get('classes.overview', { classId: null });
    expect(students.map(({ id, marks }) => [id, marks])).toEqual([[mia, 1]]);
  });

  it('are gone when that is undone, unless something was said about them since', async () => {
    const test = startApplication();
    const first = await test.get('students.add', { names: ['Mia Berg', 'Tom Cole'], className: '' });
    await test.get('students.addAnswers', { studentId: first.students[0]!, answers: answers('Ratios', 1) });
    const { jobId } = await test.get('imports.undo', { importId: first.importId });
    expect((await test.finish(jobId)).job.state).toBe('done');
    const left = await test.get('classes.overview', { classId: null });
    expect(left.students.map(({ name }) => name)).toEqual(['Mia Berg']);
  });

  it('are refused without a name', async () => {
    const test = startApplication();
    const refused = await test.application.call('students.add', { names: ['  '], className: '' });
    expect(refused).toMatchObject({ ok: false });
    expect((await test.get('system.status', {})).gradebook.students).toBe(0);
  });
});
