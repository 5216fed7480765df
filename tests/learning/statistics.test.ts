import { describe, expect, it } from 'vitest';
import { logit } from '../../src/learning/numeric.ts';
import { toResponseTable } from '../../src/learning/responses.ts';
import {
  chooseStrengths,
  collectStatistics,
  difficultyColumns,
  difficultyOf,
} from '../../src/learning/student-model/statistics.ts';
import { simulatedClass } from '../support/courses.ts';

describe('difficulty by hierarchical shrinkage', () => {
  const { table, sequences } = simulatedClass(25, 3);
  const strengths = { question: 8, set: 6, skill: 5 };

  it('leaves a student out exactly: as though the student had never been counted', () => {
    const all = difficultyColumns(table, collectStatistics(table), strengths, () => true);
    for (const student of [0, 7, 24]) {
      const others = collectStatistics(table, (each) => each !== student);
      const without = difficultyColumns(table, others, strengths, () => false);
      for (let row = table.start[student]!; row < table.start[student + 1]!; row++) {
        expect(all.question[row]).toBeCloseTo(without.question[row]!, 5);
        expect(all.set[row]).toBeCloseTo(without.set[row]!, 5);
        expect(all.questionAnswers[row]).toBeCloseTo(without.questionAnswers[row]!, 5);
      }
    }
  });

  it('is the formula, level by level', () => {
    const small = toResponseTable([
      {
        student: 'a',
        responses: [
          { order: 0, question: 'x', skills: ['s'], correct: 1 },
          { order: 1, question: 'y', skills: ['s'], correct: 0 },
        ],
      },
      { student: 'b', responses: [{ order: 0, question: 'x', skills: ['s'], correct: 1 }] },
    ]);
    const course = (2 + 1) / (3 + 2);
    const skill = (2 + 5 * course) / (3 + 5);
    const set = (2 + 6 * skill) / (3 + 6);
    const question = (2 + 8 * set) / (2 + 8);
    const found = difficultyOf(collectStatistics(small), strengths, 0, 0, [0]);
    expect(found.question).toBeCloseTo(logit(question), 10);
    expect(found.set).toBeCloseTo(logit(set), 10);
  });

  it('falls back on the skill, then on the course, for what nobody has seen', () => {
    const statistics = collectStatistics(table);
    const known = difficultyOf(statistics, strengths, -1, 0, table.skillSets[0]!);
    expect(known.question).toBe(known.set);
    const nothing = difficultyOf(statistics, strengths, -1, -1, [-1]);
    expect(nothing.question).toBeCloseTo(nothing.course, 10);
  });

  it('trusts a question more where there are many answers to it', () => {
    const many = simulatedClass(400, 9, 60).table;
    const few = toResponseTable(sequences.slice(0, 12));
    const strong = chooseStrengths(many, collectStatistics(many), () => true);
    const weak = chooseStrengths(few, collectStatistics(few), () => true);
    expect(strong.question).toBeLessThanOrEqual(weak.question);
  });
});
