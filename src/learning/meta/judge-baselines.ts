import type { Baseline, BaselineName, StoredBaseline, StoredBaselineName } from '../baselines/baseline.ts';
import { allBaselines, storedBaselines } from '../baselines/restore-baseline.ts';
import { trainBaseline } from '../baselines/train-baseline.ts';
import { bestBaseline } from '../evaluation/report.ts';
import { createMember } from '../members.ts';
import type { TrainedMember } from '../members.ts';
import type { Random } from '../random.ts';
import type { Adoption, ModelMetrics, TrainingCurvePoint } from '../trained-model.ts';
import type { ResponseTable } from '../responses.ts';
import type { Judge } from './judge.ts';
import type { StepCompiler } from './meta-loss.ts';
import { NO_RECALIBRATION } from '../student-model/recalibration.ts';
import type { Recalibration } from '../student-model/recalibration.ts';
import { fitRecalibration } from './recalibrate.ts';
import { withShares } from './school-members.ts';
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

/** What forecasts together, with its shares: for each part of the judge as trained without it, and what is kept in the end. */
export interface Ensemble {
  /** [parts][members] */
  readonly byPart: readonly (readonly TrainedMember[])[];
  /** [members] */
  readonly final: readonly TrainedMember[];
  /** Logits to fit the recalibration's shift to, of more students than those who judge. */
  readonly lastingLogits?: Judge['lastingLogits'] | undefined;
}

/**
 * Fits the published models to the very students that our own are trained on, and judges all of them on the others. A baseline that forecasts
 * these better than our ensemble, beyond chance, takes part in it from then on. At last the baselines are fitted to all students, as the course's
 * difficulties are, with the same settings.
 * @param onProgress fraction done, 0 to 1
 * @throws CancelledError
 */
export async function judgeBesideBaselines(
  task: JudgingTask,
  table: ResponseTable,
  judge: Judge,
  ensemble: Ensemble,
  random: Random,
  curve: readonly TrainingCurvePoint[],
  onProgress: (fraction: number) => void,
): Promise<Judgement> {
  const everybody = table.students.map((_, student) => student);
  const names: readonly StoredBaselineName[] = task.dkt ? [...QUICK, 'dkt'] : QUICK;
  const fits = (judge.parts.length + 1) * names.length;
  let done = 0;
  const fitTo = async (students: readonly number[], chosen?: readonly Baseline[]): Promise<Baseline[]> => {
    const result: Baseline[] = [];
    for (const name of names) {
      const settings = chosen?.find((each) => each.name === name)?.settings;
      result.push(await trainBaseline(name, { ...task, table, fit: students, settings }));
      onProgress(++done / fits);
    }
    return result;
  };
  // Chosen with those who judge in turn among them, the settings flatter the baselines a little, and cost one search instead of five.
  const early = judge.parts.length > 1 ? await fitTo(everybody) : undefined;
  const fitted: Baseline[][] = [];
  for (const part of judge.parts) {
    const judged = new Set(part.students);
    fitted.push(
      await fitTo(
        everybody.filter((student) => !judged.has(student)),
        early,
      ),
    );
  }
  const baselines = judge.parts.map(({ episode }, part) => allBaselines(episode.course, fitted[part]!));
  const final = early ?? (await fitTo(everybody, fitted[0]));
  const measured = ({ byPart, lastingLogits }: Ensemble): Pick<Judgement, 'recalibration' | 'metrics'> => {
    const recalibration = recalibrate(byPart, judge, lastingLogits);
    const members = byPart.map((each) => each.map(createMember));
    return { recalibration, metrics: judge.metrics(members, recalibration, baselines, random, curve) };
  };
  const first = measured(ensemble);
  const taking = new Set(ensemble.final.flatMap((member) => (member.kind === 'baseline' ? [member.name] : [])));
  const adoption = adoptedBaseline(first.metrics, [...taking]);
  if (!adoption) return { ...first, members: ensemble.final, baselines: storedBaselines(final) };
  const memberOf = ({ name, parameters }: Baseline): TrainedMember => ({
    weight: 1,
    kind: 'baseline',
    name,
    parameters,
    skillSets: table.skillSets,
  });
  const better = baselines.map((each) => each.find(({ name }) => name === adoption.baseline)!);
  const joined = withBaseline(
    ensemble,
    better.map(memberOf),
    memberOf(final.find(({ name }) => name === adoption.baseline) ?? better[0]!),
    judge,
  );
  const again = measured(joined);
  return {
    members: joined.final,
    recalibration: again.recalibration,
    baselines: storedBaselines(final),
    metrics: { ...again.metrics, adopted: adoption },
  };
}

/**
 * The correction of the joint forecast; none where nobody judges. How far forecasts are apart (its scale) has to be seen on students who taught
 * nothing; where they lie as a whole (its shift) is seen best on as many as there are.
 */
function recalibrate(byPart: Ensemble['byPart'], judge: Judge, more: Ensemble['lastingLogits']): Recalibration {
  if (byPart.length === 0) return NO_RECALIBRATION;
  const members = byPart.map((each) => each.map(createMember));
  const shares = byPart[0]!.map(({ weight }) => weight);
  const fitted = fitRecalibration(judge.lastingLogits(members), shares);
  return more ? fitRecalibration(more(members), shares, fitted.scale) : fitted;
}

/** DKT reads all answers again for every question that it is asked about: too slow for a class on a teacher's screen. */
const TOO_SLOW: readonly BaselineName[] = ['dkt'];

/** The best baseline beside those that take part already, where its lead in log-loss over all support sizes is beyond chance. */
export function adoptedBaseline(
  { report }: Pick<ModelMetrics, 'report'>,
  except: readonly BaselineName[] = [],
): (Adoption & { readonly baseline: BaselineName }) | undefined {
  const baseline = bestBaseline(report, [...TOO_SLOW, ...except]) as BaselineName | undefined;
  const difference = report.means[0]?.differences.find(({ model }) => model === baseline)?.logLoss;
  return baseline && difference && difference.low > 0 ? { baseline, difference } : undefined;
}

/** The ensemble with one member more, which knows those who taught; shares from even ones, by the students who judge. */
function withBaseline(
  { byPart, final }: Ensemble,
  baseline: readonly TrainedMember[],
  finalBaseline: TrainedMember,
  judge: Judge,
): Ensemble {
  const all = byPart.map((members, part) => [baseline[part]!, ...members]);
  const prior = all[0]!.map(({ weight }) => weight / 2);
  const shares = weighMembers(judge.logits(all.map((members) => members.map(createMember))), prior);
  return { byPart: all.map((members) => withShares(members, shares)), final: withShares([finalBaseline, ...final], shares) };
}
