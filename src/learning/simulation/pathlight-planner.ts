import type { PracticeStep } from '../dynamics/belief.ts';
import { choosePath } from '../dynamics/choose-path.ts';
import { beliefAfter, courseOf, fitDynamics, untilStuck } from '../dynamics/fit.ts';
import { createStructure } from '../dynamics/structure.ts';
import type { StudiedPlanner } from './study-planners.ts';

/** Students, and steps of each, that the dynamics are fitted to: more take longer and change little. */
const MOST_LOGS = 200;
const MOST_STEPS = 60;

/** The product's planner: dynamics fitted to the logs, a belief from the student's answers, a look ahead at every step. */
export const pathlightPlanner = (logged = MOST_LOGS, horizon?: number): StudiedPlanner => ({
  name: 'pathlight',
  prepare: ({ map, logs }) => {
    const structure = createStructure(map);
    const students = logs.slice(0, logged).map((log) => untilStuck(log, MOST_STEPS));
    const course = courseOf(fitDynamics({ structure, students }), structure);
    return ({ history, goals }, left, random) => {
      const steps: PracticeStep[] = [...history];
      let remaining = left;
      return {
        next: () => {
          const belief = beliefAfter(course, steps);
          const whole = remaining === left;
          const { skills, now, after, unready } = choosePath({
            course,
            belief,
            goals,
            left: horizon ?? remaining,
            random,
            ...(whole ? { wanted: left } : {}),
          });
          return {
            skill: skills[0] ?? goals[0]!,
            saidUnready: unready.length > 0,
            ...(whole ? { expectedGain: after - now } : {}),
          };
        },
        observe: (step) => {
          steps.push(step);
          remaining--;
        },
      };
    };
  },
});
