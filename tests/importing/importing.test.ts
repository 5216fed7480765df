import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import iconv from 'iconv-lite';
import { describe, expect, it, vi } from 'vitest';
import { forkProcess } from '../../src/main/processes/fork.ts';
import { createImporting } from '../../src/main/services/importing/importing.ts';
import type { FromImporter, SpawnImporter, ToImporter } from '../../src/main/services/importing/messages.ts';
import { temporaryFolder } from '../support/folders.ts';
import { dump, openTestGradebook, staged } from '../support/gradebook.ts';

const ANSWERS = 'student,order,item,skill,correct\n';
const REFUSED = path.join(import.meta.dirname, '..', 'fixtures', 'refused');
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13);

async function importOne(name: string, content: string | Uint8Array) {
  const test = openTestGradebook();
  const before = dump(test.file);
  const outcome = await test.importing.commit(staged({ [name]: content }), {}).then(
    (result) => ({ result, error: undefined }),
    (error: { code: string; message: string }) => ({ result: undefined, error }),
  );
  return { ...test, ...outcome, unchanged: dump(test.file) === before };
}

describe('files that are refused as a whole, with nothing written', () => {
  it.each([
    ['an empty file', 'answers.csv', '', 'empty-file'],
    ['white space only', 'answers.csv', ' \n\n', 'empty-file'],
    ['a picture renamed', 'answers.csv', PNG, 'not-a-table'],
    ['a missing column', 'answers.csv', 'student,order,item,skill\n1,0,a,s\n', 'missing-column'],
    ['a roster without ids', 'roster.csv', 'given_name,family_name\nAna,Berg\n', 'missing-column'],
    ['a delimiter that is none', 'answers.csv', 'student^order^item^skill^correct\n1^0^a^s^1\n', 'wrong-delimiter'],
    ['columns that nobody knows', 'x.csv', 'colour,shape\nred,round\n', 'unknown-layout'],
    ['a column twice', 'answers.csv', 'student,order,item,skill,correct,correct\n1,0,a,s,1,0\n', 'double-column'],
    ['an open quotation mark', 'answers.csv', `${ANSWERS}1,0,"a,s,1\n`, 'broken-quotes'],
    ['delimiters and nothing between them', 'x.csv', '\n\n ,, \n,\n', 'empty-file'],
    ['a web page that is called a workbook', 'marks.xls', '<html><table><tr><td>Student</td></tr></table></html>', 'web-page'],
    ['a workbook as XML of 2003', 'marks.xls', '<?xml version="1.0"?><Workbook></Workbook>', 'web-page'],
    ['a workbook of LibreOffice', 'marks.ods', zipSync({ 'content.xml': strToU8('<office/>') }), 'other-workbook'],
    ['JSON that is no framework of skills', 'x.json', '{"students":[{"name":"Ana"}]}', 'not-a-table'],
    [
      'a Kahoot report of points alone',
      'kahoot.xlsx',
      readFileSync(path.join(REFUSED, 'kahoot-final-scores.xlsx')),
      'kahoot-without-answers',
    ],
    ['a damaged gzip', 'answers.csv.gz', gzipSync('student').subarray(0, 12), 'broken-gzip'],
  ])('%s', async (_what, name, content, code) => {
    const { error, unchanged, gradebook } = await importOne(name, content);
    expect(error).toMatchObject({ code });
    expect(error!.message).toContain(name);
    expect(unchanged).toBe(true);
    expect(gradebook.takeInterruptions()).toEqual([]);
  });

  it('one bad file among good ones: none is imported, and the bad one is named', async () => {
    const { importing, file } = openTestGradebook();
    const before = dump(file);
    await expect(
      importing.commit(staged({ 'roster.csv': 'student,given_name\n1,Ana\n', 'bad.csv': 'colour\nred\n' }), {}),
    ).rejects.toThrow(/bad\.csv/);
    expect(dump(file)).toBe(before);
    expect(importing.list()).toEqual([]);
  });

  it('the same file twice, at once and one after the other', async () => {
    const { importing, file } = openTestGradebook();
    const content = `${ANSWERS}1,0,a,s,1\n`;
    await expect(importing.commit(staged({ 'a.csv': content, 'b.csv': content }), {})).rejects.toMatchObject({
      code: 'same-file-twice',
    });
    const { files } = await importing.commit(staged({ 'a.csv': content }), {});
    const before = dump(file);
    await expect(importing.commit(staged({ 'again.csv': content }), {})).rejects.toMatchObject({ code: 'same-file-twice' });
    expect(dump(file)).toBe(before);
    await importing.undo(files[0]!.id!, {});
    await expect(importing.commit(staged({ 'again.csv': content }), {})).resolves.toBeTruthy();
  });
});

