import Sqlite from 'better-sqlite3';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImportResult } from '../../src/shared/contract/imports.ts';
import { columnsToTable } from '../../src/learning/responses.ts';
import { dump } from '../support/gradebook.ts';
import { canvasGradebook, TWELVE } from '../support/canvas.ts';
import { courseOf, forecasts, responses, startCourse } from '../support/course.ts';
import type { TestCourse } from '../support/course.ts';

const MAP = { 'map.csv': 'skill,name,prerequisite\nratios,Ratios,fractions\nrates,Rates,ratios\nfractions,Fractions,\n' };
const start = () => startCourse({ 'answers.csv': courseOf(responses), ...MAP });
const map = (course: TestCourse) => course.gradebook.read.courseMap();
const names = (course: TestCourse) => Object.fromEntries(map(course).skills.map(({ id, name }) => [id, name]));
const pairs = (course: TestCourse) => map(course).prerequisites.map(({ skill, prerequisite }) => `${prerequisite}>${skill}`);
const everything = (course: TestCourse): string => {
  const file = path.join(course.folder, 'gradebook.sqlite');
  const database = new Sqlite(file, { readonly: true });
  try {
    const edited = ['question_edits', 'assignment_edits', 'skill_edits'].map((table) =>
      database.prepare(`SELECT * FROM ${table}`).all(),
    );
    return dump(file) + JSON.stringify([edited, database.prepare('SELECT * FROM prerequisites').all()]);
  } finally {
    database.close();
  }
};

describe('skills of questions', () => {
  it('given in bulk change every forecast to that of a file that had named them, and undo restores exactly', async () => {
    const course = await start();
    const before = everything(course);
    const named = responses.map((row) => (['q0', 'q1'].includes(row.item) ? { ...row, skill: 'parts' } : row));
    const other = await startCourse({ 'answers.csv': courseOf(named), ...MAP });
    const { editId, changed } = await course.get('questions.assign', {
      items: ['q0', 'q1'].map((id) => ({ kind: 'question' as const, id })),
      mode: 'replace',
      skills: ['parts'],
    });
    expect(changed).toBe(3);
    const cells = async (which: TestCourse) =>
      (await which.get('students.open', { studentId: '2' })).cells
        .map(({ skill, forecast, answers }) => ({ skill, forecast, answers }))
        .filter(({ skill }) => skill !== 'rates')
        .sort((a, b) => (a.skill < b.skill ? -1 : 1));
    expect(await cells(course)).toEqual(await cells(other));
    expect((await course.get('skills.map', {})).skills.find(({ id }) => id === 'parts')).toMatchObject({
      questions: 2,
      answers: 16,
    });
    await course.get('course.undo', { editId: editId! });
    expect(everything(course)).toBe(before);
  });

  it('of an assignment take the place of the skill that it stood for', async () => {
    const course = await startCourse({ 'canvas.csv': canvasGradebook(12, TWELVE) });
    const { items } = await course.get('questions.list', {});
    expect(items).toHaveLength(12);
    expect(items.every(({ skills, answers }) => skills.length === 0 && answers > 5)).toBe(true);
    const ratios = items.filter(({ title }) => title.startsWith('Ratios')).map(({ kind, id }) => ({ kind, id }));
    await course.get('questions.assign', { items: ratios, mode: 'add', skills: ['Ratios'] });
    const { skills, students } = await course.get('classes.overview', { classId: null });
    expect(skills.map(({ id }) => id)).toContain('Ratios');
    expect(skills.map(({ id }) => id)).not.toContain('Ratios quiz');
    // A final project names nothing that is learned: its marks count, and it is no step of a path.
    expect(skills.map(({ id }) => id)).not.toContain('Final project');
    expect(skills).toHaveLength(9);
    const at = skills.findIndex(({ id }) => id === 'Ratios');
    expect(students[3]!.bySkill.answers[at]).toBeGreaterThan(1);
    // Without skills again it stands for itself again.
    await course.get('questions.assign', { items: ratios, mode: 'remove', skills: ['Ratios'] });
    expect(map(course).skills.map(({ id }) => id)).toContain('Ratios quiz');
    await course.get('questions.assign', { items: ratios, mode: 'file', skills: [] });
    expect((await course.get('questions.list', {})).items.every(({ bySkillsOf }) => bySkillsOf === 'file')).toBe(true);
  });

  it('survive the undo of their import, and hold again when the file comes again', async () => {
    const course = await startCourse({ 'canvas.csv': canvasGradebook(6, TWELVE) });
    const item = { kind: 'assignment' as const, id: (await course.get('questions.list', {})).items[0]!.id };
    const { editId } = await course.get('questions.assign', { items: [item], mode: 'add', skills: ['Ratios'] });
    const { id } = (await course.get('imports.list', {})).imports[0]!;
    const undone = await course.finish((await course.get('imports.undo', { importId: id })).jobId);
    expect(undone.result).toMatchObject({ kept: [{ what: `assignment ${item.id}`, reason: 'used-since' }] });
    expect((await course.get('questions.list', {})).items).toEqual([]);
    await course.importTexts({ 'again.csv': canvasGradebook(7, TWELVE) });
    const again = (await course.get('questions.list', {})).items.find((each) => each.id === item.id)!;
    expect(again).toMatchObject({ skills: ['Ratios'], bySkillsOf: 'teacher' });
    await course.get('course.undo', { editId: editId! });
    expect((await course.get('questions.list', {})).items.find((each) => each.id === item.id)!.skills).toEqual([]);
    expect(map(course).skills.map(({ name }) => name)).not.toContain('Ratios');
  });

  it('are matched by name before a new skill is made, and a bad name changes nothing', async () => {
    const course = await start();
    const items = [{ kind: 'question' as const, id: 'q0' }];
    await course.get('questions.assign', { items, mode: 'replace', skills: [' ratios ', 'RATES', 'Brand new'] });
    const { items: all } = await course.get('questions.list', {});
    expect(all.find(({ id }) => id === 'q0')!.skills).toEqual(['Brand new', 'rates', 'ratios']);
    const before = everything(course);
    await expect(course.get('questions.assign', { items, mode: 'add', skills: ['fresh', '=1+1'] })).rejects.toMatchObject({
      code: 'bad-skill-name',
    });
    await expect(
      course.get('questions.assign', { items: [...items, { kind: 'question', id: 'gone' }], mode: 'replace', skills: ['fresh'] }),
    ).rejects.toMatchObject({ code: 'no-such-item' });
    expect(everything(course)).toBe(before);
    const same = await course.get('questions.assign', { items, mode: 'add', skills: ['ratios'] });
    expect(same).toEqual({ editId: null, changed: 0 });
  });
});

