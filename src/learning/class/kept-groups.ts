import type { KeptGroup } from '../../shared/groups.ts';
import { REACH, sharedStep, stepGroup, without } from './groups.ts';
import type { Group, GroupedStudent } from './groups.ts';

/** Id of the group of those whom the teacher has put into none. */
export const UNPLACED = 'unplaced';

/**
 * A teacher's groups as the paths stand now: who is where stays as it was said; what is worked on follows, and those whose path has moved on from it are named.
 * @param students of the class; whoever left it is in no group, and who is in none of the teacher's groups stands in one more, the last
 * @param forecast of a student on a skill, 0 to 1
 */
export function followGroups(
  kept: readonly KeptGroup[],
  students: readonly GroupedStudent[],
  forecast: (student: string, skill: string) => number,
): readonly Group[] {
  const byId = new Map(students.map((student) => [student.id, student]));
  const follow = (group: KeptGroup): Group => {
    const members = group.students.flatMap((id) => byId.get(id) ?? []);
    const { kind, strategy } = group;
    const same = { id: group.id, name: group.name, madeFor: { kind, skill: group.skill, strategy } };
    if (kind === 'find-out')
      return {
        ...without('find-out', members),
        ...same,
        movedOn: members.filter(({ enough }) => enough).map((member) => member.id),
      };
    const skill = group.skill ?? sharedStep(members.filter(({ enough }) => enough));
    if (kind === 'own' && skill === undefined) return { ...without('own', members), ...same };
    const aim = skill!;
    const onPath = (member: GroupedStudent): boolean => member.steps.slice(0, REACH).some((step) => step.skill === aim);
    const known = members.map((member) => forecast(member.id, aim));
    return {
      ...stepGroup(aim, members.filter(onPath), strategy),
      ...same,
      students: members.map((member) => member.id),
      forecast: known.length === 0 ? null : { low: Math.min(...known), high: Math.max(...known) },
      movedOn: kind === 'step' ? members.filter((member) => !onPath(member)).map((member) => member.id) : [],
    };
  };
  const placed = new Set(kept.flatMap((group) => group.students));
  const rest = students.filter((student) => !placed.has(student.id)).map((student) => student.id);
  return [
    ...kept.map(follow),
    ...(rest.length === 0 ? [] : [follow({ id: UNPLACED, name: '', kind: 'own', skill: null, strategy: null, students: rest })]),
  ];
}

/** For how many students a proposal has another aim than the group that they are in. */
export function countElsewhere(groups: readonly Group[], proposed: readonly Group[]): number {
  const aims = (of: readonly Group[]): ReadonlyMap<string, string> =>
    new Map(of.flatMap(({ kind, skill, students }) => students.map((student) => [student, skill ?? kind])));
  const now = aims(groups);
  return [...aims(proposed)].filter(([student, aim]) => now.get(student) !== aim).length;
}
