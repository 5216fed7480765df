import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { GradebookContent } from '../../src/main/database/gradebook-content.ts';
import { decideMark } from '../../src/main/services/gradebook/cell-text.ts';
import { exportGradebook } from '../../src/main/services/gradebook/export-gradebook.ts';
import { escapeFormula, escapeText, unescapeFormula } from '../../src/main/services/csv.ts';
import { openWorkbook } from '../../src/main/services/importing/source/workbook.ts';
import { canvasGradebook, TWELVE } from '../support/canvas.ts';
import { openBook } from '../support/round-trip.ts';
import type { Book } from '../support/round-trip.ts';

/** Written without our own writer: every cell in quotes. */
const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');

const people = ({ students }: GradebookContent) =>
  students
    .map(({ code, givenName, familyName, classes, grade }) => [code, givenName, familyName, classes[0] ?? '', grade])
    .sort();
const marksBy = (
  { students, assignments, marks }: GradebookContent,
  key: (at: GradebookContent['assignments'][number]) => string,
) =>
  marks
    .map(({ student, assignment, points, status }) => [students[student]!.code, key(assignments[assignment]!), points, status])
    .sort();
const columns = ({ assignments }: GradebookContent) =>
  assignments.map(({ code, title, possible, guessed, dueAt, skills }) => ({ code, title, possible, guessed, dueAt, skills }));

function expectSameGrid(from: Book, to: Book): void {
  expect(people(to.content())).toEqual(people(from.content()));
  expect(columns(to.content())).toEqual(columns(from.content()));
  expect(marksBy(to.content(), ({ code }) => code)).toEqual(marksBy(from.content(), ({ code }) => code));
}

function expectSameResults(from: Book, to: Book): void {
  expect(people(to.content())).toEqual(people(from.content()));
  expect(to.content().students.map(({ code, classes }) => [code, classes])).toEqual(
    from.content().students.map(({ code, classes }) => [code, classes]),
  );
  const [was, is] = [from.content(), to.content()];
  expect(is.assignments.map(({ sourceId, title, possible }) => [sourceId, title, possible]).sort()).toEqual(
    was.assignments.map(({ code, title, possible }) => [code, title, possible]).sort(),
  );
  expect(marksBy(is, ({ sourceId }) => sourceId)).toEqual(marksBy(was, ({ code }) => code));
}

function edit(book: Book, students: string[], assignments: string[], texts: string[][]): void {
  const outcome = book.grid.editMarks(
    { id: `edit-${Math.abs(edits--)}`, at: 1_780_000_000_000 },
    { students, columns: assignments, texts },
    decideMark,
  );
  if ('refused' in outcome) throw new Error(JSON.stringify(outcome.refused));
}
let edits = 0;

const SKILLS = ['', 'ratios', 'a~b', '分数', '-s', '@s'];
const HARD = [
  '=HYPERLINK("http://x.example","y")',
  '+49 170',
  '-Ben',
  '@cmd',
  "'=x",
  "''+y",
  "O'Hara",
  '="007"',
  'Ana, "the" first',
  '王思远',
  '＝wide',
  'a;b\tc',
  '- 1',
];

describe('formulas in texts', () => {
  it('stay texts, and come back as they were', () => {
    for (const text of HARD) {
      expect(escapeFormula(text)).toMatch(/^[^=+\-@＝]/);
      expect(unescapeFormula(escapeFormula(text))).toBe(text);
    }
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '1', 'a', '.', '"') }), (text) => {
        expect(unescapeFormula(escapeFormula(text))).toBe(text);
        if (!text.startsWith('="')) expect(unescapeFormula(escapeText(text))).toBe(text);
      }),
    );
  });

  it('are cells of text in the workbook and the CSV, zeros in front included', async () => {
    const book = openBook();
    await book.take({
      'roster.csv': csv([
        ['student', 'given_name', 'family_name', 'class'],
        ...HARD.map((name, index) => [`00${index}`, name, name, '6B']),
      ]),
    });
    book.grid.addAssignment({ id: 'a', at: 0 }, '=1+1', 10);
    const workbook = await openWorkbook('x.xlsx', (await exportGradebook(book.grid, 'grid-xlsx', null, 0)).bytes);
    expect(workbook[0]!.rows[0]!.at(-1)).toBe('=1+1');
    expect(workbook[0]!.rows.map((row) => row[0])).toContain('003');
    const parts = unzipSync((await exportGradebook(book.grid, 'grid-xlsx', null, 0)).bytes);
    expect(new TextDecoder().decode(parts['xl/worksheets/sheet1.xml'])).not.toContain('<f>');
    for (const kind of ['grid-csv', 'roster'] as const) {
      const { bytes } = await exportGradebook(book.grid, kind, null, 0);
      const cells = (parse(new TextDecoder().decode(bytes), { bom: true, relax_column_count: true }) as string[][]).flat();
      expect(cells.filter((cell) => /^[=+\-@\t\r＝]/.test(cell))).toEqual([]);
    }
    book.close();
  });
});

