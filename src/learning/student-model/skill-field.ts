/** Which skills of a course are neighbours: one is a prerequisite of the other. */
export interface SkillLinks {
  /** The course's skills by number, those that nobody has answered at the end. */
  readonly skills: readonly string[];
  /** Numbers of two different skills each. */
  readonly pairs: readonly (readonly [number, number])[];
}

/** How much more two neighbours' difference costs than a skill's own effect; chosen on training students (docs/decisions/0020). */
const SMOOTHNESS = 15;
const MOST_ROUNDS = 60;
/** Messages that move less than this share of themselves have settled. */
const SETTLED = 1e-7;

/** What a field says of each skill; all [skills]. */
export interface FieldPosterior {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  /** By the other skills alone, the own observation left out. */
  readonly outsideMean: Float64Array;
  readonly outsideVariance: Float64Array;
}

/**
 * A Gaussian Markov random field over skills (Rue & Held 2005): neighbours are alike, precision (I + cL)/variance with L the graph's Laplacian, scaled
 * so that every skill has the same variance before the answers. Solved by belief propagation: means are exact, variances exact on trees and close
 * elsewhere (Weiss & Freeman 2001; it converges because the precision is diagonally dominant). Messages are kept from one solution to the next,
 * which mostly differ little.
 */
export class SkillField {
  /** √ of the unscaled field's variance, [skills]. */
  private readonly scale: Float64Array;
  private readonly degree: Float64Array;
  /** Directed links in order of their source: those of skill i are first[i] … first[i + 1] − 1; `back` is each one's opposite. */
  private readonly first: Int32Array;
  private readonly to: Int32Array;
  private readonly back: Int32Array;
  private readonly precision: Float64Array;
  private readonly pull: Float64Array;

  /** @param skills how many there are @param pairs as in SkillLinks; doubles and directions do not count */
  constructor(skills: number, pairs: SkillLinks['pairs']) {
    const beside = Array.from({ length: skills }, () => new Set<number>());
    for (const [one, other] of pairs) {
      if (one === other) continue;
      beside[one]!.add(other);
      beside[other]!.add(one);
    }
    const links = beside.map((others) => [...others].sort((a, b) => a - b));
    this.degree = Float64Array.from(links, ({ length }) => length);
    this.first = new Int32Array(skills + 1);
    links.forEach((others, skill) => (this.first[skill + 1] = this.first[skill]! + others.length));
    this.to = Int32Array.from(links.flat());
    this.back = Int32Array.from(
      links.flatMap((others, skill) => others.map((other) => this.first[other]! + links[other]!.indexOf(skill))),
    );
    this.precision = new Float64Array(this.to.length);
    this.pull = new Float64Array(this.to.length);
    this.scale = new Float64Array(skills).fill(1);
    const nothing = new Float64Array(skills);
    this.scale = this.solve(1, nothing, nothing).variance.map(Math.sqrt);
    this.precision.fill(0);
  }

  /**
   * The posterior under observations of single skills.
   * @param variance of each skill before them
   * @param information of the observation, [skills]; 0 where there is none
   * @param weighted information times observed value, [skills]
   */
  solve(variance: number, information: ArrayLike<number>, weighted: ArrayLike<number>): FieldPosterior {
    const { scale, degree, first, to, back, precision, pull } = this;
    const size = degree.length;
    const link = -SMOOTHNESS / variance;
    // Sums of what a skill has itself and what its neighbours tell it.
    const sum = new Float64Array(size);
    const sumPull = new Float64Array(size);
    for (let skill = 0; skill < size; skill++) {
      sum[skill] = (1 + SMOOTHNESS * degree[skill]!) / variance + information[skill]! / scale[skill]! ** 2;
      sumPull[skill] = weighted[skill]! / scale[skill]!;
    }
    for (let at = 0; at < to.length; at++) {
      sum[to[at]!]! += precision[at]!;
      sumPull[to[at]!]! += pull[at]!;
    }
    let moved = 0;
    const tell = (skill: number): void => {
      for (let at = first[skill]!; at < first[skill + 1]!; at++) {
        const rest = sum[skill]! - precision[back[at]!]!;
        const told = -(link * link) / rest;
        const toldPull = (-link * (sumPull[skill]! - pull[back[at]!]!)) / rest;
        const other = to[at]!;
        moved = Math.max(moved, Math.abs(told - precision[at]!) / -told, Math.abs(toldPull - pull[at]!) / sum[other]!);
        sum[other]! += told - precision[at]!;
        sumPull[other]! += toldPull - pull[at]!;
        precision[at] = told;
        pull[at] = toldPull;
      }
    };
    for (let round = 0; round < MOST_ROUNDS; round++) {
      moved = 0;
      for (let skill = 0; skill < size; skill++) tell(skill);
      for (let skill = size - 1; skill >= 0; skill--) tell(skill);
      if (moved < SETTLED) break;
    }
    const result = {
      mean: new Float64Array(size),
      variance: new Float64Array(size),
      outsideMean: new Float64Array(size),
      outsideVariance: new Float64Array(size),
    };
    for (let skill = 0; skill < size; skill++) {
      const unit = scale[skill]!;
      const outside = sum[skill]! - information[skill]! / unit ** 2;
      result.mean[skill] = sumPull[skill]! / sum[skill]! / unit;
      result.variance[skill] = 1 / sum[skill]! / unit ** 2;
      result.outsideMean[skill] = (sumPull[skill]! - weighted[skill]! / unit) / outside / unit;
      result.outsideVariance[skill] = 1 / outside / unit ** 2;
    }
    return result;
  }

  /** uᵀRu, with R/variance the field's precision before observations. @param values u, [skills] */
  roughness(values: ArrayLike<number>): number {
    const { scale, first, to } = this;
    let sum = 0;
    for (let skill = 0; skill < scale.length; skill++) {
      const own = values[skill]! * scale[skill]!;
      sum += own * own;
      for (let at = first[skill]!; at < first[skill + 1]!; at++) {
        const other = to[at]!;
        if (other > skill) sum += SMOOTHNESS * (own - values[other]! * scale[other]!) ** 2;
      }
    }
    return sum;
  }
}
