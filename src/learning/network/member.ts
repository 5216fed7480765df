import type { Member } from '../student-model/member.ts';
import type { NetworkLearner } from './learners.ts';
import type { NetworkParameters, NetworkShape } from './parameters.ts';
import { fitNetwork, networkForecast } from './student.ts';

/**
 * The network student model as a member. What it fits are thousands of weights; what it shows of them is the closed-form ability, which enters
 * the logit one to one.
 */
export function networkMember(
  learner: NetworkLearner,
  parameters: NetworkParameters,
  shape: NetworkShape,
  weight: number,
): Member {
  return {
    weight,
    adapt(answers, history, context) {
      const fitted = fitNetwork(learner, parameters, shape, answers, context.spread);
      return {
        phi: Float64Array.of(history.ability),
        logit: (target) => networkForecast(fitted, target),
      };
    },
  };
}
