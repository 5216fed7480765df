import type { CourseMap } from '../../shared/domain.ts';
import type { PracticeStep } from '../dynamics/belief.ts';
import { sigmoid } from '../numeric.ts';
import { createRandom } from '../random.ts';
import type { Random } from '../random.ts';
import type { SimulatedLearner, Simulator, SimulatorName } from './simulator.ts';
import { prerequisiteNumbers } from './study-planners.ts';

// Courses whose students learn by a rule that is written down, one unlike the other: a planner that is right in one of them alone has guessed the rule.

export type MadeWorldName = Extract<SimulatorName, 'tracing' | 'tracing-gated' | 'growth' | 'growth-gated'>;

const SKILLS = 20;
/** Prerequisites are drawn from so many skills before. */
const NEAR = 6;
const CONNECTED = 0.75;
const HISTORY = 20;
const LOGS = 200;
const LOGGED_STEPS = 60;
/** A student stays on a skill until two answers in a row are right, or so many were given; some look elsewhere. */
const MOST_TRIES = 6;
const ASTRAY = 0.1;
const LEAST_LEFT = 0.1;

interface Course {
  readonly map: CourseMap;
  readonly below: readonly (readonly number[])[];
  /** Ease at the start, logits; later skills are harder. */
  readonly ease: Float64Array;
}

/** A student's knowledge; hidden from planners. */
interface Mind {
  chance(skill: number): number;
  /** What practice does, and what time takes from the others. */
  practise(skill: number): void;
  copy(random: Random): Mind;
}

interface Rule {
  /** P(right) on each skill that is fully known. */
  readonly best: Float64Array;
  mind(random: Random): Mind;
}

export function madeWorld(name: MadeWorldName): Simulator {
  const gated = name.endsWith('-gated');
  return {
    name,
    drawWorld(random) {
      const course = drawCourse(random);
      const rule = name.startsWith('tracing') ? tracing(course, gated, random) : growth(course, gated, random);
      return {
        map: course.map,
        logs: Array.from({ length: LOGS }, () => walk(course, rule.mind(random), LOGGED_STEPS, random)),
        drawLearner(chance) {
          for (;;) {
            const mind = rule.mind(chance);
            const history = walk(course, mind, HISTORY, chance);
            const goals = chance.shuffle(course.map.skills.map((_, skill) => skill)).slice(0, 3 + chance.integer(8));
            const drawn = learner(mind, history, goals, rule.best, chance.integer(2 ** 31));
            // Who has little left to learn is drawn again, as in KSS.
            if (drawn.full - drawn.exam() >= LEAST_LEFT) return drawn;
          }
        },
      };
    },
  };
}

function drawCourse(random: Random): Course {
  const skills = Array.from({ length: SKILLS }, (_, skill) => ({ id: `skill-${skill + 1}`, name: `Skill ${skill + 1}` }));
  const prerequisites = skills.flatMap(({ id }, skill) => {
    const from = Math.max(0, skill - NEAR);
    if (skill === 0 || random.uniform() > CONNECTED) return [];
    const before = random.shuffle(Array.from({ length: skill - from }, (_, index) => from + index));
    return before.slice(0, 1 + random.integer(2)).map((each) => ({ skill: id, prerequisite: skills[each]!.id }));
  });
  const map = { skills, prerequisites };
  const ease = Float64Array.from(skills, (_, skill) => 0.8 - (2 * skill) / SKILLS + 0.7 * random.normal());
  return { map, below: prerequisiteNumbers(map), ease };
}

