import type { CourseMap, ResponseSequence } from '../../shared/domain.ts';
import { logit } from '../numeric.ts';
import type { Random } from '../random.ts';
import type { StudentModel } from '../student-model/types.ts';
import { drawCourse, drawTraits, questionId, simulateWithTruth } from './simulated-course.ts';
import type { SimulatedCourse, SimulatedStudent } from './simulated-course.ts';

/** 95% quantile of the standard normal: value ± this many standard errors is a 90% interval. */
export const NINETY_PERCENT = 1.6448536269514722;

/** What an interval is checked for; each against the simulator's truth at the end of the answers that the model has seen. */
export type Covered = 'question' | 'skill' | 'level';

/** One interval against the truth. */
export interface CoverageDraw {
  readonly what: Covered;
  /** Answers of the student that the model had seen. */
  readonly after: number;
  /** (estimate − truth) / standard error on the logit scale. */
  readonly z: number;
}

/** Questions and skills that are asked about, for each student and number of answers. */
const ASKED = 6;

/**
 * Fits a model to the first answers of simulated students and holds its intervals against the truth: the forecast of questions drawn evenly
 * over the course's skills, the forecast of skills and the level, all on the logit scale.
 * @param after numbers of answers; a student with fewer is left out there
 */
export function coverageDraws(
  model: StudentModel,
  course: SimulatedCourse,
  students: readonly SimulatedStudent[],
  after: readonly number[],
  random: Random,
): CoverageDraw[] {
  const draws: CoverageDraw[] = [];
  const { skills } = course.map;
  for (const { sequence, truth } of students)
    for (const answers of after) {
      if (sequence.responses.length < answers) continue;
      const state = model.adapt(sequence.responses.slice(0, answers));
      const probability = truth(answers);
      const add = (what: Covered, value: number, standardError: number, right: number): void => {
        draws.push({ what, after: answers, z: (value - logit(right)) / standardError });
      };
      for (let draw = 0; draw < ASKED; draw++) {
        const skill = random.integer(skills.length);
        const question = random.integer(course.questionEase[skill]!.length);
        const { id } = skills[skill]!;
        const asked = state.forecastQuestion({ question: questionId(course, skill, question), skills: [id] });
        add('question', asked.logit, asked.logitStandardError, probability(skill, question));
        const mean = state.forecastSkill(id);
        const slope = mean.value * (1 - mean.value);
        add('skill', logit(mean.value), mean.standardError / slope, probability(skill));
      }
      const { value, standardError } = state.level();
      const right = skills.reduce((sum, _, skill) => sum + probability(skill), 0) / skills.length;
      add('level', logit(value), standardError / (value * (1 - value)), right);
    }
  return draws;
}

/** Numbers of past students that courses are known by, in turn. */
const PAST_STUDENTS = [0, 5, 20, 60, 150, 400];
/** Numbers of answers after which intervals are held against the truth. */
export const COVERAGE_AFTER = [0, 5, 20, 60];

export interface CoverageStudy {
  readonly courses: number;
  /** New students a course. */
  readonly students: number;
  readonly random: Random;
  readonly past?: readonly number[] | undefined;
  /** The model for a course with these past students; they come from the same classes as the new ones, or from those before. */
  fit(map: CourseMap, past: readonly ResponseSequence[]): StudentModel | Promise<StudentModel>;
}

/** Draws courses, past and new students, and holds the intervals for the new ones against the truth. */
export async function studyCoverage(study: CoverageStudy): Promise<CoverageDraw[]> {
  const { random } = study;
  const sizes = study.past ?? PAST_STUDENTS;
  const longest = COVERAGE_AFTER.at(-1)!;
  const draws: CoverageDraw[] = [];
  for (let index = 0; index < study.courses; index++) {
    const course = drawCourse(drawTraits(random), random);
    const past = sizes[index % sizes.length]!;
    const ids = Array.from({ length: past + study.students }, (_, student) => `student-${student + 1}`);
    let drawn = 0;
    const length = (chance: Random): number => (drawn++ < past ? 8 + Math.floor(110 * chance.uniform() ** 2) : longest);
    const simulated = simulateWithTruth(course, ids, length, random);
    const model = await study.fit(
      course.map,
      simulated.slice(0, past).map(({ sequence }) => sequence),
    );
    draws.push(...coverageDraws(model, course, simulated.slice(past), COVERAGE_AFTER, random));
  }
  return draws;
}

/** Share of the 90% intervals that hold the truth. */
export const coveredShare = (draws: readonly CoverageDraw[]): number =>
  draws.filter(({ z }) => Math.abs(z) <= NINETY_PERCENT).length / draws.length;

/** Mean squared error over the squared standard error: 1 where errors are as large as they claim. */
export const errorShare = (draws: readonly CoverageDraw[]): number => draws.reduce((sum, { z }) => sum + z * z, 0) / draws.length;
