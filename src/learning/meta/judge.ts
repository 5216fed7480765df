import type { Baseline } from '../baselines/baseline.ts';
import { ensembleForecaster, OUR_NAME } from '../evaluation/forecasters.ts';
import { reliability } from '../evaluation/metrics.ts';
import { forecastWindows, LONG_ENOUGH } from '../evaluation/protocol.ts';
import type { Forecaster } from '../evaluation/protocol.ts';
import { evaluationReport } from '../evaluation/report.ts';
import { crossEntropy } from '../numeric.ts';
import type { Random } from '../random.ts';
import { summariseHistory } from '../student-model/features.ts';
import type { Member } from '../student-model/member.ts';
import type { Recalibration } from '../student-model/recalibration.ts';
import type { ModelMetrics, TrainingCurvePoint } from '../trained-model.ts';
import { supportAnswer } from './episodes.ts';
import type { Episode } from './episodes.ts';

/** Judges models by students whose answers trained nothing. */
export interface Judge {
  readonly students: readonly number[];
  /** Mean log-loss of their next answers after a few; null where nobody is held back. */
  loss(member: Member): number | null;
  /** Logits of their next answers after a few, by each member alone, and what came. */
  logits(members: readonly Member[]): HeldBackLogits;
  /** The same for those whom the report judges, the students with enough answers; all where they are few. */
  lastingLogits(members: readonly Member[]): HeldBackLogits;
  /** Beside baselines that trained on the same students. */
  metrics(
    members: readonly Member[],
    recalibration: Recalibration,
    baselines: readonly Baseline[],
    random: Random,
    curve: readonly TrainingCurvePoint[],
  ): ModelMetrics;
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

export function createJudge(episode: Episode, heldBack: readonly boolean[]): Judge {
  const { table, course, knowledge, profiles } = episode;
  const students = table.students.map((_, student) => student).filter((student) => heldBack[student]!);
  /** Asks each member alone; [n] rows, the same for all. */
  const ask = (members: readonly Member[], chosen: readonly number[]): HeldBackLogits => {
    const logits: number[][] = members.map(() => []);
    const correct: number[] = [];
    const known: number[] = [];
    for (const student of chosen) {
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
        members.forEach((member, index) => {
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
  const stride = Math.ceil(students.length / QUICK);
  const lasting = students.filter((student) => table.start[student + 1]! - table.start[student]! >= LONG_ENOUGH);
  const few = students.filter((_, index) => index % stride === 0);
  return {
    students,
    loss(member) {
      const { logits, correct } = ask([member], few);
      if (correct.length === 0) return null;
      return correct.reduce((sum, value, row) => sum + crossEntropy(logits[0]![row]!, value), 0) / correct.length;
    },
    logits: (members) => ask(members, students),
    lastingLogits: (members) => ask(members, lasting.length >= FEWEST_LASTING ? lasting : students),
    metrics(members, recalibration, baselines, random, trainingCurve) {
      const windowsOf = (forecaster: Forecaster) => forecastWindows(table, students, forecaster);
      const model = windowsOf(ensembleForecaster(members, table, knowledge, profiles, recalibration));
      const others = baselines.map(({ name, forecaster }) => ({ name, windows: windowsOf(forecaster(table)) }));
      const shown = model.filter((point) => point.window === (model.some((each) => each.window === 'fixed') ? 'fixed' : 'next'));
      const at = shown.findLast((point) => point.after <= 5);
      return {
        trainingCurve,
        report: evaluationReport({
          table,
          models: [{ name: OUR_NAME, windows: model }, ...others],
          seen: (question) => course.statistics.questionCount[question]! > 0,
          random,
        }),
        adopted: null,
        reliability: at ? reliability(at.judged, Math.max(3, Math.min(15, Math.floor(at.judged.student.length / 30)))) : [],
        reliabilityAfter: at?.after ?? null,
      };
    },
  };
}
