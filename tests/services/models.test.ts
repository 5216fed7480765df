import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createModels } from '../../src/main/services/models.ts';
import type { Gradebook } from '../../src/main/services/ports.ts';

const resources = path.join(import.meta.dirname, '..', '..', 'resources');

function modelsWith(change: (header: string) => string) {
  const folder = mkdtempSync(path.join(tmpdir(), 'pathlight-models-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(path.join(resources, 'starter'), path.join(folder, 'own'), { recursive: true });
  const file = path.join(folder, 'own', 'model.json');
  writeFileSync(file, change(readFileSync(file, 'utf8')));
  const record = { id: 'm1', trainedAt: 5, learner: 'maml', folder: 'own', answers: 0 };
  return createModels({
    folder,
    resources,
    gradebook: {
      read: { models: () => [record], modelUses: () => [{ modelId: 'm1', since: 5, afterImport: 0, reason: 'trained' }] },
    } as unknown as Gradebook,
    clock: () => 6,
    newId: () => 'm2',
    spawnTrainer: () => {
      throw new Error('Nothing is trained here.');
    },
  });
}

it('a model of an older Pathlight leaves the starter to speak, a damaged one says so', () => {
  expect(modelsWith((header) => header).current().note).toMatchObject({ kind: 'own', trainedAt: 5 });
  const older = modelsWith((header) => header.replace(/"version": \d+/, '"version": 2'));
  expect(older.current().note).toEqual({ id: null, kind: 'starter', trainedAt: null, pastStudents: 0 });
  const damaged = modelsWith((header) => header.replace('"learner": "maml"', '"learner": "nobody"'));
  expect(() => damaged.current()).toThrow(/checksum/);
});
