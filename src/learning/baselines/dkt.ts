import * as tf from '@tensorflow/tfjs-core';
import { CancelledError } from '../../shared/errors.ts';
import type { Forecaster } from '../evaluation/protocol.ts';
import { eagerly } from '../meta/meta-loss.ts';
import type { TensorStep } from '../meta/meta-loss.ts';
import { AdamW, clipGradients } from '../meta/optimiser.ts';
import { crossEntropy, sigmoid } from '../numeric.ts';
import { createRandom } from '../random.ts';
import type { Random } from '../random.ts';
import type { ResponseTable } from '../responses.ts';
import type { Baseline, BaselineSettings, BaselineTask } from './baseline.ts';
import { askLogit, DENSE, dktInputs, dktStep, emptyState, initialDkt, readAnswer, WIDTH } from './dkt-network.ts';
import type { DktBatch, DktParameters } from './dkt-network.ts';
import { drawWindow, judgedWindows, splitStudents, WINDOW } from './windows.ts';
import type { TrainingWindow } from './windows.ts';

const STUDENTS = 128;
const SUPPORT = 20;
const PASSES = 32;
const DROPOUT = 0.2;
const CHECKS = 8;
const RATE = 3e-3;
/** Share of the questions that a batch takes for unseen, so that the unseen row is trained too. */
const UNSEEN = 0.02;
const DECAY = { answerQuestion: 0.3, askQuestion: 0.3, questionBias: 0.3, gates: 1e-3, hidden: 1e-3, out: 1e-3 };

/** Row numbers in the embeddings; the last is for what was never seen. */
const rowIndexes = (table: ResponseTable, parameters: DktParameters) => {
  const questions = parameters.questionBias.length - 1;
  const sets = parameters.askSet.length / WIDTH - 1;
  return {
    question: (row: number): number => Math.min(questions, table.question[row]!),
    set: (row: number): number => Math.min(sets, table.skillSet[row]!),
  };
};

/** Where a batch's rows came from, to hand their gradients back. */
interface Sources {
  readonly question: Int32Array;
  readonly set: Int32Array;
}

function drawDktBatch(
  table: ResponseTable,
  parameters: DktParameters,
  windows: readonly TrainingWindow[],
  random: Random,
): { batch: DktBatch; answers: Sources; asked: Sources } {
  const students = windows.length;
  const questions = parameters.questionBias.length;
  const sets = parameters.askSet.length / WIDTH;
  const index = rowIndexes(table, parameters);
  const sources = (length: number): Sources => ({
    question: new Int32Array(students * length).fill(-1),
    set: new Int32Array(students * length).fill(-1),
  });
  const answers = sources(SUPPORT);
  const asked = sources(WINDOW);
  const batch: DktBatch = {
    students,
    support: SUPPORT,
    query: WINDOW,
    answers: new Float32Array(students * SUPPORT * WIDTH),
    after: new Float32Array(students * (SUPPORT + 1)),
    asked: new Float32Array(students * WINDOW * WIDTH),
    bias: new Float32Array(students * WINDOW),
    correct: new Float32Array(students * WINDOW),
    weight: new Float32Array(students * WINDOW),
    kept: Float32Array.from({ length: students * WINDOW * 2 * WIDTH }, () =>
      random.uniform() < DROPOUT ? 0 : 1 / (1 - DROPOUT),
    ),
  };
  const fill = (
    out: Float32Array,
    at: number,
    bySet: Float32Array,
    set: number,
    byQuestion: Float32Array,
    question: number,
  ): void => {
    for (let entry = 0; entry < WIDTH; entry++)
      out[at * WIDTH + entry] = bySet[set * WIDTH + entry]! + byQuestion[question * WIDTH + entry]!;
  };
  windows.forEach(({ begin, count, after }, student) => {
    batch.after[student * (SUPPORT + 1) + after] = 1;
    for (let offset = 0; offset < count; offset++) {
      const row = begin + offset;
      const question = random.uniform() < UNSEEN ? questions - 1 : index.question(row);
      const set = index.set(row);
      if (offset < after) {
        const right = table.correct[row]! >= 0.5;
        const at = student * SUPPORT + offset;
        answers.question[at] = question + (right ? questions : 0);
        answers.set[at] = set + (right ? sets : 0);
        fill(batch.answers, at, parameters.answerSet, answers.set[at]!, parameters.answerQuestion, answers.question[at]!);
      } else {
        const at = student * WINDOW + offset;
        asked.question[at] = question;
        asked.set[at] = set;
        fill(batch.asked, at, parameters.askSet, set, parameters.askQuestion, question);
        batch.bias[at] = parameters.questionBias[question]!;
        batch.correct[at] = table.correct[row]!;
        batch.weight[at] = table.weight[row]!;
      }
    }
  });
  return { batch, answers, asked };
}

