import { useSyncExternalStore } from 'react';
import { useApplication } from './application-context.tsx';
import type { JobEntry } from './job-store.ts';

/** All jobs that this window has heard of, oldest first. */
export function useJobs(): readonly JobEntry[] {
  const { jobs } = useApplication();
  return useSyncExternalStore(jobs.subscribe, jobs.entries);
}

export function useJob(jobId: string | undefined): JobEntry | undefined {
  return useJobs().find((entry) => entry.job.id === jobId);
}

/** The newest job of a kind, running or ended. */
export function useLatestJob(kind: JobEntry['job']['kind']): JobEntry | undefined {
  return useJobs().findLast((entry) => entry.job.kind === kind);
}
