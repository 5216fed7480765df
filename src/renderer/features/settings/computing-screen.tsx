import { useEffect, useRef } from 'react';
import type { BackendProbe, ComputingStatus } from '../../../shared/contract/computing.ts';
import { BACKEND_NAMES } from '../../../shared/contract/computing.ts';
import { Button, Choice } from '../../components/button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Page, Section } from '../../components/page.tsx';
import { JobProgress } from '../../components/progress.tsx';
import { Banner, Loaded, Problem, Skeleton } from '../../components/states.tsx';
import { useAction } from '../../data/use-action.ts';
import { useLatestJob } from '../../data/use-jobs.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { isComplete, readWays, USUAL_TIMES } from './computing-reading.ts';
import type { Way } from './computing-reading.ts';

function useReason(): (probe: BackendProbe) => string {
  const { code } = useWords();
  return ({ refusal }) => (refusal === null ? '' : code('computing.refusals', refusal.code, refusal.detail, refusal.reason));
}

/** One sentence: what a training uses here, and what that means for its length. */
function useLead(status: ComputingStatus | undefined, running: boolean): string | undefined {
  const { t, format } = useWords();
  if (status === undefined) return undefined;
  if (status.used === null) {
    if (running || !isComplete(status)) return t(running ? 'computing.leadUnknown' : 'computing.leadNotTried');
    return t(status.asked === null ? 'computing.leadNothing' : 'computing.leadAskedFails');
  }
  const name = t(`computing.inSentence.${status.used}`);
  const way = readWays(status).find(({ used }) => used);
  if (!isComplete(status) || way === undefined || way.times === null) return t('computing.lead', { name });
  return way.fastest || way.times === 1
    ? t('computing.leadFastest', { name })
    : t('computing.leadSlower', { name, times: format.number(way.times) });
}

function Notices({ status }: { readonly status: ComputingStatus }) {
  const { t, format } = useWords();
  const reason = useReason();
  const { asked, chosen, used, probes } = status;
  const failed = (backend: typeof asked): boolean => probes.some((probe) => probe.backend === backend && probe.selfTest === null);
  const tensorflow = probes.find(({ backend }) => backend === 'tensorflow');
  return (
    <>
      {asked === null ? null : (
        <Banner tone={failed(asked) ? 'warning' : 'information'}>
          <p>{t(failed(asked) ? 'computing.askedFails' : 'computing.asked', { name: t(`computing.inSentence.${asked}`) })}</p>
        </Banner>
      )}
      {asked === null && chosen !== null && used !== null && used !== chosen && failed(chosen) ? (
        <Banner tone="warning">
          <p>
            {t('computing.chosenFails', { name: t(`computing.inSentence.${chosen}`), used: t(`computing.inSentence.${used}`) })}
          </p>
        </Banner>
      ) : null}
      {isComplete(status) && (used === 'wasm' || used === 'cpu') && tensorflow?.refusal ? (
        <Banner tone="information">
          <p>
            {t('computing.faster', {
              times: format.number(USUAL_TIMES[used]),
              reason: reason(tensorflow),
            })}
          </p>
          <p>{t('computing.fasterHow')}</p>
        </Banner>
      ) : null}
    </>
  );
}

