import { stepShares } from '../meta/learner.ts';
import type { Trainee } from '../meta/trainee.ts';
import { drawNetworkBatch } from './batches.ts';
import type { NetworkLearner } from './learners.ts';
import { copyNetworkParameters, weightNames } from './parameters.ts';
import type { NetworkParameters, NetworkShape } from './parameters.ts';

const DECAY = 0.02;

/** Every weight of the network in training. */
export function networkTrainee(parameters: NetworkParameters, shape: NetworkShape, learner: NetworkLearner): Trainee {
  const matrices = weightNames(shape).filter((name) => name.startsWith('weight'));
  return {
    parameters,
    decay: Object.fromEntries(matrices.map((name) => [name, DECAY])),
    stages: learner.stages.map(({ share, epsilon, start }) => ({
      share,
      epsilon,
      start(options) {
        const step = start({ ...options, shape });
        return async (_episode, batch, progress) => {
          const { loss, queryLoss, gradients } = await step.gradients(parameters, batch, stepShares(shape.innerSteps, progress));
          return { loss, queryLoss, gradients };
        };
      },
    })),
    draw: (episode, settings, random) => drawNetworkBatch(episode, shape, settings, random),
    snapshot: () => ({ weight: 1, kind: 'network', learner: learner.name, shape, parameters: copyNetworkParameters(parameters) }),
  };
}
