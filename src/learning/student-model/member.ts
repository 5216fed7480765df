import { adaptAnswers, QuestionReader } from './adaptation.ts';
import type { StudentContext } from './adaptation.ts';
import type { HistorySummary, SupportAnswer, Target } from './features.ts';
import { FeatureReader } from './feature-reader.ts';
import { offsetOf, summariseHistory } from './features.ts';
import type { ModelParameters, ModelShape } from './parameters.ts';
import { lineAt, NO_RECALIBRATION } from './recalibration.ts';
import type { Recalibration } from './recalibration.ts';

/** One model of a student; several, learned apart, forecast together. */
export interface Member {
  /** Share in the joint forecast; all members' shares sum to 1. */
  readonly weight: number;
  adapt(answers: readonly SupportAnswer[], history: HistorySummary, context: StudentContext): FittedMember;
}

/** A member fitted to one student. */
export interface FittedMember {
  /** What was fitted, [D]. */
  readonly phi: Float64Array;
  /** Log-odds of a right answer. */
  logit(target: Target): number;
}

export function phiMember(parameters: ModelParameters, shape: ModelShape, weight: number): Member {
  const reader = new QuestionReader(parameters, shape);
  return {
    weight,
    adapt(answers, history, context) {
      const adapted = adaptAnswers(parameters, shape, answers, context, history, reader);
      const features = context.features ?? new FeatureReader();
      return { phi: adapted.phi, logit: (target) => reader.logit(adapted, target, features) };
    },
  };
}

/** What a profile says of a student's ability, in logits: Σ effect·standardised field. */
export const profileMove = (effects: readonly number[], profile: ArrayLike<number> | undefined): number =>
  effects.reduce((sum, effect, column) => sum + effect * (profile?.[column] ?? 0), 0);

/** How far the ability's posterior mode follows when its prior moves: by the prior's share of the precision. */
const profileShift = (history: HistorySummary, move: number): number => move / (history.variance * history.precision);

/**
 * The closed form: a Rasch model over the calibrated difficulties with the student's strengths on skills, the ability's prior at the student's
 * company. Nothing in it is learned by gradients, so that it holds with any number of students.
 */
export function closedMember(weight: number, profileEffects: readonly number[] = []): Member {
  return {
    weight,
    adapt(_answers, history, { profile }) {
      const moved = profileShift(history, profileMove(profileEffects, profile));
      const phi = Float64Array.of(history.ability, ...[...history.standing.strength.values()].map(({ value }) => value));
      return { phi, logit: (target) => offsetOf(history, target) + history.ability + moved };
    },
  };
}

/** All members fitted to one student: the weighted mean of their log-odds, recalibrated. */
export class FittedEnsemble {
  readonly history: HistorySummary;
  readonly members: readonly FittedMember[];
  private readonly weights: readonly number[];
  private readonly line: { readonly shift: number; readonly scale: number };

  constructor(
    members: readonly Member[],
    answers: readonly SupportAnswer[],
    context: StudentContext,
    recalibration: Recalibration = NO_RECALIBRATION,
  ) {
    this.history = summariseHistory(answers, context.spread);
    this.line = lineAt(recalibration, this.history.evidence);
    this.weights = members.map((member) => member.weight);
    const shared = { ...context, features: new FeatureReader() };
    this.members = members.map((member) => member.adapt(answers, this.history, shared));
  }

  logit(target: Target): number {
    let mean = 0;
    for (let index = 0; index < this.members.length; index++) mean += this.weights[index]! * this.members[index]!.logit(target);
    return this.line.shift + this.line.scale * mean;
  }
}
