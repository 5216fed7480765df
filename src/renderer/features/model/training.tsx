import { trainResult } from '../../../shared/contract/model.ts';
import type { RouteOutput } from '../../../shared/contract/index.ts';
import { Button } from '../../components/button.tsx';
import { TrainingCurve } from '../../components/charts/training-curve.tsx';
import { Section } from '../../components/page.tsx';
import { JobProgress } from '../../components/progress.tsx';
import { Banner, Problem } from '../../components/states.tsx';
import { useAction } from '../../data/use-action.ts';
import { useLatestJob } from '../../data/use-jobs.ts';
import { useWords } from '../../i18n/use-words.ts';

/** Starts meta-training and shows how it goes: progress, remaining time, the curve as it grows, and how it ended. */
export function Training({ status }: { readonly status: RouteOutput<'model.status'> }) {
  const { t, failure, code } = useWords();
  const backendName = (backend: string): string => code('computing.inSentence', backend, {}, backend);
  const train = useAction('model.train');
  const latest = useLatestJob('train');
  const job = latest?.job;
  const replaced = trainResult.safeParse(latest?.result).data?.replaced;
  const running = job?.state === 'running' ? job : undefined;
  const curve = running?.curve ?? [];
  return (
    <Section title={t('model.status')}>
      <ul className="plain-list">
        <li>
          {status.trainableStudents === 0 ? t('model.trainableNone') : t('model.trainable', { count: status.trainableStudents })}
        </li>
        {status.model.kind === 'own' ? (
          <li>{status.answersSince === 0 ? t('model.sinceNone') : t('model.since', { count: status.answersSince })}</li>
        ) : (
          <li>{t('model.starterNote')}</li>
        )}
      </ul>
      {running === undefined ? (
        <div className="action-row">
          <Button
            kind="primary"
            isPending={train.busy}
            isDisabled={status.trainableStudents === 0}
            onPress={() => void train.run({})}
          >
            {t(status.model.kind === 'own' ? 'model.again' : 'model.start')}
          </Button>
          <p className="note">{t('model.startNote')}</p>
        </div>
      ) : (
        <>
          <JobProgress job={running} />
          {curve.length > 1 ? <TrainingCurve curve={curve} /> : <p className="note">{t('model.curveNone')}</p>}
        </>
      )}
      {train.error === undefined ? null : <Problem failure={train.error} />}
      {job?.state === 'failed' ? (
        <Banner tone="warning">
          <p>{t('model.failed', { reason: job.error === undefined ? '' : failure(job.error) })}</p>
        </Banner>
      ) : null}
      {job?.state === 'cancelled' ? (
        <Banner tone="information">
          <p>{t('model.cancelled')}</p>
        </Banner>
      ) : null}
      {job?.state === 'done' ? (
        <Banner tone="good">
          <p>{t('model.done')}</p>
        </Banner>
      ) : null}
      {job?.state === 'done' && replaced ? (
        <Banner tone="warning">
          <p>{t('computing.replaced', { chosen: backendName(replaced.chosen), used: backendName(replaced.used) })}</p>
        </Banner>
      ) : null}
    </Section>
  );
}
