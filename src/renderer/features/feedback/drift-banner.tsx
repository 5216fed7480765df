import type { DriftNotice } from '../../../shared/contract/trust.ts';
import { Button, LinkButton } from '../../components/button.tsx';
import { JobProgress } from '../../components/progress.tsx';
import { Banner, Problem } from '../../components/states.tsx';
import { useAction } from '../../data/use-action.ts';
import { useLatestJob } from '../../data/use-jobs.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';
import { driftSentences } from './feedback-words.ts';

/** That forecasts have been off, and what to do: train again, or take an earlier model. */
export function DriftBanner({ drift, names }: { readonly drift: DriftNotice; readonly names: SkillNames }) {
  const { t, format } = useWords();
  const train = useAction('model.train');
  const job = useLatestJob('train')?.job;
  const [first, ...rest] = driftSentences(drift, names, t, format);
  return (
    <Banner tone="warning">
      <p>
        <strong>{first}</strong>
      </p>
      {rest.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {job?.state === 'running' ? (
        <JobProgress job={job} />
      ) : (
        <div className="action-row">
          <Button kind="primary" isPending={train.busy} onPress={() => void train.run({})}>
            {t('feedback.drift.retrain')}
          </Button>
          <LinkButton to={{ screen: 'model' }}>{t('feedback.drift.other')}</LinkButton>
          <span className="note">{t('feedback.drift.retrainNote')}</span>
        </div>
      )}
      {train.error === undefined ? null : <Problem failure={train.error} />}
    </Banner>
  );
}
