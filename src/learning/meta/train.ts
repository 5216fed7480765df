import type { CourseMap, StudentProfile } from '../../shared/domain.ts';
import { CancelledError, PathlightError } from '../../shared/errors.ts';
import { createMember } from '../members.ts';
import type { TrainedMember } from '../members.ts';
import { createRandom, hashText } from '../random.ts';
import type { Random } from '../random.ts';
import { sampleTask } from '../sample-students.ts';
import { knowledgeColumns, learnCourse } from '../student-model/course.ts';
import { fitPractice } from '../student-model/practice.ts';
import { chooseProfileColumns, encodeProfile } from '../student-model/profile.ts';
import { prerequisiteIndex, questionSets } from '../trained-model.ts';
import type { TrainedModel, TrainingCurvePoint } from '../trained-model.ts';
import { createEpisode, foldEpisodes, SHORTEST_TASK } from './episodes.ts';
import { judgeBesideBaselines } from './judge-baselines.ts';
import { createJudge } from './judge.ts';
import type { Judge } from './judge.ts';
import { DEFAULT_BETA } from './learner.ts';
import { eagerly } from './meta-loss.ts';
import type { StepCompiler } from './meta-loss.ts';
import { optimise } from './optimise.ts';
import { NO_EFFECTS, profileEffects, putTogether, STUDENTS_FOR_ALL_STEPS, traineesOf } from './school-members.ts';
import type { Run, SchoolTask } from './school-members.ts';

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
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Handed the members that were trained here, whether or not they take part in the joint forecast. */
  readonly onTrained?: ((members: readonly TrainedMember[]) => void) | undefined;
  /** Asked between steps; true stops with CancelledError. May wait, so that messages get in. */
  readonly shouldStop?: () => boolean | Promise<boolean>;
}

/** Parts that a school's students are asked in, each from difficulties that the others give. */
const FOLDS = 5;
const CHECK_EVERY = 100;
const DEFAULT_STEPS = 1000;
/** Share of students held back: enough to judge by, no more. */
const HELD_BACK_SHARE = 0.15;
const ENOUGH_HELD_BACK = 240;
/** Below this number of students nobody is held back: every answer is needed. */
const FEWEST_TO_HOLD_BACK = 20;

/** Is this student held back from training, to judge it by? Decided by the id alone, so that it stays the same as a class grows. */
const isHeldBack = (student: string, seed: number, share: number): boolean => hashText(`${seed}:${student}`) / 4294967296 < share;

/**
 * Meta-trains on past students: what the course's questions are like in closed form, then by the given learner two student models apart from each
 * other, one that knows the course's skills and one that does not (or one network). Each is kept from the step that forecasts held-back students best;
 * these students also decide what takes part in the joint forecast (docs/decisions/0008). Course knowledge and practice effects rest on all students;
 * of a very large school on a sample (docs/decisions/0009).
 * @throws PathlightError `too-few-students` where fewer than two students have five answers; CancelledError
 */
export async function trainModel(whole: TrainingTask): Promise<TrainedModel> {
  const task = sampleTask(whole);
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
  const improved = results.filter(({ step }) => step > 0).map(({ member }) => member);
  const together = putTogether(task, improved, judge, trainable, effects);
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
    practice: fitPractice(table, knowledge, prerequisiteIndex(task.courseMap, table.skills)),
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
