import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { columnsToTable, toResponseTable } from '../../src/learning/responses.ts';
import { sampleStudents, sampleTask } from '../../src/learning/sample-students.ts';
import { courseBasis } from '../../src/main/services/course-basis.ts';
import { createModels } from '../../src/main/services/models.ts';
import type { ImportStep } from '../../src/main/services/ports.ts';
import { createProfiles } from '../../src/main/services/profiles.ts';
import { RESOURCES } from '../support/application.ts';
import { simulatedClass } from '../support/courses.ts';
import { temporaryFolder } from '../support/folders.ts';
import { openTestGradebook, staged } from '../support/gradebook.ts';
import type { TestGradebook } from '../support/gradebook.ts';

const csvOf = (students: number, seed: number, answers: number, prefix = ''): string =>
  [
    'student,order,item,skill,correct',
    ...simulatedClass(students, seed, answers).sequences.flatMap(({ student, responses }) =>
      responses.map((each) =>
        [prefix + student, each.order, each.question, each.skills.join('~'), each.order % 7 === 3 ? 0.25 : each.correct].join(
          ',',
        ),
      ),
    ),
  ].join('\n');

/** Profiles that have seen nothing yet. */
function profilesOf({ gradebook, file }: TestGradebook) {
  const clock = (): number => 1_790_000_000_000;
  const models = createModels({
    folder: path.dirname(file),
    resources: RESOURCES,
    gradebook,
    clock,
    newId: randomUUID,
    spawnTrainer: () => {
      throw new Error('Nothing trains here.');
    },
  });
  return createProfiles({ gradebook, models, clock });
}

