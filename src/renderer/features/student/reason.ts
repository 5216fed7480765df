import type { PlanStep } from '../../../shared/domain.ts';
import type { Format } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/words.ts';

/** Skill ids to the names that people use; an unknown id stands for itself. */
export type SkillNames = (skill: string) => string;

export function skillNames(skills: readonly { readonly id: string; readonly name: string }[]): SkillNames {
  const names = new Map(skills.map(({ id, name }) => [id, name]));
  return (skill) => names.get(skill) ?? skill;
}

const SHOWN = 3;

/**
 * Why a step is on the path, in one sentence made of the model's own terms: the kind of reason, the answers that carry it, the
 * prerequisites with their forecast, and what it leads to.
 */
export function reasonSentence(step: Pick<PlanStep, 'reason'>, names: SkillNames, t: Translate, format: Format): string {
  const { kind, answers, right, prerequisites, unlocks, unready = [] } = step.reason;
  const parts: string[] = [t(`reason.${kind}`)];
  if (unready.length > 0) parts.push(t('reason.unready', { list: shorten(unready.map(names), t, format) }));
  if (answers > 0)
    parts.push(
      t('reason.score', { right: format.number(right, Number.isInteger(right) ? 0 : 1), answers: format.number(answers) }),
    );
  else if (kind !== 'first-step') parts.push(t('reason.noAnswers'));
  if (prerequisites.length > 0 && kind !== 'keep') {
    const weakest = prerequisites.toSorted((a, b) => a.forecast.value - b.forecast.value);
    const list = shorten(
      weakest.map(({ skill, forecast }) =>
        t('reason.prerequisite', { skill: names(skill), forecast: format.percent(forecast.value) }),
      ),
      t,
      format,
    );
    parts.push(t('reason.prerequisites', { list }));
  }
  if (unlocks.length > 0 && kind !== 'keep') parts.push(t('reason.unlocks', { list: shorten(unlocks.map(names), t, format) }));
  return t('reason.sentence', { parts: parts.join(t('reason.joint')) });
}

/** Up to three, then how many more. */
export function shorten(words: readonly string[], t: Translate, format: Format, shown = SHOWN): string {
  if (words.length <= shown) return format.list(words);
  const rest = words.length - shown;
  return `${words.slice(0, shown).join(format.language === 'zh' ? '、' : ', ')} ${t('app.more', { count: rest })}`;
}
