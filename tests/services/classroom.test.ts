import { describe, expect, it } from 'vitest';
import { startApplication } from '../support/application.ts';

const DAY = 86_400_000;
const BEGIN = Date.UTC(2026, 8, 1, 10);

/** Twelve students on twelve days, two answers a day, mostly right; the last of them stops coming, the first falls. */
function answersFile(): string {
  const lines = ['student,order,item,skill,correct,timestamp'];
  for (let student = 1; student <= 12; student++)
    for (let day = 0; day < 14; day++) {
      if (student === 12 && day > 8) continue;
      for (let each = 0; each < 2; each++) {
        const order = day * 2 + each;
        const falls = student === 1 && day > 8;
        const wrong = falls || (student * 7 + order * 5) % 9 === 0;
        lines.push(`s${student},${order},q${order % 8},skill-${order % 2},${wrong ? 0 : 1},${BEGIN + day * DAY + each * 60_000}`);
      }
    }
  return lines.join('\n');
}
const ROSTER = [
  'student,given_name,family_name,class',
  ...Array.from({ length: 13 }, (_, index) => `s${index + 1},Given${index + 1},Family${index + 1},7C`),
].join('\n');

async function startClass() {
  const test = startApplication();
  const { job } = await test.importTexts({ 'roster.csv': ROSTER, 'answers.csv': answersFile() });
  expect(job.state).toBe('done');
  return test;
}

describe('who of a class is not as expected', () => {
  it('is named with what was counted and what was expected', async () => {
    const test = await startClass();
    const { warnings, setAside } = await test.get('classes.watch', {});
    expect(setAside).toEqual([]);
    const fallen = warnings.find(({ kind }) => kind === 'falling')!;
    expect(fallen).toMatchObject({ student: 's1', name: 'Given1 Family1', observed: 0, of: 10 });
    expect(fallen.expected).toBeGreaterThan(6);
    const quiet = warnings.find(({ kind, student }) => kind === 'quiet' && student === 's12')!;
    expect(quiet).toMatchObject({ of: 5, observed: 9, basis: 9 });
    expect(new Set(warnings.map(({ student }) => student))).toEqual(new Set(['s1', 's12', 's13']));
  });

  it('is set aside with a note that stays in the gradebook, and comes back when asked or with new evidence', async () => {
    const test = await startClass();
    const falling = async () =>
      (await test.get('classes.watch', { classId: null })).warnings.filter(
        ({ kind, student }) => kind === 'falling' && student === 's1',
      );
    const [warning] = await falling();
    const { student, kind, skill, reach, base } = warning!;
    const { id } = await test.get('warnings.setAside', { student, kind, skill, reach, base, note: ' ill last week ' });
    expect(await falling()).toEqual([]);
    const { setAside } = await test.get('classes.watch', {});
    expect(setAside).toMatchObject([{ id, student: 's1', kind: 'falling', note: 'ill last week', name: 'Given1 Family1' }]);

    // A second look at the same folder sees it too.
    await test.application.close();
    const again = startApplication({ folder: test.folder });
    const watched = await again.get('classes.watch', {});
    expect(watched.setAside).toHaveLength(1);
    expect(watched.warnings.some((each) => each.student === 's1')).toBe(false);

    const wrong = Array.from({ length: 8 }, (_, index) => ({
      question: `q${index}`,
      skills: [`skill-${index % 2}`],
      correct: 0,
    }));
    await again.get('students.addAnswers', { studentId: 's1', answers: wrong });
    const back = await again.get('classes.watch', {});
    expect(back.warnings.find((each) => each.student === 's1')).toMatchObject({ observed: 0, of: 8, base });
    expect(back.setAside).toEqual([]);

    expect(await again.get('warnings.bringBack', { id })).toEqual({ removed: true });
    expect(await again.get('warnings.bringBack', { id })).toEqual({ removed: false });
    await expect(
      again.get('warnings.setAside', { student: 'nobody', kind: 'quiet', skill: null, reach: 0, base: 0, note: '' }),
    ).rejects.toMatchObject({ code: 'no-such-student' });
  });

  it('goes with the student when the import is undone', async () => {
    const test = await startClass();
    await test.get('warnings.setAside', { student: 's12', kind: 'quiet', skill: null, reach: 1, base: 0, note: 'moved away' });
    // The newest first: both came with one commit.
    for (const { id } of (await test.get('imports.list', {})).imports)
      await test.finish((await test.get('imports.undo', { importId: id })).jobId);
    expect((await test.get('system.status', {})).gradebook.students).toBe(0);
    expect(await test.get('classes.watch', { classId: null })).toMatchObject({ warnings: [], setAside: [] });
  });
});

