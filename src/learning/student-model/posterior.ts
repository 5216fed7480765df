import type { HistorySummary, Target } from './features.ts';
import { companyShift, relatedAnswers } from './features.ts';
import { choleskyInverse } from './linear-algebra.ts';
import { describe } from './prior-variance.ts';
import type { Described, PriorVariance } from './prior-variance.ts';
import { skillOverlap } from './variance-components.ts';

/** A question's log-odds as the posterior sees them. */
export interface PosteriorLogit extends Described {
  /** Its mean. */
  readonly logit: number;
  /** What the student's answers on its skills share with it. */
  readonly near: NearAnswers;
}

export interface PosteriorPart {
  readonly posterior: PosteriorLogit;
  readonly standsFor: number;
}

/** √W·covariance with single answers, beside what every answer tells: the answers' places, rising, and the covariances. */
interface NearAnswers {
  readonly rows: readonly number[];
  readonly values: readonly number[];
}

/** A weighted sum of logits as the posterior sees it. */
export interface PosteriorSum {
  /** Sum of the weights, and of the weights times `common`. */
  readonly total: number;
  readonly common: number;
  /** Weight on each skill's strength, and on its difficulty in standard deviations. */
  readonly strength: ReadonlyMap<number, number>;
  readonly skill: ReadonlyMap<number, number>;
  /** As of one logit. */
  readonly near: NearAnswers;
  /** Variance of what it shares with no other question. */
  readonly own: number;
}

/** The rows of answers that share a skill with a set of skills, and of each what the two share in strength and in the skill's difficulty. */
interface SharedRows {
  readonly rows: readonly number[];
  readonly strength: readonly number[];
  readonly skill: readonly number[];
}

const NO_ROWS: SharedRows = { rows: [], strength: [], skill: [] };
const NOTHING_NEAR: NearAnswers = { rows: [], values: [] };

/**
 * Where a student stands after n answers, as a Gaussian process over questions: ability, strength on single skills, drift of form, and the
 * errors of the difficulties themselves, each with its own variance. Answers bring the Laplace approximation's information W (Rasmussen &
 * Williams 2006, Gaussian processes for machine learning, algorithms 3.1 and 3.2, one Newton step from the closed-form ability). This is the yardstick
 * for every forecast's error, whichever members made the forecast.
 *
 * A question's covariances with the answers are ability and mean, which every answer shares, and those of the few answers on its skills. With B = (I + √W·K·√W)⁻¹
 * worked out once, what the answers take off a variance is a few products (`taken`), however many answers there are.
 */
export class StudentPosterior {
  private readonly prior: PriorVariance;
  private readonly history: HistorySummary;
  private readonly centre: number;
  private readonly answers: readonly Described[];
  /** √W, [n]; B, [n, n]; B·what the answers pull by, [n]. */
  private readonly root: Float64Array;
  private readonly inverse: Float64Array;
  private readonly pull: Float64Array;
  /** √W·covariance with what every question has of ability and form, and of the course's mean, times B; [n]. And what they come to with each other and with the pull. */
  private readonly byAbility: Float64Array;
  private readonly byMean: Float64Array;
  private readonly every: { readonly ability: number; readonly mean: number; readonly both: number };
  private readonly pulled: { readonly ability: number; readonly mean: number };
  private readonly bySkills = new Map<string | number, SharedRows>();
  /** Room for the values of a sum, [n], all 0 between two. */
  private readonly room: Float64Array;

