import type { Random } from '../random.ts';
import type { ResponseTable } from '../responses.ts';
import { WIDTH } from './dkt-network.ts';
import type { DktBatch, DktParameters } from './dkt-network.ts';
import { PROTOCOL_WINDOWS } from './windows.ts';
import type { TrainingWindow, WindowShape } from './windows.ts';

const DROPOUT = 0.2;
/** Share of the questions that a batch takes for unseen, so that the unseen row is trained too. */
const UNSEEN = 0.02;

/** Row numbers in the embeddings; the last is for what was never seen. */
export const rowIndexes = (table: ResponseTable, parameters: DktParameters) => {
  const questions = parameters.questionBias.length - 1;
  const sets = parameters.askSet.length / WIDTH - 1;
  return {
    question: (row: number): number => Math.min(questions, table.question[row]!),
    set: (row: number): number => Math.min(sets, table.skillSet[row]!),
  };
};

/** Which embedding rows a batch reads, −1 where nothing is: [B, K] of the answers, [B, Q] of what is asked. */
export interface DktSources {
  readonly answers: { readonly question: Int32Array; readonly set: Int32Array };
  readonly asked: { readonly question: Int32Array; readonly set: Int32Array };
}

const sizesOf = ({ length, after }: WindowShape) => ({ length, support: after.at(-1)! });

const sources = (size: number) => ({ question: new Int32Array(size).fill(-1), set: new Int32Array(size).fill(-1) });

/** Says which rows of the embeddings the windows read. */
export function locateWindows(
  table: ResponseTable,
  parameters: DktParameters,
  windows: readonly TrainingWindow[],
  random: Random,
  shape: WindowShape = PROTOCOL_WINDOWS,
): DktSources {
  const { length, support } = sizesOf(shape);
  const questions = parameters.questionBias.length;
  const sets = parameters.askSet.length / WIDTH;
  const index = rowIndexes(table, parameters);
  const answers = sources(windows.length * support);
  const asked = sources(windows.length * length);
  windows.forEach(({ begin, count, after }, student) => {
    for (let offset = 0; offset < count; offset++) {
      const row = begin + offset;
      const question = random.uniform() < UNSEEN ? questions - 1 : index.question(row);
      const set = index.set(row);
      if (offset < after) {
        const right = table.correct[row]! >= 0.5;
        answers.question[student * support + offset] = question + (right ? questions : 0);
        answers.set[student * support + offset] = set + (right ? sets : 0);
      } else {
        asked.question[student * length + offset] = question;
        asked.set[student * length + offset] = set;
      }
    }
  });
  return { answers, asked };
}

/** Reads the embeddings, which must be up to date there, and draws what drops out. */
export function readWindows(
  table: ResponseTable,
  parameters: DktParameters,
  windows: readonly TrainingWindow[],
  { answers, asked }: DktSources,
  random: Random,
  shape: WindowShape = PROTOCOL_WINDOWS,
): DktBatch {
  const students = windows.length;
  const { length, support } = sizesOf(shape);
  const batch: DktBatch = {
    students,
    support,
    query: length,
    answers: addRows(answers, parameters.answerSet, parameters.answerQuestion),
    after: new Float32Array(students * (support + 1)),
    asked: addRows(asked, parameters.askSet, parameters.askQuestion),
    bias: new Float32Array(students * length),
    correct: new Float32Array(students * length),
    weight: new Float32Array(students * length),
    kept: new Float32Array(students * length * 2 * WIDTH),
  };
  windows.forEach(({ begin, count, after }, student) => {
    batch.after[student * (support + 1) + after] = 1;
    for (let offset = after; offset < count; offset++) {
      const at = student * length + offset;
      batch.bias[at] = parameters.questionBias[asked.question[at]!]!;
      batch.correct[at] = table.correct[begin + offset]!;
      batch.weight[at] = table.weight[begin + offset]!;
      for (let entry = at * 2 * WIDTH; entry < (at + 1) * 2 * WIDTH; entry++)
        batch.kept[entry] = random.uniform() < DROPOUT ? 0 : 1 / (1 - DROPOUT);
    }
  });
  return batch;
}

/** Sum of a set's and a question's embedding for each row, [rows, d]; 0 where there is none. */
function addRows(
  { question, set }: { readonly question: Int32Array; readonly set: Int32Array },
  bySet: Float32Array,
  byQuestion: Float32Array,
): Float32Array {
  const result = new Float32Array(question.length * WIDTH);
  for (let row = 0; row < question.length; row++) {
    if (question[row]! < 0) continue;
    const fromSet = set[row]! * WIDTH;
    const fromQuestion = question[row]! * WIDTH;
    for (let entry = 0; entry < WIDTH; entry++)
      result[row * WIDTH + entry] = bySet[fromSet + entry]! + byQuestion[fromQuestion + entry]!;
  }
  return result;
}
