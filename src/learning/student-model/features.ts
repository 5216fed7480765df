import { sigmoid } from '../numeric.ts';
import type { QuestionKnowledge } from './course.ts';
import { fitStanding, strengthOn, strengthVariance } from './standing.ts';
import type { Spread, Standing } from './standing.ts';

/** Answers beyond these most recent ones no longer enter the history features (they still move φ). */
export const HISTORY_LIMIT = 100;
/** Share of the ability's variance that remains once it is known who else answered the same questions. */
export const REMAINING_VARIANCE = 0.7;
/** Answers that the target's own company counts for beside that of the support's questions. */
const TARGET_COMPANY = 1;
/** Variance of ability around the shares of right answers, which know nothing of who answered. */
const SHARE_VARIANCE = 0.7;

/** One answered question as the features see it. */
export interface SupportAnswer {
  readonly question: number;
  readonly skills: readonly number[];
  readonly knowledge: QuestionKnowledge;
  readonly correct: number;
  readonly weight: number;
  /** A mark for a whole piece of work; words speak of it so, the mathematics by its weight. */
  readonly mark?: boolean | undefined;
}

/** The question to be forecast. */
export interface Target {
  readonly question: number;
  readonly skills: readonly number[];
  readonly knowledge: QuestionKnowledge;
  /** Answers between the last one that is known and this one; 0 for the very next, which is what an app asks about. */
  readonly ahead?: number | undefined;
}

/** What is computed once from the support set and shared by all questions that are forecast after it. All arrays [k]. */
export interface HistorySummary {
  readonly answers: readonly SupportAnswer[];
  /** Positions in `answers` by skill and by question, rising. */
  readonly bySkill: ReadonlyMap<number, readonly number[]>;
  readonly byQuestion: ReadonlyMap<number, readonly number[]>;
  /** Sum of weights, and where the student is expected to stand by the company they answer in: mean ability of those who answered the same. */
  readonly evidence: number;
  readonly company: number;
  /** Variance of the ability around the company's before and after the answers; the latter's inverse. */
  readonly variance: number;
  readonly precision: number;
  /** Ability and strengths, the posterior mode under N(company, variance), over the adjusted difficulties; in logits. */
  readonly standing: Standing;
  readonly ability: number;
  /** The same under N(0, .7) over the shares of right answers, one Newton step. */
  readonly shareAbility: number;
  /** Answer minus its forecast under difficulty and ability alone, times weight. */
  readonly residual: Float64Array;
  /** p(1 − p) times weight. */
  readonly information: Float64Array;
  readonly right: number;
  readonly wrong: number;
  readonly meanDifficulty: number;
  readonly surprise: number;
  readonly recentSlow: number;
  readonly recentFast: number;
}

/** @param spread of the course's students */
export function summariseHistory(all: readonly SupportAnswer[], spread: Spread): HistorySummary {
  const variance = REMAINING_VARIANCE * spread.ability;
  let evidence = 0;
  let companySum = 0;
  for (const answer of all) {
    evidence += answer.weight;
    companySum += answer.weight * answer.knowledge.company;
  }
  const company = companySum / (evidence + 1);
  const answers = all.length > HISTORY_LIMIT ? all.slice(all.length - HISTORY_LIMIT) : all;
  const count = answers.length;
  const standing = fitStanding({
    answers,
    offsets: columnOf(answers, (answer) => answer.knowledge.adjusted),
    centre: company,
    spread: { ability: variance, strength: spread.strength },
  });
  const { ability } = standing;
  const residual = new Float64Array(count);
  const information = new Float64Array(count);
  let right = 0;
  let wrong = 0;
  let difficultySum = 0;
  let squares = 0;
  let informationSum = 0;
  let slow = 0;
  let slowInformation = 0.5;
  let fast = 0;
  let fastInformation = 0.5;
  let shareSlope = 0;
  let sharePrecision = 1 / SHARE_VARIANCE;
  answers.forEach((answer, index) => {
    const p = sigmoid(answer.knowledge.adjusted + ability);
    const share = sigmoid(answer.knowledge.question);
    shareSlope += answer.weight * (answer.correct - share);
    sharePrecision += answer.weight * share * (1 - share);
    residual[index] = answer.weight * (answer.correct - p);
    information[index] = answer.weight * p * (1 - p);
    right += answer.weight * answer.correct;
    wrong += answer.weight * (1 - answer.correct);
    difficultySum += answer.knowledge.adjusted;
    squares += residual[index]! ** 2;
    informationSum += information[index]!;
    slow = slow * 0.9 + residual[index]!;
    slowInformation = (slowInformation - 0.5) * 0.9 + information[index]! + 0.5;
    fast = fast * 0.6 + residual[index]!;
    fastInformation = (fastInformation - 0.5) * 0.6 + information[index]! + 0.5;
  });
  const bySkill = new Map<number, number[]>();
  const byQuestion = new Map<number, number[]>();
  answers.forEach((answer, index) => {
    for (const skill of answer.skills) if (skill >= 0) push(bySkill, skill, index);
    if (answer.question >= 0) push(byQuestion, answer.question, index);
  });
  return {
    answers,
    bySkill,
    byQuestion,
    evidence,
    company,
    variance,
    precision: 1 / standing.abilityVariance,
    standing,
    ability,
    shareAbility: shareSlope / sharePrecision,
    residual,
    information,
    right,
    wrong,
    meanDifficulty: count ? difficultySum / count : 0,
    surprise: count ? squares / (informationSum + 1) - informationSum / (informationSum + 1) : 0,
    recentSlow: slow / slowInformation,
    recentFast: fast / fastInformation,
  };
}

