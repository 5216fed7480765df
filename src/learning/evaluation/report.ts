import type { Random } from '../random.ts';
import type { ResponseTable } from '../responses.ts';
import { eceOfPerfectModel } from './perfect-calibration.ts';
import { askedGroups, pick } from './groups.ts';
import type { GroupName } from './groups.ts';
import { auc, aucWithinStudent, brier, ece, logLoss } from './metrics.ts';
import type { Judged } from './metrics.ts';
import { differenceWithInterval, resampleStudents } from './paired-bootstrap.ts';
import type { Difference, Resampled } from './paired-bootstrap.ts';
import type { QueryWindow, WindowForecasts } from './protocol.ts';

/** A model's forecasts in every window; all models were asked the same questions. */
export interface NamedForecasts {
  readonly name: string;
  readonly windows: readonly WindowForecasts[];
}

export interface ModelFigures {
  readonly model: string;
  /** Pooled over students; null without both right and wrong answers. */
  readonly auc: number | null;
  readonly aucWithinStudent: number | null;
  /** Nats. */
  readonly logLoss: number;
  readonly brier: number;
  readonly ece: number;
  /** 95th percentile of the ECE of a perfect model with these forecasts; an ECE below it is what chance leaves. */
  readonly ecePerfect: number;
}

/** The report's first model minus another: above 0 in AUC and below 0 in log-loss, the first is better. */
export interface ModelDifference {
  readonly model: string;
  readonly auc: Difference | null;
  readonly logLoss: Difference | null;
}

/** Figures of all models on one set of asked questions, [models] and [models − 1]. */
export interface Comparison {
  readonly students: number;
  readonly questions: number;
  readonly figures: readonly ModelFigures[];
  readonly differences: readonly ModelDifference[];
}

export interface ReportPoint extends Comparison {
  readonly after: number;
  readonly window: QueryWindow;
}

/** Mean over the support sizes of one window. */
export interface WindowMean {
  readonly window: QueryWindow;
  readonly figures: readonly { readonly model: string; readonly auc: number | null; readonly logLoss: number }[];
  readonly differences: readonly ModelDifference[];
}

/** Of such a mean, the log-losses alone. */
export interface MeanLosses {
  readonly figures: readonly { readonly model: string; readonly logLoss: number }[];
  readonly differences: readonly { readonly model: string; readonly logLoss: Difference | null }[];
}

/** ECE within a tercile is above a perfect model's even where the model is perfect: who answered well by luck is in a higher tercile. */
export interface GroupComparison extends Comparison {
  readonly name: GroupName;
}

export interface EvaluationReport {
  /** The first one is compared with each of the others. */
  readonly models: readonly string[];
  /** Resamples of the bootstrap. */
  readonly replicates: number;
  readonly points: readonly ReportPoint[];
  readonly means: readonly WindowMean[];
  /** By student tercile and by seen and unseen questions, after `groupsAfter` answers in `groupsWindow`; null where nothing was asked. */
  readonly groupsAfter: number | null;
  readonly groupsWindow: QueryWindow | null;
  readonly groups: readonly GroupComparison[];
}

/** Where nobody was there to judge. */
export const NOTHING_JUDGED: EvaluationReport = {
  models: [],
  replicates: 0,
  points: [],
  means: [],
  groupsAfter: null,
  groupsWindow: null,
  groups: [],
};

export interface ReportSettings {
  readonly table: ResponseTable;
  /** Ours first. */
  readonly models: readonly NamedForecasts[];
  /** Whether a question, as the table's index, was answered in the training behind this student's forecasts. */
  readonly seen: (question: number, student: number) => boolean;
  readonly random: Random;
  readonly replicates?: number;
  /** Redrawn sets of outcomes for `ecePerfect`. */
  readonly draws?: number;
  /** Support size of the groups, or the next smaller one that there is. */
  readonly groupsAfter?: number;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

const minus = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, index) => value - b[index]!);

/** Entry by entry over several series of the same length. */
const meanOf = (series: readonly Float64Array[]): Float64Array =>
  Float64Array.from(series[0] ?? [], (_, index) => mean(series.map((values) => values[index]!)));

const less = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a - b);

function figuresOf(model: string, judged: Judged, random: Random, draws: number): ModelFigures {
  return {
    model,
    auc: auc(judged.probability, judged.correct),
    aucWithinStudent: aucWithinStudent(judged),
    logLoss: logLoss(judged),
    brier: brier(judged),
    ece: ece(judged),
    ecePerfect: eceOfPerfectModel(judged, random, draws),
  };
}

type Scores = Pick<ModelFigures, 'model' | 'auc' | 'logLoss'>;

