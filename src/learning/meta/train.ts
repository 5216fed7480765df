import type { CourseMap, StudentProfile } from '../../shared/domain.ts';
import { CancelledError, PathlightError } from '../../shared/errors.ts';
import { createMember } from '../members.ts';
import type { TrainedMember } from '../members.ts';
import { findNetworkLearner } from '../network/learners.ts';
import { DEFAULT_NETWORK_SHAPE, initialNetworkParameters } from '../network/parameters.ts';
import { networkTrainee } from '../network/trainee.ts';
import { createRandom, hashText } from '../random.ts';
import type { Random } from '../random.ts';
import type { ResponseTable } from '../responses.ts';
import { standingOf } from '../student-model/calibration.ts';
import { knowledgeColumns, learnCourse } from '../student-model/course.ts';
import { copyParameters, DEFAULT_SHAPE, initialFactors, initialParameters, initialPrompts } from '../student-model/parameters.ts';
import type { ModelParameters, ModelShape, SharedParameters } from '../student-model/parameters.ts';
import { fitPractice } from '../student-model/practice.ts';
import { chooseProfileColumns, encodeProfile, fitProfileEffects } from '../student-model/profile.ts';
import { answersOf } from '../student-model/statistics.ts';
import { prerequisiteIndex, questionSets } from '../trained-model.ts';
import type { TrainedModel, TrainingCurvePoint } from '../trained-model.ts';
import { createEpisode, foldEpisodes, SHORTEST_TASK } from './episodes.ts';
import type { Episode } from './episodes.ts';
import { judgeBesideBaselines } from './judge-baselines.ts';
import { createJudge } from './judge.ts';
import type { Judge } from './judge.ts';
import { DEFAULT_BETA, findLearner } from './learner.ts';
import type { LearnerName } from './learner.ts';
import { eagerly } from './meta-loss.ts';
import type { StepCompiler } from './meta-loss.ts';
import { optimise } from './optimise.ts';
import { phiTrainee } from './trainee.ts';
import { weighMembers } from './weigh.ts';
import type { Trainee } from './trainee.ts';

export interface TrainingProgress {
  readonly stage: 'preparing' | 'meta-training' | 'judging';
  /** 0 to 1 over the whole training. */
  readonly fraction: number;
  readonly point?: TrainingCurvePoint;
}

/** Which student model is fitted: φ over a backbone, or every weight of a small network. */
export type StudentModelName = 'phi' | 'network';

export interface Starter {
  readonly shape: ModelShape;
  readonly parameters: SharedParameters;
}

export interface TrainingTask {
  readonly table: ResponseTable;
  readonly courseMap: CourseMap;
  readonly learner: LearnerName;
  readonly studentModel?: StudentModelName | undefined;
  readonly seed: number;
  readonly backend: string;
  /** Parameters to start from; without them, from scratch. */
  readonly starter?: Starter | undefined;
  /** Profile of each student of the table, where known. */
  readonly profiles?: readonly (StudentProfile | undefined)[] | undefined;
  readonly steps?: number | undefined;
  readonly beta?: number | undefined;
  /** Compare with DKT too, which takes longer than all other baselines together. */
  readonly dkt?: boolean | undefined;
  readonly compiler?: StepCompiler | undefined;
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Handed the members that were trained here, whether or not they take part in the joint forecast. */
  readonly onTrained?: ((members: readonly TrainedMember[]) => void) | undefined;
  /** Asked between steps; true stops with CancelledError. May wait, so that messages get in. */
  readonly shouldStop?: () => boolean | Promise<boolean>;
}

const PEAK_RATE = 3e-3;
/** Parts that a school's students are asked in, each from difficulties that the others give. */
const FOLDS = 5;
const CHECK_EVERY = 100;
const DEFAULT_STEPS = 1000;
/** With this many students a training takes all its steps; with fewer, fewer. */
const STUDENTS_FOR_ALL_STEPS = 400;
/** Share of students held back: enough to judge by, no more. */
const HELD_BACK_SHARE = 0.15;
const ENOUGH_HELD_BACK = 240;
/** Below this number of students nobody is held back: every answer is needed. */
const FEWEST_TO_HOLD_BACK = 20;

