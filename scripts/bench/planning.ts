import path from 'node:path';
import { createRandom } from '../../src/learning/random.ts';
import { readModel } from '../../src/main/services/model-store.ts';
import { makePlan } from '../../src/learning/planning/plan.ts';
import { preparePlanner } from '../../src/learning/planning/planner-course.ts';
import { createSkillGraph } from '../../src/learning/planning/skill-graph.ts';
import { drawCourse, simulateStudents, SMALL_COURSE_TRAITS } from '../../src/learning/simulation/simulated-course.ts';
import { withCourse } from '../../src/learning/student-model/student-model.ts';
import { median, quantile } from './measurement.ts';
import type { Measurement, Outcome } from './measurement.ts';
import { root } from './places.ts';

const SKILLS = 500;
const CLASS = 40;
const ANSWERS = 60;
const ROUNDS = 5;
const GOALS = 10;

export const planning: Measurement = {
  key: 'planning',
  title: `Planning for students with ${ANSWERS} answers each in a course of ${SKILLS} skills`,
  async measure(): Promise<Outcome> {
    const random = createRandom(1);
    const course = drawCourse({ ...SMALL_COURSE_TRAITS, skills: SKILLS }, random);
    const ids = Array.from({ length: CLASS * 2 }, (_, index) => `student-${index + 1}`);
    const sequences = simulateStudents(course, ids, () => ANSWERS, random);
    const model = withCourse(readModel(path.join(root, 'resources', 'starter')), course.map, sequences);
    const planner = preparePlanner({ map: course.map, model, sequences });
    const graph = createSkillGraph(course.map);
    const skills = course.map.skills.map(({ id }) => id);
    const plan = (index: number, goals?: readonly string[]): number => {
      const { student, responses } = sequences[index]!;
      const state = model.adapt(responses, { counted: responses });
      const began = performance.now();
      const made = makePlan({ student, state, graph, skills, goals, planner, history: responses });
      if (made.steps.length === 0) throw new Error('A plan has no step.');
      return performance.now() - began;
    };
    // The first ones warm the engine up.
    for (let index = CLASS; index < 2 * CLASS; index++) plan(index);
    const single: number[] = [];
    const goalled: number[] = [];
    const classes: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const own = Array.from({ length: CLASS }, (_, index) => plan(index));
      single.push(...own);
      classes.push(own.reduce((sum, each) => sum + each, 0));
      goalled.push(...Array.from({ length: CLASS }, (_, index) => plan(index, random.shuffle(skills).slice(0, GOALS))));
    }
    const bar = { value: 50, sense: 'at most' } as const;
    const [wholeCourse, goals, classOf40] = [median(single), median(goalled), median(classes)];
    return {
      lines: [
        { what: 'One student’s plan for the whole course; median', value: wholeCourse, unit: 'ms', bar },
        { what: 'The same, 95% of them', value: quantile(single, 0.95), unit: 'ms' },
        { what: `One student’s plan for ${GOALS} goals; median`, value: goals, unit: 'ms', bar },
        { what: `A class of ${CLASS}`, value: classOf40, unit: 'ms', bar: { value: 1000, sense: 'at most' } },
      ],
      json: { wholeCourseMilliseconds: wholeCourse, goalsMilliseconds: goals, classOf40Milliseconds: classOf40 },
    };
  },
};
