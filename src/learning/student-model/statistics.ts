import { logit } from '../numeric.ts';
import type { ResponseTable } from '../responses.ts';

/**
 * Sums of answers and of right answers, weighted, on each level of the hierarchy course → skill → skill set → question.
 * Sums, so that a student can be taken out exactly.
 */
export interface Statistics {
  readonly questionCount: Float64Array;
  readonly questionRight: Float64Array;
  readonly setCount: Float64Array;
  readonly setRight: Float64Array;
  readonly skillCount: Float64Array;
  readonly skillRight: Float64Array;
  readonly courseCount: number;
  readonly courseRight: number;
  /** How many students stand behind the sums. */
  readonly students: number;
}

/** How many answers' worth of evidence the level above counts for. */
export interface ShrinkageStrengths {
  readonly question: number;
  readonly set: number;
  readonly skill: number;
}

export const DEFAULT_STRENGTHS: ShrinkageStrengths = { question: 8, set: 8, skill: 5 };

/** What is known about how hard a question is, from other students' answers. */
export interface Difficulty {
  /** Log-odds of a right answer by an average student: question, its set of skills, the course. */
  question: number;
  set: number;
  course: number;
  /** Answers behind question and set. */
  questionAnswers: number;
  setAnswers: number;
}

/** @param include which students count; everybody where it is left out. */
export function collectStatistics(table: ResponseTable, include?: (student: number) => boolean): Statistics {
  const questionCount = new Float64Array(table.questions.length);
  const questionRight = new Float64Array(table.questions.length);
  const setCount = new Float64Array(table.skillSets.length);
  const setRight = new Float64Array(table.skillSets.length);
  const skillCount = new Float64Array(table.skills.length);
  const skillRight = new Float64Array(table.skills.length);
  let courseCount = 0;
  let courseRight = 0;
  let students = 0;
  for (let student = 0; student < table.students.length; student++) {
    if (include && !include(student)) continue;
    students++;
    for (let row = table.start[student]!; row < table.start[student + 1]!; row++) {
      const weight = table.weight[row]!;
      const right = weight * table.correct[row]!;
      const question = table.question[row]!;
      const set = table.skillSet[row]!;
      questionCount[question]! += weight;
      questionRight[question]! += right;
      setCount[set]! += weight;
      setRight[set]! += right;
      for (const skill of table.skillSets[set]!) {
        skillCount[skill]! += weight;
        skillRight[skill]! += right;
      }
      courseCount += weight;
      courseRight += right;
    }
  }
  return { questionCount, questionRight, setCount, setRight, skillCount, skillRight, courseCount, courseRight, students };
}

/** Sums to take out again: those of one student, on every level that the student touched. */
export interface OwnSums {
  readonly question: ReadonlyMap<number, readonly [count: number, right: number]>;
  readonly set: ReadonlyMap<number, readonly [count: number, right: number]>;
  readonly skill: ReadonlyMap<number, readonly [count: number, right: number]>;
  readonly course: readonly [count: number, right: number];
}

const NOTHING: readonly [number, number] = [0, 0];
export const NO_OWN_SUMS: OwnSums = { question: new Map(), set: new Map(), skill: new Map(), course: NOTHING };

export function sumOwn(
  answers: Iterable<{ readonly question: number; readonly set: number; readonly correct: number; readonly weight: number }>,
  skillSets: readonly (readonly number[])[],
): OwnSums {
  const question = new Map<number, [number, number]>();
  const set = new Map<number, [number, number]>();
  const skill = new Map<number, [number, number]>();
  const course: [number, number] = [0, 0];
  const add = (map: Map<number, [number, number]>, key: number, weight: number, right: number): void => {
    const sums = map.get(key);
    if (sums) {
      sums[0] += weight;
      sums[1] += right;
    } else map.set(key, [weight, right]);
  };
  for (const answer of answers) {
    const right = answer.weight * answer.correct;
    add(question, answer.question, answer.weight, right);
    add(set, answer.set, answer.weight, right);
    for (const each of skillSets[answer.set] ?? []) add(skill, each, answer.weight, right);
    course[0] += answer.weight;
    course[1] += right;
  }
  return { question, set, skill, course };
}

