import { SkillField } from './skill-field.ts';
import type { FieldPosterior, SkillLinks } from './skill-field.ts';

/** Of what skills share with their neighbours: what is assumed of its variance, and how many skills that counts for. */
const SHARED = { variance: 0.5, weight: 40 };
/** A step moves an effect by at most so many logits. */
const LONGEST = 2;

/** Effects of skills of which one part is a skill's own and the other is shared with its neighbours on the course's map. */
export class NeighbourEffects {
  private readonly field: SkillField;
  private shared: FieldPosterior | undefined;
  private sharedVariance = SHARED.variance;

  constructor({ skills, pairs }: SkillLinks) {
    this.field = new SkillField(skills.length, pairs);
  }

  /**
   * One joint Newton step of both parts, which also moves the shared part's variance by EM.
   * @param effect the whole effects, [skills], moved in place
   * @param slope and `information`: of the answers at these effects, [skills]
   * @param own variance of what is a skill's own
   * @returns the expected sum of squares of what is their own
   */
  move(effect: Float64Array, slope: Float64Array, information: Float64Array, own: number): number {
    const { field, sharedVariance } = this;
    // Observations of the shared part: the own part integrated out.
    const known = information.map((value) => value / (1 + own * value));
    const weighted = slope.map((value, skill) => information[skill]! * effect[skill]! + value);
    const shared = field.solve(
      sharedVariance,
      known,
      weighted.map((value, skill) => value / (1 + own * information[skill]!)),
    );
    let squares = 0;
    let left = effect.length;
    for (let skill = 0; skill < effect.length; skill++) {
      const outside = own + shared.outsideVariance[skill]!;
      const centre = shared.outsideMean[skill]!;
      const precision = information[skill]! + 1 / outside;
      const found = (weighted[skill]! + centre / outside) / precision;
      const part = own / outside;
      squares += part ** 2 * ((found - centre) ** 2 + 1 / precision) + part * shared.outsideVariance[skill]!;
      left -= known[skill]! * shared.variance[skill]!;
      effect[skill]! += Math.max(-LONGEST, Math.min(LONGEST, found - effect[skill]!));
    }
    this.shared = shared;
    // tr(RΣ) = variance·(skills − Σ known·Σᵢᵢ), since (R/variance + diag(known))Σ = I.
    const expected = field.roughness(shared.mean) + sharedVariance * left + SHARED.weight * SHARED.variance;
    this.sharedVariance = expected / (effect.length + SHARED.weight);
    return squares;
  }

  /** What is known of each whole effect beyond its variance, the neighbours' part with it; and that variance. */
  knowledge(information: Float64Array, own: number): { skillInformation: Float64Array; skill: number } {
    const skill = own + this.sharedVariance;
    const { shared } = this;
    if (!shared) return { skillInformation: information, skill };
    const byNeighbours = shared.outsideVariance.map((outside) => Math.max(0, 1 / (own + outside) - 1 / skill));
    return { skillInformation: information.map((value, each) => value + byNeighbours[each]!), skill };
  }
}
