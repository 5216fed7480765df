import { describe, expect, it } from 'vitest';
import { SECURE } from '../../src/learning/planning/conditions.ts';
import { makePlan } from '../../src/learning/planning/plan.ts';
import { createSkillGraph, findCycle } from '../../src/learning/planning/skill-graph.ts';
import { readModel } from '../../src/main/services/model-store.ts';
import { masteryEstimate } from '../../src/learning/student-model/mastery.ts';
import { withCourse } from '../../src/learning/student-model/student-model.ts';
import type { ResponseEvent } from '../../src/shared/domain.ts';
import { simulatedClass } from '../support/courses.ts';
import path from 'node:path';

const starter = readModel(path.join(import.meta.dirname, '..', '..', 'resources', 'starter'));

describe('the skill graph', () => {
  it('names a cycle in order, and finds none where there is none', () => {
    const pairs = [
      { skill: 'b', prerequisite: 'a' },
      { skill: 'c', prerequisite: 'b' },
      { skill: 'a', prerequisite: 'c' },
    ];
    const cycle = findCycle([{ skill: 'z', prerequisite: 'a' }, ...pairs])!;
    expect(cycle[0]).toBe(cycle.at(-1));
    expect(new Set(cycle)).toEqual(new Set(['a', 'b', 'c']));
    expect(findCycle(pairs.slice(0, 2))).toBeUndefined();
    expect(() => createSkillGraph({ skills: [], prerequisites: pairs })).toThrow(/circle/);
  });

  it('walks a chain of 20,000 skills without running out of stack', () => {
    const pairs = Array.from({ length: 20_000 }, (_, index) => ({ skill: `s${index + 1}`, prerequisite: `s${index}` }));
    expect(findCycle(pairs)).toBeUndefined();
    expect(findCycle([...pairs, { skill: 's0', prerequisite: 's20000' }])).toHaveLength(20_002);
  });
});

describe('a path', () => {
  const { sequences, map } = simulatedClass(60, 21);
  const model = withCourse(starter, map, sequences);
  const graph = createSkillGraph(map);
  const skills = map.skills.map((skill) => skill.id);
  const planFor = (history: readonly ResponseEvent[], goals?: string[]) =>
    makePlan({ student: 'x', state: model.adapt(history), graph, skills, goals });

  it('never asks for a skill before what it builds on is secure or a step before it', () => {
    for (const sequence of sequences.slice(0, 20)) {
      const state = model.adapt(sequence.responses, { counted: sequence.responses });
      const { steps } = makePlan({ student: 'x', state, graph, skills });
      steps.forEach((step, index) => {
        if (step.reason.kind === 'keep') return;
        const before = new Set(steps.slice(0, index).map((each) => each.skill));
        for (const prerequisite of graph.prerequisitesOf(step.skill)) {
          const { value, standardError } = state.forecastSkill(prerequisite);
          // A step on one of its own prerequisites lifts a skill a little; .1 is more than practice is ever expected to carry over.
          expect(before.has(prerequisite) || value - standardError >= SECURE - 0.1).toBe(true);
        }
      });
      expect(new Set(steps.map((step) => step.skill)).size).toBe(steps.length);
    }
  });

  it('says that it knows nothing for a student without answers, and still has a first step', () => {
    const plan = planFor([]);
    expect(plan.notEnoughEvidence).toBe(true);
    expect(plan.steps[0]!.reason.kind).toBe('first-step');
    expect(plan.steps.length).toBeGreaterThan(2);
  });

  it('works towards the goals that are given and what they rest on only', () => {
    const goal = skills.at(-1)!;
    const wanted = new Set([goal, ...graph.ancestorsOf(goal)]);
    const plan = planFor([], [goal]);
    expect(plan.targets).toEqual([goal]);
    for (const step of plan.steps) expect(wanted.has(step.skill)).toBe(true);
  });

  it('changes as answers say: wrong answers lower forecast and mastery, right ones raise them', () => {
    const skill = skills[2]!;
    const answers = (correct: number): ResponseEvent[] =>
      Array.from({ length: 6 }, (_, order) => ({ order, question: `${skill}-q${(order % 5) + 1}`, skills: [skill], correct }));
    const none = model.adapt([]);
    const right = model.adapt(answers(1));
    const wrong = model.adapt(answers(0));
    expect(wrong.forecastSkill(skill).value).toBeLessThan(none.forecastSkill(skill).value);
    expect(right.forecastSkill(skill).value).toBeGreaterThan(none.forecastSkill(skill).value);
    expect(right.mastery(skill).value).toBeGreaterThan(wrong.mastery(skill).value);
    expect(right.forecastSkill(skill).standardError).toBeLessThan(none.forecastSkill(skill).standardError);
    expect(right.evidence(skill)).toMatchObject({ answers: 6, right: 6 });
  });

  it('expects practice to help, with an error, most on the skill itself', () => {
    const state = model.adapt(sequences[0]!.responses.slice(0, 10));
    const skill = skills[3]!;
    const gain = state.expectedGain(skill, 6, [skill]);
    expect(gain.value).toBeGreaterThan(0);
    expect(gain.standardError).toBeGreaterThan(0);
    const [after] = state.forecastAfterPractice(skill, 6, [skill]);
    expect(100 * (after!.value - state.forecastSkill(skill).value)).toBeCloseTo(gain.value, 6);
  });
});

describe('the standard error of a mastery', () => {
  it('is large while it is open and small once it is settled', () => {
    const open = masteryEstimate(0, 1, 1);
    expect(open.value).toBeCloseTo(0.5, 6);
    expect(open.standardError).toBeGreaterThan(0.2);
    expect(masteryEstimate(4, 0.05, 1).standardError).toBeLessThan(0.01);
    expect(masteryEstimate(0.5, 1, 0).standardError).toBeCloseTo(0, 6);
  });
});
