import type { Random } from '../random.ts';
import { FEATURE_COUNT } from '../student-model/features.ts';

/**
 * A conditional neural process (Garnelo et al. 2018) over the closed form: every answer is read by itself, with the skills that it was on; two
 * pools of what was read, one over all answers and one over the latest, say what kind of student this is, and a network reads them beside the
 * question's features. Adapting is reading: nothing is fitted to a student at run time.
 */
export interface ProcessShape {
  readonly features: number;
  /** Length E of a skill's embedding. */
  readonly embedding: number;
  /** Length P of what the answers say; its first half is pooled over all of them, the rest over the latest. */
  readonly pooled: number;
  readonly hidden: number;
}

export const DEFAULT_PROCESS_SHAPE: ProcessShape = { features: FEATURE_COUNT, embedding: 24, pooled: 48, hidden: 48 };

/** Numbers of an answer beside its skills' embedding: what came beyond expectation, the difficulty, the answer. */
export const ANSWER_NUMBERS = 3;

/** Row-major. F features. */
export interface ProcessParameters {
  readonly [name: string]: Float32Array;
  /** [2E + 3, P]: embedding, embedding · residual, numbers of the answer. */ readonly readWeight: Float32Array;
  /** [P] */ readonly readBias: Float32Array;
  /** [F + E + P, H] */ readonly weight1: Float32Array;
  /** [H] */ readonly bias1: Float32Array;
  /** [H, H] */ readonly weight2: Float32Array;
  /** [H] */ readonly bias2: Float32Array;
  /** [H, 1] */ readonly weight3: Float32Array;
  /** [1] */ readonly bias3: Float32Array;
  /** [skills, E]; a skill never seen counts as zeros. */ readonly skillFactors: Float32Array;
}

/** All but the skills' embeddings, in a fixed order. */
export const PROCESS_NAMES = ['readWeight', 'readBias', 'weight1', 'bias1', 'weight2', 'bias2', 'weight3', 'bias3'] as const;

export function processSizes({
  features,
  embedding,
  pooled,
  hidden,
}: ProcessShape): Record<(typeof PROCESS_NAMES)[number], readonly [number, number]> {
  return {
    readWeight: [2 * embedding + ANSWER_NUMBERS, pooled],
    readBias: [1, pooled],
    weight1: [features + embedding + pooled, hidden],
    bias1: [1, hidden],
    weight2: [hidden, hidden],
    bias2: [1, hidden],
    weight3: [hidden, 1],
    bias3: [1, 1],
  };
}

/** The last layer is zero, so that the untrained model is the closed form. */
export function initialProcess(shape: ProcessShape, skills: number, random: Random): ProcessParameters {
  const sizes = processSizes(shape);
  const normal = (size: number, scale: number): Float32Array =>
    Float32Array.from({ length: size }, () => random.normal() * scale);
  const layer = (name: (typeof PROCESS_NAMES)[number]): Float32Array => {
    const [inputs, units] = sizes[name];
    return name === 'weight3' || name.includes('ias')
      ? new Float32Array(inputs * units)
      : normal(inputs * units, Math.sqrt(2 / inputs));
  };
  return {
    ...(Object.fromEntries(PROCESS_NAMES.map((name) => [name, layer(name)])) as Record<
      (typeof PROCESS_NAMES)[number],
      Float32Array
    >),
    skillFactors: normal(skills * shape.embedding, 0.3),
  };
}
