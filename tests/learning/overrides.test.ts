import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeDecisions, NO_OVERRIDES, overridesOf } from '../../src/learning/planning/overrides.ts';
import { makePlan } from '../../src/learning/planning/plan.ts';
import { preparePlanner } from '../../src/learning/planning/planner-course.ts';
import { createSkillGraph } from '../../src/learning/planning/skill-graph.ts';
import { whyNot } from '../../src/learning/planning/why-not.ts';
import { withCourse } from '../../src/learning/student-model/student-model.ts';
import { readModel } from '../../src/main/services/model-store.ts';
import type { Decision, HeldDecision } from '../../src/shared/decisions.ts';
import type { ResponseEvent } from '../../src/shared/domain.ts';
import { simulatedClass } from '../support/courses.ts';

const DAY = 86_400_000;
const NOW = 1_790_000_000_000;
const starter = readModel(path.join(import.meta.dirname, '..', '..', 'resources', 'starter'));
const { sequences, map } = simulatedClass(60, 21);
const model = withCourse(starter, map, sequences);
const graph = createSkillGraph(map);
const skills = map.skills.map(({ id }) => id);
const known = new Set(skills);

/** Newest first, as the gradebook gives them. */
const held = (...decisions: readonly Decision[]): HeldDecision[] =>
  decisions.map((decision, index) => ({ id: `d${index}`, at: NOW - index, note: '', decision, answersThen: 0 }));
const judged = (decisions: readonly HeldDecision[], history: readonly ResponseEvent[] = [], at = NOW) =>
  judgeDecisions(decisions, { history, skills: known, at });

