import type { Diagnostics } from '../../../shared/contract/model.ts';
import { TrainingCurve } from '../../components/charts/training-curve.tsx';
import { LinkButton } from '../../components/button.tsx';
import { Page, Section } from '../../components/page.tsx';
import { Banner, Loaded, Problem, Skeleton } from '../../components/states.tsx';
import { useLatestJob } from '../../data/use-jobs.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { AccuracySection } from './accuracy-section.tsx';
import { CalibrationSection } from './calibration-section.tsx';
import { GroupsSection } from './groups-section.tsx';
import { CardMenu } from './card-menu.tsx';
import { HistorySection } from './history-section.tsx';
import { MembersSection } from './members-section.tsx';
import { modelSentences } from './model-sentence.ts';
import { Training } from './training.tsx';

function Provenance({ diagnostics }: { readonly diagnostics: Diagnostics }) {
  const { t, format, code } = useWords();
  const { provenance, model } = diagnostics;
  return (
    <Section title={t('model.provenance')}>
      <dl className="facts">
        {model.trainedAt === null ? null : (
          <>
            <dt>{t('model.trained')}</dt>
            <dd>{format.exactTime(model.trainedAt)}</dd>
          </>
        )}
        <dt>{t('model.learnedFrom')}</dt>
        <dd>
          {format.list([
            t('terms.students', { count: provenance.students }),
            t('terms.answers', { count: provenance.answers }),
            t('terms.questions', { count: provenance.questions }),
            t('imports.skills', { count: provenance.skills }),
          ])}
        </dd>
        <dt>{t('model.judgedBy')}</dt>
        <dd>
          {t(provenance.crossValidatedStudents > 0 ? 'model.judgedInTurn' : 'model.judgedHeldBack', {
            students: t('terms.students', { count: provenance.crossValidatedStudents || provenance.heldBackStudents }),
          })}
        </dd>
        <dt>{t('model.profileFields')}</dt>
        <dd>
          {provenance.profileFields.length > 0
            ? t('model.profileFieldsRead', { fields: format.list(provenance.profileFields) })
            : t('model.profileFieldsNone')}
        </dd>
        <dt>{t('model.learner')}</dt>
        <dd>{diagnostics.learner}</dd>
        <dt>{t('model.backend')}</dt>
        <dd>
          {code('computing.names', diagnostics.backend, {}, diagnostics.backend)}{' '}
          <LinkButton kind="quiet" to={{ screen: 'computing' }}>
            {t('computing.open')}
          </LinkButton>
        </dd>
        <dt>{t('model.seed')}</dt>
        <dd>{diagnostics.seed}</dd>
      </dl>
    </Section>
  );
}

function DiagnosticsView({ diagnostics }: { readonly diagnostics: Diagnostics }) {
  const { t } = useWords();
  if (diagnostics.model.kind === 'starter') return <p className="note starter-note">{t('model.starterUnjudged')}</p>;
  const { groups } = diagnostics.report;
  const byQuestion = groups.filter(({ name }) => name === 'seen' || name === 'unseen');
  return (
    <>
      <div className="two-columns">
        <AccuracySection diagnostics={diagnostics} />
        <CalibrationSection diagnostics={diagnostics} />
      </div>
      <MembersSection diagnostics={diagnostics} />
      <GroupsSection
        diagnostics={diagnostics}
        title={t('model.byTercile')}
        note={t('model.byTercileNote')}
        groups={groups.filter((group) => !byQuestion.includes(group))}
      />
      <GroupsSection
        diagnostics={diagnostics}
        title={t('model.bySeen')}
        note={t(
          byQuestion.some(({ name }) => name === 'unseen') || byQuestion.length === 0 ? 'model.bySeenNote' : 'model.allSeen',
        )}
        groups={byQuestion}
      />
      <Section title={t('model.curve')} note={t('model.curveNote')}>
        {diagnostics.trainingCurve.length === 0 ? (
          <p className="note">{t('model.notMeasured')}</p>
        ) : (
          <TrainingCurve curve={diagnostics.trainingCurve} />
        )}
      </Section>
      <Provenance diagnostics={diagnostics} />
    </>
  );
}

/** How far the model can be trusted, and meta-training. */
export function ModelScreen() {
  const { t, format } = useWords();
  const status = useRoute('model.status', {});
  const diagnostics = useRoute('model.diagnostics', {});
  const training = useLatestJob('train')?.job.state === 'running';
  const starter = status.data?.model.kind === 'starter';
  const judged = diagnostics.data === undefined ? [] : modelSentences(diagnostics.data, t, format);
  const shown = training || starter ? [] : judged.slice(1);
  const lead =
    status.data === undefined ? (
      <Skeleton lines={1} />
    ) : (
      <>
        {training
          ? t('model.leadTraining')
          : starter
            ? t('model.leadStarter')
            : diagnostics.data === undefined
              ? null
              : judged[0]}
        {shown.length === 0 ? null : <p className="lead-more">{shown.join(format.language === 'zh' ? '' : ' ')}</p>}
      </>
    );
  return (
    <Page
      title={t('model.title')}
      lead={lead}
      actions={diagnostics.data === undefined || training ? undefined : <CardMenu diagnostics={diagnostics.data} />}
    >
      <Loaded state={status}>
        {(data) => (
          <>
            {data.editsSince === 0 || training ? null : (
              <Banner tone="information">
                <p>{t('modelEdits', { count: data.editsSince })}</p>
              </Banner>
            )}
            <Training status={data} />
          </>
        )}
      </Loaded>
      {diagnostics.error !== undefined && !starter ? <Problem failure={diagnostics.error} onRetry={diagnostics.reload} /> : null}
      {diagnostics.data === undefined || training ? null : <DiagnosticsView diagnostics={diagnostics.data} />}
      {training ? null : <HistorySection />}
    </Page>
  );
}

/** An earlier model as it was judged; everything is as on the screen of the model in use, but for the training. */
export function OlderModelScreen({ modelId }: { readonly modelId: string }) {
  const { t, format } = useWords();
  const diagnostics = useRoute('models.diagnostics', { modelId });
  const at = diagnostics.data?.model.trainedAt ?? null;
  return (
    <Page
      title={at === null ? t('model.title') : t('modelHistory.of', { date: format.exactTime(at) })}
      lead={
        <>
          {t('modelHistory.olderLead')}
          {diagnostics.data === undefined ? null : (
            <p className="lead-more">{modelSentences(diagnostics.data, t, format).join(format.language === 'zh' ? '' : ' ')}</p>
          )}
        </>
      }
      back={{ to: { screen: 'model' }, label: t('modelHistory.back') }}
      actions={diagnostics.data === undefined ? undefined : <CardMenu diagnostics={diagnostics.data} />}
    >
      <Loaded state={diagnostics}>{(data) => <DiagnosticsView diagnostics={data} />}</Loaded>
    </Page>
  );
}
