import { useMemo, useState } from 'react';
import type { AnswersResult, StudentView } from '../../../shared/contract/students.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Banner, Problem } from '../../components/states.tsx';
import { useAction } from '../../data/use-action.ts';
import { useKept } from '../../data/use-kept.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { AnswerEntry } from './answer-entry.tsx';
import type { DraftAnswer } from './answer-entry.tsx';
import { AskedQuestions } from './asked-questions.tsx';
import type { AskedQuestion } from './asking-words.ts';
import { AnswerResult } from './answer-list.tsx';
import { BeforeAfter } from './before-after.tsx';
import { skillNames } from '../../../shared/skill-names.ts';

export interface AddAnswersProperties {
  readonly student: StudentView;
  /** Proposed questions whose answers are entered, or none; undefined while the dialog is closed. */
  readonly asked: readonly AskedQuestion[] | undefined;
  /** Opens what came back of the plan of this number. */
  readonly onResults: (plan: number) => void;
  readonly onClose: () => void;
}

const NO_DRAFTS: readonly DraftAnswer[] = [];
const isDrafts = (value: unknown): value is readonly DraftAnswer[] =>
  Array.isArray(value) &&
  value.every((each: Partial<DraftAnswer> | null) => typeof each?.number === 'number' && Array.isArray(each.skills));

/** The way to enter answers by the steps of the plan that the student was given. */
function LastPlan({ studentId, onResults }: { readonly studentId: string; readonly onResults: (plan: number) => void }) {
  const { t } = useWords();
  const found = useRoute('results.find', { text: studentId, limit: 2000 });
  const plan = found.data?.plans.find((each) => each.studentId === studentId);
  if (plan === undefined) return null;
  return (
    <p>
      <Button onPress={() => onResults(plan.number)}>{t('results.ofPlan', { number: plan.number })}</Button>
    </p>
  );
}

/** New answers typed in: entered first, recorded together, then what they changed, with a way back. */
export function AddAnswers({ student, asked, onResults, onClose }: AddAnswersProperties) {
  const { t, format } = useWords();
  const open = asked !== undefined;
  const announce = useAnnounce();
  const names = useMemo(() => skillNames(student.skills), [student.skills]);
  const [drafts, setDrafts] = useKept<readonly DraftAnswer[]>(`answers.${student.id}`, NO_DRAFTS, isDrafts);
  const [result, setResult] = useState<AnswersResult>();
  /** Proposed questions that have been answered since the dialog opened. */
  const [entered, setEntered] = useState<ReadonlySet<string>>(new Set());
  const [undone, setUndone] = useState(false);
  const record = useAction('students.addAnswers');
  const undo = useAction('students.undoAnswers');

  const add = (answer: Omit<DraftAnswer, 'number'>): void =>
    setDrafts([...drafts, { ...answer, number: (drafts.at(-1)?.number ?? 0) + 1 }]);
  const proposed = (asked ?? []).filter(({ question }) => !entered.has(question));

  function close() {
    setResult(undefined);
    setUndone(false);
    setEntered(new Set());
    record.clear();
    undo.clear();
    onClose();
  }

  async function onRecord() {
    const recorded = await record.run({
      studentId: student.id,
      answers: drafts.map(({ question, skills, correct }) => ({ question, skills: [...skills], correct })),
    });
    if (recorded === undefined) return;
    announce(t('add.done', { count: drafts.length }));
    setResult(recorded);
    setDrafts([]);
  }

  async function onUndo() {
    if (result === undefined) return;
    const taken = await undo.run({ importId: result.importId });
    if (taken === undefined) return;
    announce(t('add.undone'));
    setUndone(true);
  }

  if (result !== undefined) {
    return (
      <Dialog
        title={t('add.doneTitle', { name: student.name })}
        open={open}
        shape="drawer"
        onClose={close}
        footer={
          <>
            {undone ? null : (
              <Button icon="undo" isPending={undo.busy} onPress={() => void onUndo()}>
                {t('app.undo')}
              </Button>
            )}
            <Button
              onPress={() => {
                setResult(undefined);
                setUndone(false);
              }}
            >
              {t('add.more')}
            </Button>
            <Button kind="primary" onPress={close}>
              {t('add.finish')}
            </Button>
          </>
        }
      >
        {undone ? (
          <Banner tone="good">
            <p>{t('add.undone')}</p>
          </Banner>
        ) : (
          <BeforeAfter result={result} />
        )}
        {undo.error === undefined ? null : <Problem failure={undo.error} />}
      </Dialog>
    );
  }

  return (
    <Dialog
      title={t('add.title', { name: student.name })}
      open={open}
      shape="drawer"
      onClose={close}
      footer={
        <>
          <Button onPress={close}>{t('app.cancel')}</Button>
          <Button kind="primary" isDisabled={drafts.length === 0} isPending={record.busy} onPress={() => void onRecord()}>
            {drafts.length === 0 ? t('add.recordNone') : t('add.record', { count: drafts.length })}
          </Button>
        </>
      }
    >
      <p className="note">{t('add.note')}</p>
      <LastPlan studentId={student.id} onResults={onResults} />
      <AskedQuestions
        questions={proposed}
        names={names}
        onAnswer={(answer) => {
          add(answer);
          setEntered((now) => new Set([...now, answer.question]));
        }}
      />
      <AnswerEntry student={student} names={names} onAdd={add} />
      <h3>{t('add.list')}</h3>
      {drafts.length === 0 ? (
        <p className="note">{t('add.empty')}</p>
      ) : (
        <ol className="drafts">
          {drafts.map((draft, index) => (
            <li key={draft.number} className="draft">
              <AnswerResult correct={draft.correct} />
              <span className="draft-words">
                <span>{draft.question === '' ? t('add.ownPlaceholder') : draft.question}</span>
                <span className="note">{format.list(draft.skills.map(names))}</span>
              </span>
              <Button
                kind="quiet"
                icon="close"
                aria-label={t('add.removeOne', { number: index + 1 })}
                onPress={() => {
                  setDrafts(drafts.filter(({ number }) => number !== draft.number));
                  setEntered((now) => new Set([...now].filter((question) => question !== draft.question)));
                }}
              />
            </li>
          ))}
        </ol>
      )}
      {record.error === undefined ? null : <Problem failure={record.error} />}
    </Dialog>
  );
}