describe('rows that are refused, each with its line, while the others are kept', () => {
  it('names what is wrong', async () => {
    const rows = [
      '1,0,a,s,1',
      '1,1,a,s,maybe',
      '1,-1,a,s,1',
      '1,x,a,s,1',
      ',2,a,s,1',
      '1,3,,s,1',
      '1,0,b,s,0',
      '=1+1,0,a,s,1',
      '1,4,a,s,1.5',
      '1,5,a,s,1,9,9,9,9,9',
      '2,0,a,s,0.5',
    ];
    const { result } = await importOne('answers.csv', ANSWERS + rows.join('\n'));
    const [file] = result!.files;
    expect(file!.answers).toBe(2);
    expect(file!.refused.map(({ line, code }) => [line, code])).toEqual([
      [3, 'bad-correct'],
      [4, 'not-a-count'],
      [5, 'not-a-number'],
      [6, 'missing-value'],
      [7, 'missing-value'],
      [8, 'duplicate-answer'],
      [9, 'formula'],
      [10, 'bad-correct'],
      [11, 'too-many-cells'],
    ]);
    expect(file!.refused[0]!.reason).toBe('correct "maybe" is not a number from 0 (wrong) to 1 (right)');
  });

  it('a number below "grade" is the school year beside a class, and a mark where it cannot be one', async () => {
    const { result } = await importOne(
      'roster.csv',
      'student,given_name,family_name,class,grade\n1,Ana,Berg,6B,6\n2,Bo,Li,7A,7\n',
    );
    expect(result!.files[0]).toMatchObject({ format: 'pathlight-roster', students: 2, marks: 0 });
    const marked = await importOne('quiz.csv', 'ID,First name,Last name,Class,Grade\n1,Ana,Berg,6B,86\n2,Bo,Li,6B,71\n');
    expect(marked.result!.files[0]).toMatchObject({ students: 2, marks: 2 });
  });

  it('counts physical lines, also after a cell with a line break and blank lines', async () => {
    const { result } = await importOne('roster.csv', 'student,given_name\r\n1,"An\r\na"\r\n\r\n1,Bea\r\n');
    expect(result!.files[0]!.refused).toMatchObject([{ line: 5, code: 'duplicate-student', detail: { first: 3 } }]);
  });
});

describe('prerequisites that go round in a circle', () => {
  it('refuses the pair that closes it, in one file and across two, and keeps the others', async () => {
    const { importing, gradebook } = openTestGradebook();
    const first = await importing.commit(staged({ 'p.csv': 'skill,prerequisite\nb,a\nc,b\na,c\nd,c\nd,d\n' }), {});
    expect(first.files[0]!.refused.map(({ line, code, detail }) => [line, code, detail['cycle'] ?? detail['skill']])).toEqual([
      [4, 'prerequisite-cycle', 'a → c → b → a'],
      [6, 'own-prerequisite', 'd'],
    ]);
    const [preview] = await importing.preview(staged({ 'q.csv': 'skill,prerequisite\na,d\ne,d\n' }));
    expect(preview).toMatchObject({
      outcome: 'recognised',
      refused: [{ line: 2, detail: { cycle: 'a → d → c → b → a' } }],
      changes: { added: 1 },
    });
    await importing.commit(staged({ 'q.csv': 'skill,prerequisite\na,d\ne,d\n' }), {});
    expect(gradebook.read.courseMap().prerequisites).toHaveLength(4);
  });
});

