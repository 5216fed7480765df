import fc from 'fast-check';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { dump, openTestGradebook, staged } from '../support/gradebook.ts';

const TITLES = ['Ratios', 'Rates', 'Percent'];
const mark = fc.constantFrom('', 'EX', '3', '7.5', '10', '12');
/** A small class's gradebook: everybody by number, some marks each. */
const book = fc
  .uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 5 }),
      name: fc.constantFrom('Ana', 'Ben', 'Cem'),
      marks: fc.tuple(mark, mark, mark),
    }),
    {
      selector: (row) => row.id,
      minLength: 1,
    },
  )
  .map((rows) => ({
    rows,
    text: [
      `Student,ID,SIS User ID,SIS Login ID,Section,${TITLES.map((title, index) => `${title} (${index + 1})`).join(',')},Final Score`,
      '    Points Possible,,,,,10,10,10,(read only)',
      ...rows.map(({ id, name, marks }) => `"Family${id}, ${name}",${100 + id},S${id},s${id}@x.example,6A,${marks.join(',')},50`),
    ].join('\n'),
  }));
const answers = fc
  .uniqueArray(
    fc.record({ id: fc.integer({ min: 1, max: 5 }), order: fc.integer({ min: 0, max: 3 }), correct: fc.constantFrom(0, 1, 0.5) }),
    {
      selector: (row) => `${row.id}:${row.order}`,
      minLength: 1,
    },
  )
  .map((rows) => ({
    rows: [],
    text: [
      'student,order,item,skill,correct',
      ...rows.map(({ id, order, correct }) => `S${id},${order},q${order},s,${correct}`),
    ].join('\n'),
  }));

describe('undo of marks and answers', () => {
  it('of the last import restores the exact content, whatever came before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(book, answers), { minLength: 1, maxLength: 3 }), async (files) => {
        const { importing, file } = openTestGradebook();
        const texts = [...new Set(files.map(({ text }) => text))];
        const states: string[] = [];
        const ids: string[] = [];
        for (const [index, text] of texts.entries()) {
          states.push(dump(file));
          ids.push((await importing.commit(staged({ [`f${index}.csv`]: text }), {})).files[0]!.id!);
        }
        for (const id of ids.toReversed()) {
          expect((await importing.undo(id, {})).kept).toEqual([]);
          expect(dump(file)).toBe(states.pop());
        }
      }),
      { numRuns: 5, endOnFailure: true },
    );
  }, 60_000);

  it('of an earlier import keeps what a later one changed, and names it', async () => {
    const { importing, gradebook } = openTestGradebook();
    const header = 'Student,ID,SIS User ID,SIS Login ID,Section,Ratios (1),Rates (2)\n    Points Possible,,,,,10,10\n';
    const first = await importing.commit(staged({ 'a.csv': `${header}"B, A",1,S1,a@x.example,6A,5,6\n` }), {});
    await importing.commit(staged({ 'b.csv': `${header}"B, A",1,S1,a@x.example,6A,9,6\n` }), {});
    const result = await importing.undo(first.files[0]!.id!, {});
    expect(result.kept).toEqual([
      { what: 'mark S1 / Ratios (1)', reason: 'changed-since' },
      { what: 'student S1', reason: 'used-since' },
    ]);
    expect(gradebook.read.counts()).toMatchObject({ marks: 1, students: 1 });
  });
});

describe('totals', () => {
  it('match an independent sum, and files about different students may come in any order', async () => {
    await fc.assert(
      fc.asyncProperty(book, async ({ rows, text }) => {
        const forward = openTestGradebook();
        await forward.importing.commit(staged({ 'g.csv': text }), {});
        const points = rows.flatMap(({ marks }) => marks).filter((cell) => /^\d/.test(cell));
        const database = new Sqlite(forward.file, { readonly: true });
        const sum = database.prepare("SELECT count(*), total(points) FROM marks WHERE status = 'scored'").raw().get();
        database.close();
        expect(sum).toEqual([points.length, points.reduce((total, cell) => total + Number(cell), 0)]);
        const header = text.split('\n').slice(0, 2);
        const body = text.split('\n').slice(2);
        const parts = body.map((line) => [...header, line].join('\n'));
        const backward = openTestGradebook();
        for (const [index, part] of parts.toReversed().entries())
          await backward.importing.commit(staged({ [`${index}.csv`]: part }), {});
        expect(dump(backward.file)).toBe(dump(forward.file));
      }),
      { numRuns: 3, endOnFailure: true },
    );
  }, 60_000);
});
