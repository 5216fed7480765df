// Makes the sample class in resources/sample. Run by hand after the simulator changed: `node scripts/run.mjs scripts/make-sample.ts`.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRandom } from '../src/learning/random.ts';
import { makeSampleClass, SAMPLE_COURSE } from '../src/learning/simulation/sample-class.ts';
import { stringify } from '../src/main/services/csv.ts';

/** 1 September 2026, 8:00 UTC; an answer every two minutes, a lesson of ten answers every third day. */
const BEGIN = Date.UTC(2026, 8, 1, 8);
const time = (order: number): number => BEGIN + Math.floor(order / 10) * 3 * 86_400_000 + (order % 10) * 120_000;

const { students, sequences } = makeSampleClass(createRandom(2026));
const present = new Set(students.filter((student) => student.className === '6B').map((student) => student.id));
const folder = path.join(import.meta.dirname, '..', 'resources', 'sample');
mkdirSync(folder, { recursive: true });
const write = (name: string, rows: readonly (readonly string[])[]): void =>
  writeFileSync(path.join(folder, name), stringify(rows));
write('skills.csv', [['skill', 'name'], ...SAMPLE_COURSE.skills.map((skill) => [skill.id, skill.name])]);
write('prerequisites.csv', [
  ['skill', 'prerequisite'],
  ...SAMPLE_COURSE.prerequisites.map((pair) => [pair.skill, pair.prerequisite]),
]);
write('roster.csv', [
  ['student', 'given_name', 'family_name', 'class', 'grade'],
  ...students.map((student) => [student.id, student.givenName, student.familyName, student.className, student.grade]),
]);
write('answers.csv', [
  ['student', 'order', 'item', 'skill', 'correct', 'timestamp'],
  ...sequences.flatMap(({ student, responses }) =>
    responses.map((response) => [
      student,
      String(response.order),
      response.question,
      response.skills.join('~'),
      String(response.correct),
      String(time(response.order) - (present.has(student) ? 0 : 365 * 86_400_000)),
    ]),
  ),
]);
console.log(`${students.length} students, ${sequences.reduce((sum, sequence) => sum + sequence.responses.length, 0)} answers.`);
