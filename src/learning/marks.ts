import type { ResponseEvent } from '../shared/domain.ts';

/** A mark for a piece of work: so many points of so many. */
export interface Mark {
  /** The assignment's id in the gradebook. */
  readonly assignment: string;
  readonly title: string;
  readonly points: number;
  /** Above 0. */
  readonly possible: number;
  /** Empty where nobody has said yet. */
  readonly skills: readonly string[];
  /** Milliseconds since 1970 UTC. */
  readonly at?: number | undefined;
}

/**
 * How many answers a mark counts for. A mark sums up many questions, but of one day and one task: two marks of a student on one skill
 * scatter by about a quarter of the scale, as the mean of p(1 − p) / .25² ≈ 3 independent answers does. An assumption, not a
 * measurement: no data set here holds marks.
 */
export const MARK_WEIGHT = 3;

/** The skill that an assignment stands for until somebody says which it asks: itself, by its title. */
export const provisionalSkill = (mark: Pick<Mark, 'title'>): string => mark.title;

const MARK = 'assignment: ';

/** Whether what counts as an answer is a mark for a whole piece of work. */
export const isMark = ({ question }: Pick<ResponseEvent, 'question'>): boolean => question.startsWith(MARK);

/** A mark as a weighted answer to the assignment's skills. Extra credit does not count beyond all that could be had. */
export function markResponse(mark: Mark, order: number): ResponseEvent {
  return {
    order,
    question: `${MARK}${mark.assignment}`,
    skills: mark.skills.length > 0 ? [...mark.skills].sort() : [provisionalSkill(mark)],
    correct: Math.min(1, Math.max(0, mark.points / mark.possible)),
    weight: MARK_WEIGHT,
    ...(mark.at === undefined ? {} : { timestamp: mark.at }),
  };
}
