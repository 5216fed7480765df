import { useMemo, useState } from 'react';
import type { DiffKind, ImportDiff } from '../../../shared/contract/import-diff.ts';
import { Choice } from '../../components/button.tsx';
import { Picker } from '../../components/picker.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import type { VirtualColumn } from '../../components/virtual-table.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { countOf, diffLines } from './diff-lines.ts';
import type { DiffLine, DiffOutcome } from './diff-lines.ts';

const OUTCOMES: readonly DiffOutcome[] = ['changed', 'conflict', 'new'];

/** How many of each kind are new, change, or stand already. */
export function DiffCounts({ diff }: { readonly diff: ImportDiff }) {
  const { t, format } = useWords();
  return (
    <ul className="diff-counts">
      {diff.kinds.map((each) => (
        <li key={each.kind}>
          {t('importReview.countsByKind', {
            kind: t(`importReview.kind.${each.kind}`),
            added: format.number(each.added),
            changed: format.number(each.changed),
            unchanged: format.number(each.unchanged),
          })}
          {each.conflicts === 0 ? null : ` · ${t('importReview.conflictsOfKind', { count: each.conflicts })}`}
        </li>
      ))}
    </ul>
  );
}

/** What a file would change, value by value, before anything is written. */
export function DiffList({ diff }: { readonly diff: ImportDiff }) {
  const words = useWords();
  const { t, format, code } = words;
  const [kind, setKind] = useState<DiffKind | 'all'>('all');
  const [chosen, setChosen] = useState<DiffOutcome>();
  const there = OUTCOMES.filter((each) => countOf(diff, 'all', each) > 0);
  const outcome = chosen !== undefined && there.includes(chosen) ? chosen : (there[0] ?? 'new');
  const { lines, rows } = useMemo(
    () => diffLines(diff, kind, outcome, { t, format, code }),
    [diff, kind, outcome, t, format, code],
  );
  const columns = useMemo(
    (): VirtualColumn<DiffLine>[] => [
      {
        id: 'line',
        title: t('importReview.line'),
        width: 90,
        cell: ({ line }) => (line === null ? t('app.dash') : format.number(line)),
        compare: (a, b) => (a.line ?? 0) - (b.line ?? 0),
      },
      {
        id: 'student',
        title: t('importReview.student'),
        width: '3fr',
        cell: ({ student }) => (
          <span className="diff-cell" title={student}>
            {student}
          </span>
        ),
        text: ({ student }) => student,
        compare: (a, b) => format.compare(a.student, b.student),
      },
      {
        id: 'about',
        title: t('importReview.about'),
        width: '4fr',
        cell: ({ about }) => (
          <span className="diff-cell" title={about}>
            {about}
          </span>
        ),
        text: ({ about }) => about,
        compare: (a, b) => format.compare(a.about, b.about),
      },
      {
        id: 'change',
        title:
          outcome === 'new'
            ? t('importReview.brings')
            : outcome === 'conflict'
              ? t('importReview.kept')
              : t('importReview.change'),
        width: '6fr',
        cell: ({ text, why }) => (
          <span className="diff-cell" title={why === '' ? text : `${text}\n${why}`}>
            {text}
            {why === '' ? null : <span className="note diff-why">{why}</span>}
          </span>
        ),
        text: ({ text, why }) => (why === '' ? text : `${text} (${why})`),
      },
    ],
    [t, format, outcome],
  );
  if (there.length === 0) return null;
  const total = countOf(diff, kind, outcome);
  const label = t('importReview.diff');
  return (
    <details className="diff" open={there[0] !== 'new'}>
      <summary>{label}</summary>
      <div className="action-row diff-filters">
        <Choice
          label={t('importReview.show')}
          value={outcome}
          options={there.map((each) => ({
            value: each,
            label: t(`importReview.outcome.${each}`, { amount: format.number(countOf(diff, kind, each)) }),
          }))}
          onChange={setChosen}
        />
        <Picker
          label={t('importReview.kindLabel')}
          hideLabel
          value={kind}
          options={[
            { value: 'all', label: t('importReview.allKinds') },
            ...diff.kinds.map((each) => ({ value: each.kind, label: t(`importReview.kind.${each.kind}`) })),
          ]}
          onChange={setKind}
        />
      </div>
      {lines.length === 0 ? (
        <p className="note">{t('importReview.nothing')}</p>
      ) : (
        <div className="diff-table">
          <VirtualTable label={label} items={lines} columns={columns} rowHeight={outcome === 'conflict' ? 56 : 40} />
        </div>
      )}
      {rows < total ? (
        <p className="note" role="status">
          {t('importReview.shownOf', { shown: format.number(rows), total: format.number(total) })}
        </p>
      ) : null}
    </details>
  );
}