function differencesOf(figures: readonly Scores[], resampled: Resampled): ModelDifference[] {
  const [ours, ...others] = figures;
  return others.map(({ model, auc, logLoss }, index) => ({
    model,
    auc: differenceWithInterval(less(ours!.auc, auc), minus(resampled.auc[0]!, resampled.auc[index + 1]!)),
    logLoss: differenceWithInterval(ours!.logLoss - logLoss, minus(resampled.logLoss[0]!, resampled.logLoss[index + 1]!)),
  }));
}

/** The report of several models that were asked the same questions, with all differences from one paired bootstrap over students. */
export function evaluationReport(settings: ReportSettings): EvaluationReport {
  const { table, models, random, replicates = 2000, draws = 1000 } = settings;
  const windows = models[0]?.windows ?? [];
  const names = models.map(({ name }) => name);
  const shown: QueryWindow = windows.some(({ window }) => window === 'fixed') ? 'fixed' : 'next';
  const grouped = windows.findLastIndex(({ window, after }) => window === shown && after <= (settings.groupsAfter ?? 5));
  const groups = grouped < 0 ? [] : askedGroups(table, windows[grouped]!, settings.seen);
  const asked: Judged[][] = [
    ...windows.map((_, at) => models.map((model) => model.windows[at]!.judged)),
    ...groups.map(({ positions }) => models.map((model) => pick(model.windows[grouped]!.judged, positions))),
  ];
  const resampled = resampleStudents(asked, random, replicates);
  const comparisons = asked.map((each, index): Comparison => {
    const figures = each.map((judged, model) => figuresOf(names[model]!, judged, random, draws));
    return {
      students: new Set(each[0]!.student).size,
      questions: each[0]!.student.length,
      figures,
      differences: differencesOf(figures, resampled[index]!),
    };
  });
  const points = windows.map(({ after, window }, index): ReportPoint => ({ after, window, ...comparisons[index]! }));
  return {
    models: names,
    replicates,
    points,
    means: (['fixed', 'next'] as const).flatMap((window) => windowMean(window, points, resampled, names)),
    groupsAfter: windows[grouped]?.after ?? null,
    groupsWindow: windows[grouped]?.window ?? null,
    groups: groups.map(({ name }, index) => ({ name, ...comparisons[windows.length + index]! })),
  };
}

function windowMean(
  window: QueryWindow,
  points: readonly ReportPoint[],
  resampled: readonly Resampled[],
  names: readonly string[],
): WindowMean[] {
  const chosen = points.flatMap((point, index) => (point.window === window ? [index] : []));
  if (chosen.length === 0) return [];
  const figures = names.map((model, at) => {
    const aucs = chosen.map((index) => points[index]!.figures[at]!.auc);
    return {
      model,
      auc: aucs.includes(null) ? null : mean(aucs as number[]),
      logLoss: mean(chosen.map((index) => points[index]!.figures[at]!.logLoss)),
    };
  });
  const over = (measure: keyof Resampled): Float64Array[] =>
    names.map((_, at) => meanOf(chosen.map((index) => resampled[index]![measure][at]!)));
  return [{ window, figures, differences: differencesOf(figures, { auc: over('auc'), logLoss: over('logLoss') }) }];
}

/**
 * The log-losses of a report's means and their differences, with the intervals that the report would have from the same source of chance: a tenth of its
 * work, and all that a training's decisions need.
 */
export function meanLogLosses(models: readonly NamedForecasts[], random: Random, replicates = 2000): MeanLosses[] {
  const [first] = models;
  if (!first) return [];
  const asked = first.windows.map((_, at) => models.map(({ windows }) => windows[at]!.judged));
  const resampled = resampleStudents(asked, random, replicates, ['logLoss']);
  const losses = asked.map((each) => each.map(logLoss));
  return (['fixed', 'next'] as const).flatMap((window) => {
    const chosen = first.windows.flatMap((each, index) => (each.window === window ? [index] : []));
    if (chosen.length === 0) return [];
    const figures = models.map(({ name }, at) => ({ model: name, logLoss: mean(chosen.map((index) => losses[index]![at]!)) }));
    const series = models.map((_, at) => meanOf(chosen.map((index) => resampled[index]!.logLoss[at]!)));
    const differences = figures.slice(1).map(({ model, logLoss: other }, index) => ({
      model,
      logLoss: differenceWithInterval(figures[0]!.logLoss - other, minus(series[0]!, series[index + 1]!)),
    }));
    return [{ figures, differences }];
  });
}

/**
 * The other model with the lowest mean log-loss in the window of the same questions (in the next one where there is no such window). It is chosen
 * on the very students who judge, which flatters it: whoever beats it beats it truly.
 */
export function bestBaseline(
  { means }: { readonly means: readonly MeanLosses[] },
  except: readonly string[] = [],
): string | undefined {
  const [, ...others] = means[0]?.figures ?? [];
  return others.filter(({ model }) => !except.includes(model)).toSorted((a, b) => a.logLoss - b.logLoss)[0]?.model;
}
