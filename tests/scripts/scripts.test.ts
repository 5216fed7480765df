import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { softwareGpu, usualPlaces } from '../../scripts/find-chromium.mjs';
import { EXPLANATION, isNewEnough } from '../../scripts/node24.mjs';
import { decide, decideGpu, whyNoGpu } from '../../scripts/setup-tensorflow.mjs';
import { defaultDataFolder } from '../../src/main/platform/default-folder.ts';
import { temporaryFolder } from '../support/folders.ts';

describe('setting TensorFlow up', () => {
  const way = (name: string, reason: string | null, log: string[]) => ({ name, run: () => (log.push(name), reason) });

  it('does nothing where the binding loads', () => {
    const log: string[] = [];
    expect(decide({ loads: () => true, ways: [way('download', null, log)] })).toMatchObject({ backend: 'tensorflow' });
    expect(log).toEqual([]);
  });

  it('takes the ways in order until one leaves a binding that loads', () => {
    const log: string[] = [];
    const found = decide({
      loads: () => log.includes('wheel'),
      ways: [way('download', 'refused', log), way('wheel', null, log), way('third', null, log)],
    });
    expect(found).toEqual({ backend: 'tensorflow', line: 'Pathlight will compute with TensorFlow (wheel).' });
    expect(log).toEqual(['download', 'wheel']);
  });

  it('says in one line what will be used otherwise, and why', () => {
    const { backend, line } = decide({ loads: () => false, ways: [way('download', 'refused', []), way('wheel', null, [])] });
    expect(backend).toBe('wasm');
    expect(line).toContain('download: refused; wheel: built, but it does not load');
    expect(line).not.toContain('\n');
  });
});

describe('setting TensorFlow’s CUDA library up', () => {
  const machine = { platform: 'linux', arch: 'x64', freeBytes: 50e9, driver: true, force: false };
  const steps = (parts: Partial<Parameters<typeof decideGpu>[0]>, log: string[] = []): Parameters<typeof decideGpu>[0] => ({
    refusal: null,
    build: () => (log.push('build'), null),
    inspect: () => ({ gpu: true }),
    goBack: () => (log.push('back'), Promise.resolve({ line: 'Pathlight will compute with TensorFlow.' })),
    ...parts,
  });

  it('is refused before anything is downloaded where it cannot be of use, saying what is missing', () => {
    expect(whyNoGpu(machine)).toBe(null);
    expect(whyNoGpu({ ...machine, platform: 'win32' })).toMatch(/Linux on x64 only.*win32 on x64.*WebGPU/);
    expect(whyNoGpu({ ...machine, arch: 'arm64' })).toMatch(/linux on arm64/);
    expect(whyNoGpu({ ...machine, driver: false })).toMatch(/nvidia-smi.*--force/);
    expect(whyNoGpu({ ...machine, driver: false, force: true })).toBe(null);
    expect(whyNoGpu({ ...machine, freeBytes: 4e9 })).toMatch(/10 GB.*4\.0 GB are free/);
  });

  it('downloads nothing where it is refused', async () => {
    const log: string[] = [];
    expect(await decideGpu(steps({ refusal: 'No.' }, log))).toEqual({ done: false, line: 'No.' });
    expect(log).toEqual([]);
  });

  it('says whether a graphics card computes', async () => {
    expect(await decideGpu(steps({}))).toMatchObject({ done: true, line: expect.stringMatching(/on the graphics card/) });
    const without = await decideGpu(steps({ inspect: () => ({ gpu: false }) }));
    expect(without).toMatchObject({ done: true, line: expect.stringMatching(/sees no NVIDIA graphics card.*--cpu/) });
  });

  it('goes back to the ordinary library where it does not build or load', async () => {
    for (const parts of [{ build: () => 'no compiler' }, { inspect: () => null }]) {
      const log: string[] = [];
      const { done, line } = await decideGpu(steps(parts, log));
      expect(done).toBe(false);
      expect(line).toMatch(
        /cannot be used \((no compiler|built, but it does not load)\)\. Pathlight will compute with TensorFlow/,
      );
      expect(log.at(-1)).toBe('back');
    }
  });
});

describe('the graphics card in software for the tests', () => {
  it('lies beside a Chromium under Linux, with its Vulkan loader where the browser brings one', () => {
    const folder = temporaryFolder();
    const chromium = path.join(folder, 'chrome');
    writeFileSync(chromium, '');
    const driver = path.join(folder, 'vk_swiftshader_icd.json');
    writeFileSync(driver, '');
    expect(softwareGpu(chromium, 'linux')).toEqual({ VK_DRIVER_FILES: driver });
    writeFileSync(path.join(folder, 'libvulkan.so.1'), '');
    expect(softwareGpu(chromium, 'linux')).toMatchObject({
      VK_DRIVER_FILES: driver,
      LD_LIBRARY_PATH: expect.stringContaining(folder),
    });
  });

  it('is none without a Chromium, and needs nothing elsewhere', () => {
    expect(softwareGpu(null, 'linux')).toBe(null);
    expect(softwareGpu(null, 'win32')).toEqual({});
  });
});

