import { shrunkIrtForecaster } from '../evaluation/forecasters.ts';
import type { Forecaster } from '../evaluation/protocol.ts';
import { sigmoid } from '../numeric.ts';
import type { ResponseTable } from '../responses.ts';
import { calibrate, fitCalibration } from '../student-model/calibration.ts';
import { chooseStrengths, collectStatistics, difficultyOf } from '../student-model/statistics.ts';
import type { Baseline, BaselineTask } from './baseline.ts';

const included = ({ fit }: BaselineTask): ((student: number) => boolean) => {
  const set = new Set(fit);
  return (student) => set.has(student);
};

/** Share of right answers to the question, shrunk to its skill's and the course's: the same for every student. */
export function trainQuestionMean(task: BaselineTask): Baseline {
  const { difficulty } = shrunkDifficulties(task);
  return {
    name: 'question-mean',
    forecaster: (table): Forecaster => {
      const rows = difficulty(table);
      return (_student, _support, query) => Float64Array.from(query, (row) => sigmoid(rows[row]!.question));
    },
  };
}

/** IRT over the same shares: ability by MAP. Strengths chosen by leaving one student out. */
export function trainShrunkIrt(task: BaselineTask): Baseline {
  const { difficulty } = shrunkDifficulties(task);
  return { name: 'shrunk-irt', forecaster: (table) => shrunkIrtForecaster(table, difficulty(table)) };
}

function shrunkDifficulties(task: BaselineTask): {
  readonly difficulty: (table: ResponseTable) => readonly { readonly question: number }[];
} {
  const include = included(task);
  const statistics = collectStatistics(task.table, include);
  const strengths = chooseStrengths(task.table, statistics, include);
  return {
    difficulty: (table) =>
      Array.from(table.question, (question, row) => {
        const set = table.skillSet[row]!;
        return difficultyOf(statistics, strengths, question, set, table.skillSets[set]!);
      }),
  };
}

/** IRT (Rasch 1960): question and skill effects by MAP with the data's own variances, ability by MAP from the support. */
export function trainIrt(task: BaselineTask): Baseline {
  const calibration = fitCalibration(task.table, { include: included(task), plain: true });
  const { ability: variance } = calibration.variance;
  return {
    name: 'irt',
    forecaster(table): Forecaster {
      const offsets = Float64Array.from(
        table.question,
        (question, row) => calibrate(calibration, question, table.skillSets[table.skillSet[row]!]!).adjusted,
      );
      return (_student, support, query) => {
        let ability = 0;
        for (let step = 0; step < 8; step++) {
          let slope = -ability / variance;
          let precision = 1 / variance;
          for (const row of support) {
            const p = sigmoid(offsets[row]! + ability);
            slope += table.weight[row]! * (table.correct[row]! - p);
            precision += table.weight[row]! * p * (1 - p);
          }
          ability += Math.min(1, Math.max(-1, slope / precision));
        }
        return Float64Array.from(query, (row) => sigmoid(offsets[row]! + ability));
      };
    },
  };
}
