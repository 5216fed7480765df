import { createEpisode, drawBatch, SHORT_BATCH } from '../meta/episodes.ts';
import { LEARNERS } from '../meta/learner.ts';
import { DEFAULT_BETA } from '../meta/learner-names.ts';
import type { StepCompiler } from '../meta/meta-loss.ts';
import { createRandom } from '../random.ts';
import { toResponseTable } from '../responses.ts';
import { DEFAULT_SHAPE, initialParameters } from '../student-model/parameters.ts';
import { drawCourse, simulateStudents, SMALL_COURSE_TRAITS } from './simulated-course.ts';

const STUDENTS = 48;
const ANSWERS = 36;

/**
 * One outer step of the default learner with a batch of its usual size, on a small simulated course: what a training does over and over, to
 * tell how fast a tensor backend does it.
 */
export function createTrialStep(compiler: StepCompiler): () => Promise<void> {
  const random = createRandom(1);
  const ids = Array.from({ length: STUDENTS }, (_, index) => `trial-${index}`);
  const table = toResponseTable(simulateStudents(drawCourse(SMALL_COURSE_TRAITS, random), ids, () => ANSWERS, random));
  const everybody = (): boolean => true;
  const episode = createEpisode(table, everybody, everybody, 0);
  const parameters = initialParameters(DEFAULT_SHAPE, table.skills.length, random);
  const batch = drawBatch(episode, parameters, DEFAULT_SHAPE, SHORT_BATCH, random);
  const step = LEARNERS['maml']!.stages[0]!.start({ shape: DEFAULT_SHAPE, beta: DEFAULT_BETA, compiler });
  return async () => void (await step.gradients(parameters, batch, 1));
}
