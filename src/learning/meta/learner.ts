import { PathlightError } from '../../shared/errors.ts';
import type { ModelParameters, ModelShape } from '../student-model/parameters.ts';
import type { LearnerName } from './learner-names.ts';
import { PhiGradients } from './meta-loss.ts';
import type { MetaBatch, MetaGradients, StepCompiler } from './meta-loss.ts';
import { REPTILE, ReptileGradients } from './reptile.ts';

/** One training's way to turn a batch of tasks into a direction for the parameters. */
export interface MetaStep {
  /** @param progress 0 to 1 over the training */
  gradients(parameters: ModelParameters, batch: MetaBatch, progress: number): Promise<MetaGradients>;
}

export interface LearnerOptions {
  readonly shape: ModelShape;
  /** Weight of the adapted loss beside the unadapted one. */
  readonly beta: number;
  readonly compiler: StepCompiler;
}

/** A meta-learner: what it trains, and how. */
export interface MetaLearner {
  readonly name: LearnerName;
  /** The stages of a training, each a share of its steps: most have one, prompt-tuning trains its backbone first. */
  readonly stages: readonly { readonly share: number; start(options: LearnerOptions): MetaStep }[];
  /** Prompts in the pool. */
  readonly prompts: number;
}

const PROMPTS = 12;

/**
 * Shares of the query loss after each inner step: even at first, so that every step learns, then all on the last (MAML++, Antoniou et al. 2019).
 * @param progress 0 to 1
 */
export function stepShares(steps: number, progress: number): number[] {
  const even = Math.max(0, 1 - progress / 0.4) / steps;
  return Array.from({ length: steps }, (_, step) => (step === steps - 1 ? 1 - even * (steps - 1) : even));
}

const phiLearner =
  (order: 1 | 2, promptsOnly = false) =>
  ({ shape, beta, compiler }: LearnerOptions): MetaStep => {
    const step = new PhiGradients(shape, { order, beta, stepShares: stepShares(shape.innerSteps, 1) }, compiler, promptsOnly);
    return {
      gradients: (parameters, batch, progress) => step.of(parameters, batch, stepShares(shape.innerSteps, progress)),
    };
  };

/** MAML of second and first order (Finn et al. 2017). */
const maml: MetaLearner = { name: 'maml', stages: [{ share: 1, start: phiLearner(2) }], prompts: 0 };
const fomaml: MetaLearner = { name: 'fomaml', stages: [{ share: 1, start: phiLearner(1) }], prompts: 0 };
/** Reptile (Nichol et al. 2018): its inner loop moves all of θ; at run time φ is fitted by the same inner steps as everywhere. */
const reptile: MetaLearner = {
  name: 'reptile',
  stages: [
    {
      share: 1,
      start({ shape, compiler }) {
        const step = new ReptileGradients(shape, REPTILE, compiler);
        return { gradients: (parameters, batch) => step.of(parameters, batch) };
      },
    },
  ],
  prompts: 0,
};
/** Prompt-tuning: a backbone trained first, then frozen; a pool of prompts conditions it (Lester et al. 2021; Wang et al. 2022). */
const prompt: MetaLearner = {
  name: 'prompt',
  stages: [
    { share: 0.7, start: phiLearner(2) },
    { share: 0.3, start: phiLearner(2, true) },
  ],
  prompts: PROMPTS,
};

export const LEARNERS: Readonly<Record<string, MetaLearner>> = { maml, fomaml, reptile, prompt };

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
