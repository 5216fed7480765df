import type { PlanStep, Schedule, ScheduledLesson, TimeBudget } from '../../shared/domain.ts';
import { PathlightError } from '../../shared/errors.ts';
import { DAY_MS } from '../../shared/time.ts';
import type { PlanOptions } from './plan-options.ts';

const LESSON_MINUTES = 45;
const WEEK_MS = 7 * DAY_MS;
/** A date further away is a slip of the pen, and nobody plans so far ahead. */
const MOST_WEEKS = 104;

/** A step to be laid into a lesson. */
export interface Layable {
  readonly step: PlanStep;
  /** Not in a week that ends before this time. */
  readonly due?: number | undefined;
}

const isPlannable = ({ minutesAWeek, until }: TimeBudget, now: number): boolean =>
  minutesAWeek > 0 && until > now && until <= now + MOST_WEEKS * WEEK_MS;

/** The time that was asked for, else what the teacher's goal leaves where that can be laid over lessons; undefined without either, or without the time now. */
export function budgetOf({ budget, now, overrides }: PlanOptions): TimeBudget | undefined {
  const { due, minutesAWeek } = overrides?.goal ?? {};
  if (now === undefined || budget !== undefined || due === undefined || minutesAWeek === undefined)
    return now === undefined ? undefined : budget;
  const left = { minutesAWeek, until: due };
  return isPlannable(left, now) ? left : undefined;
}

type EmptyLesson = Omit<ScheduledLesson, 'parts'>;

/**
 * The lessons until a date: weeks are counted from now, and of a week that the date cuts short so many lessons count as fit its share; at least one in all.
 * @throws PathlightError `bad-budget`
 */
export function lessonsUntil({ minutesAWeek, until, lessonsAWeek }: TimeBudget, now: number): EmptyLesson[] {
  if (!(minutesAWeek > 0)) throw new PathlightError('bad-budget', 'A plan needs some minutes a week: give a number above 0.');
  if (!(until > now) || until > now + MOST_WEEKS * WEEK_MS)
    throw new PathlightError('bad-budget', `A plan goes to a day ahead, at most ${MOST_WEEKS} weeks from now. Check the date.`);
  const each = lessonsAWeek ?? lessonsFor(minutesAWeek);
  const count = Math.max(1, Math.floor(((until - now) / WEEK_MS) * each));
  return Array.from({ length: count }, (_, index) => ({
    week: Math.floor(index / each) + 1,
    lesson: (index % each) + 1,
    weekFrom: now + Math.floor(index / each) * WEEK_MS,
    minutes: Math.floor(minutesAWeek / each),
  }));
}

export const lessonsFor = (minutesAWeek: number): number => Math.max(1, Math.round(minutesAWeek / LESSON_MINUTES));

/** Minutes of a lesson that reviews may take, as a share. */
const REVIEW_SHARE = 1 / 3;

/**
 * Lays steps over lessons in their order; each lesson begins with reviews that are due in its week. A step that does not fit into what is left of a lesson waits for the
 * next one; only one that is longer than a lesson is parted.
 * @returns the steps that have room, in the order of the lessons, and the schedule over them
 */
export function laySteps(
  budget: TimeBudget,
  lessons: readonly EmptyLesson[],
  fresh: readonly Layable[],
  reviews: readonly Layable[],
): { readonly steps: readonly PlanStep[]; readonly schedule: Omit<Schedule, 'left'> } {
  const steps: PlanStep[] = [];
  const laid: ScheduledLesson[] = [];
  const waiting = [...fresh];
  const due = [...reviews];
  /** Of the first waiting step, where it is parted: its place among the steps, and its minutes that are laid already. */
  let at = -1;
  let begun = 0;
  for (const lesson of lessons) {
    let left = lesson.minutes;
    const parts: { step: number; minutes: number }[] = [];
    const put = (step: number, minutes: number): void => {
      parts.push({ step, minutes });
      left -= minutes;
    };
    for (const review of [...due]) {
      const { minutes } = review.step;
      if ((review.due ?? 0) >= lesson.weekFrom + WEEK_MS) continue;
      if (lesson.minutes - left + minutes > lesson.minutes * REVIEW_SHARE && !(parts.length === 0 && waiting.length === 0))
        continue;
      if (minutes > left) continue;
      due.splice(due.indexOf(review), 1);
      put(steps.push(review.step) - 1, minutes);
    }
    for (let [next] = waiting; next !== undefined && left > 0; [next] = waiting) {
      const { minutes } = next.step;
      const rest = minutes - begun;
      // A step that would fit into one lesson is not torn apart.
      if (rest > left && minutes <= lesson.minutes) break;
      if (begun === 0) at = steps.push(next.step) - 1;
      const now = Math.min(rest, left);
      put(at, now);
      begun = now === rest ? 0 : begun + now;
      if (begun > 0) break;
      waiting.shift();
    }
    if (parts.length > 0) laid.push({ ...lesson, parts });
  }
  const whole = begun > 0 ? without(at, steps, laid) : { steps, lessons: laid };
  const each = lessons.filter(({ week }) => week === 1).length;
  return {
    steps: whole.steps,
    schedule: {
      ...budget,
      lessonsAWeek: budget.lessonsAWeek ?? Math.max(each, lessonsFor(budget.minutesAWeek)),
      lessons: whole.lessons,
      full: waiting.length > 0,
      available: lessons.reduce((sum, { minutes }) => sum + minutes, 0),
      planned: whole.lessons.reduce((sum, { parts }) => sum + parts.reduce((all, { minutes }) => all + minutes, 0), 0),
    },
  };
}

/** The schedule without a step that would be begun and never finished. */
function without(
  dropped: number,
  steps: readonly PlanStep[],
  lessons: readonly ScheduledLesson[],
): { readonly steps: readonly PlanStep[]; readonly lessons: readonly ScheduledLesson[] } {
  return {
    steps: steps.filter((_, index) => index !== dropped),
    lessons: lessons.flatMap((lesson) => {
      const parts = lesson.parts
        .filter(({ step }) => step !== dropped)
        .map((part) => (part.step > dropped ? { ...part, step: part.step - 1 } : part));
      return parts.length > 0 ? [{ ...lesson, parts }] : [];
    }),
  };
}
