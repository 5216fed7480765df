import type { PracticeStep } from '../dynamics/belief.ts';
import type { CourseMap } from '../../shared/domain.ts';
import { createRandom } from '../random.ts';
import type { Random } from '../random.ts';
import type { SimulatedLearner, Simulator } from './simulator.ts';

/** One student's planner: proposes a skill, sees the answer, proposes again. */
export interface PlanningSession {
  next(): Proposal;
  observe(step: PracticeStep): void;
}

export interface Proposal {
  readonly skill: number;
  /** Expected rise of the goals' mean P(right) by all steps that are left, where the planner says. */
  readonly expectedGain?: number | undefined;
  /** True where the planner says itself that a prerequisite is not secure yet. */
  readonly saidUnready?: boolean | undefined;
}

/** What a planner may see of a course. */
export interface PlannerCourse {
  readonly map: CourseMap;
  readonly logs: readonly (readonly PracticeStep[])[];
}

export interface StudiedPlanner {
  readonly name: string;
  /** Prepares for a course, from its graph and other students' logs alone. */
  prepare(
    course: PlannerCourse,
  ): (learner: Pick<SimulatedLearner, 'history' | 'goals'>, left: number, random: Random) => PlanningSession;
}

/** One student planned for over some steps. */
export interface Episode {
  readonly world: number;
  /** (end − start)/(full − start). */
  readonly delta: number;
  /** Rise of the exam’s score as a share of the full one: of the goals’ mean chance, or of the goals. */
  readonly gain: number;
  /** What the planner expected of its first plan; undefined where it does not say. */
  readonly expected: number | undefined;
  /** Steps on a skill whose prerequisites were not secure, by the student's last answers, and those of them that the planner did not say so of. */
  readonly unready: number;
  readonly unsaid: number;
}

export interface StudyOptions {
  readonly simulator: Simulator;
  readonly planners: readonly StudiedPlanner[];
  readonly steps: readonly number[];
  readonly worlds: number;
  /** Students of each world. */
  readonly students: number;
  readonly seed: number;
  onProgress?(fraction: number): void;
  shouldStop?(): boolean;
}

export interface PlannerFigures {
  readonly planner: string;
  readonly steps: number;
  readonly students: number;
  readonly delta: Interval;
  readonly gain: number;
  /** Mean of what was expected, and its correlation with what came; null where the planner says nothing. */
  readonly expectedGain: number | null;
  readonly correlation: number | null;
  readonly calibration: readonly { readonly expected: number; readonly gained: number; readonly students: number }[];
  readonly unreadySteps: number;
  readonly unsaidUnreadySteps: number;
  /** Δ less that of each other planner, paired by student. */
  readonly differences: readonly ({ readonly planner: string } & Interval)[];
}

export interface Interval {
  readonly value: number;
  /** 95% by a bootstrap over worlds' students. */
  readonly low: number;
  readonly high: number;
}

/** Every planner on the same students of the same worlds; each length is a plan of its own. */
export function studyPlanners(options: StudyOptions): PlannerFigures[] {
  const { planners, steps } = options;
  const episodes = planners.map(() => steps.map(() => [] as Episode[]));
  const total = options.worlds * options.students * planners.length;
  let done = 0;
  for (let world = 0; world < options.worlds; world++) {
    const random = createRandom(options.seed * 7919 + world);
    const drawn = options.simulator.drawWorld(random);
    const learners = Array.from({ length: options.students }, () => drawn.drawLearner(random));
    planners.forEach((planner, index) => {
      const begin = planner.prepare({ map: drawn.map, logs: drawn.logs });
      learners.forEach((learner, student) => {
        steps.forEach((left, length) => {
          const chance = createRandom(options.seed * 104729 + world * 1009 + student * 31 + length);
          const own = learner.again();
          episodes[index]![length]!.push(runEpisode(own, begin(own, left, chance), left, world, drawn.map));
        });
        options.onProgress?.(++done / total);
      });
    });
  }
  const random = createRandom(options.seed);
  return steps.flatMap((count, length) =>
    planners.map((planner, index) =>
      figuresOf(
        planner.name,
        count,
        episodes[index]![length]!,
        planners.map((other, at) => ({ planner: other.name, episodes: episodes[at]![length]! })),
        random,
      ),
    ),
  );
}

