import type { PracticeStep } from '../dynamics/belief.ts';
import { makePlan } from '../planning/plan.ts';
import { learnDynamics, preparePlanner } from '../planning/planner-course.ts';
import { createSkillGraph } from '../planning/skill-graph.ts';
import { withCourse } from '../student-model/student-model.ts';
import type { TrainedModel } from '../trained-model.ts';
import { asResponses } from './baseline-planners.ts';
import type { StudiedPlanner } from './study-planners.ts';

/** Students whose logs the course is fitted to. */
const MOST_LOGS = 200;

/**
 * The whole road of a study plan, as a teacher meets it: difficulties and dynamics from the class's answers, who of dynamics and student model says where the
 * student stands, then the plan's first step, made anew after each answer. Nobody tells it how many steps are left.
 * @param source the model whose learned parameters are used
 */
export const planPlanner = (source: TrainedModel, logged = MOST_LOGS): StudiedPlanner => ({
  name: 'plan',
  prepare: ({ map, logs }) => {
    const sequences = logs.slice(0, logged).map((log, index) => ({ student: `log ${index}`, responses: asResponses(map, log) }));
    const model = withCourse(source, map, sequences);
    const planner = preparePlanner({ map, model, dynamics: learnDynamics(map, sequences), sequences });
    const graph = createSkillGraph(map);
    const skills = map.skills.map(({ id }) => id);
    return ({ history, goals }, _left, random) => {
      const steps: PracticeStep[] = [...history];
      const student = `student ${random.integer(2 ** 31)}`;
      return {
        next: () => {
          const responses = asResponses(map, steps);
          const plan = makePlan({
            student,
            state: model.adapt(responses),
            graph,
            skills,
            goals: goals.map((goal) => skills[goal]!),
            planner,
            history: responses,
            steps: 1,
          });
          const [first] = plan.steps;
          return {
            skill: first ? skills.indexOf(first.skill) : goals[0]!,
            saidUnready: (first?.reason.unready ?? []).length > 0,
          };
        },
        observe: (step) => void steps.push(step),
      };
    };
  },
});
