import type { CourseMap, ResponseEvent } from '../../shared/domain.ts';
import type { PracticeStep } from '../dynamics/belief.ts';
import { createStructure } from '../dynamics/structure.ts';
import { withCourse } from '../student-model/student-model.ts';
import type { TrainedModel } from '../trained-model.ts';
import type { StudiedPlanner } from './study-planners.ts';

export const randomPlanner: StudiedPlanner = {
  name: 'random',
  prepare:
    ({ map }) =>
    (_learner, _left, random) => ({ next: () => ({ skill: random.integer(map.skills.length) }), observe: () => undefined }),
};

/** In the order of prerequisites, goals and what they rest on: the first skill whose last answer was not right. */
export const prerequisiteOrder: StudiedPlanner = {
  name: 'prerequisite-order',
  prepare: ({ map }) => {
    const structure = createStructure(map);
    return ({ history, goals }, _left, random) => {
      const pool = new Set(goals);
      for (const goal of goals) for (const below of structure.ancestors[goal]!) pool.add(below);
      const order = [...structure.order].filter((skill) => pool.has(skill));
      const last = new Map(history.map(({ skill, correct }) => [skill, correct]));
      return {
        next: () => ({ skill: order.find((skill) => (last.get(skill) ?? 0) < 0.5) ?? random.choice(order) }),
        observe: ({ skill, correct }) => void last.set(skill, correct),
      };
    };
  },
};

/** Of the goals whose last answer was not right, the one that other students answer right most often. */
export const easiestFirst: StudiedPlanner = {
  name: 'easiest-first',
  prepare: ({ map, logs }) => {
    const right = new Float64Array(map.skills.length).fill(1);
    const all = new Float64Array(map.skills.length).fill(2);
    for (const log of logs)
      for (const { skill, correct } of log) {
        right[skill]! += correct;
        all[skill]! += 1;
      }
    return ({ history, goals }, _left, random) => {
      const order = [...goals].sort((a, b) => right[b]! / all[b]! - right[a]! / all[a]!);
      const last = new Map(history.map(({ skill, correct }) => [skill, correct]));
      return {
        next: () => ({ skill: order.find((skill) => (last.get(skill) ?? 0) < 0.5) ?? random.choice(order) }),
        observe: ({ skill, correct }) => void last.set(skill, correct),
      };
    };
  },
};

/** Steps as answers; a skill's only question is the skill. */
export const asResponses = (map: CourseMap, steps: readonly PracticeStep[]): ResponseEvent[] =>
  steps.map(({ skill, correct }, order) => {
    const { id } = map.skills[skill]!;
    return { order, question: id, skills: [id], correct };
  });

/** Students whose logs give the difficulties; more change nothing. */
const MOST_LOGS = 200;

/** The largest expected gain of the next step, by the student model alone. @param source the model whose learned parameters are used */
export const greedyGain = (source: TrainedModel): StudiedPlanner => ({
  name: 'greedy-gain',
  prepare: ({ map, logs }) => {
    const model = withCourse(
      source,
      map,
      logs.slice(0, MOST_LOGS).map((log, index) => ({ student: String(index), responses: asResponses(map, log) })),
    );
    return ({ history, goals }) => {
      const steps = [...history];
      const targets = goals.map((goal) => map.skills[goal]!.id);
      return {
        next: () => {
          const state = model.adapt(asResponses(map, steps));
          let best = { skill: 0, gain: -Infinity };
          map.skills.forEach(({ id }, skill) => {
            const gain = state.expectedGain(id, 1, targets).value;
            if (gain > best.gain) best = { skill, gain };
          });
          return { skill: best.skill };
        },
        observe: (step) => void steps.push(step),
      };
    };
  },
});