/** Is this student held back from training, to judge it by? Decided by the id alone, so that it stays the same as a class grows. */
const isHeldBack = (student: string, seed: number, share: number): boolean => hashText(`${seed}:${student}`) / 4294967296 < share;

/**
 * Meta-trains on past students: what the course's questions are like in closed form, then two student models apart from each other, one that
 * knows the course's skills and one that does not, by the given learner. Each is kept from the step that forecasts held-back students best, and
 * of the two alone and together the best is kept. Course knowledge and practice effects of the result rest on all students.
 * @throws PathlightError `too-few-students` where fewer than two students have five answers; CancelledError
 */
export async function trainModel(task: TrainingTask): Promise<TrainedModel> {
  const { table, seed } = task;
  const random = createRandom(seed);
  const lengths = table.students.map((_, student) => table.start[student + 1]! - table.start[student]!);
  const trainable = lengths.filter((length) => length >= SHORTEST_TASK).length;
  if (trainable < 2)
    throw new PathlightError(
      'too-few-students',
      `Meta-training needs at least 2 students with ${SHORTEST_TASK} or more answers; there are ${trainable}. Import more answers.`,
      { students: trainable, answers: SHORTEST_TASK },
    );
  const check = async (): Promise<void> => {
    if (await task.shouldStop?.()) throw new CancelledError();
  };
  task.onProgress?.({ stage: 'preparing', fraction: 0 });
  const share = Math.min(HELD_BACK_SHARE, Math.max(0.05, ENOUGH_HELD_BACK / trainable));
  const heldBack = table.students.map(
    (student, index) => trainable >= FEWEST_TO_HOLD_BACK && lengths[index]! >= SHORTEST_TASK && isHeldBack(student, seed, share),
  );
  const kept = (student: number): boolean => !heldBack[student]!;
  const columns = chooseProfileColumns(task.profiles ?? []);
  const encoded =
    columns.length > 0 ? table.students.map((_, student) => encodeProfile(columns, task.profiles?.[student])) : undefined;
  const episode = createEpisode(table, kept, kept, 0, undefined, encoded);
  const folds = foldEpisodes(episode, kept, FOLDS);
  const judge = createJudge(episode, heldBack);
  const steps = task.steps ?? Math.round(DEFAULT_STEPS * Math.min(1, Math.max(0.15, trainable / STUDENTS_FOR_ALL_STEPS)));

  const effects = encoded ? profileEffects(episode, encoded, kept) : NO_EFFECTS;
  const runs = traineesOf(task, folds, effects, random);
  const curve: TrainingCurvePoint[] = [];
  const results: Kept[] = [];
  for (const [index, run] of runs.entries()) {
    const from = index / runs.length;
    results.push(
      await trainMember(run, task, judge, steps, random, check, (fraction, point) => {
        if (point) curve.push({ ...point, step: point.step + index * steps });
        const last = point ? { point: curve.at(-1)! } : {};
        task.onProgress?.({ stage: 'meta-training', fraction: 0.05 + 0.87 * (from + fraction / runs.length), ...last });
      }),
    );
  }
  task.onTrained?.(results.map(({ member }) => member));
  const together = putTogether(task, results, judge, trainable, effects);
  task.onProgress?.({ stage: 'judging', fraction: 0.93 });
  const judged = await judgeBesideBaselines(task, episode, judge, together, random, curve, (fraction) =>
    task.onProgress?.({ stage: 'judging', fraction: 0.93 + 0.05 * fraction }),
  );
  await check();
  const course = heldBack.some(Boolean) ? learnCourse(table) : episode.course;
  const knowledge = knowledgeColumns(table, course, () => true);
  task.onProgress?.({ stage: 'judging', fraction: 0.98 });
  return {
    learner: task.learner,
    studentModel: task.studentModel ?? 'phi',
    seed,
    backend: task.backend,
    vocabulary: {
      questions: table.questions,
      skills: table.skills,
      skillSets: table.skillSets,
      questionSet: questionSets(table),
    },
    courseMap: task.courseMap,
    members: judged.members,
    recalibration: judged.recalibration,
    baselines: judged.baselines,
    profile: columns,
    course,
    practice: fitPractice(table, knowledge.rows, prerequisiteIndex(task.courseMap, table.skills)),
    provenance: {
      students: table.students.length,
      heldBackStudents: heldBack.filter(Boolean).length,
      answers: table.question.length,
      questions: table.questions.length,
      skills: table.skills.length,
      start: task.starter ? 'starter' : 'scratch',
      steps: steps * runs.length,
      keptStep: Math.max(...results.map(({ step }) => step)),
    },
    metrics: judged.metrics,
  };
}