describe('what arrives from other systems', () => {
  it.each([
    ['UTF-8 with a mark', Buffer.from('\ufeffstudent,given_name,class\n1,Zoë,6A\n'), 'Zoë', 'UTF-8 (with mark)'],
    [
      'Latin-1',
      iconv.encode('student,given_name,class\n1,Zoë Müller,6A\n2,José Peña,6A\n3,Françoise Béart,6A\n', 'latin1'),
      'Zoë Müller',
      'windows-1252',
    ],
    ['UTF-16', iconv.encode('\ufeffstudent\tgiven_name\tclass\n1\tZoë\t6A\n', 'utf-16le'), 'Zoë', 'UTF-16LE'],
    ['UTF-16 without a mark', iconv.encode('student\tgiven_name\tclass\n1\tZoë\t6A\n', 'utf-16le'), 'Zoë', 'UTF-16LE'],
    ['semicolons', Buffer.from('student;given_name;class\r\n1;Zoë;6A\r\n'), 'Zoë', 'UTF-8'],
    [
      'GB18030',
      iconv.encode('学号,姓名,班级\n1,王思远,六年级一班\n2,李雨桐,六年级一班\n3,陈子涵同学,六年级二班\n', 'gb18030'),
      '王思远',
      'GB18030',
    ],
    ['gzip', gzipSync('student,given_name,class\n1,Zoë,6A\n'), 'Zoë', 'UTF-8'],
  ])('%s', async (_what, bytes, name, encoding) => {
    const { result, error, gradebook } = await importOne('roster.csv', bytes);
    expect(error).toBeUndefined();
    expect(result!.files[0]!.encoding).toBe(encoding);
    expect(gradebook.read.student('1')!.name).toBe(name);
  });

  it('decimal commas in a semicolon file, and ="007" as text', async () => {
    const { gradebook, result } = await importOne('answers.csv', 'student;order;item;skill;correct\n="007";0;a;s;0,5\n');
    expect(result!.files[0]!.refused).toEqual([]);
    expect(gradebook.read.sequences()).toMatchObject([{ student: '007', responses: [{ correct: 0.5 }] }]);
  });

  it('a name that begins with = stays a name; a Chinese one is written the Chinese way', async () => {
    const { gradebook } = await importOne('roster.csv', 'student,given_name,family_name\n1,=SUM(A1),Berg\n2,思远,王\n');
    expect(gradebook.read.student('1')!.name).toBe('=SUM(A1) Berg');
    expect(gradebook.read.student('2')!.name).toBe('王思远');
  });
});

describe('a preview', () => {
  it('says what an import would do, and writes nothing', async () => {
    const { importing, file } = openTestGradebook();
    await importing.commit(staged({ 'r.csv': 'student,given_name,class\n1,Ana,6A\n2,Ben,6A\n' }), {});
    const before = dump(file);
    const [roster, answers, bad] = await importing.preview(
      staged({
        'r2.csv': 'student,given_name,class\n1,Anna,6A\n2,Ben,6A\n3,Cem,6B\n',
        'a.csv': `${ANSWERS}1,0,a,s,1\n9,0,a,s,nope\n`,
        'p.png': PNG,
      }),
    );
    expect(roster).toMatchObject({
      outcome: 'recognised',
      format: 'pathlight-roster',
      changes: { added: 2, changed: 1, unchanged: 2 },
      delimiter: 'comma',
      notes: [{ code: 'students-without-answers', detail: { students: 2 } }],
    });
    expect(answers).toMatchObject({
      outcome: 'recognised',
      answers: 1,
      refused: [{ line: 3 }],
      notes: [],
    });
    expect(bad).toMatchObject({ outcome: 'refused', code: 'not-a-table' });
    expect(dump(file)).toBe(before);
  });

  it('tells of a class with one student', async () => {
    const { importing } = openTestGradebook();
    const [preview] = await importing.preview(staged({ 'r.csv': 'student,given_name\n1,Ana\n' }));
    expect(preview).toMatchObject({ notes: [{ code: 'single-student' }, { code: 'students-without-answers' }] });
  });
});

