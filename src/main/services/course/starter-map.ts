import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { createSkillGraph, separateCircles } from '../../../learning/planning/skill-graph.ts';
import { nameMatcher } from '../../../learning/titles/names.ts';
import { plainTitle } from '../../../learning/titles/rule.ts';
import type { Prerequisite, Skill } from '../../../shared/domain.ts';
import type { CourseReader } from './ports.ts';

const schema = z.object({
  subject: z.string(),
  skills: z.array(
    z.object({
      id: z.string(),
      /** School year in which it is usually taught first. */
      grade: z.number().int(),
      strand: z.string(),
      en: z.string().min(1),
      zh: z.string().min(1),
      /** Ids of skills that it builds on. */
      needs: z.array(z.string()),
      /** What else it is called, in either language. */
      also: z.array(z.string()).default([]),
    }),
  ),
});

/** A map of skills that a course without one can begin with. */
export type StarterMap = z.output<typeof schema>;

export interface StarterChoice {
  /** Of the names that new skills get. */
  readonly language: 'en' | 'zh';
  /** `part`: what the course's own skills rest on, and these; `all`: the whole map. */
  readonly scope: 'part' | 'all';
}

/** What would come in. A skill of the pairs is an id of the course, or the name of a new skill. */
export interface Adoption {
  /** Skills of the course, and what the map calls each. */
  readonly matched: readonly { readonly name: string; readonly own: Skill }[];
  readonly fresh: readonly string[];
  readonly links: readonly Prerequisite[];
  /** Left out: each would close a circle with what the course has already. */
  readonly closing: readonly Prerequisite[];
  /** Left out: the teacher took it away. */
  readonly takenAway: readonly Prerequisite[];
}

export const readStarterMap = (resources: string): StarterMap =>
  schema.parse(JSON.parse(readFileSync(path.join(resources, 'starter-map', 'mathematics.json'), 'utf8')));

const pairKey = ({ skill, prerequisite }: Prerequisite): string => `${skill}\u001f${prerequisite}`;

export function planAdoption(
  { skills }: StarterMap,
  read: Pick<CourseReader, 'skillUse' | 'courseMap' | 'withdrawnSkills' | 'storedLinks'>,
  { language, scope }: StarterChoice,
): Adoption {
  const own = read.skillUse().map(({ id, name }) => ({ id, name }));
  const withdrawn = read.withdrawnSkills();
  const matches = matchSkills(skills, own, withdrawn);
  const pairs = skills.flatMap(({ id, needs }) => needs.map((prerequisite) => ({ skill: id, prerequisite })));
  const { ancestorsOf } = createSkillGraph({ skills: [], prerequisites: pairs });
  const part = new Set([...matches.keys()].flatMap((id) => [id, ...ancestorsOf(id)]));
  const taken = scope === 'all' ? skills : skills.filter(({ id }) => part.has(id));
  const codes = new Map(taken.map((skill) => [skill.id, matches.get(skill.id)?.id ?? skill[language]]));
  const fresh = taken.filter(({ id }) => !matches.has(id)).map((skill) => skill[language]);

  const standing = read.courseMap().prerequisites;
  const stored = read.storedLinks();
  const removed = new Set(stored.filter((pair) => pair.removed).map(pairKey));
  // A skill that was removed and comes back brings the pairs along that it had.
  const back = new Set(fresh.filter((name) => withdrawn.has(name)));
  const there = new Set([...own.map(({ id }) => id), ...back]);
  const dormant = stored.filter(
    ({ skill, prerequisite, removed: out }) =>
      !out && (back.has(skill) || back.has(prerequisite)) && there.has(skill) && there.has(prerequisite),
  );
  const known = new Set([...standing, ...dormant].map(pairKey));
  const wanted = pairs
    .flatMap(({ skill, prerequisite }) => {
      const [above, below] = [codes.get(skill), codes.get(prerequisite)];
      return above === undefined || below === undefined || above === below ? [] : [{ skill: above, prerequisite: below }];
    })
    .filter(
      (pair, index, all) => !known.has(pairKey(pair)) && all.findIndex((other) => pairKey(other) === pairKey(pair)) === index,
    );
  const { kept, refused } = separateCircles(
    wanted.filter((pair) => !removed.has(pairKey(pair))),
    [...standing, ...dormant],
  );
  return {
    matched: taken.flatMap((skill) => {
      const found = matches.get(skill.id);
      return found === undefined ? [] : [{ name: skill[language], own: found }];
    }),
    fresh,
    links: kept,
    closing: refused.map(({ pair }) => pair),
    takenAway: wanted.filter((pair) => removed.has(pairKey(pair))),
  };
}

/**
 * Skills of the course that are skills of the map, by the map's ids: each one at most. The same name goes before another form of it ("Area of
 * circles" is "Circle area"); a name that says only more, or less, is another skill.
 */
function matchSkills(
  skills: StarterMap['skills'],
  own: readonly Skill[],
  withdrawn: ReadonlyMap<string, string | null>,
): ReadonlyMap<string, Skill> {
  const names = new Map(skills.map(({ id, en, zh, also }) => [id, [en, zh, ...also]]));
  const byId = new Map(own.map((skill) => [skill.id, skill]));
  const exact = new Map<string, Skill>();
  for (const skill of [...own].reverse()) exact.set(plainTitle(skill.name), skill);
  for (const skill of [...own].reverse()) exact.set(plainTitle(skill.id), skill);

  const matches = new Map<string, Skill>();
  // A skill that became part of another is that other, which may be another skill of the map as well.
  const merged = new Map([...withdrawn].flatMap(([code, other]) => (other === null ? [] : [[plainTitle(code), other] as const])));
  for (const [id, called] of names)
    for (const name of called.slice(0, 2)) {
      const other = byId.get(merged.get(plainTitle(name)) ?? '');
      if (other !== undefined && !exact.has(plainTitle(name))) matches.set(id, other);
    }
  const used = new Set<string>();
  const take = (id: string, skill: Skill | undefined): void => {
    if (skill === undefined || matches.has(id) || used.has(skill.id)) return;
    matches.set(id, skill);
    used.add(skill.id);
  };
  for (const [id, called] of names) take(id, called.slice(0, 2).flatMap((name) => exact.get(plainTitle(name)) ?? [])[0]);
  // An id is often short for more than it says: only a name is looked for among other names of the map's.
  const named = new Map([...own].reverse().map((skill) => [plainTitle(skill.name), skill]));
  for (const [id, called] of names) take(id, called.slice(2).flatMap((name) => named.get(plainTitle(name)) ?? [])[0]);
  const all = [...names].flatMap(([id, called]) => called.map((name, index) => ({ id: `${id} ${index}`, name })));
  const said = nameMatcher(all);
  for (const skill of own) {
    if (used.has(skill.id)) continue;
    const says = nameMatcher([skill]);
    for (const found of said(skill.name)) {
      const [id, index] = found.split(' ') as [string, string];
      // Each says the other: the same words, in another order or form.
      if (says(names.get(id)![Number(index)]!).length > 0) take(id, skill);
    }
  }
  return matches;
}
