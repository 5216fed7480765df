import Sqlite from 'better-sqlite3';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImportResult } from '../../src/shared/contract/imports.ts';
import { canvasGradebook, TWELVE } from '../support/canvas.ts';
import { dump } from '../support/gradebook.ts';
import { courseOf, responses, startCourse } from '../support/course.ts';
import type { TestCourse } from '../support/course.ts';

const skills = async (course: TestCourse) =>
  Object.fromEntries((await course.get('questions.list', {})).items.map((item) => [item.title, item.skills]));
const state = (course: TestCourse): string => {
  const file = path.join(course.folder, 'gradebook.sqlite');
  const database = new Sqlite(file, { readonly: true });
  try {
    return (
      dump(file) +
      JSON.stringify(['question_edits', 'assignment_edits'].map((table) => database.prepare(`SELECT * FROM ${table}`).all()))
    );
  } finally {
    database.close();
  }
};

describe('a table of skills', () => {
  it('gives questions and assignments the skills that it says, by id or title, and is undone like any import', async () => {
    const course = await startCourse({ 'canvas.csv': canvasGradebook(5, TWELVE), 'answers.csv': courseOf(responses) });
    const before = state(course);
    const table = [
      'Title,Skill,Skill 2',
      'RATIOS  quiz,Ratios,Unit rates',
      'Ratios homework (9001),Ratios,',
      '9002,ratios,',
      'q0,fractions; parts,',
      'q0,Whole numbers,',
      'Nowhere,Ratios,',
      'Percent test,,',
    ].join('\n');
    const fileId = course.stage('skills-of-titles.csv', table);
    const { files } = await course.get('imports.preview', { fileIds: [fileId] });
    expect(files).toMatchObject([
      {
        outcome: 'recognised',
        format: 'mapped',
        because: { code: 'question-skills' },
        refused: [
          { line: 7, code: 'unknown-item' },
          { line: 8, code: 'missing-value' },
        ],
      },
    ]);
    expect(state(course)).toBe(before);
    const { result } = await course.importTexts({ 'skills-of-titles.csv': table });
    const [file] = (result as ImportResult).files;
    expect(file!.refused.map(({ line }) => line)).toEqual([7, 8]);
    expect(await skills(course)).toMatchObject({
      'Ratios quiz': ['Unit rates', 'ratios'],
      'Ratios homework': ['ratios'],
      'Ratios test': ['ratios'],
      q0: ['Whole numbers', 'fractions', 'parts'],
      'Percent test': [],
    });
    await course.finish((await course.get('imports.undo', { importId: file!.id! })).jobId);
    expect(state(course)).toBe(before);
  });

  it('stands beside the answers that it speaks of, and is read by a mapping too', async () => {
    const course = await startCourse({
      'table.csv': 'Aufgabe;Thema\nq1;Brüche\n',
      'answers.csv': courseOf(responses),
    });
    expect((await skills(course))['q1']).toEqual(['Brüche']);
    const fileId = course.stage('odd.csv', 'Nr,What it is about\nq2,Halves\n');
    const choices = { [fileId]: { mapping: { Nr: 'question' as const, 'What it is about': 'skill' as const } } };
    const { jobId } = await course.get('imports.commit', { fileIds: [fileId], choices });
    expect((await course.finish(jobId)).job.state).toBe('done');
    expect((await skills(course))['q2']).toEqual(['Halves']);
  });
});

describe('a saved rule', () => {
  it('is offered with a later import, applied where it is chosen, and undone with it', async () => {
    const course = await startCourse({ 'canvas.csv': canvasGradebook(5, TWELVE.slice(0, 2)) });
    const { id } = await course.get('rules.save', { place: 'begins', text: 'fractions', skills: ['Fractions'] });
    const before = state(course);
    const text = canvasGradebook(5, TWELVE);
    const fileId = course.stage('later.csv', text);
    const { files } = await course.get('imports.preview', { fileIds: [fileId] });
    expect(files).toMatchObject([{ rules: [{ id, place: 'begins', text: 'fractions', skills: ['Fractions'], fills: 2 }] }]);
    const { jobId } = await course.get('imports.commit', { fileIds: [fileId], choices: { [fileId]: { rules: [id] } } });
    const { result } = await course.finish(jobId);
    expect(await skills(course)).toMatchObject({ 'Fractions quiz': ['Fractions'], 'Ratios quiz': [] });
    await course.finish((await course.get('imports.undo', { importId: (result as ImportResult).files[0]!.id! })).jobId);
    expect(state(course)).toBe(before);
  });
});
