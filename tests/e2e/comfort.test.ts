import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGradedClass } from './support.ts';
import type { RunningApp } from './support.ts';

const SCREENS = [
  ['#/class', '.group-card'],
  ['#/class/lesson', '.lesson-group'],
  ['#/students', '.student-item'],
  ['#/students/S-104', '.path'],
  ['#/students/S-104/answers', '.section'],
  ['#/gradebook', '.grid [role="gridcell"]'],
  ['#/skills', '.map-node, .course-tools, .section'],
  ['#/skills/questions', '.virtual-row'],
  ['#/skills/questions/rules', '.rule-fields'],
  ['#/plans', '.virtual-row'],
  ['#/model', '.section'],
  ['#/feedback', '.section'],
  ['#/imports', '.drop'],
  ['#/settings', '.facts'],
  ['#/settings/computing', '.section'],
  ['#/settings/backups', '.section'],
] as const;

/** What moves or would move on the page: the elements with an animation or a transition that takes time. */
const moving = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('body *')].flatMap((element) => {
      const seconds = (text: string) => text.split(', ').some((each) => parseFloat(each) > 0);
      const { animationName, animationDuration, transitionDuration, scrollBehavior } = getComputedStyle(element);
      const moves = (animationName !== 'none' && seconds(animationDuration)) || seconds(transitionDuration);
      return moves || scrollBehavior === 'smooth' ? [`${element.tagName} ${element.className}`] : [];
    }),
  );

/** What has the focus, in words, and whether all of it is hidden by something that stays in place. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return { name: 'nothing', hidden: false };
    // A place to drop files shows the focus of the button that is hidden in it. A link that runs over two lines has a part in each.
    const boxes = [...(element.closest('.drop') ?? element).getClientRects()];
    const points = boxes.flatMap(({ left, width, top, height }) =>
      [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [left + x * width, top + y * height] as const)),
    );
    const seen = points.some(([x, y]) => {
      const there = document.elementFromPoint(x, y);
      return (
        there !== null &&
        (element.contains(there) ||
          there.contains(element) ||
          there.closest('label')?.contains(element) === true ||
          (there.closest('.drop') !== null && there.closest('.drop') === element.closest('.drop')))
      );
    });
    const name = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? '';
    return { name: `${element.tagName.toLowerCase()} ${name}`, hidden: !seen };
  });

/** What makes the page wider than its window, from the outside. */
const wider = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document.documentElement.scrollWidth <= window.innerWidth
      ? []
      : [...document.querySelectorAll('body, body *')]
          .filter((element) => element.getBoundingClientRect().right > window.innerWidth)
          .map((element) => `${element.tagName} ${element.className}`)
          .slice(0, 8),
  );

