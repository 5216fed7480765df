import { CancelledError } from '../../shared/errors.ts';
import { createRandom } from '../random.ts';
import { toResponseTable } from '../responses.ts';
import { drawCourse, drawTraits, simulateStudents } from '../simulation/simulated-course.ts';
import { DEFAULT_SHAPE, initialParameters } from '../student-model/parameters.ts';
import { NOTHING_JUDGED } from '../evaluation/report.ts';
import { PRIOR_GAIN, PRIOR_TRANSFER } from '../student-model/practice.ts';
import { EMPTY_CALIBRATION } from '../student-model/calibration.ts';
import { NO_RECALIBRATION } from '../student-model/recalibration.ts';
import { DEFAULT_STRENGTHS } from '../student-model/statistics.ts';
import { PRIOR_COMPONENTS } from '../student-model/variance-components.ts';
import type { TrainedModel, TrainingCurvePoint } from '../trained-model.ts';
import { createEpisode } from './episodes.ts';
import type { Episode } from './episodes.ts';
import { DEFAULT_BETA } from './learner-names.ts';
import { findLearner } from './learner.ts';
import type { LearnerName } from './learner-names.ts';
import type { StepCompiler } from './meta-loss.ts';
import { optimise } from './optimise.ts';
import { phiTrainee } from './trainee.ts';

/** Course episodes of different sizes: from no past student at all to hundreds. */
const PAST_STUDENTS = [0, 3, 10, 25, 60, 150, 400];

export interface StarterTask {
  readonly learner: LearnerName;
  readonly compiler: StepCompiler;
  readonly seed: number;
  readonly backend: string;
  readonly courses: number;
  readonly steps: number;
  readonly onStep?: (step: number, loss: number) => void;
  readonly shouldStop?: () => boolean;
}

/**
 * Learns, over many simulated courses, how far to trust a difficulty that rests on few answers and how to read a student's first answers: the
 * prior that is shipped, for classes without past students, and where a school's own training starts.
 */
export async function trainStarter(task: StarterTask): Promise<TrainedModel> {
  const random = createRandom(task.seed);
  const shape = DEFAULT_SHAPE;
  const parameters = initialParameters(shape, 0, random);
  const episodes: Episode[] = [];
  let answers = 0;
  for (let course = 0; course < task.courses; course++) {
    const simulated = drawCourse(drawTraits(random), random);
    const ids = Array.from({ length: 460 }, (_, index) => `student-${index + 1}`);
    const table = toResponseTable(
      simulateStudents(simulated, ids, (chance) => 8 + Math.floor(110 * chance.uniform() ** 2), random),
    );
    answers += table.question.length;
    for (const size of [PAST_STUDENTS[course % PAST_STUDENTS.length]!, PAST_STUDENTS[(course + 3) % PAST_STUDENTS.length]!])
      episodes.push(
        createEpisode(
          table,
          (student) => student < size,
          (student) => student >= size - 30 || student % 3 === 0,
          -1,
          size < 10 ? DEFAULT_STRENGTHS : undefined,
        ),
      );
  }
  const curve: TrainingCurvePoint[] = [];
  let running = 0;
  await optimise({
    trainee: phiTrainee(parameters, shape, findLearner(task.learner)),
    stage: { beta: DEFAULT_BETA, compiler: task.compiler },
    steps: task.steps,
    peakRate: 3e-3,
    random,
    nextEpisode: () => random.choice(episodes),
    afterStep(step, direction) {
      running = step === 0 ? direction.queryLoss : running + 0.02 * (direction.queryLoss - running);
      if ((step + 1) % 100 === 0) {
        curve.push({ step: step + 1, loss: running, heldBackLoss: null });
        task.onStep?.(step + 1, running);
      }
      if (task.shouldStop?.()) throw new CancelledError();
    },
  });
  const none = new Float64Array(0);
  return {
    learner: task.learner,
    studentModel: 'phi',
    seed: task.seed,
    backend: task.backend,
    vocabulary: { questions: [], skills: [], skillSets: [], questionSet: new Int32Array(0) },
    courseMap: { skills: [], prerequisites: [] },
    members: [
      { weight: 0.5, kind: 'closed' },
      { weight: 0.5, kind: 'phi', shape, parameters },
    ],
    recalibration: NO_RECALIBRATION,
    profile: [],
    course: {
      statistics: {
        questionCount: none,
        questionRight: none,
        setCount: none,
        setRight: none,
        skillCount: none,
        skillRight: none,
        courseCount: 0,
        courseRight: 0,
        students: 0,
      },
      strengths: DEFAULT_STRENGTHS,
      calibration: EMPTY_CALIBRATION,
      components: PRIOR_COMPONENTS,
    },
    baselines: [],
    practice: { gain: PRIOR_GAIN, skillGain: new Float32Array(0), skillGainError: new Float32Array(0), transfer: PRIOR_TRANSFER },
    provenance: {
      students: 0,
      heldBackStudents: 0,
      crossValidatedStudents: 0,
      answers,
      questions: 0,
      skills: 0,
      start: 'scratch',
      steps: task.steps,
      keptStep: task.steps,
    },
    metrics: { trainingCurve: curve, report: NOTHING_JUDGED, adopted: null, reliability: [], reliabilityAfter: null },
  };
}
