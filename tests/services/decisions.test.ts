import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/shared/decisions.ts';
import { startApplication } from '../support/application.ts';
import { openTestGradebook, staged } from '../support/gradebook.ts';

const ROSTER = 'student,given_name,family_name,class\n1,Ana,Berg,6A\n2,Ben,Cole,6A\n';
const ANSWERS = [
  'student,order,item,skill,correct',
  ...Array.from({ length: 24 }, (_, row) => `${1 + (row % 2)},${row},q${row % 9},skill-${row % 3},${row % 4 ? 1 : 0}`),
].join('\n');
const MAP = 'skill,name,prerequisite\nskill-0,Halves,\nskill-1,Thirds,skill-0\nskill-2,Sums,skill-1\n';

async function school(options: Parameters<typeof startApplication>[0] = {}) {
  const test = startApplication(options);
  await test.importTexts({ 'roster.csv': ROSTER, 'skills.csv': MAP, 'answers.csv': ANSWERS });
  return test;
}
const skillsOf = (plan: { readonly steps: readonly { readonly skill: string }[] }): string[] =>
  plan.steps.map(({ skill }) => skill);

describe('decisions about a student’s path', () => {
  it('change the plan at once, are in it, and taken back leave it as it was', async () => {
    const test = await school();
    const before = await test.get('plans.get', { studentId: '1' });
    const pin = await test.get('decisions.make', {
      studentId: '1',
      decision: { kind: 'first', skill: 'skill-2' },
      note: '  for Friday ',
    });
    expect(pin.before).toEqual(before);
    expect(pin.after.steps[0]).toMatchObject({ skill: 'skill-2', reason: { kind: 'teacher' } });
    expect(pin.after.decisions).toMatchObject([{ note: 'for Friday', decision: { kind: 'first', skill: 'skill-2' } }]);
    const out = await test.get('decisions.make', { studentId: '1', decision: { kind: 'leave-out', skill: 'skill-0' } });
    expect(skillsOf(out.after)).not.toContain('skill-0');
    const { decisions } = await test.get('decisions.list', { studentId: '1' });
    expect(decisions.map(({ decision, state }) => [decision.kind, state])).toEqual([
      ['leave-out', 'holds'],
      ['first', 'holds'],
    ]);
    expect((await test.get('plans.get', { studentId: '2' })).decisions).toBeUndefined();
    await test.get('decisions.takeBack', { decisionId: out.decisionId });
    const back = await test.get('decisions.takeBack', { decisionId: pin.decisionId });
    expect(back.after).toEqual(before);
    expect(await test.get('plans.get', { studentId: '1' })).toEqual(before);
    expect((await test.get('decisions.list', { studentId: '1' })).decisions).toEqual([]);
    const again = await test.get('decisions.restore', { decisionId: pin.decisionId });
    expect(again.after.steps).toEqual(pin.after.steps);
  });

  it('leave levels, forecasts and the numbers of every step as they are', async () => {
    const test = await school();
    const development = () => test.get('students.development', { studentId: '1' });
    const before = await test.get('students.open', { studentId: '1' });
    const developed = await development();
    for (const decision of [
      { kind: 'known', skill: 'skill-0' },
      { kind: 'first', skill: 'skill-2' },
      { kind: 'not-known', skill: 'skill-1' },
    ] as const)
      await test.get('decisions.make', { studentId: '1', decision });
    const after = await test.get('students.open', { studentId: '1' });
    expect([after.level, after.cells, await development()]).toEqual([before.level, before.cells, developed]);
  });

  it('are refused where they cannot hold, and nothing is written', async () => {
    const test = await school({ clock: () => 1000 });
    const make = (decision: Decision, studentId = '1') =>
      test.get('decisions.make', { studentId, decision } as Parameters<typeof test.get<'decisions.make'>>[1]);
    await expect(make({ kind: 'first', skill: 'no such' })).rejects.toMatchObject({ code: 'no-such-skill' });
    await expect(make({ kind: 'first', skill: 'skill-0' }, 'no such')).rejects.toMatchObject({ code: 'no-such-student' });
    await expect(make({ kind: 'leave-out', skill: 'skill-0', until: 1000 })).rejects.toMatchObject({ code: 'day-is-over' });
    await expect(test.get('decisions.takeBack', { decisionId: 'x' })).rejects.toMatchObject({ code: 'no-such-decision' });
    expect((await test.get('decisions.list', { studentId: '1' })).decisions).toEqual([]);
  });

  it('end on their day although nothing is written', async () => {
    let now = 1_790_000_000_000;
    const test = await school({ clock: () => now });
    const before = await test.get('plans.get', { studentId: '1' });
    const decision = { kind: 'leave-out', skill: before.steps[0]!.skill, until: now + 10 } as const;
    await test.get('decisions.make', { studentId: '1', decision });
    expect(skillsOf(await test.get('plans.get', { studentId: '1' }))).not.toContain(decision.skill);
    now += 10;
    expect(await test.get('plans.get', { studentId: '1' })).toEqual(before);
    expect((await test.get('decisions.list', { studentId: '1' })).decisions[0]!.state).toBe('over');
  });

  it('follow a skill that is merged, and wait for one that was removed', async () => {
    const test = await school();
    await test.get('decisions.make', { studentId: '1', decision: { kind: 'first', skill: 'skill-2' } });
    const merged = await test.get('skills.merge', { skill: 'skill-2', into: 'skill-1' });
    expect((await test.get('plans.get', { studentId: '1' })).steps[0]).toMatchObject({
      skill: 'skill-1',
      reason: { kind: 'teacher' },
    });
    await test.get('course.undo', { editId: merged.editId! });
    const removed = await test.get('skills.remove', { skill: 'skill-2' });
    expect((await test.get('decisions.list', { studentId: '1' })).decisions[0]!.state).toBe('skill-gone');
    expect((await test.get('plans.get', { studentId: '1' })).decisions).toBeUndefined();
    await test.get('course.undo', { editId: removed.editId! });
    expect((await test.get('plans.get', { studentId: '1' })).steps[0]!.skill).toBe('skill-2');
  });

  it('are on the teacher’s sheet and in the table, never on the student’s', async () => {
    const test = await school();
    await test.get('decisions.make', {
      studentId: '1',
      decision: { kind: 'first', skill: 'skill-2' },
      note: '<b>ask</b> & see',
    });
    const { exportOf } = await import('../support/plans.ts');
    const { plans } = await test.get('plans.list', { studentIds: ['1'] });
    const whole = exportOf(plans);
    const words = { ...whole, sheets: [{ ...whole.sheets[0]!, decisions: ['Sums first <b>', 'two'], notes: ['my note'] }] };
    const text = async (input: Parameters<typeof test.get<'plans.export'>>[1]): Promise<string> =>
      new TextDecoder().decode(test.application.takeFile((await test.get('plans.export', input)).fileId).bytes);
    const teacher = await text(words);
    expect(teacher).toContain('<h2>What the teacher decided</h2><ul><li>Sums first &lt;b&gt;</li><li>two</li></ul>');
    expect(teacher).toContain('<li>my note</li>');
    const student = await text({ ...words, audience: 'student' });
    expect(student).not.toMatch(/What the teacher decided|Sums first|my note/);
    const table = await text({ ...words, format: 'csv' });
    expect(table).toContain('What the teacher decided');
    expect(table).toContain('Sums first <b> two');
    expect(table).not.toContain('my note');
  });
});

