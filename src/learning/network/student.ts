import { offsetOf, summariseHistory, writeFeatures } from '../student-model/features.ts';
import type { HistorySummary, SupportAnswer, Target } from '../student-model/features.ts';
import { forecastNetworkLogit } from './adaptation.ts';
import type { AdaptedNetwork, NetworkAnswers } from './adaptation.ts';
import type { NetworkLearner } from './learners.ts';
import type { NetworkParameters, NetworkShape } from './parameters.ts';
import type { Spread } from '../student-model/standing.ts';

/** The network fitted to one student, and the history that the features of a question are made of. */
export interface NetworkStudent {
  readonly history: HistorySummary;
  readonly adapted: AdaptedNetwork;
}

/**
 * Answers as the inner steps read them: each as it was met, after the answers before it, as in the training's batches.
 * @param spread of the course's students
 */
export function networkAnswers(shape: NetworkShape, answers: readonly SupportAnswer[], spread: Spread): NetworkAnswers {
  const features = new Float64Array(answers.length * shape.features);
  const offset = answers.map((answer, row) => {
    // What lies further back no longer enters the features, except the mean company and the evidence behind it.
    const history = summariseHistory(answers.slice(0, row), spread);
    writeFeatures(features, row * shape.features, history, answer);
    return offsetOf(history, answer);
  });
  return {
    features,
    offset,
    correct: answers.map((answer) => answer.correct),
    weight: answers.map((answer) => answer.weight),
  };
}

export function fitNetwork(
  learner: Pick<NetworkLearner, 'adapt'>,
  parameters: NetworkParameters,
  shape: NetworkShape,
  answers: readonly SupportAnswer[],
  spread: Spread,
): NetworkStudent {
  return {
    history: summariseHistory(answers, spread),
    adapted: learner.adapt(parameters, shape, networkAnswers(shape, answers, spread)),
  };
}

/** logit = closed form but for the ability + f_W(features after the student's answers). */
export function networkForecast(student: NetworkStudent, target: Target): number {
  const features = new Float64Array(student.adapted.layout.shape.features);
  writeFeatures(features, 0, student.history, target);
  const offset = offsetOf(student.history, target);
  return forecastNetworkLogit(student.adapted, offset, features, 0);
}
