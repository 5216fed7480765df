import type { Baseline, BaselineName } from '../baselines/baseline.ts';
import { allBaselines, restoreBaseline } from '../baselines/restore-baseline.ts';
import { bestBaseline } from '../evaluation/report.ts';
import type { MeanLosses } from '../evaluation/report.ts';
import { createMember } from '../members.ts';
import type { TrainedMember } from '../members.ts';
import type { ResponseTable } from '../responses.ts';
import type { Member } from '../student-model/member.ts';
import { NO_RECALIBRATION } from '../student-model/recalibration.ts';
import type { Recalibration } from '../student-model/recalibration.ts';
import type { Adoption } from '../trained-model.ts';
import type { FittedBaselines } from './fit-baselines.ts';
import type { Judge } from './judge.ts';
import { fitRecalibration } from './recalibrate.ts';
import { withShares } from './school-members.ts';
import { weighMembers } from './weigh.ts';

/** What decides whether a baseline takes part. */
export interface LogLosses {
  readonly report: { readonly means: readonly MeanLosses[] };
}

/** @param members [parts][members] @param baselines [parts][baselines], in the order of every report */
export type Measure<Measured extends LogLosses> = (
  members: readonly (readonly Member[])[],
  recalibration: Recalibration,
  baselines: readonly (readonly Baseline[])[],
) => Measured;

export interface JudgingTask {
  readonly table: ResponseTable;
  readonly judge: Judge;
  readonly ensemble: Ensemble;
  readonly fitted: FittedBaselines;
}

export interface Judgement<Measured> {
  readonly members: readonly TrainedMember[];
  readonly recalibration: Recalibration;
  /** Of what forecasts in the end. */
  readonly metrics: Measured;
  /** The baseline that takes part, and what was at stake. */
  readonly adopted: Adoption | null;
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
 * Judges our own models and the published ones, which were fitted to the very same students, on the others. A baseline that forecasts these better
 * than our ensemble, beyond chance, takes part in it from then on, with half of all shares before the evidence is looked at; also where it took part already.
 * @param measure judges an ensemble; called again for the one with the baseline
 */
export function judgeBesideBaselines<Measured extends LogLosses>(
  { table, judge, ensemble, fitted }: JudgingTask,
  measure: Measure<Measured>,
): Judgement<Measured> {
  const baselines = judge.parts.map(({ episode }, part) =>
    allBaselines(episode.course, fitted.byPart[part]!.map(restoreBaseline)),
  );
  const measured = ({ byPart, lastingLogits }: Ensemble): Pick<Judgement<Measured>, 'recalibration' | 'metrics'> => {
    const recalibration = recalibrate(byPart, judge, lastingLogits);
    const members = byPart.map((each) => each.map(createMember));
    return { recalibration, metrics: measure(members, recalibration, baselines) };
  };
  const first = measured(ensemble);
  const adoption = adoptedBaseline(first.metrics);
  if (!adoption) return { ...first, members: ensemble.final, adopted: null };
  const memberOf = ({ name, parameters }: Pick<Baseline, 'name' | 'parameters'>): TrainedMember => ({
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
    memberOf(fitted.final.find(({ name }) => name === adoption.baseline) ?? better[0]!),
    judge,
  );
  return { ...measured(joined), members: joined.final, adopted: adoption };
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

/** The best baseline, where its lead in log-loss over all support sizes is beyond chance. */
export function adoptedBaseline({ report }: LogLosses): (Adoption & { readonly baseline: BaselineName }) | undefined {
  const baseline = bestBaseline(report, TOO_SLOW) as BaselineName | undefined;
  const difference = report.means[0]?.differences.find(({ model }) => model === baseline)?.logLoss;
  return baseline && difference && difference.low > 0 ? { baseline, difference } : undefined;
}

/**
 * The ensemble with one member more, which knows those who taught, or with more weight on it where it is a member already; shares from even ones
 * between it and the others, by the students who judge.
 */
function withBaseline(
  { byPart, final }: Ensemble,
  baseline: readonly TrainedMember[],
  finalBaseline: TrainedMember,
  judge: Judge,
): Ensemble {
  const same = (member: TrainedMember): boolean =>
    member.kind === 'baseline' && finalBaseline.kind === 'baseline' && member.name === finalBaseline.name;
  const joined = (members: readonly TrainedMember[], own: TrainedMember): readonly TrainedMember[] =>
    members.some(same)
      ? members.map((member) => (same(member) ? { ...member, weight: member.weight + 1 } : member))
      : [own, ...members];
  const all = byPart.map((members, part) => joined(members, baseline[part]!));
  const prior = all[0]!.map(({ weight }) => weight / 2);
  const shares = weighMembers(judge.logits(all.map((members) => members.map(createMember))), prior);
  return { byPart: all.map((members) => withShares(members, shares)), final: withShares(joined(final, finalBaseline), shares) };
}
