import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { LessonGroup } from '../../../shared/contract/classroom.ts';
import { Picker } from '../../components/picker.tsx';
import { Section } from '../../components/page.tsx';
import { Loaded, Skeleton } from '../../components/states.tsx';
import type { RouteState } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { GROUP_SIZES, usePreferences } from '../../preferences/preferences.tsx';
import { shorten } from '../student/reason.ts';
import { groupLetter, groupReason, groupTitle } from './group-words.ts';

export interface GroupsProperties {
  readonly state: RouteState<'classes.groups'>;
  /** Place of the chosen group, if one is. */
  readonly chosen: number | undefined;
  readonly onChoose: (group: number | undefined) => void;
}

function GroupList(properties: {
  readonly groups: readonly LessonGroup[];
  readonly chosen: number | undefined;
  readonly onChoose: (group: number | undefined) => void;
}) {
  const { groups, chosen, onChoose } = properties;
  const { t, format } = useWords();
  return (
    <ToggleButtonGroup
      className="groups"
      orientation="vertical"
      selectionMode="single"
      aria-label={t('groups.title')}
      selectedKeys={chosen === undefined ? [] : [String(chosen)]}
      onSelectionChange={(keys) => {
        const [key] = keys;
        onChoose(key === undefined ? undefined : Number(key));
      }}
    >
      {groups.map((group, index) => (
        <ToggleButton key={groupLetter(index)} id={String(index)} className="group">
          <span className="group-letter">{groupLetter(index)}</span>
          <span className="group-count">{format.number(group.students.length)}</span>
          <span className="group-words">
            <span className="group-skill">{groupTitle(group, t)}</span>
            <span className="group-why">{groupReason(group, t, format)}</span>
            <span className="group-names">
              {shorten(
                group.students.map(({ name }) => name),
                t,
                format,
                4,
              )}
            </span>
          </span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

/** The largest group that the teacher wants. */
export function GroupSize() {
  const { t, format } = useWords();
  const { preferences, set } = usePreferences();
  return (
    <Picker
      label={t('groups.size')}
      value={String(preferences.groupSize)}
      options={GROUP_SIZES.map((size) => ({ value: String(size), label: format.number(size) }))}
      onChange={(size) => set({ groupSize: Number(size) })}
    />
  );
}

/** Who works together in the next lesson, and why. */
export function Groups({ state, chosen, onChoose }: GroupsProperties) {
  const { t, format } = useWords();
  const wanted = usePreferences().preferences.groupSize;
  return (
    <Section title={t('groups.title')} note={t('groups.note')} actions={<GroupSize />}>
      <Loaded state={state} skeleton={<Skeleton lines={4} />}>
        {({ groups, size }) => (
          <>
            <GroupList groups={groups} chosen={chosen} onChoose={onChoose} />
            {size > wanted ? <p className="note">{t('groups.larger', { size: format.number(size) })}</p> : null}
          </>
        )}
      </Loaded>
    </Section>
  );
}
