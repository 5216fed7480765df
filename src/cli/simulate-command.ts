import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PlannerFigures } from '../learning/simulation/study-planners.ts';
import { studyPlanners } from '../learning/simulation/study-planners.ts';
import { easiestFirst, greedyGain, prerequisiteOrder, randomPlanner } from '../learning/simulation/baseline-planners.ts';
import { kssSimulator } from '../learning/simulation/kss-simulator.ts';
import { pathlightPlanner } from '../learning/simulation/pathlight-planner.ts';
import { learningProgress } from '../learning/simulation/progress-planner.ts';
import { planPlanner } from '../learning/simulation/plan-planner.ts';
import type { StudiedPlanner } from '../learning/simulation/study-planners.ts';
import { SIMULATOR_NAMES } from '../learning/simulation/simulator.ts';
import type { Simulator } from '../learning/simulation/simulator.ts';
import { madeWorld } from '../learning/simulation/made-worlds.ts';
import { fittedSimulator } from '../learning/simulation/fitted-simulator.ts';
import type { DktParameters } from '../learning/baselines/dkt-network.ts';
import { toResponseTable } from '../learning/responses.ts';
import { readModel } from '../main/services/model-store.ts';
import { PathlightError } from '../shared/errors.ts';
import { resources } from './paths.ts';
import { skillsOf } from './planning-source.ts';
import { resolveTyped } from './paths.ts';
import { createProgressLine } from './progress.ts';
import { readCourseMap, readResponses } from './read-responses.ts';

export const PLANNER_NAMES = [
  'pathlight',
  'plan',
  'plan-progress',
  'plan-variety',
  'learning-progress',
  'greedy-gain',
  'easiest-first',
  'prerequisite-order',
  'random',
] as const;

export interface SimulateOptions {
  readonly planner: readonly string[];
  readonly simulator: string;
  readonly steps: readonly number[];
  readonly students: number;
  readonly worlds: number;
  readonly seed: number;
  readonly logs?: number;
  /** Folder of a fitted simulator, and the answers that it was fitted to. */
  readonly fitted?: string;
  readonly responses?: string;
  readonly prerequisites?: string;
  readonly json?: string;
}

/** Plans for simulated students, step by step, and says how much of what was left to learn they learned. */
export async function simulateCommand(options: SimulateOptions): Promise<void> {
  const planners = options.planner.map((name) => plannerNamed(name, options));
  const simulator = await simulatorNamed(options);
  if (options.steps.length === 0 || options.steps.includes(0))
    throw new PathlightError('no-steps', 'A plan has at least one step: give --steps numbers from 1 on, as 10,30.');
  const line = createProgressLine(() => Date.now());
  let figures: PlannerFigures[];
  try {
    figures = studyPlanners({
      simulator,
      planners,
      steps: options.steps,
      worlds: options.worlds,
      students: options.students,
      seed: options.seed,
      onProgress: (fraction) => line.show(fraction, simulator.name),
    });
  } finally {
    line.done();
  }
  console.log(describeFigures(simulator.name, options, figures));
  if (options.json) {
    const settings = {
      simulator: simulator.name,
      worlds: options.worlds,
      studentsOfAWorld: options.students,
      seed: options.seed,
    };
    writeFileSync(resolveTyped(options.json), `${JSON.stringify({ ...settings, figures }, undefined, 1)}\n`);
  }
}

function plannerNamed(name: string, { logs }: SimulateOptions): StudiedPlanner {
  switch (name) {
    case 'pathlight':
      return pathlightPlanner(readModel(path.join(resources, 'starter')), logs);
    case 'plan':
      return planPlanner(readModel(path.join(resources, 'starter')), logs);
    case 'plan-progress':
    case 'plan-variety':
      return planPlanner(readModel(path.join(resources, 'starter')), logs, name === 'plan-variety' ? 'variety' : 'progress');
    case 'learning-progress':
      return learningProgress;
    case 'greedy-gain':
      return greedyGain(readModel(path.join(resources, 'starter')));
    case 'easiest-first':
      return easiestFirst;
    case 'prerequisite-order':
      return prerequisiteOrder;
    case 'random':
      return randomPlanner;
    default:
      throw new PathlightError('unknown-planner', `There is no planner "${name}". Choose of: ${PLANNER_NAMES.join(', ')}.`, {
        planner: name,
      });
  }
}

