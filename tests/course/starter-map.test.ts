import Sqlite from 'better-sqlite3';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSkillGraph, findCycle } from '../../src/learning/planning/skill-graph.ts';
import { plainTitle } from '../../src/learning/titles/rule.ts';
import { readStarterMap } from '../../src/main/services/course/starter-map.ts';
import { courseOf, responses, startCourse } from '../support/course.ts';
import type { TestCourse } from '../support/course.ts';
import { dump } from '../support/gradebook.ts';

const { skills } = readStarterMap(path.join(import.meta.dirname, '../../resources'));
const links = skills.flatMap(({ id, needs }) => needs.map((prerequisite) => ({ skill: id, prerequisite })));
const byId = new Map(skills.map((skill) => [skill.id, skill]));

describe('the starter map', () => {
  it('has 60 to 100 skills, each called once in both languages', () => {
    expect(skills.length).toBeGreaterThanOrEqual(60);
    expect(skills.length).toBeLessThanOrEqual(100);
    expect(byId.size).toBe(skills.length);
    for (const name of ['en', 'zh'] as const)
      expect(new Set(skills.map((skill) => plainTitle(skill[name]))).size).toBe(skills.length);
    for (const { en, zh } of skills) {
      expect(en).toMatch(/^[A-Z][A-Za-z ,-]+$/);
      expect(zh).toMatch(/^[\p{Script=Han}、]+$/u);
    }
    const called = skills.flatMap(({ en, zh, also }) => [en, zh, ...also].map(plainTitle));
    expect(called.filter((name, index) => called.indexOf(name) !== index)).toEqual([]);
  });

  it('builds up without a circle, from earlier school years to later ones', () => {
    expect(links.filter(({ prerequisite }) => !byId.has(prerequisite))).toEqual([]);
    expect(findCycle(links)).toBeUndefined();
    for (const { id, grade, needs } of skills) {
      expect(grade).toBeGreaterThanOrEqual(3);
      expect(grade).toBeLessThanOrEqual(8);
      for (const each of needs) expect(byId.get(each)!.grade, `${id} needs ${each}`).toBeLessThanOrEqual(grade);
    }
  });

  it('hangs together: few beginnings, nothing alone, chains of a sensible length, no link that others say already', () => {
    const graph = createSkillGraph({ skills: [], prerequisites: links });
    const depths = skills.map(({ id }) => graph.depthOf(id));
    expect(Math.max(...depths)).toBeGreaterThanOrEqual(8);
    expect(Math.max(...depths)).toBeLessThanOrEqual(20);
    expect(skills.filter(({ needs }) => needs.length === 0).length).toBeLessThanOrEqual(4);
    expect(skills.filter(({ id, needs }) => needs.length === 0 && graph.dependentsOf(id).length === 0)).toEqual([]);
    expect([...graph.ancestorsOf('linear-functions')]).toEqual(
      expect.arrayContaining(['place-value', 'addition', 'fraction-meaning', 'ratios', 'one-step-equations']),
    );
    const said = skills.flatMap(({ id, needs }) =>
      needs.filter((each) => needs.some((other) => graph.ancestorsOf(other).has(each))).map((each) => `${each} > ${id}`),
    );
    expect(said).toEqual([]);
  });
});

/** Fractions and ratios are skills of it, knots are not; its one prerequisite is the wrong way round. */
const start = (map = 'ratios,Ratios,\nfractions,Fractions,ratios\nknots,Knots,\n') =>
  startCourse({ 'answers.csv': courseOf(responses), 'map.csv': `skill,name,prerequisite\n${map}` });
const mapOf = (course: TestCourse) => course.gradebook.read.courseMap();
const everything = (course: TestCourse): string => {
  const file = path.join(course.folder, 'gradebook.sqlite');
  const database = new Sqlite(file, { readonly: true });
  try {
    const rows = ['skills', 'prerequisites', 'skill_edits'].map((table) => database.prepare(`SELECT * FROM ${table}`).all());
    return dump(file) + JSON.stringify(rows);
  } finally {
    database.close();
  }
};

