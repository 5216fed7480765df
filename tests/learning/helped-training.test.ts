import { beforeAll, expect, it } from 'vitest';
import { eagerly } from '../../src/learning/meta/meta-loss.ts';
import { schoolTask, teachSchool, trainOtherRuns, worthHelp } from '../../src/learning/meta/train.ts';
import type { TrainingTask } from '../../src/learning/meta/train.ts';
import type { RunHelp, TrainedRun } from '../../src/learning/meta/train-members.ts';
import { realBackend } from '../support/backend.ts';
import { simulatedClass } from '../support/courses.ts';

const { table, map } = simulatedClass(520, 3, 6);
let task: TrainingTask;
const helped = new Map<string, TrainedRun>();

beforeAll(async () => {
  const { backend } = await realBackend();
  task = { table, courseMap: map, learner: 'maml', seed: 4, backend, steps: 4, compiler: eagerly };
  await trainOtherRuns(task, (begun, run) => helped.set(begun, structuredClone(run)));
}, 240_000);

/** What comes out, and which runs were asked for. */
async function teach(help?: RunHelp) {
  const asked: string[] = [];
  const { trained, keptSteps, curve } = await teachSchool({
    ...schoolTask(task),
    help: help && ((begun) => (asked.push(begun), help(begun))),
  });
  return { school: { trained, keptSteps, curve: curve.toSorted((a, b) => a.step - b.step) }, asked };
}

it(
  'trains what no learner has a part in, under the names that the other process asks for, to the same bits',
  { timeout: 240_000 },
  async () => {
    const alone = await teach();
    const together = await teach((begun) => Promise.resolve(helped.get(begun)));
    expect(alone.school.trained.map(({ kind }) => kind)).toEqual(['phi', 'phi', 'neural-process', 'neural-process']);
    expect(together.asked).toEqual([...helped.keys()]);
    expect(together.school).toEqual(alone.school);
    // The second run is trained here after all, where help ends after the first.
    const [first] = helped.keys();
    const left = await teach((begun) => Promise.resolve(begun === first ? helped.get(begun) : undefined));
    expect(left.school).toEqual(alone.school);
  },
);

it('is worth a second process where many students teach several student models', () => {
  expect(worthHelp({ table })).toBe(true);
  expect(worthHelp({ table, studentModel: 'network' })).toBe(false);
  expect(worthHelp({ table: simulatedClass(60, 3, 6).table })).toBe(false);
});
