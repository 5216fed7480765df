import { useEffect, useRef, useState } from 'react';
import { useAnnounce } from '../../components/announcer.tsx';
import { Banner } from '../../components/states.tsx';
import type { JobEntry } from '../../data/job-store.ts';
import { useJobs } from '../../data/use-jobs.ts';
import { useWords } from '../../i18n/use-words.ts';

const SHOWN_MS = 10_000;

/** Says how each job ended, wherever the person is by then: once in the live region, and in the corner for a while. */
export function JobOutcomes() {
  const entries = useJobs();
  const { t, failure } = useWords();
  const announce = useAnnounce();
  const running = useRef(new Set<string>());
  const [outcome, setOutcome] = useState<{ readonly entry: JobEntry; readonly text: string }>();

  useEffect(() => {
    for (const entry of entries) {
      const { job } = entry;
      if (job.state === 'running') {
        running.current.add(job.id);
        continue;
      }
      if (!running.current.delete(job.id)) continue;
      const kind = t(`jobs.kind.${job.kind}`);
      const text =
        job.state === 'done'
          ? t('jobs.finished', { kind })
          : job.state === 'cancelled'
            ? t('jobs.cancelledWith', { kind })
            : t('jobs.failedWith', { kind, reason: job.error === undefined ? '' : failure(job.error) });
      announce(text);
      setOutcome({ entry, text });
    }
  }, [entries, t, failure, announce]);

  useEffect(() => {
    if (outcome === undefined || outcome.entry.job.state === 'failed') return undefined;
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  if (outcome === undefined) return null;
  return (
    <div className="outcome">
      <Banner tone={outcome.entry.job.state === 'done' ? 'good' : 'warning'} onDismiss={() => setOutcome(undefined)}>
        <p>{outcome.text}</p>
      </Banner>
    </div>
  );
}
