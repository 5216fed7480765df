import { fork } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { expect } from 'vitest';
import type { Capability } from '../../src/compute/backend.ts';
import type { BackendTraining } from './train-on-backend.ts';

export interface TrainedOnBackend {
  readonly capability: Capability;
  readonly results: Readonly<Record<string, BackendTraining>>;
}

/** Trains in a process of its own. @param learners as `phi/maml:4` @throws Error where the backend does not start */
export function trainOnBackend(backend: string, learners: readonly string[]): Promise<TrainedOnBackend> {
  return answerOf<TrainedOnBackend | { error: string }>('train-on-backend.ts', [backend, ...learners]).then((message) => {
    if ('error' in message) throw new Error(`${backend}: ${message.error}`);
    return message;
  });
}

/** What a process of its own sends. @param script beside this file @throws Error where it ends without a word */
export function answerOf<Answer>(script: string, args: readonly string[] = []): Promise<Answer> {
  const child = fork(path.join(import.meta.dirname, script), args, {
    serialization: 'advanced',
    execArgv: ['--no-deprecation'],
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Answer));
    child.once('exit', (code, signal) => reject(new Error(`${script} ${args[0] ?? ''}: the process ended (${signal ?? code}).`)));
  });
}

/** Parameters, losses and forecasts of one learner equal those of another backend, by far closer than the training moved them. */
export function expectSameTraining(got: BackendTraining, wanted: BackendTraining, tolerance: number): void {
  expect(wanted.moved).toBeGreaterThan(tolerance);
  const limit = Math.min(tolerance, wanted.moved / 10);
  const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
    expect(a.length).toBe(b.length);
    // Kept where it is no number: NaN is less than nothing.
    return Array.from(a, (value, at) => Math.abs(value - b[at]!)).reduce((x, y) => (y <= x ? x : y), 0);
  };
  expect(Object.keys(got.parameters)).toEqual(Object.keys(wanted.parameters));
  for (const [name, values] of Object.entries(wanted.parameters))
    expect(furthest(got.parameters[name]!, values), name).toBeLessThan(limit);
  expect(furthest(got.losses, wanted.losses), 'losses').toBeLessThan(tolerance);
  expect(furthest(got.forecasts, wanted.forecasts), 'forecasts').toBeLessThan(tolerance);
}
