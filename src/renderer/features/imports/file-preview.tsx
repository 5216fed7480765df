import type { GlancedFile, PreviewedFile } from '../../../shared/contract/imports.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Banner } from '../../components/states.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { ApplyRules } from './apply-rules.tsx';
import { Cleaning } from './cleaning.tsx';
import { ColumnMapper } from './column-mapper.tsx';
import { CorrectDetection } from './correct-detection.tsx';
import { countWords } from './counts.ts';
import { DiffCounts, DiffList } from './diff-list.tsx';
import { MatchStudents } from './match-students.tsx';
import { RefusedRows } from './refused-rows.tsx';
import { SampleRows } from './sample-rows.tsx';

type Recognised = Extract<PreviewedFile, { outcome: 'recognised' }>;

function useDelimiter(): (delimiter: string) => string {
  const { t } = useWords();
  return (delimiter) => {
    switch (delimiter) {
      case 'comma':
        return t('imports.delimiters.comma');
      case 'semicolon':
        return t('imports.delimiters.semicolon');
      case 'tab':
        return t('imports.delimiters.tab');
      case 'bar':
        return t('imports.delimiters.bar');
      default:
        return '';
    }
  };
}

/** What is left out of a file, sensitive columns first: they are never kept, and it is said. */
function IgnoredColumns({ file }: { readonly file: Recognised }) {
  const { t, format, code } = useWords();
  const sensitive = file.ignored.filter(({ why }) => why.startsWith('sensitive.'));
  const others = file.ignored.filter(({ why }) => !why.startsWith('sensitive.'));
  return (
    <>
      {sensitive.length === 0 ? null : (
        <Banner tone="information">
          <p>{t('imports.sensitive', { columns: format.list(sensitive.map(({ column }) => column)) })}</p>
        </Banner>
      )}
      {others.length === 0 ? null : (
        <details>
          <summary>{t('imports.ignoredColumns', { count: others.length })}</summary>
          <ul className="ignored-list">
            {others.map(({ column, why }) => (
              <li key={column}>
                <strong>{column}</strong>: {code('imports.ignoredBecause', why, {}, why)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** What a file was taken for and by what. */
export function Understood({
  file,
}: {
  readonly file: Pick<GlancedFile, 'format' | 'certainty' | 'because' | 'encoding' | 'delimiter' | 'decimal' | 'headerLine'>;
}) {
  const { t, format, code } = useWords();
  const delimiter = useDelimiter();
  return (
    <>
      <p className="preview-recognised">
        <strong>{t(`imports.format.${file.format}`)}</strong>
        {file.certainty < 0.8 ? ` ${t('imports.unsure')}` : ''}
      </p>
      <p className="note">{code('imports.because', file.because.code, file.because.detail, '')}</p>
      <p className="note">
        {format.list(
          [
            file.encoding,
            delimiter(file.delimiter),
            file.headerLine === 0 ? '' : t(file.decimal === ',' ? 'imports.decimals.comma' : 'imports.decimals.point'),
          ].filter((part) => part !== ''),
        )}
      </p>
    </>
  );
}

function RecognisedFile({ file }: { readonly file: Recognised }) {
  const { t, format, code } = useWords();
  return (
    <>
      <Understood file={file} />
      <p className="preview-counts">{countWords(file, t, format)}</p>
      {file.changes.changed === 0 && file.changes.unchanged === 0 ? (
        <p className="note">{t('imports.allNew')}</p>
      ) : (
        <DiffCounts diff={file.diff} />
      )}
      {file.matched.name > 0 ? <p className="note">{t('imports.matchedByName', { count: file.matched.name })}</p> : null}
      {file.importedBefore === null ? null : (
        <Banner tone="warning">
          <p>{t('imports.importedBefore', { day: format.day(file.importedBefore.at, Date.now()) })}</p>
        </Banner>
      )}
      {file.notes.length === 0 ? null : (
        <Banner tone="information">
          {file.notes.map((note, index) => (
            <p key={`${note.code} ${index}`}>{code('imports.notes', note.code, note.detail, note.code)}</p>
          ))}
        </Banner>
      )}
      {file.changes.conflicts === 0 ? null : (
        <Banner tone="warning">
          <p>{t('imports.conflicts', { count: file.changes.conflicts })}</p>
        </Banner>
      )}
      <Cleaning file={file} />
      <DiffList diff={file.diff} />
      <IgnoredColumns file={file} />
      <ApplyRules file={file} />
      <MatchStudents file={file} />
      <RefusedRows refused={file.refused} open />
      <CorrectDetection file={file} />
      <ColumnMapper fileId={file.fileId} header={file.header} sample={file.sample} />
      <SampleRows file={file} />
    </>
  );
}

/** What one chosen file was taken for, before anything is written. */
export function FilePreview({ file, onRemove }: { readonly file: PreviewedFile; readonly onRemove: () => void }) {
  const { t, code } = useWords();
  return (
    <section className="preview-file" aria-label={file.file}>
      <header className="preview-header">
        <h3>{file.file}</h3>
        <Button kind="quiet" icon="close" aria-label={`${t('app.remove')}: ${file.file}`} onPress={onRemove} />
      </header>
      {file.outcome === 'refused' ? (
        <>
          <div className="banner banner-error">
            <Icon name="error" />
            <div className="banner-text">
              <strong>{t('imports.outcomeRefused')}</strong>
              <p>{code('errors', file.code, file.detail, file.message)}</p>
            </div>
          </div>
          <CorrectDetection file={file} />
          {file.table === null ? null : (
            <ColumnMapper fileId={file.fileId} header={file.table.header} sample={file.table.sample} />
          )}
        </>
      ) : (
        <RecognisedFile file={file} />
      )}
    </section>
  );
}
