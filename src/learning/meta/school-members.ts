import type { TrainedMember } from '../members.ts';
import { findNetworkLearner } from '../network/learners.ts';
import { DEFAULT_NETWORK_SHAPE, initialNetworkParameters } from '../network/parameters.ts';
import { networkTrainee } from '../network/trainee.ts';
import type { Random } from '../random.ts';
import type { ResponseTable } from '../responses.ts';
import { standingOf } from '../student-model/calibration.ts';
import { DEFAULT_PROCESS_SHAPE, initialProcess } from '../neural-process/parameters.ts';
import { processTrainee } from '../neural-process/trainee.ts';
import { copyParameters, DEFAULT_SHAPE, initialFactors, initialParameters, initialPrompts } from '../student-model/parameters.ts';
import type { ModelParameters, ModelShape, SharedParameters } from '../student-model/parameters.ts';
import { fitProfileEffects } from '../student-model/profile.ts';
import { answersOf } from '../student-model/statistics.ts';
import type { Episode } from './episodes.ts';
import { findLearner } from './learner.ts';
import type { LearnerName } from './learner-names.ts';
import { phiTrainee } from './trainee.ts';
import type { Trainee } from './trainee.ts';

/** Which student model is fitted: φ over a backbone, or every weight of a small network. */
export type StudentModelName = 'phi' | 'network';

/** What a school's training starts from. */
export interface Starter {
  readonly shape: ModelShape;
  readonly parameters: SharedParameters;
}

export interface SchoolTask {
  readonly table: ResponseTable;
  readonly learner: LearnerName;
  readonly studentModel?: StudentModelName | undefined;
  /** Parameters to start from; without them, from scratch. */
  readonly starter?: Starter | undefined;
}

const PEAK_RATE = 3e-3;
/** With this many students a training takes all its steps; with fewer, fewer. */
export const STUDENTS_FOR_ALL_STEPS = 400;

/** Neural processes that are trained: two begun at different places are better than one, as φ with and without skills are. */
const PROCESSES = 2;

/** A student model to be trained, and the episodes that train it. */
export interface Run {
  readonly trainee: Trainee;
  readonly episodes: readonly Episode[];
  readonly peakRate: number;
  /** Named where no learner has a part in it: begun alike, it ends alike in every training on the same students. */
  readonly anyLearner?: string | undefined;
}

/** The student models that a training trains. */
export function traineesOf(task: SchoolTask, folds: readonly Episode[], effects: Float64Array, random: Random): Run[] {
  if (task.studentModel === 'network') {
    const learner = findNetworkLearner(task.learner);
    const parameters = initialNetworkParameters(DEFAULT_NETWORK_SHAPE, random);
    return [{ trainee: networkTrainee(parameters, DEFAULT_NETWORK_SHAPE, learner), episodes: folds, peakRate: PEAK_RATE }];
  }
  const learner = findLearner(task.learner);
  const { table } = task;
  const shape: ModelShape = {
    ...(task.starter?.shape ?? DEFAULT_SHAPE),
    covariates: 1 + effects.length,
    prompts: learner.prompts,
  };
  const initial = (skills: number, starter: Starter | undefined): ModelParameters => {
    const parameters = initialParameters(shape, skills, random);
    const size = shape.factors + 1;
    const { startWeights } = parameters;
    if (starter) {
      Object.assign(parameters, copyParameters(starter.parameters as ModelParameters), {
        skillFactors: initialFactors(skills, shape, random),
        ...initialPrompts(shape, random),
      });
      startWeights.set(starter.parameters.startWeights.subarray(0, size));
    }
    addProfile(startWeights, effects, size);
    return { ...parameters, startWeights };
  };
  // Many students teach more than the starter knows; what begins apart from it errs apart from it, too.
  const many = folds.reduce((sum, { tasks }) => sum + tasks.length, 0) >= STUDENTS_FOR_ALL_STEPS;
  const begin = many ? undefined : task.starter;
  // Of many students most soon stop; forecasts are for those who go on.
  const episodes = many ? folds.map((each) => ({ ...each, inProportion: true })) : folds;
  const rate = (starter: Starter | undefined): number => (starter ? PEAK_RATE * 0.75 : PEAK_RATE);
  const process = (number: number): Run => {
    const parameters = initialProcess(DEFAULT_PROCESS_SHAPE, table.skills.length, random);
    const trainee = processTrainee(parameters, DEFAULT_PROCESS_SHAPE);
    return { trainee, episodes, peakRate: PEAK_RATE, anyLearner: `neural process ${number}` };
  };
  return [
    { trainee: phiTrainee(initial(table.skills.length, begin), shape, learner), episodes, peakRate: rate(begin) },
    {
      trainee: phiTrainee(initial(0, task.starter), shape, learner),
      episodes: episodes.map((each) => ({ ...each, factorOffset: -1 })),
      peakRate: rate(task.starter),
    },
    // They have no starter to begin from.
    ...(many ? Array.from({ length: PROCESSES }, (_, number) => process(number)) : []),
  ];
}

