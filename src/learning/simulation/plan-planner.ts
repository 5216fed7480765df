import type { CourseMap, PlanStep } from '../../shared/domain.ts';
import type { PracticeStep } from '../dynamics/belief.ts';
import { makePlan } from '../planning/plan.ts';
import { learnDynamics, preparePlanner } from '../planning/planner-course.ts';
import { createSkillGraph } from '../planning/skill-graph.ts';
import { withCourse } from '../student-model/student-model.ts';
import type { TrainedModel } from '../trained-model.ts';
import { asResponses } from './baseline-planners.ts';
import { progressOn } from './progress-planner.ts';
import type { StudiedPlanner } from './study-planners.ts';

/** Students whose logs the course is fitted to. */
const MOST_LOGS = 200;

const CHOSEN_AMONG = 3;
const LEVEL = 0.75;

/** progress: what the student has been getting better at · variety: what is not, and does not touch, what was just practised. */
export type Among = 'progress' | 'variety';

const ORDERS: Readonly<Record<Among, (level: readonly PlanStep[], steps: readonly PracticeStep[], map: CourseMap) => PlanStep>> =
  {
    progress: (level, steps, { skills }) => {
      const progress = ({ skill }: PlanStep): number =>
        progressOn(
          skills.findIndex(({ id }) => id === skill),
          steps,
        );
      return level.toSorted((a, b) => progress(b) - progress(a))[0]!;
    },
    variety: (level, steps, { skills, prerequisites }) => {
      const last = steps.at(-1);
      const before = last && skills[last.skill]!.id;
      const touches = (skill: string): boolean =>
        skill === before ||
        prerequisites.some(
          (each) =>
            (each.skill === skill && each.prerequisite === before) || (each.skill === before && each.prerequisite === skill),
        );
      return level.find(({ skill }) => !touches(skill)) ?? level[0]!;
    },
  };

/**
 * The whole road of a study plan, as a teacher meets it: difficulties and dynamics from the class's answers, who of dynamics and student model says where the
 * student stands, then the plan's first step, made anew after each answer. Nobody tells it how many steps are left.
 * @param source the model whose learned parameters are used
 * @param among how to choose among the first steps whose expected gain is about level; the first one where left out
 */
export const planPlanner = (source: TrainedModel, logged = MOST_LOGS, among?: Among): StudiedPlanner => ({
  name: among ? `plan-${among}` : 'plan',
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
            steps: among ? CHOSEN_AMONG : 1,
          });
          const [best] = plan.steps;
          const level = plan.steps.filter(
            ({ expectedGain, reason }) =>
              expectedGain.value >= LEVEL * best!.expectedGain.value && (reason.unready ?? []).length === 0,
          );
          const first = among && level.length > 1 ? ORDERS[among](level, steps, map) : best;
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
