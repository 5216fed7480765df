import type { CourseMap } from '../../shared/domain.ts';
import { askLogit, emptyState, readAnswer } from '../baselines/dkt-network.ts';
import type { DktParameters, DktState } from '../baselines/dkt-network.ts';
import type { PracticeStep } from '../dynamics/belief.ts';
import { sigmoid } from '../numeric.ts';
import type { Random } from '../random.ts';
import type { ResponseTable } from '../responses.ts';
import { prerequisiteNumbers } from './study-planners.ts';
import type { SimulatedLearner, Simulator, SimulatorName } from './simulator.ts';

export interface FittedSource {
  readonly name: SimulatorName;
  /** Deep knowledge tracing with questions, fitted to the students of the table. */
  readonly parameters: DktParameters;
  readonly table: ResponseTable;
  readonly map: CourseMap;
  /** The world is worse than the planner assumes: see `Wrong`. */
  readonly misspecified?: boolean | undefined;
}

/** Skills of a world: a part of the course, as a class has it before it. */
const SKILLS_OF_A_WORLD = 20;
/** Questions that stand for a skill, the most answered ones. */
const QUESTIONS = 6;
const FEWEST_ANSWERS = 40;
const HISTORY = 20;
/** Steps of the others' logs beyond their real answers, answered as the simulator answers: a skill at random, until two answers in a row are right or six were given. */
const LOGGED_STEPS = 40;
const MOST_TRIES = 6;
const LOGS = 200;
const LEAST_LEFT = 0.1;

/**
 * What the mis-specified variant adds: skills drift (logits a step), one answer in ten slips and one in ten is guessed, and forgetting runs at twice
 * the rate that the planner's prior assumes (.002 of the distance a step at a slope of 4: .008 logits).
 */
const DRIFT = 0.05;
const LAPSE = 0.1;
const FORGOTTEN = 2 * 0.008;

interface World {
  readonly source: FittedSource;
  /** Of the table, by the world's skill number. */
  readonly sets: readonly number[];
  readonly questions: readonly (readonly number[])[];
}

/** Students whose answers follow a recurrent model that was fitted to real ones. The planner's model is of another kind, and sees answers only. */
export function fittedSimulator(source: FittedSource): Simulator {
  const { table, map } = source;
  const usable = singleSkills(table);
  return {
    name: source.name,
    drawWorld(random) {
      const skills = drawSkills(map, table, usable, random);
      const number = new Map(skills.map((id, index) => [id, index]));
      const world: World = {
        source,
        sets: skills.map((id) => usable.get(id)!.set),
        questions: skills.map((id) => usable.get(id)!.questions),
      };
      const names = new Map(map.skills.map(({ id, name }) => [id, name]));
      const walks = shuffledWalks(table, number, random);
      return {
        map: {
          skills: skills.map((id) => ({ id, name: names.get(id) ?? id })),
          prerequisites: map.prerequisites.filter(({ skill, prerequisite }) => number.has(skill) && number.has(prerequisite)),
        },
        // Where few have answered on the world's skills, several begin alike.
        logs: Array.from({ length: LOGS }, (_, index) =>
          logOf(learner(world, walks[index % walks.length]!, [], random.integer(2 ** 31)), skills.length, random),
        ),
        drawLearner(chance) {
          for (;;) {
            // Those behind the logs come last, so that a learner is not one of them where there are enough students.
            const walk = walks[walks.length - 1 - chance.integer(Math.max(1, walks.length - Math.min(LOGS, walks.length >> 1)))]!;
            const goals = chance.shuffle(skills.map((_, index) => index)).slice(0, 3 + chance.integer(8));
            const drawn = learner(world, walk, goals, chance.integer(2 ** 31));
            // Who has little left to learn is drawn again, as in KSS: a share of next to nothing is noise.
            if (drawn.full - drawn.exam() >= LEAST_LEFT) return drawn;
          }
        },
      };
    },
  };
}

interface Usable {
  readonly set: number;
  readonly questions: readonly number[];
}

/** Skills with questions of their own alone, and those questions. */
function singleSkills(table: ResponseTable): Map<string, Usable> {
  const counts = new Map<number, Map<number, number>>();
  for (let row = 0; row < table.question.length; row++) {
    const set = table.skillSet[row]!;
    if (table.skillSets[set]!.length !== 1) continue;
    const of = counts.get(set) ?? new Map<number, number>();
    counts.set(set, of.set(table.question[row]!, (of.get(table.question[row]!) ?? 0) + 1));
  }
  const usable = new Map<string, Usable>();
  for (const [set, questions] of counts) {
    const total = [...questions.values()].reduce((sum, count) => sum + count, 0);
    if (total < FEWEST_ANSWERS) continue;
    const most = [...questions].sort((a, b) => b[1] - a[1]).slice(0, QUESTIONS);
    usable.set(table.skills[table.skillSets[set]![0]!]!, { set, questions: most.map(([question]) => question) });
  }
  return usable;
}

