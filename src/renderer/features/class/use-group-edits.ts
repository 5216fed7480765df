import { useState } from 'react';
import type { RouteOutput } from '../../../shared/contract/index.ts';
import { keptOf, withGroup, withMoved, withName, withoutGroup } from '../../../shared/groups.ts';
import type { KeptGroup } from '../../../shared/groups.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import type { Done } from '../../components/done-banner.tsx';
import { useApplication } from '../../data/application-context.tsx';
import { useAttempt } from '../../data/use-action.ts';
import { useWords } from '../../i18n/use-words.ts';

export type ShownGroups = RouteOutput<'classes.groups'>;

/** What a teacher does with the groups of a class; each is kept at once and can be taken back. */
export function useGroupEdits(shown: ShownGroups | undefined) {
  const { api } = useApplication();
  const { t } = useWords();
  const announce = useAnnounce();
  const { attempt, busy, error, clear } = useAttempt();
  const [done, setDone] = useState<Done>();

  async function undo(groupingId: string) {
    if ((await attempt(() => api.call('groups.undo', { groupingId }))) === undefined) return;
    setDone({ text: t('groups.undone'), undo: undefined });
    announce(t('groups.undone'));
  }
  async function keep(change: ((now: readonly KeptGroup[]) => readonly KeptGroup[]) | undefined, text: string): Promise<boolean> {
    if (shown === undefined) return false;
    const groups = change === undefined ? null : change(keptOf(shown.groups));
    const base = shown.standing?.id ?? null;
    const kept = await attempt(() => api.call('groups.keep', { classId: shown.classId, base, groups }));
    if (kept === undefined) return false;
    setDone({ text, undo: () => undo(kept.groupingId) });
    announce(text);
    return true;
  }

  return {
    busy,
    error,
    clear,
    done,
    dismiss: () => setDone(undefined),
    move: (student: { readonly id: string; readonly name: string }, to: string, label: string) =>
      keep((now) => withMoved(now, student.id, to), t('groups.moved', { name: student.name, group: label })),
    moveToNew: (student: { readonly id: string; readonly name: string }) =>
      keep(
        (now) => {
          const { id, groups } = withGroup(now, '');
          return withMoved(groups, student.id, id);
        },
        t('groups.movedToNew', { name: student.name }),
      ),
    make: (name: string) => keep((now) => withGroup(now, name).groups, t('groups.made', { name })),
    rename: (id: string, name: string) => keep((now) => withName(now, id, name), t('groups.renamed')),
    remove: (id: string) => keep((now) => withoutGroup(now, id), t('groups.removed')),
    propose: () => keep(undefined, t('groups.proposed')),
  };
}

export type GroupEdits = ReturnType<typeof useGroupEdits>;
