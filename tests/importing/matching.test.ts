import { readFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { canvasGradebook } from '../support/canvas.ts';
import { dump, openTestGradebook, staged } from '../support/gradebook.ts';

const fixture = (name: string): Uint8Array => readFileSync(path.join(import.meta.dirname, '..', 'fixtures', 'imports', name));
const TITLES = [
  ['Ratios quiz', 10],
  ['Ratios test', 50],
] as const;
const canvas = canvasGradebook(6, TITLES);

function marksOf(file: string): string[] {
  const database = new Sqlite(file, { readonly: true });
  try {
    return (
      database
        .prepare(
          'SELECT s.code, a.title, m.points, m.status FROM marks m JOIN students s ON s.id = m.student_id JOIN assignments a ON a.id = m.assignment_id ORDER BY 1, 2',
        )
        .raw()
        .all() as (string | number | null)[][]
    ).map((row) => row.join(' | '));
  } finally {
    database.close();
  }
}

describe('a second file about the same class', () => {
  it('updates marks, names and the class, and makes nobody twice', async () => {
    const { importing, gradebook, file } = openTestGradebook();
    await importing.commit(staged({ 'g.csv': canvas }), {});
    const before = marksOf(file);
    const later = canvas
      .replace('"Family1, Given1"', '"Newname, Given1"')
      .replaceAll('6B Mathematics', '6C Mathematics')
      .replace(/(user2@north\.example,6C Mathematics,)[\d.]+/, '$19.75');
    const [preview] = await importing.preview(staged({ 'later.csv': later }));
    expect(preview).toMatchObject({
      outcome: 'recognised',
      changes: { added: 1, changed: 7, conflicts: 0 },
      matched: { key: 6, new: 0 },
      importedBefore: null,
    });
    expect(marksOf(file)).toEqual(before);
    const { files } = await importing.commit(staged({ 'later.csv': later }), {});
    expect(gradebook.read.counts()).toMatchObject({ students: 6, marks: before.length });
    expect(gradebook.read.student('S-101')).toMatchObject({ name: 'Given1 Newname', className: '6C Mathematics' });
    expect(marksOf(file)).toContain('S-102 | Ratios quiz | 9.75 | scored');
    await importing.undo(files[0]!.id!, {});
    expect(marksOf(file)).toEqual(before);
    expect(gradebook.read.student('S-101')).toMatchObject({ name: 'Given1 Family1', className: '6B Mathematics' });
  });

  it('the very same content under another name changes nothing but the list', async () => {
    for (const name of [
      'kahoot.xlsx',
      'assistments.csv',
      'datashop-transactions.txt',
      'Fractions exit ticket.csv',
      'moodle-grades.csv',
      'clever.zip',
    ]) {
      const { importing, file } = openTestGradebook();
      await importing.commit(staged({ [name]: fixture(name) }), {});
      const before = dump(file);
      await expect(importing.commit(staged({ [name]: fixture(name) }), {})).rejects.toMatchObject({ code: 'same-file-twice' });
      // One more byte: another hash, the same content.
      const content = /\.(xlsx|zip)$/.test(name) ? undefined : Buffer.concat([fixture(name), Buffer.from('\n')]);
      if (!content) continue;
      const { files } = await importing.commit(staged({ [`copy of ${name}`]: content }), {});
      expect(dump(file), name).toBe(before);
      await importing.undo(files[0]!.id!, {});
      expect(dump(file), name).toBe(before);
    }
  });
});

describe('answers of which only the day is known', () => {
  it('two quizzes of one day stay two, and each again changes nothing', async () => {
    const { importing, gradebook, file } = openTestGradebook();
    const quiz = (name: string) =>
      `Student ID,Question,Is correct,Date\n1,${name} one,1,2026-03-12\n1,${name} two,0,2026-03-12\n1,${name} three,1,2026-03-12\n`;
    await importing.commit(staged({ 'a.csv': quiz('Ratios') }), {});
    await importing.commit(staged({ 'b.csv': quiz('Rates') }), {});
    expect(gradebook.read.counts()).toMatchObject({ questions: 6, answers: 6 });
    const before = dump(file);
    await importing.commit(staged({ 'c.csv': `${quiz('Rates')}\n` }), {});
    await importing.commit(staged({ 'd.csv': `${quiz('Ratios')}\n` }), {});
    expect(dump(file)).toBe(before);
  });
});

describe('who is who', () => {
  it('finds a student by any stable key, across systems', async () => {
    const { importing, gradebook } = openTestGradebook();
    await importing.commit(
      staged({ 'roster.csv': 'student,given_name,family_name,class\nS-101,Given1,Family1,6B\nS-102,Given2,Family2,6B\n' }),
      {},
    );
    await importing.commit(staged({ 'g.csv': canvas }), {});
    expect(gradebook.read.counts().students).toBe(6);
    const forms = 'Timestamp,Email Address,Score,What?\n2026/03/12 9:05:11,USER3@north.example,4 / 5,x\n';
    const [preview] = await importing.preview(staged({ 'f.csv': forms }));
    expect(preview).toMatchObject({ matched: { key: 1, new: 0 } });
  });

  it('by name where there is nothing better, and only where the name is one person’s', async () => {
    const { importing, gradebook } = openTestGradebook();
    await importing.commit(
      staged({ 'r.csv': 'student,given_name,family_name,class\n1,Ana,Garcia,6A\n2,Ana,Garcia,6B\n3,Tom,Berg,6A\n' }),
      {},
    );
    const table = 'Name,Quiz one,Quiz two\n"Berg, Tom",7,8\n"Garcia, Ana",5,6\n';
    const [preview] = await importing.preview(staged({ 't.csv': table }));
    expect(preview).toMatchObject({
      format: 'mapped',
      matched: { name: 1, new: 1 },
      unmatched: [{ key: 'name:Ana Garcia' }],
    });
    const source = staged({ 't.csv': table }).map((each) => ({ ...each, choices: { matches: { 'name:Ana Garcia': '2' } } }));
    await importing.commit(source, {});
    expect(gradebook.read.counts().students).toBe(3);
    // The decision is kept: the next file asks no more.
    const [next] = await importing.preview(staged({ 'next.csv': table.replace('7,8', '9,9') }));
    expect(next).toMatchObject({ matched: { key: 2, new: 0 }, unmatched: [] });
  });

  it('two students of one name stay two, and a different id is a different student', async () => {
    const { importing, gradebook } = openTestGradebook();
    await importing.commit(staged({ 'c.csv': fixture('canvas.csv') }), {});
    expect(gradebook.read.findStudents('Ana Garcia', 10)).toHaveLength(2);
    await importing.commit(staged({ 'r.csv': 'student,given_name,family_name,class\nX-1,Chidi,Okafor,6B Mathematics\n' }), {});
    expect(gradebook.read.findStudents('Chidi Okafor', 10)).toHaveLength(2);
  });

  it('names a row whose keys belong to two students', async () => {
    const { importing } = openTestGradebook();
    await importing.commit(staged({ 'c.csv': fixture('canvas.csv') }), {});
    const [preview] = await importing.preview(
      staged({ 'r.csv': 'student,given_name,email\nS-4471,Chidi,asa.lindqvist@north.example\n' }),
    );
    expect(preview).toMatchObject({ changes: { conflicts: 1 }, conflicts: [{ line: 2, code: 'two-students' }] });
  });

  it('a nickname is matched once and remembered', async () => {
    const { importing, gradebook } = openTestGradebook();
    await importing.commit(staged({ 'r.csv': 'student,given_name,family_name\n1,Mira,Kowalska\n2,Tom,Berg\n' }), {});
    const [preview] = await importing.preview(staged({ 'k.xlsx': fixture('kahoot.xlsx') }));
    expect(preview).toMatchObject({
      matched: { name: 1, new: 2 },
      unmatched: [{ key: 'nickname:TOMMY🚀' }, { key: 'nickname:007' }],
    });
    const source = staged({ 'k.xlsx': fixture('kahoot.xlsx') }).map((each) => ({
      ...each,
      choices: { matches: { 'nickname:TOMMY🚀': '2' } },
    }));
    await importing.commit(source, {});
    expect(gradebook.read.answersOf('2')).toHaveLength(2);
    expect(gradebook.read.student('2')).toMatchObject({ name: 'Tom Berg' });
    expect(gradebook.read.student('1')).toMatchObject({ name: 'Mira Kowalska' });
    // The nickname is no name that the school has to defend.
    const later = staged({
      'later.csv': 'Question,Player,Correct / Incorrect,Score (points),Correct Answers\n2 + 3,TOMMY🚀,Correct,900,5\n',
    });
    const [again] = await importing.preview(later);
    expect(again).toMatchObject({ format: 'kahoot', changes: { added: 1, conflicts: 0 }, matched: { key: 1 }, unmatched: [] });
  });

  it('students of many classes are in all of them', async () => {
    const { importing, gradebook, file } = openTestGradebook();
    await importing.commit(
      staged({
        'enrollments.csv': fixture('clever-enrollments.csv'),
        'students.csv': fixture('clever-students.csv'),
        'sections.csv': fixture('clever-sections.csv'),
      }),
      {},
    );
    expect(gradebook.read.classes().map(({ name }) => name)).toEqual(['Mathematics 6 - Period 2', 'Science 6 1']);
    expect(dump(file)).toContain('"Science 6 1"');
    expect(gradebook.read.students('Mathematics 6 - Period 2')).toHaveLength(3);
    expect(gradebook.read.students('Science 6 1').map(({ name }) => name)).toEqual(['Tolu Adeyemi']);
    expect(gradebook.read.classes().map(({ students }) => students)).toEqual([3, 1]);
    expect(gradebook.read.counts().students).toBe(3);
  });

  it('a class that enrolments named by its id alone gets its name later, and loses it with the undo', async () => {
    const { importing, gradebook, file } = openTestGradebook();
    await importing.commit(staged({ 'enrollments.csv': fixture('clever-enrollments.csv') }), {});
    const before = dump(file);
    const { files } = await importing.commit(staged({ 'sections.csv': fixture('clever-sections.csv') }), {});
    expect(gradebook.read.classes().map(({ name }) => name)).toEqual(['Mathematics 6 - Period 2', 'Science 6 1']);
    await importing.undo(files[0]!.id!, {});
    expect(dump(file)).toBe(before);
  });
});

describe('a table that nobody knows', () => {
  it('is read by what the teacher says, and the next one that looks alike by itself', async () => {
    const { importing, gradebook } = openTestGradebook();
    const table =
      'Kid,Kid mail,Task,Ok?,Topic\nNoor Ahmed,noor@park.example,3:6,1,ratios\nEli Berg,eli@park.example,3:6,0,ratios\n';
    const [unknown] = await importing.preview(staged({ 't.csv': table }));
    expect(unknown).toMatchObject({ outcome: 'refused', code: 'unknown-layout' });
    const mapping = { Kid: 'name', 'Kid mail': 'email', Task: 'question', 'Ok?': 'correct', Topic: 'skill' } as const;
    await importing.commit(
      staged({ 't.csv': table }).map((each) => ({ ...each, choices: { mapping } })),
      {},
    );
    expect(gradebook.read.counts()).toMatchObject({ students: 2, answers: 2 });
    const [next] = await importing.preview(staged({ 'u.csv': `${table}Eli Berg,eli@park.example,4:8,1,ratios\n` }));
    expect(next).toMatchObject({
      format: 'mapped',
      because: { code: 'preset', detail: { file: 't.csv' } },
      changes: { added: 1, unchanged: 4 },
    });
  });
});

describe('sensitive columns', () => {
  it('are never kept, and the preview names them', async () => {
    const { importing, file } = openTestGradebook();
    const source = staged({ 'students.csv': fixture('clever-students.csv') });
    const [preview] = await importing.preview(source);
    const kinds = new Map(preview!.outcome === 'recognised' ? preview!.ignored.map(({ column, why }) => [column, why]) : []);
    for (const column of [
      'Race',
      'Hispanic_Latino',
      'Ell_status',
      'Frl_status',
      'IEP_status',
      'Student_street',
      'Student_zip',
      'Contact_phone',
      'Password',
      'DOB',
    ])
      expect(kinds.get(column), column).toMatch(/^sensitive\./);
    await importing.commit(source, {});
    expect(readFileSync(file).includes('hunter2')).toBe(false);
    const database = new Sqlite(file, { readonly: true });
    const everything = JSON.stringify(
      (database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[]).map((table) =>
        database.prepare(`SELECT * FROM ${table}`).all(),
      ),
    );
    database.close();
    for (const secret of ['hunter2', 'Elm Street', '555-0110', '62701', 'Bisi Adeyemi', '5/14/2014'])
      expect(everything).not.toContain(secret);
  });
});

describe('one student as two files write them', () => {
  const canvasOf = (id: string): string =>
    `Student,ID,SIS User ID,SIS Login ID,Section,Quiz (1)\n    Points Possible,,,,,10\n"O’Neill, Ana",1,${id},,7A,7\n`;
  const roster = 'student,given_name,family_name,class\n00417,Ana,O’Neill,7A\n00418,Min,Kim,7A\n';

  it.each(['Ana O’Neill', 'O’Neill Ana', 'O’Neill, Ana'])('a whole name, %s, is parted as the roster parts it', async (name) => {
    for (const order of [
      ['roster', 'marks'],
      ['marks', 'roster'],
    ] as const) {
      const { importing, gradebook } = openTestGradebook();
      const files = { roster, marks: `Name,Quiz 1\n"${name}",8\nMin Kim,9\n` };
      for (const each of order) await importing.commit(staged({ [`${each}.csv`]: files[each] }), {});
      expect(gradebook.read.counts()).toMatchObject({ students: 2, marks: 2 });
      expect(gradebook.read.students(null).map((student) => student.name)).toEqual(
        expect.arrayContaining(['Ana O’Neill', 'Min Kim']),
      );
    }
  });

  it('a number whose leading zeros a spreadsheet lost is the same number, whichever file came first', async () => {
    for (const files of [
      [roster, canvasOf('417')],
      [canvasOf('417'), roster],
    ]) {
      const { importing, gradebook, file } = openTestGradebook();
      await importing.commit(staged({ 'a.csv': files[0]! }), {});
      const before = dump(file);
      const second = await importing.commit(staged({ 'b.csv': files[1]! }), {});
      expect(gradebook.read.counts()).toMatchObject({ students: 2, marks: 1 });
      await importing.undo(second.files[0]!.id!, {});
      expect(dump(file)).toBe(before);
    }
  });

  it('numbers that differ by their zeros alone are two students where the names differ', async () => {
    const { importing, gradebook } = openTestGradebook();
    await importing.commit(staged({ 'a.csv': roster }), {});
    await importing.commit(staged({ 'b.csv': canvasOf('418') }), {});
    expect(gradebook.read.counts()).toMatchObject({ students: 3 });
  });
});
