import { useState } from 'react';
import type { Diagnostics } from '../../../shared/contract/model.ts';
import { Choice } from '../../components/button.tsx';
import { AccuracyChart } from '../../components/charts/accuracy-chart.tsx';
import { ReliabilityDiagram } from '../../components/charts/reliability-diagram.tsx';
import { TrainingCurve } from '../../components/charts/training-curve.tsx';
import { Page, Section } from '../../components/page.tsx';
import { Loaded, Problem, Skeleton } from '../../components/states.tsx';
import { useLatestJob } from '../../data/use-jobs.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { baselineName, modelSentence } from './model-sentence.ts';
import { Training } from './training.tsx';

function Provenance({ diagnostics }: { readonly diagnostics: Diagnostics }) {
  const { t, format } = useWords();
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
        <dt>{t('model.heldBack')}</dt>
        <dd>{t('terms.students', { count: provenance.heldBackStudents })}</dd>
        <dt>{t('model.learner')}</dt>
        <dd>{diagnostics.learner}</dd>
        <dt>{t('model.backend')}</dt>
        <dd>{diagnostics.backend}</dd>
        <dt>{t('model.seed')}</dt>
        <dd>{diagnostics.seed}</dd>
      </dl>
    </Section>
  );
}

function DiagnosticsView({ diagnostics }: { readonly diagnostics: Diagnostics }) {
  const { t } = useWords();
  const [window, setWindow] = useState<'fixed' | 'next'>('fixed');
  const points = diagnostics.accuracy.filter((point) => point.window === window).toSorted((a, b) => a.after - b.after);
  const nothing = <p className="note">{t('model.tooFew')}</p>;
  const after = diagnostics.reliabilityAfter;
  if (diagnostics.model.kind === 'starter') return <p className="note starter-note">{t('model.starterUnjudged')}</p>;
  return (
    <>
      <div className="two-columns">
        <Section
          title={t('model.reliability')}
          note={after === null ? t('model.reliabilityNoteAny') : t('model.reliabilityNote', { count: after })}
        >
          {diagnostics.reliability.length === 0 ? nothing : <ReliabilityDiagram bins={diagnostics.reliability} />}
        </Section>
        <Section title={t('model.accuracy')} note={t('model.accuracyNote')}>
          {diagnostics.accuracy.length === 0 ? (
            nothing
          ) : (
            <>
              <Choice
                label={t('model.window')}
                value={window}
                options={[
                  { value: 'fixed', label: t('model.windows.fixed'), title: t('model.windowsMeans.fixed') },
                  { value: 'next', label: t('model.windows.next'), title: t('model.windowsMeans.next') },
                ]}
                onChange={setWindow}
              />
              <AccuracyChart points={points} baseline={baselineName(diagnostics.baseline, t, 'baselineShort')} />
            </>
          )}
        </Section>
      </div>
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
              : modelSentence(diagnostics.data, t, format)}
      </>
    );
  return (
    <Page title={t('model.title')} lead={lead}>
      <Loaded state={status}>{(data) => <Training status={data} />}</Loaded>
      {diagnostics.error !== undefined && !starter ? <Problem failure={diagnostics.error} onRetry={diagnostics.reload} /> : null}
      {diagnostics.data === undefined || training ? null : <DiagnosticsView diagnostics={diagnostics.data} />}
    </Page>
  );
}
