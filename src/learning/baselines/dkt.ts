import * as tf from '@tensorflow/tfjs-core';
import { CancelledError } from '../../shared/errors.ts';
import type { Forecaster } from '../evaluation/protocol.ts';
import { eagerly } from '../meta/meta-loss.ts';
import type { TensorStep } from '../meta/meta-loss.ts';
import { crossEntropy, sigmoid } from '../numeric.ts';
import { createRandom } from '../random.ts';
import type { ResponseTable } from '../responses.ts';
import type { Baseline, BaselineSettings, BaselineTask } from './baseline.ts';
import { locateWindows, readWindows, rowIndexes } from './dkt-batch.ts';
import { askLogit, DENSE, dktInputs, dktStep, emptyState, initialDkt, readAnswer, WIDTH } from './dkt-network.ts';
import type { DktParameters } from './dkt-network.ts';
import { MixedAdamW, sumByRow } from './row-optimiser.ts';
import { drawWindow, judgedWindows, splitStudents, stepsOfAPass, STUDENTS_OF_A_STEP } from './windows.ts';
import type { TrainingWindow, WindowShape } from './windows.ts';

const PASSES = 20;
const CHECKS = 8;
const RATE = 3e-3;
const CLIP = 1;

const EMBEDDINGS = { answerSet: WIDTH, answerQuestion: WIDTH, askSet: WIDTH, askQuestion: WIDTH, questionBias: 1 };

/** Weight decays; what is known of one question is held back most, or 17,000 of them are learned by heart in a few passes. */
const DECAY = { answerQuestion: 3, askQuestion: 3, questionBias: 3, gates: 1e-3, hidden: 1e-3, out: 1e-3 };

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

export interface DktTask extends BaselineTask {
  /** The protocol's where left out. */
  readonly windows?: WindowShape | undefined;
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
async function run(task: DktTask, step: TensorStep, { table, students, steps, horizon, judged }: Run) {
  const random = createRandom(task.seed);
  const parameters = initialDkt(table.questions.length + 1, table.skillSets.length + 1, random);
  const optimiser = new MixedAdamW(parameters, EMBEDDINGS, DECAY);
  const sizeOf = (name: keyof typeof EMBEDDINGS): number => parameters[name]!.length / EMBEDDINGS[name];
  let best = { loss: Number.POSITIVE_INFINITY, step: steps };
  for (let done = 0; done < steps; done++) {
    const windows = Array.from({ length: STUDENTS_OF_A_STEP }, () => drawWindow(table, students, random, task.windows));
    const sources = locateWindows(table, parameters, windows, random, task.windows);
    const { answers, asked } = sources;
    const reads = {
      answerSet: answers.set,
      answerQuestion: answers.question,
      askSet: asked.set,
      askQuestion: asked.question,
      questionBias: asked.question,
    };
    for (const [name, rows] of Object.entries(reads)) for (const row of rows) if (row >= 0) optimiser.rows[name]!.settle(row);
    const inputs = dktInputs(parameters, readWindows(table, parameters, windows, sources, random, task.windows));
    const results = step(inputs);
    const [, ...values] = (await Promise.all(results.map((tensor) => tensor.data()))) as Float32Array[];
    tf.dispose([...inputs, ...results]);
    const [byAnswer, byAsked, byBias] = values.slice(DENSE.length) as [Float32Array, Float32Array, Float32Array];
    const gradients = {
      answerSet: byAnswer,
      answerQuestion: byAnswer,
      askSet: byAsked,
      askQuestion: byAsked,
      questionBias: byBias,
    };
    optimiser.update(
      Object.fromEntries(DENSE.map((name, index) => [name, values[index]!])),
      Object.fromEntries(
        (Object.keys(EMBEDDINGS) as (keyof typeof EMBEDDINGS)[]).map((name) => [
          name,
          sumByRow(reads[name], gradients[name], EMBEDDINGS[name], sizeOf(name)),
        ]),
      ),
      RATE * 0.5 * (1 + Math.cos((Math.PI * done) / horizon)),
      CLIP,
    );
    if (await task.shouldStop?.()) throw new CancelledError();
    if (judged.length === 0 || ((done + 1) % Math.ceil(horizon / CHECKS) !== 0 && done + 1 !== steps)) continue;
    optimiser.settleAll();
    const loss = judge(parameters, table, judged);
    if (loss < best.loss) best = { loss, step: done + 1 };
  }
  optimiser.settleAll();
  return { parameters, best: best.step };
}

/** Trained on the current tensor backend: the number of passes is chosen on a part of the students, then all of them train. */
export async function trainDkt(task: DktTask): Promise<Baseline> {
  const { table } = task;
  const { train, heldBack } = splitStudents(table, task.fit);
  const step = (task.compiler ?? eagerly)(dktStep, 'dkt');
  const all = [...train, ...heldBack];
  const horizon = all.length === 0 ? 0 : (task.passes ?? PASSES) * stepsOfAPass(all.length);
  const judged = judgedWindows(table, heldBack, task.windows);
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
