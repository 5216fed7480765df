import type { DiffKind, DiffRow, ImportDiff } from '../../../shared/contract/import-diff.ts';
import type { Format } from '../../i18n/format.ts';
import type { Words } from '../../i18n/use-words.ts';

export type DiffOutcome = DiffRow['outcome'];

/** One line of the list: one value that changes or stays against the file, or one thing that is new with all that is said of it. */
export interface DiffLine {
  readonly id: string;
  readonly line: number | null;
  readonly student: string;
  readonly about: string;
  readonly text: string;
  readonly why: string;
}

type Speak = Pick<Words, 't' | 'format' | 'code'>;

const TIMES = new Set(['due_at', 'marked_at', 'answered_at']);

/** A value as people write it; codes and times in words. */
export function valueWords(field: string, value: string | number | null, { t, format, code }: Speak): string {
  if (value === null || value === '') return t('importReview.empty');
  if (field === 'status') return code('importReview.status', String(value), {}, String(value));
  if (field === 'answer_key')
    return t(value === 'flipped' ? 'importReview.answerKey.flipped' : 'importReview.answerKey.all-right');
  if (field === 'guessed' || field === 'voided') return value === 1 ? t('importReview.yes') : t('importReview.no');
  if (field === 'skills') return format.list(String(value).split('\u001f'));
  if (typeof value === 'string') return value;
  if (TIMES.has(field)) return format.exactTime(value);
  return shortNumber(value, format);
}

/** Up to four digits behind the point, and none that say nothing. */
function shortNumber(value: number, format: Format): string {
  const digits = [0, 1, 2, 3].find((count) => Math.abs(value - Number(value.toFixed(count))) < 1e-9) ?? 4;
  return format.number(value, digits);
}

/** "background.home_language" → "home language": what stands before the point is the area, and the field's name says enough. */
const aboutWords = ({ kind, about }: DiffRow): string =>
  kind === 'profile' ? about.slice(about.indexOf('.') + 1).replaceAll('_', ' ') : about;

/** How many of a kind, or of all, a file brings, changes or does not change against what stands. */
export function countOf(diff: ImportDiff, kind: DiffKind | 'all', outcome: DiffOutcome): number {
  const field = { new: 'added', changed: 'changed', conflict: 'conflicts' } as const;
  return diff.kinds.filter((each) => kind === 'all' || each.kind === kind).reduce((sum, each) => sum + each[field[outcome]], 0);
}

/** The lines to list, and of how many things they are about. */
export function diffLines(
  diff: ImportDiff,
  kind: DiffKind | 'all',
  outcome: DiffOutcome,
  speak: Speak,
): { readonly lines: readonly DiffLine[]; readonly rows: number } {
  const { t, code } = speak;
  const rows = diff.rows.filter((row) => row.outcome === outcome && (kind === 'all' || row.kind === kind));
  const named = (field: string, value: string): string =>
    field === 'value' ? value : t('importReview.value', { field: code('importReview.field', field, {}, field), value });
  const lines = rows.flatMap((row, index): DiffLine[] => {
    const common = {
      line: row.line,
      student: row.student?.name ?? '',
      about: [kind === 'all' ? t(`importReview.kind.${row.kind}`) : '', aboutWords(row)]
        .filter((part) => part !== '')
        .join(' · '),
      why: row.why === '' ? '' : code('importReview.why', row.why, {}, row.why),
    };
    if (outcome === 'new') {
      const said = row.values.map(({ field, after }) => named(field, valueWords(field, after, speak)));
      return [{ ...common, id: String(index), text: speak.format.list(said) }];
    }
    const sign = outcome === 'conflict' ? ' ≠ ' : ' → ';
    return row.values.map(({ field, before, after }, place) => ({
      ...common,
      id: `${index} ${place}`,
      text: named(field, `${valueWords(field, before, speak)}${sign}${valueWords(field, after, speak)}`),
    }));
  });
  return { lines, rows: rows.length };
}
