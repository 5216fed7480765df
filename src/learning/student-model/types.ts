import type { Estimate, QuestionReference, ResponseEvent, StudentProfile } from '../../shared/domain.ts';
import type { Evidence } from './evidence.ts';

/**
 * A trained model, ready to be fitted to a student. Plain typed arrays: no tensor library is needed to adapt and forecast.
 * Immutable; `adapt` has no side effects.
 */
export interface StudentModel {
  /** Skill ids seen in training, in the model's order. */
  readonly skills: readonly string[];
  /** Question ids seen in training. */
  readonly questions: readonly string[];
  /** Number of past students the difficulties rest on; 0 for the shipped prior alone. */
  readonly pastStudents: number;
  /** Fits the model to one student. An empty history gives the prior. */
  adapt(history: readonly ResponseEvent[], options?: AdaptOptions): StudentState;
}

export interface AdaptOptions {
  /**
   * Answers of this student that the model's difficulties contain, because the class that it looks at is the one it counted. They are taken
   * out, so that nobody is measured by a yardstick that they bent themselves. Empty where it is left out.
   */
  readonly counted?: readonly ResponseEvent[] | undefined;
  /** What the roster says of the student; moves where they start. */
  readonly profile?: StudentProfile | undefined;
}

/** A forecast on both scales. */
export interface Forecast extends Estimate {
  /** Natural-log odds of a right answer, and the standard error on that scale. */
  readonly logit: number;
  readonly logitStandardError: number;
}

/** The model fitted to one student: what it believes after the given answers. */
export interface StudentState {
  readonly answers: number;
  /** φ, the student's own vector: those of all members, one after the other. */
  readonly phi: Float64Array;
  /** P(next answer to this question is right); an unseen question falls back on its skills, unseen skills on the course. */
  forecastQuestion(question: QuestionReference): Forecast;
  /** Mean P(right) over the skill's questions, now. */
  forecastSkill(skill: string): Estimate;
  /** P(mean forecast over the skill's questions, without guessing help, ≥ .8 | answers). */
  mastery(skill: string): Estimate;
  /** Mean forecast over all skills of the course. */
  level(): Estimate;
  /** Forecast of each target skill after `questions` more practice questions on `skill`, in expectation under the model. */
  forecastAfterPractice(skill: string, questions: number, targets: readonly string[]): readonly Estimate[];
  /**
   * Expected rise of the mean forecast over the targets by `questions` practice questions on `skill`, in percentage points. Its error is
   * the doubt about the practice effect and about where the student stands, of the difference itself.
   */
  expectedGain(skill: string, questions: number, targets: readonly string[]): Estimate;
  /** How the targets' forecasts and questions that could be asked hang together: what an answer would tell, before it is given. */
  joint(targets: readonly string[], questions: readonly QuestionReference[]): JointForecast;
  /** This student's own answers on the skill, or without one all of them, and whether they are enough to speak of it: the one place that decides. */
  evidence(skill?: string): Evidence;
}

/** Forecasts of target skills (T of them, on the scale from 0 to 1) beside those of questions (Q, in logits), with their covariances. */
export interface JointForecast {
  /** Posterior variance of each target's forecast, [T]. */
  readonly targetVariance: Float64Array;
  /** Forecast and posterior variance of each question's logit, [Q]. */
  readonly logit: Float64Array;
  readonly logitVariance: Float64Array;
  /** Covariance of a target's forecast with a question's logit. */
  withTarget(target: number, question: number): number;
  /** Covariance of two questions' logits. */
  between(first: number, second: number): number;
  /** Standard error that a target's forecast has where its posterior variance is this one: as `forecastSkill` says it for the present one. */
  standardError(target: number, variance: number): number;
}