export const NO_EFFECTS = new Float64Array(0);

/** The rows of A after the first: how the profile moves a student's start, at first their ability alone. */
function addProfile(startWeights: Float32Array, effects: Float64Array, size: number): void {
  effects.forEach((effect, column) => (startWeights[(column + 1) * size] = effect));
}

/** Effects of the profile on ability, from the students that train. */
export function profileEffects(
  { table, course }: Episode,
  profiles: readonly Float64Array[],
  kept: (student: number) => boolean,
): Float64Array {
  const students = table.students.map((_, student) => student).filter(kept);
  const abilities = students.map((student) => {
    const answers = [...answersOf(table, student)].map((answer) => ({ ...answer, skills: table.skillSets[answer.set]! }));
    return standingOf(course.calibration, answers).ability;
  });
  return fitProfileEffects(
    students.map((student) => profiles[student]!),
    abilities,
  );
}

/** With this many students, what was trained on them counts as much as what was known before. */
const TRUSTED_STUDENTS = 300;

/** What may take part in the joint forecast, and each one's share before evidence. */
export interface Candidates {
  readonly members: readonly TrainedMember[];
  /** Sum to 1. */
  readonly prior: readonly number[];
}

/**
 * The closed form, the shipped starter, what was trained here. Before evidence, the trained ones' share grows with the students behind them.
 * @param simple further models that are fitted and not learned
 * @param students behind what was trained
 */
export function candidatesOf(
  task: SchoolTask,
  trained: readonly TrainedMember[],
  simple: readonly TrainedMember[],
  students: number,
  effects: Float64Array,
): Candidates {
  const known: TrainedMember[] = [{ weight: 1, kind: 'closed', profileEffects: [...effects] }];
  if (task.starter && task.studentModel !== 'network')
    known.push({ weight: 1, kind: 'phi', ...plainStarter(task.starter, effects) });
  known.push(...simple);
  const share = trained.length > 0 ? students / (students + TRUSTED_STUDENTS) : 0;
  return {
    members: [...known, ...trained],
    prior: [...known.map(() => (1 - share) / known.length), ...trained.map(() => share / trained.length)],
  };
}

/** Each member with its share; those without one are left out. */
export const withShares = (members: readonly TrainedMember[], shares: readonly number[]): TrainedMember[] =>
  members.map((member, index) => ({ ...member, weight: shares[index]! })).filter(({ weight }) => weight > 0);

/** The starter as a member knows nothing of this course's skills, but what its profiles say of ability. */
function plainStarter({ shape, parameters }: Starter, effects: Float64Array): { shape: ModelShape; parameters: ModelParameters } {
  const size = shape.factors + 1;
  const startWeights = new Float32Array((1 + effects.length) * size);
  startWeights.set(parameters.startWeights.subarray(0, size));
  addProfile(startWeights, effects, size);
  return {
    shape: { ...shape, covariates: 1 + effects.length },
    parameters: { ...parameters, startWeights, skillFactors: new Float32Array(0) },
  };
}
