import { drawTask, emptyRows, skillsInto, supportAnswer } from '../meta/episodes.ts';
import type { BatchSettings, Episode } from '../meta/episodes.ts';
import type { MetaBatch } from '../meta/meta-loss.ts';
import type { Random } from '../random.ts';
import { offsetOf, summariseHistory, writeFeatures } from '../student-model/features.ts';
import { ANSWER_NUMBERS } from './parameters.ts';
import type { ProcessParameters, ProcessShape } from './parameters.ts';
import { answerNumbers } from './reading.ts';

/** Draws tasks of one episode. The support's features are the numbers of its answers, [B, K, 3]; the query's offset is the closed form's logit. */
export function drawProcessBatch(
  episode: Episode,
  { skillFactors }: ProcessParameters,
  { features, embedding }: ProcessShape,
  settings: BatchSettings,
  random: Random,
): MetaBatch {
  const { table, knowledge } = episode;
  const { students } = settings;
  const support = emptyRows(students, settings.support, ANSWER_NUMBERS, embedding);
  const query = emptyRows(students, settings.query, features, embedding);
  for (let task = 0; task < students; task++) {
    const { first, after, asked } = drawTask(episode, settings, random);
    const answers = Array.from({ length: after }, (_, index) => supportAnswer(table, knowledge, first + index));
    const history = summariseHistory(answers, knowledge.spread);
    answers.forEach((answer, index) => {
      const at = task * settings.support + index;
      support.features.set(answerNumbers(answer), at * ANSWER_NUMBERS);
      support.weight[at] = answer.weight;
      skillsInto(support, at, episode, skillFactors, embedding, table.skillSet[first + index]!);
    });
    asked.forEach((row, index) => {
      const at = task * settings.query + index;
      const answer = supportAnswer(table, knowledge, row, row - first - after);
      writeFeatures(query.features, at * features, history, answer);
      query.offset[at] = offsetOf(history, answer) + history.ability;
      query.correct[at] = answer.correct;
      query.weight[at] = answer.weight;
      skillsInto(query, at, episode, skillFactors, embedding, table.skillSet[row]!);
    });
  }
  return { students, support, query, covariates: new Float32Array(students), variance: new Float32Array(students) };
}
