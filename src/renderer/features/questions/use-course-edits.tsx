import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { EditResult } from '../../../shared/contract/course.ts';
import type { Failure, RouteInput } from '../../../shared/contract/index.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { Button } from '../../components/button.tsx';
import { Banner, Problem } from '../../components/states.tsx';
import { useApplication } from '../../data/application-context.tsx';
import { toFailure } from '../../data/use-action.ts';
import { useWords } from '../../i18n/use-words.ts';
import { editWords } from './edit-words.ts';

/** Calls that change the course, each with a way back. */
type EditName =
  | 'questions.assign'
  | 'questions.accept'
  | 'questions.count'
  | 'rules.apply'
  | 'skills.add'
  | 'skills.rename'
  | 'skills.merge'
  | 'skills.remove'
  | 'skills.link'
  | 'skills.takeStarter';

export interface CourseEdits {
  /** Resolves with true where it went well, also where nothing was other than before. */
  readonly run: <Name extends EditName>(name: Name, input: RouteInput<Name>) => Promise<boolean>;
  readonly undo: (editId: string) => Promise<void>;
  readonly busy: boolean;
  readonly error: Failure | undefined;
  readonly clear: () => void;
  /** How the last one went, with its undo. */
  readonly outcome: ReactNode;
}

/** Changes of the course from one screen: what was done is said, aloud too, and can be taken back at once. */
export function useCourseEdits(): CourseEdits {
  const { api } = useApplication();
  const words = useWords();
  const { t } = words;
  const announce = useAnnounce();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Failure>();
  const [done, setDone] = useState<{ readonly text: string; readonly editId: string | null }>();

  const attempt = useCallback(
    async (work: () => Promise<{ readonly text: string; readonly editId: string | null } | Failure>): Promise<boolean> => {
      setBusy(true);
      setError(undefined);
      setDone(undefined);
      let failure: Failure | undefined;
      try {
        const result = await work();
        if ('code' in result) failure = result;
        else {
          setDone(result);
          announce(result.text);
        }
      } catch (reason) {
        failure = toFailure(reason);
      } finally {
        setBusy(false);
      }
      setError(failure);
      return failure === undefined;
    },
    [announce],
  );

  const run = useCallback(
    <Name extends EditName>(name: Name, input: RouteInput<Name>) =>
      attempt(async () => {
        const answer = await api.call(name, input);
        if (!answer.ok) return answer.error;
        const { editId } = answer.data as EditResult;
        if (editId === null) return { text: t('questions.unchanged'), editId };
        const list = await api.call('course.edits', {});
        const edit = list.ok ? list.data.edits.find(({ id }) => id === editId) : undefined;
        return { text: t('questions.doneUndo', { what: `${edit ? editWords(edit, words) : ''}.` }), editId };
      }),
    [api, attempt, t, words],
  );
  const undo = useCallback(
    async (editId: string) => {
      await attempt(async () => {
        const answer = await api.call('course.undo', { editId });
        if (!answer.ok) return answer.error;
        const kept = answer.data.kept.length;
        return { text: kept === 0 ? t('questions.undone') : t('questions.undoneKept', { count: kept }), editId: null };
      });
    },
    [api, attempt, t],
  );
  const clear = useCallback(() => setError(undefined), []);

  // What was pressed may be gone with what it changed; a dialog gives the focus back by itself.
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (done !== undefined && document.querySelector('[role="dialog"]') === null) place.current?.focus({ preventScroll: true });
  }, [done]);

  const outcome = (
    <div className="course-outcome" ref={place} tabIndex={-1}>
      {error === undefined ? null : <Problem failure={error} />}
      {done === undefined ? null : (
        <Banner
          tone="good"
          onDismiss={() => setDone(undefined)}
          actions={
            done.editId === null ? undefined : (
              <Button kind="quiet" icon="undo" isPending={busy} onPress={() => void undo(done.editId!)}>
                {t('app.undo')}
              </Button>
            )
          }
        >
          <p>{done.text}</p>
        </Banner>
      )}
    </div>
  );
  return { run, undo, busy, error, clear, outcome };
}
