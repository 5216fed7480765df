import { createRandom } from '../../src/learning/random.ts';
import { toResponseTable } from '../../src/learning/responses.ts';
import type { ResponseTable } from '../../src/learning/responses.ts';
import { drawCourse, simulateStudents } from '../../src/learning/simulation/simulated-course.ts';
import type { CourseTraits } from '../../src/learning/simulation/simulated-course.ts';
import type { CourseMap, ResponseSequence } from '../../src/shared/domain.ts';

export const TRAITS: CourseTraits = {
  skills: 8,
  questions: 6,
  ease: 0.4,
  skillSpread: 0.8,
  questionSpread: 0.8,
  abilitySpread: 0.9,
  profileSpread: 0.4,
  learning: 0.2,
  transfer: 0.2,
  guess: 0,
  slip: 0,
  stay: 0.7,
  drift: 0,
};

export function simulatedClass(
  students: number,
  seed: number,
  answers = 40,
): { table: ResponseTable; sequences: readonly ResponseSequence[]; map: CourseMap } {
  const random = createRandom(seed);
  const course = drawCourse(TRAITS, random);
  const ids = Array.from({ length: students }, (_, index) => `student-${index + 1}`);
  const sequences = simulateStudents(course, ids, () => answers, random);
  return { table: toResponseTable(sequences), sequences, map: course.map };
}
