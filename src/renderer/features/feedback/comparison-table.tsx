import type { ForecastComparison } from '../../../shared/contract/trust.ts';
import { DataTable } from '../../components/data-table.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { intervalWords, isOff, pointsWords } from './feedback-words.ts';

/** Forecast against what came, a row for each of what was compared; those that are off by more than chance say so. */
export function ComparisonTable<Row extends ForecastComparison>(properties: {
  readonly label: string;
  readonly what: string;
  readonly rows: readonly Row[];
  readonly nameOf: (row: Row) => string;
  /** An interval that leaves out zero means something: not where every day is looked at by itself. */
  readonly marks?: boolean;
}) {
  const { label, what, rows, nameOf, marks = true } = properties;
  const { t, format } = useWords();
  return (
    <DataTable
      label={label}
      rows={rows}
      rowKey={(_, index) => index}
      columns={[
        {
          title: what,
          cell: (row) => (
            <>
              {nameOf(row)}
              {marks && isOff(row) ? <span className="off-mark">{t('feedback.off')}</span> : null}
            </>
          ),
        },
        { title: t('feedback.forecast'), cell: ({ forecast }) => format.percent(forecast), numeric: true },
        { title: t('feedback.right'), cell: ({ right }) => format.percent(right), numeric: true },
        {
          title: t('feedback.difference'),
          cell: ({ difference }) => pointsWords(difference.value, format),
          numeric: true,
        },
        {
          title: t('feedback.interval'),
          cell: ({ difference }) => <span className="nowrap">{intervalWords(difference, t, format)}</span>,
          numeric: true,
        },
        { title: t('feedback.answers'), cell: ({ answers }) => format.number(answers), numeric: true },
        { title: t('feedback.students'), cell: ({ students }) => format.number(students), numeric: true },
      ]}
    />
  );
}
