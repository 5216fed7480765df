import { supportAnswer } from '../meta/episodes.ts';
import { sigmoid } from '../numeric.ts';
import type { ResponseTable } from '../responses.ts';
import { adaptAnswers, forecastLogit } from '../student-model/adaptation.ts';
import { summariseHistory } from '../student-model/features.ts';
import type { ModelParameters, ModelShape } from '../student-model/parameters.ts';
import type { DifficultyColumns } from '../student-model/statistics.ts';
import type { Forecaster } from './protocol.ts';

/** The model itself: adapted to the support, then asked. */
export function modelForecaster(
  parameters: ModelParameters,
  shape: ModelShape,
  table: ResponseTable,
  difficulty: DifficultyColumns,
): Forecaster {
  return (_student, support, query) => {
    const adapted = adaptAnswers(
      parameters,
      shape,
      support.map((row) => supportAnswer(table, difficulty, row)),
    );
    return Float64Array.from(query, (row) =>
      sigmoid(forecastLogit(parameters, shape, adapted, supportAnswer(table, difficulty, row))),
    );
  };
}

/**
 * The baseline: IRT (Rasch) with difficulties by hierarchical shrinkage, ability by MAP under N(0, .7); all closed form. Of the
 * published few-answer baselines the strongest on most data.
 */
export function shrunkIrtForecaster(table: ResponseTable, difficulty: DifficultyColumns): Forecaster {
  return (_student, support, query) => {
    const { ability } = summariseHistory(support.map((row) => supportAnswer(table, difficulty, row)));
    return Float64Array.from(query, (row) => sigmoid(difficulty.question[row]! + ability));
  };
}
export const BASELINE_NAME = 'shrunk-irt';