interface Run {
  readonly trainee: Trainee;
  readonly episodes: readonly Episode[];
  readonly peakRate: number;
}

/** The student models that a training trains. */
function traineesOf(task: TrainingTask, folds: readonly Episode[], effects: Float64Array, random: Random): Run[] {
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
  const begin = folds.reduce((sum, { tasks }) => sum + tasks.length, 0) >= STUDENTS_FOR_ALL_STEPS ? undefined : task.starter;
  const rate = (starter: Starter | undefined): number => (starter ? PEAK_RATE * 0.75 : PEAK_RATE);
  return [
    { trainee: phiTrainee(initial(table.skills.length, begin), shape, learner), episodes: folds, peakRate: rate(begin) },
    {
      trainee: phiTrainee(initial(0, task.starter), shape, learner),
      episodes: folds.map((each) => ({ ...each, factorOffset: -1 })),
      peakRate: rate(task.starter),
    },
  ];
}

const NO_EFFECTS = new Float64Array(0);

/** The rows of A after the first: how the profile moves a student's start, at first their ability alone. */
function addProfile(startWeights: Float32Array, effects: Float64Array, size: number): void {
  effects.forEach((effect, column) => (startWeights[(column + 1) * size] = effect));
}

/** Effects of the profile on ability, from the students that train. */
function profileEffects(
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

interface Kept {
  readonly step: number;
  readonly loss: number | null;
  readonly member: TrainedMember;
}

async function trainMember(
  { trainee, episodes, peakRate }: Run,
  task: TrainingTask,
  judge: Judge,
  steps: number,
  random: Random,
  check: () => Promise<void>,
  onProgress: (fraction: number, point?: TrainingCurvePoint) => void,
): Promise<Kept> {
  const judged = (step: number): Kept => {
    const member = trainee.snapshot();
    return { step, loss: judge.loss(createMember(member)), member };
  };
  let best = judged(0);
  let running = 0;
  await check();
  await optimise({
    trainee,
    stage: { beta: task.beta ?? DEFAULT_BETA, compiler: task.compiler ?? eagerly },
    steps,
    peakRate,
    random,
    nextEpisode: () => random.choice(episodes),
    afterStep: async (step, direction) => {
      running = step === 0 ? direction.queryLoss : running + 0.05 * (direction.queryLoss - running);
      const fraction = (step + 1) / steps;
      if ((step + 1) % CHECK_EVERY === 0 || step + 1 === steps) {
        const now = judged(step + 1);
        if (now.loss === null || best.loss === null || now.loss < best.loss) best = now;
        onProgress(fraction, { step: step + 1, loss: running, heldBackLoss: now.loss });
      } else if ((step + 1) % 10 === 0) onProgress(fraction);
      await check();
    },
  });
  return best;
}

/** With this many students, what was trained on them counts as much as what was known before. */
const TRUSTED_STUDENTS = 300;

/**
 * The closed form, the shipped starter and what was trained here, each with its share in the joint forecast. Before evidence, the trained ones'
 * share grows with the students behind them; held-back students then decide. Where training does not pay, it is left out.
 */
function putTogether(
  task: TrainingTask,
  results: readonly Kept[],
  judge: Judge,
  students: number,
  effects: Float64Array,
): TrainedMember[] {
  const trained = results.filter(({ step }) => step > 0).map(({ member }) => member);
  const known: TrainedMember[] = [{ weight: 1, kind: 'closed', profileEffects: [...effects] }];
  if (task.starter && task.studentModel !== 'network')
    known.push({ weight: 1, kind: 'phi', ...plainStarter(task.starter, effects) });
  const share = trained.length > 0 ? students / (students + TRUSTED_STUDENTS) : 0;
  const all = [...known, ...trained];
  const prior = [...known.map(() => (1 - share) / known.length), ...trained.map(() => share / trained.length)];
  const shares = weighMembers(judge.logits(all.map(createMember)), prior);
  return all.map((member, index) => ({ ...member, weight: shares[index]! })).filter(({ weight }) => weight > 0);
}

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
