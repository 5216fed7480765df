import type { GridWindow } from '../../../shared/contract/gradebook.ts';
import { Banner, Problem } from '../../components/states.tsx';
import { useWords } from '../../i18n/use-words.ts';
import type { GridEditing } from './use-grid-editing.ts';
import type { GridSnapshot } from './window-store.ts';

const SHOWN = 6;

export interface EditMessagesProperties {
  readonly editing: GridEditing;
  readonly head: GridWindow;
  readonly rows: GridSnapshot;
  readonly tooLarge: string | undefined;
  readonly onDismiss: () => void;
}

/** What was not taken, or stays as something later made it: each cell by its student and column. */
export function EditMessages({ editing, head, rows, tooLarge, onDismiss }: EditMessagesProperties) {
  const { t, code, format } = useWords();
  const { refusal, kept, failure } = editing;
  if (refusal === undefined && kept.length === 0 && failure === undefined && tooLarge === undefined)
    return <div role="alert" className="grid-messages" />;
  const names = new Map<string, string>();
  for (let index = 0; index < head.total; index++) {
    const row = rows.row(index);
    if (row !== undefined) names.set(row.id, row.name);
  }
  const titles = new Map(head.columns.ids.map((id, index) => [id, head.columns.titles[index]!]));
  const place = (student: string, column: string) =>
    t('gradebook.place', { student: names.get(student) ?? student, column: titles.get(column) ?? column });
  return (
    <div role="alert" className="grid-messages">
      {failure === undefined ? null : <Problem failure={failure} />}
      {tooLarge === undefined ? null : (
        <Banner tone="warning" onDismiss={onDismiss}>
          <p>{tooLarge}</p>
        </Banner>
      )}
      {refusal === undefined ? null : (
        <Banner tone="warning" onDismiss={onDismiss}>
          <p>{t('gradebook.notTaken', { count: refusal.count })}</p>
          <ul>
            {refusal.cells.slice(0, SHOWN).map((cell) => (
              <li key={`${cell.row} ${cell.column}`}>
                {place(refusal.block.students[cell.row]!, refusal.block.columns[cell.column]!)}:{' '}
                {code('gradebook.refused', cell.code, { ...cell.detail, text: cell.text }, cell.text)}
              </li>
            ))}
          </ul>
          {refusal.count > SHOWN ? <p>{t('app.more', { count: refusal.count - SHOWN })}</p> : null}
        </Banner>
      )}
      {kept.length === 0 ? null : (
        <Banner tone="warning" onDismiss={onDismiss}>
          <p>{t('gradebook.kept', { count: kept.length })}</p>
          <ul>
            {kept.slice(0, SHOWN).map((cell) => (
              <li key={`${cell.student} ${cell.column}`}>
                {place(cell.student, cell.column)}: {code('gradebook.keptReason', cell.reason, {}, cell.reason)}
              </li>
            ))}
          </ul>
          {kept.length > SHOWN ? <p>{t('app.more', { count: format.number(kept.length - SHOWN) })}</p> : null}
        </Banner>
      )}
    </div>
  );
}
