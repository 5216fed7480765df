import { Fragment } from 'react';
import { Form } from 'react-aria-components';
import type { PlanResults } from '../../../shared/contract/results.ts';
import { readEntry } from '../../../shared/results.ts';
import { Button } from '../../components/button.tsx';
import { Banner, Problem } from '../../components/states.tsx';
import { useAction } from '../../data/use-action.ts';
import { useKept } from '../../data/use-kept.ts';
import { useWords } from '../../i18n/use-words.ts';
import { StepField } from './step-field.tsx';
import { recordedWords } from './result-words.ts';

type Typed = Readonly<Record<string, string>>;
const NOTHING: Typed = {};
const isTyped = (value: unknown): value is Typed =>
  typeof value === 'object' && value !== null && Object.values(value).every((each) => typeof each === 'string');

export interface StepFormProperties {
  readonly plan: PlanResults;
  readonly onRecorded: (said: string, importId: string) => void;
  readonly onTakeBack: (importId: string) => Promise<void>;
  readonly onSolutions: () => void;
  readonly onAnother: () => void;
}

/** The steps of a plan as they stand on its sheet, each with a field for what happened; Enter records all that was typed. */
export function StepForm({ plan, onRecorded, onTakeBack, onSolutions, onAnother }: StepFormProperties) {
  const { t, format } = useWords();
  const [typed, setTyped] = useKept(`results.${plan.number}`, NOTHING, isTyped);
  const record = useAction('results.record');
  const read = plan.steps.map(({ questions, result }, step) => (result ? null : readEntry(typed[step] ?? '', questions)));
  const entries = read.flatMap((entry, step) => (entry ? { step, entry } : []));
  const ready = entries.length > 0 && !read.includes(undefined);
  const firstOpen = plan.steps.findIndex(({ result }) => result === null);

  async function onRecord() {
    if (!ready) return;
    const recorded = await record.run({
      number: plan.number,
      entries: entries.map(({ step, entry }) => ({
        step,
        entry: entry.kind === 'each' ? { kind: 'each', answers: [...entry.answers] } : entry,
      })),
    });
    if (recorded === undefined) return;
    setTyped(NOTHING);
    onRecorded(recordedWords(recorded, t, format), recorded.importId);
  }

  return (
    <Form
      className="results-form"
      onSubmit={(event) => {
        event.preventDefault();
        void onRecord();
      }}
    >
      <h3>
        {t('results.plan', { number: plan.number })} · {plan.name}{' '}
        <span className="note">{t('results.handedOut', { date: format.date(plan.at) })}</span>
      </h3>
      {plan.newer === null ? null : (
        <Banner tone="information">
          <p>{t('results.newer', { number: plan.newer })}</p>
        </Banner>
      )}
      <p className="note">{t('results.howto')}</p>
      <ol className="results-steps">
        {plan.steps.map((step, index) => (
          <Fragment key={step.skill + step.strategy}>
            <StepField
              {...{ step, index }}
              text={typed[index] ?? ''}
              entry={read[index]}
              autoFocus={index === firstOpen}
              onText={(text) => setTyped({ ...typed, [index]: text })}
              onTakeBack={onTakeBack}
            />
          </Fragment>
        ))}
      </ol>
      {record.error === undefined ? null : <Problem failure={record.error} />}
      <div className="action-row">
        <Button kind="primary" type="submit" isDisabled={!ready} isPending={record.busy}>
          {entries.length === 0 ? t('results.recordNone') : t('results.record', { count: entries.length })}
        </Button>
        <Button onPress={onAnother}>{t('results.another')}</Button>
        <Button kind="quiet" onPress={onSolutions}>
          {t('results.solutions')}
        </Button>
      </div>
    </Form>
  );
}