const optionsOf = ({ responses }: (typeof sequences)[number]) => ({
  student: 'x',
  state: model.adapt(responses, { counted: responses }),
  graph,
  skills,
  history: responses,
});
type Options = ReturnType<typeof optionsOf>;
const level = ({ state }: Options, skill: string): number => {
  const { value, standardError } = state.forecastSkill(skill);
  return value - standardError;
};
/** A skill that rests on something that is not secure, and is no step. */
const tooEarly = (options: Options): string | undefined => {
  const steps = new Set(makePlan(options).steps.map(({ skill }) => skill));
  return skills.find((skill) => !steps.has(skill) && graph.prerequisitesOf(skill).some((each) => level(options, each) < 0.55));
};
const base = sequences.map(optionsOf).find((options) => tooEarly(options) !== undefined)!;
const early = tooEarly(base)!;
const planWith = (...decisions: readonly Decision[]) => makePlan({ ...base, overrides: overridesOf(judged(held(...decisions))) });
const plain = makePlan(base);
describe('a teacher’s decisions', () => {
  it('leave the plan exactly as it is where there are none', () => {
    expect(makePlan({ ...base, overrides: NO_OVERRIDES })).toEqual(plain);
    expect(planWith()).toEqual(plain);
    expect(plain).not.toHaveProperty('decisions');
  });

  it('put a skill first, say whose decision it is, and name what is not secure below it', () => {
    const plan = planWith({ kind: 'first', skill: early });
    const [step] = plan.steps;
    expect(step).toMatchObject({ skill: early, reason: { kind: 'teacher', decided: ['first'] } });
    expect(step!.reason.unready!.length).toBeGreaterThan(0);
    for (const each of step!.reason.unready!) expect(graph.prerequisitesOf(early)).toContain(each);
    expect(plan.decisions).toMatchObject([{ decision: { kind: 'first', skill: early } }]);
  });

  it('put the newest first, but what rests on another of them after it', () => {
    const [below] = graph.prerequisitesOf(early);
    const other = skills.find((skill) => skill !== early && skill !== below && !graph.ancestorsOf(early).has(skill))!;
    const order = planWith({ kind: 'first', skill: early }, { kind: 'first', skill: below! }, { kind: 'first', skill: other });
    expect(
      order.steps
        .slice(0, 3)
        .map(({ skill }) => skill)
        .indexOf(early),
    ).toBeGreaterThan(order.steps.findIndex(({ skill }) => skill === below));
    const free = skills.filter((skill) => graph.prerequisitesOf(skill).length === 0).slice(0, 2);
    const two = planWith({ kind: 'first', skill: free[1]! }, { kind: 'first', skill: free[0]! });
    expect(two.steps.slice(0, 2).map(({ skill }) => skill)).toEqual([free[1], free[0]]);
  });

  it('leave a skill out until its day comes', () => {
    const [first] = plain.steps;
    const decision = { kind: 'leave-out', skill: first!.skill, until: NOW + DAY } as const;
    const plan = planWith(decision);
    expect(plan.steps.map(({ skill }) => skill)).not.toContain(first!.skill);
    expect(plan.steps.length).toBeGreaterThan(0);
    expect(whyNot({ ...base, overrides: overridesOf(judged(held(decision))) }, first!.skill).kind).toBe('left-out');
    const later = judged(held(decision), [], NOW + DAY);
    expect(later[0]!.state).toBe('over');
    expect(makePlan({ ...base, overrides: overridesOf(later) })).toEqual(plain);
  });

  it('count a prerequisite as known, or as not yet known, and say so', () => {
    const below = graph.prerequisitesOf(early);
    const said = planWith(...below.map((skill) => ({ kind: 'known', skill }) as const));
    for (const skill of below) expect(said.steps.map((step) => step.skill)).not.toContain(skill);
    const options = { ...base, overrides: overridesOf(judged(held({ kind: 'known', skill: below[0]! }))) };
    expect(whyNot(options, below[0]!).kind).toBe('said-known');
    const pinned = planWith({ kind: 'first', skill: early }, ...below.map((skill) => ({ kind: 'known', skill }) as const));
    expect(pinned.steps[0]!.reason).not.toHaveProperty('unready');
    expect(pinned.steps[0]!.reason.prerequisites.map((each) => each.said)).toEqual(below.map(() => 'known'));

    const secure = skills.find((skill) => level(base, skill) > 0.6 && graph.dependentsOf(skill).length > 0)!;
    const above = graph.dependentsOf(secure)[0]!;
    const notYet = { ...base, overrides: overridesOf(judged(held({ kind: 'not-known', skill: secure }))) };
    const plan = makePlan({ ...notYet, goals: [secure] });
    const step = plan.steps.find(({ skill }) => skill === secure);
    expect(step?.reason.decided).toEqual(['not-known']);
    expect(['worked-example', 'faded']).toContain(step!.strategy);
    const blocked = makePlan({ ...notYet, overrides: { ...notYet.overrides, leftOut: new Set([secure]) } });
    expect(blocked.steps.map(({ skill }) => skill)).not.toContain(above);
  });

  it('name what stands against a goal: left out itself, or what it builds on', () => {
    const goal = skills.find((skill) => graph.prerequisitesOf(skill).some((each) => level(base, each) < 0.6))!;
    const below = graph.prerequisitesOf(goal).find((each) => level(base, each) < 0.6)!;
    const aimed = { kind: 'goal', skills: [goal] } as const;
    const against = (...decisions: Decision[]) => planWith(aimed, ...decisions).conflicts;
    expect(against()).toBeUndefined();
    expect(against({ kind: 'leave-out', skill: goal })).toEqual([{ goal, leftOut: [goal] }]);
    expect(against({ kind: 'leave-out', skill: below })).toEqual([{ goal, leftOut: [below] }]);
    // Taken back, nothing stands against it any more; put first, it comes all the same.
    expect(against({ kind: 'leave-out', skill: below }, { kind: 'first', skill: goal })).toBeUndefined();
  });

  it('choose how a step is worked, and how long it then takes', () => {
    const [first] = plain.steps;
    const strategy = first!.strategy === 'worked-example' ? 'practice' : 'worked-example';
    const step = planWith({ kind: 'strategy', skill: first!.skill, strategy }).steps.find(({ skill }) => skill === first!.skill)!;
    expect(step).toMatchObject({ strategy, reason: { kind: first!.reason.kind, decided: ['strategy'] } });
    expect(step.minutes).not.toBe(first!.minutes);
  });

  it('set a goal, and take as many steps as there is time for', () => {
    const goal = { kind: 'goal', skills: [skills.at(-1)!], due: NOW + 14 * DAY, minutesAWeek: 10 } as const;
    const wanted = new Set([...goal.skills, ...graph.ancestorsOf(goal.skills[0]!)]);
    const plan = makePlan({ ...base, now: NOW, overrides: overridesOf(judged(held(goal))) });
    expect(plan).toMatchObject({ targets: goal.skills });
    expect(plan).not.toHaveProperty('conflicts');
    for (const { skill } of plan.steps) expect(wanted.has(skill)).toBe(true);
    expect(plan.schedule).toMatchObject({ minutesAWeek: 10, until: goal.due, available: 20 });
    expect(plan.schedule!.planned).toBeLessThanOrEqual(20);
    expect(plan.schedule!.left.length).toBeGreaterThan(0);
    // Nobody lays lessons over three years: the goal then orders the steps alone.
    const far = { ...goal, due: NOW + 1100 * DAY };
    expect(makePlan({ ...base, now: NOW, overrides: overridesOf(judged(held(far))) }).schedule).toBeUndefined();
    // A file of goals given for this run goes before.
    const given = makePlan({ ...base, goals: [skills[0]!], overrides: overridesOf(judged(held(goal))) });
    expect(given.targets).toEqual([skills[0]]);
    expect(judged(held(goal), [], goal.due)[0]!.state).toBe('over');
  });

  it('do not blame the time for what waits on a skill that was left out', () => {
    const [below] = graph.prerequisitesOf(early).filter((each) => level(base, each) < 0.55);
    const goal = { kind: 'goal', skills: [early], due: NOW + 300 * DAY, minutesAWeek: 300 } as const;
    const plan = (...decisions: readonly Decision[]) =>
      makePlan({ ...base, now: NOW, overrides: overridesOf(judged(held(goal, ...decisions))) });
    expect(plan().steps.map(({ skill }) => skill)).toContain(early);
    const without = plan({ kind: 'leave-out', skill: below! });
    expect(without.steps.map(({ skill }) => skill)).not.toContain(early);
    expect(without.schedule!.left).toEqual([]);
  });

  it('move no forecast, no mastery and no gain of a skill', () => {
    const numbers = new Map(plain.steps.map((step) => [step.skill, [step.forecast, step.mastery, step.expectedGain]]));
    const last = plain.steps.at(-1)!.skill;
    for (const plan of [
      planWith({ kind: 'first', skill: last }),
      planWith({ kind: 'not-known', skill: last }),
      planWith({ kind: 'known', skill: plain.steps[0]!.skill }),
      planWith({ kind: 'leave-out', skill: plain.steps[0]!.skill }),
    ])
      for (const step of plan.steps)
        if (numbers.has(step.skill)) expect([step.forecast, step.mastery, step.expectedGain]).toEqual(numbers.get(step.skill));
  });

  it('about a step are done once a step’s worth of answers came; a later one about the same replaces an earlier', () => {
    const skill = skills[0]!;
    const answers = Array.from({ length: 6 }, (_, order) => ({ order, question: `q${order}`, skills: [skill], correct: 1 }));
    const pin = held({ kind: 'first', skill });
    expect(judged(pin, answers.slice(0, 5))).toMatchObject([{ state: 'holds', answersSince: 5 }]);
    expect(judged(pin, answers)).toMatchObject([{ state: 'done' }]);
    expect(judged(held({ kind: 'known', skill }), answers)).toMatchObject([{ state: 'holds', answersSince: 6 }]);
    expect(judged(held({ kind: 'leave-out', skill }, { kind: 'first', skill })).map(({ state }) => state)).toEqual([
      'holds',
      'replaced',
    ]);
    expect(judged(held({ kind: 'known', skill: 'gone' }))).toMatchObject([{ state: 'skill-gone' }]);
    expect(judged(held({ kind: 'goal', skills: ['gone', skill] }))).toMatchObject([
      { state: 'holds', decision: { skills: [skill] } },
    ]);
  });

  it('are followed where the dynamics lead, too', () => {
    const planner = { ...preparePlanner({ map, model, sequences: [] }), leads: true };
    const led = makePlan({ ...base, planner });
    const [first, second] = led.steps.filter(({ skill }) => skill !== early);
    const overrides = overridesOf(
      judged(
        held(
          { kind: 'leave-out', skill: first!.skill },
          { kind: 'known', skill: second!.skill },
          { kind: 'first', skill: early },
        ),
      ),
    );
    const steps = makePlan({ ...base, planner, overrides }).steps.map(({ skill }) => skill);
    expect(steps[0]).toBe(early);
    expect(steps).not.toContain(first!.skill);
    expect(steps).not.toContain(second!.skill);
  });
});
