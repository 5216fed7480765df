import { copyFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GridView, GridWindow } from '../../src/shared/contract/gradebook.ts';
import { canvasGradebook } from '../support/canvas.ts';
import { startApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { temporaryFolder } from '../support/folders.ts';
import { dump } from '../support/gradebook.ts';

const TITLES = [
  ['Quiz', 10],
  ['Homework', 20],
  ['Test', 50],
] as const;
const ROSTER = 'student,given_name,family_name,class\na,Ana,Alba,6B\nb,Ben,Berg,6B\nc,思远,王,6B\nd,Dee,Dorn,7C\n';
const ANSWERS = [
  'student,order,item,skill,correct',
  'a,0,q1,ratios,0',
  'a,1,q2,rates,1',
  'a,2,q1,ratios,1',
  'b,0,q1,ratios,0.5',
  'd,0,q3,rates,1',
].join('\n');

const read = (app: TestApplication, view: GridView = 'marks', classId: string | null = null) =>
  app.get('gradebook.read', { view, classId, first: 0, count: 200 });

/** What each cell says, as a teacher would read it. */
function cells({ view, cells: at, studentIds, columns }: GridWindow): Record<string, string> {
  return Object.fromEntries(
    at.row.map((row, index) => [
      `${studentIds[row]}/${columns.ids[at.column[index]!]}`,
      view === 'marks'
        ? `${at.value[index] ?? ''}${at.status[index]}`
        : `${at.first[index]}…${at.value[index]}×${at.count[index]}`,
    ]),
  );
}

async function withMarks(): Promise<TestApplication> {
  const app = startApplication();
  await app.importTexts({ 'roster.csv': ROSTER });
  for (const [title, possible] of TITLES) await app.get('gradebook.addAssignment', { title, possible });
  return app;
}

const set = (app: TestApplication, students: string[], columns: string[], texts: string[][]) =>
  app.get('gradebook.edit', { view: 'marks', students, columns, texts });

describe('reading the grid', () => {
  it('gives a class’s students in order, its columns, and every state of a mark as its own', async () => {
    const app = await withMarks();
    await set(
      app,
      ['a', 'b', 'c'],
      ['Quiz', 'Homework'],
      [
        ['7,5', '0'],
        ['EX', 'missing'],
        ['6 late', '20'],
      ],
    );
    const grid = await read(app, 'marks', '6B');
    expect(grid.studentIds).toEqual(['a', 'b', 'c']);
    expect(grid.studentNames).toEqual(['Ana Alba', 'Ben Berg', '王思远']);
    expect(grid.columns.possible).toEqual([10, 20, 50]);
    expect(cells(grid)).toEqual({
      'a/Quiz': '7.5s',
      'a/Homework': '0s',
      'b/Quiz': 'e',
      'b/Homework': 'm',
      'c/Quiz': '6l',
      'c/Homework': '20s',
    });
  });

  it('gives the first and the latest answer to a question and how many there are', async () => {
    const app = startApplication();
    await app.importTexts({ 'roster.csv': ROSTER, 'answers.csv': ANSWERS });
    const grid = await read(app, 'answers', '6B');
    expect(grid.columns.ids).toEqual(['q1', 'q2']);
    expect(grid.columns.skills).toEqual(['ratios', 'rates']);
    expect(cells(grid)).toEqual({ 'a/q1': '0…1×2', 'a/q2': '1…1×1', 'b/q1': '0.5…0.5×1' });
  });

  it('says what each column asks as its teacher put it, and which count nothing', async () => {
    const app = startApplication();
    await app.importTexts({ 'roster.csv': ROSTER, 'answers.csv': ANSWERS });
    const q1 = [{ kind: 'question', id: 'q1' }] as const;
    await app.get('questions.assign', { items: [...q1], mode: 'replace', skills: ['Scales'] });
    await app.get('questions.count', { items: [...q1], change: { voided: true } });
    await app.get('skills.rename', { skill: 'rates', name: 'Unit rates' });
    const { columns } = await read(app, 'answers', '6B');
    expect(columns.skills).toEqual(['Scales', 'Unit rates']);
    expect(columns.voided).toEqual([true, false]);
  });

  it('gives windows of rows that together are the whole', async () => {
    const app = startApplication();
    await app.importTexts({ 'canvas.csv': canvasGradebook(30, TITLES) });
    const whole = await read(app);
    const parts = await Promise.all(
      [0, 13, 26].map((first) => app.get('gradebook.read', { view: 'marks', classId: null, first, count: 13 })),
    );
    expect(parts.map(({ total }) => total)).toEqual([30, 30, 30]);
    expect(parts.flatMap(({ studentIds }) => studentIds)).toEqual(whole.studentIds);
    expect(Object.assign({}, ...parts.map(cells))).toEqual(cells(whole));
  });
});

describe('editing the grid', () => {
  it('takes a block as a whole, or names the cells that it cannot take and writes nothing', async () => {
    const app = await withMarks();
    const before = dump(path.join(app.folder, 'gradebook.sqlite'));
    const outcome = await set(
      app,
      ['a', 'b'],
      ['Quiz', 'Homework'],
      [
        ['7', 'seven'],
        ['-1', '75'],
      ],
    );
    expect(outcome).toMatchObject({
      outcome: 'refused',
      count: 3,
      cells: [
        { row: 0, column: 1, text: 'seven', code: 'not-a-mark' },
        { row: 1, column: 0, code: 'below-zero' },
        { row: 1, column: 1, code: 'far-above', detail: { possible: 20 } },
      ],
    });
    expect(dump(path.join(app.folder, 'gradebook.sqlite'))).toBe(before);
  });

  it('reads what teachers type', async () => {
    const app = await withMarks();
    const texts = ['80%', '7/10', '7,5', '12', '  ex ', '缺交', '5 late', '-', ''];
    const said: (string | undefined)[] = [];
    for (const text of texts) {
      await set(app, ['a'], ['Quiz'], [[text]]);
      said.push(cells(await read(app))['a/Quiz']);
    }
    expect(said).toEqual(['8s', '7s', '7.5s', '12s', 'e', 'm', '5l', undefined, undefined]);
    expect(await set(app, ['a'], ['Quiz'], [['late']])).toMatchObject({ cells: [{ code: 'late-without-mark' }] });
    await set(app, ['a'], ['Quiz'], [['9']]);
    await set(app, ['a'], ['Quiz'], [['late']]);
    expect(cells(await read(app))['a/Quiz']).toBe('9l');
  });

  it('writes nothing where the cell says so already, and leaves nothing to undo', async () => {
    const app = startApplication();
    await app.importTexts({ 'canvas.csv': canvasGradebook(3, TITLES) });
    const grid = await read(app);
    const first = cells(grid)[`${grid.studentIds[1]}/${grid.columns.ids[0]}`]!;
    const outcome = await set(app, [grid.studentIds[1]!], [grid.columns.ids[0]!], [[first.slice(0, -1)]]);
    expect(outcome).toMatchObject({ outcome: 'done', changed: 0 });
    expect(await app.get('gradebook.steps', {})).toEqual({ undo: null, redo: null });
  });

  it('changes, adds and removes answers', async () => {
    const app = startApplication();
    await app.importTexts({ 'roster.csv': ROSTER, 'answers.csv': ANSWERS });
    const edit = (which: 'first' | 'latest', student: string, question: string, text: string) =>
      app.get('gradebook.edit', { view: 'answers', which, students: [student], columns: [question], texts: [[text]] });
    await edit('latest', 'a', 'q1', 'wrong');
    await edit('first', 'a', 'q1', '0.5');
    await edit('latest', 'b', 'q2', '1');
    expect(cells(await read(app, 'answers', '6B'))).toEqual({
      'a/q1': '0.5…0×2',
      'a/q2': '1…1×1',
      'b/q1': '0.5…0.5×1',
      'b/q2': '1…1×1',
    });
    await edit('first', 'a', 'q1', '');
    expect(cells(await read(app, 'answers', '6B'))['a/q1']).toBe('0…0×1');
    expect((await app.get('students.open', { studentId: 'b' })).answers[0]).toMatchObject({ question: 'q2', skills: ['rates'] });
    expect(await edit('latest', 'a', 'q1', 'perhaps')).toMatchObject({ cells: [{ code: 'not-an-answer' }] });
  });

  it('moves the forecasts: a mark counts, one that is excused or missing does not', async () => {
    const app = startApplication();
    await app.importTexts({ 'canvas.csv': canvasGradebook(12, TITLES) });
    const grid = await read(app);
    const student = grid.studentIds[3]!;
    const levelOf = async () => (await app.get('students.open', { studentId: student })).level.value;
    const before = await levelOf();
    await set(app, [student], grid.columns.ids, [['0', '0', '0']]);
    const zero = await levelOf();
    expect(zero).toBeLessThan(before);
    await set(app, [student], grid.columns.ids, [['EX', 'missing', '']]);
    const view = await app.get('students.open', { studentId: student });
    expect(view.cells.every(({ answers }) => answers === 0)).toBe(true);
    expect(view.level.value).toBeGreaterThan(zero);
    for (let step = 0; step < 2; step++) await app.get('gradebook.undo', {});
    expect(await levelOf()).toBeCloseTo(before, 10);
  });
});

const text = fc.constantFrom('', '0', '3', '7.5', '10', 'EX', 'missing', '4 late', 'late');
const block = fc.record({
  students: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 3 }),
  columns: fc.uniqueArray(fc.constantFrom('Quiz', 'Homework', 'Test'), { minLength: 1, maxLength: 3 }),
  texts: fc.array(text, { minLength: 9, maxLength: 9 }),
});

