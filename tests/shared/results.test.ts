import { describe, expect, it } from 'vitest';
import { answersOf, MOST_ASKED, readEntry, spreadOut } from '../../src/shared/results.ts';

describe('what was typed for a step', () => {
  it('is a count of the usual number, of another one, each answer by itself, or only done or not', () => {
    expect(readEntry('5', 6)).toEqual({ kind: 'count', right: 5, of: 6 });
    for (const text of ['5/8', ' 5 / 8 ', '5 8', '５／８', '5:8'])
      expect(readEntry(text, 6)).toEqual({ kind: 'count', right: 5, of: 8 });
    expect(readEntry('++-+', 6)).toEqual({ kind: 'each', answers: [true, true, false, true] });
    expect(readEntry('+ − +', 6)).toEqual({ kind: 'each', answers: [true, false, true] });
    expect(readEntry('+', 6)).toEqual({ kind: 'done' });
    for (const text of ['-', '–', '−']) expect(readEntry(text, 6)).toEqual({ kind: 'not-done' });
    expect(readEntry('  ', 6)).toBeNull();
  });

  it('is refused where more are right than were asked, and where it means nothing', () => {
    const wrong = ['7', '9/8', '0/0', 'five', '5/', '/6', '5/6/7', `1/${MOST_ASKED + 1}`, '+'.repeat(MOST_ASKED + 1), '1.5'];
    for (const text of wrong) expect(readEntry(text, 6)).toBeUndefined();
  });

  it('spreads a count so that the order says nothing of getting better or worse', () => {
    for (let of = 1; of <= MOST_ASKED; of++)
      for (let right = 0; right <= of; right++) {
        const answers = spreadOut(right, of);
        expect(answers.filter(Boolean)).toHaveLength(right);
        const count = (half: readonly boolean[]): number => half.filter(Boolean).length;
        const middle = Math.floor(of / 2);
        expect(Math.abs(count(answers.slice(0, middle)) - count(answers.slice(of - middle)))).toBeLessThanOrEqual(1);
        // What the last answer says is what most of them say.
        if (right * 2 !== of) expect(answers.at(-1)).toBe(right * 2 > of);
      }
    expect(answersOf({ kind: 'done' })).toEqual([]);
  });
});
