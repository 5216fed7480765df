import path from 'node:path';
import { onTestFinished } from 'vitest';
import { openGradebook } from '../../src/main/database/gradebook.ts';
import type { Gradebook } from '../../src/main/services/ports.ts';
import { startApplication } from './application.ts';
import type { TestApplication } from './application.ts';

export interface Response {
  readonly student: string;
  readonly order: number;
  readonly item: string;
  readonly skill: string;
  readonly correct: number;
}

/** Eight students, six questions of two skills: rights and wrongs that no rule explains at once. */
export const responses: readonly Response[] = Array.from({ length: 8 }, (_, student) =>
  Array.from({ length: 6 }, (_unused, order) => ({
    student: String(student + 1),
    order,
    item: `q${order}`,
    skill: order < 3 ? 'fractions' : 'ratios',
    correct: (student * 5 + order * 3 + ((student * order) % 4)) % 7 < 4 ? 1 : 0,
  })),
).flat();

export const courseOf = (rows: readonly Response[]): string =>
  [
    'student,order,item,skill,correct',
    ...rows.map(({ student, order, item, skill, correct }) => `${student},${order},${item},${skill},${correct}`),
  ].join('\n');

export interface TestCourse extends TestApplication {
  /** A second look at the same file. */
  readonly gradebook: Gradebook;
}

/** An application that has imported these files. */
export async function startCourse(files: Readonly<Record<string, string>>): Promise<TestCourse> {
  const application = startApplication();
  const { job } = await application.importTexts(files);
  if (job.state !== 'done') throw new Error(`The import ended as ${job.state}.`);
  const gradebook = openGradebook({ file: path.join(application.folder, 'gradebook.sqlite'), clock: () => 1 });
  onTestFinished(() => gradebook.close());
  return { ...application, gradebook };
}

/** Everything that the class's screen says of everybody, without what is no forecast. */
export async function forecasts(course: TestApplication): Promise<unknown> {
  const { students, skills, focus } = await course.get('classes.overview', { classId: null });
  return { students: students.map(({ id, level, next, bySkill }) => ({ id, level, next, bySkill })), skills, focus };
}
