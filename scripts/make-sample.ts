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
/** What a class in Chinese calls the skills; practice finds its templates by these names (src/learning/exercises/catalogue.ts). */
const CHINESE: Readonly<Record<string, string>> = {
  parts: '分数的意义',
  'number-line': '数轴上的分数',
  'unit-fractions': '单位分数的大小比较',
  equivalent: '等值分数',
  simplify: '约分',
  mixed: '带分数与假分数',
  compare: '分数的大小比较',
  'add-like': '同分母分数加法',
  'add-unlike': '异分母分数加法',
  'subtract-unlike': '异分母分数减法',
  multiply: '分数乘法',
  divide: '分数除法',
  decimals: '分数化小数',
  percent: '分数化百分数',
  problems: '分数应用题',
};
write('skills.zh.csv', [['skill', 'name'], ...SAMPLE_COURSE.skills.map(({ id, name }) => [id, CHINESE[id] ?? name])]);
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
