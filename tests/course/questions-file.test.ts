import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openGrid } from '../../src/main/database/grid.ts';
import { exportGradebook } from '../../src/main/services/gradebook/export-gradebook.ts';
import type { ImportResult } from '../../src/shared/contract/imports.ts';
import { canvasGradebook, TWELVE } from '../support/canvas.ts';
import { courseOf, forecasts, responses, startCourse } from '../support/course.ts';
import type { TestCourse } from '../support/course.ts';
import { dump } from '../support/gradebook.ts';
import { openBook } from '../support/round-trip.ts';

const FILES = { 'answers.csv': courseOf(responses), 'canvas.csv': canvasGradebook(5, TWELVE) };
const fileOf = (course: TestCourse): string => path.join(course.folder, 'gradebook.sqlite');

async function questionsOf(course: TestCourse) {
  const grid = openGrid(fileOf(course));
  try {
    return { items: grid.items(), csv: new TextDecoder().decode((await exportGradebook(grid, 'questions', null, 0)).bytes) };
  } finally {
    grid.close();
  }
}

async function edited(): Promise<TestCourse> {
  const course = await startCourse(FILES);
  const { items } = await course.get('questions.list', {});
  const quiz = items.find(({ title }) => title === 'Ratios quiz')!;
  const project = items.find(({ title }) => title === 'Final project')!;
  const count = (id: string, change: object, note = '', kind: 'question' | 'assignment' = 'question') =>
    course.get('questions.count', { items: [{ kind, id }], change, note });
  await count('q3', { voided: true }, 'The picture was missing, "twice"\nin 6B');
  await count('q1', { key: 'flipped' }, '=the key was wrong');
  await count('q2', { weight: 2.5 });
  await count(quiz.id, { key: 'all-right', weight: 0.25 }, 'Fire alarm', 'assignment');
  await count(project.id, { voided: true }, '', 'assignment');
  await course.get('questions.assign', { items: [{ kind: 'question', id: 'q0' }], mode: 'replace', skills: ['Halves', 'parts'] });
  await course.get('questions.assign', { items: [{ kind: 'question', id: 'q4' }], mode: 'replace', skills: [] });
  return course;
}

describe('the file of questions and how they count', () => {
  it('brings another gradebook of the same files to the same questions, reasons and forecasts, twice the same, and goes with an undo', async () => {
    const from = await edited();
    const { items, csv } = await questionsOf(from);
    const to = await startCourse(FILES);
    const before = dump(fileOf(to));
    const { job, result } = await to.importTexts({ 'questions.csv': csv });
    expect(job.state).toBe('done');
    const [file] = (result as ImportResult).files;
    expect(file!.refused).toEqual([]);
    const after = await questionsOf(to);
    expect(after.items).toEqual(items);
    expect(after.csv).toBe(csv);
    expect(await forecasts(to)).toEqual(await forecasts(from));
    const again = to.stage('again.csv', `${csv}\r\n`);
    const { files } = await to.get('imports.preview', { fileIds: [again] });
    expect(files).toMatchObject([
      { changes: { added: 0, changed: 0, unchanged: items.length }, because: { code: 'question-skills' } },
    ]);
    await to.finish((await to.get('imports.undo', { importId: file!.id! })).jobId);
    expect(dump(fileOf(to))).toBe(before);
  });

  it('says in the preview what would count otherwise', async () => {
    const { csv } = await questionsOf(await edited());
    const to = await startCourse(FILES);
    const { files } = await to.get('imports.preview', { fileIds: [to.stage('questions.csv', csv)] });
    const [file] = files;
    if (file?.outcome !== 'recognised') throw new Error('not recognised');
    expect(file.columns.map(({ meaning }) => meaning)).toEqual([
      'question',
      'skill',
      'kind',
      'voided',
      'key',
      'weight',
      'reason',
    ]);
    expect(file.diff.rows.find(({ about }) => about === 'q2')?.values).toEqual([{ field: 'weight', before: 1, after: 2.5 }]);
    expect(file.diff.rows.find(({ about }) => about === 'q3')?.values.map(({ field }) => field)).toEqual(['voided', 'reason']);
  });

  it('refuses what no question can have, by line', async () => {
    const to = await startCourse(FILES);
    const rows = ['kind,question,skill,voided,key,weight,reason', 'question,q0,a,maybe,,1,', 'question,q1,a,no,upside,1,'];
    rows.push('question,q2,a,no,,9,', 'assignment,Ratios quiz,a,no,flipped,1,', 'question,q3,a,yes,all-right,"0,5",x');
    const { result } = await to.importTexts({ 'questions.csv': rows.join('\n') });
    const [file] = (result as ImportResult).files;
    expect(file!.refused.map(({ line, code, detail }) => [line, code, detail['column']])).toEqual([
      [2, 'bad-counting', 'voided'],
      [3, 'bad-counting', 'key'],
      [4, 'bad-counting', 'weight'],
      [5, 'bad-counting', 'key'],
    ]);
    const { items } = await questionsOf(to);
    expect(items.find(({ id }) => id === 'q3')).toMatchObject({ voided: true, key: 'all-right', weight: 0.5, reason: 'x' });
  });

  it('a reason goes when a question counts as usual again, and comes back with undo', async () => {
    const course = await startCourse(FILES);
    const items = [{ kind: 'question' as const, id: 'q3' }];
    await course.get('questions.count', { items, change: { voided: true }, note: 'blurred' });
    const { editId } = await course.get('questions.count', { items, change: { voided: false } });
    const reasonOf = async () => (await questionsOf(course)).items.find(({ id }) => id === 'q3');
    expect(await reasonOf()).toMatchObject({ voided: false, reason: '' });
    await course.get('course.undo', { editId: editId! });
    expect(await reasonOf()).toMatchObject({ voided: true, reason: 'blurred' });
  });

  it('comes back whatever is said', async () => {
    const text = fc.oneof(fc.constantFrom('=1+1', "'-x", '+a', 'a,"b"', 'line\nbreak', '原因', ''), fc.string({ maxLength: 20 }));
    const plain = text.map((each) =>
      each
        .replaceAll(/[\u0000-\u001f\u007f\u00ad\u200b-\u200f\u2028\u2029\ufeff]+/g, ' ')
        .normalize('NFC')
        .trim(),
    );
    const question = fc.record({
      voided: fc.constantFrom('yes', 'no'),
      key: fc.constantFrom('', 'flipped', 'all-right'),
      weight: fc.constantFrom('0.25', '1', '2.5', '4'),
      reason: plain.filter((each) => !each.startsWith('="')),
      skills: fc.uniqueArray(fc.constantFrom('a', 'b', '分数'), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(question, { minLength: 6, maxLength: 6 }), async (said) => {
        const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
        const book = openBook();
        const other = openBook();
        try {
          await book.take({ 'answers.csv': FILES['answers.csv'] });
          const rows = said.map(({ voided, key, weight, reason, skills }, index) =>
            ['question', `q${index}`, skills.join('~'), voided, key, weight, reason].map(quoted).join(','),
          );
          await book.take({ 'questions.csv': ['kind,question,skill,voided,key,weight,reason', ...rows].join('\n') });
          await other.take({ 'answers.csv': FILES['answers.csv'] });
          const { name, bytes } = await exportGradebook(book.grid, 'questions', null, 0);
          expect((await other.take({ [name]: bytes })).files[0]!.refused).toEqual([]);
          expect(other.grid.items()).toEqual(book.grid.items());
        } finally {
          book.close();
          other.close();
        }
      }),
      { numRuns: 25 },
    );
  });
});
