import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/learning/random.ts';
import { madeWorld } from '../../../src/learning/simulation/made-worlds.ts';
import { prerequisiteNumbers } from '../../../src/learning/simulation/study-planners.ts';

const SEED = 5;
const NAMES = ['tracing', 'tracing-gated', 'growth', 'growth-gated'] as const;

describe(`worlds whose rule is written down (seed ${SEED})`, () => {
  it.each(NAMES)('%s: students learn what they practise, and the same student answers alike', (name) => {
    const random = createRandom(SEED);
    const world = madeWorld(name).drawWorld(random);
    let rise = 0;
    for (let student = 0; student < 12; student++) {
      const learner = world.drawLearner(random);
      expect(learner.history).toHaveLength(20);
      expect(learner.full - learner.exam()).toBeGreaterThanOrEqual(0.1);
      const walk = (): number[] => {
        const own = learner.again();
        const start = own.exam();
        // What lies low in the course comes first.
        const order = learner.goals.toSorted((a, b) => a - b);
        const answers = order.flatMap((goal) => Array.from({ length: 12 }, () => own.step(goal)));
        rise += own.exam() - start;
        expect(own.exam()).toBeLessThanOrEqual(own.full + 1e-9);
        return answers;
      };
      expect(walk()).toEqual(walk());
    }
    expect(rise / 24).toBeGreaterThan(0.03);
  });

  it('hardly lets students learn what they are not ready for, where it is gated', () => {
    // The same draws make the same course and students: what differs is the gate alone.
    const riseOf = (name: (typeof NAMES)[number]): number => {
      const random = createRandom(SEED);
      const world = madeWorld(name).drawWorld(random);
      const below = prerequisiteNumbers(world.map);
      let sum = 0;
      for (let student = 0; student < 40; student++) {
        const learner = world.drawLearner(random);
        const own = learner.again();
        const start = own.exam();
        for (const goal of learner.goals.filter((each) => below[each]!.length > 0))
          for (let question = 0; question < 6; question++) own.step(goal);
        sum += own.exam() - start;
      }
      return sum;
    };
    expect(riseOf('tracing-gated')).toBeLessThan(0.8 * riseOf('tracing'));
    expect(riseOf('growth-gated')).toBeLessThan(0.8 * riseOf('growth'));
  });
});
