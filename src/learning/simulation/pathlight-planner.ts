import type { PracticeStep } from '../dynamics/belief.ts';
import { choosePath } from '../dynamics/choose-path.ts';
import { beliefAfter } from '../dynamics/fit.ts';
import { QUESTIONS_PER_STEP } from '../planning/conditions.ts';
import { makePlan } from '../planning/plan.ts';
import { learnDynamics, preparePlanner } from '../planning/planner-course.ts';
import { createSkillGraph } from '../planning/skill-graph.ts';
import { withCourse } from '../student-model/student-model.ts';
import type { TrainedModel } from '../trained-model.ts';
import { asResponses } from './baseline-planners.ts';
import { prerequisiteNumbers } from './study-planners.ts';
import type { PlanningSession, StudiedPlanner } from './study-planners.ts';

/** Students, and steps of each, that the course is fitted to: more take longer and change little. */
const MOST_LOGS = 200;

/**
 * The product's planner, told how many steps are left. Where the dynamics fitted to the logs lead: a belief from the student's answers and a look ahead at every step.
 * Otherwise the plan as it is made for a teacher, anew at every step.
 * @param source the model whose learned parameters are used
 */
export const pathlightPlanner = (source: TrainedModel, logged = MOST_LOGS, horizon?: number): StudiedPlanner => ({
  name: 'pathlight',
  prepare: ({ map, logs }) => {
    const sequences = logs.slice(0, logged).map((log, index) => ({ student: `log ${index}`, responses: asResponses(map, log) }));
    const model = withCourse(source, map, sequences);
    const planner = preparePlanner({ map, model, dynamics: learnDynamics(map, sequences), sequences });
    const { course, leads } = planner;
    const below = prerequisiteNumbers(map);
    const graph = createSkillGraph(map);
    const skills = map.skills.map(({ id }) => id);
    return ({ history, goals }, left, random) => {
      const steps: PracticeStep[] = [...history];
      let remaining = left;
      const observe = (step: PracticeStep): void => {
        steps.push(step);
        remaining--;
      };
      const led = (): ReturnType<PlanningSession['next']> => {
        const whole = remaining === left;
        const {
          skills: path,
          now,
          after,
          unready,
        } = choosePath({
          course,
          belief: beliefAfter(course, steps),
          goals,
          left: horizon ?? remaining,
          random,
          ...(whole ? { wanted: left } : {}),
        });
        const skill = path[0] ?? goals[0]!;
        const shown = below[skill]!.every((each) => steps.findLast((step) => step.skill === each)?.correct === 1);
        return { skill, saidUnready: unready.length > 0 || !shown, ...(whole ? { expectedGain: after - now } : {}) };
      };
      const planned = (): ReturnType<PlanningSession['next']> => {
        const whole = remaining === left;
        const responses = asResponses(map, steps);
        const { steps: path } = makePlan({
          student: 'simulated',
          state: model.adapt(responses),
          graph,
          skills,
          goals: goals.map((goal) => skills[goal]!),
          planner,
          history: responses,
          steps: whole ? Math.ceil(left / QUESTIONS_PER_STEP) : 1,
        });
        const [first] = path;
        const points = path.reduce((sum, { expectedGain }) => sum + expectedGain.value, 0);
        return {
          skill: first ? skills.indexOf(first.skill) : goals[0]!,
          saidUnready: (first?.reason.unready ?? []).length > 0,
          ...(whole ? { expectedGain: points / 100 } : {}),
        };
      };
      return { next: leads ? led : planned, observe };
    };
  },
});
