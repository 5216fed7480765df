import type { DriftNotice, Feedback, ForecastComparison } from '../../../shared/contract/trust.ts';
import type { Format } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/words.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';

/** −0.053 → "−5.3": a share as percentage points with its sign. */
export function pointsWords(share: number, format: Format): string {
  const points = 100 * share;
  const rounded = Number(points.toFixed(Math.abs(points) < 10 ? 1 : 0));
  const digits = Number.isInteger(rounded) && Math.abs(points) >= 10 ? 0 : 1;
  const sign = rounded > 0 ? '+' : rounded < 0 ? '−' : '';
  return `${sign}${format.number(Math.abs(rounded), digits)}`;
}

export const intervalWords = (
  { low, high }: { readonly low: number; readonly high: number },
  t: Translate,
  format: Format,
): string => t('feedback.range', { low: pointsWords(low, format), high: pointsWords(high, format) });

/** Whether the interval leaves zero out. */
export const isOff = ({ difference: { low, high } }: Pick<ForecastComparison, 'difference'>): boolean => low > 0 || high < 0;

const together = (sentences: readonly string[], format: Format): string => sentences.join(format.language === 'zh' ? '' : ' ');

/** The sentence that the screen opens with, and whether the model in use can be taken at its word. */
export function leadWords({ forecasts, drift, watched }: Feedback, t: Translate, format: Format): string {
  if (forecasts === null) return t('feedback.leadNothing');
  const { answers, forecast, right } = forecasts.whole;
  const lead = t('feedback.lead', {
    answers: t('terms.answers', { count: answers }),
    forecast: format.percent(forecast),
    right: format.percent(right),
  });
  if (drift !== null) return lead;
  if (watched.answers < answers)
    return together([lead, t('feedback.newModel', { answers: t('terms.answers', { count: watched.answers }) })], format);
  return isOff(forecasts.whole) ? lead : together([lead, t('feedback.sound')], format);
}

const SENTENCE = { 'too-high': 'tooHigh', 'too-low': 'tooLow', 'too-sure': 'tooSure' } as const;
const SHOWN = 4;

/** That forecasts are off: how far, since when, for whom. */
export function driftSentences(drift: DriftNotice, names: SkillNames, t: Translate, format: Format): string[] {
  const named = (name: string, { difference }: ForecastComparison): string =>
    t('feedback.drift.named', { name, points: pointsWords(difference.value, format) });
  const skills = drift.skills.slice(0, SHOWN).map((each) => named(names(each.skill), each));
  const classes = drift.classes.slice(0, SHOWN).map((each) => named(each.name, each));
  return [
    t(`feedback.drift.${SENTENCE[drift.kind]}`, {
      date: format.date(drift.since),
      forecast: format.percent(drift.forecast),
      right: format.percent(drift.right),
    }),
    t('feedback.drift.rests', {
      answers: t('terms.answers', { count: drift.answers }),
      students: t('terms.students', { count: drift.students }),
    }),
    ...(skills.length === 0 ? [] : [t('feedback.drift.skills', { list: format.list(skills) })]),
    ...(classes.length === 0 ? [] : [t('feedback.drift.classes', { list: format.list(classes) })]),
  ];
}

/** What practice on plans' steps was expected to bring and brought, and what the next plans make of it. */
export function planSentences({ plans }: Feedback, t: Translate, format: Format): string[] {
  const { factor, rise } = plans;
  const sentences = [
    t('feedback.plansLead', {
      count: plans.handedOut,
      worked: format.number(plans.stepsWorked),
      steps: format.number(plans.steps),
    }),
    ...(plans.stepsNotDone === 0 ? [] : [t('feedback.notDone', { count: plans.stepsNotDone })]),
  ];
  if (plans.answers === 0) return sentences;
  const range = ({ low, high }: { readonly low: number; readonly high: number }) => ({
    low: pointsWords(low, format),
    high: pointsWords(high, format),
  });
  return [
    ...sentences,
    t('feedback.gained', {
      expected: pointsWords(plans.expectedRise, format),
      happened: pointsWords(rise.value, format),
      ...range(rise),
    }),
    factor.stands
      ? t('feedback.factor', {
          factor: format.number(factor.value, 2),
          low: format.number(factor.low, 2),
          high: format.number(factor.high, 2),
        })
      : t('feedback.factorNot'),
  ];
}
