import { drawTask, emptyRows, supportAnswer } from '../meta/episodes.ts';
import type { BatchSettings, Episode } from '../meta/episodes.ts';
import type { AnswerRows, MetaBatch } from '../meta/meta-loss.ts';
import type { Random } from '../random.ts';
import { offsetOf, summariseHistory, writeFeatures } from '../student-model/features.ts';
import type { HistorySummary, SupportAnswer } from '../student-model/features.ts';
import type { NetworkShape } from './parameters.ts';

/**
 * Draws tasks of one episode as meta/episodes.ts does, but each support answer is read as it was met: with the features after the answers
 * before it. The network reads the closed-form ability among its features, so an inner step must see what is left after it; with features
 * from before the first answer it would learn the ability a second time.
 */
export function drawNetworkBatch(episode: Episode, shape: NetworkShape, settings: BatchSettings, random: Random): MetaBatch {
  const { table, knowledge } = episode;
  const { students } = settings;
  const support = emptyRows(students, settings.support, shape.features, 0);
  const query = emptyRows(students, settings.query, shape.features, 0);
  const variance = new Float32Array(students);
  const after = (before: readonly SupportAnswer[]): HistorySummary => summariseHistory(before, knowledge.spread);
  const write = (rows: AnswerRows, index: number, history: HistorySummary, row: number, ahead: number): void => {
    const answer = supportAnswer(table, knowledge, row, ahead);
    writeFeatures(rows.features, index * shape.features, history, answer);
    rows.offset[index] = offsetOf(history, answer);
    rows.correct[index] = answer.correct;
    rows.weight[index] = answer.weight;
  };
  for (let task = 0; task < students; task++) {
    const { first, after: known, asked } = drawTask(episode, settings, random);
    const answers = Array.from({ length: known }, (_, index) => supportAnswer(table, knowledge, first + index));
    answers.forEach((_, index) =>
      write(support, task * settings.support + index, after(answers.slice(0, index)), first + index, 0),
    );
    const history = after(answers);
    asked.forEach((row, index) => write(query, task * settings.query + index, history, row, row - first - known));
    variance[task] = knowledge.spread.ability;
  }
  return { students, support, query, covariates: new Float32Array(students), variance };
}
