import { DataTable } from '../../components/data-table.tsx';
import { Section } from '../../components/page.tsx';
import { Loaded } from '../../components/states.tsx';
import { UndoCell } from '../../components/undo-cell.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { editWords } from './edit-words.ts';
import type { CourseEdits } from './use-course-edits.tsx';

/** Every change of the course, newest first, each with a way back. */
export function EditList({ edits }: { readonly edits: CourseEdits }) {
  const words = useWords();
  const { t, format } = words;
  const state = useRoute('course.edits', {});
  return (
    <Section title={t('questions.edits.title')}>
      <Loaded state={state}>
        {({ edits: list }) =>
          list.length === 0 ? (
            <p className="note">{t('questions.edits.none')}</p>
          ) : (
            <DataTable
              label={t('questions.edits.title')}
              rows={list}
              rowKey={({ id }) => id}
              columns={[
                {
                  title: t('questions.edits.when'),
                  cell: ({ at }) => (
                    <time dateTime={new Date(at).toISOString()} title={format.exactTime(at)}>
                      {format.day(at, Date.now())}
                    </time>
                  ),
                },
                {
                  title: t('questions.edits.what'),
                  cell: (edit) => <span className={edit.undone ? 'undone' : undefined}>{editWords(edit, words)}</span>,
                },
                { title: t('questions.edits.note'), cell: ({ note }) => note || t('app.dash') },
                {
                  title: t('questions.edits.state'),
                  cell: (edit) => (
                    <UndoCell
                      undone={edit.undone}
                      said={t('questions.edits.undone')}
                      label={t('app.undo')}
                      of={t('questions.edits.undoOf', { what: editWords(edit, words) })}
                      isDisabled={edits.busy}
                      onUndo={() => void edits.undo(edit.id)}
                    />
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </Section>
  );
}
