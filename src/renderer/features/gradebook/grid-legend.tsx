import { memo } from 'react';
import type { GridView } from '../../../shared/contract/gradebook.ts';
import { useWords } from '../../i18n/use-words.ts';

function Pie({ share }: { readonly share: number }) {
  return (
    <span
      className="grid-pie"
      aria-hidden="true"
      style={{ background: `conic-gradient(currentColor ${share}%, transparent 0)` }}
    />
  );
}

/** Every state in words: how it looks, what to type for it, and what it means for the forecast. */
export const GridLegend = memo(function GridLegend({ view }: { readonly view: GridView }) {
  const { t } = useWords();
  return (
    <details className="grid-legend" open>
      <summary>{t('gradebook.legend.title')}</summary>
      {view === 'marks' ? (
        <ul>
          <li>
            <Pie share={0} /> {t('gradebook.legend.zero')}
          </li>
          <li>
            <Pie share={60} /> {t('gradebook.legend.part')}
          </li>
          <li>
            <Pie share={100} /> {t('gradebook.legend.full')}
          </li>
          <li>{t('gradebook.legend.late')}</li>
          <li>{t('gradebook.legend.excused')}</li>
          <li>{t('gradebook.legend.missing')}</li>
          <li>{t('gradebook.legend.empty')}</li>
        </ul>
      ) : (
        <ul>
          <li>
            <Pie share={100} /> {t('gradebook.legend.right')}
          </li>
          <li>
            <Pie share={0} /> {t('gradebook.legend.wrong')}
          </li>
          <li>
            <Pie share={50} /> {t('gradebook.legend.partly')}
          </li>
          <li>{t('gradebook.legend.times')}</li>
          <li>{t('gradebook.legend.removed')}</li>
        </ul>
      )}
      <p className="note">{t('gradebook.legend.keys')}</p>
    </details>
  );
});
