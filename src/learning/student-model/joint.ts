import { sigmoid } from '../numeric.ts';
import type { PosteriorPart, PosteriorSum, StudentPosterior } from './posterior.ts';
import type { JointForecast } from './types.ts';

/** A logit as the members forecast it, and as the posterior sees it. */
export interface Part extends PosteriorPart {
  readonly logit: number;
}

export interface JointOptions {
  readonly posterior: StudentPosterior;
  /** Mean squared errors over those that the posterior expects. */
  readonly errorShare: number;
  /** The questions that stand for each target, whose mean forecast is the target's. */
  readonly targets: readonly (readonly Part[])[];
  readonly questions: readonly Part[];
}

/** Targets and questions under one posterior; targets by the delta method, as their forecasts' errors are. */
export class JointPosterior implements JointForecast {
  readonly targetVariance: Float64Array;
  readonly logit: Float64Array;
  readonly logitVariance: Float64Array;
  private readonly posterior: StudentPosterior;
  private readonly errorShare: number;
  private readonly targets: readonly PosteriorSum[];
  private readonly questions: readonly PosteriorSum[];
  /** Squared distance between the members' forecast of each target and the posterior's: an answer's information does not take it away. */
  private readonly apart: Float64Array;

  constructor({ posterior, errorShare, targets, questions }: JointOptions) {
    this.posterior = posterior;
    this.errorShare = errorShare;
    const weights = targets.map((parts) => parts.map(({ logit }) => (sigmoid(logit) * sigmoid(-logit)) / parts.length));
    this.targets = targets.map((parts, target) => posterior.sum(parts, weights[target]!));
    this.questions = questions.map((part) => posterior.sum([part], [1]));
    this.targetVariance = Float64Array.from(this.targets, (sum) => Math.max(0, sum.own + posterior.covariance(sum, sum)));
    this.logit = Float64Array.from(questions, ({ logit }) => logit);
    this.logitVariance = Float64Array.from(this.questions, (sum) => Math.max(1e-12, sum.own + posterior.covariance(sum, sum)));
    this.apart = Float64Array.from(targets, (parts, target) => {
      const apart = parts.reduce((sum, part, at) => sum + weights[target]![at]! * (part.posterior.logit - part.logit), 0);
      return apart * apart;
    });
  }

  withTarget(target: number, question: number): number {
    return this.posterior.covariance(this.targets[target]!, this.questions[question]!);
  }

  between(first: number, second: number): number {
    return this.posterior.covariance(this.questions[first]!, this.questions[second]!);
  }

  standardError(target: number, variance: number): number {
    return Math.sqrt(this.errorShare * (Math.max(0, variance) + this.apart[target]!));
  }
}
