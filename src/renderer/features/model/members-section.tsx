import type { Diagnostics } from '../../../shared/contract/model.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Section } from '../../components/page.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { baselineName } from './model-sentence.ts';

/** Which models the forecasts are made of, and with which share. */
export function MembersSection({ diagnostics }: { readonly diagnostics: Diagnostics }) {
  const { t, format } = useWords();
  const { members, adopted } = diagnostics;
  const finding = adopted
    ? t('model.membersAdopted', {
        baseline: baselineName(adopted.baseline, t),
        share: format.number(adopted.difference.value, 3),
      })
    : members.some(({ kind }) => kind === 'trained')
      ? t('model.membersTrained')
      : t('model.membersUntrained');
  return (
    <Section title={t('model.members')} note={t('model.membersNote')}>
      <p className="finding">{finding}</p>
      <DataTable
        label={t('model.members')}
        rows={members}
        rowKey={(_, index) => index}
        columns={[
          {
            title: t('model.member'),
            cell: ({ kind, baseline }) =>
              kind === 'baseline' ? baselineName(baseline ?? '', t) : t(`model.memberKinds.${kind}`),
          },
          {
            title: t('model.share'),
            cell: ({ share }) => (
              <span className="share">
                <span className="share-bar" aria-hidden="true">
                  <span style={{ inlineSize: `${100 * share}%` }} />
                </span>
                {format.percent(share)}
              </span>
            ),
            numeric: true,
          },
        ]}
      />
    </Section>
  );
}