/** Runs the command line on the same gradebook, in a process of its own. */
async function elsewhere(...words: string[]): Promise<void> {
  const entry = path.join(import.meta.dirname, '..', '..', 'src', 'cli', 'index.ts');
  const child = spawn(process.execPath, ['--no-warnings', entry, ...words], { stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(0);
}

describe('reading answers as columns', () => {
  it('gives the table that their sequences give, of all, of some students, and up to an import', async () => {
    const { gradebook, importing } = openTestGradebook();
    await importing.commit(staged({ 'a.csv': csvOf(30, 5, 25) }), {});
    await importing.commit(staged({ 'b.csv': csvOf(9, 6, 12, 'b-') }), {});
    importing.addAnswers('b-student-3', [{ question: 'new', skills: ['s1', 'unheard'], correct: 0.5 }]);
    const sequences = gradebook.read.sequences();
    expect(columnsToTable(gradebook.read.columns())).toEqual(toResponseTable(sequences));
    const known = toResponseTable(sequences.slice(5, 8));
    expect(columnsToTable(gradebook.read.columns(), known)).toEqual(toResponseTable(sequences, known));
    const some = new Set(sequences.filter((_, index) => index % 3 !== 1).map(({ student }) => student));
    expect(columnsToTable(gradebook.read.columns({ wanted: (student) => some.has(student) }))).toEqual(
      toResponseTable(sequences.filter(({ student }) => some.has(student))),
    );
    const early = sequences.map(({ student, responses }) => ({
      student,
      responses: student.startsWith('b-') ? [] : responses,
    }));
    expect(columnsToTable(gradebook.read.columns({ upTo: 1 }))).toEqual(toResponseTable(early));
    expect(gradebook.read.history('b-student-3').responses).toEqual(
      sequences.find(({ student }) => student === 'b-student-3')!.responses,
    );
    expect(gradebook.read.history('nobody')).toMatchObject({ responses: [], importNumbers: [] });
  });

  it('puts marks among them, with their weights; a mark that changes or goes makes the student’s history another', async () => {
    const { gradebook, importing } = openTestGradebook();
    const canvas = (first: string, others: string): string =>
      [
        'Student,ID,SIS User ID,SIS Login ID,Section,Ratios (1),Rates (2),Final Score',
        '    Points Possible,,,,,10,10,(read only)',
        `"Adams, Ana",101,b-student-1,ana@x.example,6A,${first},8,50`,
        `"Brown, Ben",102,only-marks,ben@x.example,6A,${others},,50`,
      ].join('\n');
    await importing.commit(staged({ 'b.csv': csvOf(9, 6, 12, 'b-') }), {});
    await importing.commit(staged({ 'marks.csv': canvas('4', '7') }), {});
    const marked = gradebook.read.historyMark('b-student-1');
    const sequences = gradebook.read.sequences();
    const ben = sequences.find(({ student }) => student === 'only-marks')!;
    expect(ben.responses).toMatchObject([{ skills: ['Ratios'], correct: 0.7, weight: 3 }]);
    const table = columnsToTable(gradebook.read.columns());
    expect(table).toEqual(toResponseTable(sequences));
    expect(new Set(table.weight)).toEqual(new Set([1, 3]));
    expect(gradebook.read.answerCounts().get('only-marks')).toBe(1);
    expect(columnsToTable(gradebook.read.columns({ upTo: 1 })).weight.every((weight) => weight === 1)).toBe(true);
    for (const { student, responses } of sequences) expect(gradebook.read.history(student).responses).toEqual(responses);
    await importing.commit(staged({ 'marks.csv': canvas('9', '7') }), {});
    expect(gradebook.read.historyMark('b-student-1')).not.toBe(marked);
    expect(gradebook.read.history('b-student-1').responses.some(({ correct }) => correct === 0.9)).toBe(true);
  });
});

describe('the class of the newest answer', () => {
  it('follows what is typed in, taken back, and brought by files, as a reader that has seen nothing says', async () => {
    const test = openTestGradebook();
    const { gradebook, importing, file } = test;
    const current = (): string | null => {
      const fresh = openTestGradebook(file).gradebook.read.currentClass();
      expect(gradebook.read.currentClass()).toBe(fresh);
      return fresh;
    };
    expect(current()).toBeNull();
    const roster = 'student,given_name,family_name,class\na,A,A,7a\nb,B,B,7b\nc,C,C,7c\n';
    await importing.commit(staged({ 'roster.csv': roster }), {});
    expect(current()).toBe('7a');
    await importing.commit(staged({ 'a.csv': 'student,order,item,skill,correct,timestamp\nb,0,q,s,1,1000\n' }), {});
    expect(current()).toBe('7b');
    const { importId } = importing.addAnswers('c', [{ question: 'q', skills: ['s'], correct: 1 }]);
    expect(current()).toBe('7c');
    importing.addAnswers('a', [{ question: 'q', skills: ['s'], correct: 1 }]);
    expect(current()).toBe('7a');
    await importing.undo(importId, {});
    expect(current()).toBe('7a');
    await importing.commit(staged({ 'r2.csv': roster.replace('A,7a', 'A,7c') }), {});
    expect(current()).toBe('7c');
  });
});

describe('which answers difficulties rest on', () => {
  const step = (number: number, answers: number, typed: boolean, undone = false): ImportStep => ({
    number,
    answers,
    typed,
    undone,
  });

  it('are all where they are few, and a file’s at once where they are many', () => {
    expect(courseBasis([])).toMatchObject({ upTo: 0 });
    expect(courseBasis([step(1, 900, false), step(2, 3, true)])).toMatchObject({ upTo: 2 });
    expect(courseBasis([step(1, 30_000, false), step(2, 3, true)])).toMatchObject({ upTo: 1 });
    expect(courseBasis([step(1, 30_000, false), step(2, 3, true), step(3, 8, false)])).toMatchObject({ upTo: 3 });
  });

  it('take typed-in answers in by blocks, and another key wherever those answers are others', () => {
    const typed = Array.from({ length: 110 }, (_, index) => step(index + 2, 6, true));
    const steps = [step(1, 30_000, false), ...typed];
    // 300 answers a block: the 50th import of six completes one, the 100th the next.
    expect(courseBasis(steps.slice(0, 50)).upTo).toBe(1);
    expect(courseBasis(steps.slice(0, 51)).upTo).toBe(51);
    expect(courseBasis(steps).upTo).toBe(101);
    const undone = steps.map((each) => (each.number === 3 ? { ...each, undone: true } : each));
    expect(courseBasis(undone).upTo).toBe(102);
    const late = steps.map((each) => (each.number === 110 ? { ...each, undone: true } : each));
    expect(courseBasis(late)).toEqual(courseBasis(steps));
    const file = steps.map((each) => (each.number === 1 ? { ...each, undone: true } : each));
    expect(courseBasis(file).key).not.toBe(courseBasis(steps).key);
  });
});

describe('the sample of a very large school', () => {
  it('is the same students in any order, within the limit, and nobody where all fit', () => {
    const counts = Array.from({ length: 400 }, (_, index): [string, number] => [`s${index}`, 20 + (index % 9)]);
    expect(sampleStudents(counts, 1e6)).toBeUndefined();
    const chosen = sampleStudents(counts, 3000)!;
    expect(sampleStudents([...counts].reverse(), 3000)).toEqual(chosen);
    const answers = counts.filter(([student]) => chosen.has(student)).reduce((sum, [, count]) => sum + count, 0);
    expect(answers).toBeLessThanOrEqual(3000);
    expect(answers).toBeGreaterThan(2900);
    // Sampling those again leaves them; a larger limit keeps them.
    expect(
      sampleStudents(
        counts.filter(([student]) => chosen.has(student)),
        3000,
      ),
    ).toBeUndefined();
    expect([...chosen].every((student) => sampleStudents(counts, 4000)!.has(student))).toBe(true);
  });

  it('is what a training’s table is cut down to, with the profiles of the same students', () => {
    const { table, sequences } = simulatedClass(50, 4, 20);
    const profiles = table.students.map((student) => ({ student }));
    expect(sampleTask({ table, profiles }).table).toBe(table);
    const small = sampleTask({ table, profiles }, 300);
    const kept = sequences.filter(({ student }) => small.table.students.includes(student));
    expect(kept).toHaveLength(15);
    expect(small.profiles).toEqual(kept.map(({ student }) => ({ student })));
    expect(small.table).toEqual(toResponseTable(kept, table));
  });
});

describe('following the gradebook', () => {
  it.each([
    ['few answers', 40],
    ['many answers', 700],
  ])('shows after every change what a fresh start shows: %s', { timeout: 120_000 }, async (_, students) => {
    const test = openTestGradebook();
    const { gradebook, importing, file } = test;
    await importing.commit(staged({ 'a.csv': csvOf(students, 5, 31) }), {});
    const profiles = profilesOf(test);
    const watched = ['student-1', 'student-2', 'student-7'];
    const agree = (): void => {
      const fresh = profilesOf(test);
      for (const student of watched) expect(profiles.student(student)).toEqual(fresh.student(student));
    };
    agree();
    const before = watched.map((student) => profiles.student(student));
    const answer = { question: 's1-q1', skills: ['s1'], correct: 1 };
    const first = importing.addAnswers('student-1', [answer, { ...answer, correct: 0 }]);
    agree();
    expect(profiles.student('student-1').answers).toHaveLength(33);
    expect(profiles.student('student-1').level).not.toEqual(before[0]!.level);
    // A skill that nobody has named before, and a question too.
    const second = importing.addAnswers('student-2', [{ question: '', skills: ['brand-new'], correct: 1 }]);
    agree();
    expect(profiles.student('student-2').skills.at(-1)).toMatchObject({ id: 'brand-new' });
    await importing.undo(first.importId, {});
    agree();
    importing.addAnswers('student-1', [answer]);
    agree();
    await importing.undo(second.importId, {});
    agree();
    const other = path.join(temporaryFolder(), 'late.csv');
    // Changed values, new answers of somebody who is looked at, and a new student, all from another process.
    writeFileSync(
      other,
      `student,order,item,skill,correct\nstudent-7,0,s2-q1,s2,0.5\nstudent-7,90,s1-q2,s1,1\nnewcomer,0,s1-q2,s1,1\n`,
    );
    await elsewhere('import', other, '--data', path.dirname(file));
    agree();
    expect(profiles.student('student-7').answers).toHaveLength(32);
    expect(profiles.student('newcomer').answers).toHaveLength(1);
    const late = gradebook.read.answersOf('newcomer')[0]!.importId;
    await elsewhere('undo', '--data', path.dirname(file), '--import', late);
    agree();
    expect(profiles.student('student-7').answers).toEqual(before[2]!.answers);
    expect(() => profiles.student('newcomer')).toThrow(expect.objectContaining({ code: 'no-such-student' }));
  });

  it('leaves the others’ forecasts as they are while single answers are typed into a large gradebook', async () => {
    const test = openTestGradebook();
    await test.importing.commit(staged({ 'a.csv': csvOf(700, 5, 31) }), {});
    const profiles = profilesOf(test);
    const others = profiles.student('student-2');
    const own = profiles.student('student-1').level.value;
    test.importing.addAnswers(
      'student-1',
      Array.from({ length: 8 }, () => ({ question: 's1-q1', skills: ['s1'], correct: 0 })),
    );
    expect(profiles.student('student-2')).toEqual(others);
    expect(profiles.student('student-1').level.value).toBeLessThan(own - 0.02);
  });
});
