import { adaptAnswers, QuestionReader } from './adaptation.ts';
import type { StudentContext } from './adaptation.ts';
import type { HistorySummary, SupportAnswer, Target } from './features.ts';
import { companyShift, summariseHistory } from './features.ts';
import type { ModelParameters, ModelShape } from './parameters.ts';

/** One model of a student; several, learned apart, forecast together. */
export interface Member {
  /** Share in the joint forecast; all members' shares sum to 1. */
  readonly weight: number;
  adapt(answers: readonly SupportAnswer[], history: HistorySummary, context: StudentContext): FittedMember;
}

/** A member fitted to one student. */
export interface FittedMember {
  /** What was fitted, [D], and its covariance, [D, D]. */
  readonly phi: Float64Array;
  readonly covariance: Float64Array;
  /** Log-odds of a right answer; writes the derivative by φ to `loading` ([D]). */
  logit(target: Target, loading: Float64Array): number;
}

export function phiMember(parameters: ModelParameters, shape: ModelShape, weight: number): Member {
  const reader = new QuestionReader(parameters, shape);
  return {
    weight,
    adapt(answers, history, context) {
      const adapted = adaptAnswers(parameters, shape, answers, context, history);
      return {
        phi: adapted.phi,
        covariance: adapted.covariance,
        logit(target, loading) {
          const logit = reader.logit(adapted, target);
          loading.set(reader.loading);
          return logit;
        },
      };
    },
  };
}

/** What a profile says of a student's ability, in logits: Σ effect·standardised field. */
export const profileMove = (effects: readonly number[], profile: ArrayLike<number> | undefined): number =>
  effects.reduce((sum, effect, column) => sum + effect * (profile?.[column] ?? 0), 0);

/** How far the ability's posterior mode follows when its prior moves: by the prior's share of the precision. */
const profileShift = (history: HistorySummary, move: number): number => move / (history.variance * history.precision);

/**
 * The closed form: a Rasch model over the calibrated difficulties, the ability's prior at the student's company. Nothing in it is learned by
 * gradients, so that it holds with any number of students.
 */
export function closedMember(weight: number, profileEffects: readonly number[] = []): Member {
  return {
    weight,
    adapt: (_answers, history, { profile }) => ({
      phi: Float64Array.of(history.ability),
      covariance: Float64Array.of(1 / history.precision),
      logit(target, loading) {
        loading[0] = 1;
        return (
          target.knowledge.adjusted +
          history.ability +
          companyShift(history, target) +
          profileShift(history, profileMove(profileEffects, profile))
        );
      },
    }),
  };
}

/** All members fitted to one student: the weighted mean of their log-odds. */
export class FittedEnsemble {
  readonly history: HistorySummary;
  readonly members: readonly FittedMember[];
  private readonly weights: readonly number[];
  /** Length of all members' φ together. */
  readonly size: number;

  constructor(members: readonly Member[], answers: readonly SupportAnswer[], context: StudentContext) {
    this.history = summariseHistory(answers, context.abilityVariance);
    this.weights = members.map((member) => member.weight);
    this.members = members.map((member) => member.adapt(answers, this.history, context));
    this.size = this.members.reduce((sum, member) => sum + member.phi.length, 0);
  }

  /** @param loading derivative of the mean logit by all members' φ, one after the other, [size] */
  logit(target: Target, loading: Float64Array = new Float64Array(this.size)): number {
    let sum = 0;
    let at = 0;
    for (const [index, member] of this.members.entries()) {
      const weight = this.weights[index]!;
      const own = loading.subarray(at, at + member.phi.length);
      sum += weight * member.logit(target, own);
      for (let entry = 0; entry < own.length; entry++) own[entry]! *= weight;
      at += member.phi.length;
    }
    return sum;
  }
}
