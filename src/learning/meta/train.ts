import type { CourseMap, StudentProfile } from '../../shared/domain.ts';
import { CancelledError, PathlightError } from '../../shared/errors.ts';
import { createMember } from '../members.ts';
import type { Member } from '../student-model/member.ts';
import type { TrainedMember } from '../members.ts';
import { createRandom, hashText } from '../random.ts';
import { linkSkills, tableSequences } from '../responses.ts';
import { sampleTask } from '../sample-students.ts';
import { knowledgeColumns, learnCourse } from '../student-model/course.ts';
import { learnDynamics } from '../planning/planner-course.ts';
import { fitPractice } from '../student-model/practice.ts';
import { chooseProfileColumns, encodeProfile } from '../student-model/profile.ts';
import { prerequisiteIndex, questionSets } from '../trained-model.ts';
import type { TrainedModel, TrainingCurvePoint } from '../trained-model.ts';
import { SHORTEST_TASK, trainableStudents } from './episodes.ts';
import { judgeBesideBaselines } from './judge-baselines.ts';
import { createJudge, lastingPart } from './judge.ts';
import type { StepCompiler } from './meta-loss.ts';
import { STUDENTS_FOR_ALL_STEPS, withShares } from './school-members.ts';
import type { SchoolTask } from './school-members.ts';
import { trainParts } from './train-parts.ts';
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
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Handed the members that were trained here, whether or not they take part in the joint forecast. */
  readonly onTrained?: ((members: readonly TrainedMember[]) => void) | undefined;
  /** Asked between steps; true stops with CancelledError. May wait, so that messages get in. */
  readonly shouldStop?: () => boolean | Promise<boolean>;
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
/** Students that the dynamics of the course are fitted to. */
const MOST_FOR_DYNAMICS = 150;
/** Shares are held at what is assumed before evidence more strongly where those who judge sat in the same classes as those who taught. */
const CROSS_VALIDATED_STRENGTH = 20;

function defaultSteps(trainable: number, studentModel: SchoolTask['studentModel']): number {
  if (trainable >= STUDENTS_FOR_ALL_STEPS) return studentModel === 'network' ? DEFAULT_STEPS : STEPS_OF_MANY;
  return Math.round(DEFAULT_STEPS * Math.max(0.15, trainable / STUDENTS_FOR_ALL_STEPS));
}

/**
 * Meta-trains on past students: what the course's questions are like in closed form, then by the given learner two student models apart from each
 * other, one that knows the course's skills and one that does not (or one network), and of many students two neural processes. Students who trained nothing decide what takes part in the joint
 * forecast and judge it (docs/decisions/0008): some who are held back, who also decide which step is kept; of few students each fifth in turn.
 * Course knowledge and practice effects rest on all students; of a very large school on a sample (docs/decisions/0010).
 * @throws PathlightError `too-few-students` where fewer than two students have five answers; CancelledError
 */
export async function trainModel(whole: TrainingTask): Promise<TrainedModel> {
  const links = linkSkills(whole.table.skills, whole.courseMap);
  const task = sampleTask({ ...whole, table: { ...whole.table, links } });
  const { table, seed } = task;
  const trainable = trainableStudents(table).length;
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
  const columns = chooseProfileColumns(task.profiles ?? []);
  const encoded =
    columns.length > 0 ? table.students.map((_, student) => encodeProfile(columns, task.profiles?.[student])) : undefined;
  const steps = task.steps ?? defaultSteps(trainable, task.studentModel);
  const school = await trainParts({
    ...task,
    profiles: encoded,
    trainable,
    steps,
    check,
    onProgress: (fraction, point) =>
      task.onProgress?.({
        stage: 'meta-training',
        fraction: BEGUN + (TRAINED - BEGUN) * fraction,
        ...(point ? { point } : {}),
      }),
  });
  task.onTrained?.(school.trained);
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
  const random = createRandom(hashText(`${seed}:judge`));
  task.onProgress?.({ stage: 'judging', fraction: TRAINED });
  const judged = await judgeBesideBaselines(task, table, judge, ensemble, random, curve, (fraction) =>
    task.onProgress?.({ stage: 'judging', fraction: TRAINED + (JUDGED - TRAINED) * fraction }),
  );
  await check();
  const course = parts.length === 1 ? learnCourse(table) : school.episode.course;
  const knowledge = knowledgeColumns(table, course, () => true);
  task.onProgress?.({ stage: 'judging', fraction: JUDGED });
  const dynamics = learnDynamics(task.courseMap, tableSequences(table, MOST_FOR_DYNAMICS));
  await check();
  return {
    learner: task.learner,
    studentModel: task.studentModel ?? 'phi',
    seed,
    backend: task.backend,
    vocabulary: {
      questions: table.questions,
      skills: links?.skills ?? table.skills,
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
    ...(dynamics ? { dynamics } : {}),
    provenance: {
      students: table.students.length,
      heldBackStudents: crossValidated ? 0 : judge.students.length,
      crossValidatedStudents: crossValidated ? judge.students.length : 0,
      answers: table.question.length,
      questions: table.questions.length,
      skills: table.skills.length,
      start: task.starter ? 'starter' : 'scratch',
      steps: steps * school.keptSteps.length,
      keptStep: Math.max(...school.keptSteps),
    },
    metrics: judged.metrics,
  };
}