/** Adds rows' gradients to their embeddings. */
function scatter(rows: Int32Array, gradient: Float32Array, width: number, size: number): Float64Array {
  const result = new Float64Array(size);
  rows.forEach((row, at) => {
    if (row >= 0) for (let entry = 0; entry < width; entry++) result[row * width + entry]! += gradient[at * width + entry]!;
  });
  return result;
}

function stateAfter(parameters: DktParameters, table: ResponseTable, support: readonly number[]) {
  const index = rowIndexes(table, parameters);
  const state = emptyState();
  for (const row of support) readAnswer(parameters, state, index.question(row), index.set(row), table.correct[row]! >= 0.5);
  return state;
}

function judge(parameters: DktParameters, table: ResponseTable, windows: readonly TrainingWindow[]): number {
  const index = rowIndexes(table, parameters);
  let sum = 0;
  let total = 0;
  for (const { begin, count, after } of windows) {
    const support = Array.from({ length: after }, (_, offset) => begin + offset);
    const state = stateAfter(parameters, table, support);
    for (let row = begin + after; row < begin + count; row++) {
      sum += crossEntropy(askLogit(parameters, state, index.question(row), index.set(row)), table.correct[row]!);
      total++;
    }
  }
  return sum / Math.max(1, total);
}

interface Run {
  readonly table: ResponseTable;
  readonly students: readonly number[];
  readonly steps: number;
  /** The cosine's length, where it is longer than the run. */
  readonly horizon: number;
  readonly judged: readonly TrainingWindow[];
}

/** @returns the parameters of the judged pass that forecast best and its step; the last ones where nothing is judged */
async function run(task: BaselineTask, step: TensorStep, { table, students, steps, horizon, judged }: Run) {
  const random = createRandom(task.seed);
  const parameters = initialDkt(table.questions.length + 1, table.skillSets.length + 1, random);
  const optimiser = new AdamW();
  let best = { loss: Number.POSITIVE_INFINITY, step: steps };
  for (let done = 0; done < steps; done++) {
    const windows = Array.from({ length: STUDENTS }, () => drawWindow(table, students, random));
    const { batch, answers, asked } = drawDktBatch(table, parameters, windows, random);
    const inputs = dktInputs(parameters, batch);
    const results = step(inputs);
    const [, ...values] = (await Promise.all(results.map((tensor) => tensor.data()))) as Float32Array[];
    tf.dispose([...inputs, ...results]);
    const [byAnswer, byAsked, byBias] = values.slice(DENSE.length) as [Float32Array, Float32Array, Float32Array];
    const gradients: Record<string, Float32Array | Float64Array> = {
      ...Object.fromEntries(DENSE.map((name, index) => [name, values[index]!])),
      answerSet: scatter(answers.set, byAnswer, WIDTH, parameters.answerSet.length),
      answerQuestion: scatter(answers.question, byAnswer, WIDTH, parameters.answerQuestion.length),
      askSet: scatter(asked.set, byAsked, WIDTH, parameters.askSet.length),
      askQuestion: scatter(asked.question, byAsked, WIDTH, parameters.askQuestion.length),
      questionBias: scatter(asked.question, byBias, 1, parameters.questionBias.length),
    };
    clipGradients(gradients, 1);
    optimiser.update(parameters, gradients, RATE * 0.5 * (1 + Math.cos((Math.PI * done) / horizon)), DECAY);
    if (await task.shouldStop?.()) throw new CancelledError();
    if (judged.length === 0 || ((done + 1) % Math.ceil(horizon / CHECKS) !== 0 && done + 1 !== steps)) continue;
    const loss = judge(parameters, table, judged);
    if (loss < best.loss) best = { loss, step: done + 1 };
  }
  return { parameters, best: best.step };
}

/** Trained on the current tensor backend: the number of passes is chosen on a part of the students, then all of them train. */
export async function trainDkt(task: BaselineTask): Promise<Baseline> {
  const { table } = task;
  const { train, heldBack } = splitStudents(table, task.fit);
  const step = (task.compiler ?? eagerly)(dktStep);
  const all = [...train, ...heldBack];
  const horizon = all.length === 0 ? 0 : PASSES * Math.max(4, Math.ceil(all.length / STUDENTS));
  const judged = judgedWindows(table, heldBack);
  const chosen =
    task.settings?.['step'] ??
    (judged.length > 0 ? (await run(task, step, { table, students: train, steps: horizon, horizon, judged })).best : horizon);
  const { parameters: kept } = await run(task, step, { table, students: all, steps: chosen, horizon, judged: [] });
  return dktBaseline(kept, { step: chosen });
}

export function dktBaseline(parameters: DktParameters, settings: BaselineSettings = {}): Baseline {
  return {
    name: 'dkt',
    parameters,
    settings,
    forecaster(asked): Forecaster {
      const index = rowIndexes(asked, parameters);
      return (_student, support, query) => {
        const state = stateAfter(parameters, asked, support);
        return Float64Array.from(query, (row) => sigmoid(askLogit(parameters, state, index.question(row), index.set(row))));
      };
    },
  };
}
