import type { Baseline, BaselineName, StoredBaseline, StoredBaselineName } from '../baselines/baseline.ts';
import { allBaselines, storedBaselines } from '../baselines/restore-baseline.ts';
import { trainBaseline } from '../baselines/train-baseline.ts';
import { bestBaseline } from '../evaluation/report.ts';
import { createMember } from '../members.ts';
import type { TrainedMember } from '../members.ts';
import type { Random } from '../random.ts';
import type { Adoption, ModelMetrics, TrainingCurvePoint } from '../trained-model.ts';
import type { Episode } from './episodes.ts';
import type { Judge } from './judge.ts';
import type { StepCompiler } from './meta-loss.ts';
import { NO_RECALIBRATION } from '../student-model/recalibration.ts';
import type { Recalibration } from '../student-model/recalibration.ts';
import { fitRecalibration } from './recalibrate.ts';
import { weighMembers } from './weigh.ts';

const QUICK: readonly StoredBaselineName[] = ['irt', 'best-lr', 'pfa', 'bkt'];

export interface JudgingTask {
  readonly seed: number;
  /** DKT too: it takes longer than all others together. */
  readonly dkt?: boolean | undefined;
  readonly compiler?: StepCompiler | undefined;
  readonly shouldStop?: (() => boolean | Promise<boolean>) | undefined;
}

export interface Judgement {
  readonly members: readonly TrainedMember[];
  readonly recalibration: Recalibration;
  readonly baselines: readonly StoredBaseline[];
  readonly metrics: ModelMetrics;
}

/**
 * Fits the published models to the very students that our own are trained on, and judges all of them on those held back. A baseline that forecasts
 * these better than our ensemble, beyond chance, takes part in it from then on. At last the baselines are fitted to all students, as the course's
 * difficulties are, with the settings that they chose before.
 * @param onProgress fraction done, 0 to 1
 * @throws CancelledError
 */
export async function judgeBesideBaselines(
  task: JudgingTask,
  episode: Episode,
  judge: Judge,
  trained: readonly TrainedMember[],
  random: Random,
  curve: readonly TrainingCurvePoint[],
  onProgress: (fraction: number) => void,
): Promise<Judgement> {
  const { table, course } = episode;
  const everybody = table.students.map((_, student) => student);
  const heldBack = new Set(judge.students);
  const names: readonly StoredBaselineName[] = task.dkt ? [...QUICK, 'dkt'] : QUICK;
  let done = 0;
  const fitTo = async (students: readonly number[], chosen?: readonly Baseline[]): Promise<Baseline[]> => {
    const result: Baseline[] = [];
    for (const name of names) {
      const settings = chosen?.find((each) => each.name === name)?.settings;
      result.push(await trainBaseline(name, { ...task, table, fit: students, settings }));
      onProgress(++done / (2 * names.length));
    }
    return result;
  };
  if (heldBack.size === 0) {
    const metrics = judge.metrics(trained.map(createMember), NO_RECALIBRATION, [], random, curve);
    return {
      members: trained,
      recalibration: NO_RECALIBRATION,
      baselines: storedBaselines(await fitTo(everybody)),
      metrics,
    };
  }
  const fitted = await fitTo(everybody.filter((student) => !heldBack.has(student)));
  const baselines = allBaselines(course, fitted);
  const recalibration = recalibrate(trained, judge);
  const metrics = judge.metrics(trained.map(createMember), recalibration, baselines, random, curve);
  const final = await fitTo(everybody, fitted);
  const adoption = adoptedBaseline(metrics);
  if (!adoption) return { members: trained, recalibration, baselines: storedBaselines(final), metrics };
  const memberOf = ({ name, parameters }: Baseline): TrainedMember => ({
    weight: 1,
    kind: 'baseline',
    name,
    parameters,
    skillSets: table.skillSets,
  });
  const better = baselines.find(({ name }) => name === adoption.baseline)!;
  const judged = withBaseline(trained, memberOf(better), judge);
  const again = recalibrate(judged, judge);
  return {
    members: judged.map((member) =>
      member.kind === 'baseline'
        ? { ...memberOf(final.find(({ name }) => name === member.name) ?? better), weight: member.weight }
        : member,
    ),
    recalibration: again,
    baselines: storedBaselines(final),
    metrics: { ...judge.metrics(judged.map(createMember), again, baselines, random, curve), adopted: adoption },
  };
}

/** The correction of the joint forecast, from the held-back students. */
const recalibrate = (members: readonly TrainedMember[], judge: Judge): Recalibration =>
  fitRecalibration(
    judge.lastingLogits(members.map(createMember)),
    members.map(({ weight }) => weight),
  );

/** DKT reads all answers again for every question that it is asked about: too slow for a class on a teacher's screen. */
const TOO_SLOW: readonly BaselineName[] = ['dkt'];

/** The best baseline, where its lead in log-loss over all support sizes is beyond chance. */
export function adoptedBaseline({
  report,
}: Pick<ModelMetrics, 'report'>): (Adoption & { readonly baseline: BaselineName }) | undefined {
  const baseline = bestBaseline(report, TOO_SLOW) as BaselineName | undefined;
  const difference = report.means[0]?.differences.find(({ model }) => model === baseline)?.logLoss;
  return baseline && difference && difference.low > 0 ? { baseline, difference } : undefined;
}

/** The ensemble with one member more; shares from even ones, by held-back students. */
function withBaseline(trained: readonly TrainedMember[], baseline: TrainedMember, judge: Judge): TrainedMember[] {
  const all = [baseline, ...trained];
  const prior = all.map(({ weight }) => weight / 2);
  const shares = weighMembers(judge.logits(all.map(createMember)), prior);
  return all.map((member, index) => ({ ...member, weight: shares[index]! })).filter(({ weight }) => weight > 0);
}
