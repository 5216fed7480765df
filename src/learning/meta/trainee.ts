import type { Random } from '../random.ts';
import type { TrainedMember } from '../members.ts';
import type { ModelParameters, ModelShape } from '../student-model/parameters.ts';
import { copyParameters, skillWidth } from '../student-model/parameters.ts';
import { drawBatch } from './episodes.ts';
import type { BatchSettings, Episode } from './episodes.ts';
import type { MetaLearner } from './learner.ts';
import type { MetaBatch, StepCompiler } from './meta-loss.ts';

export interface Direction {
  readonly loss: number;
  readonly queryLoss: number;
  /** By parameter; what the learner leaves alone is missing. */
  readonly gradients: Readonly<Record<string, Float32Array | Float64Array>>;
}

export interface StageOptions {
  /** Weight of the adapted loss beside the unadapted one. */
  readonly beta: number;
  readonly compiler: StepCompiler;
}

/** A student model in training: its parameters are moved in place. */
export interface Trainee {
  readonly parameters: Readonly<Record<string, Float32Array>>;
  /** Weight decay by parameter. */
  readonly decay: Readonly<Record<string, number>>;
  readonly stages: readonly {
    /** Of a training's steps. */
    readonly share: number;
    /** Where given, the parameters follow the direction by this much instead of AdamW's step: Reptile's outer step. */
    readonly epsilon?: number | undefined;
    /** @returns the direction for a batch of the episode; progress 0 to 1 over the stage */
    start(options: StageOptions): (episode: Episode, batch: MetaBatch, progress: number) => Promise<Direction>;
  }[];
  draw(episode: Episode, settings: BatchSettings, random: Random): MetaBatch;
  /** A copy as it stands now. */
  snapshot(): TrainedMember;
}

/** @param episodes whose `factorOffset` is negative leave the skills' factors alone */
export function phiTrainee(parameters: ModelParameters, shape: ModelShape, learner: MetaLearner): Trainee {
  return {
    parameters: parameters as unknown as Record<string, Float32Array>,
    decay: { weight1: 0.02, weight2: 0.02, weight3: 0.02, skillFactors: 0.1 },
    stages: learner.stages.map(({ share, start }) => ({
      share,
      start({ beta, compiler }) {
        const step = start({ shape, beta, compiler });
        return async (episode, batch, progress) => {
          const found = await step.gradients(parameters, batch, progress);
          const { supportFactors, queryFactors } = found;
          const factors =
            supportFactors && queryFactors
              ? factorGradient(parameters.skillFactors.length, skillWidth(shape), episode, batch, {
                  supportFactors,
                  queryFactors,
                })
              : null;
          return {
            loss: found.loss,
            queryLoss: found.queryLoss,
            gradients: { ...found.shared, ...(factors ? { skillFactors: factors } : {}) },
          };
        };
      },
    })),
    draw: (episode, settings, random) => drawBatch(episode, parameters, shape, settings, random),
    snapshot: () => ({ weight: 1, kind: 'phi', shape, parameters: copyParameters(parameters) }),
  };
}

/**
 * Hands the rows' gradients back to the skills that the rows were made of; null where the course's skills are not among the model's.
 * @param size of all skills' numbers @param width of one skill's
 */
export function factorGradient(
  size: number,
  width: number,
  episode: Episode,
  batch: MetaBatch,
  { supportFactors, queryFactors }: { readonly supportFactors: Float32Array; readonly queryFactors: Float32Array },
): Float64Array | null {
  if (episode.factorOffset < 0) return null;
  const result = new Float64Array(size);
  for (const [rows, byRow] of [
    [batch.support, supportFactors],
    [batch.query, queryFactors],
  ] as const) {
    rows.skillSet.forEach((set, row) => {
      if (set < 0) return;
      const skills = episode.table.skillSets[set]!;
      for (const skill of skills)
        for (let entry = 0; entry < width; entry++)
          result[(episode.factorOffset + skill) * width + entry]! += byRow[row * width + entry]! / skills.length;
    });
  }
  return result;
}
