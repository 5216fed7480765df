import type { BaselineName } from './baselines/baseline.ts';
import { baselineMember, irtMember, questionMeanMember, shrunkIrtMember } from './baselines/baseline-member.ts';
import type { IrtParameters } from './baselines/irt.ts';
import { restoreBaseline } from './baselines/restore-baseline.ts';
import { findNetworkLearner } from './network/learners.ts';
import { networkMember } from './network/member.ts';
import type { NetworkParameters, NetworkShape } from './network/parameters.ts';
import { processMember } from './neural-process/member.ts';
import type { ProcessParameters, ProcessShape } from './neural-process/parameters.ts';
import { closedMember, phiMember } from './student-model/member.ts';
import type { Member } from './student-model/member.ts';
import type { ModelParameters, ModelShape } from './student-model/parameters.ts';

/** One student model as it is stored. */
export type TrainedMember = {
  /** Share in the joint forecast; all members' shares sum to 1. */
  readonly weight: number;
} & (
  | {
      readonly kind: 'closed';
      /** How each standardised field of the profile moves the ability, in logits; none where left out. */
      readonly profileEffects?: readonly number[] | undefined;
    }
  | {
      /** A published model that forecast held-back students better than what was trained. */
      readonly kind: 'baseline';
      readonly name: BaselineName;
      /** Empty where it follows from the course. */
      readonly parameters: Readonly<Record<string, Float32Array>>;
      /** Of the training table, as indexes of skills. */
      readonly skillSets: readonly (readonly number[])[];
    }
  | { readonly kind: 'phi'; readonly shape: ModelShape; readonly parameters: ModelParameters }
  | { readonly kind: 'neural-process'; readonly shape: ProcessShape; readonly parameters: ProcessParameters }
  | { readonly kind: 'network'; readonly learner: string; readonly shape: NetworkShape; readonly parameters: NetworkParameters }
);

export function createMember(trained: TrainedMember): Member {
  switch (trained.kind) {
    case 'closed':
      return closedMember(trained.weight, trained.profileEffects);
    case 'baseline':
      return createBaselineMember(trained);
    case 'phi':
      return phiMember(trained.parameters, trained.shape, trained.weight);
    case 'neural-process':
      return processMember(trained.parameters, trained.shape, trained.weight);
    case 'network':
      return networkMember(findNetworkLearner(trained.learner), trained.parameters, trained.shape, trained.weight);
  }
}

function createBaselineMember({ weight, name, parameters, skillSets }: Extract<TrainedMember, { kind: 'baseline' }>): Member {
  switch (name) {
    case 'question-mean':
      return questionMeanMember(weight);
    case 'irt':
      return irtMember(weight, parameters as IrtParameters);
    case 'shrunk-irt':
      return shrunkIrtMember(weight);
    default:
      return baselineMember(weight, restoreBaseline({ name, parameters }), skillSets);
  }
}
