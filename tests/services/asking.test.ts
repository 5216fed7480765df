import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { routes } from '../../src/shared/contract/index.ts';
import { startApplication } from '../support/application.ts';

const SKILLS = ['s0', 's1', 's2'];
const line = (student: number, order: number): string =>
  `${student},${order},${SKILLS[order % 3]}-q${order % 12},${SKILLS[order % 3]},${(student + order * order) % 3 === 0 ? 0 : 1}`;
const ANSWERS = `student,order,item,skill,correct\n${Array.from({ length: 6 }, (_, student) =>
  Array.from({ length: student === 0 ? 3 : 12 }, (_, order) => line(student, order)).join('\n'),
).join('\n')}\n`;

it('proposes questions of the gradebook, none that was taken out or answered, and takes their answers', async () => {
  const test = startApplication();
  await test.importTexts({ 'answers.csv': ANSWERS });
  const first = await test.get('students.ask', { studentId: '0', count: 4 });
  expect(routes['students.ask'].output.safeParse(first).error).toBeUndefined();
  expect(first.enough).toBeNull();
  expect(first.questions).toHaveLength(4);
  const answered = ['s0-q0', 's1-q1', 's2-q2'];
  expect(first.questions.filter(({ question }) => answered.includes(question))).toEqual([]);

  const [best] = first.questions;
  const { items } = await test.get('questions.list', {});
  const { kind, id } = items.find((item) => item.id === best!.question)!;
  await test.get('questions.count', { items: [{ kind, id }], change: { voided: true } });
  const without = await test.get('students.ask', { studentId: '0', count: 20 });
  expect(without.questions.map(({ question }) => question)).not.toContain(best!.question);
  expect(without.questions).toHaveLength(8);

  await test.get('students.addAnswers', {
    studentId: '0',
    answers: without.questions.slice(0, 3).map(({ question, skills }) => ({ question, skills, correct: 1 })),
  });
  const after = await test.get('students.ask', { studentId: '0', count: 20 });
  expect(after.error.before).toBeLessThan(first.error.before);
  await expect(test.get('students.ask', { studentId: 'nobody' })).rejects.toThrow(/not in the gradebook/);
});

it('says the same on the command line', async () => {
  const test = startApplication();
  await test.importTexts({ 'answers.csv': ANSWERS });
  const { questions } = await test.get('students.ask', { studentId: '0', count: 2 });
  await test.application.close();
  const cli = (...words: string[]): string =>
    execFileSync(
      process.execPath,
      [
        path.join(import.meta.dirname, '../../src/cli/index.ts'),
        'ask',
        '--data',
        test.folder,
        '--student',
        '0',
        '--count',
        '2',
        ...words,
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    );
  expect((JSON.parse(cli('--json')) as { questions: unknown }).questions).toEqual(questions);
  expect(cli()).toContain(`1. ${questions[0]!.question} (`);
});