describe('taking the starter map', () => {
  it('brings what the course’s own skills rest on, keeps their names, and undo restores exactly', async () => {
    const course = await start('ratios,Ratios of amounts,\nfractions,FRACTIONS,\nknots,Knots,\n');
    const before = everything(course);
    const { part, all } = await course.get('skills.starter', { language: 'en' });
    expect(part.matched).toEqual([
      { name: 'Meaning of fractions', own: { id: 'fractions', name: 'FRACTIONS' } },
      { name: 'Ratios', own: { id: 'ratios', name: 'Ratios of amounts' } },
    ]);
    expect(part.fresh).toContain('Place value');
    expect(part.fresh).not.toContain('Linear functions');
    expect(all.fresh).toHaveLength(skills.length - 2);
    expect(all.links).toBe(links.length);
    expect(part).toMatchObject({ closing: 0, takenAway: 0 });

    const { editId, changed } = await course.get('skills.takeStarter', { language: 'en', scope: 'part' });
    expect(changed).toBe(part.fresh.length + part.links);
    const map = mapOf(course);
    expect(map.skills).toEqual(
      expect.arrayContaining([
        { id: 'fractions', name: 'FRACTIONS' },
        { id: 'ratios', name: 'Ratios of amounts' },
        { id: 'knots', name: 'Knots' },
      ]),
    );
    expect(map.skills).toHaveLength(3 + part.fresh.length);
    expect(map.prerequisites).toHaveLength(part.links);
    expect(map.prerequisites).toContainEqual({ skill: 'ratios', prerequisite: 'fractions' });
    expect((await course.get('course.edits', {})).edits[0]).toMatchObject({
      id: editId,
      kind: 'starter-map',
      detail: { skills: part.fresh.length, links: part.links },
    });
    expect((await course.get('students.open', { studentId: '1' })).plan.steps.length).toBeGreaterThan(0);
    expect(await course.get('skills.takeStarter', { language: 'zh', scope: 'part' })).toEqual({ editId: null, changed: 0 });
    const undone = await course.get('course.undo', { editId: editId! });
    expect(undone.kept).toEqual([]);
    expect(everything(course)).toBe(before);
  });

  it('leaves out what would close a circle, and counts it', async () => {
    const course = await start();
    const { part } = await course.get('skills.starter', { language: 'en' });
    expect(part.closing).toBe(1);
    await course.get('skills.takeStarter', { language: 'en', scope: 'all' });
    const { prerequisites, circles } = await course.get('skills.map', {});
    expect(circles).toEqual([]);
    expect(findCycle(prerequisites)).toBeUndefined();
    expect(prerequisites).toContainEqual({ skill: 'fractions', prerequisite: 'ratios' });
    expect(prerequisites).toHaveLength(links.length);
  });

  it('does not bring back a prerequisite that the teacher took away, nor a skill that became part of another', async () => {
    const course = await start('ratios,Ratios,fractions\nfractions,Fractions,\nEquivalent ratios,Equivalent ratios,\n');
    await course.get('skills.link', { skill: 'ratios', prerequisite: 'fractions', linked: false });
    await course.get('skills.merge', { skill: 'Equivalent ratios', into: 'ratios' });
    const { all } = await course.get('skills.starter', { language: 'en' });
    expect(all.takenAway).toBe(1);
    await course.get('skills.takeStarter', { language: 'en', scope: 'all' });
    const map = mapOf(course);
    expect(map.prerequisites).not.toContainEqual({ skill: 'ratios', prerequisite: 'fractions' });
    expect(map.skills.map(({ id }) => id)).not.toContain('Equivalent ratios');
  });

  it('speaks Chinese, and knows the same words in another order and in the other language', async () => {
    const course = await start('a1,异分母分数加减法,\nb2,Circle area,\nc3,Area of circles and knots,\n');
    const { part } = await course.get('skills.starter', { language: 'zh' });
    expect(part.matched.map(({ own }) => own.id).sort()).toEqual(['a1', 'b2', 'fractions', 'ratios']);
    await course.get('skills.takeStarter', { language: 'zh', scope: 'part' });
    const names = mapOf(course).skills.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['数位与位值', 'Circle area', '异分母分数加减法']));
    expect(names).not.toContain('Place value');
  });
});
