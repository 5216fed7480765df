import { copyFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openCourseStore } from '../../src/main/database/course-store.ts';
import { openGradebook } from '../../src/main/database/gradebook.ts';
import { openGrid } from '../../src/main/database/grid.ts';
import { undoImport } from '../../src/main/database/undo-import.ts';
import { decideAnswer, decideMark } from '../../src/main/services/gradebook/cell-text.ts';
import { performImport } from '../../src/main/services/importing/perform.ts';
import { temporaryFolder } from '../support/folders.ts';
import { dump } from '../support/gradebook.ts';

const SEED = Number(process.env['UNDO_SEED'] ?? 5);
const RUNS = Number(process.env['UNDO_RUNS'] ?? 25);

const number = fc.integer({ min: 1, max: 4 });
const question = fc.constantFrom('a', 'b', 'c');
const skill = fc.constantFrom('s', 't', 'u');
const rows = <Row>(row: fc.Arbitrary<Row>, of: (row: Row) => string) =>
  fc.uniqueArray(row, { selector: of, minLength: 1, maxLength: 6 });

const roster = rows(
  fc.record({
    id: number,
    name: fc.constantFrom('Ana', 'Ben', ''),
    group: fc.constantFrom('6A', '6B', ''),
    reading: fc.constantFrom('1', '2', ''),
  }),
  ({ id }) => String(id),
).map(
  (list) =>
    `student,given_name,class,background.reading\n${list.map(({ id, name, group, reading }) => `S${id},${name},${group},${reading}`).join('\n')}\n`,
);
const answers = rows(
  fc.record({
    id: number,
    order: fc.integer({ min: 0, max: 2 }),
    item: question,
    skills: fc.constantFrom('s', 't', 's~t', ''),
    correct: fc.constantFrom(0, 1, 0.5),
  }),
  ({ id, order }) => `${id}:${order}`,
).map(
  (list) =>
    `student,order,item,skill,correct\n${list.map(({ id, order, item, skills, correct }) => `S${id},${order},${item},${skills},${correct}`).join('\n')}\n`,
);
const cell = fc.constantFrom('', 'EX', '3', '10');
const marks = rows(fc.record({ id: number, marks: fc.tuple(cell, cell) }), ({ id }) => String(id)).map((list) =>
  [
    'Student,ID,SIS User ID,SIS Login ID,Section,Rates (1),Percent (2)',
    '    Points Possible,,,,,10,10',
    ...list.map((row) => `"Family, Ana",${100 + row.id},S${row.id},s${row.id}@x.example,6A,${row.marks.join(',')}`),
  ].join('\n'),
);
const names = rows(fc.record({ skill, name: fc.constantFrom('One', 'Two') }), (row) => row.skill).map(
  (list) => `skill,name\n${list.map((row) => `${row.skill},${row.name}`).join('\n')}\n`,
);
const pairs = fc.constantFrom(['s', 't'], ['t', 'u']).map(([after, before]) => `skill,prerequisite\n${after},${before}\n`);
const file = fc.oneof(roster, answers, answers, marks, names, pairs).map((text) => ({ kind: 'import' as const, text }));

const change = fc.oneof(
  file,
  file,
  fc.record({
    kind: fc.constant('marks' as const),
    id: number,
    column: fc.constantFrom('Rates (1)', 'Percent (2)', 'Own'),
    text: cell,
  }),
  fc.record({ kind: fc.constant('answers' as const), id: number, column: question, text: fc.constantFrom('', '0', '1') }),
  fc.record({ kind: fc.constant('column' as const) }),
  fc.record({ kind: fc.constant('skills' as const), item: question, skills: fc.uniqueArray(skill, { maxLength: 2 }) }),
  fc.record({ kind: fc.constant('stand' as const), skill, other: fc.constantFrom('s', 't', '', null) }),
  fc.record({ kind: fc.constant('rename' as const), skill, name: fc.constantFrom('One', 'Three') }),
);
type Change = typeof change extends fc.Arbitrary<infer Made> ? Made : never;
const step = fc.oneof(
  { weight: 5, arbitrary: change },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undo' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'undo-edit' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'redo-edit' as const }) },
);

