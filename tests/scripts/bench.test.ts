import { describe, expect, it } from 'vitest';
import { median, quantile, ratioOf } from '../../scripts/bench/measurement.ts';
import { MEASUREMENTS } from '../../scripts/bench/measurements.ts';
import { whenClose } from '../../scripts/bench/one-model.ts';
import { tableOf, withTable } from '../../scripts/bench/table.ts';

const MACHINE = { processor: 'P', cores: 2, memoryGiB: 8, system: 'linux 6', node: '24.0.0', load: 0 };

describe('the benchmark', () => {
  it('measures what the report promises, each under a key of its own', () => {
    expect(MEASUREMENTS.map(({ key }) => key)).toEqual([
      'referenceStep',
      'metaTraining',
      'adaptation',
      'planning',
      'import',
      'firstScreen',
    ]);
  });

  it('says by how much a bar is met, whether little or much is wanted', () => {
    expect(ratioOf({ what: '', value: 4, unit: 'ms', bar: { value: 8, sense: 'at most' } })).toBe(2);
    expect(ratioOf({ what: '', value: 4, unit: 'rows/s', bar: { value: 8, sense: 'at least' } })).toBe(0.5);
    expect(ratioOf({ what: '', value: 4, unit: 'ms' })).toBeUndefined();
  });

  it('takes medians and quantiles of unsorted values', () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(
      quantile(
        Array.from({ length: 100 }, (_, index) => 100 - index),
        0.95,
      ),
    ).toBe(95);
  });

  it('finds when a training was close to its own best', () => {
    const looks = [
      { seconds: 2, auc: 0.74 },
      { seconds: 4, auc: 0.7495 },
      { seconds: 6, auc: 0.7501 },
      { seconds: 8, auc: 0.746 },
    ];
    expect(whenClose(looks)).toEqual({ seconds: 4, auc: 0.7501 });
    expect(whenClose(looks.slice(0, 1))).toEqual({ seconds: 2, auc: 0.74 });
  });

  it('prints misses as misses, and puts the table into a document without touching what surrounds it', () => {
    const table = tableOf(MACHINE, [
      {
        title: 'T',
        outcome: { lines: [{ what: 'w', value: 2, unit: 'ms', bar: { value: 1, sense: 'at most' } }], json: null, notes: ['n'] },
      },
    ]);
    expect(table).toMatch(/\| w +\| 2\.00 ms +\| at most 1\.00 +\| 0\.50× +\| no +\|/);
    expect(table).toContain('- T: n');
    const document = 'before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n';
    const once = withTable(document, table);
    expect(once.startsWith('before\n<!-- bench -->')).toBe(true);
    expect(once.endsWith('<!-- /bench -->\nafter\n')).toBe(true);
    expect(once).not.toContain('old');
    expect(withTable(once, table)).toBe(once);
    expect(() => withTable('no marks', table)).toThrow(/place for the table/);
  });
});
