import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { courseOf } from '../../src/learning/dynamics/fit.ts';
import { priorDynamics } from '../../src/learning/dynamics/parameters.ts';
import { createStructure, KINSHIPS } from '../../src/learning/dynamics/structure.ts';
import { judgeDecisions, overridesOf } from '../../src/learning/planning/overrides.ts';
import { makePlan } from '../../src/learning/planning/plan.ts';
import type { PlanOptions } from '../../src/learning/planning/plan.ts';
import { createSkillGraph } from '../../src/learning/planning/skill-graph.ts';
import { planAfter, whatIf } from '../../src/learning/planning/what-if.ts';
import type { Supposable } from '../../src/learning/planning/what-if.ts';
import { whyNot } from '../../src/learning/planning/why-not.ts';
import type { WhyNot } from '../../src/learning/planning/why-not.ts';
import { withCourse } from '../../src/learning/student-model/student-model.ts';
import { readModel } from '../../src/main/services/model-store.ts';
import type { Decision } from '../../src/shared/decisions.ts';
import type { PlanStep, ResponseEvent, StepReason, WhyNotKind } from '../../src/shared/domain.ts';
import { simulatedClass } from '../support/courses.ts';

const starter = readModel(path.join(import.meta.dirname, '..', '..', 'resources', 'starter'));
const { sequences, map } = simulatedClass(60, 21);
const model = withCourse(starter, map, sequences);
const graph = createSkillGraph(map);
const skills = map.skills.map((skill) => skill.id);

const planning = (history: readonly ResponseEvent[], change: Partial<Supposable> = {}): Supposable => {
  const adapt = (answers: readonly ResponseEvent[]) => model.adapt(answers);
  return { student: 'x', state: adapt(history), graph, skills, history, adapt, ...change };
};
const answers = (...list: readonly (readonly [skill: string, correct: number, times: number])[]): ResponseEvent[] =>
  list
    .flatMap(([skill, correct, times]) => Array.from({ length: times }, () => ({ skill, correct })))
    .map(({ skill, correct }, order) => ({ order, question: `own-${order}`, skills: [skill], correct }));
const without = (history: readonly ResponseEvent[], skill: string) => history.filter((answer) => !answer.skills.includes(skill));
const stepOn = (student: PlanOptions, skill: string) => makePlan(student).steps.find((step) => step.skill === skill);
/** Students of the class in many places of the course, cut off after more and more answers. */
const students = sequences
  .slice(0, 24)
  .map(({ responses }, index) => planning(responses.slice(0, 3 + ((index * 7) % responses.length))));

/** Of all those students the first step whose reason is of a kind. */
function stepFor(kind: StepReason['kind']): { readonly student: Supposable; readonly step: PlanStep } {
  for (const student of students) {
    const step = makePlan(student).steps.find((each) => each.reason.kind === kind);
    if (step) return { student, step };
  }
  throw new Error(`No student has a step because of ${kind}.`);
}

describe('the reason of a step falls with the evidence that it names', () => {
  it('close-gap: right answers in the place of the wrong ones close the gap', () => {
    const { student, step } = stepFor('close-gap');
    expect(step.reason.answers).toBeGreaterThan(0);
    const others = without(student.history, step.skill);
    const closed = planning([...others, ...answers([step.skill, 1, 12])]);
    expect(stepOn(closed, step.skill)?.reason.kind).not.toBe('close-gap');
    const gone = stepOn(planning(others), step.skill);
    expect(gone?.reason.kind).not.toBe('close-gap');
  });

  it('ready: once the named prerequisite is no longer secure, it is not a step before it', () => {
    const ready = students
      .flatMap((student) => makePlan(student).steps.map((step) => ({ student, step })))
      .find(({ step }) => step.reason.kind === 'ready' && step.reason.prerequisites.length > 0)!;
    const [named] = ready.step.reason.prerequisites;
    const lost = planning([...without(ready.student.history, named!.skill), ...answers([named!.skill, 0, 12])]);
    const { steps } = makePlan(lost);
    const at = steps.findIndex(({ skill }) => skill === ready.step.skill);
    const below = steps.findIndex(({ skill }) => skill === named!.skill);
    expect(at < 0 || (below >= 0 && below < at)).toBe(true);
  });

  it('find-out: answers on it, and there is nothing to find out', () => {
    const { student, step } = stepFor('find-out');
    expect(step.reason.answers).toBe(0);
    const found = planAfter(student, { kind: 'right', skill: step.skill, count: 1 });
    expect(found.steps.find(({ skill }) => skill === step.skill)?.reason.kind).not.toBe('find-out');
  });

  it('keep: without the answers that show it known it is learned, not kept', () => {
    const history = answers(...skills.map((skill) => [skill, 1, 8] as const));
    const student = planning(history);
    const step = makePlan(student).steps.find(({ reason }) => reason.kind === 'keep')!;
    expect(step).toMatchObject({ strategy: 'review', reason: { answers: 8, right: 8 } });
    const wrong = stepOn(planning([...without(history, step.skill), ...answers([step.skill, 0, 8])]), step.skill);
    expect(wrong).toBeDefined();
    expect(wrong!.reason.kind).not.toBe('keep');
    expect(wrong!.strategy).not.toBe('review');
  });

  it('goal: not asked for, it is on the path for another reason or not at all', () => {
    const goal = graph.prerequisitesOf(skills[0]!).length === 0 ? skills[0]! : skills[1]!;
    const asked = stepOn(planning([], { goals: [goal] }), goal)!;
    expect(asked.reason.kind).toBe('goal');
    expect(stepOn(planning([]), goal)?.reason.kind).not.toBe('goal');
  });

  it('first-step: with a single answer something is known', () => {
    const [first] = makePlan(planning([])).steps;
    expect(first!.reason.kind).toBe('first-step');
    for (const correct of [0, 1])
      for (const { reason } of makePlan(planning(answers([first!.skill, correct, 1]))).steps)
        expect(reason.kind).not.toBe('first-step');
  });
});

