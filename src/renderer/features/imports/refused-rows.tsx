import type { ImportedFile } from '../../../shared/contract/imports.ts';
import { DataTable } from '../../components/data-table.tsx';
import { useWords } from '../../i18n/use-words.ts';

const SHOWN = 50;

/** The rows of a file that are not taken, each by its line with the reason. */
export function RefusedRows({ refused, open = false }: { readonly refused: ImportedFile['refused']; readonly open?: boolean }) {
  const { t, format, code } = useWords();
  if (refused.length === 0) return null;
  return (
    <details className="refused" open={open}>
      <summary>{t('imports.refusedRows', { count: refused.length })}</summary>
      <DataTable
        label={t('imports.refusedRows', { count: refused.length })}
        rows={refused.slice(0, SHOWN)}
        rowKey={({ line }, index) => `${line} ${index}`}
        columns={[
          { title: t('imports.line'), cell: ({ line }) => format.number(line), numeric: true },
          { title: t('imports.reason'), cell: (row) => code('imports.refused', row.code, row.detail, row.reason) },
        ]}
      />
      {refused.length > SHOWN ? <p className="note">{t('imports.moreRefused', { count: refused.length - SHOWN })}</p> : null}
    </details>
  );
}
