import { describe, expect, it } from 'vitest';
import type { CleaningChoices, CleaningStep } from '../../src/shared/contract/import-cleaning.ts';
import type { Importing } from '../../src/main/services/ports.ts';
import { openTestGradebook, staged } from '../support/gradebook.ts';
import { commonUnit, quantityOf } from '../../src/main/services/importing/cleaning/quantities.ts';

/** The test clock stands in September 2026. */
const ANSWERS = 'student,order,item,skill,correct,timestamp,response_time_ms,attempt\n';
const FILE = [
  '1,0,q1,s,1,2026-03-12T09:00:00Z,5000,1',
  '1,1,q2,s,0,2026-03-12T09:01:00Z,120,1', // too quick
  '1,2,q2,s,0,2026-03-12T09:01:00Z,120,1', // the same answer again, as quick
  '1,3,q3,s,1,2062-03-12T09:02:00Z,4000,2', // has not been yet
  '1,4,q4,s,1,1970-01-01T00:00:00Z,7200000,1', // a clock at its beginning, and two hours
  '1,5,q5,s,1,2026-03-12T08:30:00Z,8000,1', // back in time
  '2,0,q1,s,1,2026-03-12T09:00:00Z,5000,1',
  '2,1,q1,s,0,2026-03-12,5000,1',
  '2,2,q1,s,0,2026-03-12,5000,1', // a second try on one day, and no duplicate
].join('\n');

async function preview(importing: Importing, content: string, clean?: CleaningChoices, name = 'a.csv') {
  const [file] = await importing.preview(staged({ [name]: content }).map((each) => ({ ...each, choices: { clean } })));
  if (file?.outcome !== 'recognised') throw new Error('the file was refused');
  const step = (wanted: CleaningStep) => file.cleaning.find((each) => each.step === wanted)!;
  return { file, step };
}

async function answersAfter(clean: CleaningChoices | undefined) {
  const { importing, gradebook } = openTestGradebook();
  await importing.commit(
    staged({ 'a.csv': ANSWERS + FILE }).map((each) => ({ ...each, choices: { clean } })),
    {},
  );
  return gradebook.read
    .sequences()
    .map(({ responses }) =>
      responses.map(({ question, timestamp, responseTimeMs }) => [
        question,
        timestamp === undefined ? '' : new Date(timestamp).toISOString().slice(0, 16),
        responseTimeMs ?? -1,
      ]),
    );
}
const OFF: CleaningChoices = { moments: false, times: false, duplicates: false, order: false, constant: false, fields: false };

describe('what is found in a file of answers', () => {
  it('is counted and shown with file, line and value, whether it is cleaned or not', async () => {
    const { importing } = openTestGradebook();
    for (const clean of [undefined, OFF]) {
      const { step } = await preview(importing, ANSWERS + FILE, clean);
      expect([step('moments').count, step('times').count, step('duplicates').count]).toEqual([2, 3, 1]);
      expect(step('moments').examples).toEqual([
        { file: 'a.csv', line: 5, about: 'q3', value: Date.UTC(2062, 2, 12, 9, 2), kind: 'moment', becomes: null },
        { file: 'a.csv', line: 6, about: 'q4', value: 0, kind: 'moment', becomes: null },
      ]);
      expect(step('times').examples.map(({ line, value }) => [line, value])).toEqual([
        [3, 120],
        [4, 120],
        [6, 7_200_000],
      ]);
      expect(step('duplicates').examples.map(({ line, about }) => [line, about])).toEqual([[4, 'q2']]);
    }
  });

  it('is cleaned as usual where nobody says otherwise: what is forgotten is the value, and the answer stays', async () => {
    const [first, second] = await answersAfter(undefined);
    expect(first).toEqual([
      ['q1', '2026-03-12T09:00', 5000],
      ['q2', '2026-03-12T09:01', -1],
      ['q3', '', 4000],
      ['q4', '', -1],
      ['q5', '2026-03-12T08:30', 8000],
    ]);
    expect(second).toHaveLength(3);
  });

  it('stays as it is where every step is off', async () => {
    const [first] = await answersAfter(OFF);
    expect(first).toEqual([
      ['q1', '2026-03-12T09:00', 5000],
      ['q2', '2026-03-12T09:01', 120],
      ['q2', '2026-03-12T09:01', 120],
      ['q3', '2062-03-12T09:02', 4000],
      ['q4', '1970-01-01T00:00', 7_200_000],
      ['q5', '2026-03-12T08:30', 8000],
    ]);
  });

  it('each step is its own switch', async () => {
    expect((await answersAfter({ ...OFF, times: true }))[0]!.map(([, , time]) => time)).toEqual([5000, -1, -1, 4000, -1, 8000]);
    expect((await answersAfter({ ...OFF, moments: true }))[0]!.map(([, moment]) => moment !== '')).toEqual([
      ...[true, true, true, false, false, true],
    ]);
    expect((await answersAfter({ ...OFF, duplicates: true }))[0]).toHaveLength(5);
  });

  it('answers whose moment goes back are put in order where the teacher says so', async () => {
    const { importing } = openTestGradebook();
    const { step } = await preview(importing, ANSWERS + FILE);
    expect(step('order')).toMatchObject({ on: false, count: 1, examples: [{ line: 7, about: 'q5' }] });
    const [first] = await answersAfter({ order: true });
    expect(first!.map(([question]) => question)).toEqual(['q5', 'q1', 'q2', 'q3', 'q4']);
  });

  it('a moment that makes the place, and cannot be, leaves the answer where the file has it', async () => {
    const { importing, gradebook } = openTestGradebook();
    const table =
      'Email,Question,Correct,Date\na@x.de,a,1,2026-03-01 09:00\na@x.de,b,0,2062-03-01 09:05\na@x.de,c,1,2026-03-01 09:10\nb@x.de,x,1,1980-01-01 09:00\nb@x.de,y,1,2026-03-01 09:10\n';
    await importing.commit(staged({ 'q.csv': table }), {});
    const asked = gradebook.read.sequences().map(({ responses }) => responses.map(({ question }) => question).join(''));
    expect(asked).toEqual(['abc', 'xy']);
  });
});