describe('a step that leads over', () => {
  const own = {
    skills: ['a', 'b', 'c'].map((id) => ({ id, name: id.toUpperCase() })),
    prerequisites: ['a', 'b'].map((prerequisite) => ({ skill: 'c', prerequisite })),
  };
  const structure = createStructure(own);
  const hold = Float64Array.from(KINSHIPS, (kinship) => (kinship === 'other' ? 0.001 : 0.99));
  const course = courseOf({ ...priorDynamics(structure), rate: 0.5, gate: 4, slope: 30, lapse: 0.01, hold }, structure);
  const led = (history: readonly ResponseEvent[], goals: string[], steps?: number): Supposable => {
    const fitted = withCourse(starter, own, [{ student: 'x', responses: history }]);
    const adapt = (given: readonly ResponseEvent[]) => fitted.adapt(given);
    return {
      student: 'x',
      state: adapt(history),
      graph: createSkillGraph(own),
      skills: ['a', 'b', 'c'],
      goals,
      planner: { course, leads: true },
      history,
      adapt,
      ...(steps === undefined ? {} : { steps }),
    };
  };

  it('does so no longer once what it names is secure', () => {
    const history = answers(['a', 1, 6]);
    const [before] = makePlan(led(history, ['c'])).steps;
    expect(before!.reason).toMatchObject({ kind: 'lead-over', unready: ['b'] });
    const secured = [...history, ...answers(['c', 0, 1], ['b', 1, 6])];
    const [after] = makePlan(led(secured, ['c'])).steps;
    expect(after!.reason.kind).not.toBe('lead-over');
    expect(after!.reason.unready).toBeUndefined();
  });

  it('names by the beliefs of the dynamics what holds a skill up that is not on the path', () => {
    const why = whyNot(led([], ['a', 'b', 'c'], 1), 'c');
    expect(why.kind).toBe('prerequisite');
    expect(why.prerequisites.map(({ skill }) => skill).toSorted()).toEqual(['a', 'b']);
    const known = answers(['a', 1, 8], ['c', 0, 1], ['b', 1, 8]);
    expect(whyNot(led(known, ['a', 'b', 'c'], 1), 'c').kind).toBe('on-path');
  });

  it('look-ahead: nothing on the path brings less at once; without what is practised instead, it is the step', () => {
    const [chosen, other] = ((): [string, string] => {
      const [step] = makePlan(led([], ['a', 'b'], 1)).steps;
      return step!.skill === 'a' ? ['a', 'b'] : ['b', 'a'];
    })();
    const why = whyNot(led([], ['a', 'b'], 1), other);
    expect(why).toMatchObject({ kind: 'look-ahead', least: { skill: chosen } });
    expect(why.gain.value).toBeGreaterThanOrEqual(why.least!.gain.value);
    expect(whyNot(led([], [other], 1), other).kind).toBe('on-path');
    expect(whyNot(led([], [other], 1), chosen).kind).toBe('not-goal');
  });
});

