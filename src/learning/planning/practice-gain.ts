import type { Estimate } from '../../shared/domain.ts';
import type { Belief, Course } from '../dynamics/belief.ts';
import { chanceRight, practise } from '../dynamics/practice.ts';
import type { Random } from '../random.ts';

const DRAWS = 24;

/**
 * Expected rise of the mean forecast over the goals by some questions of practice on one skill, in percentage points, under the fitted dynamics. Its error is
 * the spread of that rise over where the student may stand.
 */
export function practiceGain(request: {
  readonly course: Course;
  readonly belief: Belief;
  readonly goals: readonly number[];
  readonly skill: number;
  readonly questions: number;
  readonly random: Random;
}): Estimate {
  const { course, belief, goals, skill, questions, random } = request;
  const { dynamics, structure, spreading } = course;
  const skills = structure.skills.length;
  const { count, distance } = belief.draw(DRAWS, random);
  const hold = belief.hold(skill);
  let sum = 0;
  let squares = 0;
  for (let draw = 0; draw < count; draw++) {
    const at = draw * skills;
    const mean = (): number =>
      goals.reduce((all, goal) => all + chanceRight(distance[at + goal]!, goal, dynamics), 0) / goals.length;
    const before = mean();
    // Practice that does not take hold at first does not later either: nothing else comes between.
    if (random.uniform() < hold)
      for (let question = 0; question < questions; question++) practise(distance, at, skill, dynamics, structure, spreading);
    const rise = 100 * (mean() - before);
    sum += rise;
    squares += rise * rise;
  }
  const value = sum / count;
  return { value, standardError: Math.sqrt(Math.max(0, squares / count - value * value)) };
}
