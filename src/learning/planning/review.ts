import { FSRS, Rating } from 'ts-fsrs';
import type { FSRSState, Grade } from 'ts-fsrs';
import type { ResponseEvent } from '../../shared/domain.ts';
import { DAY_MS, dayOf } from '../../shared/time.ts';

/** How well a skill is kept, from the days on which it was answered. */
export interface Memory {
  /** Whole days since the last answer. */
  readonly days: number;
  /** Chance of recall now, in [0, 1]. */
  readonly recall: number;
  /** When the chance falls to what is wanted: midnight UTC of that day, milliseconds since 1970. */
  readonly due: number;
}

/** Chance of recall at which a review is due: what the scheduler was fitted for. */
const WANTED_RECALL = 0.9;
/** Shares of a day's answers right from which the recall was good, or hard. */
const GOOD = 0.85;
const HARD = 0.5;

/**
 * Memory of each skill by the Free Spaced Repetition Scheduler with its published weights (FSRS-6; Ye, Su & Cao 2022): each day with answers on the skill is one
 * review, graded by the share that was right. The weights come from flash cards, none are fitted to this class.
 * @param now milliseconds since 1970; answers after it are left out
 * @returns by skill; skills without a dated answer are missing, since nothing is known of when they were practised
 */
export function memories(history: readonly ResponseEvent[], now: number): ReadonlyMap<string, Memory> {
  const days = new Map<string, Map<number, { right: number; answers: number }>>();
  const today = dayOf(now);
  for (const { skills, correct, timestamp, weight = 1 } of history) {
    if (timestamp === undefined || weight === 0) continue;
    const day = dayOf(timestamp);
    if (day > today) continue;
    for (const skill of skills) {
      let own = days.get(skill);
      if (!own) days.set(skill, (own = new Map()));
      const sum = own.get(day) ?? { right: 0, answers: 0 };
      own.set(day, { right: sum.right + correct, answers: sum.answers + 1 });
    }
  }
  const scheduler = new FSRS({ request_retention: WANTED_RECALL, enable_fuzz: false, enable_short_term: false });
  return new Map([...days].map(([skill, own]) => [skill, memoryOf(scheduler, own, today)]));
}

function memoryOf(
  scheduler: FSRS,
  days: ReadonlyMap<number, { readonly right: number; readonly answers: number }>,
  today: number,
): Memory {
  let state: FSRSState | null = null;
  let last = 0;
  for (const [day, { right, answers }] of [...days].sort(([a], [b]) => a - b)) {
    state = scheduler.next_state(state, state === null ? 0 : day - last, gradeOf(right / answers));
    last = day;
  }
  const { stability } = state!;
  return {
    days: today - last,
    recall: scheduler.forgetting_curve(today - last, stability),
    due: (last + scheduler.next_interval(stability, today - last)) * DAY_MS,
  };
}

const gradeOf = (share: number): Grade => (share >= GOOD ? Rating.Good : share >= HARD ? Rating.Hard : Rating.Again);
