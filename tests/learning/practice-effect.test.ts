import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { priorDynamics } from '../../src/learning/dynamics/parameters.ts';
import { courseOf } from '../../src/learning/dynamics/fit.ts';
import { createStructure } from '../../src/learning/dynamics/structure.ts';
import { sigmoid } from '../../src/learning/numeric.ts';
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
  const learned = (gains: readonly number[], students = 120): PracticeEffects =>
    learnEffects(structure, classOf(students, gains));

  it('is more on the skill on which students get better than on those on which they do not', () => {
    const { skills } = learned([1.2, 0, 0, -0.6]);
    const learn = (id: string): number => skills.get(id)!.learn;
    expect(learn('a')).toBeGreaterThan(2 * learn('b'));
    expect(learn('a')).toBeGreaterThan(2 * learn('d'));
    expect(learn('a')).toBeGreaterThan(2 * skills.get('a')!.learnError);
  });

  it('is found where students who need many questions get more of them', () => {
    const random = createRandom(SEED);
    const sequences = Array.from({ length: 150 }, (_, student): ResponseSequence => {
      const responses: ResponseEvent[] = [];
      for (const id of ids) {
        let known = random.uniform() < 0.3;
        for (let run = 0, asked = 0; run < 2 && asked < 8; asked++) {
          const correct = random.uniform() < (known ? 0.9 : 0.2) ? 1 : 0;
          responses.push({ order: responses.length, question: id, skills: [id], correct });
          known ||= random.uniform() < 0.2;
          run = correct ? run + 1 : 0;
        }
      }
      return { student: `s${student}`, responses };
    });
    for (const { learn } of learnEffects(structure, sequences).skills.values()) {
      expect(learn).toBeGreaterThan(0.12);
      expect(learn).toBeLessThan(0.28);
    }
  });

  it('is surer with more students', () => {
    const error = (students: number): number => learned([0.5, 0, 0, 0], students).skills.get('a')!.learnError;
    expect(error(120)).toBeLessThan(error(8));
  });

  it('is the prior of little where nobody came back to a skill', () => {
    const once = classOf(30, [2, 2, 2, 2]).map(({ student, responses }) => ({
      student,
      responses: ids.flatMap((id) => responses.find(({ question }) => question === id) ?? []),
    }));
    for (const { learn } of learnEffects(structure, once).skills.values()) expect(learn).toBeCloseTo(0.02, 6);
  });
});

describe('a plan by what practice has been seen to bring', () => {
  const usual = { known: 0.4, learn: 0.1, guess: 0.2, slip: 0.1, learnError: 0.02, right: 0.5 };
  const effects: PracticeEffects = {
    skills: new Map(ids.map((id) => [id, { ...usual, learn: id === 'a' ? 0.3 : id === 'b' ? 0 : 0.1 }])),
    course: usual,
    carryOver: new Map(),
  };
  const planner = { course: courseOf(priorDynamics(structure), structure), leads: false, effects };
  type Given = readonly [skill: string, correct: number, times: number];
  const answers = (...list: readonly Given[]): ResponseEvent[] =>
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

  it('stays on what is aimed at until it is known, and then goes on', () => {
    const next = (...list: readonly Given[]): string => makePlan(planning(answers(...list), ['a', 'c'])).steps[0]!.skill;
    expect(next(['a', 0, 1])).toBe('a');
    expect(next(['a', 1, 4])).toBe('c');
  });

  it('leaves a skill on which many questions brought nothing for another', () => {
    const next = (times: number): string => makePlan(planning(answers(['a', 0, times]), ['a', 'c'])).steps[0]!.skill;
    expect(next(2)).toBe('a');
    expect(next(40)).toBe('c');
  });

  it('does not wait for answers where prerequisites are likely known, and does where the last answer was wrong', () => {
    const first = (...list: readonly Given[]): string => makePlan(planning(answers(...list), ['d'])).steps[0]!.skill;
    expect(first(['c', 1, 3])).toBe('d');
    expect(first(['c', 1, 3], ['c', 0, 1])).toBe('c');
    expect(first(['a', 1, 12], ['b', 1, 12])).toBe('d');
    expect(first(['a', 0, 12], ['b', 0, 12])).toBe('c');
  });

  it('counts gains over the skills aimed at, of what lies below them as of one more', () => {
    const state = model.adapt([]);
    const gain = (targets: readonly string[]): number => new ExpectedEffect(effects, state, targets).gain('a', 6).value;
    expect(gain(['a', 'b'])).toBeCloseTo(gain(['a']) / 2, 9);
    expect(gain(['b'])).toBeCloseTo(gain(['a']) / 2, 9);
    expect(new ExpectedEffect(effects, state, ['b']).gain('b', 6).value).toBe(0);
  });

  it('names a prerequisite whose last answer was wrong, and does so no longer once it is right', () => {
    // Known well enough not to be a step itself.
    const slipped = answers(['c', 1, 40], ['c', 0, 1]);
    const step = makePlan(planning(slipped, ['d'])).steps.find(({ skill }) => skill === 'd')!;
    expect(step.reason).toMatchObject({ kind: 'goal', unready: ['c'] });
    const [right] = makePlan(planning(answers(['c', 1, 40], ['c', 0, 1], ['c', 1, 1]), ['d'])).steps;
    expect(right!.skill).toBe('d');
    expect(right!.reason.unready).toBeUndefined();
  });

  it('practises beside the goals what surely helps them, says why, and not before what it rests on is shown', () => {
    const helping = (standardError: number, history: readonly ResponseEvent[]) => {
      const carryOver = new Map([['d', { value: 0.2, standardError }]]);
      const options = planning(history, ['a', 'b']);
      return makePlan({ ...options, planner: { ...planner, effects: { ...effects, carryOver } } });
    };
    const shown = answers(['c', 1, 12]);
    const [first] = helping(0.02, shown).steps;
    expect(first).toMatchObject({ skill: 'd', gainFrom: 'seen', reason: { kind: 'carry-over' } });
    expect(first!.expectedGain.value).toBeGreaterThan(20);
    const skills = (plan: ReturnType<typeof makePlan>): string[] => plan.steps.map(({ skill }) => skill);
    expect(skills(helping(0.15, shown))).not.toContain('d');
    expect(skills(helping(0.02, answers(['c', 1, 12], ['c', 0, 1])))).not.toContain('d');
    expect(skills(helping(0.02, []))).not.toContain('d');
  });

  it('says of a skill that waits for its turn that others come first, not that they bring more', () => {
    const waiting = whyNot({ ...planning([], ['a', 'b']), steps: 1 }, 'b');
    expect(waiting).toMatchObject({ kind: 'beyond-steps', place: 2 });
  });
});
