import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isLearnable } from '../../src/learning/planning/conditions.ts';
import { planWithTrace } from '../../src/learning/planning/plan.ts';
import { DAY_MS } from '../../src/shared/time.ts';
import { laySteps, lessonsUntil } from '../../src/learning/planning/schedule.ts';
import { createSkillGraph } from '../../src/learning/planning/skill-graph.ts';
import { withCourse } from '../../src/learning/student-model/student-model.ts';
import { readModel } from '../../src/main/services/model-store.ts';
import type { PlanStep, TimeBudget } from '../../src/shared/domain.ts';
import { simulatedClass } from '../support/courses.ts';

const NOW = Date.UTC(2026, 10, 24);
const until = (days: number): number => NOW + days * DAY_MS;
const step = (skill: string, minutes: number) => ({ step: { skill, minutes } as PlanStep });
const lay = (budget: TimeBudget, fresh: Parameters<typeof laySteps>[2], reviews: Parameters<typeof laySteps>[3] = []) =>
  laySteps(budget, lessonsUntil(budget, NOW), fresh, reviews);

describe('lessons until a date', () => {
  it('are of about 45 minutes, or as many as are said, and at least one', () => {
    const ninety = lessonsUntil({ minutesAWeek: 90, until: until(14) }, NOW);
    expect(ninety.map(({ week, lesson, minutes }) => [week, lesson, minutes])).toEqual([
      [1, 1, 45],
      [1, 2, 45],
      [2, 1, 45],
      [2, 2, 45],
    ]);
    expect(ninety[2]!.weekFrom).toBe(until(7));
    expect(lessonsUntil({ minutesAWeek: 90, until: until(7), lessonsAWeek: 3 }, NOW).map(({ minutes }) => minutes)).toEqual([
      30, 30, 30,
    ]);
    expect(lessonsUntil({ minutesAWeek: 40, until: until(2) }, NOW)).toHaveLength(1);
  });

  it('are refused for a day that has passed, and without a minute', () => {
    expect(() => lessonsUntil({ minutesAWeek: 40, until: NOW }, NOW)).toThrow(/a day ahead/);
    expect(() => lessonsUntil({ minutesAWeek: 0, until: until(7) }, NOW)).toThrow(/some minutes/);
  });
});

describe('steps laid over lessons', () => {
  it('come in their order, are not torn apart, and are left out where the time is used up', () => {
    const { steps, schedule } = lay({ minutesAWeek: 30, until: until(14) }, [
      step('a', 20),
      step('b', 15),
      step('c', 12),
      step('d', 9),
    ]);
    expect(steps.map(({ skill }) => skill)).toEqual(['a', 'b', 'c']);
    expect(schedule.lessons.map(({ parts }) => parts)).toEqual([
      [{ step: 0, minutes: 20 }],
      [
        { step: 1, minutes: 15 },
        { step: 2, minutes: 12 },
      ],
    ]);
    expect(schedule).toMatchObject({ available: 60, planned: 47, full: true, lessonsAWeek: 1 });
  });

  it('part what is longer than a lesson, also where a review comes between, and begin nothing that would not be finished', () => {
    const budget = { minutesAWeek: 20, until: until(21) };
    const review = { ...step('known', 6), due: until(8) };
    const { steps, schedule } = lay(budget, [step('long', 25), step('longer', 40)], [review]);
    expect(steps.map(({ skill }) => skill)).toEqual(['long', 'known']);
    expect(schedule.lessons.map(({ parts }) => parts)).toEqual([
      [{ step: 0, minutes: 20 }],
      [
        { step: 1, minutes: 6 },
        { step: 0, minutes: 5 },
      ],
    ]);
    expect(schedule).toMatchObject({ planned: 31, full: true });
  });

  it('give reviews a third of a lesson, and not before their week', () => {
    const { schedule, steps } = lay(
      { minutesAWeek: 45, until: until(21) },
      [step('a', 12), step('b', 12), step('c', 12)],
      [
        { ...step('now', 6), due: NOW },
        { ...step('also', 6), due: NOW },
        { ...step('third', 6), due: NOW },
        { ...step('later', 6), due: until(10) },
      ],
    );
    const lessons = schedule.lessons.map(({ parts }) => parts.map((part) => steps[part.step]!.skill));
    expect(lessons[0]).toEqual(['now', 'also', 'a', 'b']);
    expect(lessons[1]).toContain('third');
    expect(lessons[1]).toContain('later');
  });
});

describe('a plan with a date', () => {
  const { sequences, map } = simulatedClass(60, 21);
  const starter = readModel(path.join(import.meta.dirname, '..', '..', 'resources', 'starter'));
  const model = withCourse(starter, map, sequences);
  const { responses: history } = sequences[3]!;
  const skills = map.skills.map(({ id }) => id);
  const planFor = (budget: TimeBudget | undefined) =>
    planWithTrace({
      student: 'x',
      state: model.adapt(history, { counted: history }),
      graph: createSkillGraph(map),
      skills,
      history,
      now: NOW,
      budget,
    });

  it('has as many steps as have room, and says what has none', () => {
    const { plan, candidate } = planFor({ minutesAWeek: 20, until: until(14) });
    const minutes = plan.steps.reduce((sum, each) => sum + each.minutes, 0);
    expect(plan.schedule!.planned).toBe(minutes);
    expect(minutes).toBeLessThanOrEqual(40);
    expect(plan.schedule!.full).toBe(true);
    const onPath = new Set(plan.steps.map(({ skill }) => skill));
    expect(plan.schedule!.left.length).toBeGreaterThan(0);
    for (const skill of plan.schedule!.left) {
      expect(onPath.has(skill)).toBe(false);
      expect(isLearnable(candidate(skill))).toBe(true);
    }
    const longer = planFor({ minutesAWeek: 90, until: until(28) }).plan;
    expect(longer.steps.length).toBeGreaterThan(plan.steps.length);
    expect(longer.schedule!.left.length).toBeLessThan(plan.schedule!.left.length);
  });

  it('never has a step before what it rests on', () => {
    const { plan } = planFor({ minutesAWeek: 60, until: until(28) });
    const graph = createSkillGraph(map);
    plan.steps.forEach(({ skill }, at) => {
      for (const later of plan.steps.slice(at + 1)) expect(graph.ancestorsOf(skill).has(later.skill)).toBe(false);
    });
  });

  it('is what it was where nobody says how much time there is', () => {
    expect(planFor(undefined).plan.schedule).toBeUndefined();
  });
});
