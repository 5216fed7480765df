import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { trainInProcess } from '../../src/main/trainer/client.ts';
import { forkTrainer } from '../../src/main/trainer/fork.ts';
import type { FromTrainer, ToTrainer, TrainRequest } from '../../src/main/trainer/messages.ts';
import { utility } from '../../src/main/processes/utility.ts';
import { simulatedClass } from '../support/courses.ts';

const spawned = vi.hoisted(() => ({ posted: [] as unknown[] }));
vi.mock('electron', () => ({
  utilityProcess: {
    // Electron's own postMessage makes a structured clone, as this does.
    fork: () =>
      Object.assign(new EventEmitter(), { postMessage: (message: unknown) => spawned.posted.push(structuredClone(message)) }),
  },
}));

const { table, map } = simulatedClass(24, 3, 12);
const request: TrainRequest = { table, courseMap: map, learner: 'maml', seed: 1, steps: 1 };

// In JSON an Int32Array becomes an object without a length, and a Float32Array comes back as one.
it('carries columns whole to the trainer’s process and numbers whole back', { timeout: 120_000 }, async () => {
  const model = await trainInProcess(forkTrainer, request);
  expect(model.provenance.answers).toBe(24 * 12);
  expect(model.course.calibration.questionEffect).toBeInstanceOf(Float64Array);
  expect(model.course.calibration.questionEffect.some((value) => value !== 0)).toBe(true);
  expect(model.vocabulary.questionSet).toBeInstanceOf(Int32Array);
  expect(model.practice.skillGain).toBeInstanceOf(Float32Array);
});

it('hands Electron’s process the columns themselves, not a text', () => {
  const channel = utility<ToTrainer, FromTrainer>('process.js', 'Training')();
  channel.send({ type: 'train', request, ladder: {} });
  expect(spawned.posted).toEqual([{ type: 'train', request, ladder: {} }]);
  const [posted] = spawned.posted as [{ request: TrainRequest }];
  expect(posted.request.table.start).toBeInstanceOf(Int32Array);
  expect(posted.request.table.correct).toBeInstanceOf(Float32Array);
});
