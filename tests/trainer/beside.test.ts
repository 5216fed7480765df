import { describe, expect, it } from 'vitest';
import { workBeside } from '../../src/learning/meta/beside.ts';
import type { BesideTask } from '../../src/learning/meta/beside.ts';
import { workOnThread } from '../../src/main/trainer/beside.ts';
import { simulatedClass } from '../support/courses.ts';

const ENTRY = new URL('../../src/main/trainer/beside-thread.ts', import.meta.url);
const { table, map } = simulatedClass(30, 9, 12);
const task: BesideTask = { table, courseMap: map, seed: 2 };

describe('the thread beside a training', () => {
  it('gives what would be worked out here, and says how far it is', { timeout: 120_000 }, async () => {
    const fractions: number[] = [];
    const { result, stop } = workOnThread(ENTRY, task, (fraction) => fractions.push(fraction));
    expect(await result).toEqual(await workBeside(task));
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    stop();
  });

  it('is stopped', async () => {
    const work = workOnThread(ENTRY, task, () => undefined);
    work.stop();
    await expect(work.result).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('hands its failure on', async () => {
    const broken = { ...task, table: { ...table, students: null as never } };
    await expect(workOnThread(ENTRY, broken, () => undefined).result).rejects.toThrow(TypeError);
  });

  it('is done without where no thread starts', { timeout: 120_000 }, async () => {
    const nowhere = new URL('./no-such-thread.ts', import.meta.url);
    const { result, stop } = workOnThread(nowhere, task, () => undefined);
    expect((await result).baselines.final.map(({ name }) => name)).toEqual(['irt', 'best-lr', 'pfa', 'bkt']);
    stop();
  });
});
