import { useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import type { LessonGroup } from '../../../shared/contract/classroom.ts';
import { Button } from '../../components/button.tsx';
import { OptionsMenu, SharedMenu } from '../../components/options-menu.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { goTo } from '../../routing/use-place.ts';
import { groupLabel, groupLetter, groupReason, groupTitle, movedOnWords } from './group-words.ts';
import type { GroupEdits } from './use-group-edits.ts';

/** Names that are shown at once: a class is seen as a whole, a school is not. */
const SHOWN = 12;

type Student = LessonGroup['students'][number];

/** A student of a group, with a menu of what can be done. Plain buttons: a school has hundreds of them on screen. */
function Members(properties: {
  readonly students: readonly Student[];
  readonly groups: readonly LessonGroup[];
  readonly from: string;
  readonly edits: GroupEdits;
}) {
  const { students, groups, from, edits } = properties;
  const { t } = useWords();
  const [open, setOpen] = useState<{ readonly student: Student; readonly trigger: HTMLElement }>();
  const others = groups.map((group, index) => ({ group, index })).filter(({ group }) => group.id !== from && !group.unplaced);
  return (
    <>
      {students.map((student) => {
        const show = (trigger: HTMLElement) => setOpen({ student, trigger });
        return (
          <button
            key={student.id}
            type="button"
            className="button button-quiet"
            aria-label={t('groups.menuOf', { name: student.name })}
            aria-haspopup="menu"
            aria-expanded={open?.student.id === student.id}
            disabled={edits.busy}
            onClick={({ currentTarget }) => show(currentTarget)}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
              event.preventDefault();
              show(event.currentTarget);
            }}
          >
            {student.name}
          </button>
        );
      })}
      {open === undefined ? null : (
        <SharedMenu
          label={t('groups.menuOf', { name: open.student.name })}
          trigger={open.trigger}
          onClose={() => setOpen(undefined)}
          options={[
            { value: 'open', label: t('groups.openStudent') },
            ...others.map(({ group, index }) => ({
              value: `to ${group.id}`,
              label: t('groups.move', { group: groupLabel(group, index, t) }),
            })),
            { value: 'new', label: t('groups.moveNew') },
          ]}
          onChoose={(value) => {
            const { student } = open;
            if (value === 'open') goTo({ screen: 'student', studentId: student.id, view: 'path' });
            else if (value === 'new') void edits.moveToNew(student);
            else {
              const found = others.find(({ group }) => `to ${group.id}` === value)!;
              void edits.move(student, found.group.id, groupLabel(found.group, found.index, t));
            }
          }}
        />
      )}
    </>
  );
}

export interface GroupCardProperties {
  readonly groups: readonly LessonGroup[];
  readonly index: number;
  readonly chosen: boolean;
  readonly onChoose: (chosen: boolean) => void;
  readonly onRename: () => void;
  readonly edits: GroupEdits;
}

/** One group: what it does and why; its students, each of whom can be moved. */
export function GroupCard({ groups, index, chosen, onChoose, onRename, edits }: GroupCardProperties) {
  const { t, format } = useWords();
  const [all, setAll] = useState(false);
  const group = groups[index]!;
  const { students } = group;
  const shown = all ? students : students.slice(0, SHOWN);
  const moved = movedOnWords(group, t, format);
  const label = t('groups.menuOfGroup', { letter: groupLetter(index) });
  return (
    <li className="group-card">
      <div className="group-head">
        <ToggleButton className="group" isSelected={chosen} onChange={onChoose}>
          <span className="group-letter">{groupLetter(index)}</span>
          <span className="group-count">{format.number(students.length)}</span>
          <span className="group-words">
            <span className="group-skill">{groupTitle(group, t)}</span>
            <span className="group-why">{groupReason(group, t, format)}</span>
          </span>
        </ToggleButton>
        {group.unplaced ? null : (
          <OptionsMenu
            label={label}
            trigger={
              <Button kind="quiet" aria-label={label} isDisabled={edits.busy}>
                …
              </Button>
            }
            options={[
              { value: 'rename', label: t('groups.rename') },
              ...(students.length === 0 ? [{ value: 'remove' as const, label: t('groups.remove') }] : []),
            ]}
            onChoose={(value) => {
              if (value === 'rename') onRename();
              else void edits.remove(group.id);
            }}
          />
        )}
      </div>
      {moved === '' ? null : <p className="group-moved">{moved}</p>}
      {students.length === 0 ? (
        <p className="note group-nobody">{t('groups.nobody')}</p>
      ) : (
        <div className="group-members">
          <Members students={shown} groups={groups} from={group.id} edits={edits} />
          {shown.length === students.length ? null : (
            <Button kind="quiet" onPress={() => setAll(true)}>
              {t('groups.all', { count: students.length - shown.length })}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
