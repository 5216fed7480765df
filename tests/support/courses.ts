import { createRandom } from '../../src/learning/random.ts';
import { toResponseTable } from '../../src/learning/responses.ts';
import type { ResponseTable } from '../../src/learning/responses.ts';
import { drawCourse, simulateStudents, SMALL_COURSE_TRAITS } from '../../src/learning/simulation/simulated-course.ts';
import type { CourseMap, ResponseSequence } from '../../src/shared/domain.ts';

export function simulatedClass(
  students: number,
  seed: number,
  answers = 40,
): { table: ResponseTable; sequences: readonly ResponseSequence[]; map: CourseMap } {
  const random = createRandom(seed);
  const course = drawCourse(SMALL_COURSE_TRAITS, random);
  const ids = Array.from({ length: students }, (_, index) => `student-${index + 1}`);
  const sequences = simulateStudents(course, ids, () => answers, random);
  return { table: toResponseTable(sequences), sequences, map: course.map };
}
