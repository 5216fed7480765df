// How many chosen questions tell as much of real students as 20 random ones: of each student's answers a part can be asked for, the others are forecast.
// Run by hand: `node scripts/run.mjs scripts/study-asking-real.ts TRAIN VALIDATION [PREREQUISITES|-] [students] [seed]`.
import path from 'node:path';
import { readCourseMap, readResponses } from '../src/cli/read-responses.ts';
import { skillsOf } from '../src/cli/planning-source.ts';
import { answerLoss, auc } from '../src/learning/evaluation/metrics.ts';
import { createSkillGraph } from '../src/learning/planning/skill-graph.ts';
import { createRandom } from '../src/learning/random.ts';
import { askStudent } from '../src/learning/simulation/asking-study.ts';
import type { Asker } from '../src/learning/simulation/asking-study.ts';
import { withCourse } from '../src/learning/student-model/student-model.ts';
import { readModel } from '../src/main/services/model-store.ts';

const QUESTIONS = 20;
const PAST_STUDENTS = 500;
/** Answers of a student that are looked at; the first two thirds can be asked for. */
const MOST = 120;
const FEWEST = 60;

const [train, validation, prerequisites = '-', students = '60', seed = '1'] = process.argv.slice(2);
if (!train || !validation) {
  console.error('Usage: study-asking-real TRAIN VALIDATION [PREREQUISITES|-] [STUDENTS] [SEED]');
  process.exit(2);
}
const past = (await readResponses([train])).slice(0, PAST_STUDENTS);
const able = (await readResponses([validation])).filter(({ responses }) => responses.length >= FEWEST);
const random = createRandom(Number(seed));
const chosen = random.shuffle([...able]).slice(0, Number(students));
const map = await readCourseMap(undefined, prerequisites === '-' ? undefined : prerequisites, skillsOf([...past, ...chosen]));
const graph = createSkillGraph(map);
const model = withCourse(readModel(path.join(import.meta.dirname, '..', 'resources', 'starter')), map, past);
const answered = new Map<string, number>();
for (const { responses } of past)
  for (const { question } of responses) answered.set(question!, (answered.get(question!) ?? 0) + 1);

const askers: readonly Asker[] = ['random', 'adaptive'];
const seen = askers.map(() =>
  Array.from({ length: QUESTIONS + 1 }, () => ({ forecasts: [] as number[], right: [] as number[] })),
);
for (const [index, { responses }] of chosen.entries()) {
  // Each question once, in any order: what is forecast is not what came last.
  const own = createRandom(Number(seed) * 100_003 + index).shuffle([
    ...new Map(responses.slice(0, MOST).map((each) => [each.question!, each])).values(),
  ]);
  const cut = Math.floor((own.length * 2) / 3);
  const [open, held] = [own.slice(0, cut), own.slice(cut)];
  const byQuestion = new Map(open.map((each) => [each.question!, each]));
  const pool = open.map(({ question, skills }) => ({ id: question!, skills, answers: answered.get(question!) ?? 0 }));
  if (pool.length <= QUESTIONS) continue;
  // A skill counts as often as it is forecast.
  const targets = held.flatMap(({ skills }) => skills);
  askers.forEach((asker, which) =>
    askStudent({
      model,
      graph,
      targets,
      pool,
      asker,
      questions: QUESTIONS,
      random: createRandom(Number(seed) * 7919 + index),
      answer: ({ id }) => byQuestion.get(id)!.correct,
      judge(state, count) {
        const at = seen[which]![count]!;
        for (const each of held) {
          at.forecasts.push(state.forecastQuestion(each).value);
          at.right.push(each.correct >= 0.5 ? 1 : 0);
        }
      },
    }),
  );
}

type Seen = (typeof seen)[number][number];
const lossOf = ({ forecasts, right }: Seen): number =>
  forecasts.reduce((sum, p, at) => sum + answerLoss(p, right[at]!), 0) / forecasts.length;
const aucOf = ({ forecasts, right }: Seen): number => auc(Float64Array.from(forecasts), Float64Array.from(right)) ?? NaN;
const accuracyOf = ({ forecasts, right }: Seen): number =>
  forecasts.reduce((sum, p, at) => sum + (p >= 0.5 === (right[at] === 1) ? 1 : 0), 0) / forecasts.length;
console.log(`${chosen.length} students, ${seen[0]![0]!.forecasts.length} answers forecast`);
console.log('questions  log-loss random  chosen  AUC random  chosen  accuracy random  chosen');
for (let count = 0; count <= QUESTIONS; count++) {
  const of = (read: (at: Seen) => number): string => askers.map((_, which) => read(seen[which]![count]!).toFixed(4)).join('  ');
  console.log(`${String(count).padStart(9)}  ${of(lossOf)}  ${of(aucOf)}  ${of(accuracyOf)}`);
}
const reached = (read: (at: Seen) => number, better: 1 | -1): string => {
  const bar = read(seen[0]![QUESTIONS]!);
  const at = seen[1]!.findIndex((each) => better * (read(each) - bar) >= 0);
  return at < 0 ? `more than ${QUESTIONS}` : String(at);
};
console.log(
  `Chosen questions for the accuracy of ${QUESTIONS} random ones: ${reached(lossOf, -1)} by log-loss, ${reached(aucOf, 1)} by AUC, ${reached(accuracyOf, 1)} by the share of answers called right.`,
);
