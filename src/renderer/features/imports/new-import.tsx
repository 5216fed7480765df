import type { Job } from '../../../shared/contract/common.ts';
import type { ImportResult } from '../../../shared/contract/imports.ts';
import { importResult } from '../../../shared/contract/imports.ts';
import { Button, LinkButton } from '../../components/button.tsx';
import { FileDrop } from '../../components/file-drop.tsx';
import { Section } from '../../components/page.tsx';
import { JobProgress } from '../../components/progress.tsx';
import { Banner, Loaded, Problem } from '../../components/states.tsx';
import { useAction } from '../../data/use-action.ts';
import { useKeptFocus } from '../../components/use-kept-focus.ts';
import { useJob } from '../../data/use-jobs.ts';
import { useWords } from '../../i18n/use-words.ts';
import { addCounts, countWords } from './counts.ts';
import { FirstLook, isLong } from './first-look.tsx';
import { FilePreview } from './file-preview.tsx';
import { usePreview } from './use-preview.ts';
import { useImportSession } from './import-session.tsx';
import { RefusedRows } from './refused-rows.tsx';
import { useCourseEdits } from '../questions/use-course-edits.tsx';
import { useWithoutSkills, WithoutSkills } from './without-skills.tsx';

function Preview() {
  const { t, format } = useWords();
  const session = useImportSession();
  const preview = usePreview();
  const commit = useAction('imports.commit');
  return (
    <Section title={t('imports.preview')} note={t('imports.previewNote')}>
      <Loaded state={preview} {...(isLong(session.files) ? { skeleton: <FirstLook /> } : {})}>
        {({ files }) => {
          const good = files
            .filter((file) => file.outcome === 'recognised')
            .filter(({ importedBefore }) => importedBefore === null);
          const counts = { ...addCounts(good), questions: 0 };
          // What the skills are beside answers stands above; alone they are what comes in.
          const what = countWords({ ...counts, skills: 0, prerequisites: 0 }, t, format) || countWords(counts, t, format);
          return (
            <>
              {files.map((file) => (
                <FilePreview key={file.fileId} file={file} onRemove={() => session.remove(file.fileId)} />
              ))}
              <div className="action-row action-row-kept">
                <Button
                  kind="primary"
                  isDisabled={good.length === 0 || preview.stale}
                  isPending={commit.busy}
                  onPress={() =>
                    void commit
                      .run({ fileIds: good.map(({ fileId }) => fileId), choices: { ...session.choices } })
                      .then((started) => {
                        if (started !== undefined) session.started(started.jobId);
                      })
                  }
                >
                  {what === '' ? t('imports.commitFiles', { count: good.length }) : t('imports.commit', { what })}
                </Button>
                <Button onPress={session.clear}>{t('imports.discard')}</Button>
              </div>
            </>
          );
        }}
      </Loaded>
      {commit.error === undefined ? null : <Problem failure={commit.error} />}
      {preview.error === undefined || preview.data !== undefined ? null : (
        <div className="action-row">
          <Button onPress={session.clear}>{t('imports.discard')}</Button>
        </div>
      )}
    </Section>
  );
}

function Result({ result }: { readonly result: ImportResult | undefined }) {
  const { t, format } = useWords();
  const session = useImportSession();
  const without = useWithoutSkills();
  const edits = useCourseEdits();
  const refused = result?.files.flatMap((file) => file.refused) ?? [];
  const what = result === undefined ? '' : countWords({ ...addCounts(result.files), students: result.students }, t, format);
  return (
    <Section title={t('imports.doneTitle')}>
      <Banner tone="good">
        <p>
          {result === undefined
            ? t('jobs.finished', { kind: t('jobs.kind.import') })
            : t('imports.done', {
                what: what === '' ? t('imports.nothingNew') : what,
                files: t('imports.files', { count: result.files.length }),
              })}
        </p>
        {refused.length === 0 ? null : <p>{t('imports.doneRefused', { count: refused.length })}</p>}
      </Banner>
      {edits.outcome}
      {without === undefined ? null : <WithoutSkills without={without} edits={edits} />}
      {result?.files.map((file, index) =>
        file.refused.length === 0 ? null : (
          <div key={`${file.file} ${index}`}>
            <h3>{file.file}</h3>
            <RefusedRows refused={file.refused} />
          </div>
        ),
      )}
      <div className="action-row">
        <LinkButton kind={(without?.suggestions.length ?? 0) === 0 ? 'primary' : 'plain'} to={{ screen: 'class' }}>
          {t('imports.toClass')}
        </LinkButton>
        <Button onPress={session.clear}>{t('imports.anotherImport')}</Button>
        <span className="note">{t('imports.toStudent')}</span>
      </div>
    </Section>
  );
}

/** From files to the gradebook: choose, look, import; whatever happens is said. What was pressed is gone with each step: the focus stays here. */
export function NewImport() {
  const { t } = useWords();
  const session = useImportSession();
  const entry = useJob(session.jobId);
  const place = useKeptFocus<HTMLDivElement>();
  const running = session.jobId !== undefined && (entry === undefined || entry.job.state === 'running');
  return (
    <div ref={place} tabIndex={-1} role="group" aria-label={t('imports.title')}>
      {running ? (
        <Section title={t('imports.importing')}>{entry === undefined ? null : <JobProgress job={entry.job} />}</Section>
      ) : entry?.job.state === 'done' ? (
        <Result result={importResult.safeParse(entry.result).data} />
      ) : (
        <Choosing job={entry?.job} />
      )}
    </div>
  );
}

function Choosing({ job }: { readonly job: Job | undefined }) {
  const { t } = useWords();
  const session = useImportSession();
  return (
    <>
      {job?.state === 'failed' && job.error !== undefined ? <Problem failure={job.error} /> : null}
      {job?.state === 'cancelled' ? (
        <Banner tone="information">
          <p>{t('jobs.cancelledWith', { kind: t('jobs.kind.import') })}</p>
        </Banner>
      ) : null}
      {session.files.length === 0 ? null : <Preview />}
      <FileDrop
        label={t('imports.drop')}
        primary={session.files.length === 0}
        shape={session.files.length > 0 ? 'small' : 'box'}
        onFiles={session.add}
      >
        {session.files.length > 0 ? (
          <p className="note">{t('imports.dropMore')}</p>
        ) : (
          <>
            <p className="drop-title">{t('imports.drop')}</p>
            <p className="note">{t('imports.dropNote')}</p>
          </>
        )}
      </FileDrop>
    </>
  );
}
