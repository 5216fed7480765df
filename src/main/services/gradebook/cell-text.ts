import type { Decided, MarkNow } from '../../database/grid-edit.ts';
import { Refusal } from '../importing/content.ts';
import { readMark } from '../importing/formats/marks.ts';
import { verdict } from '../importing/formats/verdict.ts';
import { words } from '../importing/values.ts';

/** Beyond this share of what can be had a mark is taken for a slip of the finger: 75 of 10. Extra credit stays below. */
export const MOST_SHARE = 2;
const ONLY_LATE = /^\(?(late|l|verspätet|tard[ée]|en retard|迟交)\)?$/i;
const ON_TIME = /^\(?(on time|not late|按时)\)?$/i;

const refused = (code: string, detail: Readonly<Record<string, string | number>>) => ({
  refused: { code, detail: { ...detail } },
});

/**
 * What a text in a cell of marks means, in the words that imported files use. `late` alone says so of the mark that stands.
 * @param possible points that can be had, above 0
 */
export function decideMark(text: string, now: MarkNow | null, possible: number): Decided<MarkNow> {
  const cell = words(text);
  if (ONLY_LATE.test(cell) || ON_TIME.test(cell)) {
    if (now === null || now.points === null) return refused('late-without-mark', {});
    return { value: { points: now.points, status: ONLY_LATE.test(cell) ? 'late' : 'scored' } };
  }
  try {
    const mark = readMark(cell, possible, '.', '');
    if (mark === undefined) return { value: null };
    const { points } = mark;
    if (points !== null && points < 0) return refused('below-zero', {});
    if (points !== null && points > MOST_SHARE * possible) return refused('far-above', { possible });
    return { value: mark };
  } catch (error) {
    if (error instanceof Refusal) return refused('not-a-mark', {});
    throw error;
  }
}

/** What a text in a cell of answers means: right, wrong, or how right from 0 to 1. */
export function decideAnswer(text: string, _now: number | null): Decided<number> {
  const cell = words(text);
  if (cell === '' || cell === '-' || cell === '–') return { value: null };
  try {
    return { value: verdict(cell, '.', '') };
  } catch (error) {
    if (error instanceof Refusal) return refused('not-an-answer', {});
    throw error;
  }
}
