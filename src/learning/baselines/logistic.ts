import { CancelledError } from '../../shared/errors.ts';
import type { Forecaster } from '../evaluation/protocol.ts';
import { AdamW, clipGradients } from '../meta/optimiser.ts';
import { crossEntropy, sigmoid } from '../numeric.ts';
import { createRandom } from '../random.ts';
import type { ResponseTable } from '../responses.ts';
import type { Baseline, BaselineSettings, BaselineTask } from './baseline.ts';
import { drawWindow, judgedWindows, splitStudents, stepsOfAPass, STUDENTS_OF_A_STEP } from './windows.ts';
import type { TrainingWindow } from './windows.ts';

/** History features of a target: counts of right and wrong on the same skills, overall, on the same question; recent residuals; seen before. */
const FEATURES = 9;
const PASSES = 32;
const CHECKS = 8;
const RATE = 1e-2;
/** Weight decays of the questions' biases to choose among: what they are worth differs from course to course. */
const DECAYS = [0.1, 0.3, 1, 3];
const USUAL_SHARE = 0.65;

/** Question and skill-set biases, and weights of the history features. */
export interface LogisticParameters {
  readonly [name: string]: Float32Array;
  /** [questions + 1] and [skill sets + 1]; the last entry is for what was never seen. */
  readonly question: Float32Array;
  readonly set: Float32Array;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** Writes the features of `row` after the rows `support`. */
export function writeHistory(
  table: ResponseTable,
  support: readonly number[],
  row: number,
  ahead: number,
  out: Float64Array,
): void {
  out.fill(0);
  const [right, wrong, allRight, allWrong, againRight, againWrong] = [0, 1, 2, 3, 4, 5] as const;
  let recent = 0;
  let recentWeight = 1;
  let same = 0;
  let sameWeight = 0.5;
  support.forEach((known, index) => {
    const y = table.correct[known]!;
    const decay = Math.exp(-0.3 * (ahead + support.length - index));
    out[allRight]! += y;
    out[allWrong]! += 1 - y;
    recent += decay * (y - USUAL_SHARE);
    recentWeight += decay;
    if (table.skillSet[known] === table.skillSet[row]) {
      out[right]! += y;
      out[wrong]! += 1 - y;
      same += decay * (y - USUAL_SHARE);
      sameWeight += decay;
      out[8] = 1;
    }
    if (table.question[known] === table.question[row]) {
      out[againRight]! += y;
      out[againWrong]! += 1 - y;
    }
  });
  for (let feature = 0; feature < 6; feature++) out[feature] = Math.log1p(out[feature]!);
  out[6] = recent / recentWeight;
  out[7] = same / sameWeight;
}

const rowsOf = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from + index);

interface Indexes {
  question(row: number): number;
  set(row: number): number;
}

function indexesOf(table: ResponseTable, parameters: LogisticParameters): Indexes {
  const questions = parameters.question.length - 1;
  const sets = parameters.set.length - 1;
  return {
    question: (row) => Math.min(questions, table.question[row]!),
    set: (row) => Math.min(sets, table.skillSet[row]!),
  };
}

function logitOf(
  parameters: LogisticParameters,
  indexes: Indexes,
  row: number,
  features: Float64Array,
  questions: boolean,
): number {
  let logit = parameters.bias[0]! + parameters.set[indexes.set(row)]!;
  if (questions) logit += parameters.question[indexes.question(row)]!;
  for (let feature = 0; feature < FEATURES; feature++) logit += parameters.weights[feature]! * features[feature]!;
  return logit;
}

