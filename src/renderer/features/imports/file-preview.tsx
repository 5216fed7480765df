import type { PreviewedFile } from '../../../shared/contract/imports.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Banner } from '../../components/states.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { countWords } from './counts.ts';
import { RefusedRows } from './refused-rows.tsx';

type Recognised = Extract<PreviewedFile, { outcome: 'recognised' }>;

function useDelimiter(): (delimiter: string) => string {
  const { t } = useWords();
  return (delimiter) => {
    switch (delimiter) {
      case ',':
        return t('imports.delimiters.comma');
      case ';':
        return t('imports.delimiters.semicolon');
      case '\t':
        return t('imports.delimiters.tab');
      case '':
        return t('imports.delimiters.none');
      default:
        return t('imports.delimiterOther', { delimiter });
    }
  };
}

/** "background.language" → "background: language"; known meanings in words. */
function useMeaning(): (meaning: string) => string {
  const { t, code } = useWords();
  return (meaning) => {
    if (meaning === '') return t('imports.ignored');
    const dot = meaning.indexOf('.');
    if (dot === -1) return code('imports.meaning', meaning, {}, meaning);
    const group = meaning.slice(0, dot);
    return `${code('imports.meaning', group, {}, group)}: ${meaning.slice(dot + 1).replaceAll('_', ' ')}`;
  };
}

function RecognisedFile({ file }: { readonly file: Recognised }) {
  const { t, format, code } = useWords();
  const delimiter = useDelimiter();
  const meaning = useMeaning();
  const meanings = new Map(file.columns.map((column) => [column.column, column.meaning]));
  return (
    <>
      <p className="preview-recognised">
        {t('imports.recognised', {
          format: t(`imports.format.${file.format}`),
          encoding: file.encoding.toUpperCase(),
          delimiter: delimiter(file.delimiter),
        })}
      </p>
      <p className="preview-counts">{countWords(file, t, format)}</p>
      <p className="note">
        {t('imports.changes', {
          added: format.number(file.changes.added),
          changed: format.number(file.changes.changed),
          unchanged: format.number(file.changes.unchanged),
        })}
      </p>
      {file.importedBefore === null ? null : (
        <Banner tone="warning">
          <p>{t('imports.importedBefore', { day: format.day(file.importedBefore.at, Date.now()) })}</p>
        </Banner>
      )}
      {file.notes.map((note, index) => (
        <Banner key={`${note.code} ${index}`} tone="information">
          <p>{code('imports.notes', note.code, note.detail, note.code)}</p>
        </Banner>
      ))}
      <RefusedRows refused={file.refused} open />
      <details>
        <summary>{t('imports.firstRows')}</summary>
        <div className="table-scroll" tabIndex={0} role="group" aria-label={t('imports.firstRows')}>
          <table className="table table-sample">
            <thead>
              <tr>
                {file.header.map((column, index) => (
                  <th key={`${column} ${index}`} scope="col">
                    {column}
                    <span className="note">{meaning(meanings.get(column) ?? '')}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {file.sample.map((row, index) => (
                <tr key={index}>
                  {row.map((cell, place) => (
                    <td key={place}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
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
        <div className="banner banner-error">
          <Icon name="error" />
          <div className="banner-text">
            <strong>{t('imports.outcomeRefused')}</strong>
            <p>{code('errors', file.code, file.detail, file.message)}</p>
          </div>
        </div>
      ) : (
        <RecognisedFile file={file} />
      )}
    </section>
  );
}
