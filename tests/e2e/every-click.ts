import type { Page } from 'playwright-core';
import type { ClickTimer } from './click-times.ts';

/** What a screen of the rail shows once it is there. */
const SCREENS: readonly (readonly [address: string, whole: string])[] = [
  ['students', '.student-item'],
  ['gradebook', '.grid [role="gridcell"][aria-label]'],
  ['skills', '.map-node'],
  ['plans', '.virtual-row'],
  ['model', '.section'],
  ['feedback', '.section'],
  ['imports', '.drop'],
  ['settings', '.facts'],
  ['class', '.class-now .group'],
];

/** Goes once through the screens as a teacher might and times each click; begins and ends on the class. @param round another student each time */
export async function clickEverything(page: Page, { click, press }: ClickTimer, round: number): Promise<void> {
  const main = page.locator('#content');
  const option = (text: string) => page.getByRole('option', { name: text, exact: true });
  const radio = (name: string) => main.getByRole('radio', { name, exact: true });
  for (const [address, whole] of SCREENS)
    await click(`rail: ${address}`, page.locator(`.rail-link[href="#/${address}"]`), {
      changed: `.frame:has(.rail-link[href="#/${address}"][aria-current="page"]) #content h1`,
      whole: `#content ${whole}`,
    });

  // The class.
  await click('class: forecast', radio('Forecast'), { changed: '.heat-forecast .heat-line' });
  await click('class: mastery', radio('Mastery'), { changed: '.heat-mastery .heat-cell' });
  await click('class: the list of orders', main.getByRole('button', { name: /Order/ }), { changed: '[role="listbox"]' });
  await click('class: in order of level', option('Lowest level first'), { changed: 'body:not(:has([role="listbox"]))' });
  await main.getByRole('button', { name: /Order/ }).click();
  await option('By name').click();
  await click('class: a group', page.locator('.group').first(), { changed: '.filter-note' });
  await click('class: everyone', page.getByRole('button', { name: 'Show everyone' }), {
    changed: '.class-map:not(:has(.filter-note)) .heat-row',
  });
  await page.getByRole('searchbox', { name: 'Filter students' }).focus();
  await press('class: a letter of a name', '7', { changed: '.filter-note' });
  await page.getByRole('button', { name: 'Show everyone' }).click();
  await click('class: table', radio('Table'), { changed: '.class-map .virtual-row' });
  await click('class: sort the table', main.getByRole('columnheader', { name: 'Rests on' }), {
    changed: '.virtual-head[aria-sort="ascending"]',
  });
  await click('class: picture', radio('Map'), { changed: '.heat .heat-row' });
  await click('class: lesson', page.getByRole('link', { name: 'Make a lesson plan' }), {
    changed: '.lesson-settings',
    whole: '.lesson-group',
  });
  await click('lesson: back to the class', page.locator('nav.back a'), {
    changed: '#content .page-wide h1',
    whole: '.class-now .group',
  });

  // A student.
  await page.locator('.rail-link[href="#/students"]').click();
  await page.locator('.student-item').first().waitFor();
  await page.getByRole('searchbox').focus();
  await press('students: a letter of a name', '3', { changed: '.student-search [role="status"]:not(:empty)' });
  await page.keyboard.press('Escape');
  await click('students: a student', page.locator('.student-item').nth(round + 1), {
    changed: '.student-page h1',
    whole: '.student-page .asking, .student-page .section:nth-last-of-type(1)',
  });
  await click('student: answers', radio('Answers'), { changed: '.student-page .virtual-row' });
  await click('student: path', radio('Path and profile'), { changed: '.student-page .path' });
  await click('student: why', page.getByRole('button', { name: /^Why step 1,/ }).first(), {
    changed: '[role="dialog"] .dialog-content',
  });
  await press('student: close it', 'Escape', { changed: 'body:not(:has([role="dialog"]))' });
  await click('student: map', radio('Map'), { changed: '.student-page .map-node' });
  // The next student's path is shown as this one's was.
  await radio('List').click();
  await page.goBack();

  // The gradebook, skills, questions.
  await page.locator('.rail-link[href="#/gradebook"]').click();
  await click('gradebook: answers', radio('Answers'), {
    changed: '#content .page-grid',
    whole: '.grid [role="gridcell"][aria-label*="1"]',
  });
  await click('gradebook: marks', radio('Marks'), { changed: '.grid [role="gridcell"][aria-label*="Work 1"]' });
  await page.locator('.rail-link[href="#/skills"]').click();
  await click('skills: list', radio('List'), { changed: '#content .virtual-row' });
  await click('skills: hard', radio('Hardest and most blocking'), {
    changed: '#content .section',
    whole: '#content .virtual-row',
  });
  await click('skills: map', radio('Map'), { changed: '#content .map-node' });
  await click('skills: questions', page.getByRole('link', { name: /Questions/ }).first(), {
    changed: '#content .course-tools, #content .skeleton',
    whole: '#content .virtual-row',
  });

  // Around them.
  await click('palette', page.locator('.top .button').filter({ hasText: 'Search' }), { changed: '.palette [role="menuitem"]' });
  await press('palette: a letter', 'g', { changed: '.palette [role="menuitem"][data-key^="student"]' });
  await press('palette: close', 'Escape', { changed: 'body:not(:has(.palette))' });
  await page.locator('.rail-link[href="#/class"]').click();
  await page.locator('.class-now .group').first().waitFor();
  for (const [language, tag] of [
    ['中文', 'zh-CN'],
    ['English', 'en-GB'],
  ] as const) {
    await click('language: the list', page.locator('.top .picker-button').nth(-2), { changed: '[role="listbox"]' });
    await click('language', option(language), { changed: `html[lang="${tag}"] body:not(:has([role="listbox"]))` });
  }
  for (const theme of ['Dark', 'Light']) {
    await click('theme: the list', page.locator('.top .picker-button').last(), { changed: '[role="listbox"]' });
    await click('theme', option(theme), {
      changed: `html[data-theme="${theme.toLowerCase()}"] body:not(:has([role="listbox"]))`,
    });
  }
}
