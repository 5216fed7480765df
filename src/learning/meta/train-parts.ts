import { trainIrt } from '../baselines/irt.ts';
import type { TrainedMember } from '../members.ts';
import { createRandom, hashText } from '../random.ts';
import type { SeededRandom } from '../random.ts';
import type { ResponseTable } from '../responses.ts';
import type { TrainingCurvePoint } from '../trained-model.ts';
import { createEpisode, foldEpisodes } from './episodes.ts';
import type { Episode } from './episodes.ts';
import { createJudge } from './judge.ts';
import type { JudgedPart } from './judge.ts';
import { ENOUGH_TO_HOLD_BACK, judgingParts } from './judging-parts.ts';
import type { StepCompiler } from './meta-loss.ts';
import { candidatesOf, NO_EFFECTS, profileEffects, traineesOf } from './school-members.ts';
import type { Candidates, SchoolTask } from './school-members.ts';
import { NOT_SHARED } from './shared-work.ts';
import type { SharedWork } from './shared-work.ts';
import { bestCheck, trainHelped, trainMembers } from './train-members.ts';
import type { Checked, MembersTask, RunHelp, TrainedRun } from './train-members.ts';

/** Parts that a school's students are asked in, each from difficulties that the others give. */
const FOLDS = 5;

export interface PartsTask extends SchoolTask {
  readonly seed: number;
  /** Standardised profiles, [students]. */
  readonly profiles: readonly Float64Array[] | undefined;
  /** Students with enough answers to be a task. */
  readonly trainable: number;
  readonly steps: number;
  readonly beta?: number | undefined;
  readonly compiler?: StepCompiler | undefined;
  /** Of trainings by other learners on the same students. */
  readonly share?: SharedWork | undefined;
  readonly help?: RunHelp | undefined;
  /** Called between steps; throws to stop. */
  readonly check: () => Promise<void>;
  /** @param fraction 0 to 1 over all trainings */
  readonly onProgress: (fraction: number, point?: TrainingCurvePoint) => void;
}

/** A school's training: once for good, and once without each part of the students who judge where they judge in turn. */
export interface TrainedParts {
  /** Of what is kept: from all students but those who are held back. */
  readonly episode: Episode;
  readonly candidates: Candidates;
  /** What may take part beside the closed form and the starter, at the step that is kept; in the order of `keptSteps`. */
  readonly trained: readonly TrainedMember[];
  readonly keptSteps: readonly number[];
  /** With those who judge it; the only part is the training above where students are held back. */
  readonly parts: readonly {
    readonly episode: Episode;
    readonly students: readonly number[];
    readonly members: readonly TrainedMember[];
  }[];
  readonly crossValidated: boolean;
  /** Who taught, each in the episode that knows the questions from others: their part in the parameters is small where they are many. */
  readonly taught: readonly JudgedPart[];
  readonly curve: readonly TrainingCurvePoint[];
}

/** What was trained on some of a school's students. */
interface Trained {
  readonly episode: Episode;
  readonly folds: readonly Episode[];
  /** [runs][checks] */
  readonly runs: readonly (readonly Checked[])[];
  readonly simple: readonly TrainedMember[];
  readonly effects: Float64Array;
}

/** @throws CancelledError */
export async function trainParts(task: PartsTask): Promise<TrainedParts> {
  const { table, seed, trainable, onProgress } = task;
  const groups = judgingParts(table, seed);
  const crossValidated = groups.length > 1;
  const trainings = crossValidated ? groups.length + 1 : 1;
  const curve: TrainingCurvePoint[] = [];
  const [held] = crossValidated ? [] : groups;
  const final = await trainWithout(task, held ?? [], createRandom(seed), (fraction, point) => {
    if (point) curve.push(point);
    onProgress(fraction / trainings, point);
  });
  const parts = held ? [{ ...final, students: held as readonly number[] }] : [];
  if (crossValidated)
    for (const [part, students] of groups.entries()) {
      const random = createRandom(hashText(`${seed}:part ${part}`));
      const trained = await trainWithout(task, students, random, (fraction) => onProgress((part + 1 + fraction) / trainings));
      parts.push({ ...trained, students });
    }
  const kept = final.runs.map((checks, run) => bestCheck(parts.length > 0 ? parts.map(({ runs }) => runs[run]!) : [checks]));
  const atKept = ({ runs }: Trained): Checked[] => runs.map((checks, run) => checks[kept[run]!]!);
  const candidates = (trained: Trained): Candidates => {
    const moved = atKept(trained).flatMap(({ step, member }) => (step > 0 ? [member] : []));
    return candidatesOf(task, moved, trained.simple, trainable, trained.effects);
  };
  return {
    episode: final.episode,
    candidates: candidates(final),
    trained: atKept(final).map(({ member }) => member),
    keptSteps: atKept(final).map(({ step }) => step),
    parts: parts.map((part) => ({ episode: part.episode, students: part.students, members: candidates(part).members })),
    crossValidated,
    taught: final.folds.map((episode) => ({ episode, students: episode.tasks })),
    curve: crossValidated ? withPartsLosses(curve, parts) : curve,
  };
}