async function simulatorNamed(options: SimulateOptions): Promise<Simulator> {
  const name = SIMULATOR_NAMES.find((each) => each === options.simulator);
  if (!name)
    throw new PathlightError(
      'unknown-simulator',
      `There is no simulator "${options.simulator}". Choose of: ${SIMULATOR_NAMES.join(', ')}.`,
      { simulator: options.simulator },
    );
  if (name === 'kss') return kssSimulator();
  if (name === 'tracing' || name === 'tracing-gated' || name === 'growth' || name === 'growth-gated') return madeWorld(name);
  if (!options.fitted || !options.responses)
    throw new PathlightError(
      'simulator-not-fitted',
      `The simulator "${name}" follows real answers: give --fitted FOLDER, as "npm run fit-simulator" makes it, and --responses FILE, the answers that it was fitted to.`,
      { simulator: name },
    );
  const { students, parameters } = readFittedSimulator(resolveTyped(options.fitted));
  const sequences = (await readResponses([options.responses])).slice(0, students);
  const map = await readCourseMap(undefined, options.prerequisites, skillsOf(sequences));
  const table = toResponseTable(sequences);
  if (parameters.questionBias.length !== table.questions.length + 1)
    throw new PathlightError(
      'simulator-of-other-answers',
      `The simulator in ${options.fitted} was fitted to other answers than those in ${options.responses}. Fit it again.`,
      { file: options.responses },
    );
  return fittedSimulator({ name, parameters, table, map, misspecified: name.endsWith('-misspecified') });
}

/** Reads what scripts/fit-simulator.ts wrote. */
function readFittedSimulator(folder: string): { readonly students: number; readonly parameters: DktParameters } {
  let header: { format?: string; students: number; tensors: { name: string; length: number }[] };
  try {
    header = JSON.parse(readFileSync(path.join(folder, 'simulator.json'), 'utf8'));
  } catch {
    header = { students: 0, tensors: [] };
  }
  if (header.format !== 'pathlight-simulator')
    throw new PathlightError(
      'no-simulator',
      `There is no fitted simulator in ${folder}. Make one with "npm run fit-simulator".`,
      {
        folder,
      },
    );
  const bytes = readFileSync(path.join(folder, 'weights.bin'));
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  let at = 0;
  const entries = header.tensors.map(({ name, length }) => [name, values.slice(at, (at += length))] as const);
  return { students: header.students, parameters: Object.fromEntries(entries) as DktParameters };
}

const number = (value: number | null): string => (value === null ? '–' : value.toFixed(3));

function describeFigures(
  simulator: string,
  { steps, worlds, students }: SimulateOptions,
  figures: readonly PlannerFigures[],
): string {
  const width = Math.max(...figures.map(({ planner }) => planner.length)) + 2;
  return [
    `${simulator}: ${worlds} ${worlds === 1 ? 'world' : 'worlds'} of ${students} students; Δ = (end − start)/(full − start) with its 95% interval`,
    ...steps.flatMap((count) => [
      `${count} steps`,
      `  ${'planner'.padEnd(width)}${'Δ'.padEnd(24)}expected  gained  correlation  unready steps (unsaid)`,
      ...figures
        .filter((each) => each.steps === count)
        .toSorted((a, b) => b.delta.value - a.delta.value)
        .map(({ planner, delta, expectedGain, gain, correlation, unreadySteps, unsaidUnreadySteps }) =>
          [
            `  ${planner.padEnd(width)}`,
            `${number(delta.value)} [${number(delta.low)}, ${number(delta.high)}]`.padEnd(24),
            number(expectedGain).padStart(8),
            number(gain).padStart(8),
            number(correlation).padStart(13),
            `${unreadySteps} (${unsaidUnreadySteps})`.padStart(24),
          ].join(''),
        ),
    ]),
  ].join('\n');
}
