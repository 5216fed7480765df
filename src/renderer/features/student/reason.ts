import type { Plan, PlanStep } from '../../../shared/domain.ts';
import type { StrategyGround } from '../../../shared/strategy.ts';
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
export function reasonSentence(
  step: Pick<PlanStep, 'reason' | 'ground'> & Partial<Pick<PlanStep, 'strategy' | 'material'>>,
  names: SkillNames,
  t: Translate,
  format: Format,
): string {
  const { kind, answers, right, prerequisites, unlocks, unready = [], decided = [], recall } = step.reason;
  // Where nothing is under it, nothing is “in place”.
  const parts: string[] = [t(kind === 'ready' && prerequisites.length === 0 ? 'reason.readyAlone' : `reason.${kind}`)];
  if (decided.includes('not-known')) parts.push(t('reason.saidNotKnown'));
  if (decided.includes('strategy')) parts.push(t('reason.choseStrategy'));
  if (unready.length > 0) parts.push(t('reason.unready', { list: shorten(unready.map(names), t, format) }));
  const marks = step.reason.marks ?? { count: 0, right: 0 };
  const [questions, rightQuestions] = [answers - marks.count, right - marks.right];
  if (questions > 0)
    parts.push(
      t('reason.score', {
        right: format.number(rightQuestions, Math.abs(rightQuestions - Math.round(rightQuestions)) < 0.05 ? 0 : 1),
        answers: format.number(questions),
      }),
    );
  if (marks.count > 0)
    parts.push(
      marks.count === 1
        ? t('reason.oneMark', { percent: format.percent(marks.right) })
        : t('reason.marks', { assignments: format.number(marks.count), percent: format.percent(marks.right / marks.count) }),
    );
  if (answers === 0 && kind !== 'first-step') parts.push(t('reason.noAnswers'));
  if (prerequisites.length > 0 && kind !== 'keep') {
    const weakest = prerequisites.toSorted((a, b) => a.forecast.value - b.forecast.value);
    const list = shorten(
      weakest.map(({ skill, forecast, said }) =>
        said === undefined
          ? t('reason.prerequisite', { skill: names(skill), forecast: format.percent(forecast.value) })
          : t(`reason.said.${said}`, { skill: names(skill) }),
      ),
      t,
      format,
    );
    parts.push(t('reason.prerequisites', { list }));
  }
  if (unlocks.length > 0 && kind !== 'keep') parts.push(t('reason.unlocks', { list: shorten(unlocks.map(names), t, format) }));
  if (step.material?.some((each) => each.strategy === step.strategy)) parts.push(t('reason.material'));
  if (recall !== undefined)
    parts.push(t('reason.recall', { when: format.ago(recall.days), chance: format.percent(recall.chance) }));
  else if (kind === 'keep' && answers > 0) parts.push(t('reason.noDates'));
  if (step.ground !== undefined && !isUsual(step.ground)) parts.push(t(`reason.ground.${step.ground}`));
  return t('reason.sentence', { parts: parts.join(t('reason.joint')) });
}

/** What goes without saying in a sentence about a step. */
const isUsual = (ground: StrategyGround): boolean => ground === 'forecast' || ground === 'mastered';

/** "12 answers", "3 marks", "12 answers and 3 marks"; empty where there are none. */
export function evidenceWords({ answers, marks = 0 }: Pick<Plan, 'answers' | 'marks'>, t: Translate, format: Format): string {
  const questions = answers - marks;
  return format.list([
    ...(questions > 0 ? [t('terms.answers', { count: questions })] : []),
    ...(marks > 0 ? [t('imports.marks', { count: marks })] : []),
  ]);
}

/** Up to three, then how many more. */
export function shorten(words: readonly string[], t: Translate, format: Format, shown = SHOWN): string {
  if (words.length <= shown) return format.list(words);
  const rest = words.length - shown;
  return `${words.slice(0, shown).join(format.language === 'zh' ? '、' : ', ')} ${t('app.more', { count: rest })}`;
}
