import { describe, expect, it } from 'vitest';
import { keptOf, withGroup, withMoved, withName } from '../../src/shared/groups.ts';
import { startApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';

const ROSTER = [
  'student,given_name,family_name,class',
  ...Array.from({ length: 8 }, (_, index) => `s${index + 1},Given${index + 1},Family${index + 1},7C`),
].join('\n');
/** Half of the class is weak in one topic, half in the other. */
const ANSWERS = [
  'student,order,item,skill,correct',
  ...Array.from({ length: 8 }, (_, student) =>
    Array.from({ length: 24 }, (_unused, order) => {
      const topic = order % 2;
      const weak = student % 2 === topic;
      return `s${student + 1},${order},q${order % 8},Topic ${topic},${weak ? Number(order % 8 < 2) : Number(order % 7 > 0)}`;
    }),
  ).flat(),
].join('\n');

async function startClass(options: Parameters<typeof startApplication>[0] = {}): Promise<TestApplication> {
  const test = startApplication(options);
  expect((await test.importTexts({ 'roster.csv': ROSTER, 'answers.csv': ANSWERS })).job.state).toBe('done');
  return test;
}
const look = (test: TestApplication) => test.get('classes.groups', { classId: '7C', size: 8 });
const members = async (test: TestApplication) => (await look(test)).groups.map(({ students }) => students.map(({ id }) => id));

describe('groups by a teacher', () => {
  it('hold against any proposal, in the lesson too, and after the app was opened again', async () => {
    const test = await startClass();
    const before = await look(test);
    expect(before).toMatchObject({ standing: null, elsewhere: 0 });
    expect(before.groups.length).toBeGreaterThan(1);
    const [first, second] = before.groups;
    const moved = first!.students[0]!.id;
    const made = withName(withMoved(keptOf(before.groups), moved, second!.id), second!.id, 'Rockets');
    await test.get('groups.keep', { classId: '7C', base: null, groups: made });
    const after = await look(test);
    expect(after.standing?.kept).toBe(true);
    expect(after.elsewhere).toBe(1);
    expect(after.groups.find(({ name }) => name === 'Rockets')!.students.map(({ id }) => id)).toContain(moved);
    // Another largest size is a wish for proposals.
    expect((await test.get('classes.groups', { classId: '7C', size: 2 })).groups).toEqual(after.groups);
    const lesson = await test.get('lesson.plan', { classId: '7C', size: 8, minutes: 45 });
    expect(lesson.kept).toBe(true);
    expect(lesson.groups.map(({ students }) => students)).toEqual(after.groups.map(({ students }) => students));
    // Everybody together has groups of their own.
    expect((await test.get('classes.groups', { classId: null, size: 8 })).standing).toBeNull();
    await test.application.close();
    expect((await look(startApplication({ folder: test.folder }))).groups).toEqual(after.groups);
  });

  it('are undone one by one, go back to the proposal, and from there again', async () => {
    const test = await startClass();
    const proposal = await members(test);
    const keep = async (change: (groups: ReturnType<typeof keptOf>) => ReturnType<typeof keptOf> | null) => {
      const { groups, standing } = await look(test);
      return test.get('groups.keep', { classId: '7C', base: standing?.id ?? null, groups: change(keptOf(groups)) });
    };
    const first = await keep((groups) => withMoved(groups, 's1', groups[1]!.id));
    const once = await members(test);
    expect(once).not.toEqual(proposal);
    const second = await keep((groups) => {
      const { id, groups: more } = withGroup(groups, 'Later');
      return withMoved(more, 's2', id);
    });
    await expect(test.get('groups.undo', { groupingId: first.groupingId })).rejects.toMatchObject({ code: 'groups-changed' });
    await test.get('groups.undo', { groupingId: second.groupingId });
    expect(await members(test)).toEqual(once);
    const back = await keep(() => null);
    expect(await look(test)).toMatchObject({ elsewhere: 0, standing: { kept: false } });
    expect(await members(test)).toEqual(proposal);
    await test.get('groups.undo', { groupingId: back.groupingId });
    expect(await members(test)).toEqual(once);
  });

  it('are not kept from a view that is old, nor with a student in two of them', async () => {
    const test = await startClass();
    const groups = keptOf((await look(test)).groups);
    await test.get('groups.keep', { classId: '7C', base: null, groups });
    await expect(test.get('groups.keep', { classId: '7C', base: null, groups: null })).rejects.toMatchObject({
      code: 'groups-changed',
    });
    const base = (await look(test)).standing!.id;
    for (const bad of [
      [...groups, { ...groups[0]!, id: 'x' }],
      [groups[0]!, { ...groups[1]!, id: groups[0]!.id }],
    ])
      await expect(test.get('groups.keep', { classId: '7C', base, groups: bad })).rejects.toMatchObject({ code: 'bad-groups' });
    expect((await look(test)).standing!.id).toBe(base);
  });

  it('say whose path has moved on, and follow the skills as the course is changed', async () => {
    const test = await startClass();
    const { groups } = await look(test);
    await test.get('groups.keep', { classId: '7C', base: null, groups: keptOf(groups) });
    const group = groups.find(({ kind }) => kind === 'step')!;
    const { id, name } = group.students[0]!;
    await test.get('decisions.make', { studentId: id, decision: { kind: 'leave-out', skill: group.skill! }, note: '' });
    expect((await look(test)).groups.find((each) => each.id === group.id)!.movedOn).toEqual([{ id, name }]);
    await test.get('skills.rename', { skill: group.skill!, name: 'Called otherwise' });
    expect((await look(test)).groups.find((each) => each.id === group.id)!.skillName).toBe('Called otherwise');
    await test.get('skills.remove', { skill: group.skill! });
    const after = (await look(test)).groups.find((each) => each.id === group.id)!;
    expect(after.skill).not.toBe(group.skill);
    expect(after.students).toEqual(group.students);
  });

  it('lose a student whose import is undone, and find who came later in none of them', async () => {
    const test = await startClass();
    await test.get('groups.keep', { classId: '7C', base: null, groups: keptOf((await look(test)).groups) });
    const { importId } = await test.get('students.add', { names: ['Late Comer'], className: '7C' });
    const late = (await look(test)).groups.at(-1)!;
    expect(late).toMatchObject({ unplaced: true, students: [{ name: 'Late Comer' }] });
    const { groups, standing } = await look(test);
    const placed = withMoved(keptOf(groups), late.students[0]!.id, groups[0]!.id);
    await test.get('groups.keep', { classId: '7C', base: standing!.id, groups: placed });
    await test.finish((await test.get('imports.undo', { importId })).jobId);
    const left = (await look(test)).groups.flatMap(({ students }) => students.map(({ name }) => name));
    expect(left).toHaveLength(8);
    expect(left).not.toContain('Late Comer');
  });

  it('bring the teacher’s own material into the lesson, what is for the group’s way of working first', async () => {
    const test = await startClass();
    const { groups } = await look(test);
    const { skill, strategy } = groups.find(({ kind }) => kind === 'step')!;
    const other = strategy === 'review' ? 'practice' : 'review';
    const add = (title: string, way: typeof strategy) =>
      test.get('material.add', { skill: skill!, title, strategy: way, source: { address: `https://a.example/${title}` } });
    await add('other', other);
    await add('any', null);
    await add('fits', strategy);
    const lesson = await test.get('lesson.plan', { classId: '7C', size: 8, minutes: 45 });
    for (const group of lesson.groups)
      expect(group.own.map(({ title }) => title)).toEqual(
        group.skill !== skill ? [] : group.strategy === strategy ? ['fits', 'any', 'other'] : expect.arrayContaining(['fits']),
      );
    // Where not all work the same way, it is said who works how.
    for (const { ways, students } of lesson.groups)
      expect(ways.flatMap((way) => way.students).length).toBeLessThanOrEqual(students.length);
  });
});
