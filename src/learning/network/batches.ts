import { SHORTEST_TASK, supportAnswer } from '../meta/episodes.ts';
import type { BatchSettings, Episode } from '../meta/episodes.ts';
import type { AnswerRows, MetaBatch } from '../meta/meta-loss.ts';
import type { Random } from '../random.ts';
import { offsetOf, summariseHistory, writeFeatures } from '../student-model/features.ts';
import type { SupportAnswer } from '../student-model/features.ts';
import type { NetworkShape } from './parameters.ts';

function emptyRows(students: number, length: number, shape: NetworkShape): AnswerRows {
  const rows = students * length;
  return {
    length,
    features: new Float32Array(rows * shape.features),
    offset: new Float32Array(rows),
    factors: new Float32Array(0),
    correct: new Float32Array(rows),
    weight: new Float32Array(rows),
    skillSet: new Int32Array(rows).fill(-1),
  };
}

/**
 * Draws tasks of one episode as meta/episodes.ts does, but each support answer is read as it was met: with the features after the answers
 * before it. The network reads the closed-form ability among its features, so an inner step must see what is left after it; with features
 * from before the first answer it would learn the ability a second time.
 */
export function drawNetworkBatch(episode: Episode, shape: NetworkShape, settings: BatchSettings, random: Random): MetaBatch {
  const { table, knowledge } = episode;
  const { students } = settings;
  const support = emptyRows(students, settings.support, shape);
  const query = emptyRows(students, settings.query, shape);
  const variance = new Float32Array(students);
  const write = (rows: AnswerRows, index: number, before: readonly SupportAnswer[], row: number, ahead: number): void => {
    const history = summariseHistory(before, knowledge.spread);
    const answer = supportAnswer(table, knowledge, row, ahead);
    writeFeatures(rows.features, index * shape.features, history, answer);
    rows.offset[index] = offsetOf(history, answer);
    rows.correct[index] = answer.correct;
    rows.weight[index] = answer.weight;
  };
  for (let task = 0; task < students; task++) {
    const student = random.choice(episode.tasks);
    const begin = table.start[student]!;
    const length = table.start[student + 1]! - begin;
    // Most windows begin with the first answer: that is where a new student stands.
    const first = begin + (random.uniform() < 0.6 ? 0 : random.integer(Math.max(1, length - SHORTEST_TASK)));
    const last = Math.min(begin + length, first + settings.window);
    const after = Math.min(random.choice(settings.after), last - first - 1);
    const answers = Array.from({ length: after }, (_, index) => supportAnswer(table, knowledge, first + index));
    answers.forEach((_, index) => write(support, task * settings.support + index, answers.slice(0, index), first + index, 0));
    const asked = Array.from({ length: last - first - after }, (_, index) => first + after + index);
    const chosen = asked.length > settings.query ? random.shuffle(asked).slice(0, settings.query) : asked;
    chosen.forEach((row, index) => write(query, task * settings.query + index, answers, row, row - first - after));
    variance[task] = knowledge.spread.ability;
  }
  return { students, support, query, covariates: new Float32Array(students), variance };
}
