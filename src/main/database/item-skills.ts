import type { Database } from 'better-sqlite3';
import { plainTitle, titleMatcher } from '../../learning/titles/rule.ts';
import type { CourseItem, ItemReference, RuleRecord } from '../services/course/ports.ts';
import type { Journal } from './changes.ts';
import { CourseWriter } from './course-writer.ts';
import { readRules } from './course-reader.ts';
import { courseEntities } from './course-entities.ts';
import type { ItemCounting, ItemSkillsRow } from './import-rows.ts';
import { createReader } from './reader.ts';
import type { Values } from './values.ts';

/** Finds questions and assignments by what a table calls them: their code, their system's id, or their title. */
export function itemFinder(database: Database): (name: string) => readonly ItemReference[] {
  const found = new Map<string, ItemReference[]>();
  const add = (name: string, item: ItemReference): void => {
    const known = found.get(name);
    if (!known) found.set(name, [item]);
    else if (!known.some(({ kind, id }) => kind === item.kind && id === item.id)) known.push(item);
  };
  for (const id of database.prepare('SELECT code FROM questions').pluck().all() as string[])
    for (const name of [id, `~${plainTitle(id)}`]) add(name, { kind: 'question', id });
  const assignments = database.prepare('SELECT code, source_id, title FROM assignments').raw().all() as [
    string,
    string,
    string,
  ][];
  for (const [id, sourceId, title] of assignments)
    for (const name of [id, ...(sourceId === '' ? [] : [sourceId]), `~${plainTitle(title)}`])
      add(name, { kind: 'assignment', id });
  return (name) => found.get(name) ?? found.get(`~${plainTitle(name)}`) ?? [];
}

/** What a table says of one question or assignment; several rows of one add up. */
interface Said {
  readonly item: ItemReference;
  readonly line: number;
  readonly skills: Set<string>;
  counting: ItemCounting | undefined;
}

/** Gives questions and assignments the skills that a table says, and lets them count as it says. */
export function writeItemSkills(database: Database, rows: readonly ItemSkillsRow[], number: number, journal: Journal): void {
  if (rows.length === 0) return;
  const find = itemFinder(database);
  const course = new CourseWriter(database, number, journal);
  const said = new Map<string, Said>();
  for (const row of rows)
    for (const item of find(row.item)) {
      if (row.kind !== undefined && item.kind !== row.kind) continue;
      const key = `${item.kind} ${item.id}`;
      const known: Said = said.get(key) ?? { item, line: row.line, skills: new Set<string>(), counting: undefined };
      said.set(key, known);
      for (const skill of row.skills) known.skills.add(course.skill(skill));
      known.counting = row.counting ?? known.counting;
    }
  const standing = new Map(
    createReader(database)
      .items()
      .map((item) => [`${item.kind} ${item.id}`, item]),
  );
  const names = new Map(database.prepare('SELECT code, name FROM skills').raw().all() as [string, string][]);
  const join = (codes: readonly string[]): string => codes.map((code) => names.get(code) ?? code).join(', ');
  const entities = courseEntities(database);
  for (const [key, { item, line, skills, counting }] of said) {
    const before = standing.get(key)?.skills ?? [];
    const after = [...skills].sort();
    const other = join(before) !== join(after);
    const now = entities[`${item.kind}-edit`].read([item.id])!;
    const counted = counting === undefined ? {} : differing(now, countingValues(counting, item.kind));
    const was = Object.fromEntries(Object.keys(counted).map((name) => [name, now[name]!]));
    if (!other && Object.keys(counted).length === 0) {
      journal.book.unchanged('item-skills');
      continue;
    }
    course.item(item, { ...(other ? { skills: JSON.stringify(after) } : {}), ...counted });
    const [from, to] = other ? [{ skills: join(before) }, { skills: join(after) }] : [{}, {}];
    if (before.length === 0 && other) journal.book.added('item-skills', line, [item.id], { ...to, ...counted });
    else journal.book.changed('item-skills', line, [item.id], { ...from, ...was }, { ...to, ...counted });
  }
}

/** Marks have no right and wrong that could be swapped. */
const countingValues = ({ voided, key, weight, reason }: ItemCounting, kind: ItemReference['kind']): Values => ({
  voided: voided ? 1 : 0,
  answer_key: kind === 'assignment' && key === 'flipped' ? null : key,
  weight,
  reason,
});

const differing = (now: Values, said: Values): Values =>
  Object.fromEntries(Object.entries(said).filter(([name, value]) => now[name] !== value));

/** What each rule would give skills to: what has none and has a title that fits. */
export function ruleOffers(database: Database): { readonly rule: RuleRecord; readonly items: readonly CourseItem[] }[] {
  const rules = readRules((sql) => database.prepare(sql));
  if (rules.length === 0) return [];
  const open = createReader(database)
    .items()
    .filter(({ skills, voided }) => skills.length === 0 && !voided);
  return rules.flatMap((rule) => {
    const fits = titleMatcher(rule);
    const items = open.filter(({ title }) => fits(title));
    return items.length === 0 ? [] : [{ rule, items }];
  });
}

/** Applies rules as part of an import, so that undoing it takes them back. */
export function applyRules(database: Database, ids: readonly number[], number: number, journal: Journal): void {
  const course = new CourseWriter(database, number, journal);
  for (const id of ids) {
    const offer = ruleOffers(database).find(({ rule }) => rule.id === id);
    if (!offer) continue;
    const skills = JSON.stringify([...new Set(offer.rule.skills.map((skill) => course.skill(skill)))].sort());
    for (const item of offer.items) course.item(item, { skills });
  }
}
