import { clusteredVariance } from '../../../learning/feedback/drift.ts';
import type { ForecastComparison } from '../../../shared/contract/trust.ts';

/** One answer with what was forecast of it before it came in. */
export interface JudgedAnswer {
  readonly studentId: string;
  readonly question: string;
  readonly skills: readonly string[];
  readonly probability: number;
  readonly correct: number;
  /** Answers of the student that the forecast rested on. */
  readonly known: number;
  readonly importNumber: number;
  /** When it came in. */
  readonly at: number;
  readonly modelId: string | null;
}

/** Whole numbers for texts, by their first appearance. */
export function numbered(texts: readonly string[]): Int32Array {
  const known = new Map<string, number>();
  return Int32Array.from(texts, (text) => {
    const number = known.get(text) ?? known.size;
    known.set(text, number);
    return number;
  });
}

/** Answers of each skill; one with two skills speaks of both. */
export function bySkill(answers: readonly JudgedAnswer[]): Map<string, JudgedAnswer[]> {
  const skills = new Map<string, JudgedAnswer[]>();
  for (const answer of answers)
    for (const skill of answer.skills) {
      const known = skills.get(skill);
      if (known) known.push(answer);
      else skills.set(skill, [answer]);
    }
  return skills;
}

const NORMAL_95 = 1.96;

/** @param quantile of the normal distribution that the interval reaches to on either side. Undefined without answers. */
export function compareForecasts(answers: readonly JudgedAnswer[], quantile = NORMAL_95): ForecastComparison | undefined {
  const count = answers.length;
  if (count === 0) return undefined;
  const sum = (of: (answer: JudgedAnswer) => number): number => answers.reduce((all, answer) => all + of(answer), 0);
  const student = numbered(answers.map(({ studentId }) => studentId));
  const question = numbered(answers.map((answer) => answer.question));
  const errors = Float64Array.from(answers, ({ correct, probability }) => correct - probability);
  const independent = sum(({ probability }) => probability * (1 - probability));
  const half = (quantile * Math.sqrt(clusteredVariance(errors, [student, question], independent))) / count;
  const forecast = sum(({ probability }) => probability) / count;
  const right = sum(({ correct }) => correct) / count;
  const value = right - forecast;
  return {
    forecast,
    right,
    difference: { value, low: Math.max(-1, value - half), high: Math.min(1, value + half) },
    answers: count,
    students: new Set(student).size,
  };
}
