import { useRef, useState } from 'react';
import type { EditedValue, GridView, PastEdit, StepOutcome } from '../../../shared/contract/gradebook.ts';
import { Button } from '../../components/button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Banner, Loaded, Problem } from '../../components/states.tsx';
import { UndoCell } from '../../components/undo-cell.tsx';
import { useAction } from '../../data/use-action.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { digitsOf } from './use-cell-words.ts';

/** Every edit of the grid, newest first, each with a way back. */
export function PastEdits() {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t('gradebook.edits.open')}</Button>
      <Dialog title={t('gradebook.edits.title')} open={open} shape="drawer" onClose={() => setOpen(false)}>
        <EditList />
      </Dialog>
    </>
  );
}

function EditList() {
  const { t, format } = useWords();
  const state = useRoute('gradebook.edits', {});
  const undo = useAction('gradebook.undoEdit');
  const [outcome, setOutcome] = useState<StepOutcome>();
  const what = useEditWords();
  const place = useRef<HTMLDivElement>(null);

  async function onUndo(id: string) {
    setOutcome(undefined);
    setOutcome(await undo.run({ id }));
    // The button is gone, and with it the keyboard's place in the dialog.
    place.current?.focus();
  }

  return (
    <div ref={place} tabIndex={-1}>
      {undo.error === undefined ? null : <Problem failure={undo.error} />}
      {outcome === undefined ? null : <Undone outcome={outcome} onDismiss={() => setOutcome(undefined)} />}
      <Loaded state={state}>
        {({ edits, total }) =>
          edits.length === 0 ? (
            <p className="note">{t('gradebook.edits.none')}</p>
          ) : (
            <>
              <DataTable
                label={t('gradebook.edits.title')}
                rows={edits}
                rowKey={({ id }) => id}
                columns={[
                  {
                    title: t('gradebook.edits.when'),
                    cell: ({ at }) => <time dateTime={new Date(at).toISOString()}>{format.exactTime(at)}</time>,
                  },
                  {
                    title: t('gradebook.edits.what'),
                    cell: (edit) => (
                      <ul className={edit.undone ? 'past-edit undone' : 'past-edit'}>
                        {what(edit).map((line) => (
                          <li key={line}>{line}</li>
                        ))}
                      </ul>
                    ),
                  },
                  {
                    title: t('gradebook.edits.state'),
                    cell: (edit) => (
                      <UndoCell
                        undone={edit.undone}
                        said={t('gradebook.edits.undone')}
                        label={t('app.undo')}
                        of={t('gradebook.edits.undoOf', { what: what(edit)[0] })}
                        isDisabled={undo.busy}
                        onUndo={() => void onUndo(edit.id)}
                      />
                    ),
                  },
                ]}
              />
              {edits.length < total ? (
                <p className="note">{t('gradebook.edits.shown', { shown: edits.length, total: format.number(total) })}</p>
              ) : null}
            </>
          )
        }
      </Loaded>
    </div>
  );
}

/** What went back, and what stays as something later made it. */
function Undone({ outcome, onDismiss }: { readonly outcome: StepOutcome; readonly onDismiss: () => void }) {
  const { t, code } = useWords();
  const { changed, kept } = outcome;
  return (
    <Banner tone={kept.length === 0 ? 'good' : 'warning'} onDismiss={onDismiss}>
      <p>{t('gradebook.done.undo', { count: changed })}</p>
      {kept.length === 0 ? null : (
        <>
          <p>{t('gradebook.kept', { count: kept.length })}</p>
          <ul>
            {kept.slice(0, 6).map(({ student, column, reason }) => (
              <li key={`${student} ${column}`}>
                {student === '' ? column : t('gradebook.place', { student, column })}:{' '}
                {code('gradebook.keptReason', reason, {}, reason)}
              </li>
            ))}
          </ul>
          {kept.length > 6 ? <p>{t('app.more', { count: kept.length - 6 })}</p> : null}
        </>
      )}
    </Banner>
  );
}

/** An edit in words: a line for each cell that is named, and how many more there are. */
function useEditWords(): (edit: PastEdit) => string[] {
  const { t, format } = useWords();
  const value = (view: GridView, held: EditedValue): string => {
    if (held === null) return t(view === 'answers' ? 'gradebook.noAnswer' : 'gradebook.noMark');
    if (held.status === 'excused' || held.status === 'missing') return t(`gradebook.state.${held.status}`);
    const number = held.value ?? 0;
    if (view === 'marks') {
      const points = format.number(number, digitsOf(number));
      return held.status === 'late' ? t('gradebook.lateMark', { points }) : points;
    }
    return number === 1 ? t('gradebook.right') : number === 0 ? t('gradebook.wrong') : format.percent(number);
  };
  return ({ view, column, cells, changes }) => {
    if (column !== null) return [t('gradebook.edits.added', { column })];
    const lines = changes.map((change) =>
      t('gradebook.edits.change', {
        student: change.student.name,
        column: change.column,
        before: value(view, change.before),
        after: value(view, change.after),
      }),
    );
    return cells > changes.length ? [...lines, t('app.more', { count: cells - changes.length })] : lines;
  };
}
