import type { Estimate } from '../../shared/domain.ts';

/** Whether a student's own answers are enough to speak of a skill, or of the student. */
export interface Evidence {
  /** Their own answers. */
  readonly answers: number;
  readonly right: number;
  /** How many of the answers are marks, and the sum of the shares that they got; left out where there are none. */
  readonly marks?: MarkEvidence | undefined;
  /** False: not enough evidence yet. */
  readonly enough: boolean;
  /** How many more answers are expected to suffice, at most `MOST_WANTED`; 0 where there is enough. */
  readonly wanted: number;
}

export interface MarkEvidence {
  readonly count: number;
  readonly right: number;
}

/** An own answer, or several: how many, and how much of them was right; the same for the marks among them. */
export interface OwnAnswers {
  readonly answers: number;
  readonly right: number;
  readonly marks: MarkEvidence;
}

export const NO_ANSWERS: OwnAnswers = { answers: 0, right: 0, marks: { count: 0, right: 0 } };

/** With one more answer. */
export function withAnswer({ answers, right, marks }: OwnAnswers, correct: number, mark: boolean): OwnAnswers {
  return {
    answers: answers + 1,
    right: right + correct,
    marks: mark ? { count: marks.count + 1, right: marks.right + correct } : marks,
  };
}

export interface EvidenceRule {
  readonly answers: number;
  /** On the scale of the forecast, 0 to 1. */
  readonly standardError: number;
}

/**
 * The rule of "not enough evidence yet" (docs/decisions/0007): there is enough where the student has given at least this many answers and the
 * forecast's standard error is at most this large. The count is there because a forecast can be sure on the course's account alone; the error,
 * because answers to questions that nobody knows tell little.
 */
export const SKILL_RULE: EvidenceRule = { answers: 2, standardError: 0.15 };
/** The same for the level, the mean forecast over all skills. */
export const STUDENT_RULE: EvidenceRule = { answers: 5, standardError: 0.15 };
/** Nobody is asked for more than this at once. */
export const MOST_WANTED = 10;

/** @param forecast that the rule is about: of the skill, or the level */
export function judgeEvidence(
  rule: EvidenceRule,
  answers: number,
  right: number,
  forecast: Estimate,
  marks: MarkEvidence = NO_ANSWERS.marks,
): Evidence {
  const slope = Math.max(1e-6, forecast.value * (1 - forecast.value));
  // Each further answer brings the information p(1 − p) about the logit: the usual precision after n answers.
  const precision = (slope / Math.max(1e-9, forecast.standardError)) ** 2;
  const needed = Math.ceil(((slope / rule.standardError) ** 2 - precision) / slope - 1e-9);
  const wanted = Math.min(MOST_WANTED, Math.max(0, rule.answers - answers, needed));
  return { answers, right, ...(marks.count > 0 ? { marks } : {}), enough: wanted === 0, wanted };
}
