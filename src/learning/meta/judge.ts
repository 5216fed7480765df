import type { Baseline } from '../baselines/baseline.ts';
import { ensembleForecaster, OUR_NAME } from '../evaluation/forecasters.ts';
import { reliability } from '../evaluation/metrics.ts';
import { forecastWindows, LONG_ENOUGH } from '../evaluation/protocol.ts';
import type { Forecaster } from '../evaluation/protocol.ts';
import { evaluationReport, NOTHING_JUDGED } from '../evaluation/report.ts';
import type { NamedForecasts } from '../evaluation/report.ts';
import { crossEntropy } from '../numeric.ts';
import type { Random } from '../random.ts';
import { summariseHistory } from '../student-model/features.ts';
import type { Member } from '../student-model/member.ts';
import type { Recalibration } from '../student-model/recalibration.ts';
import type { ModelMetrics, TrainingCurvePoint } from '../trained-model.ts';
import { supportAnswer } from './episodes.ts';
import type { Episode } from './episodes.ts';

/** Students who are judged by, and the course as everybody else shows it. */
export interface JudgedPart {
  readonly episode: Episode;
  readonly students: readonly number[];
}

/** Judges models by students whose answers trained nothing that forecasts them. What is trained is given for each part: [parts][members]. */
export interface Judge {
  /** Of all parts. */
  readonly students: readonly number[];
  readonly parts: readonly JudgedPart[];
  /** Mean log-loss of their next answers after a few; null where nobody is held back. */
  loss(member: Member): number | null;
  /** Logits of their next answers after a few, by each member alone, and what came. */
  logits(members: readonly (readonly Member[])[]): HeldBackLogits;
  /** The same for those whom the report judges, the students with enough answers; all where they are few. */
  lastingLogits(members: readonly (readonly Member[])[]): HeldBackLogits;
  /** Beside baselines that trained on the same students; ours first. Nothing where nobody judges. @param baselines [parts][baselines] */
  forecasts(
    members: readonly (readonly Member[])[],
    recalibration: Recalibration,
    baselines: readonly (readonly Baseline[])[],
  ): readonly NamedForecasts[];
  /** @param models what `forecasts` gave */
  metrics(models: readonly NamedForecasts[], random: Random, curve: readonly TrainingCurvePoint[]): ModelMetrics;
}

export interface HeldBackLogits {
  readonly students: number;
  /** [members][n] */
  readonly logits: readonly Float64Array[];
  /** [n] */
  readonly correct: Float64Array;
  /** [n], answers that were known. */
  readonly after: Int32Array;
}

/** Support sizes and query length of the quick judgement between steps, and how many students take part in it. */
const AFTER = [0, 2, 5, 15];
const ASKED = 15;
const QUICK = 160;
/** Below this number of students with enough answers, all count. */
const FEWEST_LASTING = 40;

/** Students who have as many answers as those whom the report judges, at most so many of them, evenly chosen. */
export function lastingPart({ episode, students }: JudgedPart, most: number): JudgedPart {
  const { table } = episode;
  const lasting = students.filter((student) => table.start[student + 1]! - table.start[student]! >= LONG_ENOUGH);
  const stride = Math.ceil(lasting.length / most);
  return { episode, students: lasting.filter((_, index) => index % stride === 0) };
}

/** @param parts of one table, no student in two of them; with several, each student is judged by what their own part's models forecast */
export function createJudge(parts: readonly JudgedPart[]): Judge {
  const partOf = new Map(parts.flatMap(({ students }, part) => students.map((student) => [student, part])));
  const students = [...partOf.keys()].sort((a, b) => a - b);
  /** Asks each member alone; [n] rows, the same for all. */
  const ask = (members: readonly (readonly Member[])[], chosen: readonly number[]): HeldBackLogits => {
    const logits: number[][] = (members[0] ?? []).map(() => []);
    const correct: number[] = [];
    const known: number[] = [];
    for (const student of chosen) {
      const part = partOf.get(student)!;
      const { table, knowledge, profiles } = parts[part]!.episode;
      const begin = table.start[student]!;
      const length = table.start[student + 1]! - begin;
      const context = { spread: knowledge.spread, profile: profiles?.[student] };
      for (const after of AFTER) {
        if (after >= length) continue;
        const answers = Array.from({ length: after }, (_, row) => supportAnswer(table, knowledge, begin + row));
        const history = summariseHistory(answers, context.spread);
        const rows = Array.from({ length: Math.min(ASKED, length - after) }, (_, ahead) =>
          supportAnswer(table, knowledge, begin + after + ahead, ahead),
        );
        for (const row of rows) {
          correct.push(row.correct);
          known.push(after);
        }
        members[part]!.forEach((member, index) => {
          const fitted = member.adapt(answers, history, context);
          for (const row of rows) logits[index]!.push(fitted.logit(row));
        });
      }
    }
    return {
      students: chosen.length,
      logits: logits.map((values) => Float64Array.from(values)),
      correct: Float64Array.from(correct),
      after: Int32Array.from(known),
    };
  };
  const lengthOf = (student: number): number => {
    const { table } = parts[partOf.get(student)!]!.episode;
    return table.start[student + 1]! - table.start[student]!;
  };
  const stride = Math.ceil(students.length / QUICK);
  const lasting = students.filter((student) => lengthOf(student) >= LONG_ENOUGH);
  const few = students.filter((_, index) => index % stride === 0);
  return {
    students,
    parts,
    loss(member) {
      const { logits, correct } = ask([[member]], few);
      if (correct.length === 0) return null;
      return correct.reduce((sum, value, row) => sum + crossEntropy(logits[0]![row]!, value), 0) / correct.length;
    },
    logits: (members) => ask(members, students),
    lastingLogits: (members) => ask(members, lasting.length >= FEWEST_LASTING ? lasting : students),
    forecasts(members, recalibration, baselines) {
      const [first] = parts;
      if (!first) return [];
      const { table } = first.episode;
      const windowsOf = (forecasters: readonly Forecaster[]) =>
        forecastWindows(table, students, (student, ...asked) => forecasters[partOf.get(student)!]!(student, ...asked));
      const ours = parts.map(({ episode: { knowledge, profiles } }, part) =>
        ensembleForecaster(members[part]!, table, knowledge, profiles, recalibration),
      );
      const others = (baselines[0] ?? []).map(({ name }, index) => ({
        name,
        windows: windowsOf(baselines.map((fitted) => fitted[index]!.forecaster(table))),
      }));
      return [{ name: OUR_NAME, windows: windowsOf(ours) }, ...others];
    },
    metrics(models, random, trainingCurve) {
      const [first] = parts;
      const model = models[0]?.windows;
      if (!first || !model)
        return { trainingCurve, report: NOTHING_JUDGED, adopted: null, reliability: [], reliabilityAfter: null };
      const { table } = first.episode;
      const shown = model.filter((point) => point.window === (model.some((each) => each.window === 'fixed') ? 'fixed' : 'next'));
      const at = shown.findLast((point) => point.after <= 5);
      return {
        trainingCurve,
        report: evaluationReport({
          table,
          models,
          seen: (question, student) => parts[partOf.get(student)!]!.episode.course.statistics.questionCount[question]! > 0,
          random,
        }),
        adopted: null,
        reliability: at ? reliability(at.judged, Math.max(3, Math.min(15, Math.floor(at.judged.student.length / 30)))) : [],
        reliabilityAfter: at?.after ?? null,
      };
    },
  };
}
