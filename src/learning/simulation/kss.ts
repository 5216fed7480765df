import type { CourseMap } from '../../shared/domain.ts';
import { sigmoid } from '../numeric.ts';
import type { Random } from '../random.ts';

/** Skills of the Knowledge Structure Simulator. */
export const KSS_SKILLS = 10;
/** Prerequisite, skill. */
const EDGES: readonly (readonly [number, number])[] = [
  [0, 1],
  [0, 2],
  [1, 3],
  [2, 4],
  [2, 8],
  [3, 4],
  [4, 8],
  [5, 4],
  [5, 9],
  [6, 7],
  [7, 8],
  [8, 9],
];
/** Skills in the order in which difficulties are given out, each after what it rests on. */
export const KSS_ORDER: readonly number[] = [5, 0, 1, 2, 3, 4, 6, 7, 8, 9];
const CEILING = 5;

const all = Array.from({ length: KSS_SKILLS }, (_, skill) => skill);
const PREDECESSORS = all.map((skill) => EDGES.filter(([, to]) => to === skill).map(([from]) => from));
const SUCCESSORS = all.map((skill) => EDGES.filter(([from]) => from === skill).map(([, to]) => to));
const NEIGHBOURHOOD = all.map(neighbourhoodOf);

/** What may be learned right after a skill: itself, what builds on it, and up to two hops back with what builds on those. */
function neighbourhoodOf(skill: number): ReadonlySet<number> {
  const found = new Set([skill, ...SUCCESSORS[skill]!]);
  const back = (from: number, hops: number): void => {
    for (const before of PREDECESSORS[from]!) {
      found.add(before);
      for (const next of SUCCESSORS[before]!) found.add(next);
      if (hops > 1) back(before, hops - 1);
    }
  };
  back(skill, 2);
  return found;
}

/** Skill ids are the numbers as texts. */
export const KSS_MAP: CourseMap = {
  skills: all.map((skill) => ({ id: String(skill), name: `Skill ${skill}` })),
  prerequisites: EDGES.map(([from, to]) => ({ skill: String(to), prerequisite: String(from) })),
};

/** One course: the difficulty of each skill, [10]. */
export interface KssWorld {
  readonly difficulty: readonly number[];
}

export function drawKssWorld(random: Random): KssWorld {
  const drawn = all.map(() => random.integer(6)).sort((a, b) => a - b);
  const difficulty = new Array<number>(KSS_SKILLS).fill(0);
  KSS_ORDER.forEach((skill, rank) => (difficulty[skill] = drawn[rank]!));
  return { difficulty };
}

export interface KssAnswer {
  readonly skill: number;
  readonly right: boolean;
}

/** A student of the Knowledge Structure Simulator (EduSim, bigdata-ustc 2019): the whole truth, which no planner may see. */
export class KssStudent {
  readonly world: KssWorld;
  readonly ability: number[];
  private previous = -1;

  constructor(world: KssWorld, ability: readonly number[]) {
    this.world = world;
    this.ability = [...ability];
  }

  /** The skill that was learned last, −1 for none. */
  get last(): number {
    return this.previous;
  }

  copy(): KssStudent {
    const copy = new KssStudent(this.world, this.ability);
    copy.previous = this.previous;
    return copy;
  }

  probability(skill: number): number {
    return 0.25 + 0.75 * sigmoid(1.7 * 5 * (this.ability[skill]! - this.world.difficulty[skill]!));
  }

  /** Right exactly where that is more likely than not. */
  answers(skill: number): boolean {
    return this.probability(skill) >= 0.5;
  }

  learn(skill: number): void {
    if (this.previous >= 0 && !NEIGHBOURHOOD[this.previous]!.has(skill)) return;
    this.previous = skill;
    const short = PREDECESSORS[skill]!.reduce((sum, before) => sum + CEILING - this.ability[before]!, 0);
    this.raise(skill, 0.5 * (CEILING - this.ability[skill]!) * Math.exp(-short));
  }

  private raise(skill: number, gain: number): void {
    this.ability[skill] = Math.min(CEILING, this.ability[skill]! + gain);
    for (const next of SUCCESSORS[skill]!) this.raise(next, gain / 2);
  }

  /** Learns, then answers one question of the skill. */
  step(skill: number): KssAnswer {
    this.learn(skill);
    return { skill, right: this.answers(skill) };
  }

  /** Number of these skills answered right now. */
  exam(skills: readonly number[]): number {
    return skills.reduce((sum, skill) => sum + (this.answers(skill) ? 1 : 0), 0);
  }
}

export const drawKssStudent = (world: KssWorld, random: Random): KssStudent =>
  new KssStudent(
    world,
    all.map((skill) => random.integer(4) - 3 - 0.1 * skill),
  );

/** What a student does before anybody plans, and what logs of other students hold. */
export function warmUp(student: KssStudent, steps: number, random: Random): KssAnswer[] {
  const log: KssAnswer[] = [];
  const take = (skill: number): void => void log.push(student.step(skill));
  while (log.length < steps) {
    const last = log.at(-1);
    if (last?.right && new Set(log.slice(-3).map(({ skill }) => skill)).size > 1) {
      if (log.length < steps - 1) take(last.skill);
      take(last.skill);
    } else if (last && !last.right && random.uniform() < 0.7) take(last.skill);
    else if (random.uniform() < 0.9) {
      const open = KSS_ORDER.find((skill) => student.probability(skill) < 0.6);
      if (open === undefined) break;
      take(open);
    } else take(random.integer(KSS_SKILLS));
  }
  return log;
}

/** A new student with their target and the answers of the warm-up; the exam's score before planning is below the full one. */
export interface KssCase {
  readonly student: KssStudent;
  readonly target: readonly number[];
  readonly log: readonly KssAnswer[];
}

export const WARM_UP_STEPS = 20;

export function drawKssCase(world: KssWorld, random: Random): KssCase {
  for (;;) {
    const student = drawKssStudent(world, random);
    const target = random
      .shuffle(all)
      .slice(0, 3 + random.integer(KSS_SKILLS - 2))
      .sort((a, b) => a - b);
    const log = warmUp(student, WARM_UP_STEPS, random);
    if (student.exam(target) < target.length) return { student, target, log };
  }
}
