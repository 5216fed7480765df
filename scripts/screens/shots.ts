import { Buffer } from 'node:buffer';
import { placeHash } from '../../src/renderer/routing/place.ts';
import type { Place } from '../../src/renderer/routing/place.ts';
import type { AppWindow } from '../app-window.ts';

/** One picture: a place of the app in one state. */
export interface Shot {
  readonly name: string;
  readonly place: Place;
  /** CSS selector of what must be seen before anything else happens. */
  readonly ready: string;
  /** What brings the state about, and waits until it is there. */
  readonly act?: (window: AppWindow) => Promise<void>;
  /** What the shot before left over the screens would cover it. */
  readonly fresh?: boolean;
  /** A call of the application that is answered otherwise than it would be. */
  readonly answer?: { readonly route: string; readonly as: 'never' | 'error' };
}

/** Somebody of the sample class. */
export const STUDENT = 'b003';
const student = (view: 'path' | 'answers' = 'path'): Place => ({ screen: 'student', studentId: STUDENT, view });

const dialog = async ({ page }: AppWindow): Promise<void> => page.getByRole('dialog').waitFor();
const press =
  (key: string) =>
  async (window: AppWindow): Promise<void> => {
    await window.button(key).first().click();
    await dialog(window);
  };
const choose =
  (key: string, shows: string) =>
  async ({ page, radio }: AppWindow): Promise<void> => {
    await radio(key).first().click();
    await page.locator(shows).first().waitFor();
  };

/** Before anything was imported. */
export const EMPTY_SHOTS: readonly Shot[] = [
  { name: 'empty-welcome', place: { screen: 'class' }, ready: '.page' },
  { name: 'empty-imports', place: { screen: 'imports' }, ready: '.drop' },
  { name: 'empty-model', place: { screen: 'model' }, ready: '.section' },
  { name: 'empty-settings', place: { screen: 'settings' }, ready: '.facts' },
  { name: 'empty-backups', place: { screen: 'backups' }, ready: '.section' },
];

