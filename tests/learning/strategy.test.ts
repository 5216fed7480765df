import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { effortNorms } from '../../src/learning/planning/effort.ts';
import { makePlan } from '../../src/learning/planning/plan.ts';
import { preparePlanner } from '../../src/learning/planning/planner-course.ts';
import { preferredStrategy } from '../../src/learning/planning/preference.ts';
import { createSkillGraph } from '../../src/learning/planning/skill-graph.ts';
import { learningSpeed } from '../../src/learning/planning/speed.ts';
import { chooseStrategy } from '../../src/learning/planning/strategy.ts';
import type { StrategyInput } from '../../src/learning/planning/strategy.ts';
import { createRandom } from '../../src/learning/random.ts';
import { withCourse } from '../../src/learning/student-model/student-model.ts';
import { readModel } from '../../src/main/services/model-store.ts';
import type { ResponseEvent, ResponseSequence } from '../../src/shared/domain.ts';
import { simulatedClass } from '../support/courses.ts';

const starter = readModel(path.join(import.meta.dirname, '..', '..', 'resources', 'starter'));
const mastery = { value: 0.3, standardError: 0.1 };
const choose = (value: number, standardError: number, more: Partial<StrategyInput> = {}) =>
  chooseStrategy({ forecast: { value, standardError }, mastery, ...more });

describe('the strategy of a step', () => {
  it('follows the forecast from most to least support, and mastery to review', () => {
    expect([0.3, 0.52, 0.7, 0.9].map((value) => choose(value, 0.01).strategy)).toEqual([
      'worked-example',
      'faded',
      'practice',
      'mixed-practice',
    ]);
    expect(choose(0.7, 0.01).ground).toBe('forecast');
    expect(choose(0.9, 0.01, { mastery: { value: 0.85, standardError: 0.1 } })).toEqual({
      strategy: 'review',
      ground: 'mastered',
    });
  });

  it('is cautious where the border to more support is within half a standard error', () => {
    expect(choose(0.62, 0.03)).toEqual({ strategy: 'practice', ground: 'forecast' });
    expect(choose(0.62, 0.05)).toEqual({ strategy: 'faded', ground: 'cautious' });
  });

  it.each([
    ['help', 0.7, 0.01, { effort: 'help' }, 'faded'],
    ['time', 0.7, 0.01, { effort: 'time' }, 'faded'],
    ['slower', 0.66, 0.08, { speed: { value: -0.2, standardError: 0.1 } }, 'faded'],
    ['quicker', 0.74, 0.08, { speed: { value: 0.2, standardError: 0.1 } }, 'mixed-practice'],
    ['preference', 0.74, 0.08, { preferred: 'mixed-practice' }, 'mixed-practice'],
  ] as const)('%s alone turns practice into another strategy, and says so', (ground, value, error, more, strategy) => {
    expect(choose(value, error)).toEqual({ strategy: 'practice', ground: 'forecast' });
    expect(choose(value, error, more)).toEqual({ strategy, ground });
  });

  it('takes no speed that may be chance, and no preference that the evidence contradicts', () => {
    expect(choose(0.66, 0.08, { speed: { value: -0.1, standardError: 0.12 } }).ground).toBe('forecast');
    expect(choose(0.7, 0.02, { speed: { value: -0.3, standardError: 0.1 } }).ground).toBe('forecast');
    expect(choose(0.74, 0.08, { preferred: 'worked-example' }).ground).toBe('forecast');
  });
});

describe('a preference of the roster', () => {
  const preferring = (preference: Record<string, string | number>) =>
    preferredStrategy({ background: {}, preference, behaviour: {} });
  it('is read in both languages, from preference fields alone', () => {
    expect(preferring({ method: 'Worked examples' })).toBe('worked-example');
    expect(preferring({ 方式: '混合练习' })).toBe('mixed-practice');
    expect(preferring({ seat: 'front', pace: 3 })).toBeUndefined();
    expect(preferredStrategy({ background: { method: 'examples' }, preference: {}, behaviour: {} })).toBeUndefined();
  });
  it('is none where two fields say two things', () => {
    expect(preferring({ method: 'examples', likes: 'practice' })).toBeUndefined();
  });
});

