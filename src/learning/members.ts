import { findNetworkLearner } from './network/learners.ts';
import { networkMember } from './network/member.ts';
import type { NetworkParameters, NetworkShape } from './network/parameters.ts';
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
  | { readonly kind: 'phi'; readonly shape: ModelShape; readonly parameters: ModelParameters }
  | { readonly kind: 'network'; readonly learner: string; readonly shape: NetworkShape; readonly parameters: NetworkParameters }
);

export function createMember(trained: TrainedMember): Member {
  switch (trained.kind) {
    case 'closed':
      return closedMember(trained.weight, trained.profileEffects);
    case 'phi':
      return phiMember(trained.parameters, trained.shape, trained.weight);
    case 'network':
      return networkMember(findNetworkLearner(trained.learner), trained.parameters, trained.shape, trained.weight);
  }
}
