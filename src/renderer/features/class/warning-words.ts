import type { ClassWarning } from '../../../shared/contract/classroom.ts';
import type { Format } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/words.ts';

const counted = (value: number, format: Format): string =>
  format.number(value, Math.abs(value - Math.round(value)) < 0.05 ? 0 : 1);

/** A warning's evidence in one sentence: what was counted, and what was to be expected. */
export function warningSentence(warning: ClassWarning, t: Translate, format: Format): string {
  const { kind, observed, of, expected, basis, marks, late } = warning;
  const numbers = { observed: counted(observed, format), of: format.number(of), expected: format.number(expected) };
  const shares = {
    share: format.percent(observed / of),
    expectedShare: format.percent(expected / of),
    of: format.number(of),
  };
  switch (kind) {
    case 'falling':
      return marks === of
        ? t('watch.fallingMarks', { ...shares, count: basis })
        : t('watch.falling', { ...numbers, count: basis });
    case 'below-forecast':
      return marks === of ? t('watch.belowMarks', shares) : t('watch.below-forecast', numbers);
    case 'stuck':
      return t('watch.stuck', { ...numbers, skill: warning.skillName ?? '' });
    case 'quiet':
      return basis === 0 ? t('watch.quietNever', { of: numbers.of }) : t('watch.quiet', { ...numbers, count: basis });
    case 'marks':
      return t('watch.marks', { ...numbers, expected: counted(expected, format), late: format.number(late) });
  }
}

/** In a few words, for a table. */
export const warningKind = ({ kind, skillName }: Pick<ClassWarning, 'kind' | 'skillName'>, t: Translate): string =>
  t(`watch.kinds.${kind}`, { skill: skillName ?? '' });

/** "1 in 250", rounded to what such a number can be trusted to. */
export function oneIn(chance: number, format: Format): string {
  const times = Math.min(10_000, 1 / Math.max(1e-9, chance));
  const digit = 10 ** Math.max(0, Math.floor(Math.log10(times)));
  return format.number(Math.max(2, Math.floor(times / digit) * digit));
}