describe('a reason that is the teacher’s decision', () => {
  const history = answers([skills[0]!, 1, 3]);
  const student = planning(history);
  const decided = (decision: Decision): Supposable => ({
    ...student,
    overrides: overridesOf(
      judgeDecisions([{ id: 'd', at: 1, note: '', decision, answersThen: history.length }], {
        history,
        skills: new Set(skills),
        at: 2,
      }),
    ),
  });
  const plain = makePlan(student);

  it('first: taken back, the step has its own reason, or is none', () => {
    const skill = plain.steps.at(-1)!.skill;
    expect(makePlan(decided({ kind: 'first', skill })).steps[0]).toMatchObject({ skill, reason: { kind: 'teacher' } });
    expect(plain.steps.find((step) => step.skill === skill)!.reason.kind).not.toBe('teacher');
  });

  it('left-out, said-known and how it is worked: taken back, the path is as it was', () => {
    const { skill, strategy } = plain.steps[0]!;
    expect(whyNot(decided({ kind: 'leave-out', skill }), skill).kind).toBe('left-out');
    expect(whyNot(decided({ kind: 'known', skill }), skill).kind).toBe('said-known');
    const other = strategy === 'practice' ? 'worked-example' : 'practice';
    const step = makePlan(decided({ kind: 'strategy', skill, strategy: other })).steps.find((each) => each.skill === skill);
    expect(step).toMatchObject({ strategy: other, ground: 'teacher' });
    expect(whyNot(student, skill).kind).toBe('on-path');
    expect(plain.steps[0]!.ground).not.toBe('teacher');
  });
});

describe('what would change a step', () => {
  it('is what the plan then is, and nothing smaller of the kind would do it', () => {
    let seen = 0;
    for (const student of students.slice(0, 6)) {
      const { steps } = makePlan(student);
      for (const { skill, strategy } of steps.slice(0, 2)) {
        for (const { change, effect } of whatIf(student, skill)) {
          seen++;
          const at = (count: number) => planAfter(student, { ...change, count }).steps;
          const then = at(change.count);
          const place = then.findIndex((step) => step.skill === skill);
          if (effect.kind === 'leaves') expect(place).toBe(-1);
          else if (effect.kind === 'strategy') expect(then[place]!.strategy).toBe(effect.strategy);
          else if (effect.kind === 'later') {
            expect(place + 1).toBe(effect.place);
            for (const first of effect.first) expect(then.slice(0, place).map((step) => step.skill)).toContain(first);
          } else if (effect.kind === 'reason') expect(then[place]!.reason.kind).toBe(effect.reason);
          if (change.kind === 'without') continue;
          for (let fewer = 1; fewer < change.count; fewer++) {
            const step = at(fewer).find((each) => each.skill === skill);
            if (effect.kind === 'leaves') expect(step).toBeDefined();
            if (effect.kind === 'strategy') expect(step === undefined || step.strategy === strategy).toBe(true);
          }
        }
      }
    }
    expect(seen).toBeGreaterThan(12);
  });

  it('brings a skill that is not on the path onto it where it says so', () => {
    let joined = 0;
    for (const student of students.slice(0, 8)) {
      const on = new Set(makePlan(student).steps.map(({ skill }) => skill));
      for (const skill of skills.filter((each) => !on.has(each)))
        for (const { change, effect } of whatIf(student, skill)) {
          expect(effect.kind).toBe('joins');
          if (effect.kind !== 'joins') continue;
          joined++;
          expect(planAfter(student, change).steps[effect.place - 1]).toMatchObject({ skill, strategy: effect.strategy });
        }
    }
    expect(joined).toBeGreaterThan(3);
  });

  it('names the answers that it takes away by number and date', () => {
    const history = answers([skills[0]!, 0, 3]).map((answer) => ({ ...answer, timestamp: 1000 + answer.order }));
    const found = whatIf(planning(history), skills[0]!).find(({ change }) => change.kind === 'without');
    expect(found?.change).toEqual({ kind: 'without', skill: skills[0], count: 3, from: 1000, to: 1002 });
  });

  it('refuses a skill that the course has not', () => {
    expect(() => whatIf(planning([]), 'nowhere')).toThrow(/no skill "nowhere"/);
    expect(() => whyNot(planning([]), 'nowhere')).toThrow(/no skill "nowhere"/);
  });
});

