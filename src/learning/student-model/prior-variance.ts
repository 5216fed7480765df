import { sigmoid } from '../numeric.ts';
import type { CourseKnowledge } from './course.ts';
import { REMAINING_VARIANCE } from './features.ts';
import type { Target } from './features.ts';
import type { VarianceComponents } from './variance-components.ts';

/** What is not known before a student answers; variances in squared logits. */
export interface PriorVariance {
  readonly components: VarianceComponents;
  /** Of the ability around where the student's company puts it. */
  readonly ability: number;
  /** Of the course's mean, of a skill's and of a question's difficulty. */
  readonly mean: number;
  readonly skill: number;
  readonly question: number;
  /** Students behind the difficulties. */
  readonly students: number;
}

/** Of a course's mean logit while nobody has answered: between courses, shares of right answers lie mostly from .45 to .85. */
const BETWEEN_COURSES = 0.3;

export function priorVariance({ calibration, components, statistics }: CourseKnowledge): PriorVariance {
  const { ability, skill, question } = calibration.variance;
  return {
    components,
    ability: REMAINING_VARIANCE * ability,
    mean: 1 / (1 / BETWEEN_COURSES + statistics.students / ability),
    skill,
    question,
    students: statistics.students,
  };
}

/** What is known of a question beside a student's answers. */
export interface Described {
  readonly skills: readonly number[];
  readonly question: number;
  /** Share of the doubt about the course and the skill that is left once the question's own answers are known. */
  readonly common: number;
  /** Variance of the skill's difficulty, and of the question's beside what it shares with others. */
  readonly skillVariance: number;
  readonly ownVariance: number;
}

export function describe(prior: PriorVariance, { skills, question, knowledge }: Target): Described {
  const p = sigmoid(knowledge.adjusted);
  const students = Math.min(prior.students, knowledge.setAnswers);
  // A skill's answers come from students who are strong or weak on it each: that does not average out within a student.
  const skillInformation =
    students > 0 ? 1 / (1 / (Math.max(0.02, p * (1 - p)) * knowledge.setAnswers) + prior.components.strength / students) : 0;
  const skillVariance = 1 / (skillInformation + 1 / prior.skill);
  const information = Math.max(0, 1 / knowledge.adjustedError ** 2 - 1 / prior.question);
  const before = prior.mean + skillVariance + prior.question;
  const common = 1 / (1 + information * before);
  const ownVariance = common * (before - common * (prior.mean + skillVariance));
  return { skills, question, common, skillVariance, ownVariance };
}