describe('skills of the course', () => {
  it('are renamed, merged and removed, forecasts follow, and undo in any order restores exactly', async () => {
    const course = await start();
    const before = everything(course);
    const renamed = await course.get('skills.rename', { skill: 'ratios', name: 'Ratios and rates' });
    expect(names(course)).toEqual({ fractions: 'Fractions', ratios: 'Ratios and rates', rates: 'Rates' });
    const merged = await course.get('skills.merge', { skill: 'rates', into: 'ratios' });
    expect(pairs(course)).toEqual(['fractions>ratios']);
    const gone = await course.get('skills.remove', { skill: 'fractions' });
    expect(names(course)).toEqual({ ratios: 'Ratios and rates' });
    const { skills, items } = await course.get('questions.list', {});
    expect(skills.map(({ id }) => id)).toEqual(['ratios']);
    expect(items.filter((item) => item.skills.length === 0).map(({ id }) => id)).toEqual(['q0', 'q1', 'q2']);
    expect((await course.get('system.status', {})).gradebook.answers).toBe(responses.length);
    for (const { editId } of [merged, renamed, gone]) await course.get('course.undo', { editId: editId! });
    expect(everything(course)).toBe(before);
    await expect(course.get('course.undo', { editId: gone.editId! })).rejects.toMatchObject({ code: 'already-undone' });
  });

  it('that are one for the teacher count as in a file that had called them so', async () => {
    const course = await start();
    const one = await startCourse({ 'answers.csv': courseOf(responses.map((row) => ({ ...row, skill: 'ratios' }))) });
    await one.get('skills.rename', { skill: 'ratios', name: 'Ratios' });
    await course.get('skills.merge', { skill: 'fractions', into: 'ratios' });
    await course.get('skills.remove', { skill: 'rates' });
    expect(await forecasts(course)).toEqual(await forecasts(one));
    expect(columnsToTable(course.gradebook.read.columns())).toEqual(columnsToTable(one.gradebook.read.columns()));
    // The file's next edition still says "fractions".
    await course.importTexts({ 'more.csv': courseOf([{ ...responses[0]!, order: 9, item: 'q9' }]) });
    expect((await course.get('questions.list', {})).items.find(({ id }) => id === 'q9')!.skills).toEqual(['ratios']);
    expect(Object.keys(names(course))).toEqual(['ratios']);
  });

  it('come back when they are named again', async () => {
    const course = await start();
    await course.get('skills.remove', { skill: 'rates' });
    expect((await course.get('skills.add', { name: 'rates' })).changed).toBe(1);
    expect(names(course)).toHaveProperty('rates', 'Rates');
    expect((await course.get('skills.add', { name: 'Rates' })).editId).toBeNull();
  });
});