  /** @param centre of the ability before the answers: by the student's company and profile */
  constructor(prior: PriorVariance, history: HistorySummary, centre: number = history.company) {
    this.prior = prior;
    this.history = history;
    this.centre = centre;
    this.answers = history.answers.map((answer) => describe(prior, answer));
    const count = this.answers.length;
    this.root = history.information.map(Math.sqrt);
    const matrix = new Float64Array(count * count);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j <= i; j++) matrix[i * count + j] = this.root[i]! * this.root[j]! * this.priorCovariance(i, j);
      matrix[i * count + i]! += 1;
    }
    this.inverse = choleskyInverse(matrix, count);
    this.room = new Float64Array(count);
    const { ability, mean, components } = prior;
    const moved = history.ability - centre;
    this.pull = this.times(this.root.map((root, row) => (root > 0 ? root * moved + history.residual[row]! / root : 0)));
    const abilities = this.root.map((root, row) => root * (ability + components.drift * (row + 1)));
    const means = this.root.map((root, row) => root * this.answers[row]!.common * mean);
    this.byAbility = this.times(abilities);
    this.byMean = this.times(means);
    this.every = { ability: dot(abilities, this.byAbility), mean: dot(means, this.byMean), both: dot(abilities, this.byMean) };
    this.pulled = { ability: dot(abilities, this.pull), mean: dot(means, this.pull) };
  }

  /** B·values. */
  private times(values: Float64Array): Float64Array {
    const { inverse } = this;
    const count = values.length;
    const found = new Float64Array(count);
    for (let row = 0; row < count; row++) {
      let sum = 0;
      for (let column = 0; column < count; column++) sum += inverse[row * count + column]! * values[column]!;
      found[row] = sum;
    }
    return found;
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

  /** The answers that share one of these skills. */
  private sharing(skills: readonly number[]): SharedRows {
    const key = skills.length === 1 ? skills[0]! : skills.join(' ');
    let found = this.bySkills.get(key);
    if (found === undefined) {
      const rows = relatedAnswers(this.history, skills);
      const shared = rows.map((row) => this.root[row]! * skillOverlap(this.answers[row]!.skills, skills));
      found =
        rows.length === 0
          ? NO_ROWS
          : {
              rows,
              strength: shared.map((share) => this.prior.components.strength * share),
              skill: rows.map((row, at) => {
                const { common, skillVariance } = this.answers[row]!;
                return common * Math.sqrt(skillVariance) * shared[at]!;
              }),
            };
      this.bySkills.set(key, found);
    }
    return found;
  }

  /** @param skillDeviation of the question's skill, times what is left of the doubt about it */
  private near(skills: readonly number[], question: number, skillDeviation: number, ownVariance: number): NearAnswers {
    const { rows, strength, skill } = this.sharing(skills);
    const same = question >= 0 ? this.history.byQuestion.get(question) : undefined;
    if (rows.length === 0 && same === undefined) return NOTHING_NEAR;
    // Plain arrays: there is one for every question of the course, of a few numbers each.
    const values: number[] = [];
    for (let at = 0; at < rows.length; at++) values.push(strength[at]! + skillDeviation * skill[at]!);
    if (same === undefined) return { rows, values };
    const all = new Map<number, number>();
    for (let at = 0; at < rows.length; at++) all.set(rows[at]!, values[at]!);
    for (const row of same) all.set(row, (all.get(row) ?? 0) + this.root[row]! * ownVariance);
    return { rows: [...all.keys()], values: [...all.values()] };
  }

  of(target: Target): PosteriorLogit {
    const { common, skills, question, skillVariance, ownVariance } = describe(this.prior, target);
    const near = this.near(skills, question, common * Math.sqrt(skillVariance), ownVariance);
    let logit = target.knowledge.adjusted + this.centre + companyShift(this.history, target);
    logit += this.pulled.ability + common * this.pulled.mean;
    for (let at = 0; at < near.rows.length; at++) logit += near.values[at]! * this.pull[near.rows[at]!]!;
    return { common, skills, question, skillVariance, ownVariance, logit, near };
  }

  /** Σ weight·logit. @param parts logits, and the number of questions that each stands for the mean of; their own difficulties average out */
  sum(parts: readonly PosteriorPart[], weights: ArrayLike<number>): PosteriorSum {
    const { components } = this.prior;
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
    return { total, common, strength, skill, near: this.gathered(parts, weights), own };
  }

  /** Σ weight·what is near. */
  private gathered(parts: readonly PosteriorPart[], weights: ArrayLike<number>): NearAnswers {
    const { room } = this;
    const rows: number[] = [];
    for (let index = 0; index < parts.length; index++) {
      const { near } = parts[index]!.posterior;
      for (let at = 0; at < near.rows.length; at++) {
        const row = near.rows[at]!;
        if (room[row] === 0) rows.push(row);
        room[row]! += weights[index]! * near.values[at]!;
      }
    }
    if (rows.length === 0) return NOTHING_NEAR;
    const values: number[] = [];
    for (const row of rows) {
      values.push(room[row]!);
      room[row] = 0;
    }
    return { rows, values };
  }

  /** What the answers take off the covariance of two sums. */
  private taken(first: PosteriorSum, second: PosteriorSum): number {
    const { inverse, byAbility, byMean, every } = this;
    const count = this.root.length;
    let value = first.total * second.total * every.ability + first.common * second.common * every.mean;
    value += (first.total * second.common + first.common * second.total) * every.both;
    for (let at = 0; at < first.near.rows.length; at++) {
      const row = first.near.rows[at]!;
      let sum = second.total * byAbility[row]! + second.common * byMean[row]!;
      for (let other = 0; other < second.near.rows.length; other++)
        sum += inverse[row * count + second.near.rows[other]!]! * second.near.values[other]!;
      value += first.near.values[at]! * sum;
    }
    for (let at = 0; at < second.near.rows.length; at++) {
      const row = second.near.rows[at]!;
      value += second.near.values[at]! * (first.total * byAbility[row]! + first.common * byMean[row]!);
    }
    return value;
  }

  /** Covariance of two sums, now, without what single questions have to themselves. */
  covariance(first: PosteriorSum, second: PosteriorSum): number {
    const { ability, mean, components } = this.prior;
    const form = ability + components.drift * this.answers.length;
    const before =
      first.total * second.total * form +
      first.common * second.common * mean +
      overlap(first.strength, second.strength) * components.strength +
      overlap(first.skill, second.skill);
    return before - this.taken(first, second);
  }

  /** Variance of Σ weight·logit, now; parts as in `sum`. */
  variance(parts: readonly PosteriorPart[], weights: ArrayLike<number>): number {
    const sum = this.sum(parts, weights);
    // Rounding alone can bring it to nothing.
    return Math.max(1e-12 * sum.total * sum.total, sum.own + this.covariance(sum, sum));
  }
}

function dot(first: Float64Array, second: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < first.length; row++) sum += first[row]! * second[row]!;
  return sum;
}

/** Σ over the skills that both have. */
function overlap(first: ReadonlyMap<number, number>, second: ReadonlyMap<number, number>): number {
  if (first.size > second.size) return overlap(second, first);
  let sum = 0;
  for (const [key, value] of first) sum += value * (second.get(key) ?? 0);
  return sum;
}
