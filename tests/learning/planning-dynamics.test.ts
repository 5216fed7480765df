import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { courseOf } from '../../src/learning/dynamics/fit.ts';
import { priorDynamics } from '../../src/learning/dynamics/parameters.ts';
import { createStructure, KINSHIPS } from '../../src/learning/dynamics/structure.ts';
import { makePlan } from '../../src/learning/planning/plan.ts';
import { learnDynamics, preparePlanner } from '../../src/learning/planning/planner-course.ts';
import { createSkillGraph } from '../../src/learning/planning/skill-graph.ts';
import { withCourse } from '../../src/learning/student-model/student-model.ts';
import { readModel } from '../../src/main/services/model-store.ts';
import type { ResponseEvent } from '../../src/shared/domain.ts';
import { simulatedClass } from '../support/courses.ts';

const starter = readModel(path.join(import.meta.dirname, '..', '..', 'resources', 'starter'));
/** Two roots and what builds on both. */
const map = {
  skills: ['a', 'b', 'c'].map((id) => ({ id, name: id.toUpperCase() })),
  prerequisites: [
    { skill: 'c', prerequisite: 'a' },
    { skill: 'c', prerequisite: 'b' },
  ],
};
const structure = createStructure(map);
const hold = Float64Array.from(KINSHIPS, (kinship) => (kinship === 'other' ? 0.001 : 0.99));
const course = courseOf({ ...priorDynamics(structure), rate: 0.5, gate: 4, slope: 30, lapse: 0.01, hold }, structure);
const answers = (...list: readonly (readonly [string, number])[]): ResponseEvent[] =>
  list.map(([skill, correct], order) => ({ order, question: skill, skills: [skill], correct }));
const planOf = (history: readonly ResponseEvent[]) => {
  const model = withCourse(starter, map, [{ student: 'x', responses: history }]);
  return makePlan({
    student: 'x',
    state: model.adapt(history),
    graph: createSkillGraph(map),
    skills: ['a', 'b', 'c'],
    goals: ['c'],
    planner: { course, leads: true },
    history,
  });
};

describe('a plan that the dynamics lead', () => {
  const known = (['a', 'a', 'a', 'a', 'a', 'a'] as const).map((skill) => [skill, 1] as const);

  it('leads over a skill that is not ready where nothing ready would take hold, and says what is not secure', () => {
    const [first] = planOf(answers(...known)).steps;
    expect(first).toMatchObject({ skill: 'c', reason: { kind: 'lead-over', unready: ['b'] } });
  });

  it('does not once the named evidence says otherwise', () => {
    const secure = (['b', 'b', 'b', 'b', 'b', 'b'] as const).map((skill) => [skill, 1] as const);
    // The bridge stands: c was practised between, so that b took hold.
    const [first] = planOf(answers(...known, ['c', 0], ...secure)).steps;
    expect(first!.skill).toBe('c');
    expect(first!.reason.kind).toBe('goal');
    expect(first!.reason.unready).toBeUndefined();
  });
});

describe('dynamics of a class', () => {
  it('are not learned from a handful of answers', () => {
    const { sequences, map: small } = simulatedClass(5, 3, 20);
    expect(learnDynamics(small, sequences)).toBeUndefined();
  });

  it('do not lead where no answer speaks for them', () => {
    const { sequences, map: small } = simulatedClass(20, 3, 20);
    const model = withCourse(starter, small, sequences);
    expect(preparePlanner({ map: small, model, sequences }).leads).toBe(false);
  });
});
