// How many chosen questions tell as much as 20 random ones. Run by hand: `node scripts/run.mjs scripts/study-asking.ts [courses] [students a course] [seed]`.
import path from 'node:path';
import { createRandom } from '../src/learning/random.ts';
import { emptyCurve, reaches, studyAsking } from '../src/learning/simulation/asking-study.ts';
import type { Asker } from '../src/learning/simulation/asking-study.ts';
import { drawCourse, drawTraits, simulateWithTruth } from '../src/learning/simulation/simulated-course.ts';
import { withCourse } from '../src/learning/student-model/student-model.ts';
import { readModel } from '../src/main/services/model-store.ts';

const QUESTIONS = 20;
const PAST_STUDENTS = 150;
const [courses = 8, students = 25, seed = 1] = process.argv.slice(2).map(Number);
const starter = readModel(path.join(import.meta.dirname, '..', 'resources', 'starter'));
const askers: readonly Asker[] = ['random', 'adaptive'];
const random = createRandom(seed);
const whole = { random: emptyCurve(QUESTIONS), adaptive: emptyCurve(QUESTIONS) };
const needed = (own: typeof whole, of: 'squaredError' | 'logLoss'): string => {
  const at = reaches(own.adaptive[of], own.random[of][QUESTIONS]!);
  return at === undefined ? `more than ${QUESTIONS}` : String(at);
};
const rmse = (own: typeof whole, asker: Asker, count: number): number =>
  Math.sqrt(own[asker].squaredError[count]! / own[asker].judged);
for (let index = 0; index < courses; index++) {
  // With fewer questions there is little to choose.
  let traits = drawTraits(random);
  while (traits.skills * traits.questions < 3 * QUESTIONS) traits = drawTraits(random);
  const course = drawCourse(traits, random);
  const ids = Array.from({ length: PAST_STUDENTS + students }, (_, student) => `student-${student + 1}`);
  const simulated = simulateWithTruth(course, ids, () => 40, random);
  const past = simulated.slice(0, PAST_STUDENTS).map(({ sequence }) => sequence);
  const model = withCourse(starter, course.map, past);
  const answered = new Map<string, number>();
  for (const { responses } of past)
    for (const { question } of responses) answered.set(question!, (answered.get(question!) ?? 0) + 1);
  const own = { random: emptyCurve(QUESTIONS), adaptive: emptyCurve(QUESTIONS) };
  for (const asker of askers) {
    studyAsking({
      model,
      course,
      students: simulated.slice(PAST_STUDENTS),
      answered,
      asker,
      questions: QUESTIONS,
      seed: seed * 1000 + index,
      curve: own[asker],
    });
    for (let count = 0; count <= QUESTIONS; count++) {
      whole[asker].squaredError[count]! += own[asker].squaredError[count]!;
      whole[asker].logLoss[count]! += own[asker].logLoss[count]!;
    }
    whole[asker].judged += own[asker].judged;
  }
  const { skills, questions } = course.traits;
  console.log(
    `course ${index + 1}: ${skills} skills of ${questions} questions; RMSE ${rmse(own, 'random', 0).toFixed(4)} unasked, ${rmse(own, 'random', QUESTIONS).toFixed(4)} after ${QUESTIONS} random, ${rmse(own, 'adaptive', QUESTIONS).toFixed(4)} after ${QUESTIONS} chosen; chosen questions for the accuracy of ${QUESTIONS} random: ${needed(own, 'squaredError')}`,
  );
}
console.log('\nquestions  RMSE random  RMSE chosen  log-loss random  log-loss chosen');
for (let count = 0; count <= QUESTIONS; count++)
  console.log(
    [
      String(count).padStart(9),
      ...askers.map((asker) => rmse(whole, asker, count).toFixed(4).padStart(11)),
      ...askers.map((asker) => (whole[asker].logLoss[count]! / whole[asker].judged).toFixed(4).padStart(15)),
    ].join('  '),
  );
console.log(
  `\nChosen questions for the accuracy of ${QUESTIONS} random ones: ${needed(whole, 'squaredError')} by RMSE, ${needed(whole, 'logLoss')} by log-loss.`,
);
