import { supportAnswer } from '../meta/episodes.ts';
import { sigmoid } from '../numeric.ts';
import type { ResponseTable } from '../responses.ts';
import type { KnowledgeColumns } from '../student-model/course.ts';
import { FittedEnsemble } from '../student-model/member.ts';
import type { Member } from '../student-model/member.ts';
import type { Difficulty } from '../student-model/statistics.ts';
import type { Forecaster } from './protocol.ts';

/** The model itself: fitted to the support, then asked. */
export function ensembleForecaster(
  members: readonly Member[],
  table: ResponseTable,
  knowledge: KnowledgeColumns,
  profiles?: readonly ArrayLike<number>[],
): Forecaster {
  return (student, support, query) => {
    const fitted = new FittedEnsemble(
      members,
      support.map((row) => supportAnswer(table, knowledge, row)),
      { spread: knowledge.spread, profile: profiles?.[student] },
    );
    const next = support.length > 0 ? support.at(-1)! + 1 : table.start[student]!;
    return Float64Array.from(query, (row) => sigmoid(fitted.logit(supportAnswer(table, knowledge, row, row - next))));
  };
}

/** Variance of ability that the closed form assumes. */
const ABILITY_VARIANCE = 0.7;

/**
 * The baseline: IRT (Rasch) with difficulties by hierarchical shrinkage, ability by MAP under N(0, .7); all closed form. Of the
 * published few-answer baselines the strongest on most data.
 * @param difficulty [N], by row of the table
 */
export function shrunkIrtForecaster(table: ResponseTable, difficulty: readonly Pick<Difficulty, 'question'>[]): Forecaster {
  return (_student, support, query) => {
    let ability = 0;
    for (let step = 0; step < 8; step++) {
      let slope = -ability / ABILITY_VARIANCE;
      let precision = 1 / ABILITY_VARIANCE;
      for (const row of support) {
        const p = sigmoid(difficulty[row]!.question + ability);
        slope += table.weight[row]! * (table.correct[row]! - p);
        precision += table.weight[row]! * p * (1 - p);
      }
      ability += Math.min(1, Math.max(-1, slope / precision));
    }
    return Float64Array.from(query, (row) => sigmoid(difficulty[row]!.question + ability));
  };
}
export const BASELINE_NAME = 'shrunk-irt';