describe('speed of learning', () => {
  const basis = { difficulty: () => 0, gain: () => 0.25 };
  const student = (slope: number, seed: number, answers = 120): ResponseEvent[] => {
    const random = createRandom(seed);
    return Array.from({ length: answers }, (_, order) => {
      const skill = `s${Math.floor(order / 12)}`;
      const p = 1 / (1 + Math.exp(-slope * Math.log1p(order % 12)));
      return { order, question: skill, skills: [skill], correct: random.uniform() < p ? 1 : 0 };
    });
  };
  it('is above the course’s for a student whom practice brings more, below for one whom it brings less, and nothing without answers', () => {
    expect(learningSpeed([], basis)).toEqual({ value: 0, standardError: 0.15 });
    const mean = (slope: number): number => {
      const all = Array.from({ length: 20 }, (_, seed) => learningSpeed(student(slope, seed + 1), basis).value);
      return all.reduce((sum, value) => sum + value, 0) / all.length;
    };
    expect(mean(0.9)).toBeGreaterThan(0.1);
    expect(mean(-0.4)).toBeLessThan(-0.1);
    expect(Math.abs(mean(0.25))).toBeLessThan(0.06);
  });
  it('is shrunk where there is little practice', () => {
    const few = learningSpeed(student(0.9, 3, 6), basis);
    const many = learningSpeed(student(0.9, 3), basis);
    expect(few.standardError).toBeGreaterThan(many.standardError);
    expect(Math.abs(few.value)).toBeLessThan(few.standardError);
  });
});

describe('a plan of one student of a class', () => {
  const { sequences: plain, map } = simulatedClass(40, 21);
  const graph = createSkillGraph(map);
  const skills = map.skills.map(({ id }) => id);
  const planOf = (sequences: readonly ResponseSequence[], student: number) => {
    const model = withCourse(starter, map, sequences);
    const { responses } = sequences[student]!;
    return makePlan({
      student: 'x',
      state: model.adapt(responses, { counted: responses }),
      graph,
      skills,
      planner: preparePlanner({ map, model, sequences }),
      history: responses,
      norms: effortNorms(sequences),
    });
  };
  /** Everybody answers at once and without a hint; one student takes more on one skill. */
  const taking = (student: number, skill: string, more: Partial<ResponseEvent>): ResponseSequence[] =>
    plain.map((sequence, index) => ({
      ...sequence,
      responses: sequence.responses.map((event, order) => ({
        ...event,
        hint: 0,
        attempt: 1,
        responseTimeMs: 10_000 + ((order * 7919) % 4000),
        ...(index === student && event.skills.includes(skill) ? more : {}),
      })),
    }));
  const index = plain.findIndex((_, student) => {
    const [first] = planOf(taking(-1, '', {}), student).steps;
    return (
      (first!.strategy === 'practice' || first!.strategy === 'mixed-practice') &&
      first!.ground !== 'help' &&
      first!.ground !== 'time' &&
      first!.reason.answers >= 4 &&
      first!.reason.right >= 3
    );
  });

  it('gives more support where the student took hints, or time, that others did not, and nothing where no file says', () => {
    const usual = planOf(taking(-1, '', {}), index).steps[0]!;
    expect(['help', 'time']).not.toContain(usual.ground);
    const find = (sequences: readonly ResponseSequence[]) =>
      planOf(sequences, index).steps.find(({ skill }) => skill === usual.skill)!;
    expect(find(taking(index, usual.skill, { hint: 2 }))).toMatchObject({ ground: 'help' });
    expect(find(taking(index, usual.skill, { attempt: 3 }))).toMatchObject({ ground: 'help' });
    expect(find(taking(index, usual.skill, { responseTimeMs: 90_000 }))).toMatchObject({ ground: 'time' });
    expect(find(taking(index, usual.skill, { hint: 2 })).strategy).not.toBe(usual.strategy);
    expect(['help', 'time']).not.toContain(find(plain).ground);
  });
});
