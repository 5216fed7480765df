import { describe, expect, it } from 'vitest';
import * as tf from '@tensorflow/tfjs-core';
import { chooseBackend } from '../../src/compute/backend.ts';
import { realBackend } from '../support/backend.ts';
import { createEpisode, drawBatch } from '../../src/learning/meta/episodes.ts';
import { eagerly, PhiGradients } from '../../src/learning/meta/meta-loss.ts';
import type { MetaGradients } from '../../src/learning/meta/meta-loss.ts';
import { createRandom } from '../../src/learning/random.ts';
import { DEFAULT_SHAPE, initialParameters } from '../../src/learning/student-model/parameters.ts';
import { simulatedClass } from '../support/courses.ts';

describe('tensor backends', () => {
  it('the fastest that is required here loads and computes right', async () => {
    const found = await realBackend();
    expect(found.backend).toBe(tf.getBackend());
    if (process.env['PATHLIGHT_REQUIRE_TENSORFLOW'] === '1') expect(found.backend).toBe('tensorflow');
  });

  it('WebAssembly and plain JavaScript compute the same step', async () => {
    const shape = { ...DEFAULT_SHAPE, hidden: 5, factors: 2, innerSteps: 2 };
    const settings = { order: 2, beta: 1, stepShares: [0.5, 0.5] } as const;
    const { table } = simulatedClass(12, 2);
    const parameters = initialParameters(shape, table.skills.length, createRandom(1));
    parameters.weight3.fill(0.1);
    const batch = drawBatch(
      createEpisode(
        table,
        () => true,
        () => true,
        0,
      ),
      parameters,
      shape,
      { students: 3, support: 4, query: 3, after: [2, 4], window: 12 },
      createRandom(1),
    );
    const results: MetaGradients[] = [];
    for (const backend of ['wasm', 'cpu'] as const) {
      expect((await chooseBackend([backend])).backend).toBe(backend);
      results.push(await new PhiGradients(shape, settings, eagerly).of(parameters, batch));
    }
    expect(results[0]!.loss).toBeCloseTo(results[1]!.loss, 4);
    results[0]!.shared.weight1!.forEach((value, index) => expect(value).toBeCloseTo(results[1]!.shared.weight1![index]!, 4));
  });

  it('says why nothing works', async () => {
    await expect(chooseBackend([])).rejects.toThrow(/No tensor backend/);
  });
});
