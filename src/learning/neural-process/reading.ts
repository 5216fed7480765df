import { sigmoid } from '../numeric.ts';
import type { SupportAnswer } from '../student-model/features.ts';
import { ANSWER_NUMBERS } from './parameters.ts';
import type { ProcessParameters, ProcessShape } from './parameters.ts';

/** How much of an answer is left in the second pool with each answer after it. */
export const FADING = 0.7;
/** Answers' worth of nothing in each pool: what few answers say counts for less. */
export const EMPTY = [2, 0.5] as const;
/** A residual is half as large as the numbers beside it. */
export const RESIDUAL_SCALE = 2;

/** Residual under the company's ability, half the difficulty, the answer; [3]. */
export function answerNumbers({ correct, knowledge }: Pick<SupportAnswer, 'correct' | 'knowledge'>): [number, number, number] {
  return [correct - sigmoid(knowledge.adjusted + knowledge.company), knowledge.adjusted / 2, correct];
}

/** Each answer's part in the two pools, [2, k]. @param weights of the answers, the oldest first */
export function poolWeights(weights: ArrayLike<number>): Float64Array {
  const count = weights.length;
  const shares = new Float64Array(2 * count);
  let total: number = EMPTY[0];
  let latest: number = EMPTY[1];
  for (let index = 0; index < count; index++) {
    const faded = weights[index]! * FADING ** (count - 1 - index);
    shares[index] = weights[index]!;
    shares[count + index] = faded;
    total += weights[index]!;
    latest += faded;
  }
  for (let index = 0; index < count; index++) {
    shares[index]! /= total;
    shares[count + index]! /= latest;
  }
  return shares;
}

/** What the answers say, [P]. @param embeddings of their skills, [k, E] */
export function readAnswers(
  { readWeight, readBias }: ProcessParameters,
  { embedding, pooled }: ProcessShape,
  answers: readonly SupportAnswer[],
  embeddings: readonly Float64Array[],
): Float64Array {
  const count = answers.length;
  const shares = poolWeights(Float64Array.from(answers, ({ weight }) => weight));
  const state = new Float64Array(pooled);
  const units = new Float64Array(pooled);
  const input = new Float64Array(2 * embedding + ANSWER_NUMBERS);
  answers.forEach((answer, index) => {
    const numbers = answerNumbers(answer);
    for (let entry = 0; entry < embedding; entry++) {
      const value = embeddings[index]![entry]!;
      input[entry] = value;
      input[embedding + entry] = value * numbers[0] * RESIDUAL_SCALE;
    }
    input.set(numbers, 2 * embedding);
    units.set(readBias);
    for (let from = 0; from < input.length; from++) {
      const value = input[from]!;
      if (value === 0) continue;
      for (let unit = 0; unit < pooled; unit++) units[unit]! += value * readWeight[from * pooled + unit]!;
    }
    for (let unit = 0; unit < pooled; unit++)
      if (units[unit]! > 0) state[unit]! += units[unit]! * shares[unit < pooled / 2 ? index : count + index]!;
  });
  return state;
}
