import type { Job } from '../../shared/contract/common.ts';
import type { ApplicationEvent } from '../../shared/contract/index.ts';
import { CancelledError } from '../../shared/errors.ts';
import { describeFailure } from './failure.ts';
import type { Clock, JobHooks } from './ports.ts';

export interface RunningHooks extends JobHooks {
  readonly signal: AbortSignal;
  /** Fraction 0 to 1, what is being done, and a point of the training curve where there is one. */
  report(fraction: number, stage: string, point?: NonNullable<Job['curve']>[number]): void;
}

export interface Jobs {
  /** Starts work in the background and returns its id at once; everything else arrives as events. */
  start(kind: Job['kind'], run: (hooks: RunningHooks) => Promise<unknown>): string;
  list(): readonly Job[];
  /** False where the job is over or unknown. */
  cancel(id: string): boolean;
  /** Resolves when all that is running has ended. */
  settled(): Promise<void>;
}

/** How many finished jobs stay listed. */
const KEPT = 20;
/** A screen is not told more often than this. */
const REPORT_EVERY_MS = 100;

export function createJobs(options: {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly emit: (event: ApplicationEvent) => void;
}): Jobs {
  const { clock, newId, emit } = options;
  const jobs = new Map<string, { job: Job; abort: AbortController; ended: Promise<void> }>();
  return {
    start(kind, run) {
      const id = newId();
      const abort = new AbortController();
      const began = clock();
      let lastReport = -Infinity;
      const update = (change: Partial<Job>, result?: unknown): void => {
        const entry = jobs.get(id);
        if (!entry) return;
        entry.job = { ...entry.job, ...change };
        emit(result === undefined ? { type: 'job', job: entry.job } : { type: 'job', job: entry.job, result });
      };
      const report = (fraction: number, stage: string, point?: NonNullable<Job['curve']>[number]): void => {
        const entry = jobs.get(id);
        if (!entry || entry.job.state !== 'running') return;
        const elapsed = clock() - began;
        const remainingMs = fraction > 0.03 && elapsed > 500 ? Math.round((elapsed * (1 - fraction)) / fraction) : null;
        const curve = point ? [...(entry.job.curve ?? []), point] : entry.job.curve;
        const change = {
          fraction: Math.min(1, Math.max(entry.job.fraction, fraction)),
          stage,
          remainingMs,
          ...(curve ? { curve } : {}),
        };
        const told = point !== undefined || stage !== entry.job.stage || clock() - lastReport >= REPORT_EVERY_MS;
        if (!told) {
          entry.job = { ...entry.job, ...change };
          return;
        }
        lastReport = clock();
        update(change);
      };
      const hooks: RunningHooks = {
        signal: abort.signal,
        report,
        onProgress: (progress) => report(progress.fraction, progress.stage),
      };
      const ended = Promise.resolve()
        .then(() => run(hooks))
        .then(
          (result) => update({ state: 'done', fraction: 1, remainingMs: 0 }, result ?? null),
          (error: unknown) => {
            if (error instanceof CancelledError) update({ state: 'cancelled', remainingMs: null });
            else update({ state: 'failed', remainingMs: null, error: describeFailure(error) });
          },
        );
      jobs.set(id, { job: { id, kind, state: 'running', fraction: 0, remainingMs: null, stage: 'starting' }, abort, ended });
      const finished = [...jobs].filter(([, entry]) => entry.job.state !== 'running');
      for (const [old] of finished.slice(0, Math.max(0, finished.length - KEPT))) jobs.delete(old);
      emit({ type: 'job', job: jobs.get(id)!.job });
      return id;
    },
    list: () => [...jobs.values()].map((entry) => entry.job),
    cancel(id) {
      const entry = jobs.get(id);
      if (!entry || entry.job.state !== 'running') return false;
      entry.abort.abort();
      return true;
    },
    async settled() {
      await Promise.all([...jobs.values()].map((entry) => entry.ended));
    },
  };
}
