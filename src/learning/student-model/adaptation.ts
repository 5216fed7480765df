import { adaptPhi, networkOutput, writeLoading } from './forward.ts';
import { NO_HISTORY, summariseHistory, writeFeatures } from './features.ts';
import type { HistorySummary, SupportAnswer, Target } from './features.ts';
import type { ModelParameters, ModelShape } from './parameters.ts';

/** The parameters fitted to one student. */
export interface Adapted {
  readonly history: HistorySummary;
  /** [D] */
  readonly phi: Float64Array;
  /** [D, D] */
  readonly covariance: Float64Array;
}

export function adaptAnswers(parameters: ModelParameters, shape: ModelShape, answers: readonly SupportAnswer[]): Adapted {
  const size = shape.factors + 1;
  const base = new Float64Array(answers.length);
  const loading = new Float64Array(answers.length * size);
  const features = new Float64Array(shape.features);
  const scratch = new Float64Array(2 * shape.hidden);
  answers.forEach((answer, row) => {
    writeFeatures(features, 0, NO_HISTORY, answer);
    base[row] = answer.difficulty.question + networkOutput(parameters, shape, features, 0, scratch);
    writeLoading(parameters, shape, answer.skills, loading, row * size);
  });
  const { phi, covariance } = adaptPhi(parameters, shape, {
    base,
    loading,
    correct: Float64Array.from(answers, (answer) => answer.correct),
    weight: Float64Array.from(answers, (answer) => answer.weight),
  });
  return { history: summariseHistory(answers), phi, covariance };
}

/** logit = offset + network(features) + φ·ψ. */
export function forecastLogit(parameters: ModelParameters, shape: ModelShape, adapted: Adapted, target: Target): number {
  const features = new Float64Array(shape.features);
  writeFeatures(features, 0, adapted.history, target);
  let logit = target.difficulty.question + networkOutput(parameters, shape, features, 0, new Float64Array(2 * shape.hidden));
  const loading = new Float64Array(shape.factors + 1);
  writeLoading(parameters, shape, target.skills, loading, 0);
  for (let entry = 0; entry < loading.length; entry++) logit += adapted.phi[entry]! * loading[entry]!;
  return logit;
}
