import { describe, expect, it } from 'vitest';
import { columnsToTable } from '../../src/learning/responses.ts';
import { courseOf, forecasts, responses, startCourse } from '../support/course.ts';
import { canvasGradebook, TWELVE } from '../support/canvas.ts';

const without = responses.filter(({ item }) => item !== 'q3');

describe('a question that is taken out', () => {
  it('changes forecasts, plans and what trains to those of a gradebook in which it never was, and undo brings all back', async () => {
    const it_ = await startCourse({ 'answers.csv': courseOf(responses) });
    const never = await startCourse({ 'answers.csv': courseOf(without) });
    const before = await forecasts(it_);
    const { editId, changed } = await it_.get('questions.count', {
      items: [{ kind: 'question', id: 'q3' }],
      change: { voided: true },
      note: 'The answer sheet was wrong.',
    });
    expect(changed).toBe(1);
    expect(await forecasts(it_)).toEqual(await forecasts(never));
    expect(await forecasts(it_)).not.toEqual(before);
    expect(columnsToTable(it_.gradebook.read.columns())).toEqual(columnsToTable(never.gradebook.read.columns()));
    expect(it_.gradebook.read.answerCounts()).toEqual(never.gradebook.read.answerCounts());
    expect(it_.gradebook.read.sequences().map(events)).toEqual(never.gradebook.read.sequences().map(events));
    // The answers stay in the gradebook, and are seen not to count.
    const { answers } = await it_.get('students.open', { studentId: '1' });
    expect(answers.filter(({ counts }) => !counts).map(({ question }) => question)).toEqual(['q3']);
    expect((await it_.get('course.edits', {})).edits).toMatchObject([
      { id: editId, kind: 'voided', note: 'The answer sheet was wrong.', detail: { count: 1, title: 'q3' }, undone: false },
    ]);
    expect((await it_.get('questions.search', { text: 'q3', limit: 5 })).questions).toEqual([]);

    expect((await it_.get('course.undo', { editId: editId! })).kept).toEqual([]);
    expect(await forecasts(it_)).toEqual(before);
  });

  it('is the same for an assignment of a gradebook of marks, whose own skill goes with it', async () => {
    const all = await startCourse({ 'canvas.csv': canvasGradebook(12, TWELVE) });
    const eleven = await startCourse({ 'canvas.csv': canvasGradebook(12, TWELVE.slice(0, 11)) });
    const project = (await all.get('questions.list', {})).items.find(({ title }) => title === 'Final project')!;
    await all.get('questions.count', { items: [{ kind: 'assignment', id: project.id }], change: { voided: true } });
    expect(await forecasts(all)).toEqual(await forecasts(eleven));
    expect(all.gradebook.read.answerCounts()).toEqual(eleven.gradebook.read.answerCounts());
  });
});

describe('another key', () => {
  it('swaps right and wrong as if the file had said so', async () => {
    const swapped = responses.map((row) => (row.item === 'q3' ? { ...row, correct: 1 - row.correct } : row));
    const rekeyed = await startCourse({ 'answers.csv': courseOf(responses) });
    const other = await startCourse({ 'answers.csv': courseOf(swapped) });
    const before = await forecasts(rekeyed);
    await rekeyed.get('questions.count', { items: [{ kind: 'question', id: 'q3' }], change: { key: 'flipped' } });
    expect(await forecasts(rekeyed)).toEqual(await forecasts(other));
    expect(await forecasts(rekeyed)).not.toEqual(before);
    expect(columnsToTable(rekeyed.gradebook.read.columns())).toEqual(columnsToTable(other.gradebook.read.columns()));
    // Importing the file again changes nothing: what it says is kept as it said it.
    const again = rekeyed.stage('again.csv', `${courseOf(responses)}\n`);
    const { files } = await rekeyed.get('imports.preview', { fileIds: [again] });
    expect(files).toMatchObject([{ changes: { added: 0, changed: 0, unchanged: responses.length } }]);
    await rekeyed.get('questions.count', { items: [{ kind: 'question', id: 'q3' }], change: { key: null } });
    expect(await forecasts(rekeyed)).toEqual(before);
  });

  it('counts a question as right for everybody', async () => {
    const right = responses.map((row) => (row.item === 'q3' ? { ...row, correct: 1 } : row));
    const rekeyed = await startCourse({ 'answers.csv': courseOf(responses) });
    const other = await startCourse({ 'answers.csv': courseOf(right) });
    await rekeyed.get('questions.count', { items: [{ kind: 'question', id: 'q3' }], change: { key: 'all-right' } });
    expect(await forecasts(rekeyed)).toEqual(await forecasts(other));
    expect((await rekeyed.get('questions.list', {})).items.find(({ id }) => id === 'q3')!.share).toBe(1);
  });

  it('cannot swap what marks have not', async () => {
    const marks = await startCourse({ 'canvas.csv': canvasGradebook(3, TWELVE) });
    const [first] = (await marks.get('questions.list', {})).items;
    const item = { kind: first!.kind, id: first!.id };
    await expect(marks.get('questions.count', { items: [item], change: { key: 'flipped' } })).rejects.toMatchObject({
      code: 'no-flipped-marks',
    });
  });
});

describe('another weight', () => {
  it('makes an answer count so many times, in the difficulties and for the student', async () => {
    const course = await startCourse({ 'answers.csv': courseOf(responses) });
    const before = await forecasts(course);
    await course.get('questions.count', { items: [{ kind: 'question', id: 'q3' }], change: { weight: 2 } });
    const table = columnsToTable(course.gradebook.read.columns());
    const q3 = table.questions.indexOf('q3');
    table.question.forEach((question, row) => expect(table.weight[row]).toBe(question === q3 ? 2 : 1));
    const weights = course.gradebook.read.history('1').responses.map(({ question, weight }) => [question, weight ?? 1]);
    expect(weights.filter(([question]) => question === 'q3')).toEqual([['q3', 2]]);
    expect(await forecasts(course)).not.toEqual(before);
    await expect(
      course.get('questions.count', { items: [{ kind: 'question', id: 'q3' }], change: { weight: 9 } }),
    ).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('multiplies the weight of a mark', async () => {
    const marks = await startCourse({ 'canvas.csv': canvasGradebook(3, TWELVE) });
    const quiz = (await marks.get('questions.list', {})).items.find(({ title }) => title === 'Ratios quiz')!;
    await marks.get('questions.count', { items: [{ kind: 'assignment', id: quiz.id }], change: { weight: 0.5 } });
    const second = marks.gradebook.read.sequences()[1]!;
    const weights = second.responses.map(({ question, weight }) => [question.includes('Ratios quiz'), weight]);
    expect(weights.filter(([isQuiz]) => isQuiz)).toEqual([[true, 1.5]]);
    expect(weights.filter(([isQuiz]) => !isQuiz).every(([, weight]) => weight === 3)).toBe(true);
  });
});

const events = ({ responses: all }: { readonly responses: readonly object[] }): object[] =>
  all.map((event) => ({ ...event, order: undefined }));
