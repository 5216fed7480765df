import type { CourseMap } from '../../shared/domain.ts';
import type { BaselineName } from '../baselines/baseline.ts';
import { createMember } from '../members.ts';
import type { TrainedMember } from '../members.ts';
import { fitBaseline, fitBaselines, QUICK_BASELINES } from '../meta/fit-baselines.ts';
import { judgeBesideBaselines } from '../meta/judge-baselines.ts';
import type { LearnerName } from '../meta/learner-names.ts';
import type { StepCompiler } from '../meta/meta-loss.ts';
import type { Starter, StudentModelName } from '../meta/school-members.ts';
import { createSharedWork } from '../meta/shared-work.ts';
import type { SharedWork } from '../meta/shared-work.ts';
import { schoolTask, teachSchool } from '../meta/train.ts';
import type { TrainingTask } from '../meta/train.ts';
import { createRandom, hashText } from '../random.ts';
import type { ResponseTable } from '../responses.ts';
import { knowledgeColumns, learnCourse } from '../student-model/course.ts';
import type { CourseKnowledge } from '../student-model/course.ts';
import type { Recalibration } from '../student-model/recalibration.ts';
import { ensembleForecaster } from './forecasters.ts';
import { forecastWindows } from './protocol.ts';
import type { Forecaster, WindowForecasts } from './protocol.ts';
import { meanLogLosses } from './report.ts';

/** A learner over a student model. */
export interface LearnerChoice {
  readonly learner: LearnerName;
  readonly studentModel: StudentModelName;
}

export interface ComparisonTask {
  /** Past students: all that is trained, all settings that are chosen. */
  readonly table: ResponseTable;
  /** New students, who only judge; the vocabulary begins with the table's. */
  readonly validation: ResponseTable;
  readonly courseMap: CourseMap;
  readonly learners: readonly LearnerChoice[];
  readonly baselines: readonly BaselineName[];
  /** Support sizes. */
  readonly after: readonly number[];
  readonly seed: number;
  readonly backend: string;
  readonly starter?: Starter | undefined;
  readonly compiler?: StepCompiler | undefined;
  /** Milliseconds. */
  readonly clock: () => number;
  /** @param fraction 0 to 1 over all models @param model the one at work */
  readonly onProgress?: ((fraction: number, model: string) => void) | undefined;
  readonly shouldStop?: (() => boolean | Promise<boolean>) | undefined;
}

/**
 * `whole`: what a training with this learner gives and the product uses, all members together. `trained-part`: only the members that the
 * learner trained, without the closed form, the starter, an adopted baseline and the recalibration.
 */
export type ComparedKind = 'whole' | 'trained-part' | 'baseline';

export interface ComparedModel {
  readonly name: string;
  readonly kind: ComparedKind;
  /** Seconds of training, choice of settings included. */
  readonly seconds: number;
  /** Weight of the members that the learner trained in the joint forecast, 0 to 1; null for a baseline. */
  readonly trainedShare: number | null;
  /** What forecasts together: `trained`, `closed`, `starter`, or a baseline that was adopted; empty for a baseline. */
  readonly members: readonly { readonly name: string; readonly weight: number }[];
  readonly windows: readonly WindowForecasts[];
}

export const nameOfLearner = ({ learner, studentModel }: LearnerChoice): string => `${learner}-${studentModel}`;
/** Of the row that shows what this learner trained by itself. */
export const aloneOf = (name: string): string => `${name} alone`;

/**
 * Trains every model on the same students and asks each the same questions of the same new ones. Every learner has a row of what it trained
 * alone, also where none of that takes part in the whole (training did not pay). What the models have in common is worked out once.
 * @throws CancelledError; what the trainings throw
 */
