import { ProgressBar } from 'react-aria-components';
import type { Job } from '../../shared/contract/common.ts';
import { useApplication } from '../data/application-context.tsx';
import { useWords } from '../i18n/use-words.ts';
import { Button } from './button.tsx';

/** A running job: what it does, how far it is, how long it still takes, and a way to stop it. */
export function JobProgress({ job, label }: { readonly job: Job; readonly label?: string }) {
  const { jobs } = useApplication();
  const { t, format, code } = useWords();
  const kind = label ?? t(`jobs.kind.${job.kind}`);
  const parts = [
    format.percent(job.fraction),
    ...(job.remainingMs === null ? [] : [t('jobs.remaining', { time: format.duration(job.remainingMs) })]),
  ];
  return (
    <div className="job">
      <ProgressBar value={100 * job.fraction} aria-label={kind} valueLabel={parts.join(' · ')} className="progress">
        <div className="progress-words">
          <span className="progress-kind">{kind}</span>
          <span className="progress-stage">{code('jobs.stage', job.stage, {}, '')}</span>
          <span className="progress-numbers">{parts.join(' · ')}</span>
        </div>
        <div className="progress-track">
          <div className="progress-fill" style={{ inlineSize: `${100 * job.fraction}%` }} />
        </div>
      </ProgressBar>
      <Button kind="quiet" onPress={() => void jobs.cancel(job.id)}>
        {t('jobs.cancel')}
      </Button>
    </div>
  );
}
