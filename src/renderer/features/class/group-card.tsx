import { useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import type { LessonGroup } from '../../../shared/contract/classroom.ts';
import { Button } from '../../components/button.tsx';
import { OptionsMenu } from '../../components/options-menu.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { goTo } from '../../routing/use-place.ts';
import { groupLabel, groupLetter, groupReason, groupTitle, movedOnWords } from './group-words.ts';
import type { GroupEdits } from './use-group-edits.ts';

/** Names that are shown at once: a class is seen as a whole, a school is not. */
const SHOWN = 12;

function StudentMenu(properties: {
  readonly student: LessonGroup['students'][number];
  readonly groups: readonly LessonGroup[];
  readonly from: string;
  readonly edits: GroupEdits;
}) {
  const { student, groups, from, edits } = properties;
  const { t } = useWords();
  const label = t('groups.menuOf', { name: student.name });
  const others = groups.map((group, index) => ({ group, index })).filter(({ group }) => group.id !== from && !group.unplaced);
  return (
    <OptionsMenu
      label={label}
      trigger={
        <Button kind="quiet" aria-label={label} isDisabled={edits.busy}>
          {student.name}
        </Button>
      }
      options={[
        { value: 'open', label: t('groups.openStudent') },
        ...others.map(({ group, index }) => ({
          value: `to ${group.id}`,
          label: t('groups.move', { group: groupLabel(group, index, t) }),
        })),
        { value: 'new', label: t('groups.moveNew') },
      ]}
      onChoose={(value) => {
        if (value === 'open') goTo({ screen: 'student', studentId: student.id, view: 'path' });
        else if (value === 'new') void edits.moveToNew(student);
        else {
          const found = others.find(({ group }) => `to ${group.id}` === value)!;
          void edits.move(student, found.group.id, groupLabel(found.group, found.index, t));
        }
      }}
    />
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
          {shown.map((student) => (
            <StudentMenu key={student.id} student={student} groups={groups} from={group.id} edits={edits} />
          ))}
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