/** A gradebook whose every change comes after the one before, by a clock that ticks. */
function open(gradebookFile: string) {
  const grid = openGrid(gradebookFile);
  const course = openCourseStore(gradebookFile);
  const database = new Sqlite(gradebookFile);
  let at = 1_790_000_000_000;
  let ids = 0;
  const next = () => ({ id: `edit-${++ids}-${at}`, at: ++at });
  const standing = (): string[] =>
    database.prepare('SELECT id FROM imports WHERE undone_at IS NULL ORDER BY number').pluck().all() as string[];
  const undo = (id: string): void => void database.transaction(() => undoImport(database, id, ++at)).immediate();
  /** Whatever cannot be done in this state is left. */
  const tried = (work: () => unknown): void => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && /^no-such|^same-file|^itself/.test(String(error.code)))) throw error;
    }
  };
  return {
    standing,
    undo,
    async run(change: Change) {
      switch (change.kind) {
        case 'import': {
          const { id, at: now } = next();
          const bytes = new TextEncoder().encode(change.text);
          const task = { kind: 'commit' as const, files: [{ fileId: id, importId: id, name: `${id}.csv`, bytes }] };
          await performImport({ gradebookFile, at: now, task }, { report: () => undefined, warn: () => undefined }).catch(
            (error: { code?: string }) => {
              if (error.code !== 'same-file-twice') throw error;
            },
          );
          return;
        }
        case 'marks':
          return tried(() =>
            grid.editMarks(next(), { students: [`S${change.id}`], columns: [change.column], texts: [[change.text]] }, decideMark),
          );
        case 'answers':
          return tried(() =>
            grid.editAnswers(
              next(),
              { students: [`S${change.id}`], columns: [change.column], texts: [[change.text]] },
              'latest',
              decideAnswer,
            ),
          );
        case 'column':
          return void grid.addAssignment(next(), 'Own', 10);
        case 'skills':
        case 'stand':
        case 'rename':
          return tried(() =>
            course.edit({
              ...next(),
              kind: change.kind,
              note: '',
              work(writer) {
                if (change.kind === 'skills')
                  writer.item(
                    { kind: 'question', id: change.item },
                    { skills: JSON.stringify(change.skills.map((each) => writer.skill(each))) },
                  );
                else if (change.kind === 'rename') writer.rename(change.skill, change.name);
                else if (change.other !== change.skill) {
                  if (change.other) writer.skill(change.other);
                  writer.stand(change.skill, change.other);
                }
                return {};
              },
            }),
          );
      }
    },
    undoEdit: () => void grid.undo(++at),
    redoEdit: () => void grid.redo(),
    close() {
      grid.close();
      course.close();
      database.close();
    },
  };
}

it(`imports and edits are undone in any order, and nothing of them is left (seed ${SEED})`, { timeout: 240_000 }, async () => {
  const empty = path.join(temporaryFolder(), 'gradebook.sqlite');
  openGradebook({ file: empty, clock: () => 1 }).close();
  await fc.assert(
    fc.asyncProperty(
      fc.array(file, { maxLength: 2 }),
      fc.array(step, { minLength: 1, maxLength: 9 }),
      fc.array(fc.nat(20), { minLength: 12, maxLength: 12 }),
      async (base, steps, order) => {
        const gradebookFile = path.join(temporaryFolder(), 'gradebook.sqlite');
        copyFileSync(empty, gradebookFile);
        const app = open(gradebookFile);
        try {
          for (const each of base) await app.run(each);
          const before = dump(gradebookFile);
          const kept = new Set(app.standing());
          const open = (): string[] => app.standing().filter((id) => !kept.has(id));
          for (const each of steps)
            if (each.kind === 'undo') {
              const ids = open();
              if (ids.length > 0) app.undo(ids[each.which % ids.length]!);
            } else if (each.kind === 'undo-edit') app.undoEdit();
            else if (each.kind === 'redo-edit') app.redoEdit();
            else await app.run(each);
          for (let ids = open(), at = 0; ids.length > 0; ids = open(), at++)
            app.undo(ids[order[at % order.length]! % ids.length]!);
          expect(dump(gradebookFile)).toBe(before);
        } finally {
          app.close();
        }
      },
    ),
    { numRuns: RUNS, seed: SEED, endOnFailure: process.env['UNDO_SHRINK'] === undefined },
  );
});
