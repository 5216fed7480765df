import { createEpisode } from '../../src/learning/meta/episodes.ts';
import { findLearner } from '../../src/learning/meta/learner.ts';
import type { StepCompiler } from '../../src/learning/meta/meta-loss.ts';
import { optimise } from '../../src/learning/meta/optimise.ts';
import { phiTrainee } from '../../src/learning/meta/trainee.ts';
import { createRandom } from '../../src/learning/random.ts';
import { FEATURE_COUNT } from '../../src/learning/student-model/features.ts';
import { initialParameters } from '../../src/learning/student-model/parameters.ts';
import type { ModelShape } from '../../src/learning/student-model/parameters.ts';
import { simulatedClass } from './courses.ts';

const SHAPE: ModelShape = {
  features: FEATURE_COUNT,
  hidden: 8,
  factors: 2,
  embedding: 3,
  covariates: 1,
  prompts: 0,
  innerSteps: 3,
};
const BATCHES = {
  short: { students: 6, support: 6, query: 4, after: [0, 2, 6], window: 20 },
  long: { students: 2, support: 12, query: 4, after: [12], window: 20 },
};

/** Outer steps of MAML on a course so small that thousands of them take a minute. */
export function createTinyTraining(compiler: StepCompiler): (steps: number, afterStep: (step: number) => void) => Promise<void> {
  const { table } = simulatedClass(30, 5);
  const everybody = (): boolean => true;
  const episode = createEpisode(table, everybody, everybody, 0);
  const random = createRandom(2);
  const trainee = phiTrainee(initialParameters(SHAPE, table.skills.length, random), SHAPE, findLearner('maml'));
  return (steps, afterStep) =>
    optimise({
      trainee,
      stage: { beta: 1, compiler },
      steps,
      peakRate: 1e-3,
      batches: BATCHES,
      random,
      nextEpisode: () => episode,
      afterStep,
    });
}
