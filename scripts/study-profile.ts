// Does the roster's profile help new students, on a simulator? Run by hand: `node scripts/run.mjs scripts/study-profile.ts [past] [newcomers] [seed]`.
import path from 'node:path';
import { chooseBackend } from '../src/compute/backend.ts';
import { createStepCompiler } from '../src/compute/compile.ts';
import { trainModel } from '../src/learning/meta/train.ts';
import { createRandom } from '../src/learning/random.ts';
import { toResponseTable } from '../src/learning/responses.ts';
import {
  drawProfiledSchool,
  judgeNewcomers,
  pairedDifference,
  shuffledProfiles,
} from '../src/learning/simulation/profile-study.ts';
import { createStudentModel } from '../src/learning/student-model/student-model.ts';
import { starterOf } from '../src/learning/trained-model.ts';
import { readModel } from '../src/main/services/model-store.ts';
import type { StudentProfile } from '../src/shared/domain.ts';

const [past = 300, newcomers = 400, seed = 1] = process.argv.slice(2).map(Number);
const random = createRandom(seed);
const school = drawProfiledSchool(past, newcomers, random);
const starter = readModel(path.join(import.meta.dirname, '..', 'resources', 'starter'));
const { backend } = await chooseBackend();
const compiler = createStepCompiler();

async function figures(profiles: ReadonlyMap<string, StudentProfile> | undefined) {
  const model = await trainModel({
    table: toResponseTable(school.past),
    courseMap: school.map,
    learner: 'maml',
    seed,
    backend,
    starter: starterOf(starter),
    compiler: compiler.compile,
    profiles: profiles && school.past.map(({ student }) => profiles.get(student)),
  });
  return judgeNewcomers(createStudentModel(model), school.newcomers, profiles, [0, 1, 3, 5]);
}

const without = await figures(undefined);
for (const [title, profiles] of [
  ['with the fields', school.profiles],
  ['with the fields shuffled', shuffledProfiles(school, random)],
] as const) {
  console.log(title);
  (await figures(profiles)).forEach((point, index) => {
    const other = without[index]!;
    const { mean, low, high } = pairedDifference(point.byStudent, other.byStudent, random);
    console.log(
      `  after ${point.after}: AUC ${other.auc.toFixed(3)} → ${point.auc.toFixed(3)}, log-loss ${other.logLoss.toFixed(4)} → ${point.logLoss.toFixed(4)}; difference ${mean.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`,
    );
  });
}
compiler.dispose();
