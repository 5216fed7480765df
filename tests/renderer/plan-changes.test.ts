import { describe, expect, it } from 'vitest';
import { pathNeighbourhood } from '../../src/renderer/features/student/path-neighbourhood.ts';
import { pathChanges, skillChanges } from '../../src/renderer/features/student/plan-changes.ts';

const cell = (skill: string, value: number) => ({
  skill,
  forecast: { value, standardError: 0.1 },
  mastery: { value, standardError: 0.1 },
  answers: 3,
  enough: true,
  wanted: 0,
});

describe('skillChanges', () => {
  it('lists what moved by a point as shown, the largest first', () => {
    const before = [cell('a', 0.5), cell('b', 0.5), cell('c', 0.5)];
    const after = [cell('a', 0.52), cell('b', 0.501), cell('c', 0.4)];
    expect(skillChanges(before, after).map(({ skill }) => skill)).toEqual(['c', 'a']);
  });

  it('leaves out skills that were not there before', () => {
    expect(skillChanges([], [cell('a', 0.9)])).toEqual([]);
  });
});

describe('pathChanges', () => {
  it('tells for each step whether it stays, moves, is new or has left', () => {
    const steps = (...skills: string[]) => skills.map((skill) => ({ skill }));
    expect(pathChanges(steps('a', 'b', 'c', 'd'), steps('a', 'c', 'b', 'e'))).toEqual([
      { skill: 'a', place: 1, before: 1, kind: 'stays' },
      { skill: 'c', place: 2, before: 3, kind: 'up' },
      { skill: 'b', place: 3, before: 2, kind: 'down' },
      { skill: 'e', place: 4, before: undefined, kind: 'new' },
      { skill: 'd', place: undefined, before: 4, kind: 'gone' },
    ]);
  });
});

describe('pathNeighbourhood', () => {
  it('adds what the path directly builds on and leads to', () => {
    const links = [
      { skill: 'b', prerequisite: 'a' },
      { skill: 'c', prerequisite: 'b' },
      { skill: 'd', prerequisite: 'c' },
    ];
    expect(pathNeighbourhood(['b'], links)).toEqual(['b', 'a', 'c']);
  });
});
