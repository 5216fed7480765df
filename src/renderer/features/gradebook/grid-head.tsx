import { memo } from 'react';
import type { VirtualItem } from '@tanstack/react-virtual';
import type { GridWindow } from '../../../shared/contract/gradebook.ts';
import { useWords } from '../../i18n/use-words.ts';
import { CELL_WIDTH, NAME_WIDTH } from './grid-row.tsx';
import { digitsOf } from './use-cell-words.ts';

export const HEAD_HEIGHT = 68;

export interface GridHeadProperties {
  readonly columns: GridWindow['columns'];
  readonly shown: readonly VirtualItem[];
  readonly active: number;
}

/** The columns' heads: what it is, and what can be had. */
export const GridHead = memo(function GridHead({ columns, shown, active }: GridHeadProperties) {
  const { t, format } = useWords();
  return (
    <div className="grid-head" role="row" aria-rowindex={1} style={{ blockSize: HEAD_HEIGHT }}>
      <div className="grid-corner" role="columnheader" aria-colindex={1} style={{ inlineSize: NAME_WIDTH }}>
        {t('terms.student')}
      </div>
      {shown.map(({ index, key, start }) => {
        const title = columns.titles[index] ?? '';
        const possible = columns.possible[index] ?? null;
        const skills = columns.skills[index] ?? '';
        const below =
          columns.voided[index] === true
            ? t('gradebook.takenOut')
            : possible === null
              ? skills
              : t(columns.guessed[index] === true ? 'gradebook.aboutOutOf' : 'gradebook.outOf', {
                  possible: format.number(possible, digitsOf(possible)),
                });
        return (
          <div
            key={key}
            className={`grid-column ${index === active ? 'grid-column-active' : ''}`}
            role="columnheader"
            aria-colindex={index + 2}
            title={skills === '' ? title : `${title} · ${skills}`}
            style={{ insetInlineStart: NAME_WIDTH + start, inlineSize: CELL_WIDTH }}
          >
            <span className="grid-title">{title}</span>
            <span className="grid-below">{below}</span>
          </div>
        );
      })}
    </div>
  );
});
