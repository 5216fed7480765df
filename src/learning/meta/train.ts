import type { CourseMap, StudentProfile } from '../../shared/domain.ts';
import { CancelledError, PathlightError } from '../../shared/errors.ts';
import { createMember } from '../members.ts';
import type { TrainedMember } from '../members.ts';
import { createRandom, hashText } from '../random.ts';
import { linkSkills } from '../responses.ts';
import { sampleTask } from '../sample-students.ts';
import type { Member } from '../student-model/member.ts';
import { chooseProfileColumns, encodeProfile } from '../student-model/profile.ts';
import type { ProfileColumn } from '../student-model/profile.ts';
import { questionSets } from '../trained-model.ts';
import type { TrainedModel, TrainingCurvePoint } from '../trained-model.ts';
import { workBeside } from './beside.ts';
import type { BesideTask, BesideWork } from './beside.ts';
import { SHORTEST_TASK, trainableStudents } from './episodes.ts';
import { fitBaselines } from './fit-baselines.ts';
import type { FittedBaselines } from './fit-baselines.ts';
import { judgeBesideBaselines } from './judge-baselines.ts';
import type { Ensemble } from './judge-baselines.ts';
import { createJudge, lastingPart } from './judge.ts';
import type { Judge } from './judge.ts';
import type { StepCompiler } from './meta-loss.ts';
import { STUDENTS_FOR_ALL_STEPS, withShares } from './school-members.ts';
import type { SchoolTask } from './school-members.ts';
import type { SharedWork } from './shared-work.ts';
import type { RunHelp, TrainedRun } from './train-members.ts';
import { trainBeside, trainParts } from './train-parts.ts';
import type { PartsTask } from './train-parts.ts';
import { PRIOR_STRENGTH, weighMembers } from './weigh.ts';

export interface TrainingProgress {
  readonly stage: 'preparing' | 'meta-training' | 'judging';
  /** 0 to 1 over the whole training. */
  readonly fraction: number;
  readonly point?: TrainingCurvePoint;
}

export interface TrainingTask extends SchoolTask {
  readonly courseMap: CourseMap;
  readonly seed: number;
  readonly backend: string;
  /** Profile of each student of the table, where known. */
  readonly profiles?: readonly (StudentProfile | undefined)[] | undefined;
  readonly steps?: number | undefined;
  readonly beta?: number | undefined;
  /** Compare with DKT too, which takes longer than all other baselines together. */
  readonly dkt?: boolean | undefined;
  readonly compiler?: StepCompiler | undefined;
  /** Of trainings by other learners on the same students. */
  readonly share?: SharedWork | undefined;
  /** Of a process that trains by trainOtherRuns. */
  readonly help?: RunHelp | undefined;
  /** Works out on another core what needs no tensors; where left out, it is done after the steps. */
  readonly beside?: ((task: BesideTask, onProgress: (fraction: number) => void) => BesideWork) | undefined;
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Asked between steps; true stops with CancelledError. May wait, so that messages get in. */
  readonly shouldStop?: (() => boolean | Promise<boolean>) | undefined;
}

const DEFAULT_STEPS = 1000;
/** Of each student model where many students teach four of them: as good as 1,000, in less than a minute (docs/decisions/0008). */
const STEPS_OF_MANY = 800;
/** Progress: until the first step, until the last one, until all are judged. */
const BEGUN = 0.05;
const TRAINED = 0.92;
const JUDGED = 0.98;

/** Students who taught and the recalibration is fitted to, beside those held back. */
const MOST_TAUGHT = 600;
/** Shares are held at what is assumed before evidence more strongly where those who judge sat in the same classes as those who taught. */
const CROSS_VALIDATED_STRENGTH = 20;

