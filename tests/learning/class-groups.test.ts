import { describe, expect, it } from 'vitest';
import { MOST_GROUPS, MOST_TASKS, proposeGroups } from '../../src/learning/class/groups.ts';
import type { GroupedStudent } from '../../src/learning/class/groups.ts';
import { planLesson } from '../../src/learning/class/lesson.ts';
import { chooseStrategy } from '../../src/learning/planning/strategy.ts';
import { createRandom } from '../../src/learning/random.ts';

const step = (skill: string, forecast = 0.5): GroupedStudent['steps'][number] => ({
  skill,
  strategy: chooseStrategy({
    forecast: { value: forecast, standardError: 0.01 },
    mastery: { value: 0.2, standardError: 0.1 },
  }).strategy,
  forecast: { value: forecast, standardError: 0.1 },
  expectedGain: { value: 2, standardError: 0.5 },
  minutes: 9,
});
const student = (id: string, ...steps: GroupedStudent['steps'][number][]): GroupedStudent => ({ id, enough: true, steps });
const unknown = (id: string): GroupedStudent => ({ ...student(id, step('parts')), enough: false });

const everybody = (students: readonly GroupedStudent[], size: number): void => {
  const { groups } = proposeGroups(students, size);
  const placed = groups.flatMap((group) => group.students);
  expect(placed.toSorted()).toEqual(students.map(({ id }) => id).toSorted());
  expect(groups.length).toBeLessThanOrEqual(MOST_GROUPS);
  expect(new Set(groups.map(({ kind, skill }) => `${kind} ${skill}`)).size).toBeLessThanOrEqual(MOST_TASKS);
  for (const group of groups) expect(group.students.length).toBeGreaterThan(0);
};

describe('groups for a lesson', () => {
  it('split the many who share one step by how much help they need, and find out first where nothing is known', () => {
    const students = [
      ...Array.from({ length: 20 }, (_, index) =>
        student(`a${String(index).padStart(2, '0')}`, step('parts', 0.3 + index * 0.02)),
      ),
      ...Array.from({ length: 5 }, (_, index) => student(`b${index}`, step('line', 0.5), step('parts'))),
      unknown('x'),
      unknown('y'),
    ];
    const { groups, size } = proposeGroups(students, 8);
    expect(size).toBe(8);
    expect(groups.map(({ kind, skill, students: members, part, parts }) => [kind, skill, members.length, part, parts])).toEqual([
      ['step', 'parts', 7, 1, 3],
      ['step', 'parts', 6, 2, 3],
      ['step', 'parts', 7, 3, 3],
      ['step', 'line', 5, 1, 1],
      ['find-out', null, 2, 1, 1],
    ]);
    // Those who need the most help sit together.
    expect(groups[0]!.strategy).toBe('worked-example');
    expect(groups[0]!.forecast!.high).toBeLessThanOrEqual(groups[1]!.forecast!.low);
    expect(groups[1]!.forecast!.high).toBeLessThanOrEqual(groups[2]!.forecast!.low);
    expect(groups[0]!.first).toBe(7);
    expect(groups[3]!.first).toBe(5);
  });

  it('put a lone student where another step of the path is shared, and say for how many it is the first', () => {
    const students = [
      ...['a', 'b', 'c'].map((id) => student(id, step('one'))),
      student('d', step('rare'), step('one')),
      student('e', step('other'), step('alone')),
    ];
    const { groups } = proposeGroups(students, 8);
    expect(groups[0]).toMatchObject({ skill: 'one', students: ['a', 'b', 'c', 'd'], first: 3 });
    expect(groups[1]).toMatchObject({ kind: 'own', students: ['e'] });
  });

  it('keep to the asked size in a class of sixty: a task that many share is done by several groups', () => {
    const sixty = Array.from({ length: 60 }, (_, index) =>
      student(`s${index}`, step(`skill ${index % 10 < 7 ? 0 : 1}`, index / 60)),
    );
    const { groups, size } = proposeGroups(sixty, 8);
    expect(size).toBe(8);
    expect(Math.max(...groups.map(({ students }) => students.length))).toBeLessThanOrEqual(8);
    expect(new Set(groups.map(({ skill }) => skill)).size).toBe(2);
    everybody(sixty, 8);
  });

  it('grow beyond the asked size only where ten groups cannot hold the class', () => {
    const many = Array.from({ length: 500 }, (_, index) => student(`s${index}`, step(`skill ${index % 3}`, (index % 100) / 100)));
    const { groups, size } = proposeGroups(many, 8);
    expect(size).toBeGreaterThan(8);
    expect(groups.length).toBeLessThanOrEqual(MOST_GROUPS);
    everybody(many, 8);
  });

  it('hold everybody once, at most ten with at most five tasks, whatever the class is', () => {
    const random = createRandom(3);
    for (let trial = 0; trial < 300; trial++) {
      const skills = 1 + random.integer(12);
      const students = Array.from({ length: random.integer(45) }, (_, index) => {
        const steps = Array.from({ length: random.integer(5) }, () => `k${random.integer(skills)}`);
        const own = student(`s${index}`, ...[...new Set(steps)].map((skill) => step(skill, random.uniform())));
        return random.uniform() < 0.2 ? { ...own, enough: false } : own;
      });
      everybody(students, 1 + random.integer(12));
    }
    expect(proposeGroups([], 8).groups).toEqual([]);
  });
});

describe('a lesson', () => {
  const groups = proposeGroups(
    [
      ...Array.from({ length: 9 }, (_, index) => student(`a${index}`, step('parts', 0.2 + index / 12))),
      ...Array.from({ length: 6 }, (_, index) => student(`b${index}`, step('line', 0.7))),
      unknown('x'),
    ],
    5,
  ).groups;

  it.each([20, 37, 45, 60, 90, 180])(
    'of %i minutes is filled from beginning to end, for every group and for the teacher',
    (minutes) => {
      const lesson = planLesson(groups, minutes);
      for (const { activities } of lesson.groups) {
        let at = lesson.opening.minutes;
        for (const activity of activities) {
          expect(activity.from).toBe(at);
          expect(activity.minutes).toBeGreaterThan(0);
          at += activity.minutes;
        }
        expect(at).toBe(lesson.closing.from);
      }
      expect(lesson.closing.from + lesson.closing.minutes).toBe(minutes);
      const visits = lesson.groups.map(({ teacher }) => teacher).filter((visit) => visit.minutes > 0);
      visits.sort((a, b) => a.from - b.from);
      let at = lesson.opening.minutes;
      for (const visit of visits) {
        expect(visit.from).toBe(at);
        at += visit.minutes;
      }
      expect(at).toBe(lesson.closing.from);
    },
  );

  it('has the teacher first and longest with those who need an example, and no more questions than fit', () => {
    const lesson = planLesson(groups, 45);
    const first = lesson.groups.toSorted((a, b) => a.teacher.from - b.teacher.from)[0]!;
    expect(first.group.strategy).toBe('worked-example');
    expect(first.activities.map(({ kind }) => kind)).toEqual(['example', 'practice']);
    for (const { activities, teacher } of lesson.groups) {
      expect(teacher.minutes).toBeLessThanOrEqual(first.teacher.minutes);
      for (const { questions, minutes } of activities) expect(questions).toBeLessThanOrEqual(minutes);
    }
  });
});
