import { useEffect, useRef, useState } from 'react';
import { useAnnounce } from '../../components/announcer.tsx';
import { Banner } from '../../components/states.tsx';
import type { Job } from '../../../shared/contract/common.ts';
import type { Screen } from '../../routing/place.ts';
import type { JobEntry } from '../../data/job-store.ts';
import { useJobs } from '../../data/use-jobs.ts';
import { useWords } from '../../i18n/use-words.ts';

const SHOWN_MS = 10_000;

/** The screen that shows by itself how a job of this kind ended. */
const OWN_SCREEN: Readonly<Record<Job['kind'], Screen | undefined>> = {
  import: 'imports',
  undo: 'imports',
  train: 'model',
  sample: 'class',
  export: undefined,
  probe: 'settings',
};

/** Says how each job ended, wherever the person is by then: once in the live region, and in the corner for a while. */
export function JobOutcomes({ screen }: { readonly screen: Screen }) {
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

  const shownThere = outcome !== undefined && OWN_SCREEN[outcome.entry.job.kind] === screen;
  useEffect(() => {
    // Seen where it happened: it need not be said again on the next screen.
    if (shownThere) setOutcome(undefined);
  }, [shownThere]);

  if (outcome === undefined || shownThere) return null;
  return (
    <div className="outcome">
      <Banner tone={outcome.entry.job.state === 'done' ? 'good' : 'warning'} onDismiss={() => setOutcome(undefined)}>
        <p>{outcome.text}</p>
      </Banner>
    </div>
  );
}
