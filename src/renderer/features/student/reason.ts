import type { Plan, PlanStep } from '../../../shared/domain.ts';
import type { StrategyGround } from '../../../shared/strategy.ts';
import type { Format } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/words.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';

const SHOWN = 3;

type Reasoned = Pick<PlanStep, 'reason' | 'ground'> & Partial<Pick<PlanStep, 'strategy' | 'material'>>;

/** What a step builds on, each with its forecast, the weakest first; empty where that does not matter. */
function prerequisiteList({ reason }: Pick<PlanStep, 'reason'>, names: SkillNames, t: Translate, format: Format): string {
  if (reason.kind === 'keep') return '';
  const weakest = reason.prerequisites.toSorted((a, b) => a.forecast.value - b.forecast.value);
  return shorten(
    weakest.map(({ skill, forecast, said }) =>
      said === undefined
        ? t(reason.unready?.includes(skill) ? 'reason.prerequisiteUnready' : 'reason.prerequisite', {
            skill: names(skill),
            forecast: format.percent(forecast.value),
          })
        : t(`reason.said.${said}`, { skill: names(skill) }),
    ),
    t,
    format,
  );
}

const unlockList = ({ reason }: Pick<PlanStep, 'reason'>, names: SkillNames, t: Translate, format: Format): string =>
  reason.kind === 'keep' ? '' : shorten(reason.unlocks.map(names), t, format);

/** The kind of reason and the answers that carry it. */
function groundParts(step: Reasoned, names: SkillNames, t: Translate, format: Format): { before: string[]; after: string[] } {
  const { kind, answers, right, prerequisites, decided = [], recall } = step.reason;
  // Where nothing is under it, nothing is “in place”.
  const unasked = kind === 'find-out' && answers === 0;
  const before: string[] = [
    t(unasked ? 'reason.unasked' : kind === 'ready' && prerequisites.length === 0 ? 'reason.readyAlone' : `reason.${kind}`),
  ];
  if (decided.includes('not-known')) before.push(t('reason.saidNotKnown'));
  if (decided.includes('strategy')) before.push(t('reason.choseStrategy'));
  // What it builds on stands with its forecast anyway.
  const unready = (step.reason.unready ?? []).filter((skill) => !prerequisites.some((each) => each.skill === skill));
  if (unready.length > 0) before.push(t('reason.unready', { list: shorten(unready.map(names), t, format) }));
  const marks = step.reason.marks ?? { count: 0, right: 0 };
  const [questions, rightQuestions] = [answers - marks.count, right - marks.right];
  if (questions > 0)
    before.push(
      t('reason.score', {
        right: format.number(rightQuestions, Math.abs(rightQuestions - Math.round(rightQuestions)) < 0.05 ? 0 : 1),
        answers: format.number(questions),
      }),
    );
  if (marks.count > 0)
    before.push(
      marks.count === 1
        ? t('reason.oneMark', { percent: format.percent(marks.right) })
        : t('reason.marks', { assignments: format.number(marks.count), percent: format.percent(marks.right / marks.count) }),
    );
  if (answers === 0 && !unasked && kind !== 'first-step') before.push(t('reason.noAnswers'));
  const after: string[] = [];
  if (step.material?.some((each) => each.strategy === step.strategy)) after.push(t('reason.material'));
  if (recall !== undefined)
    after.push(t('reason.recall', { when: format.ago(recall.days), chance: format.percent(recall.chance) }));
  else if (kind === 'keep' && answers > 0) after.push(t('reason.noDates'));
  if (step.ground !== undefined && !isUsual(step.ground)) after.push(t(`reason.ground.${step.ground}`));
  return { before, after };
}

/**
 * Why a step is on the path, in one sentence made of the model's own terms: the kind of reason, the answers that carry it, the
 * prerequisites with their forecast, and what it leads to.
 */
export function reasonSentence(step: Reasoned, names: SkillNames, t: Translate, format: Format): string {
  const { before, after } = groundParts(step, names, t, format);
  const under = prerequisiteList(step, names, t, format);
  const over = unlockList(step, names, t, format);
  const parts = [
    ...before,
    ...(under === '' ? [] : [t('reason.prerequisites', { list: under })]),
    ...(over === '' ? [] : [t('reason.unlocks', { list: over })]),
    ...after,
  ];
  return t('reason.sentence', { parts: parts.join(t('reason.joint')) });
}

/** The same in two lines: why, and where it stands in the course (empty where nothing is around it). */
export function reasonLines(step: Reasoned, names: SkillNames, t: Translate, format: Format): { why: string; around: string } {
  const { before, after } = groundParts(step, names, t, format);
  const under = prerequisiteList(step, names, t, format);
  const over = unlockList(step, names, t, format);
  return {
    why: t('reason.sentence', { parts: [...before, ...after].join(t('reason.joint')) }),
    around: [
      ...(under === '' ? [] : [t('reason.buildsOn', { list: under })]),
      ...(over === '' ? [] : [t('reason.leadsTo', { list: over })]),
    ].join(' · '),
  };
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
