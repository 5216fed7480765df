import type { Estimate, Plan } from '../../shared/domain.ts';
import type { WhyNot } from './why-not.ts';

/** One answer on a step's skill that came after the plan. */
export interface PractisedAnswer {
  /** Whose; any integers. */
  readonly student: number;
  /** P(right) by the model that made the plan, as it knew the student then. */
  readonly forecast: number;
  /** By how much P(right) was expected to have risen, from 0 to 1, through the practice between the plan and this answer. */
  readonly rise: number;
  /** In [0, 1]. */
  readonly correct: number;
}

export interface GainFactor extends Estimate {
  /** 95% interval. */
  readonly low: number;
  readonly high: number;
  readonly answers: number;
  readonly students: number;
  /** Whether it is far enough from 1, and rests on enough, for expected gains to be multiplied by it. */
  readonly stands: boolean;
}

/** Before any outcome: that plans promise half as much again, or half of it, would be no surprise. */
const PRIOR_DEVIATION = 0.5;
const FEWEST_ANSWERS = 200;
const FEWEST_STUDENTS = 10;
/** Whether a factor can rest on so many at all, however it comes out. */
export const restsOnEnough = (answers: number, students: number): boolean =>
  answers >= FEWEST_ANSWERS && students >= FEWEST_STUDENTS;
/** A factor that is less sure is not worth telling a teacher. */
const LARGEST_ERROR = 0.25;
const [LEAST, MOST] = [0.25, 3];

/**
 * How much students gained by practice over what plans expected: the slope of (right − forecast) on the expected rise, with the intercept left free, so that
 * forecasts that are off altogether, or steps chosen where they happened to be too low, do not pass for gain. Weighted by 1/p(1 − p); its error is robust to
 * students who err together (Liang & Zeger 1986, m/(m − 1)); shrunk towards 1 by a normal prior.
 */
export function estimateGainFactor(answers: readonly PractisedAnswer[]): GainFactor {
  let [w, wx, wy, wxx, wxy] = [0, 0, 0, 0, 0];
  const weightOf = ({ forecast }: PractisedAnswer): number => 1 / Math.max(0.05, forecast * (1 - forecast));
  for (const answer of answers) {
    const weight = weightOf(answer);
    const error = answer.correct - answer.forecast;
    w += weight;
    wx += weight * answer.rise;
    wy += weight * error;
    wxx += weight * answer.rise ** 2;
    wxy += weight * answer.rise * error;
  }
  const centre = w > 0 ? wx / w : 0;
  const spread = wxx - wx * centre;
  const students = new Set(answers.map(({ student }) => student)).size;
  const prior = 1 / PRIOR_DEVIATION ** 2;
  let precision = 0;
  let slope = 1;
  if (spread > 1e-9 && students > 1) {
    slope = (wxy - wy * centre) / spread;
    const intercept = (wy - slope * wx) / w;
    const scores = new Map<number, number>();
    for (const answer of answers) {
      const left = answer.correct - answer.forecast - intercept - slope * answer.rise;
      scores.set(answer.student, (scores.get(answer.student) ?? 0) + weightOf(answer) * (answer.rise - centre) * left);
    }
    let meat = 0;
    for (const score of scores.values()) meat += score * score;
    const variance = (meat * students) / (students - 1) / spread ** 2;
    // A handful of students cannot be surer than independent answers would be.
    precision = 1 / Math.max(variance, 1 / spread);
  }
  const value = (precision * slope + prior) / (precision + prior);
  const standardError = 1 / Math.sqrt(precision + prior);
  const [low, high] = [value - 1.96 * standardError, value + 1.96 * standardError];
  return {
    value,
    standardError,
    low,
    high,
    answers: answers.length,
    students,
    stands: restsOnEnough(answers.length, students) && standardError <= LARGEST_ERROR && (low > 1 || high < 1),
  };
}

const within = (factor: Estimate): number => Math.min(MOST, Math.max(LEAST, factor.value));

/** An expected gain multiplied; the factor's own doubt goes into its error. */
export const timesFactor = (gain: Estimate, factor: Estimate): Estimate => ({
  value: gain.value * within(factor),
  standardError: Math.hypot(gain.standardError * within(factor), gain.value * factor.standardError),
});

/** Why a skill is not on the path, with its gains as the plan says its own. */
export const whyNotWithGainFactor = <Why extends Pick<WhyNot, 'gain' | 'least'>>(why: Why, factor: Estimate | null): Why =>
  factor === null
    ? why
    : {
        ...why,
        gain: timesFactor(why.gain, factor),
        ...(why.least ? { least: { ...why.least, gain: timesFactor(why.least.gain, factor) } } : {}),
      };

/** The plan with its expected gains multiplied. Which step is best does not depend on it. */
export function withGainFactor(plan: Plan, factor: Estimate | null): Plan {
  if (factor === null) return plan;
  return {
    ...plan,
    gainFactor: { value: within(factor), standardError: factor.standardError },
    steps: plan.steps.map((step) => ({ ...step, expectedGain: timesFactor(step.expectedGain, factor) })),
  };
}
