import { PathlightError } from '../../shared/errors.ts';
import type { ModelParameters, ModelShape } from '../student-model/parameters.ts';
import { metaGradients } from './meta-loss.ts';
import type { MetaBatch, MetaGradients } from './meta-loss.ts';

/** A meta-learner: how a batch of tasks moves the parameters. */
export interface MetaLearner {
  readonly name: string;
  gradients(parameters: ModelParameters, shape: ModelShape, batch: MetaBatch): Promise<MetaGradients>;
}

/** Second-order MAML over φ. */
const maml: MetaLearner = { name: 'maml', gradients: metaGradients };

export const LEARNERS: Readonly<Record<string, MetaLearner>> = { maml };

/** @throws PathlightError `unknown-learner`, naming those that there are */
export function findLearner(name: string): MetaLearner {
  const learner = Object.hasOwn(LEARNERS, name) ? LEARNERS[name] : undefined;
  if (!learner)
    throw new PathlightError(
      'unknown-learner',
      `There is no learner "${name}". Choose one of: ${Object.keys(LEARNERS).join(', ')}.`,
      { learner: name },
    );
  return learner;
}
