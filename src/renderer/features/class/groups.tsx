import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DoneBanner } from '../../components/done-banner.tsx';
import { Picker } from '../../components/picker.tsx';
import { Section } from '../../components/page.tsx';
import { Loaded, Problem, Skeleton } from '../../components/states.tsx';
import type { RouteState } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { GROUP_SIZES, usePreferences } from '../../preferences/preferences.tsx';
import { GroupCard } from './group-card.tsx';
import { GroupNameDialog } from './group-name-dialog.tsx';
import { useGroupEdits } from './use-group-edits.ts';
import type { GroupEdits, ShownGroups } from './use-group-edits.ts';

export interface GroupsProperties {
  readonly state: RouteState<'classes.groups'>;
  /** Id of the chosen group, if one is. */
  readonly chosen: string | undefined;
  readonly onChoose: (group: string | undefined) => void;
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

/** Whose groups these are, and the way back to the proposal. */
function Standing({ shown, edits }: { readonly shown: ShownGroups; readonly edits: GroupEdits }) {
  const { t, format } = useWords();
  const { standing, elsewhere } = shown;
  if (standing === null || !standing.kept) return null;
  return (
    <div className="group-standing">
      <p>
        {t('groups.yours', { day: format.day(standing.at, Date.now()) })}{' '}
        {elsewhere === 0 ? null : t('groups.elsewhere', { count: elsewhere })}
      </p>
      <Button kind="quiet" isDisabled={edits.busy} onPress={() => void edits.propose()}>
        {t('groups.propose')}
      </Button>
    </div>
  );
}

function GroupList({ shown, chosen, onChoose }: Omit<GroupsProperties, 'state'> & { readonly shown: ShownGroups }) {
  const { t, format } = useWords();
  const edits = useGroupEdits(shown);
  const wanted = usePreferences().preferences.groupSize;
  /** The group whose name is asked for; null: a new one's. */
  const [naming, setNaming] = useState<string | null>();
  const { groups, size } = shown;
  const named = groups.find(({ id }) => id === naming);
  return (
    <>
      {edits.error === undefined || naming !== undefined ? null : <Problem failure={edits.error} />}
      <DoneBanner done={edits.done} onDismiss={edits.dismiss} />
      <Standing shown={shown} edits={edits} />
      <ul className="groups">
        {groups.map((group, index) => (
          <GroupCard
            key={group.id}
            groups={groups}
            index={index}
            chosen={group.id === chosen}
            onChoose={(now) => onChoose(now ? group.id : undefined)}
            onRename={() => setNaming(group.id)}
            edits={edits}
          />
        ))}
      </ul>
      {shown.standing?.kept !== true && size > wanted ? (
        <p className="note">{t('groups.larger', { size: format.number(size) })}</p>
      ) : null}
      <Button kind="quiet" icon="plus" isDisabled={edits.busy} onPress={() => setNaming(null)}>
        {t('groups.make')}
      </Button>
      {naming === undefined ? null : (
        <GroupNameDialog
          title={t(named === undefined ? 'groups.makeTitle' : 'groups.renameTitle')}
          save={t(named === undefined ? 'groups.makeSave' : 'groups.renameSave')}
          name={named?.name ?? ''}
          empty={named !== undefined}
          busy={edits.busy}
          error={edits.error}
          onSave={(name) => (named === undefined ? edits.make(name) : edits.rename(named.id, name))}
          onClose={() => {
            edits.clear();
            setNaming(undefined);
          }}
        />
      )}
    </>
  );
}

/** Who works together in the next lesson, and why: as proposed, or as the teacher arranged it. */
export function Groups({ state, chosen, onChoose }: GroupsProperties) {
  const { t } = useWords();
  const kept = state.data?.standing?.kept === true;
  return (
    <Section title={t('groups.title')} note={t('groups.note')} actions={kept ? undefined : <GroupSize />}>
      <Loaded state={state} skeleton={<Skeleton lines={4} />}>
        {(shown) => <GroupList shown={shown} chosen={chosen} onChoose={onChoose} />}
      </Loaded>
    </Section>
  );
}