describe('undo and redo', () => {
  it('go back and forth through any edits, exactly, and survive a restart', async () => {
    const template = await withMarks();
    await template.application.close();
    await fc.assert(
      fc.asyncProperty(fc.array(block, { minLength: 1, maxLength: 6 }), async (blocks) => {
        const folder = temporaryFolder();
        copyFileSync(path.join(template.folder, 'gradebook.sqlite'), path.join(folder, 'gradebook.sqlite'));
        let app = startApplication({ folder });
        const file = path.join(app.folder, 'gradebook.sqlite');
        const states = [dump(file)];
        for (const { students, columns, texts } of blocks) {
          const outcome = await set(
            app,
            students,
            columns,
            students.map((_, row) => columns.map((__, column) => texts[row * 3 + column]!)),
          );
          if (outcome.outcome === 'done' && outcome.changed > 0) states.push(dump(file));
        }
        await app.application.close();
        app = startApplication({ folder: app.folder });
        for (const state of states.slice(0, -1).toReversed()) {
          expect((await app.get('gradebook.undo', {})).kept).toEqual([]);
          expect(dump(file)).toBe(state);
        }
        for (const state of states.slice(1)) {
          expect((await app.get('gradebook.redo', {})).kept).toEqual([]);
          expect(dump(file)).toBe(state);
        }
        expect(await app.get('gradebook.redo', {})).toMatchObject({ note: null, changed: 0 });
        await app.application.close();
      }),
      { numRuns: 25 },
    );
  });

  it('are listed, and each can be taken back after others', async () => {
    const app = await withMarks();
    await set(app, ['a', 'b'], ['Quiz'], [['3'], ['4 late']]);
    await set(app, ['a'], ['Quiz'], [['5']]);
    const { edits, total } = await app.get('gradebook.edits', {});
    expect(total).toBe(2 + TITLES.length);
    expect(edits.map(({ column, cells: count }) => [column, count])).toEqual([
      [null, 1],
      [null, 2],
      ...TITLES.map(([title]) => [title, 0]).toReversed(),
    ]);
    expect(edits[0]!.changes).toMatchObject([
      { student: { id: 'a' }, column: 'Quiz', before: { value: 3, status: 'scored' }, after: { value: 5, status: 'scored' } },
    ]);
    expect(edits[1]!.changes[1]).toMatchObject({ before: null, after: { value: 4, status: 'late' } });
    const early = await app.get('gradebook.undoEdit', { id: edits[1]!.id });
    expect(early).toMatchObject({ changed: 1, kept: [{ student: 'a', column: 'Quiz', reason: 'changed-since' }] });
    expect(cells(await read(app))).toMatchObject({ 'a/Quiz': '5s' });
    expect(cells(await read(app))['b/Quiz']).toBeUndefined();
    // The later one goes back to what was there before both.
    expect(await app.get('gradebook.undo', {})).toMatchObject({ changed: 1, kept: [] });
    expect(cells(await read(app))['a/Quiz']).toBeUndefined();
    expect(await app.get('gradebook.redo', {})).toMatchObject({ changed: 1, kept: [] });
    expect(cells(await read(app))).toMatchObject({ 'a/Quiz': '5s' });
    await app.get('gradebook.undoEdit', { id: edits[0]!.id });
    await expect(app.get('gradebook.undoEdit', { id: edits[0]!.id })).rejects.toThrow(/undone already/);
    await expect(app.get('gradebook.undoEdit', { id: 'none' })).rejects.toThrow(/no edit/);
  });

  it('say where the first cell is, and a new edit leaves nothing to redo', async () => {
    const app = await withMarks();
    await set(
      app,
      ['b', 'c'],
      ['Homework', 'Test'],
      [
        ['1', '2'],
        ['3', '4'],
      ],
    );
    expect(await app.get('gradebook.undo', {})).toMatchObject({ changed: 4, cell: { student: 'b', column: 'Homework' } });
    expect(await app.get('gradebook.redo', {})).toMatchObject({ changed: 4, cell: { student: 'b', column: 'Homework' } });
    await app.get('gradebook.undo', {});
    await set(app, ['a'], ['Quiz'], [['1']]);
    expect((await app.get('gradebook.steps', {})).redo).toBeNull();
  });
});

