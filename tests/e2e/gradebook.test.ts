import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canvasGradebook } from '../support/canvas.ts';
import { expectAccessible, startApp } from './support.ts';
import type { RunningApp } from './support.ts';

async function importFile(app: RunningApp, page: Page, name: string, text: string, button: RegExp): Promise<void> {
  await page.goto(`${app.url}#/imports`);
  await page.reload();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chooser).setFiles([{ name, mimeType: 'text/csv', buffer: Buffer.from(text) }]);
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('link', { name: 'Go to the class' }).waitFor();
}

describe('a teacher corrects marks by keyboard', () => {
  let app: RunningApp;
  let page: Page;
  const CANVAS = [
    'Student,ID,SIS User ID,SIS Login ID,Section,Quiz (1),Homework (2),Test (3)',
    '    Points Possible,,,,,10,20,50',
    '"Alba, Ana",11,a,a@x.example,6B,5,12,30',
    '"Berg, Ben",12,b,b@x.example,6B,7,,40',
    '"Cole, Cem",13,c,c@x.example,6B,EX,20,',
    '"=1+1, Dee",14,d,d@x.example,6B,0,8,25',
  ].join('\n');

  beforeAll(async () => {
    app = await startApp();
    page = await app.open();
    await importFile(app, page, 'canvas.csv', CANVAS, /^Import 4 students/);
    await page.getByRole('link', { name: 'Gradebook' }).click();
    await page.getByRole('grid').waitFor();
    // What was announced of the import is read out for some seconds more.
    await page.reload();
    await page.getByRole('grid').waitFor();
  });
  afterAll(() => app.close());

  const grid = () => page.getByRole('grid');
  const cell = (name: string | RegExp) => page.getByRole('gridcell', { name });
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };

  it('shows every state in words, and an accessibility checker has no objection', async () => {
    await cell('Ana Alba, Quiz: 5 of 10').waitFor();
    await cell('Cem Cole, Quiz: excused').waitFor();
    await cell('Ben Berg, Homework: no mark yet').waitFor();
    await page.getByText('“missing”: not handed in').waitFor();
    await expectAccessible(page);
  });

  it('moves, types, gives up, excuses and clears', async () => {
    // The names are sorted: the one that begins like a formula comes first.
    await grid().focus();
    await press('Control+Home', 'ArrowDown');
    await page.keyboard.type('8,5');
    await press('Enter');
    await cell('Ana Alba, Quiz: 8.5 of 10').waitFor();
    await press('F2');
    await page.keyboard.type('1');
    await press('Escape');
    await cell('Ben Berg, Quiz: 7 of 10').waitFor();
    await press('ArrowRight');
    await page.keyboard.type('missing');
    await press('Tab');
    await cell('Ben Berg, Homework: missing').waitFor();
    await page.keyboard.type('35 late');
    await press('Enter');
    await cell('Ben Berg, Test: 35 of 50, late').waitFor();
    await press('End', 'ArrowUp', 'ArrowUp', 'Delete');
    await cell('Ana Alba, Test: no mark yet').waitFor();
    await page.getByRole('button', { name: 'Excused' }).click();
    await cell('Ana Alba, Test: excused').waitFor();
  });

  it('names what it does not take, and changes nothing', async () => {
    await press('Home');
    await page.keyboard.type('seven');
    await press('Enter');
    await page
      .getByRole('alert')
      .getByText(/Ana Alba, Quiz: “seven” is no mark/)
      .waitFor();
    await cell('Ana Alba, Quiz: 8.5 of 10').waitFor();
  });

  const paste = async (text: string) => {
    await grid().focus();
    await page.evaluate((copied) => {
      const data = new DataTransfer();
      data.setData('text/plain', copied);
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, text);
  };

  it('takes a pasted block as one edit, all of it or none', async () => {
    await press('Control+Home', 'ArrowDown');
    await paste('9\tx\r\n1\t2\r\n');
    await page.getByText('Nothing was changed: 1 cell cannot be taken.').waitFor();
    await cell('Ben Berg, Quiz: 7 of 10').waitFor();
    await press('Control+Home', 'ArrowDown');
    await paste('9\t18\r\n1\tEX\r\n');
    await cell('Ana Alba, Homework: 18 of 20').waitFor();
    await cell('Ben Berg, Homework: excused').waitFor();
    await press('Control+End');
    await paste('1\t2\r\n3\t4');
    await page.getByText(/Nothing was pasted: the block has 2 × 2 cells/).waitFor();
  });

  it('undoes and redoes, also after a reload', async () => {
    await grid().focus();
    await press('Control+z');
    await cell('Ben Berg, Homework: missing').waitFor();
    await cell('Ana Alba, Quiz: 8.5 of 10').waitFor();
    await press('Control+y');
    await cell('Ben Berg, Homework: excused').waitFor();
    await page.reload();
    await cell('Ben Berg, Homework: excused').waitFor();
    await press('Control+z');
    await cell('Ben Berg, Homework: missing').waitFor();
    await press('Control+Shift+z');
    await cell('Ben Berg, Homework: excused').waitFor();
  });

  it('says so when an older file comes in again, and keeps the teacher’s marks', async () => {
    await page.goto(`${app.url}#/imports`);
    await page.reload();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose files' }).click();
    await (await chooser).setFiles([{ name: 'again.csv', mimeType: 'text/csv', buffer: Buffer.from(`${CANVAS}\n`) }]);
    await page.getByText(/things that the file says are not taken over/).waitFor();
    await page
      .getByText(/you corrected it here, and the file still has the old value/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Remove: again.csv' }).click();
  });

  it('exports the grid, where a formula in a name stays a text', async () => {
    await page.goto(`${app.url}#/gradebook`);
    await grid().waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Marks as a table (CSV)' }).click();
    const text = readFileSync(await (await download).path(), 'utf8');
    expect(text.split('\r\n')).toEqual([
      '\ufeffstudent,given_name,family_name,class,grade,Quiz,Homework,Test',
      '(points possible),,,,,10,20,50',
      '(id),,,,,Quiz (1),Homework (2),Test (3)',
      "d,Dee,'=1+1,6B,,0,8,25",
      'a,Ana,Alba,6B,,9,18,excused',
      'b,Ben,Berg,6B,,1,excused,35 late',
      'c,Cem,Cole,6B,,excused,20,',
      '',
    ]);
  });

  it('lists what was changed, and takes an edit back that others came after', async () => {
    await page.getByRole('button', { name: 'Past edits' }).click();
    const list = page.getByRole('dialog', { name: 'What was changed here' });
    await list.getByText('Ana Alba, Quiz: 8.5 → 9').waitFor();
    await list.getByText('Ben Berg, Homework: missing → excused').waitFor();
    await expectAccessible(page);
    await list.getByRole('button', { name: 'Undo: Ben Berg, Test: 40 → 35, late' }).click();
    await list.getByText('Undone: 1 cell is as it was before.').waitFor();
    // A later edit changed this one: it stays, and is named.
    await list.getByRole('button', { name: 'Undo: Ben Berg, Homework: no mark yet → missing' }).click();
    await list.getByText('1 cell stays as it is:').waitFor();
    await list.getByText('something later has changed it').waitFor();
    await press('Escape');
    await cell('Ben Berg, Test: 40 of 50').waitFor();
    await cell('Ben Berg, Homework: excused').waitFor();
    // What it goes back to is what was there before both.
    await grid().focus();
    await press('Control+z');
    await cell('Ben Berg, Homework: no mark yet').waitFor();
    await press('Control+y');
    await cell('Ben Berg, Homework: excused').waitFor();
  });

  it('adds an assignment, and shows the answers beside the marks, in Chinese and dark too', async () => {
    await page.getByRole('button', { name: 'Add assignment' }).click();
    await page.getByRole('textbox', { name: 'Title' }).fill('Exit ticket');
    await page.getByRole('button', { name: 'Add it' }).click();
    await page.getByRole('columnheader', { name: /Exit ticket/ }).waitFor();
    await page.getByRole('radio', { name: 'Answers' }).click();
    await page.getByText(/There are no answers to questions yet/).waitFor();
    const other = await app.open({ language: 'zh', theme: 'dark', hash: '#/gradebook' });
    await other.getByRole('grid').waitFor();
    await other.getByRole('gridcell', { name: 'Ben Berg，Homework：免交' }).waitFor();
    await expectAccessible(other);
    await other.close();
  });
});

describe('a school’s gradebook of 500 students × 200 assignments', () => {
  let app: RunningApp;
  let page: Page;

  beforeAll(async () => {
    app = await startApp();
    page = await app.open();
    const titles = Array.from({ length: 200 }, (_, index) => [`Work ${index + 1}`, 10] as const);
    await importFile(app, page, 'canvas.csv', canvasGradebook(500, titles), /^Import 500 students/);
    await page.goto(`${app.url}#/gradebook`);
    await page.getByRole('grid').focus();
  });
  afterAll(() => app.close());

  it('draws only what is in view, and tells how long a keystroke takes', async () => {
    expect(await page.getByRole('gridcell').count()).toBeLessThan(900);
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('501');
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const busy = async () =>
      (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value;
    await page.evaluate(() => {
      const times: number[] = [];
      Object.assign(globalThis, { keyTimes: times });
      document.addEventListener(
        'keydown',
        () => {
          const at = performance.now();
          requestAnimationFrame(() => {
            const after = new MessageChannel();
            after.port1.onmessage = () => void times.push(performance.now() - at);
            after.port2.postMessage(0);
          });
        },
        true,
      );
    });
    for (const [what, keys] of [
      ['arrow down', Array(40).fill('ArrowDown')],
      ['arrow right', Array(40).fill('ArrowRight')],
      ['page down', Array(10).fill('PageDown')],
      ['a digit, then Enter', Array.from({ length: 20 }, (_, index) => [String(index % 10), 'Enter']).flat()],
    ] as const) {
      const before = await busy();
      for (const key of keys) await page.keyboard.press(key as string);
      await page.waitForFunction(
        (count) => (globalThis as unknown as { keyTimes: number[] }).keyTimes.length >= count,
        keys.length,
      );
      const times = await page.evaluate(() => (globalThis as unknown as { keyTimes: number[] }).keyTimes.splice(0));
      const sorted = times.toSorted((a, b) => a - b);
      const cpu = (1000 * ((await busy()) - before)) / keys.length;
      console.log(
        `${what}: from key to painted, median ${sorted[sorted.length >> 1]!.toFixed(0)} ms, 95th percentile ${sorted[Math.floor(sorted.length * 0.95)]!.toFixed(0)} ms; ${cpu.toFixed(1)} ms of the page's processor time a key`,
      );
    }
  });
});