function Ways({ status }: { readonly status: ComputingStatus }) {
  const { t, format } = useWords();
  const reason = useReason();
  const ways = readWays(status);
  const state = ({ probe, used }: Way): string =>
    used
      ? t('computing.inUse')
      : probe === undefined
        ? t('computing.notTried')
        : probe.refusal === null
          ? t('computing.works')
          : t('computing.cannot', { reason: reason(probe) });
  const takes = ({ fastest, times }: Way): string =>
    times === null
      ? t('app.dash')
      : fastest
        ? t('computing.shortest')
        : times === 1
          ? t('computing.same')
          : t('computing.times', { count: times });
  const tried = ways.flatMap(({ probe }) => (probe ? [probe] : []));
  return (
    <>
      <DataTable
        label={t('computing.ways')}
        rows={ways}
        rowKey={({ backend }) => backend}
        columns={[
          {
            title: t('computing.way'),
            cell: ({ backend }) => (
              <span className="way">
                <strong>{t(`computing.names.${backend}`)}</strong>
                <span className="note">{t(`computing.means.${backend}`)}</span>
              </span>
            ),
          },
          { title: t('computing.here'), cell: state },
          { title: t('computing.takes'), cell: (way) => <span className="nowrap">{takes(way)}</span> },
        ]}
      />
      {tried.length === 0 ? null : (
        <details className="chart-table">
          <summary>{t('computing.details')}</summary>
          <DataTable
            label={t('computing.details')}
            rows={tried}
            rowKey={({ backend }) => backend}
            columns={[
              { title: t('computing.way'), cell: ({ backend }) => t(`computing.names.${backend}`) },
              { title: t('computing.version'), cell: ({ version }) => version ?? t('app.dash') },
              {
                title: t('computing.gpu'),
                cell: ({ gpu, device, selfTest }) =>
                  device ?? (selfTest === null ? t('app.dash') : t(gpu ? 'computing.gpuYes' : 'computing.gpuNo')),
              },
              {
                title: t('computing.selfTest'),
                cell: ({ selfTest }) =>
                  selfTest === null
                    ? t('app.dash')
                    : t('computing.selfTestPassed', {
                        count: selfTest.checks,
                        milliseconds: format.number(selfTest.milliseconds),
                      }),
              },
              { title: t('computing.reason'), cell: ({ refusal }) => refusal?.reason ?? t('app.dash') },
              {
                title: t('computing.step'),
                numeric: true,
                cell: ({ stepMilliseconds }) =>
                  stepMilliseconds === null
                    ? t('app.dash')
                    : t('computing.milliseconds', {
                        milliseconds: format.number(stepMilliseconds, stepMilliseconds < 10 ? 1 : 0),
                      }),
              },
            ]}
          />
        </details>
      )}
    </>
  );
}

/** What this computer trains with, what else it could use and why it does not, and another choice. */
export function ComputingScreen() {
  const { t, failure } = useWords();
  const status = useRoute('computing.status', {});
  const probe = useAction('computing.probe');
  const choose = useAction('computing.choose');
  const job = useLatestJob('probe')?.job;
  const training = useLatestJob('train')?.job.state === 'running';
  const running = job?.state === 'running';
  const begun = useRef(false);
  const { reload } = status;
  const unknown = status.data !== undefined && !isComplete(status.data);

  // Found out by itself when first looked at; what was stopped or failed waits for the button.
  useEffect(() => {
    if (begun.current || !unknown || running || training || job !== undefined) return;
    begun.current = true;
    void probe.run({});
  }, [unknown, running, training, job, probe]);
  // Each way's answer is shown as it comes.
  useEffect(() => reload(), [job?.stage, job?.state, reload]);

  const lead = useLead(status.data, running);
  return (
    <Page
      back={{ to: { screen: 'settings' }, label: t('settings.title') }}
      title={t('computing.title')}
      lead={lead ?? <Skeleton lines={1} />}
    >
      <p className="note finding">{t('computing.onlyTraining')}</p>
      <Loaded state={status}>
        {(data) => (
          <>
            <Section title={t('computing.choice')} note={t('computing.choiceNote')}>
              <Choice
                label={t('computing.choice')}
                value={data.chosen ?? 'automatic'}
                options={[
                  { value: 'automatic', label: t('computing.automatic') },
                  ...BACKEND_NAMES.map((backend) => ({ value: backend, label: t(`computing.names.${backend}`) })),
                ]}
                onChange={(value) => void choose.run({ backend: BACKEND_NAMES.find((each) => each === value) ?? null })}
              />
            </Section>
            {running ? <JobProgress job={job} /> : null}
            {probe.error === undefined ? null : <Problem failure={probe.error} />}
            {choose.error === undefined ? null : <Problem failure={choose.error} />}
            {job?.state === 'failed' && job.error !== undefined ? (
              <Banner tone="warning">
                <p>{failure(job.error)}</p>
              </Banner>
            ) : null}
            {job?.state === 'cancelled' ? (
              <Banner tone="information">
                <p>{t('computing.cancelled')}</p>
              </Banner>
            ) : null}
            {training ? <p className="note">{t('computing.duringTraining')}</p> : null}
            <Notices status={data} />
            <Section
              title={t('computing.ways')}
              actions={
                <Button isDisabled={running || training} isPending={probe.busy} onPress={() => void probe.run({})}>
                  {t(isComplete(data) ? 'computing.again' : 'computing.try')}
                </Button>
              }
            >
              <Ways status={data} />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  );
}
