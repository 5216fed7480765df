import type { PracticeStep } from '../dynamics/belief.ts';
import { prerequisiteNumbers } from './study-planners.ts';
import type { StudiedPlanner } from './study-planners.ts';

/** Answers on a skill that its progress is read from: the later half against the earlier. */
const WINDOW = 6;
/** Share of the choices that are made at random among what is open, to find progress where nobody looked. */
const EXPLORED = 0.2;
/** A prerequisite with this share of its last answers right opens what builds on it. */
const OPENS = 2 / 3;

/**
 * Rise of the share right from the earlier to the later half of the last answers on a skill (learning progress; Oudeyer, Kaplan & Hafner 2007); of a skill with fewer than
 * two answers nothing is known, and it counts as much as some progress.
 */
export function progressOn(skill: number, steps: readonly PracticeStep[]): number {
  const own = steps.filter((step) => step.skill === skill).slice(-WINDOW);
  if (own.length < 2) return 0.25;
  const half = Math.floor(own.length / 2);
  const share = (part: readonly PracticeStep[]): number => part.reduce((sum, { correct }) => sum + correct, 0) / part.length;
  return Math.max(0, share(own.slice(half)) - share(own.slice(0, half)));
}

/** The open skill with the most learning progress, in the manner of ZPDES (Clément, Roy, Oudeyer & Lopes 2015), drawn in proportion to it. */
export const learningProgress: StudiedPlanner = {
  name: 'learning-progress',
  prepare: ({ map }) => {
    const below = prerequisiteNumbers(map);
    return ({ history, goals }, _left, random) => {
      const steps = [...history];
      const wanted = new Set(goals);
      for (const goal of wanted) for (const each of below[goal]!) wanted.add(each);
      const isOpen = (skill: number): boolean =>
        below[skill]!.every((each) => {
          const own = steps.filter((step) => step.skill === each).slice(-3);
          return own.length > 0 && own.reduce((sum, { correct }) => sum + correct, 0) / own.length >= OPENS;
        });
      return {
        next() {
          const all = [...wanted];
          const open = all.filter(isOpen);
          const skills = open.length > 0 ? open : all;
          const weights = skills.map((skill) => progressOn(skill, steps));
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          if (total === 0 || random.uniform() < EXPLORED) return { skill: random.choice(skills) };
          let at = random.uniform() * total;
          return { skill: skills[weights.findIndex((weight) => (at -= weight) <= 0)] ?? skills.at(-1)! };
        },
        observe: (step) => void steps.push(step),
      };
    };
  },
};
