import { detectDrift } from '../../../learning/feedback/drift.ts';
import type { Occasion } from '../../../learning/feedback/drift.ts';
import type { DriftNotice } from '../../../shared/contract/trust.ts';
import { dayOf } from '../../../shared/time.ts';
import { bySkill, compareForecasts, numbered } from './compare-forecasts.ts';
import type { JudgedAnswer } from './compare-forecasts.ts';

/** Normal quantile of a two-sided 95% interval over some twenty skills or classes at once (Bonferroni). */
const WIDE = 3.02;
const FEWEST_ANSWERS = 30;

/** Answers that came in on one day under one model belong together: a test is one piece of news, however many files it came in. Oldest first. */
export function occasionsOf(answers: readonly JudgedAnswer[]): readonly (readonly JudgedAnswer[])[] {
  return [...Map.groupBy(answers, ({ at, modelId }) => `${dayOf(at)} ${modelId ?? ''}`).values()];
}

/** Whether the forecasts of the model in use have been off lately; null where nothing shows it. @param answers of that model, oldest first */
export function driftOf(answers: readonly JudgedAnswer[], classOf: ReadonlyMap<string, string>): DriftNotice | null {
  const occasions = occasionsOf(answers);
  const students = new Map<string, number>();
  const numberOf = (studentId: string): number => {
    const number = students.get(studentId) ?? students.size;
    students.set(studentId, number);
    return number;
  };
  const found = detectDrift(
    occasions.map((own): Occasion => ({
      student: Int32Array.from(own, ({ studentId }) => numberOf(studentId)),
      question: numbered(own.map(({ question }) => question)),
      probability: Float64Array.from(own, ({ probability }) => probability),
      correct: Float64Array.from(own, ({ correct }) => correct),
    })),
  );
  if (!found) return null;
  const since = occasions.slice(found.since).flat();
  const off = (groups: Iterable<readonly [string, readonly JudgedAnswer[]]>) =>
    [...groups]
      .filter(([, own]) => own.length >= FEWEST_ANSWERS)
      .map(([name, own]) => ({ name, ...compareForecasts(own, WIDE)! }))
      .filter(({ difference: { low, high } }) => low > 0 || high < 0)
      .toSorted((a, b) => Math.abs(b.difference.value) - Math.abs(a.difference.value));
  const inClass = since.filter(({ studentId }) => classOf.has(studentId));
  return {
    kind: found.kind,
    since: occasions[found.since]![0]!.at,
    noticed: occasions[found.noticed]!.at(-1)!.at,
    answers: found.answers,
    students: found.students,
    forecast: found.forecast,
    right: found.right,
    difference: found.difference,
    excessLoss: found.excessLoss,
    skills: off(bySkill(since)).map(({ name, ...rest }) => ({ skill: name, ...rest })),
    classes: off(Map.groupBy(inClass, ({ studentId }) => classOf.get(studentId)!)),
  };
}