describe('what goes out comes back', () => {
  it('a class from Canvas with late, excused, missing and zero marks, by every format of marks', async () => {
    const book = openBook();
    await book.take({ 'canvas.csv': canvasGradebook(28, TWELVE) });
    const { students, assignments } = book.content();
    edit(
      book,
      [students[2]!.code, students[3]!.code],
      [assignments[0]!.code, assignments[1]!.code],
      [
        ['6 late', 'missing'],
        ['0', 'EX'],
      ],
    );
    const states = new Set(book.content().marks.map(({ status }) => status));
    expect([...states].sort()).toEqual(['excused', 'late', 'missing', 'scored']);
    for (const kind of ['grid-csv', 'grid-xlsx'] as const) {
      const { book: other, result } = await book.through(kind);
      expect(result.files[0]).toMatchObject({ format: 'pathlight-gradebook', refused: [], students: 28 });
      expectSameGrid(book, other);
      other.close();
    }
    for (const version of ['1.1', '1.2'] as const) {
      const { book: other, result } = await book.through(`oneroster-${version}`);
      expect(result.files[0]).toMatchObject({ format: `oneroster-${version}`, refused: [], students: 28 });
      expectSameResults(book, other);
      other.close();
    }
    book.close();
  });

  it('into the gradebook that it came from, it changes nothing', async () => {
    for (const kind of ['grid-csv', 'grid-xlsx', 'oneroster-1.1', 'oneroster-1.2'] as const) {
      const book = openBook();
      await book.take({ 'canvas.csv': canvasGradebook(6, TWELVE) });
      const before = book.content();
      const { name, bytes } = await exportGradebook(book.grid, kind, null, 0);
      await book.take({ [name]: bytes });
      expect(people(book.content())).toEqual(people(before));
      expect(columns(book.content())).toEqual(columns(before));
      expect(book.content().marks).toEqual(before.marks);
      book.close();
    }
  });

  it('the sample’s kind of answers, with every detail', async () => {
    const book = openBook();
    await book.take({
      'answers.csv': csv([
        ['student', 'order', 'item', 'skill', 'correct', 'timestamp', 'response_time_ms', 'attempt', 'hint'],
        ['007', '0', 'q 1', 'a~b', '1', '1700000000000', '1500', '1', '0'],
        ['007', '3', '-q2', 'a', '0.3333333333333333', '', '', '', ''],
        ['王', '0', 'q 1', '', '0', '2026-03-01T08:00:00Z', '12.5', '2', '3'],
      ]),
    });
    const { book: other, result } = await book.through('responses');
    expect(result.files[0]).toMatchObject({ format: 'pathlight-responses', refused: [], answers: 3 });
    expect(other.answers()).toEqual(book.answers());
    other.close();
    book.close();
  });

  it('skills that the teacher gave to questions and assignments, as a table beside the answers', async () => {
    const book = openBook();
    await book.take({
      'answers.csv': csv([
        ['student', 'order', 'item', 'skill', 'correct'],
        ['1', '0', 'q 1', 'a~b', '1'],
        ['1', '1', '-q2', '', '1'],
        ['1', '2', '王 = 3', 'a', '0'],
      ]),
      'skills.csv': csv([
        ['question', 'skill'],
        ['-q2', 'c~d'],
        ['王 = 3', 'e'],
      ]),
    });
    expect(book.grid.items().find(({ id }) => id === '-q2')!.skills).toEqual(['c', 'd']);
    const { book: other } = await book.through('responses');
    const { bytes, name } = await exportGradebook(book.grid, 'question-skills', null, 0);
    expect((await other.take({ [name]: bytes })).files[0]).toMatchObject({ refused: [] });
    const byId = (items: ReturnType<typeof other.grid.items>) => items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(byId(other.grid.items())).toEqual(byId(book.grid.items()));
    expect(other.answers()).toEqual(book.answers());
    other.close();
    book.close();
  });

  it('goes out by class, with its own students and columns only', async () => {
    const book = openBook();
    await book.take({
      'roster.csv': csv([
        ['student', 'class'],
        ['a', '6B'],
        ['b', '7C'],
      ]),
    });
    book.grid.addAssignment({ id: 'x', at: 0 }, 'Quiz', 10);
    edit(book, ['b'], ['Quiz'], [['4']]);
    const { name, bytes } = await exportGradebook(book.grid, 'grid-csv', '6B', 0);
    expect(name).toBe('6B gradebook.csv');
    expect(new TextDecoder().decode(bytes)).toBe(
      'student,given_name,family_name,class,grade\r\n(points possible),,,,\r\na,,,6B,\r\n',
    );
    book.close();
  });

  const text = fc.oneof(
    fc.constantFrom(...HARD),
    fc.string({ unit: 'grapheme', maxLength: 14 }),
    fc.constantFrom('', 'Ana', 'line\nbreak'),
  );
  const id = fc.oneof(
    fc.constantFrom('007', '0', '-5', '+49', "'-x", '学号1', '1,234', '1.5'),
    fc.stringMatching(/^[\w.,'@-]{1,8}$/),
  );
  const world = fc.record({
    students: fc.uniqueArray(
      fc.record({ id, given: text, family: text, class: text, grade: fc.constantFrom('', '6', '07', 'K') }),
      {
        selector: (student) => student.id,
        minLength: 1,
        maxLength: 5,
      },
    ),
    titles: fc.array(text, { minLength: 1, maxLength: 4 }),
    marks: fc.array(fc.constantFrom('', '0', '3.25', '10', '12.5', 'EX', 'missing', '7 late', '0.1'), {
      minLength: 20,
      maxLength: 20,
    }),
    answers: fc.array(
      fc.record({
        student: fc.nat(4),
        question: fc.oneof(fc.constantFrom('-q', '@q', 'q,1', '"q"'), fc.stringMatching(/^[a-z0-9 ]{1,6}$/)),
        correct: fc.double({ min: 0, max: 1, noNaN: true }),
        time: fc.option(fc.integer({ min: 0, max: 2_000_000_000_000 })),
      }),
      { maxLength: 8 },
    ),
  });

  it('for any names, ids, titles and marks, by every format that is written', async () => {
    await fc.assert(
      fc.asyncProperty(world, async ({ students, titles, marks, answers }) => {
        const book = openBook();
        await book.take({
          'roster.csv': csv([
            ['student', 'given_name', 'family_name', 'class', 'grade'],
            ...students.map((student) => [student.id, student.given, student.family, student.class, student.grade]),
          ]),
        });
        const codes = book.content().students.map(({ code }) => code);
        fc.pre(codes.length > 0);
        const items = titles.flatMap((title, index) => {
          const clean = title
            .replaceAll(/[\u0000-\u001f\u007f\u00ad\u200b-\u200f\u2028\u2029\ufeff]+/g, ' ')
            .normalize('NFC')
            .trim();
          return clean === '' ? [] : [book.grid.addAssignment({ id: `title-${edits--}`, at: index }, clean, 10 + index)];
        });
        if (items.length > 0)
          edit(
            book,
            codes,
            items,
            codes.map((_, row) => items.map((__, column) => marks[row * 4 + column]!)),
          );
        if (answers.length > 0)
          await book.take({
            'answers.csv': csv([
              ['student', 'order', 'item', 'skill', 'correct', 'timestamp'],
              ...answers.map((answer, index) => [
                codes[answer.student % codes.length]!,
                String(index),
                answer.question,
                // An answer without a skill takes its question's: each question has the same throughout.
                SKILLS[answer.question.length % SKILLS.length]!,
                String(answer.correct),
                answer.time === null ? '' : String(answer.time),
              ]),
            ]),
          });
        for (const kind of ['grid-csv', 'grid-xlsx', 'oneroster-1.1', 'oneroster-1.2', 'roster', 'responses'] as const) {
          if (kind === 'responses' && book.answers().length === 0) continue;
          const { book: other, result } = await book.through(kind);
          expect(result.files[0]!.refused, kind).toEqual([]);
          if (kind === 'responses') expect(other.answers()).toEqual(book.answers());
          else if (kind === 'roster') expect(people(other.content())).toEqual(people(book.content()));
          else if (kind.startsWith('grid')) expectSameGrid(book, other);
          else expectSameResults(book, other);
          other.close();
        }
        book.close();
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });
});
