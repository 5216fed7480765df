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
  return {
    ...difficultyOf(course.statistics, course.strengths, question, set, skills, own.sums),
    ...calibrate(course.calibration, question, skills, own.effects),
  };
}

/** What is known before each answer of a table; [N], one for each row. */
export interface KnowledgeColumns {
  readonly rows: readonly QuestionKnowledge[];
  /** How far this course's students differ. */
  readonly spread: Spread;
}

/**
 * @param inside students whose answers the knowledge rests on: each is left out of their own rows
 * @param wanted students whose rows are filled in; all where left out
 */
export function knowledgeColumns(
  table: ResponseTable,
  course: CourseKnowledge,
  inside: (student: number) => boolean,
  wanted?: (student: number) => boolean,
): KnowledgeColumns {
  const rows = new Array<QuestionKnowledge>(table.question.length);
  for (let student = 0; student < table.students.length; student++) {
    if (wanted && !wanted(student)) continue;
    const own = inside(student) ? ownPart(course, [...answersOf(table, student)], table.skillSets) : NOBODY;
    for (let row = table.start[student]!; row < table.start[student + 1]!; row++) {
      const set = table.skillSet[row]!;
      rows[row] = knowledgeOf(course, table.question[row]!, set, table.skillSets[set]!, own);
    }
  }
  return { rows, spread: course.calibration.variance };
}
