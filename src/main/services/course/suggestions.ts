import { skillSetKey } from '../../../learning/responses.ts';
import { suggestSkills } from '../../../learning/titles/suggest.ts';
import type { SuggestionReason } from '../../../learning/titles/suggest.ts';
import type { CourseItem } from './ports.ts';

/** Items for which the same skills are proposed for the same reason, to be accepted together or one by one. */
export interface SkillSuggestionGroup {
  readonly id: string;
  readonly skills: readonly string[];
  readonly reason: SuggestionReason;
  readonly items: readonly CourseItem[];
}

/** So many titles are looked at before other work is let in. */
const SLICE = 500;

/** Proposals for everything that has no skill yet; the largest groups first. */
export async function groupSuggestions(
  items: readonly CourseItem[],
  skills: readonly { readonly id: string; readonly name: string }[],
): Promise<readonly SkillSuggestionGroup[]> {
  const standing = items.filter(({ voided }) => !voided);
  const open = standing.filter((item) => item.skills.length === 0);
  // An assignment that stands for itself is no skill that another could have.
  const own = new Set(open.filter(({ kind }) => kind === 'assignment').map(({ title }) => title));
  const suggest = suggestSkills(
    open.map(({ title }) => title),
    standing,
    skills.filter(({ id, name }) => !(own.has(id) && id === name)),
  );
  const groups = new Map<string, { skills: readonly string[]; reason: SuggestionReason; items: CourseItem[] }>();
  for (let at = 0; at < open.length; at++) {
    if (at % SLICE === SLICE - 1) await new Promise((resolve) => setImmediate(resolve));
    const found = suggest(at);
    if (!found) continue;
    const { reason } = found;
    const kind = reason.code === 'begins' ? reason.text : '';
    const id = `${reason.code} ${kind} ${skillSetKey(found.skills)}`;
    const group = groups.get(id);
    if (group) group.items.push(open[at]!);
    else groups.set(id, { skills: found.skills, reason, items: [open[at]!] });
  }
  return [...groups]
    .map(([id, group]) => ({ id, ...group }))
    .sort((a, b) => b.items.length - a.items.length || (a.id < b.id ? -1 : 1));
}