/** Knowledge tracing (Corbett & Anderson 1995): known or not, with quick slips and guesses; gated: hardly learned before what it rests on is known. */
function tracing({ below, ease }: Course, gated: boolean, random: Random): Rule {
  const draw = (low: number, high: number): Float64Array => Float64Array.from(ease, () => low + (high - low) * random.uniform());
  const learned = draw(0.04, 0.35);
  const slip = draw(0.03, 0.2);
  const guess = draw(0.05, 0.3);
  const create = (known: Uint8Array, speed: number, luck: Random): Mind => ({
    chance: (skill) => (known[skill] ? 1 - slip[skill]! : guess[skill]!),
    practise(skill) {
      const held = gated && below[skill]!.some((each) => !known[each]) ? 0.1 : 1;
      if (luck.uniform() < Math.min(0.8, learned[skill]! * speed * held)) known[skill] = 1;
    },
    copy: (other) => create(known.slice(), speed, other),
  });
  return {
    best: slip.map((each) => 1 - each),
    mind(luck) {
      const ability = 0.9 * luck.normal() - 0.5;
      const known = new Uint8Array(ease.length);
      ease.forEach((each, skill) => {
        const ready = !gated || below[skill]!.every((below) => known[below]);
        known[skill] = ready && luck.uniform() < sigmoid(ability + each) ? 1 : 0;
      });
      return create(known, Math.exp(0.4 * luck.normal()), luck);
    },
  };
}

const CEILING = 3;

/** Levels that rise by the same amount with every question and sink again while others are practised; gated: rising with what it rests on. */
function growth({ below, ease }: Course, gated: boolean, random: Random): Rule {
  const rate = Float64Array.from(ease, () => 0.03 + 0.27 * random.uniform());
  const loss = 0.005 + 0.015 * random.uniform();
  const create = (level: Float64Array, floor: Float64Array, speed: number): Mind => ({
    chance: (skill) => sigmoid(level[skill]!),
    practise(skill) {
      const ready = gated ? below[skill]!.reduce((product, each) => product * sigmoid(2 * level[each]!), 1) : 1;
      const risen = Math.min(CEILING, level[skill]! + rate[skill]! * speed * ready);
      for (let each = 0; each < level.length; each++) level[each] = Math.max(floor[each]!, level[each]! - loss);
      level[skill] = Math.max(level[skill]!, risen);
    },
    copy: () => create(level.slice(), floor, speed),
  });
  return {
    best: new Float64Array(ease.length).fill(sigmoid(CEILING)),
    mind(luck) {
      const ability = 0.8 * luck.normal();
      const level = ease.map((each) => Math.min(CEILING, ability + each + 0.7 * luck.normal()));
      return create(level, level.slice(), Math.exp(0.3 * luck.normal()));
    },
  };
}

/** As a class works: through the course in order, beginning anywhere in its first half. */
function walk({ below }: Course, mind: Mind, steps: number, random: Random): PracticeStep[] {
  const taken: PracticeStep[] = [];
  let at = random.integer(below.length / 2);
  let tries = 0;
  let run = 0;
  for (let step = 0; step < steps; step++) {
    const astray = random.uniform() < ASTRAY;
    const skill = astray ? random.integer(below.length) : at;
    const correct = random.uniform() < mind.chance(skill) ? 1 : 0;
    mind.practise(skill);
    taken.push({ skill, correct });
    if (astray) continue;
    tries++;
    run = correct ? run + 1 : 0;
    if (run < 2 && tries < MOST_TRIES) continue;
    at = (at + 1) % below.length;
    tries = run = 0;
  }
  return taken;
}

function learner(
  start: Mind,
  history: readonly PracticeStep[],
  goals: readonly number[],
  best: Float64Array,
  seed: number,
): SimulatedLearner {
  const random = createRandom(seed);
  const mind = start.copy(random);
  const mean = (of: (goal: number) => number): number => goals.reduce((sum, goal) => sum + of(goal), 0) / goals.length;
  return {
    history,
    goals,
    full: mean((goal) => best[goal]!),
    step(skill) {
      const correct = random.uniform() < mind.chance(skill) ? 1 : 0;
      mind.practise(skill);
      return correct;
    },
    exam: () => mean((goal) => mind.chance(goal)),
    again: () => learner(start, history, goals, best, seed),
  };
}
