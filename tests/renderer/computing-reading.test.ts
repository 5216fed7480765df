import { describe, expect, it } from 'vitest';
import { REFUSALS } from '../../src/compute/refusal.ts';
import { isComplete, readWays, roundTimes } from '../../src/renderer/features/settings/computing-reading.ts';
import { en } from '../../src/renderer/locales/en.ts';
import { BACKENDS } from '../../src/compute/backend.ts';
import { BACKEND_NAMES } from '../../src/shared/contract/computing.ts';
import type { BackendName, BackendProbe } from '../../src/shared/contract/computing.ts';

const probe = (backend: BackendName, stepMilliseconds: number | null): BackendProbe => ({
  backend,
  version: null,
  gpu: false,
  device: null,
  selfTest: null,
  stepMilliseconds,
  refusal: null,
});

describe('ways to compute', () => {
  it('says how many times as long as people do', () => {
    expect([0.4, 1.2, 1.6, 7.4, 12, 13, 48, 63].map(roundTimes)).toEqual([1, 1, 2, 7, 10, 15, 50, 60]);
  });

  it('compares each with the fastest that works, once there are two', () => {
    const status = { chosen: null, asked: null, used: 'tensorflow' as const };
    const ways = readWays({
      ...status,
      probes: [probe('tensorflow', 10), probe('webgpu', null), probe('wasm', 90), probe('cpu', 640)],
    });
    expect(ways.map(({ backend, used, fastest, times }) => [backend, used, fastest, times])).toEqual([
      ['tensorflow', true, true, 1],
      ['webgpu', false, false, null],
      ['wasm', false, false, 9],
      ['cpu', false, false, 60],
    ]);
    const single = { ...status, probes: [probe('tensorflow', 10)] };
    expect(readWays(single).map(({ times, fastest }) => [times, fastest])).toEqual(Array(4).fill([null, false]));
    expect([isComplete(single), isComplete({ ...single, probes: BACKEND_NAMES.map((name) => probe(name, 1)) })]).toEqual([
      false,
      true,
    ]);
  });

  it('has words for every backend and every reason', () => {
    expect(BACKEND_NAMES).toEqual(BACKENDS);
    for (const words of [en.computing.names, en.computing.inSentence, en.computing.means])
      expect(Object.keys(words)).toEqual(BACKENDS);
    expect(Object.keys(en.computing.refusals).toSorted()).toEqual([...REFUSALS].toSorted());
    for (const backend of BACKENDS) expect(en.jobs.stage).toHaveProperty(`trying-${backend}`);
  });
});
