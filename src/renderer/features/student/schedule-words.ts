import type { Plan, Schedule } from '../../../shared/domain.ts';
import { DAY_MS } from '../../../shared/time.ts';
import type { Format } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/words.ts';
import { shorten } from './reason.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';

/** In which lesson a step comes: "Week 1, lesson 2"; two where it is parted. @param step its position in the plan */
export function lessonWords({ lessons }: Schedule, step: number, t: Translate, format: Format): string {
  return format.list(
    lessons
      .filter(({ parts }) => parts.some((part) => part.step === step))
      .map(({ week, lesson }) => t('student.schedule.lesson', { week: format.number(week), lesson: format.number(lesson) })),
  );
}

/** How much time there is, how much of it the steps take, and what has no room. */
export function scheduleSentence(schedule: Schedule, names: SkillNames, t: Translate, format: Format): string {
  const { until, available, planned, left } = schedule;
  const time = t('student.schedule.time', {
    date: format.date(until),
    available: format.minutes(available),
    planned: planned === 0 ? format.number(0) : format.minutes(planned),
  });
  const rest =
    left.length === 0
      ? t('student.schedule.fits')
      : t(schedule.full ? 'student.schedule.left' : 'student.schedule.later', { list: shorten(left.map(names), t, format) });
  return format.language === 'zh' ? `${time}${rest}` : `${time} ${rest}`;
}

/** When the next review is or was due, or that no dates say so; undefined where nothing is known well enough to be reviewed. */
export function reviewSentence(
  { nextReview, undated }: Pick<Plan, 'nextReview' | 'undated'>,
  names: SkillNames,
  t: Translate,
  format: Format,
): string | undefined {
  if (nextReview) {
    const { skill, due, overdue } = nextReview;
    const key = overdue === undefined ? 'nextReview' : overdue === 0 ? 'reviewToday' : 'reviewOverdue';
    // Noon: the same day west of Greenwich.
    return t(`student.${key}`, { skill: names(skill), date: format.date(due + DAY_MS / 2) });
  }
  return undated === undefined ? undefined : t('student.undated', { count: undated });
}
