import { createMember } from '../members.ts';
import type { TrainedMember } from '../members.ts';
import type { RandomState, SeededRandom } from '../random.ts';
import type { TrainingCurvePoint } from '../trained-model.ts';
import type { Judge } from './judge.ts';
import { DEFAULT_BETA } from './learner-names.ts';
import { eagerly } from './meta-loss.ts';
import type { StepCompiler } from './meta-loss.ts';
import { optimise, passOver } from './optimise.ts';
import type { Run } from './school-members.ts';
import { NOT_SHARED } from './shared-work.ts';
import type { SharedWork } from './shared-work.ts';

const CHECK_EVERY = 100;
const FEWEST_CHECKS = 4;

/** A student model as it stood after some steps. */
export interface Checked {
  readonly step: number;
  readonly loss: number | null;
  readonly member: TrainedMember;
}

/** A run to its end, as it may be taken over from another training or another process; plain data. */
export interface TrainedRun {
  readonly checks: Checked[];
  /** Where chance stands after it. */
  readonly end: RandomState;
  /** Steps count from the run's own first one. */
  readonly points: readonly TrainingCurvePoint[];
}

/** A run that another process trains at the same time; undefined where nobody does. @param begun what trainOnce calls it */
export type RunHelp = (begun: string) => Promise<TrainedRun | undefined>;

export interface MembersTask {
  readonly runs: readonly Run[];
  /** Steps of each run. */
  readonly steps: number;
  readonly random: SeededRandom;
  readonly beta?: number | undefined;
  readonly compiler?: StepCompiler | undefined;
  /** Of trainings by other learners. */
  readonly share?: SharedWork | undefined;
  readonly help?: RunHelp | undefined;
  /** Its students' loss says which step to keep. */
  readonly judge: Pick<Judge, 'loss'>;
  /** Called between steps; throws to stop. */
  readonly check: () => Promise<void>;
  /** @param fraction 0 to 1 over all runs @param point steps count on from run to run */
  readonly onProgress: (fraction: number, point?: TrainingCurvePoint) => void;
}

/**
 * Trains student models one after the other.
 * @returns [runs][checks], from step 0 on, the same steps in every training with as many
 */
export async function trainMembers(task: MembersTask): Promise<Checked[][]> {
  const { runs, steps, onProgress } = task;
  const results: Checked[][] = [];
  for (const [index, run] of runs.entries()) {
    results.push(
      await trainOnce(run, task, (fraction, point) =>
        onProgress((index + fraction) / runs.length, point && { ...point, step: point.step + index * steps }),
      ),
    );
  }
  return results;
}

/**
 * Trains the runs that no learner has a part in, for the process that trains the others. Both come to the same names and numbers, since chance
 * passes over the others here.
 * @param onTrained told of each as soon as it stands
 */
export async function trainHelped(task: MembersTask, onTrained: (begun: string, run: TrainedRun) => void): Promise<void> {
  const { random, steps } = task;
  for (const run of task.runs) {
    if (run.anyLearner) onTrained(nameOf(run.anyLearner, task), await trainRun(run, task, () => undefined));
    else passOver({ trainee: run.trainee, steps, random, nextEpisode: () => random.choice(run.episodes) });
  }
}

/** Its first parameters were the last thing drawn by chance before the steps: they are equal where chance stands at the same place. */
const nameOf = (anyLearner: string, { steps, random }: MembersTask): string =>
  `${anyLearner}, ${steps} steps from ${random.state().join()}`;

/** Takes over what another learner's training or another process made of the same start, and goes on with chance where that one ended. */
async function trainOnce(run: Run, task: MembersTask, onProgress: MembersTask['onProgress']): Promise<Checked[]> {
  if (!run.anyLearner) return trainMember(run, task, onProgress);
  const { random, share = NOT_SHARED } = task;
  const begun = nameOf(run.anyLearner, task);
  const { checks, end } = await share.once(begun, async () => {
    const helped = await task.help?.(begun);
    for (const point of helped?.points ?? []) onProgress(1, point);
    return helped ?? trainRun(run, task, onProgress);
  });
  random.goTo(end);
  await task.check();
  return checks;
}

async function trainRun(run: Run, task: MembersTask, onProgress: MembersTask['onProgress']): Promise<TrainedRun> {
  const points: TrainingCurvePoint[] = [];
  const checks = await trainMember(run, task, (fraction, point) => {
    if (point) points.push(point);
    onProgress(fraction, point);
  });
  return { checks, end: task.random.state(), points };
}

async function trainMember(
  { trainee, episodes, peakRate }: Run,
  { judge, steps, random, check, beta, compiler }: MembersTask,
  onProgress: MembersTask['onProgress'],
): Promise<Checked[]> {
  const judged = (step: number): Checked => {
    const member = trainee.snapshot();
    return { step, loss: judge.loss(createMember(member)), member };
  };
  const checks = [judged(0)];
  const every = Math.min(CHECK_EVERY, Math.max(1, Math.ceil(steps / FEWEST_CHECKS)));
  let running = 0;
  await check();
  await optimise({
    trainee,
    stage: { beta: beta ?? DEFAULT_BETA, compiler: compiler ?? eagerly },
    steps,
    peakRate,
    random,
    nextEpisode: () => random.choice(episodes),
    afterStep: async (step, direction) => {
      running = step === 0 ? direction.queryLoss : running + 0.05 * (direction.queryLoss - running);
      const fraction = (step + 1) / steps;
      if ((step + 1) % every === 0 || step + 1 === steps) {
        const now = judged(step + 1);
        checks.push(now);
        onProgress(fraction, { step: step + 1, loss: running, heldBackLoss: now.loss });
      } else if ((step + 1) % 10 === 0) onProgress(fraction);
      await check();
    },
  });
  return checks;
}

/**
 * The check to keep: the one with the lowest mean loss over the parts that judge; the last one where nobody does.
 * @param parts [parts][checks] of one student model
 */
export function bestCheck(parts: readonly (readonly Checked[])[]): number {
  const last = Math.max(...parts.map((checks) => checks.length)) - 1;
  let best = last;
  let lowest = Number.POSITIVE_INFINITY;
  for (let at = 0; at <= last; at++) {
    const losses = parts.flatMap((checks) => checks[at]?.loss ?? []);
    if (losses.length === 0) continue;
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    if (mean < lowest) [best, lowest] = [at, mean];
  }
  return best;
}
