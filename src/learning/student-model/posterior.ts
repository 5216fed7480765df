import { sigmoid } from '../numeric.ts';
import type { CourseKnowledge } from './course.ts';
import { companyShift, REMAINING_VARIANCE } from './features.ts';
import type { HistorySummary, Target } from './features.ts';
import { cholesky, forwardSolve } from './linear-algebra.ts';
import { skillOverlap } from './variance-components.ts';
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

/** A question's log-odds as the posterior sees them. */
export interface PosteriorLogit {
  /** Its mean. */
  readonly logit: number;
  readonly skills: readonly number[];
  readonly question: number;
  /** Share of the doubt about the course and the skill that is left once the question's own answers are known. */
  readonly common: number;
  /** Variance of the skill's difficulty, and of the question's beside what it shares with others. */
  readonly skillVariance: number;
  readonly ownVariance: number;
  /** L⁻¹√W·covariance with the answers, [n]: its square is what the student's answers take off the variance. */
  readonly explained: Float64Array;
}

export interface PosteriorPart {
  readonly posterior: PosteriorLogit;
  readonly standsFor: number;
}

/** A weighted sum of logits as the posterior sees it. */
export interface PosteriorSum {
  /** Sum of the weights, and of the weights times `common`. */
  readonly total: number;
  readonly common: number;
  /** Weight on each skill's strength, and on its difficulty in standard deviations. */
  readonly strength: ReadonlyMap<number, number>;
  readonly skill: ReadonlyMap<number, number>;
  /** As of one logit, [n]. */
  readonly explained: Float64Array;
  /** Variance of what it shares with no other question. */
  readonly own: number;
}

/**
 * Where a student stands after n answers, as a Gaussian process over questions: ability, strength on single skills, drift of form, and the
 * errors of the difficulties themselves, each with its own variance. Answers bring the Laplace approximation's information W (Rasmussen &
 * Williams 2006, Gaussian processes for machine learning, algorithms 3.1 and 3.2, one Newton step from the closed-form ability). This is the yardstick
 * for every forecast's error, whichever members made the forecast.
 */
export class StudentPosterior {
  private readonly prior: PriorVariance;
  private readonly history: HistorySummary;
  private readonly centre: number;
  private readonly answers: readonly Omit<PosteriorLogit, 'logit' | 'explained'>[];
  /** √W, [n]; L with LLᵀ = I + √W·K·√W, [n, n]; L⁻¹ of the answers' pull, [n]. */
  private readonly root: Float64Array;
  private readonly lower: Float64Array;
  private readonly pull: Float64Array;
  /** What answers tell of ability and form, and of the course's mean; [n]. */
  private readonly byAbility: Float64Array;
  private readonly byMean: Float64Array;
  private readonly bySkills = new Map<string, { readonly strength: Float64Array; readonly skill: Float64Array } | null>();