describe('columns that say the same of everybody', () => {
  const roster = `student,given_name,background.country,background.language\n${['en', 'de', 'en', 'fr', 'en', 'de'].map((language, index) => `${index},Ana,Norway,${language}`).join('\n')}\n`;

  it('are named, and left out where the teacher says so', async () => {
    const { importing } = openTestGradebook();
    const { step, file } = await preview(importing, roster);
    expect(step('constant')).toEqual({
      step: 'constant',
      on: false,
      count: 1,
      examples: [{ file: 'a.csv', line: null, about: 'background.country', value: 'Norway', kind: 'text', becomes: null }],
    });
    expect(file.diff.kinds.find(({ kind }) => kind === 'profile')).toMatchObject({ added: 12 });
    const off = await preview(importing, roster, { constant: true });
    expect(off.file.diff.kinds.find(({ kind }) => kind === 'profile')).toMatchObject({ added: 6 });
  });

  it('of answers, too; a list of four is none', async () => {
    const { importing } = openTestGradebook();
    const rows = (count: number) => ANSWERS + Array.from({ length: count }, (_, at) => `1,${at},q${at},s,1,,900,1`).join('\n');
    expect((await preview(importing, rows(5))).step('constant').examples.map(({ about, value }) => [about, value])).toEqual([
      ['response_time_ms', 900],
      ['attempt', 1],
    ]);
    expect((await preview(importing, rows(4))).step('constant').count).toBe(0);
  });
});