describe('why a skill is not on the path', () => {
  /** All reasons of a kind that the students of the class are given, on paths short enough to leave something out. */
  const reasons = (kind: WhyNotKind): { readonly student: Supposable; readonly why: WhyNot }[] =>
    students
      .slice(0, 12)
      .map((student): Supposable => ({ ...student, steps: 2 }))
      .flatMap((student) => skills.map((skill) => ({ student, why: whyNot(student, skill) })))
      .filter(({ why }) => why.kind === kind);

  it('is on-path for exactly the steps of the path', () => {
    const [student] = students;
    const { steps } = makePlan(student!);
    for (const skill of skills) {
      const why = whyNot(student!, skill);
      expect(why.kind === 'on-path').toBe(steps.some((step) => step.skill === skill));
      if (why.kind === 'on-path') expect(steps[why.place! - 1]!.skill).toBe(skill);
    }
  });

  it('prerequisite: secure ones change the reason or bring it onto the path', () => {
    const found = reasons('prerequisite');
    expect(found.length).toBeGreaterThan(0);
    for (const { student, why } of found.slice(0, 5)) {
      const named = why.prerequisites.map(({ skill }) => skill);
      for (const { after } of why.prerequisites) expect(after).toBeLessThan(why.bar!);
      // All that the named ones rest on is answered too: a forecast follows what lies below it.
      const secured = [...new Set(named.flatMap((skill) => [skill, ...graph.ancestorsOf(skill)]))];
      const raised = planning([...student.history, ...answers(...secured.map((skill) => [skill, 1, 12] as const))]);
      expect(whyNot(raised, why.skill).kind).not.toBe('prerequisite');
    }
  });

  it('mastered and certain: wrong answers bring it down to where it is learned', () => {
    const history = answers(...skills.map((skill) => [skill, 1, 3] as const));
    const target = skills[0]!;
    const short = { steps: 2 };
    const more = (times: number) => whyNot(planning([...history, ...answers([target, 1, times])], short), target);
    const reasonsByMore = [1, 2, 3, 4, 6, 8, 12, 40].map(more);
    const mastered = reasonsByMore.find(({ kind }) => kind === 'mastered');
    expect(mastered?.mastery.value).toBeGreaterThanOrEqual(mastered?.bar ?? 1);
    const certain = reasonsByMore.at(-1)!;
    expect(certain.kind).toBe('certain');
    expect(certain.forecast.value).toBeGreaterThan(certain.bar!);
    const forgotten = whyNot(planning([...without(history, target), ...answers([target, 0, 12])], short), target);
    expect(['mastered', 'certain']).not.toContain(forgotten.kind);
  });

  it('out-of-reach: right answers bring it within reach', () => {
    const roots = skills.filter((skill) => graph.prerequisitesOf(skill).length === 0);
    const lost = answers(...skills.map((skill) => [skill, 0, 6] as const));
    const student = planning(lost, { steps: 1 });
    const why = roots.map((skill) => whyNot(student, skill)).find(({ kind }) => kind === 'out-of-reach');
    const target = why?.skill ?? makePlan(student).steps[0]!.skill;
    // With a single root the lowest open rung is the step itself: a step less makes room for the question.
    const asked = why ?? whyNot(planning(lost, { steps: 0 }), target);
    expect(asked.kind).toBe('out-of-reach');
    expect(asked.forecast.value).toBeLessThan(asked.bar!);
    const raised = planning([...without(lost, target), ...answers([target, 1, 12])], { steps: why ? 1 : 0 });
    expect(whyNot(raised, target).kind).not.toBe('out-of-reach');
  });

  it('smaller-gain and beyond-steps: with as many steps as it says, it is the last of them; without the better ones it comes up', () => {
    let looked = 0;
    for (const student of students.slice(0, 8)) {
      const short = { ...student, steps: 2 };
      for (const skill of skills) {
        const why = whyNot(short, skill);
        if (why.kind !== 'smaller-gain' && why.kind !== 'beyond-steps') continue;
        looked++;
        const better = makePlan(short).steps;
        if (why.kind === 'smaller-gain') for (const step of better) expect(why.gain.value).toBeLessThan(step.expectedGain.value);
        expect(stepOn({ ...student, steps: why.place! }, skill)).toBeDefined();
        expect(stepOn({ ...student, steps: why.place! - 1 }, skill)).toBeUndefined();
      }
    }
    expect(looked).toBeGreaterThan(5);
  });

  it('not-goal: as a goal it is aimed at', () => {
    const root = skills.find((skill) => graph.prerequisitesOf(skill).length === 0)!;
    const other = skills.find((skill) => skill !== root && !graph.ancestorsOf(root).has(skill))!;
    expect(whyNot(planning([], { goals: [root] }), other).kind).toBe('not-goal');
    expect(whyNot(planning([], { goals: [other] }), other).kind).not.toBe('not-goal');
  });
});
