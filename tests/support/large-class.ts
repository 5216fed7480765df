import { createRandom } from '../../src/learning/random.ts';
import { drawCourse, simulateStudents, SMALL_COURSE_TRAITS } from '../../src/learning/simulation/simulated-course.ts';
import { DAY_MS } from '../../src/shared/time.ts';
import { canvasGradebook } from './canvas.ts';

/** A class as files to import: marks for as many assignments as there are skills, and answers to questions on the skills. */
export function largeClass(size: {
  readonly students: number;
  readonly skills: number;
  /** Of each student. */
  readonly answers: number;
  readonly seed: number;
}): Readonly<Record<string, string>> {
  const random = createRandom(size.seed);
  const course = drawCourse(
    { ...SMALL_COURSE_TRAITS, skills: size.skills, classes: { size: 50, variance: 0.3, questions: 1, begin: 0.8 } },
    random,
  );
  // As the marks' file names students and assignments: each assignment is about a skill of its own name.
  const titleOf = (skill: string): string => `Work ${skill.slice(1)}`;
  const ids = Array.from({ length: size.students }, (_, index) => `S-${100 + index}`);
  const titles = Array.from({ length: size.skills }, (_, index) => [titleOf(`s${index + 1}`), 10] as const);
  const begun = Date.UTC(2026, 8, 1, 9);
  return {
    'canvas.csv': canvasGradebook(size.students, titles),
    'skills.csv': ['skill,name', ...course.map.skills.map(({ id }) => `${titleOf(id)},${titleOf(id)}`)].join('\n'),
    'prerequisites.csv': [
      'skill,prerequisite',
      ...course.map.prerequisites.map((pair) => `${titleOf(pair.skill)},${titleOf(pair.prerequisite)}`),
    ].join('\n'),
    'answers.csv': [
      'student,order,item,skill,correct,timestamp',
      ...simulateStudents(course, ids, () => size.answers, random).flatMap(({ student, responses }) =>
        responses.map(({ order, question, skills, correct }, index) =>
          [
            student,
            order,
            question,
            skills.map(titleOf).join('~'),
            correct,
            begun + Math.floor(index / 4) * DAY_MS + (index % 4) * 60_000,
          ].join(','),
        ),
      ),
    ].join('\n'),
  };
}
