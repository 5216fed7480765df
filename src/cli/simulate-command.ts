import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PlannerFigures } from '../learning/simulation/study-planners.ts';
import { studyPlanners } from '../learning/simulation/study-planners.ts';
import { easiestFirst, greedyGain, prerequisiteOrder, randomPlanner } from '../learning/simulation/baseline-planners.ts';
import { kssSimulator } from '../learning/simulation/kss-simulator.ts';
import { pathlightPlanner } from '../learning/simulation/pathlight-planner.ts';
import type { StudiedPlanner } from '../learning/simulation/study-planners.ts';
import type { Simulator } from '../learning/simulation/simulator.ts';
import { readModel } from '../main/services/model-store.ts';
import { PathlightError } from '../shared/errors.ts';
import { resources } from './model-commands.ts';
import { resolveTyped } from './paths.ts';
import { createProgressLine } from './progress.ts';

export const PLANNER_NAMES = ['pathlight', 'greedy-gain', 'easiest-first', 'prerequisite-order', 'random'] as const;
export type PlannerName = (typeof PLANNER_NAMES)[number];

export interface SimulateOptions {
  readonly planner: readonly string[];
  readonly simulator: string;
  readonly steps: readonly number[];
  readonly students: number;
  readonly worlds: number;
  readonly seed: number;
  readonly logs?: number;
  readonly json?: string;
}

/** Plans for simulated students, step by step, and says how much of what was left to learn they learned. */
export async function simulateCommand(options: SimulateOptions): Promise<void> {
  const planners = options.planner.map((name) => plannerNamed(name, options));
  const simulator = simulatorNamed(options.simulator);
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
      return pathlightPlanner(logs);
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

function simulatorNamed(name: string): Simulator {
  switch (name) {
    case 'kss':
      return kssSimulator();
    default:
      throw new PathlightError('unknown-simulator', `There is no simulator "${name}". Choose of: kss.`, { simulator: name });
  }
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
