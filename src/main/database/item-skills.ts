import type { Database } from 'better-sqlite3';
import { plainTitle, titleMatcher } from '../../learning/titles/rule.ts';
import type { CourseItem, ItemReference, RuleRecord } from '../services/course/ports.ts';
import type { Journal } from './changes.ts';
import { CourseWriter } from './course-writer.ts';
import { readRules } from './course-reader.ts';
import type { ItemSkillsRow } from './import-rows.ts';
import { createReader } from './reader.ts';

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

/** Gives questions and assignments the skills that a table says; several rows of one add up. */
export function writeItemSkills(database: Database, rows: readonly ItemSkillsRow[], number: number, journal: Journal): void {
  if (rows.length === 0) return;
  const find = itemFinder(database);
  const course = new CourseWriter(database, number, journal);
  const said = new Map<string, { item: ItemReference; line: number; skills: Set<string> }>();
  for (const row of rows)
    for (const item of find(row.item)) {
      const key = `${item.kind} ${item.id}`;
      const known = said.get(key) ?? { item, line: row.line, skills: new Set<string>() };
      said.set(key, known);
      for (const skill of row.skills) known.skills.add(course.skill(skill));
    }
  const standing = new Map(
    createReader(database)
      .items()
      .map((item) => [`${item.kind} ${item.id}`, item.skills]),
  );
  const names = new Map(database.prepare('SELECT code, name FROM skills').raw().all() as [string, string][]);
  const join = (codes: readonly string[]): string => codes.map((code) => names.get(code) ?? code).join(', ');
  for (const [key, { item, line, skills }] of said) {
    const before = standing.get(key) ?? [];
    const after = [...skills].sort();
    if (join(before) === join(after)) journal.book.unchanged('item-skills');
    else {
      course.item(item, { skills: JSON.stringify(after) });
      if (before.length === 0) journal.book.added('item-skills', line, [item.id], { skills: join(after) });
      else journal.book.changed('item-skills', line, [item.id], { skills: join(before) }, { skills: join(after) });
    }
  }
}

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