describe('undo', () => {
  const roster = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 6 }),
      name: fc.constantFrom('Ana', 'Ben', 'Cem', ''),
      group: fc.constantFrom('6A', '6B', ''),
      reading: fc.constantFrom('1', '2', ''),
    }),
    {
      selector: (row) => row.id,
      minLength: 1,
    },
  );
  const answers = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 6 }),
      order: fc.integer({ min: 0, max: 4 }),
      item: fc.constantFrom('a', 'b', 'c'),
      skill: fc.constantFrom('s', 't', 's~t', ''),
      correct: fc.constantFrom(0, 1, 0.5),
    }),
    {
      selector: (row) => `${row.id}:${row.order}`,
      minLength: 1,
    },
  );
  const rosterText = (rows: readonly { id: number; name: string; group: string; reading: string }[]) =>
    `student,given_name,class,background.reading\n${rows.map((row) => `${row.id},${row.name},${row.group},${row.reading}`).join('\n')}\n`;
  const answersText = (rows: readonly { id: number; order: number; item: string; skill: string; correct: number }[]) =>
    `${ANSWERS}${rows.map((row) => `${row.id},${row.order},${row.item},${row.skill},${row.correct}`).join('\n')}\n`;

  it('of the last import leaves exactly what was there before, whatever it brought or changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(roster.map(rosterText), answers.map(answersText)), { minLength: 1, maxLength: 3 }),
        async (texts) => {
          const { importing, file } = openTestGradebook();
          const unique = [...new Set(texts)];
          const states: string[] = [];
          const ids: string[] = [];
          for (const [index, text] of unique.entries()) {
            states.push(dump(file));
            ids.push((await importing.commit(staged({ [`f${index}.csv`]: text }), {})).files[0]!.id!);
          }
          for (const id of ids.toReversed()) {
            const result = await importing.undo(id, {});
            expect(result.kept).toEqual([]);
            expect(dump(file)).toBe(states.pop());
          }
        },
      ),
      { numRuns: 12, endOnFailure: true },
    );
  }, 120_000);

  it('gives an answer its skills back, also where another undo took the set of them away', async () => {
    const { importing, file } = openTestGradebook();
    const states: string[] = [];
    const ids: string[] = [];
    for (const [index, text] of [
      `${ANSWERS}4,0,b,s,1\n2,0,c,,0\n1,2,b,s,1\n3,0,b,t,0\n2,2,a,t,0\n1,0,c,t,0.5\n3,2,a,,0.5\n6,0,a,s~t,0\n`,
      `${ANSWERS}5,0,c,,0.5\n5,2,b,t,0.5\n1,1,b,t,0\n6,1,c,t,1\n6,0,c,t,0.5\n4,2,c,,0\n3,2,a,t,0\n`,
      'student,given_name,class,background.reading\n4,Cem,6B,\n',
    ].entries()) {
      states.push(dump(file));
      ids.push((await importing.commit(staged({ [`f${index}.csv`]: text }), {})).files[0]!.id!);
    }
    for (const id of ids.toReversed()) {
      expect((await importing.undo(id, {})).kept).toEqual([]);
      expect(dump(file)).toBe(states.pop());
    }
  });

  it('never overwrites a later value, and names what it kept', async () => {
    const { importing, gradebook } = openTestGradebook();
    const first = await importing.commit(staged({ 'a.csv': `${ANSWERS}1,0,a,s,0\n1,1,b,s,1\n` }), {});
    await importing.commit(staged({ 'b.csv': `${ANSWERS}1,0,a,s,1\n` }), {});
    const result = await importing.undo(first.files[0]!.id!, {});
    expect(result.kept).toEqual([
      { what: 'answer 1 / 0', reason: 'changed-since' },
      { what: 'student 1', reason: 'used-since' },
    ]);
    expect(gradebook.read.sequences()).toMatchObject([{ student: '1', responses: [{ order: 0, correct: 1 }] }]);
    await expect(importing.undo(first.files[0]!.id!, {})).rejects.toMatchObject({ code: 'already-undone' });
    await expect(importing.undo('nothing', {})).rejects.toMatchObject({ code: 'no-such-import' });
  });
});