describe('edits and imports', () => {
  const canvas = (points: string) =>
    `Student,ID,SIS User ID,SIS Login ID,Section,Quiz 1 (77)\n    Points Possible,,,,,10\n"Alba, Ana",1,a,a@x.example,6B,${points}\n"Berg, Ben",2,b,b@x.example,6B,4`;
  const QUIZ = 'Quiz 1 (77)';
  const preview = async (app: TestApplication, name: string, content: string) => {
    const { files } = await app.get('imports.preview', { fileIds: [app.stage(name, content)] });
    const file = files[0]!;
    if (file.outcome !== 'recognised') throw new Error(file.message);
    const kept = file.diff.rows
      .filter(({ outcome }) => outcome === 'conflict')
      .map(({ line, student, about, why, values }) => [
        line,
        student?.id,
        about,
        why,
        values.map(({ before, after }) => `${before ?? ''} ≠ ${after ?? ''}`).join(),
      ]);
    return { ...file, kept };
  };

  it('keep the teacher’s mark against an older file, and say so before and nowhere silently', async () => {
    const app = startApplication();
    await app.importTexts({ 'canvas.csv': canvas('5') });
    await set(app, ['a'], [QUIZ], [['8']]);
    // The same content again, and a byte that makes it another file.
    const again = await preview(app, 'again.csv', `${canvas('5')}\n`);
    expect(again.changes).toMatchObject({ changed: 0, conflicts: 1 });
    expect(again.kept).toEqual([[3, 'a', QUIZ, 'edited-here', '8 ≠ 5']]);
    await app.importTexts({ 'again.csv': `${canvas('5')}\n` });
    expect(cells(await read(app))[`a/${QUIZ}`]).toBe('8s');
    expect((await preview(app, 'same.csv', canvas('8'))).kept).toEqual([]);
    // Changed once more, what the file had first is still old; what nobody had before is news.
    await set(app, ['a'], [QUIZ], [['EX']]);
    expect((await preview(app, 'old.csv', `${canvas('5')}\n`)).kept).toHaveLength(1);
    expect((await preview(app, 'news.csv', canvas('6'))).changes).toMatchObject({ changed: 1, conflicts: 0 });
    await app.get('gradebook.undo', {});
    await app.get('gradebook.undo', {});
    expect(cells(await read(app))[`a/${QUIZ}`]).toBe('5s');
    expect((await preview(app, 'new.csv', canvas('6'))).changes).toMatchObject({ changed: 1, conflicts: 0 });
  });

  it('keep a mark cleared that the teacher has cleared', async () => {
    const app = startApplication();
    await app.importTexts({ 'canvas.csv': canvas('5') });
    await set(app, ['a'], [QUIZ], [['']]);
    expect((await preview(app, 'again.csv', `${canvas('5')}\n`)).kept).toMatchObject([
      [3, 'a', QUIZ, 'cleared-here', ' ≠ 5, ≠ scored'],
    ]);
    await app.importTexts({ 'again.csv': `${canvas('5')}\n` });
    expect(cells(await read(app))).toEqual({ [`b/${QUIZ}`]: '4s' });
  });

  it('keep answers as the teacher changed or removed them, and those that the teacher added', async () => {
    const app = startApplication();
    await app.importTexts({ 'answers.csv': ANSWERS });
    const edit = (student: string, question: string, said: string) =>
      app.get('gradebook.edit', { view: 'answers', students: [student], columns: [question], texts: [[said]] });
    await edit('a', 'q1', '0');
    await edit('b', 'q1', '');
    await edit('d', 'q2', '1');
    const longer = `${ANSWERS}\nd,1,q4,rates,0`;
    expect((await preview(app, 'longer.csv', longer)).kept).toEqual([
      [4, 'a', 'q1', 'edited-here', '0 ≠ 1'],
      [5, 'b', 'q1', 'cleared-here', ' ≠ 0.5'],
    ]);
    await app.importTexts({ 'longer.csv': longer });
    const said = cells(await read(app, 'answers'));
    expect(said).toMatchObject({ 'a/q1': '0…0×2', 'd/q2': '1…1×1', 'd/q3': '1…1×1', 'd/q4': '0…0×1' });
    expect(said['b/q1']).toBeUndefined();
    const twice = await preview(app, 'twice.csv', `${longer}\n`);
    expect(twice.changes).toMatchObject({ added: 0, changed: 0 });
  });

  it('name what stays when the import of an edited mark is undone, and let it go when the edit is undone too', async () => {
    const app = startApplication();
    const { result } = await app.importTexts({ 'canvas.csv': canvas('5') });
    const importId = (result as { files: { id: string }[] }).files[0]!.id;
    await set(app, ['a'], [QUIZ], [['8']]);
    await set(app, ['b'], [QUIZ], [['']]);
    const { jobId } = await app.get('imports.undo', { importId });
    const undone = (await app.finish(jobId)).result as { kept: { what: string; reason: string }[] };
    expect(undone.kept).toContainEqual({ what: `mark a / ${QUIZ}`, reason: 'changed-since' });
    expect(cells(await read(app))).toEqual({ [`a/${QUIZ}`]: '8s' });
    expect(await app.get('gradebook.undo', {})).toMatchObject({ changed: 0, kept: [{ student: 'b', reason: 'import-undone' }] });
    await app.get('gradebook.undo', {});
    expect(cells(await read(app))).toEqual({});
  });

  it('are not listed among the imports', async () => {
    const app = await withMarks();
    expect((await app.get('imports.list', {})).imports.map(({ file }) => file)).toEqual(['roster.csv']);
  });
});
