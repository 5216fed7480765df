import type { RouteInput, RouteOutput } from '../../../shared/contract/index.ts';
import type { StagedFiles } from '../files.ts';
import type { Clock, Gradebook } from '../ports.ts';
import type { Profiles } from '../profiles.ts';
import { createDecisions } from './decisions.ts';
import { materialHandlers } from './material-routes.ts';

/** What a window does with a teacher's decisions and notes. */
export function teacherHandlers(options: {
  readonly gradebook: Gradebook;
  readonly profiles: Profiles;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly files: StagedFiles;
  /** To be called after each write: windows read again. */
  readonly noticeChange: () => void;
}) {
  const { gradebook, profiles, clock, newId, files, noticeChange } = options;
  const decisions = createDecisions({ gradebook, clock, newId });

  const planOf = (studentId: string): RouteOutput<'plans.get'> =>
    structuredClone(profiles.plan(studentId)) as RouteOutput<'plans.get'>;
  const changing = (studentId: string, work: () => string): RouteOutput<'decisions.make'> => {
    const before = planOf(studentId);
    const decisionId = work();
    const after = planOf(studentId);
    noticeChange();
    return { decisionId, before, after };
  };
  const noticed = (): Record<string, never> => {
    noticeChange();
    return {};
  };

  return {
    ...materialHandlers({ gradebook, clock, newId, files, noticeChange }),
    'decisions.list': ({ studentId }: RouteInput<'decisions.list'>) => ({
      decisions: profiles
        .decisions(studentId)
        .map(({ id, at, note, decision, state, answersSince }) =>
          structuredClone({ id, at, note, decision, state, answersSince }),
        ) as RouteOutput<'decisions.list'>['decisions'],
    }),
    'decisions.make': ({ studentId, decision, note = '' }: RouteInput<'decisions.make'>) =>
      changing(studentId, () => decisions.decide(studentId, decision, note).decisionId),
    'decisions.takeBack': ({ decisionId }: RouteInput<'decisions.takeBack'>) =>
      changing(decisions.find(decisionId).studentId, () => {
        decisions.takeBack(decisionId);
        return decisionId;
      }),
    'decisions.restore': ({ decisionId }: RouteInput<'decisions.restore'>) =>
      changing(decisions.find(decisionId).studentId, () => {
        decisions.restore(decisionId);
        return decisionId;
      }),
    'notes.list': ({ studentId }: RouteInput<'notes.list'>) => ({
      notes: gradebook.read.notes(studentId).map((note) => ({ ...note })),
    }),
    'notes.add': ({ studentId, text }: RouteInput<'notes.add'>) => {
      const noteId = newId();
      gradebook.addNote({ id: noteId, studentId, text, at: clock() });
      noticeChange();
      return { noteId };
    },
    'notes.edit': ({ noteId, text }: RouteInput<'notes.edit'>) => {
      gradebook.editNote(noteId, text, clock());
      return noticed();
    },
    'notes.delete': ({ noteId }: RouteInput<'notes.delete'>) => {
      gradebook.deleteNote(noteId, true, clock());
      return noticed();
    },
    'notes.restore': ({ noteId }: RouteInput<'notes.restore'>) => {
      gradebook.deleteNote(noteId, false, clock());
      return noticed();
    },
  };
}