/**
 * Trains what another process leaves to this one of a training that holds students back.
 * @param task as that process trains
 * @param onTrained told of each run as soon as it stands
 * @throws CancelledError
 */
export async function trainBeside(task: PartsTask, onTrained: (begun: string, run: TrainedRun) => void): Promise<void> {
  const groups = judgingParts(task.table, task.seed);
  if (groups.length !== 1) return;
  const { members } = await prepare(task, groups[0]!, createRandom(task.seed), () => undefined);
  await trainHelped(members, onTrained);
}

/** @param out who judge it, and so teach nothing */
async function trainWithout(
  task: PartsTask,
  out: readonly number[],
  random: SeededRandom,
  onProgress: MembersTask['onProgress'],
): Promise<Trained> {
  const { kept, members, ...prepared } = await prepare(task, out, random, onProgress);
  const { table, trainable, seed } = task;
  return {
    ...prepared,
    runs: await trainMembers(members),
    // It reads neither a profile nor the map, so that it would dilute what they say.
    simple: trainable < ENOUGH_TO_HOLD_BACK && prepared.effects.length === 0 && !table.links ? [irtOf(table, kept, seed)] : [],
  };
}

/** What comes before the steps: difficulties of the course and of its folds, and the student models as they begin. */
async function prepare(
  task: PartsTask,
  out: readonly number[],
  random: SeededRandom,
  onProgress: MembersTask['onProgress'],
): Promise<Pick<Trained, 'episode' | 'folds' | 'effects'> & { kept: (student: number) => boolean; members: MembersTask }> {
  const { table, profiles, steps, beta, compiler, share = NOT_SHARED, help, check } = task;
  const outside = new Set(out);
  const kept = (student: number): boolean => !outside.has(student);
  const { episode, folds } = await share.once(`episodes without ${out.join()}`, async () => {
    const whole = createEpisode(table, kept, kept, 0, undefined, profiles);
    return { episode: whole, folds: foldEpisodes(whole, kept, FOLDS) };
  });
  const effects = profiles ? profileEffects(episode, profiles, kept) : NO_EFFECTS;
  const judge = createJudge([{ episode, students: out }]);
  const runs = traineesOf(task, folds, effects, random);
  return {
    episode,
    folds,
    effects,
    kept,
    members: { runs, steps, random, beta, compiler, share, help, judge, check, onProgress },
  };
}

/** Plain IRT as a member: where few students teach, simple models err apart from each other and are better together. */
function irtOf(table: ResponseTable, kept: (student: number) => boolean, seed: number): TrainedMember {
  const fit = table.students.map((_, student) => student).filter(kept);
  return {
    weight: 1,
    kind: 'baseline',
    name: 'irt',
    parameters: trainIrt({ table, fit, seed }).parameters,
    skillSets: table.skillSets,
  };
}

/** The curve of the training on all students, with the loss on those whom the other trainings had not seen. */
function withPartsLosses(curve: readonly TrainingCurvePoint[], parts: readonly Trained[]): TrainingCurvePoint[] {
  const losses = parts[0]!.runs.flatMap((checks, run) =>
    checks.slice(1).map((_, at) => {
      const found = parts.flatMap(({ runs }) => runs[run]![at + 1]!.loss ?? []);
      return found.length > 0 ? found.reduce((sum, loss) => sum + loss, 0) / found.length : null;
    }),
  );
  return curve.map((point, index) => ({ ...point, heldBackLoss: losses[index] ?? null }));
}
