import type { Random } from '../random.ts';
import type { ResponseTable } from '../responses.ts';
import type { ComparedKind, ComparedModel } from './comparison.ts';
import type { GroupName } from './groups.ts';
import { auc } from './metrics.ts';
import type { Difference } from './paired-bootstrap.ts';
import type { QueryWindow } from './protocol.ts';
import { evaluationReport } from './report.ts';
import type { ModelDifference, ModelFigures } from './report.ts';

/** A model minus the best peer. */
export interface PeerDifference {
  readonly auc: Difference | null;
  /** Nats. */
  readonly logLoss: Difference | null;
}

export interface ComparedPoint extends Omit<ModelFigures, 'model'> {
  readonly window: QueryWindow;
  readonly after: number;
  /** Null for the best peer itself. */
  readonly difference: PeerDifference | null;
}

export interface ComparedMean {
  readonly window: QueryWindow;
  /** Means over the support sizes. */
  readonly auc: number | null;
  readonly logLoss: number;
  readonly difference: PeerDifference | null;
}

export interface ComparedFigures {
  readonly model: string;
  readonly kind: ComparedKind;
  readonly seconds: number;
  readonly trainedShare: number | null;
  /** Weights in the joint forecast, by what the member is (see ComparedModel). */
  readonly composition: Readonly<Record<string, number>>;
  readonly points: readonly ComparedPoint[];
  readonly means: readonly ComparedMean[];
  /** After `groupsAfter` answers. */
  readonly groups: readonly (Omit<ModelFigures, 'model'> & { readonly name: GroupName })[];
}

export interface ComparisonReport {
  /** The baseline with the highest mean AUC over the support sizes; chosen on the students who judge, which flatters it. */
  readonly bestPeer: string | null;
  /** Disjoint sets of past students that each trained everything once; figures are means over them. */
  readonly blocks: number;
  /** Resamples of the bootstrap; 0 where intervals come from the blocks. */
  readonly replicates: number;
  readonly asked: readonly {
    readonly window: QueryWindow;
    readonly after: number;
    readonly students: number;
    readonly questions: number;
  }[];
  readonly groupsAfter: number | null;
  readonly models: readonly ComparedFigures[];
}

export interface ComparisonReportSettings {
  readonly validation: ResponseTable;
  readonly models: readonly ComparedModel[];
  /** Whether a question, as the table's index, was answered in training. */
  readonly seen: (question: number) => boolean;
  readonly random: Random;
  /** 2,000 where left out; 0 gives no intervals. */
  readonly replicates?: number | undefined;
}

/** Every model beside the best peer, on the same questions. */
export function reportComparison({
  validation,
  models,
  seen,
  random,
  replicates = 2000,
}: ComparisonReportSettings): ComparisonReport {
  const peer = bestOf(models.filter(({ kind }) => kind === 'baseline'));
  const ordered = peer ? [peer, ...models.filter((model) => model !== peer)] : models;
  const report = evaluationReport({ table: validation, models: ordered, seen, random, replicates });
  const differenceOf = (name: string, differences: readonly ModelDifference[]): PeerDifference | null => {
    const found = peer ? differences.find(({ model }) => model === name) : undefined;
    return found ? { auc: negative(found.auc), logLoss: negative(found.logLoss) } : null;
  };
  return {
    bestPeer: peer?.name ?? null,
    blocks: 1,
    replicates,
    asked: report.points.map(({ window, after, students, questions }) => ({ window, after, students, questions })),
    groupsAfter: report.groupsAfter,
    models: models.map(({ name, kind, seconds, trainedShare, members }) => {
      const at = ordered.findIndex((model) => model.name === name);
      return {
        model: name,
        kind,
        seconds,
        trainedShare,
        composition: compositionOf(members),
        points: report.points.map(({ window, after, figures, differences }) => ({
          window,
          after,
          ...without(figures[at]!),
          difference: differenceOf(name, differences),
        })),
        means: report.means.map(({ window, figures, differences }) => ({
          window,
          auc: figures[at]!.auc,
          logLoss: figures[at]!.logLoss,
          difference: differenceOf(name, differences),
        })),
        groups: report.groups.map((group) => ({ name: group.name, ...without(group.figures[at]!) })),
      };
    }),
  };
}

const without = ({ model: _, ...figures }: ModelFigures): Omit<ModelFigures, 'model'> => figures;

function compositionOf(members: ComparedModel['members']): Record<string, number> {
  const result: Record<string, number> = {};
  for (const { name, weight } of members) result[name] = (result[name] ?? 0) + weight;
  return result;
}

const negative = (difference: Difference | null): Difference | null =>
  difference && { value: -difference.value, low: -difference.high, high: -difference.low };