describe('the guard against an old Node', () => {
  it('knows which Node runs TypeScript as it is', () => {
    expect(['20.19.0', '22.17.1', '18.0.0'].map(isNewEnough)).toEqual([false, false, false]);
    expect(['22.18.0', '24.21.0', '25.0.0'].map(isNewEnough)).toEqual([true, true, true]);
    expect(EXPLANATION).toMatch(/npm install/);
  });
});

describe('places of each system', () => {
  it('looks for a Chromium where each system keeps it', () => {
    expect(usualPlaces('win32', { PROGRAMFILES: 'C:\\Program Files' })).toContain(
      'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
    );
    expect(usualPlaces('darwin', {})[0]).toMatch(/^\/Applications\//);
    expect(usualPlaces('linux', { PATH: '/usr/bin:/snap/bin' })).toContain('/snap/bin/chromium');
  });

  it('keeps data where each system keeps an application’s', () => {
    expect(defaultDataFolder('win32', { APPDATA: 'C:\\Users\\t\\AppData\\Roaming' }, 'C:\\Users\\t')).toBe(
      'C:\\Users\\t\\AppData\\Roaming\\Pathlight',
    );
    expect(defaultDataFolder('darwin', {}, '/Users/t')).toBe('/Users/t/Library/Application Support/Pathlight');
    expect(defaultDataFolder('linux', {}, '/home/t')).toBe('/home/t/.config/Pathlight');
    expect(defaultDataFolder('linux', { PATHLIGHT_FOLDER: '/data' }, '/home/t')).toBe('/data');
  });
});

describe('who may import whom', () => {
  const root = path.join(import.meta.dirname, '..', '..');
  const eslint = new ESLint({ cwd: root });
  const rulesBroken = async (file: string, code: string): Promise<(string | null)[]> => {
    const [result] = await eslint.lintText(code, { filePath: path.join(root, file) });
    return [...new Set(result!.messages.filter((message) => message.severity === 2).map((message) => message.ruleId))];
  };

  it.each([
    [
      'src/learning/random.ts',
      "import { createReader } from '../main/database/reader.ts';\nexport const x = createReader;\n",
      'boundaries/dependencies',
    ],
    [
      'src/compute/backend.ts',
      "import { PathlightError } from '../shared/errors.ts';\nexport const x = PathlightError;\n",
      'boundaries/dependencies',
    ],
    [
      'src/renderer/main.tsx',
      "import { createApplication } from '../main/application.ts';\nexport const x = createApplication;\n",
      'boundaries/dependencies',
    ],
    [
      'src/main/database/reader.ts',
      "import { createJobs } from '../services/jobs.ts';\nexport const x = createJobs;\n",
      'boundaries/dependencies',
    ],
    [
      'src/main/services/jobs.ts',
      "import { createApplication } from '../application.ts';\nexport const x = createApplication;\n",
      'boundaries/dependencies',
    ],
    ['src/learning/random.ts', "import fs from 'node:fs';\nexport const x = fs;\n", 'no-restricted-imports'],
    ['src/learning/random.ts', 'export const x = Math.random();\n', 'no-restricted-properties'],
    ['src/learning/random.ts', 'export const x = new Date();\n', 'no-restricted-syntax'],
    ['src/shared/errors.ts', "import fs from 'node:fs';\nexport const x = fs;\n", 'no-restricted-imports'],
    ['src/main/services/jobs.ts', "import { app } from 'electron';\nexport const x = app;\n", 'no-restricted-imports'],
    [
      'src/main/services/jobs.ts',
      "import Sqlite from 'better-sqlite3';\nexport const x = Sqlite;\n",
      '@typescript-eslint/no-restricted-imports',
    ],
    ['src/renderer/main.tsx', "import fs from 'node:fs';\nexport const x = fs;\n", 'no-restricted-imports'],
    ['src/cli/paths.ts', "import { App } from '../renderer/App.tsx';\nexport const x = App;\n", 'boundaries/dependencies'],
    ['src/nowhere.ts', 'export const x = 1;\n', 'boundaries/no-unknown-files'],
  ])('%s: %s', async (file, code, rule) => {
    expect(await rulesBroken(file, code)).toContain(rule);
  });
});
