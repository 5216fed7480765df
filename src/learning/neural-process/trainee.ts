import { factorGradient } from '../meta/trainee.ts';
import type { Trainee } from '../meta/trainee.ts';
import { drawProcessBatch } from './batches.ts';
import { ProcessTraining } from './gradients.ts';
import type { ProcessParameters, ProcessShape } from './parameters.ts';

/** The neural process in training: the query's loss alone, since nothing is adapted by steps. */
export function processTrainee(parameters: ProcessParameters, shape: ProcessShape): Trainee {
  const { skillFactors } = parameters;
  return {
    parameters,
    decay: { readWeight: 0.02, weight1: 0.02, weight2: 0.02, weight3: 0.02, skillFactors: 0.1 },
    stages: [
      {
        share: 1,
        start({ compiler }) {
          const training = new ProcessTraining(shape, compiler);
          return async (episode, batch) => {
            const { loss, shared, ...rows } = await training.of(parameters, batch);
            const factors = factorGradient(skillFactors.length, shape.embedding, episode, batch, rows);
            return { loss, queryLoss: loss, gradients: { ...shared, ...(factors ? { skillFactors: factors } : {}) } };
          };
        },
      },
    ],
    draw: (episode, settings, random) => drawProcessBatch(episode, parameters, shape, settings, random),
    snapshot: () => ({
      weight: 1,
      kind: 'neural-process',
      shape,
      parameters: Object.fromEntries(
        Object.entries(parameters).map(([name, values]) => [name, Float32Array.from(values)]),
      ) as unknown as ProcessParameters,
    }),
  };
}
