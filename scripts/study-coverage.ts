// Holds 90% intervals against simulated students' truth, the long way. Run by hand: `node scripts/run.mjs scripts/study-coverage.ts [courses] [trained courses] [seed]`.
import path from 'node:path';
import { chooseBackend } from '../src/compute/backend.ts';
import { createStepCompiler } from '../src/compute/compile.ts';
import { trainModel } from '../src/learning/meta/train.ts';
import { createRandom } from '../src/learning/random.ts';
import { toResponseTable } from '../src/learning/responses.ts';
import { COVERAGE_AFTER, coveredShare, errorShare, studyCoverage } from '../src/learning/simulation/coverage.ts';
import type { CoverageDraw } from '../src/learning/simulation/coverage.ts';
import { createStudentModel, withCourse } from '../src/learning/student-model/student-model.ts';
import { starterOf } from '../src/learning/trained-model.ts';
import { readModel } from '../src/main/services/model-store.ts';

const [courses = 120, trainedCourses = 16, seed = 1] = process.argv.slice(2).map(Number);
const starter = readModel(path.join(import.meta.dirname, '..', 'resources', 'starter'));

function report(title: string, draws: readonly CoverageDraw[]): void {
  console.log(title);
  for (const what of ['question', 'skill', 'level'] as const) {
    const own = draws.filter((draw) => draw.what === what);
    const parts = COVERAGE_AFTER.map((after) => {
      const there = own.filter((draw) => draw.after === after);
      return `${after}: ${(100 * coveredShare(there)).toFixed(1)}%`;
    });
    console.log(
      `  ${what.padEnd(8)} ${(100 * coveredShare(own)).toFixed(1)}% of ${own.length} (squared errors ${errorShare(own).toFixed(2)} of those claimed); after ${parts.join(', ')}`,
    );
  }
}

const study = { courses, students: 24 };
for (const [title, members] of [
  ['the shipped starter', starter.members],
  ['the closed form alone', [{ weight: 1, kind: 'closed' }]],
] as const)
  report(
    title,
    await studyCoverage({
      ...study,
      random: createRandom(seed),
      fit: (map, past) => withCourse({ ...starter, members }, map, past),
    }),
  );

const { backend } = await chooseBackend();
const compiler = createStepCompiler();
report(
  'a model trained on past students of the course',
  await studyCoverage({
    courses: trainedCourses,
    students: 24,
    past: [60, 150, 400],
    random: createRandom(seed),
    async fit(courseMap, past) {
      const model = await trainModel({
        table: toResponseTable(past),
        courseMap,
        learner: 'maml',
        seed,
        backend,
        starter: starterOf(starter),
        compiler: compiler.compile,
      });
      return createStudentModel(model);
    },
  }),
);
compiler.dispose();