const safe = (probability: number): number => Math.min(0.995, Math.max(0.005, probability));
const safeLogit = (probability: number): number => logit(safe(probability));

/**
 * Difficulty by hierarchical shrinkage, closed form: p = (right + strength · p of the level above) / (answers + strength).
 * @param question index, or −1 for a question that nobody has answered
 * @param skills indexes of its skills; those of −1 are unknown and stand for the course
 * @param set index of the set of skills, or −1
 * @param own what to leave out (the student's own answers), so that nobody is judged by themselves
 */
export function difficultyOf(
  statistics: Statistics,
  strengths: ShrinkageStrengths,
  question: number,
  set: number,
  skills: readonly number[],
  own: OwnSums = NO_OWN_SUMS,
): Difficulty {
  const course = (statistics.courseRight - own.course[1] + 1) / (statistics.courseCount - own.course[0] + 2);
  let prior = course;
  if (skills.length > 0) {
    let sum = 0;
    for (const skill of skills) {
      const out = own.skill.get(skill) ?? NOTHING;
      const count = skill < 0 ? 0 : (statistics.skillCount[skill] ?? 0) - out[0];
      const right = skill < 0 ? 0 : (statistics.skillRight[skill] ?? 0) - out[1];
      sum += (right + strengths.skill * course) / (count + strengths.skill);
    }
    prior = sum / skills.length;
  }
  let setAnswers = 0;
  let setProbability = prior;
  if (set >= 0) {
    const out = own.set.get(set) ?? NOTHING;
    setAnswers = Math.max(0, (statistics.setCount[set] ?? 0) - out[0]);
    const right = Math.max(0, (statistics.setRight[set] ?? 0) - out[1]);
    setProbability = (right + strengths.set * prior) / (setAnswers + strengths.set);
  }
  let questionAnswers = 0;
  let questionProbability = setProbability;
  if (question >= 0) {
    const out = own.question.get(question) ?? NOTHING;
    questionAnswers = Math.max(0, (statistics.questionCount[question] ?? 0) - out[0]);
    const right = Math.max(0, (statistics.questionRight[question] ?? 0) - out[1]);
    questionProbability = (right + strengths.question * setProbability) / (questionAnswers + strengths.question);
  }
  return {
    question: safeLogit(questionProbability),
    set: safeLogit(setProbability),
    course: safeLogit(course),
    questionAnswers,
    setAnswers,
  };
}

/** Difficulties of every answer of a table, one column each ([N]). */
export interface DifficultyColumns {
  readonly question: Float32Array;
  readonly set: Float32Array;
  readonly course: Float32Array;
  readonly questionAnswers: Float32Array;
  readonly setAnswers: Float32Array;
}

/** @param inside students whose answers are in the statistics: they are taken out, student by student, exactly. */
export function difficultyColumns(
  table: ResponseTable,
  statistics: Statistics,
  strengths: ShrinkageStrengths,
  inside: (student: number) => boolean,
): DifficultyColumns {
  const count = table.question.length;
  const columns: DifficultyColumns = {
    question: new Float32Array(count),
    set: new Float32Array(count),
    course: new Float32Array(count),
    questionAnswers: new Float32Array(count),
    setAnswers: new Float32Array(count),
  };
  for (let student = 0; student < table.students.length; student++) {
    const own = inside(student) ? sumOwn(answersOf(table, student), table.skillSets) : NO_OWN_SUMS;
    for (let row = table.start[student]!; row < table.start[student + 1]!; row++) {
      const set = table.skillSet[row]!;
      const difficulty = difficultyOf(statistics, strengths, table.question[row]!, set, table.skillSets[set]!, own);
      columns.question[row] = difficulty.question;
      columns.set[row] = difficulty.set;
      columns.course[row] = difficulty.course;
      columns.questionAnswers[row] = difficulty.questionAnswers;
      columns.setAnswers[row] = difficulty.setAnswers;
    }
  }
  return columns;
}

