import type { PlanResults, RecordedResults } from '../../../shared/contract/results.ts';
import { answersOf } from '../../../shared/results.ts';
import type { StepEntry } from '../../../shared/results.ts';
import type { Format } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/words.ts';

/** What is kept of a step. */
export const resultWords = (result: NonNullable<PlanResults['steps'][number]['result']>, t: Translate): string =>
  result.state === 'counted'
    ? t('results.counted', { right: result.correct ?? 0, asked: result.asked ?? 0 })
    : t(`results.state.${result.state}`);

/** What was typed, said back before it is recorded. */
export function entryWords(entry: StepEntry, t: Translate): string {
  if (entry.kind === 'done' || entry.kind === 'not-done') return t(`results.state.${entry.kind}`);
  const answers = answersOf(entry);
  return t('results.counted', { right: answers.filter(Boolean).length, asked: answers.length });
}

/** What was recorded, against what the plan expected, and what comes next. */
export function recordedWords(
  { name, right, asked, expected, next }: Omit<RecordedResults, 'importId'>,
  t: Translate,
  format: Format,
): string {
  const said =
    asked === 0
      ? t('results.recordedPlain', { name })
      : t('results.recorded', { name, right, asked, expected: format.number(expected, 1) });
  const then = next === null ? t('results.noNext') : t('results.next', { skill: next });
  return format.language === 'zh' ? `${said}${then}` : `${said} ${then}`;
}