function runEpisode(learner: SimulatedLearner, session: PlanningSession, left: number, world: number, map: CourseMap): Episode {
  const below = prerequisiteNumbers(map);
  const last = new Map(learner.history.map(({ skill, correct }) => [skill, correct]));
  const start = learner.exam();
  let expected: number | undefined;
  let unready = 0;
  let unsaid = 0;
  for (let step = 0; step < left; step++) {
    const { skill, expectedGain, saidUnready } = session.next();
    if (step === 0) expected = expectedGain;
    if (below[skill]!.some((each) => (last.get(each) ?? 0) < 0.5)) {
      unready++;
      if (!saidUnready) unsaid++;
    }
    const correct = learner.step(skill);
    last.set(skill, correct);
    session.observe({ skill, correct });
  }
  const end = learner.exam();
  return {
    world,
    delta: (end - start) / (learner.full - start),
    gain: (end - start) / learner.full,
    expected,
    unready,
    unsaid,
  };
}

export function prerequisiteNumbers(map: CourseMap): number[][] {
  const number = new Map(map.skills.map(({ id }, index) => [id, index]));
  const below: number[][] = map.skills.map(() => []);
  for (const { skill, prerequisite } of map.prerequisites) below[number.get(skill)!]!.push(number.get(prerequisite)!);
  return below;
}

const REPLICATES = 2000;
const CALIBRATION_BINS = 5;

function figuresOf(
  planner: string,
  steps: number,
  own: readonly Episode[],
  all: readonly { readonly planner: string; readonly episodes: readonly Episode[] }[],
  random: Random,
): PlannerFigures {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const said = own.filter(({ expected }) => expected !== undefined);
  const sum = (pick: (episode: Episode) => number): number => own.reduce((all, episode) => all + pick(episode), 0);
  return {
    planner,
    steps,
    students: own.length,
    delta: bootstrap(
      own.map(({ delta }) => delta),
      own,
      random,
    ),
    gain: mean(own.map(({ gain }) => gain)),
    expectedGain: said.length > 0 ? mean(said.map(({ expected }) => expected!)) : null,
    correlation:
      said.length > 1
        ? correlation(
            said.map(({ expected }) => expected!),
            said.map(({ gain }) => gain),
          )
        : null,
    calibration: calibrationOf(said),
    unreadySteps: sum(({ unready }) => unready),
    unsaidUnreadySteps: sum(({ unsaid }) => unsaid),
    differences: all
      .filter((other) => other.planner !== planner)
      .map((other) => ({
        planner: other.planner,
        ...bootstrap(
          own.map(({ delta }, index) => delta - other.episodes[index]!.delta),
          own,
          random,
        ),
      })),
  };
}

/** Mean with a 95% percentile interval; worlds are drawn first, then students within them (two-stage bootstrap). */
function bootstrap(values: readonly number[], episodes: readonly Episode[], random: Random): Interval {
  const worlds = new Map<number, number[]>();
  values.forEach((value, index) => {
    const world = episodes[index]!.world;
    const list = worlds.get(world);
    if (list) list.push(value);
    else worlds.set(world, [value]);
  });
  const groups = [...worlds.values()];
  const value = values.reduce((sum, each) => sum + each, 0) / values.length;
  const means = Array.from({ length: REPLICATES }, () => {
    let sum = 0;
    let count = 0;
    for (let draw = 0; draw < groups.length; draw++) {
      const group = groups.length > 1 ? random.choice(groups) : groups[0]!;
      for (let student = 0; student < group.length; student++) sum += random.choice(group);
      count += group.length;
    }
    return sum / count;
  }).sort((a, b) => a - b);
  return { value, low: means[Math.floor(0.025 * REPLICATES)]!, high: means[Math.ceil(0.975 * REPLICATES) - 1]! };
}

/** Pearson's. */
function correlation(first: readonly number[], second: readonly number[]): number | null {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(first), mean(second)];
  let both = 0;
  let one = 0;
  let other = 0;
  first.forEach((value, index) => {
    both += (value - a) * (second[index]! - b);
    one += (value - a) ** 2;
    other += (second[index]! - b) ** 2;
  });
  return one > 0 && other > 0 ? both / Math.sqrt(one * other) : null;
}

/** Students in order of what was expected, in groups of about equal size: what was expected beside what came. */
function calibrationOf(episodes: readonly Episode[]): PlannerFigures['calibration'] {
  const sorted = episodes.toSorted((a, b) => a.expected! - b.expected!);
  const bins = Math.min(CALIBRATION_BINS, sorted.length);
  return Array.from({ length: bins }, (_, bin) => {
    const part = sorted.slice(Math.floor((bin * sorted.length) / bins), Math.floor(((bin + 1) * sorted.length) / bins));
    const mean = (pick: (episode: Episode) => number): number => part.reduce((sum, each) => sum + pick(each), 0) / part.length;
    return { expected: mean(({ expected }) => expected!), gained: mean(({ gain }) => gain), students: part.length };
  });
}
