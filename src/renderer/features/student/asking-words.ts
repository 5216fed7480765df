import type { QuestionToAsk } from '../../../shared/contract/asking.ts';
import type { Format } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/words.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';

export type AskedQuestion = Pick<QuestionToAsk, 'question' | 'skills'>;

/** What a question is expected to tell: of which skills, and how the error of their forecasts shrinks. */
export function tellsWords({ tells }: Pick<QuestionToAsk, 'tells'>, names: SkillNames, t: Translate, format: Format): string {
  if (tells.length === 0) return t('asking.little');
  const points = (share: number): string => format.number(100 * share, 1);
  return t('asking.tells', {
    list: format.list(
      tells.map(({ skill, before, after }) =>
        t('asking.told', { skill: names(skill), before: points(before), after: points(after) }),
      ),
    ),
  });
}
