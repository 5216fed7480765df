import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { backendNamed, createComputing, usedBackend } from '../../src/main/services/computing.ts';
import type { RunningHooks } from '../../src/main/services/jobs.ts';
import { createSettings } from '../../src/main/services/settings.ts';
import { probeInProcess, trainInProcess } from '../../src/main/trainer/client.ts';
import type { TrainRequest } from '../../src/main/trainer/messages.ts';
import type { BackendName, BackendProbe, Capability } from '../../src/shared/contract/computing.ts';
import { startApplication } from '../support/application.ts';
import { fakeTrainer } from '../support/fake-trainer.ts';
import { temporaryFolder } from '../support/folders.ts';

const probe = (backend: BackendName, stepMilliseconds: number | null, code?: string): BackendProbe => ({
  backend,
  version: '1',
  gpu: false,
  device: null,
  selfTest: stepMilliseconds === null ? null : { checks: 13, milliseconds: 5 },
  stepMilliseconds,
  refusal: code === undefined ? null : { code, reason: 'for a reason', detail: {} },
});
const hooks = (): RunningHooks => ({ signal: new AbortController().signal, report: () => undefined });

describe('which backend a training uses', () => {
  const all = [probe('tensorflow', null, 'not-installed'), probe('webgpu', 20), probe('wasm', 100), probe('cpu', 900)];

  it('is the first of the ladder that works, once all before it have been tried', () => {
    expect(usedBackend(all, null, null)).toBe('webgpu');
    expect(usedBackend(all.slice(0, 1), null, null)).toBe(null);
    expect(usedBackend([probe('tensorflow', 10)], null, null)).toBe('tensorflow');
    expect(usedBackend([probe('tensorflow', null, 'crashed'), probe('webgpu', 200, 'slower'), ...all.slice(2)], null, null)).toBe(
      'wasm',
    );
  });

  it('is what was chosen where that works, however slow, and the ladder’s otherwise', () => {
    expect(usedBackend(all, null, 'cpu')).toBe('cpu');
    expect(usedBackend(all, null, 'tensorflow')).toBe('webgpu');
    expect(usedBackend([probe('webgpu', 200, 'slower'), ...all.slice(2)], null, 'webgpu')).toBe('webgpu');
  });

  it('is what was asked for at the start or nothing, whatever was chosen', () => {
    expect(usedBackend(all, 'wasm', 'cpu')).toBe('wasm');
    expect(usedBackend(all, 'tensorflow', 'cpu')).toBe(null);
  });

  it('can be named, and a name that there is not is refused with those that there are', () => {
    expect([backendNamed('wasm'), backendNamed(undefined), backendNamed('')]).toEqual(['wasm', null, null]);
    expect(() => backendNamed('cuda')).toThrow(/no backend "cuda".*tensorflow, webgpu, wasm, cpu/);
    expect(() => startApplication({ backend: 'cuda', folder: temporaryFolder() })).toThrow(/no backend "cuda"/);
  });
});

describe('trying and choosing', () => {
  const computing = (options: {
    answers: Parameters<typeof fakeTrainer>[0];
    folder?: string;
    asked?: BackendName;
    training?: boolean;
  }) => {
    const folder = options.folder ?? temporaryFolder();
    return createComputing({
      settings: createSettings(folder),
      spawnTrainer: fakeTrainer(options.answers),
      asked: options.asked ?? null,
      training: () => options.training === true,
    });
  };
  const works = {
    tensorflow: probe('tensorflow', 10),
    webgpu: probe('webgpu', 300),
    wasm: probe('wasm', 100),
    cpu: probe('cpu', 900),
  };

  it('tries every backend, and passes over a graphics card that is slower than WebAssembly', async () => {
    const { probe: tryAll } = computing({ answers: { ...works, tensorflow: 'crash' } });
    const status = await tryAll(hooks());
    expect(status.probes.map(({ backend, refusal }) => [backend, refusal?.code])).toEqual([
      ['tensorflow', 'crashed'],
      ['webgpu', 'slower'],
      ['wasm', undefined],
      ['cpu', undefined],
    ]);
    expect(status).toMatchObject({ chosen: null, asked: null, used: 'wasm' });
  });

  it('keeps a choice that works, for the next start too', async () => {
    const folder = temporaryFolder();
    const first = computing({ answers: works, folder });
    expect(first.wish()).toBe(undefined);
    expect(await first.choose('cpu', hooks())).toMatchObject({ chosen: 'cpu', used: 'cpu' });
    expect(computing({ answers: works, folder }).wish()).toEqual({ backend: 'cpu', strict: false });
    await first.choose(null, hooks());
    expect(computing({ answers: works, folder }).wish()).toBe(undefined);
  });

  it('refuses a choice that does not work, says why, and leaves the one from before', async () => {
    const folder = temporaryFolder();
    const { choose, status } = computing({ answers: { ...works, webgpu: probe('webgpu', null, 'no-adapter') }, folder });
    await choose('wasm', hooks());
    await expect(choose('webgpu', hooks())).rejects.toMatchObject({ code: 'backend-unfit', message: /for a reason.*stays/ });
    expect(status().chosen).toBe('wasm');
    expect(status().probes.find(({ backend }) => backend === 'webgpu')?.refusal?.code).toBe('no-adapter');
  });

  it('goes by what was asked for at the start, which nothing replaces', () => {
    const folder = temporaryFolder();
    createSettings(folder).write({ backend: 'cpu' });
    expect(computing({ answers: works, folder, asked: 'wasm' }).wish()).toEqual({ backend: 'wasm', strict: true });
  });

  it('does not slow a training down', async () => {
    const busy = computing({ answers: works, training: true });
    await expect(busy.probe(hooks())).rejects.toMatchObject({ code: 'training-runs' });
    await expect(busy.choose('cpu', hooks())).rejects.toMatchObject({ code: 'training-runs' });
  });

  it('falls back to the defaults where the settings are damaged', () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'settings.json');
    for (const text of ['', '{"backend":"cuda"}', '[]', '{"backend":']) {
      writeFileSync(file, text);
      expect(createSettings(folder).read()).toEqual({ backend: null });
    }
    createSettings(folder).write({ backend: 'wasm' });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ backend: 'wasm' });
    expect(existsSync(`${file}.new`)).toBe(false);
  });
});

describe('a backend that takes its process down', () => {
  const request = {} as TrainRequest;

  it('is left out of the next attempt, and named', async () => {
    const told: Capability[] = [];
    const model = await trainInProcess(fakeTrainer({ tensorflow: 'crash', webgpu: 'crash' }), request, {
      onComputing: (capability) => void told.push(capability),
    });
    expect(model).toEqual({ backend: 'wasm' });
    expect(told.map(({ backend, refused }) => [backend, refused.map(({ backend: name, code }) => `${name} ${code}`)])).toEqual([
      ['wasm', ['tensorflow crashed', 'webgpu crashed']],
    ]);
  });

  it('fails the training where it alone would do', async () => {
    const training = trainInProcess(fakeTrainer({ webgpu: 'crash' }), request, { wish: { backend: 'webgpu', strict: true } });
    await expect(training).rejects.toMatchObject({ code: 'trainer-died', message: /webgpu.*Choose another/ });
  });

  it('is an answer when it is tried', async () => {
    expect(await probeInProcess(fakeTrainer({ webgpu: 'crash' }), 'webgpu', true)).toMatchObject({
      backend: 'webgpu',
      selfTest: null,
      refusal: { code: 'crashed' },
    });
  });
});