describe('groups and a lesson', () => {
  it('hold the whole class, those without answers apart, with material of the gradebook', async () => {
    const test = await startClass();
    const { groups, total, classId } = await test.get('classes.groups', { size: 6 });
    expect({ total, classId }).toEqual({ total: 13, classId: '7C' });
    expect(groups.flatMap(({ students }) => students.map(({ id }) => id)).toSorted()).toEqual(
      Array.from({ length: 13 }, (_, index) => `s${index + 1}`).toSorted(),
    );
    expect(groups.find(({ kind }) => kind === 'find-out')!.students).toContainEqual({
      id: 's13',
      name: 'Given13 Family13',
    });
    const lesson = await test.get('lesson.plan', { size: 6, minutes: 45 });
    expect(lesson.groups.map(({ students }) => students)).toEqual(groups.map(({ students }) => students));
    const step = lesson.groups.find(({ kind }) => kind === 'step')!;
    expect(step.material.count).toBe(4);
    expect(step.material.titles).toHaveLength(4);
  });

  it('becomes a page and a table in the words that are given, and nothing in it is taken for markup', async () => {
    const test = await startClass();
    const sheet = {
      language: 'en-GB',
      title: 'Lesson plan',
      subtitle: '7C <script>',
      lead: 'Two groups.',
      blocks: [
        {
          heading: 'A',
          who: 'Ann & Bo',
          why: 'because',
          rows: [{ when: '0–5', what: '=1+1' }],
          ways: ['Review: Ann', 'Practice: Bo'],
          material: 'sheet 3',
          own: [
            { text: 'Bars <b>', address: 'https://bars.example/1?a=1&b=2' },
            { text: 'Cards (cards.pdf)', address: null },
          ],
        },
      ],
      labels: {
        ...{ who: 'Who', why: 'Why', when: 'When', what: 'What', ways: 'How', material: 'Material', own: 'Yours' },
        ...{ group: 'Group', notes: 'Notes' },
      },
      stamp: 'starter',
    };
    const { html } = await test.get('lesson.page', { paper: 'letter', sheet });
    expect(html).toContain('lang="en-GB"');
    expect(html).toContain('size: letter');
    expect(html).toContain('7C &lt;script&gt;');
    expect(html).toContain('Ann &amp; Bo');
    expect(html).toContain('Review: Ann<br>Practice: Bo');
    expect(html).toContain('<a href="https://bars.example/1?a=1&amp;b=2">Bars &lt;b&gt;</a>');
    expect(html).toContain('Cards (cards.pdf)');
    const bad = structuredClone(sheet);
    bad.blocks[0]!.own[0]!.address = 'javascript:alert(1)';
    expect(await test.application.call('lesson.page', { paper: 'a4', sheet: bad })).toMatchObject({ ok: false });
    const { fileId, name } = await test.get('lesson.export', { format: 'csv', paper: 'a4', sheet, name: 'Lesson 7C' });
    expect(name).toBe('Lesson 7C.csv');
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(test.application.takeFile(fileId).bytes);
    expect(text).toMatch(/^\ufeffGroup,When,What,Who,How,Yours,Material,Why\r?\nA,0–5,/);
    expect(text).toContain('Bars <b> https://bars.example/1?a=1&b=2; Cards (cards.pdf)');
    // A spreadsheet must not compute what a title says.
    expect(text).not.toMatch(/,=1\+1/);
    await expect(test.get('lesson.export', { format: 'pdf', paper: 'a4', sheet, name: 'x' })).rejects.toMatchObject({
      code: 'no-pdf',
    });
  });
});
