import { readFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { DiffKind, DiffRow } from '../../src/shared/contract/import-diff.ts';
import type { Importing } from '../../src/main/services/ports.ts';
import { openDatabase } from '../../src/main/database/open.ts';
import { canvasGradebook } from '../support/canvas.ts';
import { dump, openTestGradebook, staged } from '../support/gradebook.ts';

const fixture = (name: string) => readFileSync(path.join(import.meta.dirname, '..', 'fixtures', 'imports', name), 'utf8');

async function preview(importing: Importing, name: string, content: string) {
  const [file] = await importing.preview(staged({ [name]: content }));
  if (file?.outcome !== 'recognised') throw new Error('the file was refused');
  return file;
}

const words = (row: DiffRow): string =>
  `${row.line ?? '-'} ${row.outcome} ${row.kind} ${row.student?.name ?? ''}|${row.about}|${row.values.map(({ field, before, after }) => `${field} ${before} > ${after}`).join(', ')}`;
const of = (rows: readonly DiffRow[], kind: DiffKind): string[] => rows.filter((row) => row.kind === kind).map(words);

describe('the list of what an import changes', () => {
  it('names students and profile fields, each value as it stands and as the file has it, and is the sum of its kinds', async () => {
    const { importing, file } = openTestGradebook();
    const header = 'student,given_name,family_name,class,background.language\n';
    await importing.commit(staged({ 'r.csv': `${header}1,Ana,Berg,6A,German\n2,Ben,Cole,6A,English\n` }), {});
    const before = dump(file);
    const { diff, changes } = await preview(
      importing,
      'r2.csv',
      `${header}1,Anna,Berg,6A,German\n2,Ben,Cole,6B,French\n3,Cem,Demir,6B,Turkish\n`,
    );
    expect(of(diff.rows, 'student')).toEqual([
      '2 changed student Anna Berg||given_name Ana > Anna',
      '3 changed student Ben Cole||class 6A > 6B',
      '4 new student Cem Demir||given_name null > Cem, family_name null > Demir, class null > 6B',
    ]);
    expect(of(diff.rows, 'profile')).toEqual([
      '3 changed profile Ben Cole|background.language|value English > French',
      '4 new profile Cem Demir|background.language|value null > Turkish',
    ]);
    expect(of(diff.rows, 'class')).toEqual(['- new class |6B|name null > 6B']);
    expect(diff.kinds).toEqual([
      { kind: 'student', added: 1, changed: 2, unchanged: 0, conflicts: 0 },
      { kind: 'profile', added: 1, changed: 1, unchanged: 1, conflicts: 0 },
      { kind: 'class', added: 1, changed: 0, unchanged: 1, conflicts: 0 },
    ]);
    expect(changes).toEqual({ added: 3, changed: 3, unchanged: 2, conflicts: 0 });
    expect(dump(file)).toBe(before);
  });

  it('names marks by student and assignment', async () => {
    const { importing } = openTestGradebook();
    const canvas = canvasGradebook(6, [['Ratios quiz', 10]]);
    await importing.commit(staged({ 'g.csv': canvas }), {});
    const later = canvas.replace(/(user2@north\.example,6B Mathematics,)[\d.]+/, '$19.75');
    const { diff } = await preview(importing, 'later.csv', later);
    expect(of(diff.rows, 'mark')).toEqual([
      expect.stringMatching(/^\d+ changed mark .+\|Ratios quiz \(\d+\)\|points [\d.]+ > 9\.75$/),
    ]);
    expect(diff.kinds.find(({ kind }) => kind === 'mark')).toMatchObject({ added: 0, changed: 1, conflicts: 0 });
  });

  it('names answers, skills and prerequisites', async () => {
    const { importing } = openTestGradebook();
    const answers = 'student,order,item,skill,correct\n';
    await importing.commit(
      staged({
        'a.csv': `${answers}1,0,q1,s,0\n1,1,q2,s,1\n`,
        's.csv': 'skill,name\ns,Ratios\n',
        'p.csv': 'skill,prerequisite\nt,s\n',
      }),
      {},
    );
    const again = await preview(importing, 'a2.csv', `${answers}1,0,q1,s,1\n1,1,q2,s,1\n1,2,q3,s,0.5\n`);
    expect(of(again.diff.rows, 'answer')).toEqual([
      '2 changed answer 1|q1|correct 0 > 1',
      '4 new answer 1|q3|question null > q3, correct null > 0.5',
    ]);
    expect(again.diff.kinds).toEqual([{ kind: 'answer', added: 1, changed: 1, unchanged: 1, conflicts: 0 }]);
    const skills = await preview(importing, 's2.csv', 'skill,name\ns,Ratios and rates\nu,Percent\n');
    expect(of(skills.diff.rows, 'skill')).toEqual([
      '2 changed skill |Ratios and rates|name Ratios > Ratios and rates',
      '3 new skill |Percent|name null > Percent',
    ]);
    const pairs = await preview(importing, 'p2.csv', 'skill,prerequisite\nt,s\nv,s\n');
    expect(of(pairs.diff.rows, 'prerequisite')).toEqual(['3 new prerequisite |Ratios → v|']);
  });

  it('lists the first 200 changed values of a kind and the first 50 new ones, and counts all', async () => {
    const { importing } = openTestGradebook();
    const roster = (name: string, count: number) =>
      `student,given_name\n${Array.from({ length: count }, (_, index) => `s${index},${name}${index}`).join('\n')}\n`;
    await importing.commit(staged({ 'r.csv': roster('Ana', 300) }), {});
    const { diff } = await preview(importing, 'r2.csv', roster('Bea', 400));
    expect(diff.kinds).toEqual([{ kind: 'student', added: 100, changed: 300, unchanged: 0, conflicts: 0 }]);
    expect(diff.rows.filter(({ outcome }) => outcome === 'changed')).toHaveLength(200);
    expect(diff.rows.filter(({ outcome }) => outcome === 'new')).toHaveLength(50);
  });
});

describe('what is in conflict', () => {
  it('keeps the name of the school against what a student typed, and says both', async () => {
    const { importing, gradebook } = openTestGradebook();
    await importing.commit(staged({ 'r.csv': 'student,given_name,family_name,email\n1,Mira,Kowalska,mira@north.example\n' }), {});
    const quiz =
      'Timestamp,Email Address,Score,Name,1/2 + 1/4?,1/2 + 1/4? [Score]\n2026/03/12 9:01:05 AM GMT+1,mira@north.example,1 / 1,mimi!!,3/4,1 / 1\n';
    const { diff } = await preview(importing, 'quiz.csv', quiz);
    expect(of(diff.rows, 'student')).toEqual(['2 conflict student Mira Kowalska||name Mira Kowalska > mimi!!']);
    expect(diff.rows.find(({ outcome }) => outcome === 'conflict')).toMatchObject({ why: 'typed-name' });
    await importing.commit(staged({ 'quiz.csv': quiz }), {});
    expect(gradebook.read.student('1')!.name).toBe('Mira Kowalska');
  });

  it('says whom a row counts for whose keys belong to two students', async () => {
    const { importing } = openTestGradebook();
    await importing.commit(staged({ 'c.csv': fixture('canvas.csv') }), {});
    const { diff, changes } = await preview(
      importing,
      'r.csv',
      'student,given_name,email\nS-4471,Chidi,asa.lindqvist@north.example\n',
    );
    expect(changes.conflicts).toBe(1);
    const [conflict] = diff.rows.filter(({ outcome }) => outcome === 'conflict');
    expect(conflict).toMatchObject({ line: 2, kind: 'student', why: 'two-students', values: [{ field: 'student' }] });
    expect(conflict!.values[0]!.before).not.toBe(conflict!.values[0]!.after);
  });

  it('keeps what was corrected in the program while a file only repeats the old value; a third value is news', async () => {
    const { importing, file } = openTestGradebook();
    const gradebook = 'Student ID,Name,Quiz 1 (10 pts)\n';
    await importing.commit(staged({ 'g.csv': `${gradebook}1,Ana Berg,7\n2,Ben Cole,8\n` }), {});
    editMark(file, '1', 9);
    const repeated = await preview(importing, 'g2.csv', `${gradebook}1,Ana Berg,7\n2,Ben Cole,8.5\n`);
    expect(of(repeated.diff.rows, 'mark')).toEqual([
      '2 conflict mark Ana Berg|Quiz 1|points 9 > 7',
      '3 changed mark Ben Cole|Quiz 1|points 8 > 8.5',
    ]);
    await importing.commit(staged({ 'g2.csv': `${gradebook}1,Ana Berg,7\n2,Ben Cole,8.5\n` }), {});
    expect(points(file)).toEqual([9, 8.5]);
    await importing.commit(staged({ 'g3.csv': `${gradebook}1,Ana Berg,10\n2,Ben Cole,8.5\n` }), {});
    expect(points(file)).toEqual([10, 8.5]);
  });
});

/** A correction as the program makes it: an import from no file, journalled. */
function editMark(file: string, student: string, to: number): void {
  const database = openDatabase(file);
  const before = database
    .prepare('SELECT m.points, m.status, m.marked_at FROM marks m JOIN students s ON s.id = m.student_id WHERE s.code = ?')
    .get(student) as { points: number };
  const { lastInsertRowid } = database
    .prepare(
      `INSERT INTO imports (id, file, hash, format, encoding, delimiter, students, questions, answers, marks, refused, created_at)
       VALUES ('edit', '', '', 'manual', '', '', 0, 0, 0, 1, '[]', 0)`,
    )
    .run();
  database
    .prepare("INSERT INTO journal (import_number, entity, key, before, after, created_at) VALUES (?, 'mark', ?, ?, ?, 0)")
    .run(lastInsertRowid, JSON.stringify([student, 'Quiz 1']), JSON.stringify(before), JSON.stringify({ ...before, points: to }));
  database.prepare('UPDATE marks SET points = ? WHERE student_id = (SELECT id FROM students WHERE code = ?)').run(to, student);
  database.close();
}

function points(file: string): number[] {
  const database = new Sqlite(file, { readonly: true });
  try {
    return database
      .prepare('SELECT m.points FROM marks m JOIN students s ON s.id = m.student_id ORDER BY s.code')
      .pluck()
      .all() as number[];
  } finally {
    database.close();
  }
}