function columnOf<Item>(items: readonly Item[], value: (item: Item) => number): Float64Array {
  const column = new Float64Array(items.length);
  for (let index = 0; index < items.length; index++) column[index] = value(items[index]!);
  return column;
}

/**
 * What the target's own company adds to the ability: being asked what able students are asked says something too. The prior mean moves by
 * it, and the posterior mode by that times the prior's share of the precision.
 */
export function companyShift(history: HistorySummary, target: Target): number {
  const { evidence, company } = history;
  const joint = (company * (evidence + 1) + TARGET_COMPANY * target.knowledge.company) / (evidence + 1 + TARGET_COMPANY);
  return (joint - company) / (history.variance * history.precision);
}

/** The closed-form forecast's logit but for the ability: adjusted difficulty, the target's company, the student's strength on its skills. */
export function offsetOf(history: HistorySummary, target: Target): number {
  const { standing } = history;
  // The strengths' modes follow the ability's: by their covariance over its variance.
  let follow = 1;
  for (const skill of target.skills)
    follow += (standing.strength.get(skill)?.covariance ?? 0) / standing.abilityVariance / target.skills.length;
  return target.knowledge.adjusted + strengthOn(standing, target.skills) + follow * companyShift(history, target);
}

/** Before the first answer. */
export const noHistory = (spread: Spread): HistorySummary => summariseHistory([], spread);

function push(map: Map<number, number[]>, key: number, index: number): void {
  const list = map.get(key);
  if (list) list.push(index);
  else map.set(key, [index]);
}

const NONE: readonly number[] = [];

/** Positions of the answers that share a skill with the target, rising, each once. */
export function relatedAnswers(history: HistorySummary, skills: readonly number[]): readonly number[] {
  if (skills.length === 1) return history.bySkill.get(skills[0]!) ?? NONE;
  const found = new Set<number>();
  for (const skill of skills) for (const index of history.bySkill.get(skill) ?? NONE) found.add(index);
  return [...found].sort((a, b) => a - b);
}

/** Jaccard overlap of two sorted lists of skills; unknown skills (−1) are like nothing. */
export function similarity(first: readonly number[], second: readonly number[]): number {
  if (first.length === 1 && second.length === 1) return first[0] === second[0] && first[0]! >= 0 ? 1 : 0;
  let common = 0;
  for (const skill of first) if (skill >= 0 && second.includes(skill)) common++;
  return common === 0 ? 0 : common / (first.length + second.length - common);
}

/** Answers ahead beyond this many count alike. */
const FURTHEST = 40;

/** Number of features of a question. */
export const FEATURE_COUNT = 46;

/**
 * Writes the features of a question after a history: plain numbers of order one, nothing in them is indexed by a question or skill,
 * so that what is learned about them holds in every course. They are frozen after the history: no later answer enters.
 */
