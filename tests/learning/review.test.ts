import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { explainStep } from '../../src/learning/planning/explanation.ts';
import { makePlan } from '../../src/learning/planning/plan.ts';
import { memories } from '../../src/learning/planning/review.ts';
import { DAY_MS, dayOf } from '../../src/shared/time.ts';
import { createSkillGraph } from '../../src/learning/planning/skill-graph.ts';
import { withCourse } from '../../src/learning/student-model/student-model.ts';
import { readModel } from '../../src/main/services/model-store.ts';
import type { ResponseEvent } from '../../src/shared/domain.ts';
import { simulatedClass } from '../support/courses.ts';

const NOW = Date.UTC(2026, 10, 24, 9);
const answer = (order: number, skill: string, correct: number, daysAgo?: number): ResponseEvent => ({
  order,
  question: `${skill}-q${(order % 5) + 1}`,
  skills: [skill],
  correct,
  ...(daysAgo === undefined ? {} : { timestamp: NOW - daysAgo * DAY_MS }),
});
const days = (skill: string, ...ago: readonly number[]) => ago.map((day, index) => answer(index, skill, 1, day));

describe('the memory of a skill', () => {
  it('fades with the days, and the more slowly the more often it was reviewed', () => {
    const after = (...ago: readonly number[]) => memories(days('a', ...ago), NOW).get('a')!;
    expect(after(0)).toMatchObject({ days: 0, recall: 1 });
    expect(after(21).recall).toBeLessThan(after(7).recall);
    expect(after(60, 40, 21).recall).toBeGreaterThan(after(21).recall);
    expect(after(60, 40, 21).due).toBeGreaterThan(after(21).due);
  });

  it('is due when the chance of recall has fallen to nine in ten', () => {
    const { due } = memories(days('a', 0), NOW).get('a')!;
    const recallAt = (now: number): number => memories(days('a', 0), now).get('a')!.recall;
    expect(recallAt(due - DAY_MS)).toBeGreaterThan(0.9);
    expect(recallAt(due + DAY_MS)).toBeLessThan(0.9);
  });

  it('holds wrong answers against it, and knows nothing of answers without a date or after today', () => {
    const wrong = [answer(0, 'a', 1, 30), answer(1, 'a', 0, 10)];
    const right = [answer(0, 'a', 1, 30), answer(1, 'a', 1, 10)];
    expect(memories(wrong, NOW).get('a')!.recall).toBeLessThan(memories(right, NOW).get('a')!.recall);
    expect(memories([answer(0, 'a', 1)], NOW).size).toBe(0);
    expect(memories([answer(0, 'a', 1, -3)], NOW).size).toBe(0);
  });
});

describe('reviews on a path', () => {
  const { sequences, map } = simulatedClass(60, 21);
  const starter = readModel(path.join(import.meta.dirname, '..', '..', 'resources', 'starter'));
  const model = withCourse(starter, map, sequences);
  const graph = createSkillGraph(map);
  const skills = map.skills.map(({ id }) => id);
  const [one, two, three, four] = skills as [string, string, string, string];
  const known = (daysAgo: number | undefined, ...which: readonly string[]) =>
    which.flatMap((skill, index) => Array.from({ length: 25 }, (_, order) => answer(25 * index + order, skill, 1, daysAgo)));
  const planOf = (history: readonly ResponseEvent[], now: number | undefined = NOW) =>
    makePlan({ student: 'x', state: model.adapt(history), graph, skills, history, now });
  const reviewed = (history: readonly ResponseEvent[], now?: number) =>
    planOf(history, now).steps.filter(({ reason }) => reason.recall !== undefined);

  it('come when they are due, say when it was practised last, and leave the first step to something new', () => {
    const { steps } = planOf(known(60, one));
    const at = steps.findIndex(({ skill }) => skill === one);
    expect(at).toBeGreaterThan(0);
    expect(steps[at]).toMatchObject({ strategy: 'review', ground: 'mastered', reason: { kind: 'keep', recall: { days: 60 } } });
    expect(explainStep(steps[at]!, (skill) => skill)).toMatch(/Last practised 9 weeks ago, chance of recall \d+%\./);
  });

  it('wait until they are due; the plan says when the next one is', () => {
    expect(reviewed(known(0, one))).toEqual([]);
    const { nextReview } = planOf(known(0, one));
    expect(nextReview).toMatchObject({ skill: one });
    expect(nextReview!.due).toBeGreaterThan(NOW);
    expect(nextReview!.overdue).toBeUndefined();
    expect(reviewed(known(0, one), nextReview!.due).map(({ skill }) => skill)).toEqual([one]);
  });

  it('take a third of the steps at most, those first of which most is forgotten', () => {
    const history = [...known(30, one, two, three), ...known(300, four)];
    const found = reviewed(history).map(({ skill }) => skill);
    expect(found).toHaveLength(2);
    expect(found[0]).toBe(four);
    // The one that has no place among them is late, and is said to be.
    const { nextReview } = planOf(history);
    expect(found).not.toContain(nextReview!.skill);
    expect(nextReview!.overdue).toBe(dayOf(NOW) - dayOf(nextReview!.due));
    expect(nextReview!.overdue).toBeGreaterThan(0);
    expect(planOf(history, nextReview!.due).nextReview).toMatchObject({ overdue: 0 });
    expect(planOf(history).steps.length).toBeLessThanOrEqual(6);
  });

  it('are not dated where the answers are not: the plan says of how many skills', () => {
    const plan = planOf(known(undefined, one, two));
    expect(plan.undated).toBe(2);
    expect(plan.nextReview).toBeUndefined();
    expect(plan.steps.every(({ reason }) => reason.recall === undefined)).toBe(true);
  });

  it('does not review what is still being learned', () => {
    const history = Array.from({ length: 8 }, (_, order) => answer(order, one, order % 2, 60));
    expect(reviewed(history)).toEqual([]);
  });
});
