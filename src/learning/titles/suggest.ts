import { skillSetKey, skillsOfKey } from '../responses.ts';
import { nameMatcher } from './names.ts';
import { prefixMatcher } from './prefixes.ts';
import { neighbourMatcher } from './neighbours.ts';
import { topicKey } from './topics.ts';

/** A title whose skills are known. */
export interface LabelledTitle {
  readonly title: string;
  readonly skills: readonly string[];
}

/** What speaks for the skills: how many titles that begin alike have them, which title is alike, or the skills' own names. */
export type SuggestionReason =
  | { readonly code: 'begins'; readonly text: string; readonly with: number; readonly of: number }
  | { readonly code: 'similar'; readonly title: string }
  | { readonly code: 'names' };

export interface SkillSuggestion {
  readonly skills: readonly string[];
  readonly reason: SuggestionReason;
}

/**
 * Proposes skills for titles, from titles whose skills are known and from the names of skills; says nothing where nothing speaks clearly.
 * Deterministic, in any language; takes time in proportion to the titles.
 * @returns what is proposed for the title of this index, if anything
 */
export function suggestSkills(
  titles: readonly string[],
  labelled: readonly LabelledTitle[],
  skills: readonly { readonly id: string; readonly name: string }[],
): (index: number) => SkillSuggestion | undefined {
  const known = labelled
    .filter(({ skills: of }) => of.length > 0)
    .map(({ title, skills: of }) => ({ title, set: skillSetKey(of) }));
  const byPrefix = prefixMatcher(known);
  const byName = nameMatcher(skills);
  const byNeighbour = neighbourMatcher(known, titles);
  const topics = titles.map(topicKey);
  const shared = new Map<string, number>();
  for (const topic of topics) if (topic !== undefined) shared.set(topic, (shared.get(topic) ?? 0) + 1);
  return (index) => {
    const title = titles[index]!;
    const begins = byPrefix(title);
    if (begins) return { skills: skillsOfKey(begins.set), reason: { code: 'begins', ...begins.evidence } };
    const named = byName(title);
    if (named.length > 0) return { skills: named, reason: { code: 'names' } };
    const similar = byNeighbour(title);
    // "分数" is in "百分数" and another thing: what several titles speak of is a topic of its own.
    const topic = topics[index];
    if (similar && topic !== undefined && shared.get(topic)! > 1 && topicKey(similar.title) !== topic) return undefined;
    return similar && { skills: skillsOfKey(similar.set), reason: { code: 'similar', title: similar.title } };
  };
}
