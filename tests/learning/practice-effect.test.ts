import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { priorDynamics } from '../../src/learning/dynamics/parameters.ts';
import { courseOf } from '../../src/learning/dynamics/fit.ts';
import { createStructure } from '../../src/learning/dynamics/structure.ts';
import { sigmoid } from '../../src/learning/numeric.ts';
import { explainStep } from '../../src/learning/planning/explanation.ts';
import { makePlan } from '../../src/learning/planning/plan.ts';
import { ExpectedEffect, learnEffects } from '../../src/learning/planning/practice-effect.ts';
import type { PracticeEffects } from '../../src/learning/planning/practice-effect.ts';
import { createSkillGraph } from '../../src/learning/planning/skill-graph.ts';
import { whyNot } from '../../src/learning/planning/why-not.ts';
import { createRandom } from '../../src/learning/random.ts';
import { withCourse } from '../../src/learning/student-model/student-model.ts';
import { readModel } from '../../src/main/services/model-store.ts';
import type { CourseMap, ResponseEvent, ResponseSequence } from '../../src/shared/domain.ts';

const starter = readModel(path.join(import.meta.dirname, '..', '..', 'resources', 'starter'));
const SEED = 11;
const ids = ['a', 'b', 'c', 'd'];
const map: CourseMap = {
  skills: ids.map((id) => ({ id, name: id.toUpperCase() })),
  prerequisites: [{ skill: 'd', prerequisite: 'c' }],
};
const structure = createStructure(map);

/** Students who practise in blocks of five; each question on a skill moves its logit by the skill's gain. */
function classOf(students: number, gains: readonly number[]): ResponseSequence[] {
  const random = createRandom(SEED);
  return Array.from({ length: students }, (_, student) => {
    const ability = random.normal() * 0.7;
    const done = gains.map(() => 0);
    const blocks = random.shuffle([0, 1, 2, 3, 0, 1, 2, 3]);
    const responses = blocks
      .flatMap((skill) => Array.from({ length: 5 }, () => skill))
      .map((skill, order): ResponseEvent => {
        const correct = random.uniform() < sigmoid(ability + gains[skill]! * Math.log1p(done[skill]!)) ? 1 : 0;
        done[skill]!++;
        return { order, question: ids[skill]!, skills: [ids[skill]!], correct };
      });
    return { student: `s${student}`, responses };
  });
}

describe(`what practice has been seen to bring (seed ${SEED})`, () => {
  const learned = (gains: readonly number[], students = 120): PracticeEffects => {
    const sequences = classOf(students, gains);
    return learnEffects(structure, withCourse(starter, map, sequences), sequences);
  };

  it('is more on the skill on which students get better, and less on the one on which they get worse', () => {
    const { skills } = learned([0.8, 0, 0, -0.6]);
    const value = (id: string): number => skills.get(id)!.value;
    expect(value('a')).toBeGreaterThan(value('b') + 0.1);
    expect(value('d')).toBeLessThan(value('c') - 0.1);
    expect(value('a')).toBeGreaterThan(2 * skills.get('a')!.standardError);
  });

  it('is next to nothing where practice brings nothing, and surer with more students', () => {
    const many = learned([0, 0, 0, 0]);
    for (const { value } of many.skills.values()) expect(Math.abs(value)).toBeLessThan(0.12);
    const few = learned([0, 0, 0, 0], 8);
    expect(many.skills.get('a')!.standardError).toBeLessThan(few.skills.get('a')!.standardError);
  });

  it('is the prior of little where nobody came back to a skill', () => {
    const once = classOf(30, [2, 2, 2, 2]).map(({ student, responses }) => ({
      student,
      responses: ids.flatMap((id) => responses.find(({ question }) => question === id) ?? []),
    }));
    const { skills } = learnEffects(structure, withCourse(starter, map, once), once);
    for (const { value, standardError } of skills.values()) {
      expect(value).toBeCloseTo(0.05, 6);
      expect(standardError).toBeGreaterThan(0.1);
    }
  });
});

describe('a plan by what practice has been seen to bring', () => {
  const effects: PracticeEffects = {
    skills: new Map([
      ['a', { value: 0.4, standardError: 0.1 }],
      ['b', { value: 0, standardError: 0.1 }],
    ]),
    course: { value: 0.05, standardError: 0.1 },
    spill: { value: 0, standardError: 0.1 },
  };
  const planner = { course: courseOf(priorDynamics(structure), structure), leads: false, effects };
  const answers = (...list: readonly (readonly [skill: string, correct: number, times: number])[]): ResponseEvent[] =>
    list
      .flatMap(([skill, correct, times]) => Array.from({ length: times }, () => ({ skill, correct })))
      .map(({ skill, correct }, order) => ({ order, question: `own-${order}`, skills: [skill], correct }));
  const model = withCourse(starter, map, classOf(40, [0, 0, 0, 0]));
  const planning = (history: readonly ResponseEvent[], goals?: string[]) => ({
    student: 'x',
    state: model.adapt(history),
    graph: createSkillGraph(map),
    skills: ids,
    planner,
    history,
    goals,
  });

  it('begins with the skill that is brought on most where students stand level, and says what the gain rests on', () => {
    const { steps } = makePlan(planning([], ['a', 'b']));
    expect(steps.map(({ skill }) => skill)).toEqual(['a', 'b']);
    for (const step of steps) expect(step.gainFrom).toBe('seen');
    expect(steps[0]!.expectedGain.value).toBeGreaterThan(5);
    expect(steps[1]!.expectedGain.value).toBe(0);
    expect(makePlan({ ...planning([], ['a', 'b']), planner: undefined }).steps[0]!.gainFrom).toBe('model');
  });

  it('begins with the skill nearest to being secure where practice brings the same', () => {
    const { steps } = makePlan(planning(answers(['c', 0, 3], ['b', 1, 2]), ['b', 'c']));
    expect(steps[0]!.skill).toBe('b');
  });

  it('counts gains over the skills aimed at, and what spills over to the others', () => {
    const state = model.adapt([]);
    const spilling = { ...effects, spill: { value: 0.5, standardError: 0.1 } };
    const gain = (given: PracticeEffects, targets: readonly string[]): number =>
      new ExpectedEffect(given, state, targets).gain('a', 6).value;
    expect(gain(effects, ['a', 'b'])).toBeCloseTo(gain(effects, ['a']) / 2, 9);
    expect(gain(effects, ['b'])).toBe(0);
    expect(gain(spilling, ['b'])).toBeGreaterThan(0);
    expect(gain(spilling, ['a', 'b'])).toBeGreaterThan(gain(effects, ['a', 'b']));
  });

  it('names a prerequisite whose last answer was wrong, and does so no longer once it is right', () => {
    // Known well enough not to be a step itself.
    const slipped = answers(['c', 1, 40], ['c', 0, 1]);
    const step = makePlan(planning(slipped, ['d'])).steps.find(({ skill }) => skill === 'd')!;
    expect(step.reason).toMatchObject({ kind: 'goal', unready: ['c'] });
    expect(explainStep(step, (id) => id.toUpperCase())).toContain('Not yet shown to be secure');
    const [right] = makePlan(planning(answers(['c', 1, 40], ['c', 0, 1], ['c', 1, 1]), ['d'])).steps;
    expect(right!.skill).toBe('d');
    expect(right!.reason.unready).toBeUndefined();
  });

  it('says of a skill that waits for its turn that others come first, not that they bring more', () => {
    const waiting = whyNot({ ...planning([], ['a', 'b']), steps: 1 }, 'b');
    expect(waiting).toMatchObject({ kind: 'beyond-steps', place: 2 });
  });
});