export function* answersOf(
  table: ResponseTable,
  student: number,
): Generator<{ question: number; set: number; correct: number; weight: number }> {
  for (let row = table.start[student]!; row < table.start[student + 1]!; row++)
    yield { question: table.question[row]!, set: table.skillSet[row]!, correct: table.correct[row]!, weight: table.weight[row]! };
}

/**
 * The strengths that forecast each student's answers best from the others' (leave one student out, log-loss), by coordinate search
 * over a grid. They are the data's own: with many answers a question needs little help from its skill.
 */
export function chooseStrengths(
  table: ResponseTable,
  statistics: Statistics,
  include: (student: number) => boolean,
): ShrinkageStrengths {
  // Each level's sums without the student's own, gathered once: the grid then costs arithmetic only.
  let count = 0;
  for (let student = 0; student < table.students.length; student++)
    if (include(student)) count += table.start[student + 1]! - table.start[student]!;
  if (count === 0) return DEFAULT_STRENGTHS;
  const data = new Float64Array(count * 8);
  let at = 0;
  for (let student = 0; student < table.students.length; student++) {
    if (!include(student)) continue;
    const own = sumOwn(answersOf(table, student), table.skillSets);
    const course = (statistics.courseRight - own.course[1] + 1) / (statistics.courseCount - own.course[0] + 2);
    for (let row = table.start[student]!; row < table.start[student + 1]!; row++, at += 8) {
      const question = table.question[row]!;
      const set = table.skillSet[row]!;
      const outQuestion = own.question.get(question) ?? NOTHING;
      const outSet = own.set.get(set) ?? NOTHING;
      // One skill's sums stand for the set's: exact for the single-skill questions, which are nearly all.
      const skill = table.skillSets[set]![0] ?? -1;
      const outSkill = own.skill.get(skill) ?? NOTHING;
      data[at] = table.correct[row]!;
      data[at + 1] = course;
      data[at + 2] = statistics.questionCount[question]! - outQuestion[0];
      data[at + 3] = statistics.questionRight[question]! - outQuestion[1];
      data[at + 4] = statistics.setCount[set]! - outSet[0];
      data[at + 5] = statistics.setRight[set]! - outSet[1];
      data[at + 6] = skill < 0 ? 0 : statistics.skillCount[skill]! - outSkill[0];
      data[at + 7] = skill < 0 ? 0 : statistics.skillRight[skill]! - outSkill[1];
    }
  }
  const loss = (strengths: ShrinkageStrengths): number => {
    let sum = 0;
    for (let at = 0; at < data.length; at += 8) {
      const skill = (data[at + 7]! + strengths.skill * data[at + 1]!) / (data[at + 6]! + strengths.skill);
      const set = (data[at + 5]! + strengths.set * skill) / (data[at + 4]! + strengths.set);
      const question = (data[at + 3]! + strengths.question * set) / (data[at + 2]! + strengths.question);
      const p = safe(question);
      const correct = data[at]!;
      // Most answers are right or wrong: one logarithm.
      if (correct > 0) sum -= correct * Math.log(p);
      if (correct < 1) sum -= (1 - correct) * Math.log(1 - p);
    }
    return sum;
  };
  let best = DEFAULT_STRENGTHS;
  let lowest = loss(best);
  for (let round = 0; round < 2; round++) {
    for (const level of ['question', 'set', 'skill'] as const) {
      for (const strength of [1, 2, 4, 6, 8, 12, 18, 30, 60]) {
        if (strength === best[level]) continue;
        const candidate = { ...best, [level]: strength };
        const value = loss(candidate);
        if (value < lowest) [best, lowest] = [candidate, value];
      }
    }
  }
  return best;
}
