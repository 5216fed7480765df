import type { Random } from '../random.ts';
import { answerLoss, ascending } from './metrics.ts';
import type { Judged } from './metrics.ts';

/** A difference of two models with the 95% percentile interval of a paired bootstrap over students. */
export interface Difference {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What each of several models scores on the same resampled students. */
export interface Resampled {
  /** [models][replicates]; NaN where a resample holds no right or no wrong answer. */
  readonly auc: readonly Float64Array[];
  /** [models][replicates], in nats; NaN where a resample holds no answer. */
  readonly logLoss: readonly Float64Array[];
}

/** The measures that resamples are scored by. */
export type Measure = keyof Resampled;

/** One model's forecasts from the lowest to the highest, so that a resample is scored in one walk. */
interface Ranked {
  /** [n], student as a position among all. */
  readonly owner: Int32Array;
  /** [n], 1 where the answer counts as right. */
  readonly right: Uint8Array;
  /** [n], 1 where the next forecast is another one. */
  readonly endsTie: Uint8Array;
}

function rank({ student, probability, correct }: Judged, position: ReadonlyMap<number, number>): Ranked {
  const sorted = ascending(probability);
  return {
    owner: Int32Array.from(sorted, (row) => position.get(student[row]!)!),
    right: Uint8Array.from(sorted, (row) => (correct[row]! >= 0.5 ? 1 : 0)),
    endsTie: Uint8Array.from(sorted, (row, index) => (probability[row] === probability[sorted[index + 1] ?? -1] ? 0 : 1)),
  };
}

/** Log-loss summed over each student's answers, [students]. */
function lossByStudent({ student, probability, correct }: Judged, position: ReadonlyMap<number, number>): Float64Array {
  const loss = new Float64Array(position.size);
  student.forEach((id, row) => (loss[position.get(id)!]! += answerLoss(probability[row]!, correct[row]!)));
  return loss;
}

function resampledAuc({ owner, right, endsTie }: Ranked, times: Float64Array): number {
  let positives = 0;
  let negatives = 0;
  let area = 0;
  let tiedPositive = 0;
  let tiedNegative = 0;
  for (let index = 0; index < owner.length; index++) {
    const count = times[owner[index]!]!;
    // Without a branch on the outcome, which no processor can foresee.
    const positive = count * right[index]!;
    tiedPositive += positive;
    tiedNegative += count - positive;
    if (endsTie[index] === 0) continue;
    area += tiedPositive * (negatives + tiedNegative / 2);
    positives += tiedPositive;
    negatives += tiedNegative;
    tiedPositive = 0;
    tiedNegative = 0;
  }
  return area / (positives * negatives);
}

/**
 * Bootstrap over students (Efron & Tibshirani 1993): whole students are drawn with replacement, the same ones for every model and every
 * comparison, so that any difference and any mean of differences is paired.
 * @param comparisons [comparisons][models]; the models of one comparison were asked the same rows in the same order
 * @param measures what is worked out; the rest stays NaN
 * @returns one for each comparison
 */
export function resampleStudents(
  comparisons: readonly (readonly Judged[])[],
  random: Random,
  replicates = 2000,
  measures: readonly Measure[] = ['auc', 'logLoss'],
): Resampled[] {
  const students = [...new Set(comparisons.flatMap((models) => [...new Set(models[0]?.student)]))].sort((a, b) => a - b);
  const position = new Map(students.map((student, index) => [student, index]));
  const prepared = comparisons.map((models) => {
    const answers = new Float64Array(students.length);
    models[0]?.student.forEach((student) => answers[position.get(student)!]!++);
    return {
      answers,
      ranked: measures.includes('auc') ? models.map((judged) => rank(judged, position)) : [],
      losses: measures.includes('logLoss') ? models.map((judged) => lossByStudent(judged, position)) : [],
    };
  });
  const results = comparisons.map((models) => ({
    auc: models.map(() => new Float64Array(replicates).fill(Number.NaN)),
    logLoss: models.map(() => new Float64Array(replicates).fill(Number.NaN)),
  }));
  const times = new Float64Array(students.length);
  const total = (values: Float64Array): number => {
    let sum = 0;
    for (let student = 0; student < times.length; student++) sum += times[student]! * values[student]!;
    return sum;
  };
  for (let replicate = 0; replicate < replicates; replicate++) {
    times.fill(0);
    for (let draw = 0; draw < students.length; draw++) times[random.integer(students.length)]!++;
    prepared.forEach(({ answers, ranked, losses }, comparison) => {
      const { auc, logLoss } = results[comparison]!;
      const count = total(answers);
      ranked.forEach((model, index) => (auc[index]![replicate] = resampledAuc(model, times)));
      losses.forEach((loss, index) => (logLoss[index]![replicate] = total(loss) / count));
    });
  }
  return results;
}

/**
 * @param value the difference on the students as they are; null where it cannot be computed
 * @param replicates [replicates], the difference on each resample; NaN are left out
 * @returns null without a value or where fewer than half of the resamples give one
 */
export function differenceWithInterval(value: number | null, replicates: Float64Array): Difference | null {
  const found = replicates.filter((each) => !Number.isNaN(each)).sort();
  if (value === null || found.length === 0 || found.length < replicates.length / 2) return null;
  return { value, low: found[Math.floor(found.length * 0.025)]!, high: found[Math.floor(found.length * 0.975)]! };
}
