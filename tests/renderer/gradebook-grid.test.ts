import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GridWindow } from '../../src/shared/contract/gradebook.ts';
import type { PathlightApi } from '../../src/shared/contract/index.ts';
import { RouteCache } from '../../src/renderer/data/route-cache.ts';
import { formatBlock, parseBlock } from '../../src/renderer/features/gradebook/clipboard-text.ts';
import { areaOf, cellOf, dense, pasteArea, shareOf } from '../../src/renderer/features/gradebook/grid-data.ts';
import { wholeSteps } from '../../src/renderer/features/gradebook/use-stable-items.ts';
import { WindowStore } from '../../src/renderer/features/gradebook/window-store.ts';

const window = (first: number, version: number, ids: readonly string[] = ['q1', 'q2']): GridWindow => ({
  view: 'marks',
  classId: null,
  version,
  total: 120,
  first,
  studentIds: Array.from({ length: Math.min(50, 120 - first) }, (_, index) => `s${first + index}`),
  studentNames: Array.from({ length: Math.min(50, 120 - first) }, (_, index) => `Name ${first + index}`),
  columns: {
    ids: [...ids],
    titles: [...ids],
    skills: ids.map(() => ''),
    voided: ids.map(() => false),
    possible: ids.map(() => 10),
    guessed: ids.map(() => false),
    dueAt: ids.map(() => null),
  },
  cells: { row: [0, 0, 1, 2, 3], column: [0, 1, 0, 1, 0], value: [0, 10, 4, null, null], status: 'sslem', first: [], count: [] },
});

describe('what spreadsheets put on the clipboard', () => {
  it('is read as they mean it', () => {
    expect(parseBlock('1\t2\r\n3\t\r\n')).toEqual([
      ['1', '2'],
      ['3', ''],
    ]);
    expect(parseBlock('one')).toEqual([['one']]);
    expect(parseBlock('"a\tb"\t"say ""hi"""\n"two\nlines"\t5" pipe')).toEqual([
      ['a\tb', 'say "hi"'],
      ['two\nlines', '5" pipe'],
    ]);
    expect(parseBlock('"not closed\tx')).toEqual([['"not closed', 'x']]);
  });

  it('comes back from what we put there', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', '\t', '\n', '\r', '7', ' ') });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 4 }), (rows) => {
        expect(parseBlock(formatBlock(rows))).toEqual(rows);
      }),
    );
  });
});

describe('cells of a window', () => {
  it('tell zero, part, all, late, excused, missing and nothing apart', () => {
    const cells = dense(window(0, 1));
    const at = (row: number, column: number) => cellOf(cells, row, column, 10, 'latest');
    expect(at(0, 0)).toEqual({ kind: 'mark', state: 'zero', points: 0, late: false });
    expect(at(0, 1)).toEqual({ kind: 'mark', state: 'full', points: 10, late: false });
    expect(at(1, 0)).toEqual({ kind: 'mark', state: 'part', points: 4, late: true });
    expect(at(2, 1)).toEqual({ kind: 'mark', state: 'excused' });
    expect(at(3, 0)).toEqual({ kind: 'mark', state: 'missing' });
    expect(at(1, 1)).toBeUndefined();
    expect(shareOf(at(1, 0)!, 10)).toBe(0.4);
    expect(shareOf(at(3, 0)!, 10)).toBeUndefined();
  });

  it('take a block where it fits, and one cell everywhere in the selection', () => {
    const selected = areaOf({ row: 3, column: 2 }, { row: 1, column: 1 });
    expect(selected).toEqual({ top: 1, bottom: 3, left: 1, right: 2 });
    expect(pasteArea([['x']], selected, 10, 10)).toEqual(selected);
    expect(pasteArea([['a', 'b', 'c'], ['d']], selected, 10, 10)).toEqual({ top: 1, bottom: 2, left: 1, right: 3 });
    expect(pasteArea([['a', 'b', 'c']], selected, 10, 3)).toBeUndefined();
    expect(pasteArea([['a'], ['b']], selected, 2, 3)).toBeUndefined();
  });

  it('are drawn in whole steps beyond what is in view', () => {
    const range = (startIndex: number, endIndex: number) => wholeSteps({ startIndex, endIndex, overscan: 1, count: 30 });
    expect([range(0, 5)[0], range(0, 5).at(-1)]).toEqual([0, 11]);
    expect(range(5, 9)).toEqual(range(6, 10));
    expect([range(26, 29)[0], range(26, 29).at(-1)]).toEqual([20, 29]);
  });
});

describe('the windows of a grid', () => {
  it('are read when they come into view, stay, and are read again after a change', async () => {
    const asked: number[] = [];
    let version = 1;
    let columns = ['q1', 'q2'];
    const call = (_name: string, { first }: { first: number }) => {
      asked.push(first);
      return Promise.resolve({ ok: true, data: window(first, version, columns) });
    };
    const cache = new RouteCache({ call } as unknown as PathlightApi);
    const store = new WindowStore(cache, { view: 'marks' });
    const settled = () => new Promise((resolve) => setImmediate(resolve));
    const stop = store.subscribe(() => undefined);
    store.want(0, 20);
    await settled();
    expect(store.snapshot().row(3)).toMatchObject({ id: 's3', name: 'Name 3' });
    expect(store.snapshot().row(60)).toBeUndefined();
    store.want(40, 60);
    await settled();
    expect(asked).toEqual([0, 50]);
    const before = store.snapshot().row(60);
    expect(before).toMatchObject({ id: 's60', row: 10 });
    store.want(45, 65);
    expect(store.snapshot().row(60)).toBe(before);
    // Out of view it is kept, until something changes.
    store.want(60, 80);
    expect(store.snapshot().row(3)).toBeDefined();
    version = 2;
    columns = ['q1', 'q2', 'q3'];
    cache.invalidate();
    await settled();
    expect(asked).toEqual([0, 50, 50]);
    expect(store.snapshot().head!.columns.ids).toEqual(columns);
    expect(store.snapshot().row(60)!.cells.columns).toBe(3);
    expect(store.snapshot().row(3)).toBeUndefined();
    stop();
  });
});
