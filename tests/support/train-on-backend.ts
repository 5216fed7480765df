// A process that trains a few outer steps on one backend: `train-on-backend.ts BACKEND LEARNER:STEPS…`, a learner being phi/maml, network/prompt and so
// on. Sends `{ capability, results }`, or `{ error }`.
import process from 'node:process';
import { startBackend } from '../../src/compute/backend.ts';
import type { BackendName } from '../../src/compute/backend.ts';
import { createStepCompiler } from '../../src/compute/compile.ts';
import { createMember } from '../../src/learning/members.ts';
import { createEpisode } from '../../src/learning/meta/episodes.ts';
import { createJudge } from '../../src/learning/meta/judge.ts';
import { findLearner } from '../../src/learning/meta/learner.ts';
import { DEFAULT_BETA } from '../../src/learning/meta/learner-names.ts';
import { eagerly } from '../../src/learning/meta/meta-loss.ts';
import { optimise } from '../../src/learning/meta/optimise.ts';
import { phiTrainee } from '../../src/learning/meta/trainee.ts';
import { findNetworkLearner } from '../../src/learning/network/learners.ts';
import { DEFAULT_NETWORK_SHAPE, initialNetworkParameters } from '../../src/learning/network/parameters.ts';
import { networkTrainee } from '../../src/learning/network/trainee.ts';
import { sigmoid } from '../../src/learning/numeric.ts';
import { createRandom } from '../../src/learning/random.ts';
import { DEFAULT_SHAPE, initialParameters } from '../../src/learning/student-model/parameters.ts';
import { simulatedClass } from './courses.ts';

/** What a training on one backend came to. */
export interface BackendTraining {
  readonly parameters: Readonly<Record<string, Float32Array>>;
  /** Largest change of a parameter from its start. */
  readonly moved: number;
  readonly losses: readonly number[];
  readonly forecasts: readonly number[];
}

const [backend, ...wanted] = process.argv.slice(2) as [BackendName, ...string[]];
const BATCH = { students: 6, support: 8, query: 6, after: [2, 5, 8], window: 20 };

const { table } = simulatedClass(16, 3, 24);
const everybody = (): boolean => true;
const episode = createEpisode(table, everybody, everybody, 0);
const judge = createJudge([{ episode, students: table.students.map((_, student) => student) }]);

async function train(model: string, name: string, steps: number): Promise<BackendTraining> {
  const random = createRandom(5);
  const trainee =
    model === 'network'
      ? networkTrainee(initialNetworkParameters(DEFAULT_NETWORK_SHAPE, random), DEFAULT_NETWORK_SHAPE, findNetworkLearner(name))
      : phiTrainee(
          initialParameters({ ...DEFAULT_SHAPE, prompts: findLearner(name).prompts }, table.skills.length, random),
          { ...DEFAULT_SHAPE, prompts: findLearner(name).prompts },
          findLearner(name),
        );
  const start = structuredClone(trainee.parameters) as Record<string, Float32Array>;
  // The default learner's step is compiled where that can be, as in a training; compiling all of them would take most of the time.
  const compiler = createStepCompiler();
  const losses: number[] = [];
  await optimise({
    trainee,
    stage: { beta: DEFAULT_BETA, compiler: model === 'phi' && name === 'maml' ? compiler.compile : eagerly },
    steps,
    // As large as after the warm-up, of which a few steps see nothing.
    peakRate: 0.1,
    batches: { short: BATCH, long: BATCH },
    random,
    nextEpisode: () => episode,
    afterStep: (_step, { loss }) => void losses.push(loss),
  });
  compiler.dispose();
  const moved = Object.entries(trainee.parameters).flatMap(([key, values]) =>
    Array.from(values, (value, at) => Math.abs(value - start[key]![at]!)),
  );
  return {
    parameters: structuredClone(trainee.parameters),
    moved: moved.reduce((a, b) => Math.max(a, b), 0),
    losses,
    forecasts: Array.from(judge.logits([[createMember(trainee.snapshot())]]).logits[0]!, sigmoid),
  };
}

try {
  const capability = await startBackend(backend, { software: true });
  const results: Record<string, BackendTraining> = {};
  for (const each of wanted) {
    const [learner, steps] = each.split(':') as [string, string];
    const [model, name] = learner.split('/') as [string, string];
    results[learner] = await train(model, name, Number(steps));
  }
  process.send!({ capability, results }, () => process.exit(0));
} catch (error) {
  process.send!({ error: error instanceof Error ? error.message : String(error) }, () => process.exit(0));
}
