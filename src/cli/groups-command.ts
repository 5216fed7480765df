import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { openGroupsStore } from '../main/database/groups-store.ts';
import type { GroupsStore } from '../main/database/groups-store.ts';
import { groupClass, shownGroups } from '../main/services/classroom/lesson-plan.ts';
import type { LessonGroup } from '../shared/contract/classroom.ts';
import { PathlightError } from '../shared/errors.ts';
import { keptOf, withGroup, withMoved, withName } from '../shared/groups.ts';
import type { KeptGroup } from '../shared/groups.ts';
import { resolveTyped } from './paths.ts';
import { withClass } from './with-class.ts';
import { strategyWords } from './words-in.ts';
import type { ClassCommandOptions } from './with-class.ts';
import { skillNames } from '../shared/skill-names.ts';

export interface GroupsCommandOptions extends ClassCommandOptions {
  readonly size: number;
  /** Pairs of a student and a group. */
  readonly move: readonly (readonly [string, string])[];
  /** Pairs of a group and a name. */
  readonly rename: readonly (readonly [string, string])[];
  readonly new: readonly string[];
  readonly proposal?: boolean;
  readonly undo?: boolean;
}

const LETTERS = 'ABCDEFGHIJKLMNOP';

export const openGroups = (data: string): GroupsStore => openGroupsStore(path.join(resolveTyped(data), 'gradebook.sqlite'));

/** What a group does, in one line. */
export function groupWords({ name, kind, skillName, strategy }: LessonGroup): string {
  const what =
    strategy === null
      ? kind === 'own'
        ? 'each on their own path'
        : 'find out first'
      : `${skillName}: ${strategyWords(strategy)}`;
  return name === '' ? what : `${name} (${what})`;
}

/** By its letter or its name. @throws PathlightError `no-such-group` */
function groupNamed(groups: readonly KeptGroup[], named: string): KeptGroup {
  const byLetter = /^[A-P]$/i.test(named) ? groups[LETTERS.indexOf(named.toUpperCase())] : undefined;
  const found = groups.find(({ name }) => name !== '' && name === named) ?? byLetter;
  if (!found)
    throw new PathlightError(
      'no-such-group',
      `There is no group "${named}". There are: ${groups.map(({ name }, index) => (name === '' ? LETTERS[index]! : `${LETTERS[index]} (${name})`)).join(', ')}. Nothing was changed.`,
      { group: named },
    );
  return found;
}

/** What was asked for, one after the other. @throws PathlightError `no-such-group`, `no-such-student` */
function arranged(
  groups: readonly KeptGroup[],
  options: GroupsCommandOptions,
  students: ReadonlyMap<string, string>,
): KeptGroup[] {
  let now: KeptGroup[] = [...groups];
  // Letters mean what was shown, whatever a move leaves behind.
  for (const [named, name] of options.rename) now = withName(now, groupNamed(groups, named).id, name.trim());
  for (const name of options.new) now = withGroup(now, name.trim()).groups;
  const shown = [...now];
  for (const [named, to] of options.move) {
    const student = students.has(named) ? named : [...students].find(([, name]) => name === named)?.[0];
    if (student === undefined)
      throw new PathlightError('no-such-student', `There is no student "${named}" in this class; nothing was changed.`, {});
    now = withMoved(now, student, groupNamed(shown, to).id);
  }
  return now;
}

/** @throws PathlightError `no-such-class`, `no-such-group`, `no-such-student`, `groups-changed` */
export function groupsCommand(options: GroupsCommandOptions): Promise<void> {
  return withClass(options, async (gradebook, profiles, classId) => {
    const store = openGroups(options.data);
    const nameOf = skillNames(gradebook.read.courseMap().skills);
    const look = async () => {
      const members = profiles.members(classId);
      const found = await groupClass({ classId, members, size: options.size, standing: store.standing(classId) });
      return { ...found, groups: shownGroups(found, nameOf) };
    };
    try {
      const before = await look();
      const fresh = { id: randomUUID(), at: Date.now() };
      const base = before.standing?.id ?? null;
      if (options.undo) {
        if (base === null)
          throw new PathlightError('groups-changed', 'There is nothing to undo: nobody has changed these groups.');
        store.undo(base, fresh);
      } else if (options.proposal) store.keep(classId, base, { ...fresh, groups: null });
      else if (options.move.length + options.rename.length + options.new.length > 0)
        store.keep(classId, base, { ...fresh, groups: arranged(keptOf(before.groups), options, before.names) });
      const { groups, standing, elsewhere } = await look();
      if (options.json) {
        console.log(JSON.stringify({ classId, kept: standing?.kept ?? false, elsewhere, groups }, undefined, 1));
        return;
      }
      console.log(standing?.kept ? 'The groups are yours.' : 'The groups are a proposal.');
      groups.forEach((group, index) => {
        console.log(`${LETTERS[index] ?? index + 1}  ${groupWords(group)}${group.unplaced ? ' (in none of your groups)' : ''}`);
        console.log(`   ${group.students.map(({ name }) => name).join(', ') || 'nobody yet'}`);
        if (group.movedOn.length > 0)
          console.log(`   Not among the next steps of ${group.movedOn.map(({ name }) => name).join(', ')} now.`);
      });
      if (elsewhere > 0) console.log(`Today’s proposal would put ${elsewhere} of them elsewhere; --proposal goes back to it.`);
    } finally {
      store.close();
    }
  });
}