function defaultSteps(trainable: number, studentModel: SchoolTask['studentModel']): number {
  if (trainable >= STUDENTS_FOR_ALL_STEPS) return studentModel === 'network' ? DEFAULT_STEPS : STEPS_OF_MANY;
  return Math.round(DEFAULT_STEPS * Math.max(0.15, trainable / STUDENTS_FOR_ALL_STEPS));
}

/** What a school's training learns from: of a very large school a sample of its students, and what its map says of the skills. */
export function schoolTask<Task extends Pick<TrainingTask, 'table' | 'courseMap' | 'profiles'>>(whole: Task): Task {
  return sampleTask({ ...whole, table: { ...whole.table, links: linkSkills(whole.table.skills, whole.courseMap) } });
}

/** A school's student models, trained and weighed. */
export interface TaughtSchool {
  readonly judge: Judge;
  readonly ensemble: Ensemble;
  /** All that was trained, whether or not it takes part. */
  readonly trained: readonly TrainedMember[];
  readonly profile: readonly ProfileColumn[];
  /** Of each student model, and the one of each that is kept. */
  readonly steps: number;
  readonly keptSteps: readonly number[];
  readonly crossValidated: boolean;
  readonly curve: readonly TrainingCurvePoint[];
}

/** Is there work for a second process in it? Its answer is the same on every machine. */
export const worthHelp = (task: Pick<TrainingTask, 'table' | 'studentModel'>): boolean =>
  task.studentModel !== 'network' && trainableStudents(task.table).length >= STUDENTS_FOR_ALL_STEPS;

/**
 * Trains at the same time in another process what no learner has a part in of a school's training, for `help` there.
 * @param whole the same as there
 * @throws as teachSchool
 */
export async function trainOtherRuns(whole: TrainingTask, onTrained: (begun: string, run: TrainedRun) => void): Promise<void> {
  await trainBeside(partsTask(schoolTask(whole)).parts, onTrained);
}

/** @throws PathlightError `too-few-students` */
function partsTask(task: TrainingTask): { columns: ProfileColumn[]; parts: PartsTask } {
  const { table } = task;
  const trainable = trainableStudents(table).length;
  if (trainable < 2)
    throw new PathlightError(
      'too-few-students',
      `Meta-training needs at least 2 students with ${SHORTEST_TASK} or more answers; there are ${trainable}. Import more answers.`,
      { students: trainable, answers: SHORTEST_TASK },
    );
  const columns = chooseProfileColumns(task.profiles ?? []);
  const profiles =
    columns.length > 0 ? table.students.map((_, student) => encodeProfile(columns, task.profiles?.[student])) : undefined;
  const check = async (): Promise<void> => {
    if (await task.shouldStop?.()) throw new CancelledError();
  };
  const steps = task.steps ?? defaultSteps(trainable, task.studentModel);
  return { columns, parts: { ...task, profiles, trainable, steps, check, onProgress: () => undefined } };
}

/**
 * Meta-trains on past students: what the course's questions are like in closed form, then by the given learner two student models apart from each
 * other, one that knows the course's skills and one that does not (or one network), and of many students two neural processes. Students who trained nothing decide what takes part in the joint
 * forecast: some who are held back, who also decide which step is kept; of few students each fifth in turn (docs/decisions/0008).
 * @param task as schoolTask gives it
 * @throws PathlightError `too-few-students` where fewer than two students have five answers; CancelledError
 */
