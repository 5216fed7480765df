import type { GlancedFile } from '../../../shared/contract/imports.ts';
import { useWords } from '../../i18n/use-words.ts';

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

/** The first rows of a file as they stand in it, each column with what it is taken for. */
export function SampleRows({
  file,
  open = false,
}: {
  readonly file: Pick<GlancedFile, 'header' | 'sample' | 'columns'>;
  readonly open?: boolean;
}) {
  const { t } = useWords();
  const meaning = useMeaning();
  const meanings = new Map(file.columns.map((column) => [column.column, column.meaning]));
  return (
    <details open={open}>
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
  );
}