  /** @param centre of the ability before the answers: by the student's company and profile */
  constructor(prior: PriorVariance, history: HistorySummary, centre: number = history.company) {
    this.prior = prior;
    this.history = history;
    this.centre = centre;
    this.answers = history.answers.map((answer) => this.describe(answer));
    const count = this.answers.length;
    this.root = history.information.map(Math.sqrt);
    const matrix = new Float64Array(count * count);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j <= i; j++) matrix[i * count + j] = this.root[i]! * this.root[j]! * this.priorCovariance(i, j);
      matrix[i * count + i]! += 1;
    }
    this.lower = cholesky(matrix, count);
    const { ability, mean, components } = prior;
    const moved = history.ability - centre;
    this.pull = this.root.map((root, row) => (root > 0 ? root * moved + history.residual[row]! / root : 0));
    forwardSolve(this.lower, this.pull, count);
    this.byAbility = this.solve((_, row) => ability + components.drift * (row + 1));
    this.byMean = this.solve(({ common }) => common * mean);
  }

  private describe({ skills, question, knowledge }: Target): Omit<PosteriorLogit, 'logit' | 'explained'> {
    const { prior } = this;
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

  /** Prior covariance of two answers' logits, the second the earlier one. */
  private priorCovariance(late: number, early: number): number {
    const { ability, mean, components } = this.prior;
    const first = this.answers[late]!;
    const second = this.answers[early]!;
    const common = first.common * second.common;
    const overlap = skillOverlap(first.skills, second.skills);
    return (
      ability +
      components.drift * (early + 1) +
      common * mean +
      (overlap > 0 ? overlap * (components.strength + common * Math.sqrt(first.skillVariance * second.skillVariance)) : 0) +
      (late === early || (first.question >= 0 && first.question === second.question) ? first.ownVariance : 0)
    );
  }

  /** L⁻¹√W·values. */
  private solve(value: (answer: (typeof this.answers)[number], row: number) => number): Float64Array {
    const values = new Float64Array(this.answers.length);
    for (let row = 0; row < values.length; row++) values[row] = this.root[row]! * value(this.answers[row]!, row);
    forwardSolve(this.lower, values, values.length);
    return values;
  }

  /** What answers tell of the strength on these skills, and of their difficulty; null where no answer shares one. */
  private aboutSkills(skills: readonly number[]): { readonly strength: Float64Array; readonly skill: Float64Array } | null {
    const key = skills.join(' ');
    let found = this.bySkills.get(key);
    if (found === undefined) {
      const { strength } = this.prior.components;
      found = this.answers.some((answer) => skillOverlap(answer.skills, skills) > 0)
        ? {
            strength: this.solve((answer) => strength * skillOverlap(answer.skills, skills)),
            skill: this.solve((answer) => answer.common * Math.sqrt(answer.skillVariance) * skillOverlap(answer.skills, skills)),
          }
        : null;
      this.bySkills.set(key, found);
    }
    return found;
  }

  of(target: Target): PosteriorLogit {
    const described = this.describe(target);
    const { common, skills, question, skillVariance, ownVariance } = described;
    const count = this.answers.length;
    const explained = new Float64Array(count);
    for (let row = 0; row < count; row++) explained[row] = this.byAbility[row]! + common * this.byMean[row]!;
    const shared = this.aboutSkills(skills);
    const scale = common * Math.sqrt(skillVariance);
    if (shared) for (let row = 0; row < count; row++) explained[row]! += shared.strength[row]! + scale * shared.skill[row]!;
    if (question >= 0 && this.history.byQuestion.has(question)) {
      const own = this.solve((answer) => (answer.question === question ? ownVariance : 0));
      for (let row = 0; row < count; row++) explained[row]! += own[row]!;
    }
    let logit = target.knowledge.adjusted + this.centre + companyShift(this.history, target);
    for (let row = 0; row < explained.length; row++) logit += explained[row]! * this.pull[row]!;
    return { ...described, logit, explained };
  }

  /** Σ weight·logit. @param parts logits, and the number of questions that each stands for the mean of; their own difficulties average out */
  sum(parts: readonly PosteriorPart[], weights: ArrayLike<number>): PosteriorSum {
    const { components } = this.prior;
    const explained = new Float64Array(this.answers.length);
    const strength = new Map<number, number>();
    const skill = new Map<number, number>();
    let total = 0;
    let common = 0;
    let own = 0;
    const add = (map: Map<number, number>, key: number, value: number): void => void map.set(key, (map.get(key) ?? 0) + value);
    for (let index = 0; index < parts.length; index++) {
      const { posterior: each, standsFor } = parts[index]!;
      const weight = weights[index]!;
      const deviation = each.common * Math.sqrt(each.skillVariance);
      for (let row = 0; row < explained.length; row++) explained[row]! += weight * each.explained[row]!;
      total += weight;
      common += weight * each.common;
      own += (weight * weight * each.ownVariance) / standsFor;
      const share = weight / Math.max(1, each.skills.length);
      let apart = each.skills.length === 0 ? 1 : 0;
      for (const one of each.skills) if (one < 0) apart++;
      own += apart * share * share * (components.strength + deviation * deviation);
      for (const one of each.skills) {
        if (one < 0) continue;
        add(strength, one, share);
        add(skill, one, share * deviation);
      }
    }
    return { total, common, strength, skill, explained, own };
  }

  /** Covariance of two sums, now, without what single questions have to themselves. */
  covariance(first: PosteriorSum, second: PosteriorSum): number {
    const { ability, mean, components } = this.prior;
    let value = first.total * second.total * (ability + components.drift * this.answers.length);
    value += first.common * second.common * mean;
    value += overlap(first.strength, second.strength) * components.strength + overlap(first.skill, second.skill);
    for (let row = 0; row < first.explained.length; row++) value -= first.explained[row]! * second.explained[row]!;
    return value;
  }

  /** Variance of Σ weight·logit, now; parts as in `sum`. */
  variance(parts: readonly PosteriorPart[], weights: ArrayLike<number>): number {
    const sum = this.sum(parts, weights);
    // Rounding alone can bring it to nothing.
    return Math.max(1e-12 * sum.total * sum.total, sum.own + this.covariance(sum, sum));
  }
}

/** Σ over the skills that both have. */
function overlap(first: ReadonlyMap<number, number>, second: ReadonlyMap<number, number>): number {
  if (first.size > second.size) return overlap(second, first);
  let sum = 0;
  for (const [key, value] of first) sum += value * (second.get(key) ?? 0);
  return sum;
}
