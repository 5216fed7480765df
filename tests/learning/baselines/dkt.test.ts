import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { locateWindows, readWindows, rowIndexes } from '../../../src/learning/baselines/dkt-batch.ts';
import {
  askLogit,
  DENSE,
  dktInputs,
  dktStep,
  emptyState,
  initialDkt,
  readAnswer,
} from '../../../src/learning/baselines/dkt-network.ts';
import type { DktBatch, DktParameters } from '../../../src/learning/baselines/dkt-network.ts';
import { crossEntropy } from '../../../src/learning/numeric.ts';
import { createRandom } from '../../../src/learning/random.ts';
import type { Random } from '../../../src/learning/random.ts';
import { simulatedClass } from '../../support/courses.ts';
import { realBackend } from '../../support/backend.ts';

const { table } = simulatedClass(4, 9, 14);
const windows = [0, 1, 2, 3].map((student) => ({ begin: table.start[student]!, count: 14 - student, after: 3 * student }));

/** Nothing drops out and nothing counts as unseen. */
const keepAll = (random: Random): Random => ({ ...random, uniform: () => 0.999 });

function setUp(): { parameters: DktParameters; batch: DktBatch; plainLoss: (given: DktParameters) => number } {
  const random = createRandom(2);
  const parameters = initialDkt(table.questions.length + 1, table.skillSets.length + 1, random);
  parameters.questionBias.forEach((_, question) => (parameters.questionBias[question] = 0.2 * random.normal()));
  const sources = locateWindows(table, parameters, windows, keepAll(random));
  const drawn = readWindows(table, parameters, windows, sources, keepAll(random));
  const batch = { ...drawn, kept: drawn.kept.map((value) => (value > 0 ? 1 : 0)) };
  const plainLoss = (given: DktParameters): number => {
    const index = rowIndexes(table, given);
    let sum = 0;
    let total = 0;
    for (const { begin, count, after } of windows) {
      const state = emptyState();
      for (let row = begin; row < begin + after; row++)
        readAnswer(given, state, index.question(row), index.set(row), table.correct[row]! >= 0.5);
      for (let row = begin + after; row < begin + count; row++, total++)
        sum += crossEntropy(askLogit(given, state, index.question(row), index.set(row)), table.correct[row]!);
    }
    return sum / total;
  };
  return { parameters, batch, plainLoss };
}

describe('deep knowledge tracing', () => {
  beforeAll(async () => {
    await realBackend();
  });

  it('computes the same in tensors and in plain numbers', () => {
    const { parameters, batch, plainLoss } = setUp();
    const [loss] = tf.tidy(() => dktStep(dktInputs(parameters, batch)).map((tensor) => tensor.dataSync()));
    expect(loss![0]).toBeCloseTo(plainLoss(parameters), 5);
  });

  it('has the gradients of the plain loss', () => {
    const { parameters, batch, plainLoss } = setUp();
    const [, ...gradients] = tf.tidy(() => dktStep(dktInputs(parameters, batch)).map((tensor) => tensor.dataSync()));
    DENSE.forEach((name, index) => {
      const values = parameters[name]!;
      const stride = Math.max(1, Math.floor(values.length / 12));
      let asked = 0;
      for (let entry = 0; entry < values.length; entry += stride, asked++) {
        const before = values[entry]!;
        const [up, down] = [Math.fround(before + 1 / 512), Math.fround(before - 1 / 512)];
        values[entry] = up;
        const above = plainLoss(parameters);
        values[entry] = down;
        const below = plainLoss(parameters);
        values[entry] = before;
        expect(Math.abs(gradients[index]![entry]! - (above - below) / (up - down))).toBeLessThan(2e-4);
      }
      expect(asked).toBeGreaterThan(0);
    });
    const question = table.question[windows[1]!.begin + windows[1]!.after]!;
    const bias = parameters.questionBias;
    const before = bias[question]!;
    bias[question] = before + 1 / 64;
    const above = plainLoss(parameters);
    bias[question] = before - 1 / 64;
    const below = plainLoss(parameters);
    bias[question] = before;
    const byRow = gradients[DENSE.length + 2]!;
    const { asked } = locateWindows(table, parameters, windows, keepAll(createRandom(1)));
    const sum = Float32Array.from(byRow).reduce(
      (total, value, row) => (asked.question[row] === question ? total + value : total),
      0,
    );
    expect(sum).not.toBe(0);
    expect(sum).toBeCloseTo((above - below) * 32, 4);
  });
});