/** Mean log-loss of the windows' queries, and its gradient where asked for. */
export function logisticLoss(
  parameters: LogisticParameters,
  table: ResponseTable,
  windows: readonly TrainingWindow[],
  questions: boolean,
  gradients?: Record<string, Float64Array>,
): number {
  const indexes = indexesOf(table, parameters);
  const features = new Float64Array(FEATURES);
  let loss = 0;
  const total = windows.reduce((sum, { count, after }) => sum + count - after, 0);
  for (const { begin, count, after } of windows) {
    const support = rowsOf(begin, after);
    for (let row = begin + after; row < begin + count; row++) {
      writeHistory(table, support, row, row - begin - after, features);
      const logit = logitOf(parameters, indexes, row, features, questions);
      loss += crossEntropy(logit, table.correct[row]!) / total;
      if (!gradients) continue;
      const slope = (sigmoid(logit) - table.correct[row]!) / total;
      gradients['bias']![0]! += slope;
      gradients['set']![indexes.set(row)]! += slope;
      if (questions) gradients['question']![indexes.question(row)]! += slope;
      for (let feature = 0; feature < FEATURES; feature++) gradients['weights']![feature]! += slope * features[feature]!;
    }
  }
  return loss;
}

/**
 * Logistic regression over history counts, frozen after the support: PFA with skill biases (Pavlik et al. 2009), Best-LR with questions' too
 * (Gervet et al. 2020).
 */
export async function trainLogistic(name: 'pfa' | 'best-lr', task: BaselineTask): Promise<Baseline> {
  const { table } = task;
  const questions = name === 'best-lr';
  const { train, heldBack } = splitStudents(table, task.fit);
  const all = [...train, ...heldBack];
  const judged = judgedWindows(table, heldBack);
  const horizon = (task.passes ?? PASSES) * stepsOfAPass(all.length);
  const run = async (students: readonly number[], decay: number, steps: number, judge: boolean) => {
    const random = createRandom(task.seed);
    const parameters: LogisticParameters = {
      question: new Float32Array(table.questions.length + 1),
      set: new Float32Array(table.skillSets.length + 1),
      weights: new Float32Array(FEATURES),
      bias: new Float32Array(1),
    };
    const optimiser = new AdamW();
    let best = { loss: Number.POSITIVE_INFINITY, step: steps };
    for (let step = 0; step < steps && students.length > 0; step++) {
      const windows = Array.from({ length: STUDENTS_OF_A_STEP }, () => drawWindow(table, students, random));
      const gradients = Object.fromEntries(
        Object.entries(parameters).map(([each, values]) => [each, new Float64Array(values.length)]),
      );
      logisticLoss(parameters, table, windows, questions, gradients);
      clipGradients(gradients, 1);
      const rate = RATE * 0.5 * (1 + Math.cos((Math.PI * step) / horizon));
      optimiser.update(parameters, gradients, rate, { question: decay, set: 0.01, weights: 0.001 });
      if (step % 8 === 0 && (await task.shouldStop?.())) throw new CancelledError();
      if (!judge || ((step + 1) % Math.ceil(horizon / CHECKS) !== 0 && step + 1 !== steps)) continue;
      const loss = logisticLoss(parameters, table, judged, questions);
      if (loss < best.loss) best = { loss, step: step + 1 };
    }
    return { parameters, ...best };
  };
  // Decay and passes are chosen on a part of the students; then all of them train.
  let chosen: BaselineSettings = task.settings ?? { decay: DECAYS[2]!, step: horizon };
  let lowest = Number.POSITIVE_INFINITY;
  if (judged.length > 0 && !task.settings)
    for (const decay of questions ? DECAYS : DECAYS.slice(0, 1)) {
      const { loss, step } = await run(train, decay, horizon, true);
      if (loss < lowest) chosen = { decay, step };
      lowest = Math.min(lowest, loss);
    }
  const { parameters } = await run(all, chosen['decay']!, chosen['step']!, false);
  return logisticBaseline(name, parameters, chosen);
}

export function logisticBaseline(
  name: 'pfa' | 'best-lr',
  parameters: LogisticParameters,
  settings: BaselineSettings = {},
): Baseline {
  return {
    name,
    parameters,
    settings,
    forecaster(asked): Forecaster {
      const indexes = indexesOf(asked, parameters);
      const features = new Float64Array(FEATURES);
      return (student, support, query) => {
        const next = support.length > 0 ? support.at(-1)! + 1 : asked.start[student]!;
        return Float64Array.from(query, (row) => {
          writeHistory(asked, support, row, row - next, features);
          return sigmoid(logitOf(parameters, indexes, row, features, name === 'best-lr'));
        });
      };
    },
  };
}
