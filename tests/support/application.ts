import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { createApplication } from '../../src/main/application.ts';
import type { Application, ApplicationOptions } from '../../src/main/application-options.ts';
import { forkTrainer } from '../../src/main/trainer/fork.ts';
import type { RouteInput, RouteName, RouteOutput } from '../../src/shared/contract/index.ts';
import type { Job } from '../../src/shared/contract/common.ts';
import { temporaryFolder } from './folders.ts';

export const RESOURCES = path.join(import.meta.dirname, '..', '..', 'resources');

export interface TestApplication {
  readonly application: Application;
  readonly folder: string;
  get<Name extends RouteName>(name: Name, input: RouteInput<Name>): Promise<RouteOutput<Name>>;
  /** Waits for a job's end and returns it with its result. */
  finish(jobId: string): Promise<{ job: Job; result: unknown }>;
  stage(name: string, text: string | Uint8Array): string;
  /** Imports texts as files and returns the job's end. */
  importTexts(files: Readonly<Record<string, string>>): Promise<{ job: Job; result: unknown }>;
}

export function startApplication(options: Partial<ApplicationOptions> = {}): TestApplication {
  const folder = options.folder ?? temporaryFolder();
  const application = createApplication({
    folder,
    clock: () => Date.now(),
    newId: randomUUID,
    spawnTrainer: forkTrainer,
    host: 'browser',
    resources: RESOURCES,
    version: '0.0.0',
    ...options,
  });
  onTestFinished(() => application.close());
  const ended = new Map<string, { job: Job; result: unknown }>();
  const waiting = new Map<string, (end: { job: Job; result: unknown }) => void>();
  application.onEvent((event) => {
    if (event.type !== 'job' || event.job.state === 'running') return;
    const end = { job: event.job, result: event.result };
    ended.set(event.job.id, end);
    waiting.get(event.job.id)?.(end);
  });
  const test: TestApplication = {
    application,
    folder,
    async get(name, input) {
      const envelope = await application.call(name, input);
      if (!envelope.ok) throw Object.assign(new Error(envelope.error.message), envelope.error);
      return envelope.data;
    },
    finish: (jobId) => {
      const end = ended.get(jobId);
      return end ? Promise.resolve(end) : new Promise((resolve) => waiting.set(jobId, resolve));
    },
    stage: (name, text) => application.stageFile(name, typeof text === 'string' ? new TextEncoder().encode(text) : text).id,
    async importTexts(files) {
      const fileIds = Object.entries(files).map(([name, text]) => test.stage(name, text));
      const { jobId } = await test.get('imports.commit', { fileIds });
      return test.finish(jobId);
    },
  };
  return test;
}
