import { describe, expect, it } from 'vitest';
import { Belief } from '../../../src/learning/dynamics/belief.ts';
import type { PracticeStep } from '../../../src/learning/dynamics/belief.ts';
import { choosePath, unsecured } from '../../../src/learning/dynamics/choose-path.ts';
import { beliefAfter, courseOf, evidenceOf, fitDynamics, untilStuck } from '../../../src/learning/dynamics/fit.ts';
import { priorDynamics } from '../../../src/learning/dynamics/parameters.ts';
import type { Dynamics } from '../../../src/learning/dynamics/parameters.ts';
import { createStructure, KINSHIPS } from '../../../src/learning/dynamics/structure.ts';
import { createRandom } from '../../../src/learning/random.ts';
import { drawKssWorld, drawKssStudent, KSS_MAP, warmUp } from '../../../src/learning/simulation/kss.ts';

const chain = {
  skills: ['a', 'b', 'c', 'd'].map((id) => ({ id, name: id })),
  prerequisites: [
    { skill: 'b', prerequisite: 'a' },
    { skill: 'c', prerequisite: 'b' },
  ],
};
const structure = createStructure(chain);
const dynamics = (change: Partial<Dynamics> = {}): Dynamics => ({ ...priorDynamics(structure), ...change });
const right = (skill: number): PracticeStep => ({ skill, correct: 1 });
const wrong = (skill: number): PracticeStep => ({ skill, correct: 0 });

describe('the structure of a course', () => {
  it('knows how a skill is related to the one before', () => {
    const kinship = (from: number, to: number): string => KINSHIPS[structure.kinship(from, to)]!;
    expect(kinship(-1, 0)).toBe('first');
    expect(kinship(0, 0)).toBe('same');
    expect(kinship(0, 1)).toBe('successor');
    expect(kinship(1, 0)).toBe('prerequisite');
    expect(kinship(2, 0)).toBe('grandparent');
    expect(kinship(0, 3)).toBe('other');
    expect([...structure.ancestors[2]!].sort()).toEqual([0, 1]);
  });
});

describe('a belief', () => {
  it('rises with right answers and falls with wrong ones, and what builds on a skill follows', () => {
    // Little is learned by these few steps, so that they tell where the student stood.
    const course = courseOf(dynamics({ gate: 3, rate: 0.02 }), structure);
    const before = new Belief(course);
    const [up, down] = [new Belief(course), new Belief(course)];
    for (let answer = 0; answer < 4; answer++) {
      up.observe(right(0));
      down.observe(wrong(0));
    }
    expect(up.forecast(0)).toBeGreaterThan(before.forecast(0));
    expect(down.forecast(0)).toBeLessThan(before.forecast(0));
    expect(up.forecast(1)).toBeGreaterThan(before.forecast(1));
    expect(up.evidence).toBeLessThan(0);
  });

  it('takes practice behind a closed gate as lost, and practice behind an open one as learned', () => {
    const course = courseOf(dynamics({ gate: 8, rate: 0.4, transfer: 0.02 }), structure);
    const meanDistance = (belief: Belief, skill: number): number => {
      const { count, distance } = belief.draw(24, createRandom(1));
      let sum = 0;
      for (let draw = 0; draw < count; draw++) sum += distance[draw * 4 + skill]! / count;
      return sum;
    };
    const closed = new Belief(course);
    const open = new Belief(course);
    for (let step = 0; step < 8; step++) open.observe(right(0));
    const [closedBefore, openBefore] = [meanDistance(closed, 1), meanDistance(open, 1)];
    closed.observe({ skill: 1, correct: 0.5 });
    open.observe({ skill: 1, correct: 0.5 });
    expect(closedBefore - meanDistance(closed, 1)).toBeLessThan(0.02);
    expect(openBefore - meanDistance(open, 1)).toBeGreaterThan(0.05);
  });

  it('forgets towards the start while a skill is not practised', () => {
    const course = courseOf(dynamics({ forgetting: 0.2, gate: 0.1, transfer: 0.001 }), structure);
    const belief = new Belief(course);
    for (let answer = 0; answer < 6; answer++) belief.observe(right(0));
    const fresh = belief.forecast(0);
    for (let answer = 0; answer < 10; answer++) belief.observe({ skill: 3, correct: 0.5 });
    expect(belief.forecast(0)).toBeLessThan(fresh - 0.02);
  });
});

describe('fitting the dynamics', () => {
  const random = createRandom(11);
  const world = drawKssWorld(random);
  const map = createStructure(KSS_MAP);
  const draw = (count: number): PracticeStep[][] =>
    Array.from({ length: count }, () =>
      warmUp(drawKssStudent(world, random), 40, random).map((answer) => ({ skill: answer.skill, correct: answer.right ? 1 : 0 })),
    );

  it('finds gates, steep growth and that far practice is lost, and forecasts new students with it', { timeout: 120_000 }, () => {
    const past = draw(60).map((steps) => untilStuck(steps, 40));
    const fitted = fitDynamics({ structure: map, students: past, rounds: 4 });
    expect(fitted.hold[KINSHIPS.indexOf('other')]).toBeLessThan(0.1);
    expect(fitted.rate).toBeGreaterThan(0.2);
    const fresh = draw(40);
    expect(evidenceOf(fitted, map, fresh)).toBeGreaterThan(0.5 * evidenceOf(priorDynamics(map), map, fresh));
    // The same answers, the same dynamics.
    expect(fitDynamics({ structure: map, students: past, rounds: 1 })).toEqual(
      fitDynamics({ structure: map, students: past, rounds: 1 }),
    );
  });

  it('keeps to the prior where nobody has answered', () => {
    expect(fitDynamics({ structure, students: [[], []] })).toEqual(priorDynamics(structure));
  });

  it('stops reading a student who is stuck', () => {
    const steps = [right(0), ...Array.from({ length: 30 }, () => wrong(1))];
    expect(untilStuck(steps, 60).length).toBeLessThan(15);
    expect(untilStuck([right(0), wrong(1), right(0)], 2)).toEqual([right(0), wrong(1)]);
  });
});

describe('the next steps', () => {
  it('work on what a goal rests on before the goal, and say what is not secure', () => {
    const course = courseOf(dynamics({ gate: 6, rate: 0.4, slope: 10 }), structure);
    const belief = beliefAfter(course, [wrong(2), wrong(1), wrong(0)]);
    const chosen = choosePath({ course, belief, goals: [2], left: 12, wanted: 12, random: createRandom(2) });
    expect(chosen.skills[0]).toBe(0);
    expect(chosen.unready).toEqual([]);
    expect(chosen.skills).toHaveLength(12);
    expect(chosen.skills.indexOf(1)).toBeGreaterThan(0);
    expect(chosen.skills).toContain(2);
    expect(chosen.after).toBeGreaterThan(chosen.now);
    expect(unsecured(course, belief, 1)).toEqual([0]);
  });

  it('are the same for the same belief and seed', () => {
    const course = courseOf(dynamics(), structure);
    const belief = beliefAfter(course, [right(0), wrong(1)]);
    const choose = () => choosePath({ course, belief, goals: [1, 2], left: 8, wanted: 8, random: createRandom(7) });
    expect(choose()).toEqual(choose());
  });
});
