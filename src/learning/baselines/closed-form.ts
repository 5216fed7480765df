import { shrunkIrtForecaster } from '../evaluation/forecasters.ts';
import type { Forecaster } from '../evaluation/protocol.ts';
import { sigmoid } from '../numeric.ts';
import type { ResponseTable } from '../responses.ts';
import type { CourseKnowledge } from '../student-model/course.ts';
import { chooseStrengths, collectStatistics, difficultyOf } from '../student-model/statistics.ts';
import type { Baseline, BaselineTask } from './baseline.ts';

type Shares = Pick<CourseKnowledge, 'statistics' | 'strengths'>;

const included = ({ fit }: BaselineTask): ((student: number) => boolean) => {
  const set = new Set(fit);
  return (student) => set.has(student);
};

/** Share of right answers to the question, shrunk to its skill's and the course's: the same for every student. */
export const trainQuestionMean = (task: BaselineTask): Baseline => questionMean(sharesOf(task));

/** IRT over the same shares: ability by MAP. Strengths chosen by leaving one student out. */
export const trainShrunkIrt = (task: BaselineTask): Baseline => shrunkIrt(sharesOf(task));

function sharesOf(task: BaselineTask): Shares {
  const include = included(task);
  const statistics = collectStatistics(task.table, include);
  return { statistics, strengths: chooseStrengths(task.table, statistics, include) };
}

/** [N], logits by row of the table. */
const difficulties = ({ statistics, strengths }: Shares, table: ResponseTable): Float64Array =>
  Float64Array.from(table.question, (question, row) => {
    const set = table.skillSet[row]!;
    return difficultyOf(statistics, strengths, question, set, table.skillSets[set]!).question;
  });

const NOTHING_OF_ITS_OWN = { parameters: {}, settings: {} } as const;

export const questionMean = (course: Shares): Baseline => ({
  ...NOTHING_OF_ITS_OWN,
  name: 'question-mean',
  forecaster(table): Forecaster {
    const rows = difficulties(course, table);
    return (_student, _support, query) => Float64Array.from(query, (row) => sigmoid(rows[row]!));
  },
});

export const shrunkIrt = (course: Shares): Baseline => ({
  ...NOTHING_OF_ITS_OWN,
  name: 'shrunk-irt',
  forecaster: (table) => shrunkIrtForecaster(table, difficulties(course, table)),
});