export async function compareModels(task: ComparisonTask): Promise<ComparedModel[]> {
  const { table, validation, seed, clock, compiler, shouldStop } = task;
  const judges = validation.students.map((_, student) => student);
  const windowsOf = (forecaster: Forecaster) => forecastWindows(validation, judges, forecaster, task.after);
  const count = task.learners.length + task.baselines.length;
  const share = createSharedWork(clock);
  /** What work would have taken without the others. */
  const timed = async <Result>(work: () => Promise<Result>): Promise<Result & { readonly seconds: number }> => {
    const began = clock() - share.spared();
    const result = await work();
    return { ...result, seconds: (clock() + share.spared() - began) / 1000 };
  };
  const result: ComparedModel[] = [];
  let done = 0;
  for (const name of task.baselines) {
    task.onProgress?.(done / count, name);
    const fit = table.students.map((_, student) => student);
    const baseline = await timed(() => fitBaseline(name, { table, fit, seed, compiler, share, shouldStop }));
    result.push({
      name,
      kind: 'baseline',
      seconds: baseline.seconds,
      trainedShare: null,
      members: [],
      windows: windowsOf(baseline.forecaster(validation)),
    });
    done++;
  }
  for (const choice of task.learners) {
    const name = nameOfLearner(choice);
    const onProgress = ({ fraction }: { readonly fraction: number }): void => task.onProgress?.((done + fraction) / count, name);
    const model = await timed(() => trainForecasts({ ...task, ...choice, share, onProgress }));
    const { seconds } = model;
    const knowledge = knowledgeColumns(validation, model.course, () => false);
    const forecast = (members: readonly TrainedMember[], recalibration?: Recalibration) =>
      windowsOf(ensembleForecaster(members.map(createMember), validation, knowledge, undefined, recalibration));
    const inUse = trainedPart(model.members, task.starter);
    const trainedShare = inUse.reduce((sum, { weight }) => sum + weight, 0);
    const members = model.members.map((member) => ({ name: nameOfMember(member, task.starter), weight: member.weight }));
    result.push({ name, kind: 'whole', seconds, trainedShare, members, windows: forecast(model.members, model.recalibration) });
    // What takes part forecasts by its shares; where training did not pay, all that was trained by even ones.
    const shown = inUse.length > 0 ? inUse : model.trained.map((member) => ({ ...member, weight: 1 }));
    const total = shown.reduce((sum, { weight }) => sum + weight, 0);
    const alone = shown.map((member) => ({ ...member, weight: member.weight / total }));
    result.push({
      name: aloneOf(name),
      kind: 'trained-part',
      seconds,
      trainedShare,
      members: alone.map(({ weight }) => ({ name: 'trained', weight })),
      windows: forecast(alone),
    });
    done++;
  }
  return result;
}

/** A school's model as far as it forecasts. */
interface ForecastingModel {
  readonly members: readonly TrainedMember[];
  readonly recalibration: Recalibration;
  readonly course: CourseKnowledge;
  /** All that was trained, whether or not it takes part. */
  readonly trained: readonly TrainedMember[];
}

/** Forecasts exactly as the model of `trainModel` with the same task; what that one needs for its report and for plans is left out. */
export async function trainForecasts(whole: TrainingTask & { readonly share: SharedWork }): Promise<ForecastingModel> {
  const task = schoolTask(whole);
  const { table, seed, share } = task;
  const { judge, ensemble, trained } = await teachSchool(task);
  const judges = judge.parts.map(({ students }) => students);
  const fitted = await fitBaselines({ ...task, names: QUICK_BASELINES, judges, onProgress: undefined });
  const random = createRandom(hashText(`${seed}:judge`));
  const { members, recalibration } = judgeBesideBaselines({ table, judge, ensemble, fitted }, (...asked) => ({
    report: { means: meanLogLosses(judge.forecasts(...asked), random) },
  }));
  return { members, recalibration, trained, course: await share.once('course', async () => learnCourse(table)) };
}

/** The members that were trained on these students. */
export function trainedPart(members: readonly TrainedMember[], starter: Starter | undefined): TrainedMember[] {
  return members.filter((member) => nameOfMember(member, starter) === 'trained');
}

function nameOfMember(member: TrainedMember, starter: Starter | undefined): string {
  switch (member.kind) {
    case 'closed':
      return 'closed';
    case 'baseline':
      return member.name;
    case 'network':
    case 'neural-process':
      return 'trained';
    case 'phi':
      return isStarter(member, starter) ? 'starter' : 'trained';
  }
}

/** The starter takes part as it was shipped; whatever is trained moves at least its largest array. */
function isStarter(member: Extract<TrainedMember, { kind: 'phi' }>, starter: Starter | undefined): boolean {
  if (!starter) return false;
  const own: Readonly<Record<string, ArrayLike<number>>> = { ...member.parameters };
  const [name, largest] = Object.entries({ ...starter.parameters } as Record<string, ArrayLike<number>>).toSorted(
    ([, a], [, b]) => b.length - a.length,
  )[0]!;
  const values = own[name];
  return values?.length === largest.length && Array.from(largest).every((value, index) => value === values[index]);
}