describe('prerequisites', () => {
  it('are added and taken away; one that would close a circle is refused with the circle', async () => {
    const course = await start();
    const before = everything(course);
    const cut = await course.get('skills.link', { skill: 'ratios', prerequisite: 'fractions', linked: false });
    expect(pairs(course)).toEqual(['ratios>rates']);
    await expect(course.get('skills.link', { skill: 'ratios', prerequisite: 'rates', linked: true })).rejects.toMatchObject({
      code: 'closes-circle',
      detail: { cycle: 'Ratios → Rates → Ratios' },
    });
    await expect(course.get('skills.link', { skill: 'rates', prerequisite: 'rates', linked: true })).rejects.toMatchObject({
      code: 'closes-circle',
    });
    const added = await course.get('skills.link', { skill: 'rates', prerequisite: 'fractions', linked: true });
    expect(pairs(course).sort()).toEqual(['fractions>rates', 'ratios>rates']);
    // The file that says it again does not bring back what the teacher took away.
    await course.importTexts({ 'pairs.csv': 'skill,prerequisite\nratios,fractions\n' });
    expect(pairs(course)).not.toContain('fractions>ratios');
    await course.get('course.undo', { editId: cut.editId! });
    await course.get('course.undo', { editId: added.editId! });
    expect(everything(course)).toBe(before);
  });

  it('keep a merge from closing a circle', async () => {
    const course = await start();
    await expect(course.get('skills.merge', { skill: 'rates', into: 'fractions' })).rejects.toMatchObject({
      code: 'closes-circle',
      detail: { cycle: 'Fractions → Ratios → Fractions' },
    });
  });

  it('that close a circle after all, when an undo brings one back, are shown and keep nothing from opening', async () => {
    const course = await start();
    const cut = await course.get('skills.link', { skill: 'ratios', prerequisite: 'fractions', linked: false });
    await course.get('skills.link', { skill: 'fractions', prerequisite: 'rates', linked: true });
    await course.get('course.undo', { editId: cut.editId! });
    const { circles, prerequisites } = await course.get('skills.map', {});
    expect(circles).toHaveLength(1);
    expect(new Set(circles[0])).toEqual(new Set(['fractions', 'ratios', 'rates']));
    expect(prerequisites).toHaveLength(2);
    expect((await course.get('students.open', { studentId: '1' })).plan.steps.length).toBeGreaterThan(0);
    // A file is judged by the pairs as they stand.
    await course.importTexts({ 'pairs.csv': 'skill,prerequisite\nrates,fractions\n' });
    expect((await course.get('students.open', { studentId: '1' })).plan.steps.length).toBeGreaterThan(0);
  });

  it('of a file are compared as the teacher sees them', async () => {
    const course = await start();
    await course.get('skills.merge', { skill: 'rates', into: 'ratios' });
    // As codes no circle, as skills that stand for each other one: ratios needs fractions, fractions needs rates.
    const { result } = await course.importTexts({ 'pairs.csv': 'skill,prerequisite\nfractions,rates\nratios,rates\n' });
    expect((result as ImportResult).files[0]!.refused).toMatchObject([{ line: 2, code: 'prerequisite-cycle' }]);
    expect((await course.get('skills.map', {})).circles).toEqual([]);
  });
});

describe('the map as a file', () => {
  const ODD = {
    'odd.csv': [
      'skill,name,prerequisite',
      '"a,b","Adding, with ""quotes""",',
      '分数,分数加减法,"a,b"',
      '-5 facts,Minus five,分数',
      '@home,At home,分数',
      '@home,At home,"a,b"',
    ].join('\n'),
  };
  it.each(['csv', 'case'] as const)('goes out as %s and comes in again without loss', async (format) => {
    const course = await startCourse({ 'answers.csv': courseOf(responses), ...ODD });
    await course.get('skills.rename', { skill: 'ratios', name: 'Ratios & rates' });
    const { fileId, name } = await course.get('skills.export', { format });
    const { bytes } = course.application.takeFile(fileId);
    const other = await startCourse({ [name]: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) });
    const sorted = (of: TestCourse) => ({
      skills: [...map(of).skills].sort((a, b) => (a.id < b.id ? -1 : 1)),
      prerequisites: pairs(of).sort(),
    });
    expect(sorted(other)).toEqual(sorted(course));
    expect(sorted(course).prerequisites).toHaveLength(4);
    const again = await course.get('skills.export', { format });
    if (format === 'csv') expect(course.application.takeFile(again.fileId).bytes).toEqual(bytes);
  });
});

describe('how hard skills are and whom they hold up', () => {
  it('is said for the class that is looked at', async () => {
    const course = await start();
    const { skills, students } = await course.get('skills.standing', { classId: null });
    expect(students).toBe(8);
    expect(skills.map(({ id }) => id).sort()).toEqual(['fractions', 'rates', 'ratios']);
    for (const each of skills) expect(each.newcomer.standardError).toBeGreaterThan(0);
    const overview = await course.get('classes.overview', { classId: null });
    const secure = (student: (typeof overview.students)[number], skill: string) => {
      const at = overview.skills.findIndex(({ id }) => id === skill);
      return student.bySkill.forecast[at]! - student.bySkill.forecastError[at]! >= 0.6;
    };
    const heldUp = overview.students.filter((each) => !secure(each, 'fractions') && !secure(each, 'ratios')).length;
    expect(heldUp).toBeGreaterThan(0);
    expect(skills.find(({ id }) => id === 'fractions')!.heldUp).toBe(heldUp);
    expect(skills.find(({ id }) => id === 'rates')!.heldUp).toBe(0);
  });
});
