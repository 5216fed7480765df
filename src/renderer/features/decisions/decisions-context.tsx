import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Decision } from '../../../shared/decisions.ts';
import type { Envelope, Failure, RouteOutput } from '../../../shared/contract/index.ts';
import type { StudentView } from '../../../shared/contract/students.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { useApplication } from '../../data/application-context.tsx';
import { useAttempt } from '../../data/use-action.ts';
import { useKept } from '../../data/use-kept.ts';
import { useWords } from '../../i18n/use-words.ts';
import { decisionWords } from '../student/decision-words.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';
import { DecisionDialog } from './decision-dialog.tsx';
import { isAskedOrNone } from './decision-request.ts';
import type { AskedDecision, DecisionRequest } from './decision-request.ts';

type Result = RouteOutput<'decisions.make'>;

/** How the last decision, or taking one back, went. */
export interface DecisionOutcome {
  readonly did: 'madeNow' | 'takenBack' | 'restored';
  readonly what: string;
  readonly result: Result;
}

export interface Deciding {
  /** Decides at once, or asks for what is missing. */
  readonly start: (request: DecisionRequest) => void;
  readonly make: (decision: Decision, note: string) => Promise<boolean>;
  readonly takeBack: (decisionId: string, decision: Decision) => Promise<void>;
  /** Undoes the last one. */
  readonly undo: () => Promise<void>;
  readonly dismiss: () => void;
  readonly outcome: DecisionOutcome | undefined;
  readonly error: Failure | undefined;
  readonly busy: boolean;
}

const Context = createContext<Deciding | undefined>(undefined);

/** Deciding about the student of this screen; undefined elsewhere. */
export const useDeciding = (): Deciding | undefined => useContext(Context);

export interface DecisionsProviderProperties {
  readonly student: StudentView;
  readonly names: SkillNames;
  readonly children: ReactNode;
}

/** Lets everything on a student's screen decide about the path; what came of it is said, aloud too, and can be undone. */
export function DecisionsProvider({ student, names, children }: DecisionsProviderProperties) {
  const { api } = useApplication();
  const { t, format } = useWords();
  const announce = useAnnounce();
  const [request, setRequest] = useKept<AskedDecision | null>(`decision.open.${student.id}`, null, isAskedOrNone);
  const [outcome, setOutcome] = useState<DecisionOutcome>();
  const { attempt: call, busy, error, clear } = useAttempt();

  const attempt = useCallback(
    async (did: DecisionOutcome['did'], what: string, work: () => Promise<Envelope<Result>>) => {
      const result = await call(work);
      if (result === undefined) return false;
      setOutcome({ did, what, result });
      announce(t(`decisions.${did}`, { what }));
      return true;
    },
    [call, announce, t],
  );
  const studentId = student.id;
  const make = useCallback(
    (decision: Decision, note: string) =>
      attempt('madeNow', decisionWords(decision, names, t, format), () =>
        api.call('decisions.make', {
          studentId,
          decision: decision.kind === 'goal' ? { ...decision, skills: [...decision.skills] } : decision,
          note,
        }),
      ),
    [api, attempt, names, t, format, studentId],
  );
  const deciding = useMemo<Deciding>(
    () => ({
      start: (next) => {
        if (next.kind === 'goal' || next.kind === 'leave-out' || next.kind === 'strategy') setRequest(next);
        else void make({ kind: next.kind, skill: next.skill }, '');
      },
      make,
      takeBack: async (decisionId, decision) => {
        await attempt('takenBack', decisionWords(decision, names, t, format), () =>
          api.call('decisions.takeBack', { decisionId }),
        );
      },
      undo: async () => {
        if (outcome === undefined) return;
        const { did, what, result } = outcome;
        const { decisionId } = result;
        await (did === 'takenBack'
          ? attempt('restored', what, () => api.call('decisions.restore', { decisionId }))
          : attempt('takenBack', what, () => api.call('decisions.takeBack', { decisionId })));
      },
      dismiss: () => setOutcome(undefined),
      outcome,
      error,
      busy,
    }),
    [make, attempt, api, names, t, format, outcome, error, busy, setRequest],
  );
  return (
    <Context.Provider value={deciding}>
      {children}
      {request === null ? null : (
        <DecisionDialog
          request={request}
          student={student}
          names={names}
          busy={busy}
          error={error}
          onDecide={async (decision, note) => {
            const made = await make(decision, note);
            if (made) setRequest(null);
            return made;
          }}
          onClose={() => {
            clear();
            setRequest(null);
          }}
        />
      )}
    </Context.Provider>
  );
}
