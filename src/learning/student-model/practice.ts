import { sigmoid } from '../numeric.ts';
import type { ResponseTable } from '../responses.ts';
import type { KnowledgeColumns } from './course.ts';

/** What practice does to the logit of a right answer, per unit of log(1 + number of earlier answers on the skill). */
export interface PracticeEffect {
  readonly gain: { readonly value: number; readonly standardError: number };
  /** By skill index, shrunk towards the course's gain; [skills]. */
  readonly skillGain: Float32Array;
  readonly skillGainError: Float32Array;
  /** Effect of practising a prerequisite, as a share of the skill's own gain; 0 to 1. */
  readonly transfer: { readonly value: number; readonly standardError: number };
}

/** What is assumed where there are no data: from simulated courses, with a wide error. */
export const PRIOR_GAIN = { value: 0.25, standardError: 0.15 };
/** Weakly held: half of the skills that build on a practised one profit a little. */
export const PRIOR_TRANSFER = { value: 0.15, standardError: 0.12 };
/** Standard deviation of skills' gains around the course's, in logits. */
const SKILL_SPREAD = 0.15;

/**
 * Fits logit = difficulty + θ_student + g_skill·log(1 + earlier answers on the skill) + g·τ·log(1 + earlier answers on prerequisites) to the training
 * students, alternating Newton steps: θ under N(0, .7), the course's g, then each skill's under N(g, .15²). That difficulty is of the
 * average student at the average opportunity is corrected by centring the practice term within each skill. Learners who go on because they do
 * well bias such estimates; the plan therefore shows them with their errors and evaluation compares them with what came.
 * @param prerequisites by skill index
 */
export function fitPractice(
  table: ResponseTable,
  knowledge: Pick<KnowledgeColumns, 'adjusted'>,
  prerequisites: ReadonlyMap<number, readonly number[]>,
): PracticeEffect {
  const count = table.question.length;
  const own = new Float64Array(count);
  const before = new Float64Array(count);
  const skillOf = new Int32Array(count).fill(-1);
  for (let student = 0; student < table.students.length; student++) {
    const seen = new Map<number, number>();
    for (let row = table.start[student]!; row < table.start[student + 1]!; row++) {
      const skills = table.skillSets[table.skillSet[row]!]!;
      if (skills.length === 0) continue;
      skillOf[row] = skills[0]!;
      own[row] = Math.log1p(Math.min(30, skills.reduce((sum, skill) => sum + (seen.get(skill) ?? 0), 0) / skills.length));
      let behind = 0;
      for (const skill of skills)
        for (const prerequisite of prerequisites.get(skill) ?? []) behind += seen.get(prerequisite) ?? 0;
      before[row] = Math.log1p(Math.min(30, behind));
      for (const skill of skills) seen.set(skill, (seen.get(skill) ?? 0) + 1);
    }
  }
  centre(own, skillOf, table.skills.length);
  centre(before, skillOf, table.skills.length);
  const ability = new Float64Array(table.students.length);
  let gain = PRIOR_GAIN.value;
  let gainPrecision = 1;
  let cross = PRIOR_GAIN.value * PRIOR_TRANSFER.value;
  let crossPrecision = 1;
  const crossPrior = 1 / 0.05 ** 2;
  for (let round = 0; round < 4; round++) {
    let gainSlope = (PRIOR_GAIN.value - gain) / PRIOR_GAIN.standardError ** 2;
    gainPrecision = 1 / PRIOR_GAIN.standardError ** 2;
    let crossSlope = (PRIOR_GAIN.value * PRIOR_TRANSFER.value - cross) * crossPrior;
    crossPrecision = crossPrior;
    for (let student = 0; student < table.students.length; student++) {
      let slope = 0;
      let precision = 0;
      const from = table.start[student]!;
      const to = table.start[student + 1]!;
      for (let newton = 0; newton < 3; newton++) {
        slope = -ability[student]! / 0.7;
        precision = 1 / 0.7;
        for (let row = from; row < to; row++) {
          const p = sigmoid(knowledge.adjusted(row) + ability[student]! + gain * own[row]! + cross * before[row]!);
          slope += table.weight[row]! * (table.correct[row]! - p);
          precision += table.weight[row]! * p * (1 - p);
        }
        ability[student]! += Math.max(-1, Math.min(1, slope / precision));
      }
      for (let row = from; row < to; row++) {
        if (skillOf[row]! < 0) continue;
        const p = sigmoid(knowledge.adjusted(row) + ability[student]! + gain * own[row]! + cross * before[row]!);
        const residual = table.weight[row]! * (table.correct[row]! - p);
        const information = table.weight[row]! * p * (1 - p);
        gainSlope += residual * own[row]!;
        gainPrecision += information * own[row]! ** 2;
        crossSlope += residual * before[row]!;
        crossPrecision += information * before[row]! ** 2;
      }
    }
    gain += gainSlope / gainPrecision;
    cross += crossSlope / crossPrecision;
  }
  const slopes = new Float64Array(table.skills.length);
  const precisions = new Float64Array(table.skills.length).fill(1 / SKILL_SPREAD ** 2);
  for (let student = 0; student < table.students.length; student++)
    for (let row = table.start[student]!; row < table.start[student + 1]!; row++) {
      const skill = skillOf[row]!;
      if (skill < 0) continue;
      const p = sigmoid(knowledge.adjusted(row) + ability[student]! + gain * own[row]! + cross * before[row]!);
      slopes[skill]! += table.weight[row]! * (table.correct[row]! - p) * own[row]!;
      precisions[skill]! += table.weight[row]! * p * (1 - p) * own[row]! ** 2;
    }
  const gainError = 1 / Math.sqrt(gainPrecision);
  const positive = Math.max(0.02, gain);
  const share = Math.max(0, Math.min(1, cross / positive));
  return {
    gain: { value: gain, standardError: gainError },
    skillGain: Float32Array.from(slopes, (slope, skill) => gain + slope / precisions[skill]!),
    skillGainError: Float32Array.from(precisions, (precision) => Math.sqrt(1 / precision + gainError ** 2)),
    transfer: {
      value: share,
      standardError: Math.min(0.5, Math.hypot(1 / Math.sqrt(crossPrecision) / positive, (share * gainError) / positive)),
    },
  };
}

function centre(values: Float64Array, group: Int32Array, groups: number): void {
  const sum = new Float64Array(groups);
  const count = new Float64Array(groups);
  for (let row = 0; row < values.length; row++)
    if (group[row]! >= 0) {
      sum[group[row]!]! += values[row]!;
      count[group[row]!]!++;
    }
  for (let row = 0; row < values.length; row++)
    values[row] = group[row]! >= 0 ? values[row]! - sum[group[row]!]! / count[group[row]!]! : 0;
}
