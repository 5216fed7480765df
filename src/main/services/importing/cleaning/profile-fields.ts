import type { IncomingStudent } from '../../../database/import-rows.ts';
import type { ProfileValue } from '../../../../shared/domain.ts';
import type { Findings } from './findings.ts';
import { commonUnit } from './quantities.ts';

const YES = new Set(['yes', 'y', 'true', 'ja', 'j', 'si', 'oui', 'o', '是', '有', '对']);
const NO = new Set(['no', 'n', 'false', 'nein', 'non', '否', '无', '没有', '不是']);

/** What two spellings of one word have in common: case, accents, spaces, hyphens, points and underscores do not count. */
export function spellingKey(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLocaleLowerCase('en')
    .replaceAll(/[\s_\-–.]+/g, ' ')
    .trim();
}

/** Values of the gradebook's profile fields by `area.field`, and how many students have each. */
export type KnownValues = ReadonlyMap<string, ReadonlyMap<ProfileValue, number>>;

/**
 * One spelling for each value of a profile field, the most usual one; quantities with units become numbers in one unit. A field that
 * mixes both is left as it is, but for its spelling.
 */
export function standardiseFields(
  students: readonly IncomingStudent[],
  findings: Findings,
  known: KnownValues = new Map(),
): readonly IncomingStudent[] {
  const values = new Map<string, Map<ProfileValue, number>>();
  for (const { profile } of students)
    for (const { area, field, value } of profile) {
      const name = `${area}.${field}`;
      const counts = values.get(name) ?? new Map<ProfileValue, number>();
      values.set(name, counts);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  const rules = new Map<string, { readonly about: string; readonly to: ReadonlyMap<ProfileValue, ProfileValue> }>();
  for (const [name, counts] of values) {
    const quantities = commonUnit(counts);
    const to = quantities?.to ?? spellings(counts, known.get(name) ?? new Map<ProfileValue, number>());
    if (to.size > 0) rules.set(name, { about: quantities ? `${name} (${quantities.unit})` : name, to });
  }
  if (rules.size === 0) return students;
  return students.map((student) => {
    let changed = false;
    const profile = student.profile.map((entry) => {
      const rule = rules.get(`${entry.area}.${entry.field}`);
      const becomes = rule?.to.get(entry.value);
      if (!rule || becomes === undefined) return entry;
      changed = true;
      findings.add(() => ({ line: student.line, about: rule.about, value: entry.value, kind: 'text', becomes }));
      return { ...entry, value: becomes };
    });
    return changed && findings.on ? { ...student, profile } : student;
  });
}

/**
 * Spelling → the one that the gradebook has of the same word, else the most usual one of the file, the first where two are as usual; only
 * those that change.
 */
function spellings(
  counts: ReadonlyMap<ProfileValue, number>,
  known: ReadonlyMap<ProfileValue, number>,
): Map<ProfileValue, ProfileValue> {
  const texts = [...counts].filter((entry): entry is [string, number] => typeof entry[0] === 'string');
  const keys = texts.map(([text]) => spellingKey(text));
  const answersYesOrNo = keys.every((key) => YES.has(key) || NO.has(key));
  const groups = new Map<string, { best: string; often: number }>();
  const groupOf = (key: string): string => (answersYesOrNo ? (YES.has(key) ? 'yes' : 'no') : key);
  const offer = (group: string, text: string, often: number): void => {
    if (often > (groups.get(group)?.often ?? 0)) groups.set(group, { best: text, often });
  };
  texts.forEach(([text, count], index) => offer(groupOf(keys[index]!), text, count));
  const inFile = new Set(groups.keys());
  for (const [text, count] of known) {
    if (typeof text !== 'string') continue;
    const key = spellingKey(text);
    if (answersYesOrNo && !YES.has(key) && !NO.has(key)) continue;
    // What stands counts before whatever the file has.
    if (inFile.has(groupOf(key))) offer(groupOf(key), text, count + total(counts));
  }
  const to = new Map<ProfileValue, ProfileValue>();
  texts.forEach(([text], index) => {
    const { best } = groups.get(groupOf(keys[index]!))!;
    if (best !== text) to.set(text, best);
  });
  return to;
}

const total = (counts: ReadonlyMap<ProfileValue, number>): number => [...counts.values()].reduce((sum, count) => sum + count, 0);
