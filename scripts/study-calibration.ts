// Why a model's calibration error lies above or below what chance leaves. Run by hand:
// `node scripts/run.mjs scripts/study-calibration.ts MODEL RESPONSES [seed]`, a trained model's folder and answers of students who did not teach it.
// A perfectly calibrated model does not know a student's ability: what it forecasts wrongly it forecasts wrongly for all their answers. Beside the
// percentile of independent outcomes stands that of outcomes that share each student's ability, drawn from the model's own posterior.
import { readResponses } from '../src/cli/read-responses.ts';
import { resolveTyped } from '../src/cli/paths.ts';
import { ensembleForecaster } from '../src/learning/evaluation/forecasters.ts';
import { ece } from '../src/learning/evaluation/metrics.ts';
import type { Judged } from '../src/learning/evaluation/metrics.ts';
import { eceOfPerfectModel } from '../src/learning/evaluation/perfect-calibration.ts';
import { forecastWindows } from '../src/learning/evaluation/protocol.ts';
import { createMember } from '../src/learning/members.ts';
import { supportAnswer } from '../src/learning/meta/episodes.ts';
import { logit, sigmoid } from '../src/learning/numeric.ts';
import { createRandom } from '../src/learning/random.ts';
import { toResponseTable } from '../src/learning/responses.ts';
import { knowledgeColumns } from '../src/learning/student-model/course.ts';
import { summariseHistory } from '../src/learning/student-model/features.ts';
import { readModel } from '../src/main/services/model-store.ts';

const [folder, file, seed = '1'] = process.argv.slice(2);
if (!folder || !file) throw new Error('Name the folder of a trained model and a file of answers.');
const model = readModel(resolveTyped(folder));
const table = toResponseTable(await readResponses([file]), model.vocabulary);
const knowledge = knowledgeColumns(table, model.course, () => false);
const students = table.students.map((_, student) => student);
const forecaster = ensembleForecaster(model.members.map(createMember), table, knowledge, undefined, model.recalibration);
const random = createRandom(Number(seed));
const DRAWS = 1000;

/** Posterior variance of each student's ability after k answers, [students]. */
const varianceAfter = (after: number): Float64Array =>
  Float64Array.from(students, (student) => {
    const begin = table.start[student]!;
    const known = Math.min(after, table.start[student + 1]! - begin);
    const answers = Array.from({ length: known }, (_, row) => supportAnswer(table, knowledge, begin + row));
    return 1 / summariseHistory(answers, knowledge.spread).precision;
  });

/** Midpoints of 41 equally likely slices of the standard normal, as the logistic has them, brought to unit variance. */
const SLICES = (() => {
  const raw = Array.from({ length: 41 }, (_, slice) => logit((slice + 0.5) / 41) / 1.702);
  const deviation = Math.sqrt(raw.reduce((sum, value) => sum + value ** 2, 0) / raw.length);
  return raw.map((value) => value / deviation);
})();

/** The logit whose mean probability over N(0, variance) is p. */
function centreOf(p: number, variance: number): number {
  const deviation = Math.sqrt(variance);
  let centre = logit(p) * Math.sqrt(1 + 0.346 * variance);
  for (let step = 0; step < 6; step++) {
    let mean = 0;
    let slope = 0;
    for (const slice of SLICES) {
      const at = sigmoid(centre + deviation * slice);
      mean += at / SLICES.length;
      slope += (at * (1 - at)) / SLICES.length;
    }
    centre -= Math.max(-1, Math.min(1, (mean - p) / slope));
  }
  return centre;
}

/** 95th percentile of the ECE where every student's outcomes share an ability that the forecasts did not know. */
function eceWithCommonAbility(judged: Judged, variance: Float64Array): number {
  const probability = judged.probability.map((p) => Math.max(1e-4, Math.min(1 - 1e-4, p)));
  const centres = probability.map((p, row) => centreOf(p, variance[judged.student[row]!]!));
  const found = Float64Array.from({ length: DRAWS }, () => {
    const ability = variance.map((value) => Math.sqrt(value) * random.normal());
    const correct = centres.map((centre, row) => (random.uniform() < sigmoid(centre + ability[judged.student[row]!]!) ? 1 : 0));
    return ece({ ...judged, correct });
  }).sort();
  return found[Math.floor(0.95 * DRAWS)]!;
}

/** Mean outcome less mean forecast, and its standard error where students and not answers are drawn. */
function baseRate({ student, probability, correct }: Judged): { readonly difference: number; readonly error: number } {
  const sums = new Float64Array(students.length);
  probability.forEach((p, row) => (sums[student[row]!]! += correct[row]! - p));
  const difference = sums.reduce((sum, value) => sum + value, 0) / probability.length;
  return { difference, error: Math.sqrt(sums.reduce((sum, value) => sum + value ** 2, 0)) / probability.length };
}

/** Slope and shift of the outcomes on the forecasts' logits, by Newton steps: 1 and 0 where neither is off. */
function lineOf({ probability, correct }: Judged): { readonly shift: number; readonly slope: number } {
  const logits = probability.map(logit);
  let shift = 0;
  let slope = 1;
  for (let step = 0; step < 12; step++) {
    let [a, b, aa, ab, bb] = [0, 0, 0, 0, 0];
    for (let row = 0; row < logits.length; row++) {
      const z = logits[row]!;
      const p = sigmoid(shift + slope * z);
      a += correct[row]! - p;
      b += (correct[row]! - p) * z;
      aa += p * (1 - p);
      ab += p * (1 - p) * z;
      bb += p * (1 - p) * z * z;
    }
    const determinant = aa * bb - ab * ab;
    shift += (bb * a - ab * b) / determinant;
    slope += (aa * b - ab * a) / determinant;
  }
  return { shift, slope };
}

const number = (value: number, digits = 4): string => value.toFixed(digits);
console.log(
  'window   k  ECE     95%, independent  95%, common ability  outcome less forecast  slope  ECE without shift and slope',
);
for (const { window, after, judged } of forecastWindows(table, students, forecaster)) {
  const { difference, error } = baseRate(judged);
  const { shift, slope } = lineOf(judged);
  const straight = judged.probability.map((p) => sigmoid(shift + slope * logit(p)));
  console.log(
    [
      window.padEnd(5),
      String(after).padStart(4),
      number(ece(judged)),
      number(eceOfPerfectModel(judged, random, DRAWS)).padEnd(16),
      number(eceWithCommonAbility(judged, varianceAfter(after))).padEnd(19),
      `${number(difference)} ± ${number(error)}`.padEnd(21),
      number(slope, 2),
      number(ece({ ...judged, probability: straight })),
    ].join('  '),
  );
}
