import { memo } from 'react';
import type { GridView } from '../../../shared/contract/gradebook.ts';
import { Button } from '../../components/button.tsx';
import { useWords } from '../../i18n/use-words.ts';

export interface GridToolsProperties {
  readonly view: GridView;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Whether the mark under the cursor is late. */
  readonly isLate: boolean;
  readonly onStep: (direction: 'undo' | 'redo') => void;
  /** Sets all selected cells as if this had been typed. */
  readonly onSet: (text: string) => void;
}

/** What can be done with the selected cells without typing. */
export const GridTools = memo(function GridTools({ view, canUndo, canRedo, isLate, onStep, onSet }: GridToolsProperties) {
  const { t } = useWords();
  return (
    <div className="grid-tools" role="toolbar" aria-label={t('gradebook.tools')}>
      <Button icon="undo" isDisabled={!canUndo} onPress={() => onStep('undo')}>
        {t('gradebook.undo')}
      </Button>
      <Button icon="redo" isDisabled={!canRedo} onPress={() => onStep('redo')}>
        {t('gradebook.redo')}
      </Button>
      <span className="grid-gap" />
      {view === 'marks' ? (
        <>
          <Button onPress={() => onSet('excused')}>{t('gradebook.set.excused')}</Button>
          <Button onPress={() => onSet('missing')}>{t('gradebook.set.missing')}</Button>
          <Button onPress={() => onSet(isLate ? 'on time' : 'late')}>
            {t(isLate ? 'gradebook.set.onTime' : 'gradebook.set.late')}
          </Button>
        </>
      ) : (
        <>
          <Button onPress={() => onSet('1')}>{t('gradebook.set.right')}</Button>
          <Button onPress={() => onSet('0')}>{t('gradebook.set.wrong')}</Button>
        </>
      )}
      <Button onPress={() => onSet('')}>{t('gradebook.set.clear')}</Button>
    </div>
  );
});