describe('long imports', () => {
  const many = (rows: number): string =>
    ANSWERS +
    Array.from({ length: rows }, (_, row) => `${row >> 6},${row & 63},q${row % 997},s${row % 31},${row % 3 ? 1 : 0}`).join('\n');

  it('report progress, and stop without a trace when asked to', async () => {
    const { importing, file } = openTestGradebook();
    const before = dump(file);
    const stop = new AbortController();
    const stages: string[] = [];
    const work = importing.commit(staged({ 'a.csv': many(40_000) }), {
      signal: stop.signal,
      onProgress: ({ stage, fraction }) => {
        stages.push(stage);
        if (stage === 'writing' && fraction > 0.5) stop.abort();
      },
    });
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
    expect(stages).toContain('writing');
    expect(dump(file)).toBe(before);
  });

  it('the process that imports dies: that is said, nothing was written, and the next import goes on', async () => {
    const file = path.join(temporaryFolder(), 'gradebook.sqlite');
    const { gradebook } = openTestGradebook(file);
    const before = dump(file);
    const forked = forkProcess<ToImporter, FromImporter>(
      new URL('../../src/main/services/importing/process.ts', import.meta.url),
    );
    let deadly = true;
    const spawn: SpawnImporter = () => {
      const channel = forked();
      if (deadly)
        channel.onMessage((message) => {
          if (message.type === 'progress' && message.stage === 'writing') channel.kill();
        });
      return channel;
    };
    const importing = createImporting({ gradebookFile: file, gradebook, clock: () => 1, newId: randomUUID, spawn });
    await expect(importing.commit(staged({ 'a.csv': many(50_000) }), {})).rejects.toMatchObject({ code: 'import-died' });
    expect(dump(file)).toBe(before);
    deadly = false;
    await expect(importing.commit(staged({ 'a.csv': many(200) }), {})).resolves.toBeTruthy();
    await importing.close();
  });

  it('killed in the middle: the gradebook holds what it held, and says so once', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'gradebook.sqlite');
    const first = openTestGradebook(file);
    await first.importing.commit(staged({ 'r.csv': 'student,given_name\n1,Ana\n' }), {});
    const before = dump(file);
    const source = path.join(folder, 'answers.csv');
    writeFileSync(source, many(200_000));
    const child = fork(path.join(import.meta.dirname, '..', 'support', 'app-until-killed.ts'), [file, source], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const [message] = (await once(child, 'message')) as [string];
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(message).toBe('writing');
    const again = openTestGradebook(file);
    expect(dump(file)).toBe(before);
    // The process that imported ends once it sees that its parent is gone.
    const told = await vi.waitUntil(() => again.gradebook.takeInterruptions()[0], { timeout: 30_000 });
    expect(told).toEqual({ code: 'interrupted-import', detail: { file: 'answers.csv' } });
    expect(dump(file)).toBe(before);
    expect(again.gradebook.takeInterruptions()).toEqual([]);
    await expect(again.importing.commit(staged({ 'a.csv': many(200) }), {})).resolves.toBeTruthy();
  });
});
