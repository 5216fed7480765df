import { Input, Label, Text, TextField } from 'react-aria-components';
import type { PlanResults } from '../../../shared/contract/results.ts';
import type { readEntry } from '../../../shared/results.ts';
import { Button } from '../../components/button.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { entryWords, resultWords } from './result-words.ts';

export interface StepFieldProperties {
  readonly step: PlanResults['steps'][number];
  /** From 0. */
  readonly index: number;
  readonly text: string;
  /** What the text means: null nothing, undefined not understood. */
  readonly entry: ReturnType<typeof readEntry>;
  readonly autoFocus: boolean;
  readonly onText: (text: string) => void;
  readonly onTakeBack: (importId: string) => Promise<void>;
}

/** One step: what came back of it already, with the way back; or a field for it. */
export function StepField({ step, index, text, entry, autoFocus, onText, onTakeBack }: StepFieldProperties) {
  const { t, format } = useWords();
  const number = index + 1;
  const { result, skillName, strategy, questions } = step;
  const named = (
    <>
      <span className="step-number step-number-small" aria-hidden="true">
        {number}
      </span>
      <span className="results-skill">
        {skillName} <span className="note">{t(`terms.strategy.${strategy}`)}</span>
      </span>
    </>
  );
  if (result !== null)
    return (
      <li className="results-step">
        {named}
        <span>{resultWords(result, t)}</span>
        <Button
          kind="quiet"
          icon="undo"
          aria-label={t('results.takeBackOf', { number })}
          onPress={() => void onTakeBack(result.importId)}
        >
          {t('results.takeBack')}
        </Button>
      </li>
    );
  const wrong = entry === undefined;
  return (
    <li className="results-step">
      {named}
      <TextField className="results-field" value={text} onChange={onText} maxLength={80} isInvalid={wrong} autoFocus={autoFocus}>
        <Label className="visually-hidden">
          {t('results.step', { number, skill: skillName, strategy: t(`terms.strategy.${strategy}`) })}
        </Label>
        <Input className="input" placeholder={`… / ${format.number(questions)}`} autoComplete="off" />
        <Text slot="description" className={wrong ? 'results-unclear' : 'note'}>
          {wrong ? t('results.unclear') : entry === null ? '' : entryWords(entry, t)}
        </Text>
      </TextField>
      {/* By keyboard the field takes + and − for the same. */}
      <span className="results-marks">
        <Button kind="quiet" excludeFromTabOrder aria-label={t('results.doneOf', { number })} onPress={() => onText('+')}>
          {t('results.done')}
        </Button>
        <Button kind="quiet" excludeFromTabOrder aria-label={t('results.notDoneOf', { number })} onPress={() => onText('−')}>
          {t('results.notDone')}
        </Button>
      </span>
    </li>
  );
}
