import type { Diagnostics } from '../../../shared/contract/model.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Section } from '../../components/page.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { baselineName, groupSentence } from './model-sentence.ts';
import { differenceFrom, figuresOf } from './report-reading.ts';
import type { Difference, Group } from './report-reading.ts';

export interface GroupsSectionProperties {
  readonly diagnostics: Diagnostics;
  readonly title: string;
  readonly note: string;
  readonly groups: readonly Group[];
}

/** The same figures for parts of what was asked, beside the best baseline. */
export function GroupsSection({ diagnostics, title, note, groups }: GroupsSectionProperties) {
  const { t, format } = useWords();
  const { report, bestBaseline: best } = diagnostics;
  const auc = (value: number | null | undefined) => (typeof value === 'number' ? format.number(value, 3) : t('app.dash'));
  const interval = (difference: Difference | null | undefined) =>
    difference ? `${format.number(difference.low, 3)} … ${format.number(difference.high, 3)}` : t('app.dash');
  const finding = groupSentence(groups, best, t, format);
  const name = best === null ? t('model.baseline') : baselineName(best, t, 'baselineShort');
  return (
    <Section
      title={title}
      note={report.groupsAfter === null ? note : `${note} ${t('model.groupsAfter', { count: report.groupsAfter })}`}
    >
      {groups.length === 0 ? (
        <p className="note">{t('model.tooFew')}</p>
      ) : (
        <>
          {finding === '' ? null : <p className="finding">{finding}</p>}
          <DataTable
            label={title}
            rows={groups}
            rowKey={(group) => group.name}
            columns={[
              { title: t('model.group'), cell: (group) => <span className="nowrap">{t(`model.groups.${group.name}`)}</span> },
              { title: t('model.students'), cell: (group) => format.number(group.students), numeric: true },
              { title: t('model.queries'), cell: (group) => format.number(group.questions), numeric: true },
              { title: t('model.aucOf', { model: t('model.ours') }), cell: ({ figures }) => auc(figures[0]?.auc), numeric: true },
              { title: t('model.aucOf', { model: name }), cell: (group) => auc(figuresOf(group, best)?.auc), numeric: true },
              {
                title: t('model.logLossOf', { model: t('model.ours') }),
                cell: ({ figures }) => auc(figures[0]?.logLoss),
                numeric: true,
              },
              {
                title: t('model.logLossOf', { model: name }),
                cell: (group) => auc(figuresOf(group, best)?.logLoss),
                numeric: true,
              },
              {
                title: t('model.logLossDifference'),
                cell: (group) => interval(differenceFrom(group, best)?.logLoss),
                numeric: true,
              },
            ]}
          />
        </>
      )}
    </Section>
  );
}
