import * as tf from '@tensorflow/tfjs-core';
import { PathlightError } from '../../shared/errors.ts';
import { eagerly } from '../meta/meta-loss.ts';
import type { MetaBatch, StepCompiler, TensorStep } from '../meta/meta-loss.ts';
import { adaptPrompt, adaptWeights } from './adaptation.ts';
import type { AdaptedNetwork, NetworkAnswers } from './adaptation.ts';
import { asTensorStep, jointStep, mamlStep, metaStepOutputs, metaStepSizes, promptStep, reptileStep } from './meta-steps.ts';
import type { MetaStep } from './meta-steps.ts';
import type { NetworkParameters, NetworkShape } from './parameters.ts';

export interface NetworkGradients {
  /** supportLoss + β·(query loss by the step shares); for Reptile reported only. */
  readonly loss: number;
  /** Mean log-loss of the support answers before any adaptation (k = 0). */
  readonly supportLoss: number;
  /** Mean log-loss of the query answers after the last inner step. */
  readonly queryLoss: number;
  /** By name, for what the learner moves. Reptile: minus the mean movement of the students' weights. */
  readonly gradients: Readonly<Record<string, Float32Array>>;
}

export interface NetworkStepOptions {
  readonly shape: NetworkShape;
  /** β of min_θ L(θ, D_train) + β·L(θ − α∇L(θ, D_train), D_val). */
  readonly beta: number;
  readonly compiler?: StepCompiler;
}

/** One training's way to turn a batch of tasks into a direction for the parameters; holds the compiled steps. */
export interface NetworkMetaStep {
  /**
   * @param stepShares share of the query loss after each inner step, [S], summing to 1; the last alone where left out
   * @throws PathlightError `step-shares` where their number is not that of the inner steps
   */
  gradients(parameters: NetworkParameters, batch: MetaBatch, stepShares?: readonly number[]): Promise<NetworkGradients>;
}

export interface NetworkStage {
  /** Share of a training's steps. */
  readonly share: number;
  /** ε of θ ← θ − ε·direction, falling to 0, where the direction is a movement already; a gradient goes to the outer optimiser. */
  readonly epsilon?: number;
  start(options: NetworkStepOptions): NetworkMetaStep;
}

/** A meta-learner over the network student model. */
export interface NetworkLearner {
  readonly name: 'maml' | 'fomaml' | 'reptile' | 'prompt';
  /** One after the other: most have one, prompt-tuning trains the network first and then stands still on it. */
  readonly stages: readonly NetworkStage[];
  /** Fits the model to one student, on plain numbers. No answers give the start itself. */
  adapt(parameters: NetworkParameters, shape: NetworkShape, answers: NetworkAnswers): AdaptedNetwork;
}

type StepMaker = (shape: NetworkShape, everyStep: boolean) => MetaStep;

function startStep(name: string, make: StepMaker, { shape, beta, compiler = eagerly }: NetworkStepOptions): NetworkMetaStep {
  /** Two variants at most: with the query loss after every inner step, and without. */
  const compiled = new Map<boolean, { readonly step: MetaStep; readonly run: TensorStep }>();
  const variant = (everyStep: boolean): { readonly step: MetaStep; readonly run: TensorStep } => {
    let found = compiled.get(everyStep);
    if (!found) {
      const step = make(shape, everyStep);
      const tensorStep = asTensorStep(step, Object.keys(metaStepSizes(step, shape, 1, 1, 1)));
      found = { step, run: compiler(tensorStep, JSON.stringify(['network', name, shape, everyStep])) };
      compiled.set(everyStep, found);
    }
    return found;
  };
  const last = Array.from({ length: shape.innerSteps }, (_, step) => (step === shape.innerSteps - 1 ? 1 : 0));
  return {
    async gradients(parameters, batch, stepShares = last) {
      if (stepShares.length !== shape.innerSteps)
        throw new PathlightError(
          'step-shares',
          `There are ${stepShares.length} step shares for ${shape.innerSteps} inner steps; give one for each.`,
          { shares: stepShares.length, steps: shape.innerSteps },
        );
      const { step, run } = variant(stepShares.some((share, index) => share !== last[index]));
      const { support, query, students } = batch;
      const given: Record<string, ArrayLike<number>> = { ...parameters, beta: [beta], stepShares };
      for (const [part, rows] of Object.entries({ support, query }))
        for (const name of ['features', 'offset', 'correct', 'weight'] as const) given[`${part}.${name}`] = rows[name];
      const inputs = Object.entries(metaStepSizes(step, shape, students, support.length, query.length)).map(([name, size]) =>
        tf.tensor(Float32Array.from(given[name]!), [...size], 'float32'),
      );
      const results = run(inputs);
      const values = (await Promise.all(results.map((tensor) => tensor.data()))) as Float32Array[];
      tf.dispose(results);
      tf.dispose(inputs);
      const byName = Object.fromEntries(metaStepOutputs(step).map((name, index) => [name, values[index]!]));
      return {
        loss: byName['loss']![0]!,
        supportLoss: byName['supportLoss']![0]!,
        queryLoss: byName['queryLoss']![0]!,
        gradients: Object.fromEntries(step.trained.map((name) => [name, byName[`gradient.${name}`]!])),
      };
    },
  };
}

/** @param name says what is made */
const stage = (name: string, share: number, make: StepMaker): NetworkStage => ({
  share,
  start: (options) => startStep(name, make, options),
});

/** Joint training of the network without any inner step. */
export const JOINT_STAGE: NetworkStage = stage('joint', 1, jointStep);

const maml: NetworkLearner = {
  name: 'maml',
  stages: [stage('maml', 1, (shape, everyStep) => mamlStep(shape, false, everyStep))],
  adapt: adaptWeights,
};
const fomaml: NetworkLearner = {
  name: 'fomaml',
  stages: [stage('fomaml', 1, (shape, everyStep) => mamlStep(shape, true, everyStep))],
  adapt: adaptWeights,
};
/** Above 1, as the students' movements are small at the rates that the inner loop starts and stays with. */
const EPSILON = 2;
const reptile: NetworkLearner = {
  name: 'reptile',
  stages: [{ ...stage('reptile', 1, reptileStep), epsilon: EPSILON }],
  adapt: adaptWeights,
};
const prompt: NetworkLearner = {
  name: 'prompt',
  stages: [{ ...JOINT_STAGE, share: 0.7 }, stage('prompt', 0.3, promptStep)],
  adapt: adaptPrompt,
};

export const NETWORK_LEARNERS: Readonly<Record<NetworkLearner['name'], NetworkLearner>> = { maml, fomaml, reptile, prompt };

/** @throws PathlightError `unknown-learner`, naming those that there are */
export function findNetworkLearner(name: string): NetworkLearner {
  const learner = Object.hasOwn(NETWORK_LEARNERS, name) ? NETWORK_LEARNERS[name as NetworkLearner['name']] : undefined;
  if (!learner)
    throw new PathlightError(
      'unknown-learner',
      `There is no learner "${name}". Choose one of: ${Object.keys(NETWORK_LEARNERS).join(', ')}.`,
      { learner: name },
    );
  return learner;
}
