import { describe, expect, it } from 'vitest';
import { startApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { exportOf } from '../support/plans.ts';

const ANSWERS = [
  'student,order,item,skill,correct',
  ...Array.from({ length: 12 }, (_, row) => `ana,${row},q${row},${row % 2 ? 'halves' : 'thirds'},${row % 4 ? 1 : 0}`),
].join('\n');
const MAP = 'skill,name,prerequisite\nhalves,Halves,\nthirds,Thirds,halves\nsums,Sums,thirds\n';

async function school() {
  const test = startApplication();
  await test.importTexts({ 'skills.csv': MAP, 'answers.csv': ANSWERS });
  return test;
}
const link = (test: TestApplication, skill: string, address: string, strategy: 'practice' | 'faded' | null = null) =>
  test.get('material.add', { skill, title: `About ${skill}`, strategy, source: { address } });
const text = (test: TestApplication, fileId: string): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(test.application.takeFile(fileId).bytes);

describe('material for skills', () => {
  it('stands with the steps, on both sheets and in the table, and changes nothing else of the plan', async () => {
    const test = await school();
    const before = await test.get('plans.get', { studentId: 'ana' });
    const [step] = before.steps;
    const other = step!.strategy === 'practice' ? 'faded' : 'practice';
    await link(test, step!.skill, 'https://example.org/any?a=1&b=<2>');
    await test.get('material.add', {
      skill: step!.skill,
      title: 'Just so',
      strategy: step!.strategy,
      source: { fileId: test.stage('sheet.pdf', '%PDF') },
    });
    await link(test, step!.skill, 'https://example.org/other', other);
    const after = await test.get('plans.get', { studentId: 'ana' });
    expect(after.steps[0]!.material).toMatchObject([
      { title: 'Just so', fileName: 'sheet.pdf', address: null },
      { address: 'https://example.org/any?a=1&b=%3C2%3E', fileName: null },
    ]);
    expect({ ...after, steps: after.steps.map(({ material: _, ...rest }) => rest) }).toEqual(before);
    for (const audience of ['student', 'teacher'] as const) {
      const page = text(test, (await test.get('plans.export', { ...exportOf([after]), audience })).fileId);
      expect(page).toContain('Just so (sheet.pdf)');
      expect(page).toContain(
        `<a href="https://example.org/any?a=1&amp;b=%3C2%3E" rel="noopener noreferrer">About ${step!.skill}</a> <span class="address">https://example.org/any?a=1&amp;b=%3C2%3E</span>`,
      );
      expect(page).not.toContain('example.org/other');
    }
    const table = text(test, (await test.get('plans.export', { ...exportOf([after]), format: 'csv' })).fileId);
    expect(table).toContain('Just so (sheet.pdf); About');
  });

  it('takes addresses of the web alone, and files of a size that a gradebook can hold', async () => {
    const test = await school();
    for (const address of [
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'ftp://example.org',
      'example.org/page',
      'https://me:secret@example.org',
      `https://example.org/${'a'.repeat(1990)}`,
    ])
      await expect(link(test, 'halves', address)).rejects.toMatchObject({ code: 'bad-address' });
    await expect(link(test, 'nowhere', 'https://example.org')).rejects.toMatchObject({ code: 'no-such-skill' });
    const large = test.stage('film.mp4', new Uint8Array(10 * 1024 * 1024 + 1));
    await expect(
      test.get('material.add', { skill: 'halves', title: 'Film', strategy: null, source: { fileId: large } }),
    ).rejects.toMatchObject({ code: 'material-too-large' });
    expect((await test.get('material.list', {})).material).toEqual([]);
  });

  it('hands a file out as it came in, and as nothing that opens by itself', async () => {
    const test = await school();
    const { materialId } = await test.get('material.add', {
      skill: 'halves',
      title: 'Page',
      strategy: null,
      source: { fileId: test.stage('page.html', '<script>alert(1)</script>') },
    });
    const file = await test.get('material.file', { materialId });
    expect(test.application.takeFile(file.fileId)).toMatchObject({ name: 'page.html', mime: 'application/octet-stream' });
    expect(text(test, file.fileId)).toBe('<script>alert(1)</script>');
    await test.get('material.delete', { materialId });
    await expect(test.get('material.file', { materialId })).rejects.toMatchObject({ code: 'no-such-material' });
    await test.get('material.restore', { materialId });
    expect((await test.get('material.list', {})).material).toMatchObject([{ title: 'Page', size: 25 }]);
  });

  it('goes out as a table and comes in again, row by row, with what is refused', async () => {
    const test = await school();
    await link(test, 'halves', 'https://example.org/1', 'faded');
    await test.get('material.add', {
      skill: 'sums',
      title: '=HYPERLINK("x")',
      strategy: null,
      source: { address: 'https://example.org/2' },
    });
    const table = text(test, (await test.get('material.export', {})).fileId);
    expect(table).toBe(
      '\ufeffskill,title,url,strategy\r\nhalves,About halves,https://example.org/1,faded\r\nsums,"\'=HYPERLINK(""x"")",https://example.org/2,\r\n',
    );
    expect(await test.get('material.import', { fileId: test.stage('m.csv', table) })).toEqual({
      added: 0,
      known: 2,
      refused: [],
    });
    const fresh = await school();
    expect(await fresh.get('material.import', { fileId: fresh.stage('m.csv', table) })).toMatchObject({ added: 2 });
    expect((await fresh.get('material.list', {})).material.map(({ id: _, ...rest }) => rest)).toEqual(
      (await test.get('material.list', {})).material.map(({ id: _, ...rest }) => rest),
    );
    const more = 'Title;URL;Skill\n;https://example.org/3;Thirds\nx;javascript:1;Thirds\ny;https://example.org;Nowhere\n';
    expect(await fresh.get('material.import', { fileId: fresh.stage('m.csv', more) })).toEqual({
      added: 1,
      known: 0,
      refused: [
        { line: 3, reason: 'bad-address', text: 'javascript:1' },
        { line: 4, reason: 'no-such-skill', text: 'Nowhere' },
      ],
    });
    const none = fresh.stage('x.csv', 'student,mark\n1,2\n');
    await expect(fresh.get('material.import', { fileId: none })).rejects.toMatchObject({
      code: 'not-material',
      detail: { columns: 'student, mark' },
    });
  });

  it('follows a skill that is merged', async () => {
    const test = await school();
    await link(test, 'sums', 'https://example.org/s');
    await test.get('skills.merge', { skill: 'sums', into: 'thirds' });
    expect((await test.get('material.list', {})).material).toMatchObject([{ skill: 'thirds' }]);
    const { steps } = await test.get('plans.get', { studentId: 'ana' });
    expect(steps.find(({ skill }) => skill === 'thirds')?.material).toHaveLength(1);
  });
});
