// What the stages of scripts/scale.ts share.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createApplication } from '../../src/main/application.ts';
import type { Application } from '../../src/main/application-options.ts';
import { forkTrainer } from '../../src/main/trainer/fork.ts';
import type { RouteInput, RouteName, RouteOutput } from '../../src/shared/contract/index.ts';

export const clock = (): number => Date.now();
export const dataFolder = (): string => path.join(process.argv[2]!, 'data');
export const resources = path.join(import.meta.dirname, '..', '..', 'resources');

export function openApplication(): Application {
  return createApplication({
    folder: dataFolder(),
    clock,
    newId: randomUUID,
    spawnTrainer: forkTrainer,
    host: 'browser',
    resources,
    version: '0.0.0',
  });
}

export async function call<Name extends RouteName>(
  application: Application,
  name: Name,
  input: RouteInput<Name>,
): Promise<RouteOutput<Name>> {
  const envelope = await application.call(name, input);
  if (!envelope.ok) throw new Error(envelope.error.message);
  return envelope.data;
}

/** Milliseconds, to a tenth. */
export async function timed<Result>(work: () => Result | Promise<Result>): Promise<{ result: Result; ms: number }> {
  const begun = performance.now();
  const result = await work();
  return { result, ms: Math.round((performance.now() - begun) * 10) / 10 };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]! * 100) / 100;
}
