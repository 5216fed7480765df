import { PathlightError } from '../../../shared/errors.ts';
import type { KeptGroup } from '../../../shared/groups.ts';

/** @throws PathlightError `bad-groups` where two groups share an id or a student, or a group for a skill names none */
export function checkGroups(groups: readonly KeptGroup[]): void {
  const refuse = (what: string): never => {
    throw new PathlightError('bad-groups', `${what} Nothing was changed.`, {});
  };
  if (new Set(groups.map(({ id }) => id)).size < groups.length) refuse('Two groups have the same id.');
  const students = groups.flatMap((group) => group.students);
  if (new Set(students).size < students.length) refuse('A student is in two groups.');
  if (groups.some(({ kind, skill }) => (kind === 'step') !== (skill !== null)))
    refuse('A group for a step must name its skill, and no other may.');
}
