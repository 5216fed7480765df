import { useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { useAnnounce } from '../../components/announcer.tsx';
import { DoneBanner } from '../../components/done-banner.tsx';
import type { Done } from '../../components/done-banner.tsx';
import { Loaded, Problem } from '../../components/states.tsx';
import { useAction } from '../../data/use-action.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { PracticeAgain } from '../plans/practice-button.tsx';
import { PlanFinder } from './plan-finder.tsx';
import { StepForm } from './step-form.tsx';

export interface ResultsDialogProperties {
  /** The plan to begin with; undefined: it is asked for. */
  readonly number: number | undefined;
  readonly onClose: () => void;
}

/** What came back of printed plans, one after the other: the number of the sheet, then what happened in each step. */
export function ResultsDialog({ number: first, onClose }: ResultsDialogProperties) {
  const { t } = useWords();
  const announce = useAnnounce();
  const [number, setNumber] = useState(first);
  const [solutions, setSolutions] = useState(false);
  const [done, setDone] = useState<Done>();
  /** A new field each time, so that the focus is in it again. */
  const [round, setRound] = useState(0);
  const undo = useAction('students.undoAnswers');

  async function takeBack(importId: string) {
    if ((await undo.run({ importId })) === undefined) return;
    announce(t('results.takenBack'));
    setDone({ text: t('results.takenBack'), undo: undefined });
    setRound(round + 1);
  }

  if (solutions && number !== undefined) return <PracticeAgain number={number} onClose={() => setSolutions(false)} />;
  return (
    <Dialog title={t('results.title')} open shape="drawer" onClose={onClose}>
      <div className="results">
        <DoneBanner done={done} onDismiss={() => setDone(undefined)} />
        {undo.error === undefined ? null : <Problem failure={undo.error} />}
        {number === undefined ? (
          <PlanFinder
            key={round}
            onChoose={(chosen) => {
              setDone(undefined);
              setNumber(chosen);
            }}
          />
        ) : (
          <OnePlan
            key={number}
            number={number}
            onRecorded={(text, importId) => {
              announce(text);
              setDone({ text, undo: () => takeBack(importId) });
              setNumber(undefined);
            }}
            onTakeBack={takeBack}
            onSolutions={() => setSolutions(true)}
            onAnother={() => setNumber(undefined)}
          />
        )}
      </div>
    </Dialog>
  );
}

function OnePlan(properties: Omit<Parameters<typeof StepForm>[0], 'plan'> & { readonly number: number }) {
  const { number, ...rest } = properties;
  const state = useRoute('results.get', { number });
  return <Loaded state={state}>{(plan) => <StepForm plan={plan} {...rest} />}</Loaded>;
}
