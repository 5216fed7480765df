import type { Job } from '../../shared/contract/common.ts';
import type { ApplicationEvent, PathlightApi } from '../../shared/contract/index.ts';

export interface JobEntry {
  readonly job: Job;
  /** The job's own result; undefined until it is done, or where it ended while this window was not listening. */
  readonly result: unknown;
}

/** All jobs that this window has heard of, newest last. */
export class JobStore {
  readonly #api: PathlightApi;
  readonly #listeners = new Set<() => void>();
  #entries: readonly JobEntry[] = [];

  constructor(api: PathlightApi) {
    this.#api = api;
  }

  readonly entries = (): readonly JobEntry[] => this.#entries;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes the host's list: for the start, and after the connection was lost. */
  async read(): Promise<void> {
    const answer = await this.#api.call('jobs.list', {});
    if (!answer.ok) return;
    for (const job of answer.data.jobs) this.#take(job, undefined);
  }

  handle(event: ApplicationEvent): void {
    if (event.type === 'job') this.#take(event.job, event.result);
  }

  async cancel(jobId: string): Promise<void> {
    await this.#api.call('jobs.cancel', { jobId });
  }

  forget(jobId: string): void {
    this.#entries = this.#entries.filter((entry) => entry.job.id !== jobId);
    this.#listeners.forEach((listener) => listener());
  }

  #take(job: Job, result: unknown): void {
    const index = this.#entries.findIndex((entry) => entry.job.id === job.id);
    const known = this.#entries[index];
    // A list that was read before the last event arrives late: what has ended stays ended.
    if (known !== undefined && known.job.state !== 'running' && job.state === 'running') return;
    const entry: JobEntry = { job, result: result ?? known?.result };
    this.#entries = index === -1 ? [...this.#entries, entry] : this.#entries.with(index, entry);
    this.#listeners.forEach((listener) => listener());
  }
}
