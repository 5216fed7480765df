import { createEpisode, drawBatch, SHORT_BATCH } from '../meta/episodes.ts';
import { DEFAULT_BETA, LEARNERS } from '../meta/learner.ts';
import type { StepCompiler } from '../meta/meta-loss.ts';
import { createRandom } from '../random.ts';
import { toResponseTable } from '../responses.ts';
import { DEFAULT_SHAPE, initialParameters } from '../student-model/parameters.ts';
import { drawCourse, simulateStudents } from './simulated-course.ts';
import type { CourseTraits } from './simulated-course.ts';

const TRAITS: CourseTraits = {
  skills: 8,
  questions: 6,
  ease: 0.4,
  skillSpread: 0.8,
  questionSpread: 0.8,
  abilitySpread: 0.9,
  profileSpread: 0.4,
  learning: 0.2,
  transfer: 0.2,
  guess: 0,
  slip: 0,
  stay: 0.7,
  drift: 0,
};
const STUDENTS = 48;
const ANSWERS = 36;

/**
 * One outer step of the default learner with a batch of its usual size, on a small simulated course: what a training does over and over, to
 * tell how fast a tensor backend does it.
 */
export function createTrialStep(compiler: StepCompiler): () => Promise<void> {
  const random = createRandom(1);
  const ids = Array.from({ length: STUDENTS }, (_, index) => `trial-${index}`);
  const table = toResponseTable(simulateStudents(drawCourse(TRAITS, random), ids, () => ANSWERS, random));
  const everybody = (): boolean => true;
  const episode = createEpisode(table, everybody, everybody, 0);
  const parameters = initialParameters(DEFAULT_SHAPE, table.skills.length, random);
  const batch = drawBatch(episode, parameters, DEFAULT_SHAPE, SHORT_BATCH, random);
  const step = LEARNERS['maml']!.stages[0]!.start({ shape: DEFAULT_SHAPE, beta: DEFAULT_BETA, compiler });
  return async () => void (await step.gradients(parameters, batch, 1));
}