/** A skill, what it rests on and what builds on it, and so on; where nothing is connected, skills that are met together. */
function drawSkills(map: CourseMap, table: ResponseTable, usable: ReadonlyMap<string, Usable>, random: Random): string[] {
  const below = prerequisiteNumbers({
    skills: map.skills,
    prerequisites: map.prerequisites,
  });
  const near = map.skills.map((_, skill) => new Set(below[skill]));
  below.forEach((own, skill) => own.forEach((each) => near[each]!.add(skill)));
  const known = [...usable.keys()];
  const number = new Map(map.skills.map(({ id }, index) => [id, index]));
  const chosen = new Set<string>();
  const open: string[] = [];
  while (chosen.size < Math.min(SKILLS_OF_A_WORLD, known.length)) {
    const next = open.length > 0 ? open.splice(random.integer(open.length), 1)[0]! : random.choice(known);
    if (chosen.has(next) || !usable.has(next)) continue;
    chosen.add(next);
    for (const each of near[number.get(next) ?? -1] ?? []) open.push(map.skills[each]!.id);
  }
  return table.skills.filter((id) => chosen.has(id));
}

/** A real student's answers on the world's skills. */
interface Walk {
  readonly steps: readonly PracticeStep[];
  readonly questions: readonly number[];
}

function shuffledWalks(table: ResponseTable, number: ReadonlyMap<string, number>, random: Random): Walk[] {
  const walks: Walk[] = [];
  for (let student = 0; student < table.students.length; student++) {
    const steps: PracticeStep[] = [];
    const questions: number[] = [];
    for (let row = table.start[student]!; row < table.start[student + 1]!; row++) {
      const set = table.skillSets[table.skillSet[row]!]!;
      const skill = set.length === 1 ? number.get(table.skills[set[0]!]!) : undefined;
      if (skill === undefined) continue;
      steps.push({ skill, correct: table.correct[row]! >= 0.5 ? 1 : 0 });
      questions.push(table.question[row]!);
    }
    if (steps.length >= HISTORY / 2) walks.push({ steps, questions });
  }
  return random.shuffle(walks);
}

/** A student of the simulator, as others have seen it: the real answers, then practice as in a class. */
function logOf({ history, step }: SimulatedLearner, skills: number, random: Random): PracticeStep[] {
  const steps = [...history];
  while (steps.length < history.length + LOGGED_STEPS) {
    const skill = random.integer(skills);
    for (let tries = 0, run = 0; tries < MOST_TRIES && run < 2; tries++) {
      const correct = step(skill);
      steps.push({ skill, correct });
      run = correct ? run + 1 : 0;
    }
  }
  return steps;
}

function learner(world: World, walk: Walk, goals: readonly number[], seed: number): SimulatedLearner {
  const { parameters, misspecified } = world.source;
  const history = walk.steps.slice(0, HISTORY);
  const state: DktState = emptyState();
  const read = (skill: number, question: number, right: boolean): void =>
    readAnswer(parameters, state, question, world.sets[skill]!, right);
  history.forEach(({ skill, correct }, index) => read(skill, walk.questions[index]!, correct === 1));
  const offset = new Float64Array(world.sets.length);
  let chance = seed;
  // A small generator of its own: planners that ask for other skills meet the same luck, answer by answer.
  const uniform = (): number => {
    chance = (Math.imul(chance, 1664525) + 1013904223) >>> 0;
    return ((chance ^ (chance >>> 15)) >>> 0) / 4294967296;
  };
  const probability = (skill: number, question: number): number =>
    sigmoid(askLogit(parameters, state, question, world.sets[skill]!) + offset[skill]!);
  return {
    history,
    goals,
    full: 1,
    step(skill) {
      const questions = world.questions[skill]!;
      const question = questions[Math.floor(uniform() * questions.length)]!;
      const p = probability(skill, question);
      const right = uniform() < (misspecified ? LAPSE + (1 - 2 * LAPSE) * p : p);
      read(skill, question, right);
      if (misspecified)
        for (let each = 0; each < offset.length; each++)
          offset[each]! += DRIFT * (2 * uniform() - 1) * Math.sqrt(3) - (each === skill ? 0 : FORGOTTEN);
      return right ? 1 : 0;
    },
    exam() {
      let sum = 0;
      for (const goal of goals) {
        const questions = world.questions[goal]!;
        for (const question of questions) sum += probability(goal, question) / questions.length;
      }
      return sum / goals.length;
    },
    again: () => learner(world, walk, goals, seed),
  };
}