export function writeFeatures(
  out: Float32Array | Float64Array,
  at: number,
  history: HistorySummary,
  target: Target,
  ahead = target.ahead ?? 0,
): void {
  const { knowledge } = target;
  const { residual, information, answers } = history;
  const count = answers.length;
  let same = 0;
  let sameResidual = 0;
  let sameInformation = 0;
  let sameRight = 0;
  let sameWrong = 0;
  let recent = 0;
  let recentInformation = 0;
  let lastSame = -1;
  let again = 0;
  let againResidual = 0;
  let run = 0;
  for (const index of history.byQuestion.get(target.question) ?? NONE) {
    again += 1;
    againResidual += residual[index]!;
  }
  for (const index of relatedAnswers(history, target.skills)) {
    const answer = answers[index]!;
    const overlap = similarity(target.skills, answer.skills);
    same += overlap;
    sameResidual += overlap * residual[index]!;
    sameInformation += overlap * information[index]!;
    sameRight += overlap * answer.weight * answer.correct;
    sameWrong += overlap * answer.weight * (1 - answer.correct);
    recent = recent * 0.6 + overlap * residual[index]!;
    recentInformation = recentInformation * 0.6 + overlap * information[index]!;
    run = answer.correct > 0.5 ? Math.max(0, run) + 1 : Math.min(0, run) - 1;
    lastSame = index;
  }
  const logCount = Math.log1p(count);
  const logSame = Math.log1p(same);
  const shift = companyShift(history, target);
  const ability = history.ability + shift;
  out[at] = knowledge.adjusted / 2;
  out[at + 1] = knowledge.set - knowledge.question;
  out[at + 2] = knowledge.question / 2;
  out[at + 3] = knowledge.course;
  out[at + 4] = Math.log1p(knowledge.questionAnswers) / 5;
  out[at + 5] = Math.log1p(knowledge.setAnswers) / 6;
  out[at + 6] = ability;
  out[at + 7] = logCount / 3;
  out[at + 8] = sameResidual / (sameInformation + 2);
  out[at + 9] = logSame / 2;
  out[at + 10] = sameResidual / (sameInformation + 0.5);
  out[at + 11] = recent / (recentInformation + 0.5);
  out[at + 12] = history.recentSlow;
  out[at + 13] = history.recentFast;
  out[at + 14] = againResidual;
  out[at + 15] = Math.log1p(again);
  out[at + 16] = Math.log1p(history.right) / 3;
  out[at + 17] = Math.log1p(history.wrong) / 3;
  out[at + 18] = Math.log1p(sameRight) / 2;
  out[at + 19] = Math.log1p(sameWrong) / 2;
  out[at + 20] = count ? residual[count - 1]! : 0;
  out[at + 21] = lastSame >= 0 ? residual[lastSame]! : 0;
  out[at + 22] = lastSame >= 0 ? 1 : 0;
  out[at + 23] = lastSame >= 0 ? Math.log1p(count - 1 - lastSame) / 3 : 0;
  out[at + 24] = lastSame === count - 1 && count > 0 ? 1 : 0;
  out[at + 25] = (knowledge.adjusted * ability) / 2;
  out[at + 26] = (knowledge.adjusted * logCount) / 6;
  out[at + 27] = ability * logSame;
  out[at + 28] = (Math.sign(run) * Math.log1p(Math.abs(run))) / 2;
  out[at + 29] = count ? (knowledge.adjusted - history.meanDifficulty) / 2 : 0;
  out[at + 30] = 1 / Math.sqrt(history.precision);
  out[at + 31] = history.surprise;
  out[at + 32] = knowledge.question - knowledge.adjusted - knowledge.company;
  out[at + 33] = knowledge.adjustedSkill - knowledge.adjusted;
  out[at + 34] = knowledge.adjustedError;
  out[at + 35] = knowledge.company;
  out[at + 36] = knowledge.companySkill;
  out[at + 37] = history.company;
  out[at + 38] = count ? knowledge.company - history.company : 0;
  out[at + 39] = history.shareAbility;
  out[at + 40] = history.ability - history.company;
  out[at + 41] = Math.log1p(Math.min(FURTHEST, ahead)) / 3;
  out[at + 42] = strengthOn(history.standing, target.skills);
  out[at + 43] = Math.sqrt(strengthVariance(history.standing, target.skills));
  out[at + 44] = knowledge.skillError;
  out[at + 45] = Math.log1p(knowledge.students) / 8;
}
