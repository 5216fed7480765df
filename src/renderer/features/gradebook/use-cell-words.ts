import { useCallback, useMemo } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { CellValue } from './grid-data.ts';

/** As many digits as a mark has, at most two. */
export const digitsOf = (value: number): number =>
  Number.isInteger(value) ? 0 : Number.isInteger(Math.round(value * 1e6) / 1e5) ? 1 : 2;

export interface CellWords {
  /** In the cell: short. */
  readonly short: (cell: CellValue) => string;
  /** For a screen reader and below the grid: a sentence's part. */
  readonly long: (cell: CellValue | undefined, possible: number | null) => string;
  /** Beside the points. */
  readonly late: string;
  /** As it would be typed in: for editing and copying. */
  readonly typed: (cell: CellValue | undefined) => string;
}

/** What a cell says, in three lengths. */
export function useCellWords(): CellWords {
  const { t, format } = useWords();
  const number = useCallback((value: number) => format.number(value, digitsOf(value)), [format]);
  const short = useCallback(
    (cell: CellValue) => {
      if (cell.kind === 'answer') {
        if (cell.state === 'part') return format.percent(cell.correct);
        return t(cell.state === 'full' ? 'gradebook.right' : 'gradebook.wrong');
      }
      return 'points' in cell ? number(cell.points) : t(`gradebook.state.${cell.state}`);
    },
    [t, format, number],
  );
  const long = useCallback(
    (cell: CellValue | undefined, possible: number | null) => {
      if (cell === undefined) return t(possible === null ? 'gradebook.noAnswer' : 'gradebook.noMark');
      if (cell.kind === 'answer')
        return cell.count === 1 ? short(cell) : t('gradebook.ofAnswers', { state: short(cell), count: cell.count });
      if (!('points' in cell)) return t(`gradebook.state.${cell.state}`);
      const points = t('gradebook.pointsOf', { points: number(cell.points), possible: number(possible ?? 0) });
      return cell.late ? t('gradebook.lateMark', { points }) : points;
    },
    [t, short, number],
  );
  const typed = useCallback(
    (cell: CellValue | undefined) => {
      if (cell === undefined) return '';
      if (cell.kind === 'answer') return String(cell.correct);
      if (!('points' in cell)) return t(`gradebook.state.${cell.state}`);
      return cell.late ? t('gradebook.typedLate', { points: String(cell.points) }) : String(cell.points);
    },
    [t],
  );
  return useMemo(() => ({ short, long, typed, late: t('gradebook.state.late') }), [short, long, typed, t]);
}
