import { describe, expect, it } from 'vitest';
import { effectOfMore, learnCarryOver } from '../../src/learning/planning/carry-over.ts';
import { sigmoid } from '../../src/learning/numeric.ts';
import { createRandom } from '../../src/learning/random.ts';

const SEED = 5;
const SKILLS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Students who practise a few questions here and there; each question on the first skill moves all others by `lift` logits. */
function classOf(students: number, lift: number) {
  const random = createRandom(SEED);
  return Array.from({ length: students }, () => {
    const ability = random.normal();
    const steps: { skill: number; correct: number }[] = [];
    let first = 0;
    while (steps.length < 50) {
      const skill = random.integer(SKILLS.length);
      for (let asked = random.integer(5); asked >= 0; asked--) {
        const level = ability + 0.3 * skill - 1 + (skill === 0 ? 0 : lift * Math.min(first, 8));
        steps.push({ skill, correct: random.uniform() < sigmoid(level) ? 1 : 0 });
        if (skill === 0) first++;
      }
    }
    return steps;
  });
}

describe(`what practice does to other skills (seed ${SEED})`, () => {
  it('is found where one skill lifts the others, and is far less of those that are practised meanwhile', () => {
    const found = learnCarryOver(SKILLS, classOf(200, 0.15));
    const { value, standardError } = found.get('a')!;
    expect(value).toBeGreaterThan(4 * standardError);
    for (const skill of SKILLS.slice(1)) expect(found.get(skill)!.value).toBeLessThan(value / 2);
  });

  it('is below nothing where practice makes the others worse', () => {
    const { value, standardError } = learnCarryOver(SKILLS, classOf(200, -0.15)).get('a')!;
    expect(value).toBeLessThan(-2 * standardError);
  });

  it('is not claimed where there is none, however much students and skills differ', () => {
    for (const { value, standardError } of learnCarryOver(SKILLS, classOf(200, 0)).values())
      expect(Math.abs(value)).toBeLessThan(2.5 * standardError);
  });

  it('is not claimed of a handful of students, nor of none', () => {
    expect(learnCarryOver(SKILLS, []).size).toBe(0);
    expect(learnCarryOver(SKILLS, classOf(4, 0.3)).size).toBe(0);
  });

  it('is less for what was repeated', () => {
    expect(effectOfMore(0, 1)).toBe(1);
    expect(effectOfMore(6, 1)).toBeLessThan(0.4);
    expect(effectOfMore(0, 6)).toBeLessThan(6);
  });
});
