import { describe, expect, it } from 'vitest';
import { spreadingOf } from '../../../src/learning/dynamics/practice.ts';
import { lookAhead } from '../../../src/learning/dynamics/lookahead.ts';
import type { Dynamics } from '../../../src/learning/dynamics/parameters.ts';
import { createStructure, KINSHIPS } from '../../../src/learning/dynamics/structure.ts';
import { createRandom } from '../../../src/learning/random.ts';
import type { Random } from '../../../src/learning/random.ts';
import { drawKssCase, drawKssWorld, KSS_MAP, KssStudent, warmUp } from '../../../src/learning/simulation/kss.ts';
import type { KssCase } from '../../../src/learning/simulation/kss.ts';

const structure = createStructure(KSS_MAP);

/** Means over `worlds` worlds of `students` students at 10, 20 and 30 steps. */
function judge(
  worlds: number,
  students: number,
  policy: (student: KssStudent, given: KssCase, left: number, random: Random) => number,
): number[] {
  const random = createRandom(1);
  const delta = [0, 0, 0];
  for (let world = 0; world < worlds; world++) {
    const drawn = drawKssWorld(random);
    for (let index = 0; index < students; index++) {
      const given = drawKssCase(drawn, random);
      const student = given.student.copy();
      const start = student.exam(given.target);
      for (let step = 1; step <= 30; step++) {
        student.step(policy(student, given, 31 - step, random));
        if (step % 10 === 0)
          delta[step / 10 - 1]! += (student.exam(given.target) - start) / (given.target.length - start) / (worlds * students);
      }
    }
  }
  return delta;
}

describe('the Knowledge Structure Simulator', () => {
  it('draws difficulties as pinned: integers 0 to 5, sorted, given out in the order 5 0 1 2 3 4 6 7 8 9', () => {
    const random = createRandom(3);
    for (let draw = 0; draw < 20; draw++) {
      const { difficulty } = drawKssWorld(random);
      const given = [5, 0, 1, 2, 3, 4, 6, 7, 8, 9].map((skill) => difficulty[skill]!);
      expect(given).toEqual([...given].sort((a, b) => a - b));
      for (const each of given) expect(Number.isInteger(each) && each >= 0 && each <= 5).toBe(true);
    }
  });

  it('lets ability grow as pinned: half of what is missing, held up by prerequisites, half of the gain going up', () => {
    const student = new KssStudent({ difficulty: new Array<number>(10).fill(0) }, [1, 4, 0, 0, 0, 0, 0, 0, 0, 0]);
    student.learn(0);
    expect(student.ability[0]).toBe(3);
    // 0 → 1, 0 → 2: half; 3 behind 1: a quarter; 4 behind 2 and behind 3: a quarter and an eighth; 8 behind 2 and twice behind 4; 9 behind 8.
    expect(student.ability[1]).toBe(5);
    expect(student.ability[2]).toBe(1);
    expect(student.ability[3]).toBe(0.5);
    expect(student.ability[4]).toBe(0.5 + 0.25);
    expect(student.ability[8]).toBe(0.5 + 0.25 + 0.125);
    expect(student.ability[9]).toBe(0.25 + 0.125 + 0.0625);
    student.learn(1);
    expect(student.ability[1]).toBe(5);
    student.ability[1] = 4;
    student.learn(1);
    expect(student.ability[1]).toBeCloseTo(4 + 0.5 * Math.exp(-2), 12);
  });

  it('ignores what lies outside the neighbourhood of the item before, which stays the item before', () => {
    const student = new KssStudent({ difficulty: new Array<number>(10).fill(0) }, new Array<number>(10).fill(0));
    student.learn(5);
    const before = [...student.ability];
    student.learn(0);
    expect(student.ability).toEqual(before);
    student.learn(9);
    expect(student.ability).not.toEqual(before);
  });

  it('answers right exactly where p ≥ .5', () => {
    const student = new KssStudent({ difficulty: new Array<number>(10).fill(2) }, [1.9, 1.93, 2, 0, 0, 0, 0, 0, 0, 0]);
    expect([0, 1, 2].map((skill) => student.answers(skill))).toEqual([false, true, true]);
    expect(student.probability(2)).toBeCloseTo(0.625, 12);
  });

  it('warms up by repeating what was right once more, twice, and mostly what was wrong', () => {
    const random = createRandom(5);
    const logs = Array.from({ length: 300 }, () => {
      const { student } = drawKssCase(drawKssWorld(random), random);
      return warmUp(student, 20, random);
    });
    let again = 0;
    let wrong = 0;
    for (const log of logs) {
      expect(log).toHaveLength(20);
      log.forEach((answer, index) => {
        const next = log[index + 1];
        if (!answer.right && next) {
          wrong++;
          if (next.skill === answer.skill) again++;
        }
        const others = new Set(log.slice(Math.max(0, index - 2), index + 1).map(({ skill }) => skill)).size > 1;
        if (answer.right && others && index < 17) expect(next!.skill).toBe(answer.skill);
      });
    }
    expect(again / wrong).toBeGreaterThan(0.7);
  });

  it('gives random practice what the reference gives it, within simulation error', () => {
    const delta = judge(60, 10, (_student, _case, _left, random) => random.integer(10));
    [0.093, 0.163, 0.238].forEach((reference, index) => expect(Math.abs(delta[index]! - reference)).toBeLessThan(0.05));
  });

  it('lets a beam search that is told the truth reach the ceiling of the reference', { timeout: 240_000 }, () => {
    const delta = judge(15, 4, (student, { target }, left, random) => {
      const dynamics: Dynamics = {
        rate: 0.5,
        gate: 6.5,
        transfer: 0.5,
        slope: 8.5 * 6.5,
        lapse: 0.001,
        studentSpread: 0,
        skillSpread: 0,
        forgetting: 0,
        hold: Float64Array.from(KINSHIPS, (kinship) => (kinship === 'other' ? 0 : 1)),
        threshold: Float64Array.from(student.world.difficulty, (difficulty) => (5 + Math.log(2) / 8.5 - difficulty) / 6.5),
      };
      const state = {
        count: 1,
        distance: Float64Array.from(student.ability, (ability) => (5 - ability) / 6.5),
        previous: Int32Array.of(student.last),
      };
      const candidates = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
      const spreading = spreadingOf(structure, 0.5);
      return lookAhead(state, { dynamics, structure, spreading, goals: target, candidates, left, depth: 10, width: 20, random })
        .skills[0]!;
    });
    [0.571, 0.882, 0.988].forEach((reference, index) => expect(Math.abs(delta[index]! - reference)).toBeLessThan(0.07));
  });
});