/** On the sample class. */
export const FILLED_SHOTS: readonly Shot[] = [
  { name: 'class', place: { screen: 'class' }, ready: '.group' },
  { name: 'class-loading', place: { screen: 'class' }, ready: '.skeleton', answer: { route: 'classes.overview', as: 'never' } },
  { name: 'class-error', place: { screen: 'class' }, ready: '.banner-error', answer: { route: 'classes.overview', as: 'error' } },
  {
    name: 'class-map',
    place: { screen: 'class' },
    ready: '.heat-cell',
    act: async ({ page }) => {
      await page.locator('.heat').scrollIntoViewIfNeeded();
      await page.locator('.heat').focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      await page.locator('.heat-tip').waitFor();
    },
  },
  {
    name: 'class-forecast',
    place: { screen: 'class' },
    ready: '.heat-cell',
    act: async (window) => {
      await choose('terms.forecast', '.heat-line')(window);
      await window.page.locator('.class-map').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'class-table',
    place: { screen: 'class' },
    ready: '.heat-cell',
    act: async (window) => {
      await choose('class.table', '.class-map .virtual-row')(window);
      await window.page.locator('.class-map').scrollIntoViewIfNeeded();
    },
  },
  { name: 'lesson', place: { screen: 'lesson' }, ready: '.lesson-group' },
  { name: 'lesson-dialog', place: { screen: 'lesson' }, ready: '.lesson-group', act: press('lesson.save') },
  { name: 'students', place: { screen: 'students' }, ready: '.student-item' },
  {
    name: 'students-nothing',
    place: { screen: 'students' },
    ready: '.student-item',
    act: async ({ page, says }) => {
      await page.getByRole('searchbox').fill('zzz');
      await page.getByText(says('students.nothing')).waitFor();
    },
  },
  { name: 'student', place: student(), ready: '.asking, .path' },
  {
    name: 'student-profile',
    place: student(),
    ready: '.recharts-surface, .path',
    act: async ({ page, says }) => {
      await page.getByRole('heading', { name: says('student.profile') }).scrollIntoViewIfNeeded();
      await page.locator('.recharts-surface').first().waitFor();
      await page.locator('#content').evaluate((content) => content.scrollTo({ top: content.scrollHeight }));
    },
  },
  { name: 'student-why', place: student(), ready: '.path', act: press('student.whyStep') },
  {
    name: 'student-decide',
    place: student(),
    ready: '.path',
    act: async (window) => {
      await window.button('decisions.menu').first().click();
      await window.page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'student-leave-out',
    place: student(),
    ready: '.path',
    act: async (window) => {
      await window.button('decisions.menu').first().click();
      await window.page.getByRole('menuitem', { name: window.says('decisions.actions.leave-out') }).click();
      await dialog(window);
    },
  },
  { name: 'student-add', place: student(), ready: '.path', act: press('student.addAnswers') },
  { name: 'student-map', place: student(), ready: '.path', act: choose('student.map', '.map-node') },
  { name: 'student-answers', place: student('answers'), ready: '.virtual-row' },
  { name: 'student-gone', place: { screen: 'student', studentId: 'nobody', view: 'path' }, ready: '.banner-error' },
  { name: 'gradebook', place: { screen: 'gradebook' }, ready: '.grid [role="gridcell"], .grid-empty' },
  {
    name: 'gradebook-marks',
    place: { screen: 'gradebook' },
    ready: '.grid',
    act: choose('gradebook.marks', '.grid-empty, .grid'),
  },
  {
    name: 'gradebook-add',
    place: { screen: 'gradebook' },
    ready: '.grid',
    act: async (window) => {
      await choose('gradebook.marks', '.grid-empty, .grid')(window);
      await press('gradebook.add')(window);
    },
  },
  {
    name: 'gradebook-refused',
    place: { screen: 'gradebook' },
    ready: '.grid [role="gridcell"]',
    act: async ({ page }) => {
      await page.getByRole('grid').focus();
      await page.keyboard.type('seven');
      await page.keyboard.press('Enter');
      await page.locator('.grid-messages .banner').waitFor();
    },
  },
  { name: 'skills', place: { screen: 'skills' }, ready: '.map-node' },
  { name: 'skills-list', place: { screen: 'skills' }, ready: '.map-node', act: choose('skills.list', '.virtual-row') },
  { name: 'skills-hard', place: { screen: 'skills' }, ready: '.map-node', act: choose('skillsEdit.hard', '.virtual-row') },
  {
    name: 'skills-edit',
    place: { screen: 'skills' },
    ready: '.map-node',
    act: async (window) => {
      await choose('skills.list', '.virtual-row')(window);
      await window.page.locator('.virtual-row').nth(3).click();
      await dialog(window);
    },
  },
  { name: 'skills-add', place: { screen: 'skills' }, ready: '.map-node', act: press('skillsEdit.add') },
  { name: 'questions', place: { screen: 'questions', view: 'list' }, ready: '.virtual-row' },
  { name: 'questions-open', place: { screen: 'questions', view: 'open' }, ready: '.course-tools' },
  { name: 'questions-suggestions', place: { screen: 'questions', view: 'suggestions' }, ready: '.section' },
  { name: 'questions-rules', place: { screen: 'questions', view: 'rules' }, ready: '.section' },
  { name: 'questions-edits', place: { screen: 'questions', view: 'edits' }, ready: '.section' },
  { name: 'plans', place: { screen: 'plans' }, ready: '.virtual-row' },
  { name: 'plans-dialog', place: { screen: 'plans' }, ready: '.virtual-row', act: press('plans.output.all') },
  { name: 'model', place: { screen: 'model' }, ready: '.section' },
  { name: 'older-model', place: { screen: 'older-model', modelId: 'none' }, ready: '.banner-error' },
  { name: 'feedback', place: { screen: 'feedback' }, ready: '.section' },
  { name: 'imports', place: { screen: 'imports' }, ready: '.drop' },
  {
    name: 'imports-preview',
    place: { screen: 'imports' },
    ready: '.drop',
    act: async ({ page, button }) => {
      const chooser = page.waitForEvent('filechooser');
      await button('imports.choose').click();
      await (
        await chooser
      ).setFiles([
        {
          name: 'roster.csv',
          mimeType: 'text/csv',
          buffer: Buffer.from('student,given_name,family_name,class\nb003,Mia,Berg,7C\n,No,Number,7C\nnew-99,Tobi,Alder,7C\n'),
        },
      ]);
      await button('imports.commit').waitFor();
    },
  },
  { name: 'settings', place: { screen: 'settings' }, ready: '.facts' },
  { name: 'computing', place: { screen: 'computing' }, ready: '.section' },
  { name: 'backups', place: { screen: 'backups' }, ready: '.section' },
  {
    name: 'tour',
    place: { screen: 'settings' },
    ready: '.facts',
    act: async (window) => {
      await window.button('tour.start').click();
      await window.page.locator('.tour-card').waitFor();
      await window.page.locator('.group').first().waitFor();
    },
  },
  {
    name: 'palette',
    fresh: true,
    place: { screen: 'class' },
    ready: '.group',
    act: async ({ page }) => {
      await page.keyboard.press('Control+k');
      await page.locator('.palette [role="menuitem"]').first().waitFor();
    },
  },
];

export const addressOf = ({ place }: Shot): string => placeHash(place);
