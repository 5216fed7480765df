import { describe, expect, it } from 'vitest';
import { masteryStep } from '../../src/renderer/components/mastery.ts';
import { certaintyScale, moveInGrid, visibleRange } from '../../src/renderer/features/class/heat-map-window.ts';

describe('visibleRange', () => {
  it('covers what is in view with a margin, and never more than there is', () => {
    expect(visibleRange(0, 320, 32, 500, 4)).toEqual({ first: 0, last: 16 });
    expect(visibleRange(3240, 320, 32, 500, 4)).toEqual(visibleRange(3200, 320, 32, 500, 4));
    expect(visibleRange(15_680, 320, 32, 500, 4)).toEqual({ first: 484, last: 499 });
    expect(visibleRange(0, 320, 32, 0, 4)).toEqual({ first: 0, last: -1 });
  });
});

describe('moveInGrid', () => {
  const move = (key: string, control = false) => moveInGrid({ row: 5, column: 5 }, key, control, 20, 10, 6);

  it('moves by one, by a page and to the ends', () => {
    expect(move('ArrowUp')).toEqual({ row: 4, column: 5 });
    expect(move('ArrowRight')).toEqual({ row: 5, column: 6 });
    expect(move('PageDown')).toEqual({ row: 11, column: 5 });
    expect(move('Home')).toEqual({ row: 5, column: 0 });
    expect(move('End', true)).toEqual({ row: 19, column: 9 });
  });

  it('stops at the edges and leaves other keys alone', () => {
    expect(moveInGrid({ row: 0, column: 0 }, 'ArrowUp', false, 20, 10, 6)).toEqual({ row: 0, column: 0 });
    expect(move('Tab')).toBeUndefined();
  });
});

describe('marks', () => {
  it('puts mastery into five equal steps, secure from .8 on', () => {
    expect([0, 0.199, 0.2, 0.4, 0.6, 0.799, 0.8, 1].map(masteryStep)).toEqual([0, 0, 1, 2, 3, 3, 4, 4]);
  });

  it('draws what is uncertain smaller', () => {
    expect(certaintyScale(0.05, true)).toBe(1);
    expect(certaintyScale(0.3, true)).toBeLessThan(certaintyScale(0.1, true));
    expect(certaintyScale(0.05, false)).toBeLessThanOrEqual(0.6);
  });
});
