import { useState } from 'react';
import type { ImportRecord } from '../../../shared/contract/imports.ts';
import { undoResult } from '../../../shared/contract/imports.ts';
import { Button } from '../../components/button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Section } from '../../components/page.tsx';
import { JobProgress } from '../../components/progress.tsx';
import { Banner, Problem } from '../../components/states.tsx';
import { UndoCell } from '../../components/undo-cell.tsx';
import { useAction } from '../../data/use-action.ts';
import { useJob } from '../../data/use-jobs.ts';
import { useWords } from '../../i18n/use-words.ts';
import { countWords } from './counts.ts';

function UndoOutcome({ jobId, onDismiss }: { readonly jobId: string; readonly onDismiss: () => void }) {
  const { t, code } = useWords();
  const entry = useJob(jobId);
  if (entry === undefined) return null;
  if (entry.job.state === 'running') return <JobProgress job={entry.job} />;
  if (entry.job.state === 'failed' && entry.job.error !== undefined) return <Problem failure={entry.job.error} />;
  const result = undoResult.safeParse(entry.result);
  if (!result.success) return null;
  const { removed, restored, kept } = result.data;
  return (
    <Banner tone="good" onDismiss={onDismiss}>
      <p>
        {t('imports.undoDone', {
          removed: t('imports.entries', { count: removed }),
          restored: t('imports.entries', { count: restored }),
        })}
      </p>
      {kept.length === 0 ? null : (
        <>
          <p>{t('imports.kept')}</p>
          <ul>
            {kept.map(({ what, reason }, index) => (
              <li key={`${what} ${index}`}>
                {what}: {code('imports.keptReason', reason, {}, reason)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Banner>
  );
}

/** Every import so far, newest first, each with a way back. */
export function ImportList({ imports }: { readonly imports: readonly ImportRecord[] }) {
  const { t, format } = useWords();
  const undo = useAction('imports.undo');
  const [asked, setAsked] = useState<ImportRecord>();
  const [jobId, setJobId] = useState<string>();
  const name = (record: ImportRecord) =>
    record.format !== 'manual'
      ? record.file
      : record.file !== ''
        ? t('imports.manualPlan', { number: record.file.replace(/\D/g, '') })
        : t(record.answers === 0 ? 'imports.manualStudents' : 'imports.manualFile');
  const what = (record: ImportRecord) => countWords(record, t, format);

  async function onConfirm() {
    if (asked === undefined) return;
    const started = await undo.run({ importId: asked.id });
    setAsked(undefined);
    if (started !== undefined) setJobId(started.jobId);
  }

  return (
    <Section title={t('imports.list')}>
      {jobId === undefined ? null : <UndoOutcome jobId={jobId} onDismiss={() => setJobId(undefined)} />}
      {undo.error === undefined ? null : <Problem failure={undo.error} />}
      {imports.length === 0 ? (
        <p className="note">{t('imports.none')}</p>
      ) : (
        <DataTable
          label={t('imports.list')}
          rows={imports}
          rowKey={({ id }) => id}
          columns={[
            {
              title: t('imports.when'),
              cell: ({ at }) => (
                <time dateTime={new Date(at).toISOString()} title={format.exactTime(at)}>
                  {format.day(at, Date.now())}
                </time>
              ),
            },
            {
              title: t('imports.file'),
              cell: (record) => <span className={record.undone ? 'undone' : undefined}>{name(record)}</span>,
            },
            { title: t('imports.what'), cell: (record) => t(`imports.format.${record.format}`) },
            { title: t('imports.counts'), cell: (record) => what(record) || t('app.dash') },
            { title: t('importReview.cleanedColumn'), cell: ({ cleaning }) => <CleanedSteps cleaning={cleaning} /> },
            {
              title: t('imports.refusedColumn'),
              cell: ({ refused }) => (refused.length === 0 ? t('app.dash') : <RefusedCount refused={refused} />),
              numeric: true,
            },
            {
              title: t('imports.state'),
              cell: (record) => (
                <UndoCell
                  undone={record.undone}
                  said={t('imports.undone')}
                  label={t('imports.undo')}
                  of={t('imports.undoOf', { file: name(record) })}
                  onUndo={() => setAsked(record)}
                />
              ),
            },
          ]}
        />
      )}
      {asked === undefined ? null : (
        <Dialog
          title={t('imports.undoTitle')}
          open
          role="alertdialog"
          onClose={() => setAsked(undefined)}
          footer={
            <>
              <Button onPress={() => setAsked(undefined)}>{t('app.cancel')}</Button>
              <Button kind="primary" isPending={undo.busy} onPress={() => void onConfirm()}>
                {t('imports.undoConfirm')}
              </Button>
            </>
          }
        >
          <p>{t('imports.undoText', { file: name(asked), what: what(asked) || t('imports.nothingNew') })}</p>
        </Dialog>
      )}
    </Section>
  );
}

/** What cleaning did to a file, and what it was told to leave. */
function CleanedSteps({ cleaning }: { readonly cleaning: ImportRecord['cleaning'] }) {
  const { t } = useWords();
  const found = cleaning.filter(({ count }) => count > 0);
  if (found.length === 0) return t('app.dash');
  const short = ({ step, count }: (typeof found)[number]) => t(`importReview.short.${step}`, { count });
  return (
    <ul className="cleaned-list">
      {found.map((step) => (
        <li key={step.step} className={step.on ? undefined : 'note'}>
          {step.on ? short(step) : t('importReview.asItIs', { found: short(step) })}
        </li>
      ))}
    </ul>
  );
}

function RefusedCount({ refused }: { readonly refused: ImportRecord['refused'] }) {
  const { format, code } = useWords();
  const first = refused.slice(0, 8).map((row) => `${row.line}: ${code('imports.refused', row.code, row.detail, row.reason)}`);
  return <span title={first.join('\n')}>{format.number(refused.length)}</span>;
}
