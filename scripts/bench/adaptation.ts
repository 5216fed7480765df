import path from 'node:path';
import { openGradebook } from '../../src/main/database/gradebook.ts';
import type { Gradebook } from '../../src/main/services/ports.ts';
import { readModel } from '../../src/main/services/model-store.ts';
import { withCourse } from '../../src/learning/student-model/student-model.ts';
import type { StudentModel } from '../../src/learning/student-model/types.ts';
import { median, quantile } from './measurement.ts';
import type { Measurement, Outcome } from './measurement.ts';
import { root, withTemporaryFolder } from './places.ts';
import { importInto, simulateSchool } from './school.ts';

const STUDENTS = 10_000;
const ANSWERS = 30;
const CLASS = 40;
const CLASSES = 10;
const WARM_UP = 200;

/** Reads the students' answers and fits the model to each of them; the level, a forecast of every skill, is asked for. */
function adapt(gradebook: Gradebook, model: StudentModel, students: readonly string[]): number {
  let sum = 0;
  for (const { responses } of gradebook.read.sequences(students)) {
    const state = model.adapt(responses, { counted: responses });
    sum += state.phi[0]! + state.level().value;
  }
  return sum;
}

/** Reads the students' answers and fits φ only. */
function fit(gradebook: Gradebook, model: StudentModel, students: readonly string[]): number {
  let sum = 0;
  for (const { responses } of gradebook.read.sequences(students)) sum += model.adapt(responses, { counted: responses }).phi[0]!;
  return sum;
}

function time(work: () => number): number {
  const began = performance.now();
  if (!Number.isFinite(work())) throw new Error('A forecast is not a number.');
  return performance.now() - began;
}

export const adaptation: Measurement = {
  key: 'adaptation',
  title: `Adapting students with ${ANSWERS} answers each, read from a gradebook of ${STUDENTS.toLocaleString('en-US')} students`,
  measure: () =>
    withTemporaryFolder(async (folder): Promise<Outcome> => {
      const file = path.join(folder, 'gradebook.sqlite');
      const school = simulateSchool(STUDENTS, ANSWERS);
      await importInto(file, school.files);
      const gradebook = openGradebook({ file, clock: () => Date.now() });
      try {
        const map = gradebook.read.courseMap();
        const starter = readModel(path.join(root, 'resources', 'starter'));
        const began = performance.now();
        const model = withCourse(starter, map, gradebook.read.sequences());
        const courseSeconds = (performance.now() - began) / 1e3;
        for (const student of school.students.slice(0, WARM_UP)) adapt(gradebook, model, [student]);
        const single = school.students.slice(WARM_UP, 2000).map((student) => time(() => adapt(gradebook, model, [student])));
        const classes = Array.from({ length: CLASSES }, (_, index) => {
          const from = 2000 + index * CLASS;
          return time(() => adapt(gradebook, model, school.students.slice(from, from + CLASS)));
        });
        const all = time(() => fit(gradebook, model, school.students));
        const forecastAll = time(() => adapt(gradebook, model, school.students));
        const p50 = quantile(single, 0.5);
        const p95 = quantile(single, 0.95);
        const classOf40Milliseconds = median(classes);
        const studentsPerSecond = STUDENTS / (all / 1e3);
        const withForecasts = STUDENTS / (forecastAll / 1e3);
        return {
          lines: [
            { what: 'One student: read, adapt, forecast every skill; median', value: p50, unit: 'ms' },
            {
              what: 'One student: the same, 95% of them',
              value: p95,
              unit: 'ms',
              bar: { value: 5, sense: 'at most' },
            },
            {
              what: `A class of ${CLASS}: the same`,
              value: classOf40Milliseconds,
              unit: 'ms',
              bar: { value: 50, sense: 'at most' },
            },
            {
              what: `${STUDENTS.toLocaleString('en-US')} students: read and adapt`,
              value: studentsPerSecond,
              unit: 'students/s',
              bar: { value: 5000, sense: 'at least' },
            },
            { what: 'The same, with a forecast of every skill and its error', value: withForecasts, unit: 'students/s' },
            { what: 'Before that, once: the course’s difficulties from all answers', value: courseSeconds, unit: 's' },
          ],
          json: {
            studentMilliseconds: { p50, p95 },
            classOf40Milliseconds,
            studentsPerSecond,
            studentsPerSecondWithForecasts: withForecasts,
            courseSeconds,
          },
        };
      } finally {
        gradebook.close();
      }
    }),
};
