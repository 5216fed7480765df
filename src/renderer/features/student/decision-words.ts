import type { Decision, DecisionRecord } from '../../../shared/decisions.ts';
import type { Plan } from '../../../shared/domain.ts';
import type { Format } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/words.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';

/** "Fractions is left out until 1 December 2026". */
export function decisionWords(decision: Decision, names: SkillNames, t: Translate, format: Format): string {
  if (decision.kind === 'goal') {
    const { skills, due, minutesAWeek } = decision;
    return [
      t('decisions.said.goal', { list: format.list(skills.map(names)) }),
      ...(due === undefined ? [] : [t('decisions.said.due', { date: format.date(due) })]),
      ...(minutesAWeek === undefined ? [] : [t('decisions.said.week', { minutes: format.minutes(minutesAWeek) })]),
    ].join(t('decisions.said.joint'));
  }
  const skill = names(decision.skill);
  if (decision.kind === 'strategy')
    return t('decisions.said.strategy', { skill, strategy: t(`terms.strategy.${decision.strategy}`) });
  if (decision.kind === 'leave-out' && decision.until !== undefined)
    return t('decisions.said.leaveOutUntil', { skill, date: format.date(decision.until) });
  return t(`decisions.said.${decision.kind}`, { skill });
}

/** What was decided, when, and what the teacher noted with it. */
export function decisionLine(
  { decision, at, note }: Pick<DecisionRecord, 'decision' | 'at' | 'note'>,
  names: SkillNames,
  t: Translate,
  format: Format,
): string {
  const made = t('decisions.made', { day: format.date(at) });
  const what = decisionWords(decision, names, t, format);
  return [`${what} (${made})`, ...(note === '' ? [] : [note])].join(' – ');
}

/** What stands against a goal, a sentence each. */
export const conflictSentences = (
  { conflicts = [] }: Pick<Plan, 'conflicts'>,
  names: SkillNames,
  t: Translate,
  format: Format,
): string[] =>
  conflicts.map(({ goal, leftOut }) =>
    leftOut.includes(goal)
      ? t('decisions.conflict.goal', { goal: names(goal) })
      : t('decisions.conflict.below', { goal: names(goal), list: format.list(leftOut.map(names)) }),
  );
