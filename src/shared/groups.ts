import type { Strategy } from './strategy.ts';

/** find-out: too little is known · step: they share a skill to work on · own: whatever its students share now, if they share anything. */
export type GroupKind = 'find-out' | 'step' | 'own';

/** A group as a teacher keeps it: who is in it and what it was made for. */
export interface KeptGroup {
  /** Stays with the group for as long as it is kept. */
  readonly id: string;
  /** Empty where nobody gave it one. */
  readonly name: string;
  readonly kind: GroupKind;
  /** Of step only. */
  readonly skill: string | null;
  readonly strategy: Strategy | null;
  readonly students: readonly string[];
}

/** More than a lesson can have. */
export const MOST_KEPT_GROUPS = 16;
export const LONGEST_GROUP_NAME = 80;

/** Groups as they are shown, to be kept so: those in none of them stay so. */
export const keptOf = (
  groups: readonly (Pick<KeptGroup, 'id' | 'name'> & {
    readonly madeFor: Pick<KeptGroup, 'kind' | 'skill' | 'strategy'>;
    readonly students: readonly { readonly id: string }[];
    readonly unplaced: boolean;
  })[],
): KeptGroup[] =>
  groups
    .filter(({ unplaced }) => !unplaced)
    .map(({ id, name, madeFor, students }) => ({ id, name, ...madeFor, students: students.map((student) => student.id) }));

/** One more group at the end, for whatever its students will share. */
export function withGroup(groups: readonly KeptGroup[], name: string): { readonly id: string; readonly groups: KeptGroup[] } {
  let number = groups.length + 1;
  while (groups.some(({ id }) => id === `g${number}`)) number++;
  const id = `g${number}`;
  return { id, groups: [...groups, { id, name, kind: 'own', skill: null, strategy: null, students: [] }] };
}

/** The student goes into that group and out of any other; a group without a name that loses its last student is gone. */
export function withMoved(groups: readonly KeptGroup[], student: string, to: string): KeptGroup[] {
  return groups.flatMap((group) => {
    if (group.id === to) return { ...group, students: [...group.students.filter((each) => each !== student), student] };
    const left = group.students.filter((each) => each !== student);
    return left.length === 0 && group.students.length > 0 && group.name === '' ? [] : { ...group, students: left };
  });
}

export const withName = (groups: readonly KeptGroup[], id: string, name: string): KeptGroup[] =>
  groups.map((group) => (group.id === id ? { ...group, name } : group));

export const withoutGroup = (groups: readonly KeptGroup[], id: string): KeptGroup[] => groups.filter((group) => group.id !== id);
