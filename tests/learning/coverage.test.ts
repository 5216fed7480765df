import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainedMember } from '../../src/learning/members.ts';
import { trainModel } from '../../src/learning/meta/train.ts';
import { createRandom } from '../../src/learning/random.ts';
import { toResponseTable } from '../../src/learning/responses.ts';
import { COVERAGE_AFTER, coveredShare, studyCoverage } from '../../src/learning/simulation/coverage.ts';
import type { CoverageDraw } from '../../src/learning/simulation/coverage.ts';
import { createStudentModel, withCourse } from '../../src/learning/student-model/student-model.ts';
import { starterOf } from '../../src/learning/trained-model.ts';
import { readModel } from '../../src/main/services/model-store.ts';
import { realBackend } from '../support/backend.ts';

const starter = readModel(path.join(import.meta.dirname, '..', '..', 'resources', 'starter'));

const expectNinetyPercent = (draws: readonly CoverageDraw[]): void => {
  expect(coveredShare(draws)).toBeGreaterThan(0.87);
  expect(coveredShare(draws)).toBeLessThan(0.93);
};

/** 90 courses of 6 new students: 12,960 intervals of questions, as many of skills, 2,160 of levels. */
describe.each<readonly [string, readonly TrainedMember[]]>([
  ['the shipped starter', starter.members],
  ['the closed form alone', [{ weight: 1, kind: 'closed' }]],
])('90% intervals of %s, against the truth of simulated courses', (_, members) => {
  let draws: readonly CoverageDraw[] = [];

  beforeAll(async () => {
    draws = await studyCoverage({
      courses: 90,
      students: 6,
      random: createRandom(3),
      fit: (map, past) => withCourse({ ...starter, members }, map, past),
    });
  });

  it.each(['question', 'skill', 'level'] as const)('hold it 87 to 93 times in a hundred: %s', (what) => {
    const own = draws.filter((draw) => draw.what === what);
    expect(own).toHaveLength(90 * 6 * COVERAGE_AFTER.length * (what === 'level' ? 1 : 6));
    expectNinetyPercent(own);
  });

  it.each(COVERAGE_AFTER)('hold it after %i answers, all kinds together', (after) => {
    expectNinetyPercent(draws.filter((draw) => draw.after === after));
  });
});

/** 16 courses with 25 past students each, 12 new ones: 9,216 intervals of questions and skills together, 768 of levels. */
describe('90% intervals of a model trained on past students of the course', () => {
  it('hold the truth 87 to 93 times in a hundred', { timeout: 240_000 }, async () => {
    const { backend } = await realBackend();
    const draws = await studyCoverage({
      courses: 6,
      students: 60,
      past: [25],
      random: createRandom(1),
      async fit(courseMap, past) {
        const task = { table: toResponseTable(past), courseMap, learner: 'maml', seed: 1, backend, steps: 3 } as const;
        return createStudentModel(await trainModel({ ...task, starter: starterOf(starter) }));
      },
    });
    expectNinetyPercent(draws);
  });
});
