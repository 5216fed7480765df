import { describe, expect, it } from 'vitest';
import { countElsewhere, followGroups, UNPLACED } from '../../src/learning/class/kept-groups.ts';
import { proposeGroups } from '../../src/learning/class/groups.ts';
import type { GroupedStudent } from '../../src/learning/class/groups.ts';
import type { Strategy } from '../../src/shared/strategy.ts';
import { withGroup, withMoved, withName, withoutGroup } from '../../src/shared/groups.ts';
import type { KeptGroup } from '../../src/shared/groups.ts';

const step = (skill: string, strategy: Strategy = 'practice', forecast = 0.5): GroupedStudent['steps'][number] => ({
  skill,
  strategy,
  forecast: { value: forecast, standardError: 0.1 },
  expectedGain: { value: 2, standardError: 0.5 },
  minutes: 9,
});
const student = (id: string, ...steps: GroupedStudent['steps'][number][]): GroupedStudent => ({ id, enough: true, steps });
const kept = (id: string, skill: string | null, ...students: string[]): KeptGroup => ({
  ...{ id, name: '', kind: skill === null ? 'own' : 'step', skill, strategy: skill === null ? null : 'practice', students },
});
const even = (): number => 0.7;

describe('groups that a teacher keeps', () => {
  it('hold those whom the teacher put there, and name whose path has moved on', () => {
    const students = [
      student('a', step('ratios')),
      student('b', step('lines'), step('ratios', 'worked-example', 0.3)),
      student('c', step('lines')),
    ];
    const [group, ...more] = followGroups([kept('p1', 'ratios', 'a', 'b', 'c')], students, (id) => (id === 'c' ? 0.9 : 0.4));
    expect(more).toEqual([]);
    expect(group).toMatchObject({ id: 'p1', kind: 'step', skill: 'ratios', students: ['a', 'b', 'c'], movedOn: ['c'], first: 1 });
    // Of all of them, also of those who have moved on.
    expect(group!.forecast).toEqual({ low: 0.4, high: 0.9 });
    expect(group!.ways).toEqual([
      { strategy: 'worked-example', students: ['b'] },
      { strategy: 'practice', students: ['a'] },
    ]);
  });

  it('stay what they were for where everybody has moved on', () => {
    const [group] = followGroups([{ ...kept('p1', 'ratios', 'a'), strategy: 'review' }], [student('a', step('lines'))], even);
    expect(group).toMatchObject({ skill: 'ratios', strategy: 'review', gain: null, movedOn: ['a'] });
  });

  it('made by the teacher, work on what their students share now, and on their own paths where they share nothing', () => {
    const students = [student('a', step('lines'), step('ratios')), student('b', step('ratios')), student('c', step('other'))];
    expect(followGroups([kept('g1', null, 'a', 'b', 'c')], students, even)[0]).toMatchObject({
      skill: 'ratios',
      madeFor: { kind: 'own', skill: null },
      movedOn: [],
    });
    const apart = ['a', 'b', 'c'].map((id) => student(id, step(`of ${id}`)));
    expect(followGroups([kept('g1', null, 'a', 'b', 'c')], apart, even)[0]).toMatchObject({ kind: 'own', skill: null });
    expect(followGroups([kept('g1', null)], apart, even)[0]).toMatchObject({ kind: 'own', students: [] });
  });

  it('leave out who left the class, and put who came later into none of them', () => {
    const groups = followGroups([kept('p1', 'ratios', 'gone', 'a')], [student('a', step('ratios')), student('new')], even);
    expect(groups.map(({ id, students }) => [id, students])).toEqual([
      ['p1', ['a']],
      [UNPLACED, ['new']],
    ]);
  });

  it('say for how many a proposal has another aim', () => {
    const students = [
      student('a', step('ratios')),
      student('b', step('ratios')),
      student('c', step('lines')),
      student('d', step('lines')),
    ];
    const proposed = proposeGroups(students, 8).groups;
    const own = (...of: KeptGroup[]) => followGroups(of, students, even);
    expect(countElsewhere(own(kept('1', 'ratios', 'a', 'b'), kept('2', 'lines', 'c', 'd')), proposed)).toBe(0);
    expect(countElsewhere(own(kept('1', 'ratios', 'a', 'b', 'c'), kept('2', 'lines', 'd')), proposed)).toBe(1);
  });
});

describe('what a teacher does with groups', () => {
  const groups = [kept('p1', 'ratios', 'a', 'b'), kept('p2', 'lines', 'c')];
  it('moves a student out of one into another; an emptied one without a name is gone, a named or new one stays', () => {
    expect(withMoved(groups, 'a', 'p2').map(({ students }) => students)).toEqual([['b'], ['c', 'a']]);
    expect(withMoved(groups, 'c', 'p1').map(({ id }) => id)).toEqual(['p1']);
    expect(withMoved(withName(groups, 'p2', 'Rockets'), 'c', 'p1').map(({ students }) => students)).toEqual([
      ['a', 'b', 'c'],
      [],
    ]);
    const made = withGroup(groups, '');
    expect(withMoved(made.groups, 'a', 'p2').map(({ id }) => id)).toEqual(['p1', 'p2', made.id]);
    expect(withMoved(groups, 'a', 'p1').map(({ students }) => students)).toEqual([['b', 'a'], ['c']]);
  });
  it('gives each new group an id of its own, also after one was removed', () => {
    const first = withGroup(groups, 'one');
    const second = withGroup(first.groups, 'two');
    const third = withGroup(withoutGroup(second.groups, first.id), 'three');
    expect(new Set(third.groups.map(({ id }) => id)).size).toBe(4);
  });
});
