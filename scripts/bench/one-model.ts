import path from 'node:path';
import { readResponses } from '../../src/cli/read-responses.ts';
import { chooseBackend } from '../../src/compute/backend.ts';
import { createStepCompiler } from '../../src/compute/compile.ts';
import { ensembleForecaster } from '../../src/learning/evaluation/forecasters.ts';
import { auc } from '../../src/learning/evaluation/metrics.ts';
import { forecastWindows } from '../../src/learning/evaluation/protocol.ts';
import { createEpisode } from '../../src/learning/meta/episodes.ts';
import { DEFAULT_BETA } from '../../src/learning/meta/learner-names.ts';
import { findLearner } from '../../src/learning/meta/learner.ts';
import { optimise } from '../../src/learning/meta/optimise.ts';
import { phiTrainee } from '../../src/learning/meta/trainee.ts';
import { createRandom } from '../../src/learning/random.ts';
import { toResponseTable } from '../../src/learning/responses.ts';
import { knowledgeColumns } from '../../src/learning/student-model/course.ts';
import { phiMember } from '../../src/learning/student-model/member.ts';
import { DEFAULT_SHAPE, initialParameters } from '../../src/learning/student-model/parameters.ts';
import { runToEnd } from './places.ts';

/** One look at the validation students: seconds since the answers were loaded, mean AUC over support sizes and both windows. */
export interface Look {
  readonly seconds: number;
  readonly auc: number;
}

/** Of the best look's AUC. */
const CLOSE = 0.001;
/** As few_shot.py: it looks after each of eight epochs. */
const LOOKS = 8;
const STEPS = 800;

/** Seconds until a training was within .001 of its own best AUC, the looks until then included; and that best. */
export function whenClose(looks: readonly Look[]): Look {
  const best = Math.max(...looks.map(({ auc: found }) => found));
  return { seconds: looks.find(({ auc: found }) => found >= best - CLOSE)!.seconds, auc: best };
}

/**
 * Our learner as few_shot.py trains its own: MAML over φ, one set of difficulties (a student's own answers left out), one model, nothing before it and
 * nothing after. The backend is started and the answers are loaded before the clock.
 */
export async function oneModel(train: string, validation: string): Promise<Look[]> {
  const [past, others] = [await readResponses([train]), await readResponses([validation])];
  const table = toResponseTable(past);
  const asked = toResponseTable(others, table);
  await chooseBackend();
  const compiler = createStepCompiler();
  const began = performance.now();
  const everybody = (): boolean => true;
  const episode = { ...createEpisode(table, everybody, everybody, 0), inProportion: true };
  const knowledge = knowledgeColumns(asked, episode.course, () => false);
  const students = asked.students.map((_, student) => student);
  const random = createRandom(1);
  const parameters = initialParameters(DEFAULT_SHAPE, table.skills.length, random);
  const looks: Look[] = [];
  const look = (): void => {
    const forecaster = ensembleForecaster([phiMember(parameters, DEFAULT_SHAPE, 1)], asked, knowledge);
    const found = forecastWindows(asked, students, forecaster).map(({ judged }) => auc(judged.probability, judged.correct) ?? 0);
    const mean = found.reduce((sum, each) => sum + each, 0) / found.length;
    looks.push({ seconds: (performance.now() - began) / 1e3, auc: mean });
  };
  await optimise({
    trainee: phiTrainee(parameters, DEFAULT_SHAPE, findLearner('maml')),
    stage: { beta: DEFAULT_BETA, compiler: compiler.compile },
    steps: STEPS,
    peakRate: 3e-3,
    random,
    nextEpisode: () => episode,
    afterStep: (step) => {
      if ((step + 1) % (STEPS / LOOKS) === 0) look();
    },
  });
  compiler.dispose();
  return looks;
}

/** The same of few_shot.py, whose own parts are called: difficulties and packing count, loading and starting Python do not. */
const THEIRS = `
import json, os, sys, time, types
sys.path.insert(0, os.path.dirname(sys.argv[1]))
import few_shot as f
past, others = [f.load(os.path.join(sys.argv[2], n + '.csv.gz')) for n in ('train', 'validation')]
began = time.time(); items, skills = {}, {}
for s in past:
    for item, skill, _ in s: items.setdefault(item, len(items) + 1); skills.setdefault(skill, len(skills) + 1)
offsets = f.Offsets(past, items, skills); data = f.pack(past, items, skills, 5, offsets, leave_out=True)
validation = f.pack(others, items, skills, f.T, offsets); looks = []; evaluate = f.evaluate
def look(model, asked):
    result = evaluate(model, asked); found = [r[w]['auc'] for r in result.values() for w in r]
    looks.append(dict(seconds=time.time() - began, auc=sum(found) / len(found))); return result
f.evaluate = look
f.train(sys.argv[3], data, validation, len(items) + 1, len(skills) + 1, types.SimpleNamespace(weight_decay=.3, epochs=8))
print(json.dumps(looks))
`;

/** @throws Error with what Python said */
export const theirLooks = (python: string, script: string, train: string, model: string): Look[] =>
  JSON.parse(runToEnd(python, ['-c', THEIRS, script, path.dirname(train), model])) as Look[];