export async function teachSchool(task: TrainingTask): Promise<TaughtSchool> {
  task.onProgress?.({ stage: 'preparing', fraction: 0 });
  const { columns, parts: asked } = partsTask(task);
  const school = await trainParts({
    ...asked,
    onProgress: (fraction, point) =>
      task.onProgress?.({
        stage: 'meta-training',
        fraction: BEGUN + (TRAINED - BEGUN) * fraction,
        ...(point ? { point } : {}),
      }),
  });
  const { candidates, parts, crossValidated, curve } = school;
  const judge = createJudge(parts);
  const logits = judge.logits(parts.map(({ members }) => members.map(createMember)));
  const shares = weighMembers(logits, candidates.prior, crossValidated ? CROSS_VALIDATED_STRENGTH : PRIOR_STRENGTH);
  // Those who taught are many more than those held back, and the correction is small: its chance error must be smaller.
  const lasting = createJudge([...parts, ...school.taught.map((part) => lastingPart(part, MOST_TAUGHT / school.taught.length))]);
  const ensemble = {
    lastingLogits: crossValidated
      ? undefined
      : ([members]: readonly (readonly Member[])[]) => lasting.lastingLogits(lasting.parts.map(() => members!)),
    byPart: parts.map(({ members }) => withShares(members, shares)),
    final: withShares(candidates.members, shares),
  };
  const { trained, keptSteps } = school;
  return { judge, ensemble, trained, profile: columns, steps: asked.steps, keptSteps, crossValidated, curve };
}

/**
 * Trains a school's model (see teachSchool) and judges it beside the published models. Course knowledge and practice effects rest on all students; of a
 * very large school on a sample (docs/decisions/0010).
 * @throws as teachSchool
 */
export async function trainModel(whole: TrainingTask): Promise<TrainedModel> {
  const task = schoolTask(whole);
  const { table, courseMap, seed, shouldStop } = task;
  const onAnswers = { table, courseMap, seed };
  let waiting = false;
  const onProgress = (fraction: number): void => {
    if (waiting) task.onProgress?.({ stage: 'judging', fraction: TRAINED + (JUDGED - TRAINED) * fraction });
  };
  const beside = task.beside?.(onAnswers, onProgress);
  // Its failure is told where the result is waited for.
  beside?.result.catch(() => undefined);
  try {
    const school = await teachSchool(task);
    waiting = true;
    onProgress(0);
    const { baselines, course, practice, dynamics } = await (beside?.result ?? workBeside(onAnswers, { shouldStop, onProgress }));
    const { judge, ensemble, keptSteps, crossValidated } = school;
    const fitted = task.dkt ? await withDkt(baselines, task, judge) : baselines;
    const random = createRandom(hashText(`${seed}:judge`));
    const judged = judgeBesideBaselines({ table, judge, ensemble, fitted }, (...asked) =>
      judge.metrics(judge.forecasts(...asked), random, school.curve),
    );
    if (await shouldStop?.()) throw new CancelledError();
    return {
      learner: task.learner,
      studentModel: task.studentModel ?? 'phi',
      seed,
      backend: task.backend,
      vocabulary: {
        questions: table.questions,
        skills: table.links?.skills ?? table.skills,
        skillSets: table.skillSets,
        questionSet: questionSets(table),
      },
      courseMap,
      members: judged.members,
      recalibration: judged.recalibration,
      baselines: fitted.final,
      profile: school.profile,
      course,
      practice,
      ...(dynamics ? { dynamics } : {}),
      provenance: {
        students: table.students.length,
        heldBackStudents: crossValidated ? 0 : judge.students.length,
        crossValidatedStudents: crossValidated ? judge.students.length : 0,
        answers: table.question.length,
        questions: table.questions.length,
        skills: table.skills.length,
        start: task.starter ? 'starter' : 'scratch',
        steps: school.steps * keptSteps.length,
        keptStep: Math.max(...keptSteps),
      },
      metrics: { ...judged.metrics, adopted: judged.adopted },
    };
  } finally {
    beside?.stop();
  }
}

/** It is trained on the tensor backend, where the steps were. */
async function withDkt(quick: FittedBaselines, task: TrainingTask, judge: Judge): Promise<FittedBaselines> {
  const dkt = await fitBaselines({
    ...task,
    names: ['dkt'],
    judges: judge.parts.map(({ students }) => students),
    onProgress: undefined,
  });
  return { byPart: quick.byPart.map((part, index) => [...part, ...dkt.byPart[index]!]), final: [...quick.final, ...dkt.final] };
}
