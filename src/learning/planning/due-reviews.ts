import type { NextReview } from '../../shared/domain.ts';
import { dayOf } from '../../shared/time.ts';
import type { PlanOptions } from './plan-options.ts';
import { memories } from './review.ts';
import type { Memory } from './review.ts';

/** Of a path's steps, the share that reviews may take. */
const REVIEW_SHARE = 1 / 3;
/** Steps on something new between two reviews. */
const BETWEEN = 2;

/** What the dates of the answers say of the skills that are known. */
export interface KnownSkills {
  readonly memories: ReadonlyMap<string, Memory>;
  /** Due until the end of the plan (now, where it has none), those first of which most is forgotten; no more than a fair share of the steps. */
  readonly due: readonly string[];
  /** Known by own answers, none of which has a date. */
  readonly undated: number;
  /** What becomes due next among the skills not in this set. */
  next(reviewed: ReadonlySet<string>): NextReview | undefined;
}

/** @param known skills of the path's pool that are mastered */
export function dueReviews({ history, now, budget }: PlanOptions, known: readonly string[], steps: number): KnownSkills {
  if (now === undefined || history === undefined) return { memories: new Map(), due: [], undated: 0, next: () => undefined };
  const all = memories(history, now);
  const dated = known.flatMap((skill) => {
    const memory = all.get(skill);
    return memory ? [{ skill, ...memory }] : [];
  });
  const answered = new Set(history.flatMap(({ skills }) => skills));
  const until = budget?.until ?? now;
  return {
    memories: all,
    due: dated
      .filter(({ due }) => due <= until)
      .sort((a, b) => a.recall - b.recall)
      .slice(0, Math.floor(steps * REVIEW_SHARE))
      .map(({ skill }) => skill),
    undated: known.filter((skill) => answered.has(skill) && !all.has(skill)).length,
    next: (reviewed) => {
      const [first] = dated.filter(({ skill }) => !reviewed.has(skill)).sort((a, b) => a.due - b.due);
      if (first === undefined) return undefined;
      const { skill, due } = first;
      return { skill, due, ...(due > now ? {} : { overdue: dayOf(now) - dayOf(due) }) };
    },
  };
}

/** Reviews between the other steps, so that a path begins with something new; all of them at the end where the others are few. */
export function interleaved<Step>(fresh: readonly Step[], reviews: readonly Step[]): Step[] {
  const mixed: Step[] = [];
  const waiting = [...reviews];
  fresh.forEach((step, index) => {
    mixed.push(step);
    if ((index + 1) % BETWEEN === 0) mixed.push(...waiting.splice(0, 1));
  });
  return [...mixed, ...waiting];
}
