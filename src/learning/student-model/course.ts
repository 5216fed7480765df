import type { ResponseTable } from '../responses.ts';
import { calibrate, NO_OWN_EFFECTS, ownEffects } from './calibration.ts';
import { fitCalibration } from './fit-calibration.ts';
import type { Calibrated, Calibration, OwnEffects } from './calibration.ts';
import type { Spread } from './standing.ts';
import { answersOf, chooseStrengths, collectStatistics, difficultyOf, NO_OWN_SUMS, sumOwn } from './statistics.ts';
import type { Difficulty, OwnSums, ShrinkageStrengths, Statistics } from './statistics.ts';
import { estimateComponents } from './variance-components.ts';
import type { VarianceComponents } from './variance-components.ts';

/** What past students' answers tell of a course's questions; all in closed form or convex, so that it follows a gradebook at once. */
export interface CourseKnowledge {
  readonly statistics: Statistics;
  readonly strengths: ShrinkageStrengths;
  readonly calibration: Calibration;
  readonly components: VarianceComponents;
}

/** What is known of one question: its share of right answers, and its difficulty once the ability of those who answered is out. */
export interface QuestionKnowledge extends Difficulty, Calibrated {}

export interface Own {
  readonly sums: OwnSums;
  readonly effects: OwnEffects;
}

export const NOBODY: Own = { sums: NO_OWN_SUMS, effects: NO_OWN_EFFECTS };

export function learnCourse(
  table: ResponseTable,
  include: (student: number) => boolean = () => true,
  strengths?: ShrinkageStrengths,
): CourseKnowledge {
  const statistics = collectStatistics(table, include);
  const calibration = fitCalibration(table, { include });
  return {
    statistics,
    strengths: strengths ?? chooseStrengths(table, statistics, include),
    calibration,
    components: estimateComponents(table, calibration, include),
  };
}

/** @param answers of one student that the knowledge rests on */
export function ownPart(
  course: CourseKnowledge,
  answers: readonly { readonly question: number; readonly set: number; readonly correct: number; readonly weight: number }[],
  skillSets: readonly (readonly number[])[],
): Own {
  return {
    sums: sumOwn(answers, skillSets),
    effects: ownEffects(
      course.calibration,
      answers.map((answer) => ({ ...answer, skills: skillSets[answer.set] ?? [] })),
    ),
  };
}

/** Indexes as in difficultyOf; `own` is left out. */
export function knowledgeOf(
  course: CourseKnowledge,
  question: number,
  set: number,
  skills: readonly number[],
  own: Own = NOBODY,
): QuestionKnowledge {
  const shares = difficultyOf(course.statistics, course.strengths, question, set, skills, own.sums);
  const calibrated = calibrate(course.calibration, question, skills, own.effects);
  // Written out: spreading two objects takes as long as all the arithmetic.
  return {
    question: shares.question,
    set: shares.set,
    course: shares.course,
    questionAnswers: shares.questionAnswers,
    setAnswers: shares.setAnswers,
    adjusted: calibrated.adjusted,
    adjustedSkill: calibrated.adjustedSkill,
    adjustedError: calibrated.adjustedError,
    skillError: calibrated.skillError,
    students: calibrated.students,
    company: calibrated.company,
    companySkill: calibrated.companySkill,
  };
}

const FIELDS = [
  'question',
  'set',
  'course',
  'questionAnswers',
  'setAnswers',
  'adjusted',
  'adjustedSkill',
  'adjustedError',
  'skillError',
  'company',
  'companySkill',
] as const satisfies readonly (keyof QuestionKnowledge)[];
const WIDTH = FIELDS.length;
const ADJUSTED = FIELDS.indexOf('adjusted');

/** What is known before each answer of a table of N. Columns: an object for every answer of a school would fill the memory. */
export class KnowledgeColumns {
  /** How far this course's students differ. */
  readonly spread: Spread;
  /** [N, 11] */
  private readonly values: Float64Array;
  private readonly students: number;

  constructor(values: Float64Array, calibration: Calibration) {
    this.values = values;
    this.spread = calibration.variance;
    this.students = calibration.students;
  }

  at(row: number): QuestionKnowledge {
    const { values } = this;
    const at = row * WIDTH;
    return {
      question: values[at]!,
      set: values[at + 1]!,
      course: values[at + 2]!,
      questionAnswers: values[at + 3]!,
      setAnswers: values[at + 4]!,
      adjusted: values[at + 5]!,
      adjustedSkill: values[at + 6]!,
      adjustedError: values[at + 7]!,
      skillError: values[at + 8]!,
      students: this.students,
      company: values[at + 9]!,
      companySkill: values[at + 10]!,
    };
  }

  /** Log-odds of a right answer by a student of average ability, of that row. */
  adjusted(row: number): number {
    return this.values[row * WIDTH + ADJUSTED]!;
  }
}

/** Room for the knowledge of a table; several courses may share it, each of other students. */
export const knowledgeRoom = (table: ResponseTable): Float64Array => new Float64Array(table.question.length * WIDTH);

/**
 * @param inside students whose answers the knowledge rests on: each is left out of their own rows
 * @param wanted students whose rows are filled in; all where left out
 */
export function knowledgeColumns(
  table: ResponseTable,
  course: CourseKnowledge,
  inside: (student: number) => boolean,
  wanted?: (student: number) => boolean,
  room: Float64Array = knowledgeRoom(table),
): KnowledgeColumns {
  for (let student = 0; student < table.students.length; student++) {
    if (wanted && !wanted(student)) continue;
    const own = inside(student) ? ownPart(course, [...answersOf(table, student)], table.skillSets) : NOBODY;
    for (let row = table.start[student]!; row < table.start[student + 1]!; row++) {
      const set = table.skillSet[row]!;
      const known = knowledgeOf(course, table.question[row]!, set, table.skillSets[set]!, own);
      for (let field = 0; field < WIDTH; field++) room[row * WIDTH + field] = known[FIELDS[field]!];
    }
  }
  return new KnowledgeColumns(room, course.calibration);
}