/** By mean AUC in the window of the same questions (the next one where there is no such window). */
function bestOf(models: readonly ComparedModel[]): ComparedModel | undefined {
  const score = ({ windows }: ComparedModel): number => {
    const first = windows.some(({ window }) => window === 'fixed') ? 'fixed' : 'next';
    return mean(
      windows
        .filter(({ window }) => window === first)
        .map(({ judged }) => auc(judged.probability, judged.correct) ?? Number.NEGATIVE_INFINITY),
    );
  };
  return models.map((model) => ({ model, score: score(model) })).toSorted((a, b) => b.score - a.score)[0]?.model;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

const meanOrNull = (values: readonly (number | null)[]): number | null =>
  values.includes(null) ? null : mean(values as number[]);

/** Two-sided 95% quantiles of Student's t by degrees of freedom, from 1 on. */
const STUDENT_T = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131];

/** The mean of one value a block, with the 95% interval that the blocks' own spread gives; none from a single block. */
export function overBlocks(values: readonly (number | null)[]): Difference | null {
  const value = meanOrNull(values);
  if (value === null || values.length < 2) return null;
  const variance = (values as number[]).reduce((sum, each) => sum + (each - value) ** 2, 0) / (values.length - 1);
  const half = (STUDENT_T[values.length - 2] ?? 2.12) * Math.sqrt(variance / values.length);
  return { value, low: value - half, high: value + half };
}

/**
 * Small schools: the mean over several reports, each of models trained on other students and judged on the same ones. Differences are paired by
 * block. A model that is missing in some block (no trained part took part there) is left out: its mean would be over other schools than the rest.
 */
export function meanOfReports(reports: readonly ComparisonReport[]): ComparisonReport {
  const [first] = reports;
  if (!first) throw new RangeError('There is no report to take a mean of.');
  const found = new Map(
    first.models
      .map(({ model: name }) => [name, reports.flatMap(({ models }) => models.filter(({ model }) => model === name))] as const)
      .filter(([, all]) => all.length === reports.length),
  );
  const names = [...found.keys()];
  const total = (name: string): number => mean(found.get(name)!.map(({ means }) => means[0]?.auc ?? 0));
  const peer = names.filter((name) => found.get(name)![0]!.kind === 'baseline').toSorted((a, b) => total(b) - total(a))[0];
  const difference = <Part extends { readonly auc: number | null; readonly logLoss: number }>(
    name: string,
    part: (figures: ComparedFigures) => Part,
  ): PeerDifference | null => {
    if (peer === undefined || name === peer) return null;
    const others = found.get(peer)!;
    const pairs = found.get(name)!.map((own, block) => ({ own: part(own), other: part(others[block]!) }));
    return {
      auc: overBlocks(pairs.map(({ own, other }) => (own.auc === null || other.auc === null ? null : own.auc - other.auc))),
      logLoss: overBlocks(pairs.map(({ own, other }) => own.logLoss - other.logLoss)),
    };
  };
  const figures = (all: readonly Omit<ModelFigures, 'model'>[]): Omit<ModelFigures, 'model'> => ({
    auc: meanOrNull(all.map((each) => each.auc)),
    aucWithinStudent: meanOrNull(all.map((each) => each.aucWithinStudent)),
    logLoss: mean(all.map((each) => each.logLoss)),
    brier: mean(all.map((each) => each.brier)),
    ece: mean(all.map((each) => each.ece)),
    ecePerfect: mean(all.map((each) => each.ecePerfect)),
  });
  return {
    bestPeer: peer ?? null,
    blocks: reports.length,
    replicates: 0,
    asked: first.asked,
    // Which questions were seen differs from block to block.
    groupsAfter: null,
    models: names.map((name): ComparedFigures => {
      const all = found.get(name)!;
      return {
        model: name,
        kind: all[0]!.kind,
        seconds: mean(all.map(({ seconds }) => seconds)),
        trainedShare: meanOrNull(all.map(({ trainedShare }) => trainedShare)),
        composition: compositionOf(
          all.flatMap(({ composition }) =>
            Object.entries(composition).map(([part, weight]) => ({ name: part, weight: weight / all.length })),
          ),
        ),
        points: first.asked.map(({ window, after }, at) => ({
          window,
          after,
          ...figures(all.map(({ points }) => points[at]!)),
          difference: difference(name, ({ points }) => points[at]!),
        })),
        means: all[0]!.means.map(({ window }, at) => ({
          window,
          auc: meanOrNull(all.map(({ means }) => means[at]!.auc)),
          logLoss: mean(all.map(({ means }) => means[at]!.logLoss)),
          difference: difference(name, ({ means }) => means[at]!),
        })),
        groups: [],
      };
    }),
  };
}
