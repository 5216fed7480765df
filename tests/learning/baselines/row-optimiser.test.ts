import { expect, it } from 'vitest';
import { MixedAdamW, sumByRow } from '../../../src/learning/baselines/row-optimiser.ts';
import { AdamW, clipGradients } from '../../../src/learning/meta/optimiser.ts';
import { createRandom } from '../../../src/learning/random.ts';

const ROWS = 30;
const WIDTH = 3;

it('moves rows as the dense optimiser does, those without a gradient included', () => {
  const random = createRandom(4);
  const normal = (size: number) => Float32Array.from({ length: size }, () => random.normal());
  const parameters = { table: normal(ROWS * WIDTH), dense: normal(5) };
  const reference = { table: parameters.table.slice(), dense: parameters.dense.slice() };
  const decay = { table: 2, dense: 0.1 };
  const sparse = new MixedAdamW(parameters, { table: WIDTH }, decay);
  const plain = new AdamW();
  for (let step = 0; step < 120; step++) {
    const rate = 0.02 * (1 - step / 120);
    const rows = Int32Array.from({ length: 4 }, (_, at) => (at === 3 ? -1 : random.integer(step < 60 ? ROWS : 5)));
    const gradient = normal(4 * WIDTH);
    const dense = normal(5);
    const whole = new Float64Array(ROWS * WIDTH);
    rows.forEach((row, at) => {
      if (row >= 0) for (let entry = 0; entry < WIDTH; entry++) whole[row * WIDTH + entry]! += gradient[at * WIDTH + entry]!;
    });
    const both = { table: whole, dense: Float64Array.from(dense) };
    clipGradients(both, 1);
    plain.update(reference, both, rate, decay);
    for (const row of rows) if (row >= 0) sparse.rows['table']!.settle(row);
    sparse.update({ dense }, { table: sumByRow(rows, gradient, WIDTH, ROWS) }, rate, 1);
  }
  sparse.settleAll();
  parameters.table.forEach((value, index) => expect(value).toBeCloseTo(reference.table[index]!, 4));
  parameters.dense.forEach((value, index) => expect(value).toBeCloseTo(reference.dense[index]!, 5));
});

it('refuses to update a row that is not up to date', () => {
  const sparse = new MixedAdamW({ table: new Float32Array(4) }, { table: 2 }, {});
  const at = (row: number) => ({ table: sumByRow(Int32Array.of(row), Float32Array.of(1, 1), 2, 2) });
  sparse.update({}, at(0), 0.1, 1);
  expect(() => sparse.update({}, at(1), 0.1, 1)).toThrow(/up to date/);
});
