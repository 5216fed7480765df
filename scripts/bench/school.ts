import { randomUUID } from 'node:crypto';
import { TextEncoder } from 'node:util';
import { openGradebook } from '../../src/main/database/gradebook.ts';
import { stringify } from '../../src/main/services/csv.ts';
import { createImporting } from '../../src/main/services/importing/importing.ts';
import { createRandom } from '../../src/learning/random.ts';
import { SAMPLE_COURSE, SAMPLE_TRAITS } from '../../src/learning/simulation/sample-class.ts';
import { simulateStudents, withEase } from '../../src/learning/simulation/simulated-course.ts';

/** Simulated answers of a school as the files that a teacher would import. */
export interface SchoolFiles {
  readonly students: readonly string[];
  /** Rows of answers. */
  readonly answers: number;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

const CLASS_SIZE = 40;

/** @param length answers of each student */
export function simulateSchool(students: number, length: number): SchoolFiles {
  const random = createRandom(5);
  const course = withEase(SAMPLE_COURSE, { ...SAMPLE_TRAITS, questions: 20, drift: 0 }, random);
  const ids = Array.from({ length: students }, (_, index) => `s${String(index + 1).padStart(6, '0')}`);
  const sequences = simulateStudents(course, ids, () => length, random);
  const text = (rows: string[][]): Uint8Array => new TextEncoder().encode(stringify(rows));
  return {
    students: ids,
    answers: students * length,
    files: {
      'roster.csv': text([
        ['student', 'given_name', 'family_name', 'class', 'grade'],
        ...ids.map((id, index) => [id, 'Student', id, `Class ${Math.floor(index / CLASS_SIZE) + 1}`, '6']),
      ]),
      'skills.csv': text([['skill', 'name'], ...SAMPLE_COURSE.skills.map(({ id, name }) => [id, name])]),
      'prerequisites.csv': text([
        ['skill', 'prerequisite'],
        ...SAMPLE_COURSE.prerequisites.map(({ skill, prerequisite }) => [skill, prerequisite]),
      ]),
      'answers.csv': text([
        ['student', 'order', 'item', 'skill', 'correct'],
        ...sequences.flatMap(({ student, responses }) =>
          responses.map((each) => [student, String(each.order), each.question, each.skills.join('~'), String(each.correct)]),
        ),
      ]),
    },
  };
}

/** Imports files into a gradebook, as the product does. @returns seconds */
export async function importInto(gradebookFile: string, files: SchoolFiles['files']): Promise<number> {
  const clock = (): number => Date.now();
  const gradebook = openGradebook({ file: gradebookFile, clock });
  const importing = createImporting({ gradebookFile, gradebook, clock, newId: randomUUID });
  try {
    const began = performance.now();
    const result = await importing.commit(
      Object.entries(files).map(([name, bytes], index) => ({ fileId: String(index), name, bytes })),
      {},
    );
    const seconds = (performance.now() - began) / 1e3;
    const refused = result.files.reduce((sum, file) => sum + file.refused.length, 0);
    if (refused > 0) throw new Error(`${refused} rows were refused.`);
    return seconds;
  } finally {
    await importing.close();
    gradebook.close();
  }
}
