import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/learning/random.ts';
import { toResponseTable } from '../../src/learning/responses.ts';
import { trainModel } from '../../src/learning/meta/train.ts';
import { createStudentModel } from '../../src/learning/student-model/student-model.ts';
import { starterOf } from '../../src/learning/trained-model.ts';
import { readModel } from '../../src/main/services/model-store.ts';
import type { ResponseEvent, ResponseSequence, StudentProfile } from '../../src/shared/domain.ts';
import { realBackend } from '../support/backend.ts';

const starter = starterOf(readModel(path.join(import.meta.dirname, '..', '..', 'resources', 'starter')));

interface Odd {
  readonly students: number;
  readonly answers: number;
  readonly question: (student: number, order: number) => string;
  readonly skills: (student: number, order: number) => string[];
  readonly correct: (student: number, order: number) => number;
  readonly order?: (order: number) => number;
}

const coin = createRandom(5);
const usual: Odd = {
  students: 24,
  answers: 10,
  question: (student, order) => `q${(student + order) % 15}`,
  skills: (student, order) => [`k${((student + order) % 15) % 4}`],
  correct: () => (coin.uniform() < 0.6 ? 1 : 0),
};

const CASES: Readonly<Record<string, Odd>> = {
  'one skill': { ...usual, skills: () => ['k'] },
  'no skill at all': { ...usual, skills: () => [] },
  'one question': { ...usual, question: () => 'q', skills: () => ['k'] },
  'every question once': { ...usual, question: (student, order) => `q${student}-${order}` },
  'everything right': { ...usual, correct: () => 1 },
  'everything wrong': { ...usual, correct: () => 0 },
  'ten students': { ...usual, students: 10 },
  'two students': { ...usual, students: 2, answers: 5 },
  'all answers at one time': { ...usual, order: () => 0 },
  'skills that change': { ...usual, skills: (student, order) => [`k${(student * 3 + order) % 7}`, `j${order % 3}`] },
};

const classOf = ({ students, answers, question, skills, correct, order = (at) => at }: Odd): ResponseSequence[] =>
  Array.from({ length: students }, (_, student) => ({
    student: `s${student}`,
    responses: Array.from({ length: answers }, (_unused, at): ResponseEvent => ({
      order: order(at),
      question: question(student, at),
      skills: skills(student, at),
      correct: correct(student, at),
    })),
  }));

/** Whatever is no finite number, by where it lies. */
function broken(value: unknown, at = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [at];
  if (ArrayBuffer.isView(value)) return [...(value as Float64Array)].every(Number.isFinite) ? [] : [at];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, each]) => broken(each, `${at}.${key}`));
}

const train = (sequences: readonly ResponseSequence[], profiles?: readonly StudentProfile[]) => {
  const skills = [...new Set(sequences.flatMap(({ responses }) => responses.flatMap((response) => response.skills)))].toSorted();
  return trainModel({
    table: toResponseTable(sequences),
    // A chain of all skills, and one that nobody has answered.
    courseMap: {
      skills: [...skills, 'unasked'].map((id) => ({ id, name: id })),
      prerequisites: [...skills, 'unasked'].slice(1).map((skill, at) => ({ skill, prerequisite: [...skills, 'unasked'][at]! })),
    },
    learner: 'maml',
    starter,
    seed: 1,
    backend: 'cpu',
    steps: 6,
    profiles,
  });
};

describe('a class with', () => {
  beforeAll(() => realBackend());

  it.each(Object.keys(CASES))('%s trains, and forecasts finite numbers between 0 and 1', { timeout: 120_000 }, async (name) => {
    const sequences = classOf(CASES[name]!);
    const model = await train(sequences);
    expect(
      broken({
        members: model.members,
        course: model.course,
        recalibration: model.recalibration,
        practice: model.practice,
        metrics: model.metrics,
      }),
    ).toEqual([]);
    const fitted = createStudentModel(model);
    for (const history of [[], sequences[0]!.responses, sequences[0]!.responses.slice(0, 1)]) {
      const state = fitted.adapt(history);
      const asked = [
        state.forecastQuestion(sequences[1]!.responses[0]!),
        state.forecastQuestion({ question: 'never asked', skills: ['never heard of'] }),
        state.forecastSkill('unasked'),
        state.level(),
      ];
      for (const { value, standardError } of asked) {
        expect(value).toBeGreaterThan(0);
        expect(value).toBeLessThan(1);
        expect(standardError).toBeGreaterThan(0);
        expect(standardError).toBeLessThan(1);
      }
    }
  });

  it('a roster whose columns say the same of everybody trains as without them', { timeout: 120_000 }, async () => {
    const sequences = classOf({ ...usual, correct: (student, order) => (student + order) % 2 });
    const profile: StudentProfile = { background: { age: 12, school: 'A' }, preference: {}, behaviour: {} };
    const [bare, constant] = [
      await train(sequences),
      await train(
        sequences,
        sequences.map(() => profile),
      ),
    ];
    expect(constant.profile).toEqual([]);
    expect(constant.members).toEqual(bare.members);
  });
});