describe('profile fields', () => {
  const roster =
    'student,given_name,background.language,background.glasses,behaviour.reading_time,preference.seat\n' +
    '1,A,Español,yes,30 min,front\n2,B,espanol,Y,1 h,back\n3,C,ESPAÑOL,no,90 minutes,2\n4,D,Español,yes,1.5 h,Back\n5,E,English,yes,45min,back\n';

  it('get one spelling for each value and one unit for quantities', async () => {
    const { importing, gradebook } = openTestGradebook();
    const { step } = await preview(importing, roster);
    expect(step('fields')).toMatchObject({ on: true, count: 9 });
    expect(step('fields').examples[0]).toEqual({
      ...{ file: 'a.csv', line: 2, about: 'behaviour.reading_time (min)' },
      ...{ value: '30 min', kind: 'text', becomes: 30 },
    });
    await importing.commit(staged({ 'r.csv': roster }), {});
    const of = (id: string) => gradebook.read.student(id)!.profile;
    expect(['1', '2', '3', '4', '5'].map((id) => of(id).background['language'])).toEqual([
      ...['Español', 'Español', 'Español', 'Español', 'English'],
    ]);
    expect(['1', '2', '3'].map((id) => of(id).background['glasses'])).toEqual(['yes', 'yes', 'no']);
    expect(['1', '2', '3', '4', '5'].map((id) => of(id).behaviour['reading_time'])).toEqual([30, 60, 90, 90, 45]);
    expect(['2', '4'].map((id) => of(id).preference['seat'])).toEqual(['back', 'back']);
  });

  it('take the spelling that stands in the gradebook, whatever the file has more often', async () => {
    const { importing, gradebook } = openTestGradebook();
    await importing.commit(staged({ 'r.csv': roster }), {});
    const later = 'student,given_name,background.language,background.glasses\n1,A,español,Yes\n3,C,español,NO\n';
    const { step, file } = await preview(importing, later, undefined, 'later.csv');
    expect(step('fields')).toMatchObject({ count: 4 });
    expect(file.diff.kinds.find(({ kind }) => kind === 'profile')).toMatchObject({ added: 0, changed: 0, unchanged: 4 });
    await importing.commit(staged({ 'later.csv': later }), {});
    expect(gradebook.read.student('1')!.profile.background).toEqual({ language: 'Español', glasses: 'yes' });
  });

  it('stay as written where it is off', async () => {
    const { importing, gradebook } = openTestGradebook();
    await importing.commit(
      staged({ 'r.csv': roster }).map((each) => ({ ...each, choices: { clean: { fields: false } } })),
      {},
    );
    expect(gradebook.read.student('2')!.profile).toMatchObject({
      background: { language: 'espanol', glasses: 'Y' },
      behaviour: { reading_time: '1 h' },
    });
  });

  it('a quantity may have several parts; bare numbers are of the one unit, and of none beside two', () => {
    expect(quantityOf('1 h 30 min')).toEqual({ measures: 'time', unit: 'h', amount: 5400 });
    expect(quantityOf('2 km 30 min')).toBeUndefined();
    expect(quantityOf('Room 3')).toBeUndefined();
    expect(
      commonUnit(
        new Map<string | number, number>([
          ['30 min', 2],
          [45, 1],
        ]),
      ),
    ).toEqual({ unit: 'min', to: new Map([['30 min', 30]]) });
    expect(
      commonUnit(
        new Map<string | number, number>([
          ['30 min', 2],
          ['1 h', 1],
          [45, 1],
        ]),
      ),
    ).toBeUndefined();
  });
});

describe('what was said', () => {
  it('is kept with the import, and with the mapping for the next file that looks alike', async () => {
    const { importing } = openTestGradebook();
    const table = (day: string) => `Kid,Task,OK,When,ms\n1,a,1,${day} 09:00,100\n1,b,0,${day} 09:05,4000\n`;
    const mapping = { Kid: 'student', Task: 'question', OK: 'correct', When: 'timestamp', ms: 'response_time_ms' } as const;
    await importing.commit(
      staged({ 'm.csv': table('2026-03-01') }).map((each) => ({
        ...each,
        choices: { mapping, clean: { times: false }, decimal: ',' as const },
      })),
      {},
    );
    expect(importing.list()[0]!.cleaning.find(({ step }) => step === 'times')).toEqual({ step: 'times', on: false, count: 1 });
    const { step, file } = await preview(importing, table('2026-03-02'), undefined, 'next.csv');
    expect(file.because.code).toBe('preset');
    expect(file.decimal).toBe(',');
    expect(step('times')).toMatchObject({ on: false, count: 1 });
    const again = await preview(importing, table('2026-03-02'), { times: true }, 'next.csv');
    expect(again.step('times')).toMatchObject({ on: true, count: 1 });
  });

  it('the decimal sign says what 1,050 is', async () => {
    const { importing } = openTestGradebook();
    const table = 'Student ID,Name,Quiz 1 (2000 pts)\n1,Ana Berg,"1,050"\n2,Ben Cole,"1,500"\n';
    const points = async (decimal: '.' | ',' | undefined) => {
      const [file] = await importing.preview(staged({ 'g.csv': table }).map((each) => ({ ...each, choices: { decimal } })));
      if (file?.outcome !== 'recognised') throw new Error('the file was refused');
      const marks = file.diff.rows.filter(({ kind }) => kind === 'mark');
      return [file.decimal, ...marks.map(({ values }) => values.find(({ field }) => field === 'points')!.after)];
    };
    expect(await points('.')).toEqual(['.', 1050, 1500]);
    expect(await points(',')).toEqual([',', 1.05, 1.5]);
  });
});
