import type { Supposition, WhyNot } from '../../../shared/contract/explanations.ts';
import type { Format } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/words.ts';
import { shorten } from './reason.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';

/** "2 right answers on Fractions: it would leave the path." */
export function suppositionSentence({ change, effect }: Supposition, names: SkillNames, t: Translate, format: Format): string {
  const skill = names(change.skill);
  const said =
    change.kind === 'without'
      ? t('whatIf.without', { count: change.count, skill, when: whenWords(change, t, format) })
      : t(`whatIf.${change.kind}`, { count: change.count, skill });
  return t('whatIf.sentence', { change: said, effect: effectWords(effect, names, t, format) });
}

function whenWords(change: Extract<Supposition['change'], { kind: 'without' }>, t: Translate, format: Format): string {
  if (change.from === undefined || change.to === undefined) return '';
  const [from, to] = [format.date(change.from), format.date(change.to)];
  return from === to ? t('whatIf.on', { from }) : t('whatIf.between', { from, to });
}

function effectWords(effect: Supposition['effect'], names: SkillNames, t: Translate, format: Format): string {
  switch (effect.kind) {
    case 'leaves':
      return t('whatIf.leaves');
    case 'joins':
      return t('whatIf.joins', { place: format.number(effect.place), strategy: t(`terms.strategy.${effect.strategy}`) });
    case 'strategy':
      return t('whatIf.strategy', { strategy: t(`terms.strategy.${effect.strategy}`) });
    case 'reason':
      return t('whatIf.reason', { reason: t(`reason.${effect.reason}`) });
    case 'later':
      return t('whatIf.later', {
        place: format.number(effect.place),
        list: shorten(effect.first.map(names), t, format),
      });
  }
}

/** Why a skill is not on the path, in the planner's own terms and numbers. */
export function whyNotSentence(why: WhyNot, names: SkillNames, t: Translate, format: Format): string {
  const list = shorten(
    why.prerequisites.map(({ skill, forecast, after, said }) =>
      said === 'not-known'
        ? t('whyNot.saidNotKnown', { skill: names(skill) })
        : t('whyNot.prerequisite', { skill: names(skill), forecast: format.estimate(forecast), after: format.percent(after) }),
    ),
    t,
    format,
  );
  return t(`whyNot.kind.${why.kind}`, {
    place: format.number(why.place ?? 0),
    steps: format.number(why.steps),
    forecast: format.percent(why.forecast.value),
    mastery: format.percent(why.mastery.value),
    bar: format.percent(why.bar ?? 0),
    gain: format.gain(why.gain),
    least: why.least === undefined ? '' : names(why.least.skill),
    leastGain: why.least === undefined ? '' : format.gain(why.least.gain),
    list,
  });
}
