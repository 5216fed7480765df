import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findChromium, softwareGpu } from '../../scripts/find-chromium.mjs';
import { probeInProcess, trainInProcess } from '../../src/main/trainer/client.ts';
import { forkTrainer } from '../../src/main/trainer/fork.ts';
import type { Capability } from '../../src/shared/contract/computing.ts';
import { answerOf, expectSameTraining, trainOnBackend } from '../support/backend-process.ts';
import { simulatedClass } from '../support/courses.ts';

const environment = softwareGpu(findChromium());
if (environment === null)
  console.warn(
    'WebGPU is not tested here: no SwiftShader was found beside a Chromium. Install Chromium (Debian: apt-get install chromium), or run "npm test", which gets one.',
  );

describe.skipIf(environment === null)('WebGPU, on the graphics card in software that Chromium brings', () => {
  // The trainer's process inherits it.
  beforeAll(() => {
    for (const [name, value] of Object.entries(environment ?? {})) vi.stubEnv(name, value);
  });
  afterAll(() => void vi.unstubAllEnvs());

  it('is refused for work where the card is software, by its name and with the reason', async () => {
    const probe = await probeInProcess(forkTrainer, 'webgpu', false);
    // A computer with a real card may take it.
    if (probe.refusal === null) expect(probe).toMatchObject({ gpu: true, selfTest: { checks: expect.any(Number) } });
    else {
      expect(
        probe.refusal,
        `${probe.refusal.reason} (under Linux a Vulkan loader may be missing: apt-get install libvulkan1)`,
      ).toMatchObject({
        code: 'software-adapter',
        detail: { device: expect.any(String) },
      });
      expect(probe).toMatchObject({ selfTest: null, stepMilliseconds: null });
    }
  });

  it('trains in the trainer’s own process where it is asked for by name, after a self-test', async () => {
    const { table, map } = simulatedClass(16, 3, 24);
    const stop = new AbortController();
    let computing: Capability | undefined;
    const training = trainInProcess(
      forkTrainer,
      { table, courseMap: map, learner: 'maml', seed: 1, steps: 1000 },
      {
        wish: { backend: 'webgpu', strict: true },
        signal: stop.signal,
        graceMs: 0,
        // A whole training takes minutes in software.
        onComputing: (capability) => {
          computing = capability;
          stop.abort();
        },
      },
    );
    await expect(training).rejects.toThrow(/Stopped as you asked/);
    expect(computing).toMatchObject({ backend: 'webgpu', refused: [] });
    expect(computing!.selfTest.checks).toBeGreaterThan(10);
    expect(computing!.device).toBeTruthy();
  });

  it('takes the same outer steps of the default learner as WebAssembly, with their second-order gradients', async () => {
    const wasm = await trainOnBackend('wasm', ['phi/maml:2']);
    const webgpu = await trainOnBackend('webgpu', ['phi/maml:2']);
    expect(webgpu.capability.backend).toBe('webgpu');
    expectSameTraining(webgpu.results['phi/maml']!, wasm.results['phi/maml']!, 1e-4);
  });
  it('is taken where it does a training step faster than WebAssembly, and passed over where it is slower', async () => {
    const [faster, slower] = await answerOf<{ backend: string; current: string; refused: object[] }[]>('race-for-webgpu.ts');
    expect(faster).toEqual({ backend: 'webgpu', current: 'webgpu', refused: [] });
    expect(slower).toMatchObject({
      backend: 'wasm',
      current: 'wasm',
      refused: [{ backend: 'webgpu', code: 'slower', reason: expect.stringMatching(/40 ms instead of 10 ms/) }],
    });
  });
});