describe('for people who need it calm, large, or without a mouse', () => {
  let app: RunningApp;
  let page: Page;
  const go = async (hash: string, ready: string): Promise<void> => {
    await page.goto(`${page.url().split('#')[0]}${hash}`);
    // From the beginning: screens have sections alike, and the one before would do.
    await page.reload();
    await page.locator(ready).first().waitFor();
    // What comes later would push away what has the focus: nothing is asked for any more, and nothing waits.
    await page.waitForLoadState('networkidle');
    await page.waitForFunction(() => document.querySelector('.skeleton, .stale') === null);
  };

  beforeAll(async () => {
    app = await startGradedClass();
    page = await app.open({ hash: '#/class' });
    await page.locator('.group-card').first().waitFor();
  });
  afterAll(() => app.close());

  it('nothing moves where that is asked for', async () => {
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await moving(page)).not.toEqual([]);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    for (const [hash, ready] of SCREENS) {
      await go(hash, ready);
      expect(await moving(page), hash).toEqual([]);
    }
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    expect(await moving(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it.each([
    [1280, 720],
    [640, 360],
  ])('what has the focus is seen, at %i × %i', async (width, height) => {
    await page.setViewportSize({ width, height });
    for (const [hash, ready] of SCREENS) {
      await go(hash, ready);
      // At twice the size nothing but tables, maps and the gradebook is wider than the window.
      await expect.poll(() => wider(page), { message: hash, timeout: 5_000 }).toEqual([]);
      await page.getByRole('heading', { level: 1 }).focus();
      for (let step = 0; step < 30; step++) {
        await page.keyboard.press('Tab');
        // What still loads above it may push it away for a moment.
        const unseen = async (): Promise<string> => {
          const { name, hidden } = await focused(page);
          return hidden ? name : '';
        };
        await expect.poll(unseen, { message: `${hash}, Tab ${step + 1}`, timeout: 5_000 }).toBe('');
      }
    }
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  describe('the focus is never lost', () => {
    const button = (name: string | RegExp): Locator => page.getByRole('button', { name }).first();
    const dialog = () => page.getByRole('dialog').or(page.getByRole('alertdialog'));
    const press = async (what: Locator): Promise<void> => {
      await what.focus();
      await page.keyboard.press('Enter');
    };
    const kept = async (after: string): Promise<void> => {
      await expect.poll(async () => (await focused(page)).name, { message: after, timeout: 5_000 }).not.toBe('nothing');
    };
    const closed = async (after: string): Promise<void> => {
      await dialog().waitFor({ state: 'detached' });
      await kept(after);
    };

    it('on a student: reasons, decisions, notes', async () => {
      await go('#/students/S-104', '.path');
      await press(button(/^Why /));
      await dialog().waitFor();
      await page.keyboard.press('Escape');
      await closed('the reason was closed');
      await press(button(/^Adjust/));
      await press(page.getByRole('menuitem', { name: /^Leave out/ }));
      await dialog().waitFor();
      await press(dialog().getByRole('button', { name: 'Leave it out' }));
      await closed('a step was left out');
      await press(button(/^Take back/));
      await page.getByText(/^None yet: the path follows the answers/).waitFor();
      await kept('the decision was taken back');
      await page.getByRole('textbox', { name: 'New note' }).fill('Works well in pairs');
      await press(button('Add note'));
      await button(/^Edit the note/).waitFor();
      await kept('a note was added');
      await press(button(/^Edit the note/));
      await page.getByRole('textbox', { name: /^The note of/ }).waitFor();
      await press(button('Cancel'));
      await button(/^Edit the note/).waitFor();
      await kept('the note stayed as it was');
      await press(button(/^Delete the note/));
      await button(/^Edit the note/).waitFor({ state: 'detached' });
      await kept('the note was deleted');
      await press(page.getByRole('region', { name: 'Your notes' }).getByRole('button', { name: 'Undo' }));
      await button(/^Edit the note/).waitFor();
      await kept('the note is back');
    });

    it('in the gradebook: a change, its undo, the list of changes', async () => {
      await go('#/gradebook', '.grid [role="gridcell"]');
      await page.getByRole('grid').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.type('1');
      await page.keyboard.press('Enter');
      await expect.poll(() => button('Undo').isEnabled()).toBe(true);
      await press(button('Undo'));
      await expect.poll(() => button('Redo').isEnabled()).toBe(true);
      await kept('the change was undone');
      await press(button('Past edits'));
      await dialog().waitFor();
      await page.keyboard.press('Escape');
      await closed('the list of changes was closed');
    });

    it('in the course: a skill that is not added after all', async () => {
      await go('#/skills', '.section');
      await press(button('Add a skill'));
      await dialog().waitFor();
      await page.keyboard.press('Escape');
      await closed('no skill was added');
    });

    it('among backups and imports: made, restored, undone', async () => {
      await go('#/settings/backups', '.section');
      await press(button('Back up now'));
      await button(/^Look and restore/).waitFor();
      await kept('a backup was made');
      await press(button(/^Look and restore/));
      await dialog().waitFor();
      await page.keyboard.press('Escape');
      await closed('nothing was restored');
      await go('#/imports', '.drop');
      await press(button(/^Undo the import/));
      await dialog().waitFor();
      await press(dialog().getByRole('button', { name: 'Undo the import' }));
      await page.getByText(/^The import was undone/).waitFor();
      await closed('the import was undone');
      await press(button(/^Dismiss/));
      await page.getByText(/^The import was undone/).waitFor({ state: 'detached' });
      await kept('what was said is gone');
    });
  });
});