describe('in the gradebook', () => {
  it('decisions and notes hold the student when the roster is undone, and outlive it', async () => {
    const { gradebook, importing, file } = openTestGradebook();
    const { files } = await importing.commit(staged({ 'roster.csv': ROSTER, 'skills.csv': MAP }), {});
    const decision = { kind: 'first', skill: 'skill-2' } as const;
    gradebook.addDecision({ id: 'd', studentId: '1', decision, note: '', answers: 0, at: 5 });
    gradebook.addNote({ id: 'n', studentId: '1', text: 'likes maps', at: 6 });
    const undone = await importing.undo(files[0]!.id!, {});
    expect(undone.kept).toContainEqual({ what: 'student 1', reason: 'used-since' });
    expect(gradebook.read.students(null).map(({ id }) => id)).toEqual(['1']);
    await importing.commit(staged({ 'roster.csv': `${ROSTER}\n` }), {});
    expect(gradebook.read.decisions('1')).toMatchObject([{ id: 'd', decision, stands: true }]);
    expect(gradebook.read.notes('1')).toMatchObject([{ id: 'n', text: 'likes maps', at: 6, editedAt: null }]);
    expect(new Sqlite(file, { readonly: true }).pragma('foreign_key_check')).toEqual([]);
  });

  it('every change of a decision is kept, and none is written twice', async () => {
    const { gradebook, importing, file } = openTestGradebook();
    await importing.commit(staged({ 'roster.csv': ROSTER }), {});
    gradebook.addDecision({ id: 'd', studentId: '1', decision: { kind: 'known', skill: 's' }, note: 'n', answers: 0, at: 1 });
    const version = gradebook.read.dataVersion();
    expect(gradebook.standDecision('d', false, 2)).toBe(true);
    expect(gradebook.read.dataVersion()).toBeGreaterThan(version);
    expect(gradebook.standDecision('d', false, 3)).toBe(false);
    expect(gradebook.standDecision('d', true, 4)).toBe(true);
    const database = new Sqlite(file, { readonly: true });
    expect(database.prepare('SELECT stands, created_at FROM decision_changes ORDER BY number').raw().all()).toEqual([
      [0, 2],
      [1, 4],
    ]);
    database.close();
  });

  it('a deleted note comes back within a month, and is gone for good after it', async () => {
    const { gradebook, importing, file } = openTestGradebook();
    await importing.commit(staged({ 'roster.csv': ROSTER }), {});
    const texts = (): string[] => gradebook.read.notes('1').map(({ text }) => text);
    for (const [id, at] of [
      ['a', 1],
      ['b', 2],
    ] as const)
      gradebook.addNote({ id, studentId: '1', text: `note ${id}`, at });
    expect(texts()).toEqual(['note b', 'note a']);
    gradebook.editNote('a', 'other words', 7);
    gradebook.deleteNote('a', true, 8);
    expect(texts()).toEqual(['note b']);
    expect(() => gradebook.editNote('a', 'x', 9)).toThrow(/not in the gradebook/);
    gradebook.deleteNote('a', false, 9);
    expect(gradebook.read.notes('1')[1]).toMatchObject({ text: 'other words', editedAt: 7 });
    gradebook.deleteNote('a', true, 10);
    gradebook.deleteNote('b', true, 10 + 31 * 86_400_000);
    const database = new Sqlite(file, { readonly: true });
    expect(database.prepare('SELECT id FROM student_notes').pluck().all()).toEqual(['b']);
    database.close();
    expect(() => gradebook.deleteNote('a', false, 11)).toThrow(/not in the gradebook/);
  });
});
