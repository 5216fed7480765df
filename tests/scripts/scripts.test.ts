import path from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { usualPlaces } from '../../scripts/find-chromium.mjs';
import { EXPLANATION, isNewEnough } from '../../scripts/node24.mjs';
import { decide } from '../../scripts/setup-tensorflow.mjs';
import { defaultDataFolder } from '../../src/main/platform/default-folder.ts';

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
    ['src/nowhere.ts', 'export const x = 1;\n', 'boundaries/no-unknown-files'],
  ])('%s: %s', async (file, code, rule) => {
    expect(await rulesBroken(file, code)).toContain(rule);
  });
});
