import { raschAbility } from '../baselines/rasch-ability.ts';
import { supportAnswer } from '../meta/episodes.ts';
import { sigmoid } from '../numeric.ts';
import type { ResponseTable } from '../responses.ts';
import type { KnowledgeColumns } from '../student-model/course.ts';
import { FittedEnsemble } from '../student-model/member.ts';
import type { Member } from '../student-model/member.ts';
import type { Recalibration } from '../student-model/recalibration.ts';
import type { Forecaster } from './protocol.ts';

/** The model itself: fitted to the support, then asked. */
export function ensembleForecaster(
  members: readonly Member[],
  table: ResponseTable,
  knowledge: KnowledgeColumns,
  profiles?: readonly ArrayLike<number>[],
  recalibration?: Recalibration,
): Forecaster {
  return (student, support, query) => {
    const fitted = new FittedEnsemble(
      members,
      support.map((row) => supportAnswer(table, knowledge, row)),
      { spread: knowledge.spread, profile: profiles?.[student] },
      recalibration,
    );
    const next = support.length > 0 ? support.at(-1)! + 1 : table.start[student]!;
    return Float64Array.from(query, (row) => sigmoid(fitted.logit(supportAnswer(table, knowledge, row, row - next))));
  };
}

/** Variance of ability that shrunk IRT assumes. */
export const SHRUNK_IRT_VARIANCE = 0.7;

/**
 * IRT (Rasch) with difficulties by hierarchical shrinkage, ability by MAP under N(0, .7); all closed form. Of the published few-answer
 * baselines the strongest on most data.
 * @param difficulty [N], logits by row of the table
 */
export const shrunkIrtForecaster = (table: ResponseTable, difficulty: Float64Array): Forecaster =>
  raschForecaster(table, difficulty, SHRUNK_IRT_VARIANCE);

/** Ability from the support, under N(0, variance). @param offsets [N], logits, by row of the table */
export const raschForecaster =
  (table: ResponseTable, offsets: Float64Array, variance: number): Forecaster =>
  (_student, support, query) => {
    const answers = support.map((row) => ({ offset: offsets[row]!, correct: table.correct[row]!, weight: table.weight[row]! }));
    const { ability } = raschAbility(answers, variance);
    return Float64Array.from(query, (row) => sigmoid(offsets[row]! + ability));
  };

/** How reports name the model in use. */
export const OUR_NAME = 'pathlight';
/** The baseline that has always been reported. */
export const BASELINE_NAME = 'shrunk-irt';
