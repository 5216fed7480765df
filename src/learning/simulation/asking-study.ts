import type { ResponseEvent } from '../../shared/domain.ts';
import { chooseQuestions } from '../planning/ask.ts';
import type { CourseQuestion } from '../planning/askable.ts';
import type { SkillGraph } from '../planning/skill-graph.ts';
import { createSkillGraph } from '../planning/skill-graph.ts';
import { createRandom } from '../random.ts';
import type { Random } from '../random.ts';
import type { StudentModel, StudentState } from '../student-model/types.ts';
import { questionId } from './simulated-course.ts';
import type { SimulatedCourse, SimulatedStudent } from './simulated-course.ts';

export type Asker = 'random' | 'adaptive';

/** What one asker's forecasts miss after 0, 1, 2, … questions; sums over what is judged. */
export interface AskingCurve {
  readonly squaredError: Float64Array;
  readonly logLoss: Float64Array;
  judged: number;
}

export const emptyCurve = (questions: number): AskingCurve => ({
  squaredError: new Float64Array(questions + 1),
  logLoss: new Float64Array(questions + 1),
  judged: 0,
});

export interface AskingOptions {
  readonly model: StudentModel;
  readonly graph: SkillGraph;
  readonly targets: readonly string[];
  readonly pool: readonly CourseQuestion[];
  readonly asker: Asker;
  readonly questions: number;
  readonly random: Random;
  /** The student's answer to a question of the pool, 0 or 1; the same whenever it is asked. */
  answer(question: CourseQuestion): number;
  /** Called after 0, 1, 2, … answers. */
  judge(state: StudentState, answers: number): void;
}

/** Asks one student one question after the other, each with the answers before it known. */
export function askStudent(options: AskingOptions): void {
  const { model, graph, targets, pool, asker, random } = options;
  const history: ResponseEvent[] = [];
  const drawn = random.shuffle([...pool]);
  for (let count = 0; ; count++) {
    const state = model.adapt(history);
    options.judge(state, count);
    if (count === options.questions) return;
    let next = drawn[count]!;
    if (asker === 'adaptive') {
      const { questions } = chooseQuestions({ state, graph, targets, questions: pool, history, count: 1 });
      const [chosen] = questions;
      if (chosen) next = pool.find(({ id }) => id === chosen.question)!;
    }
    history.push({ order: count, question: next.id, skills: next.skills, correct: options.answer(next) });
  }
}

/** Asks simulated students and holds the forecasts of all skills against the truth, into the curve. Nobody learns by being asked. */
export function studyAsking(options: {
  readonly model: StudentModel;
  readonly course: SimulatedCourse;
  readonly students: readonly SimulatedStudent[];
  readonly answered: ReadonlyMap<string, number>;
  readonly asker: Asker;
  readonly questions: number;
  readonly seed: number;
  readonly curve: AskingCurve;
}): void {
  const { course, curve } = options;
  const { skills } = course.map;
  const places = new Map<string, readonly [skill: number, question: number]>();
  const pool = skills.flatMap(({ id }, skill) =>
    course.questionEase[skill]!.map((_, question): CourseQuestion => {
      const second = course.secondSkill[skill]![question]!;
      const key = questionId(course, skill, question);
      places.set(key, [skill, question]);
      return { id: key, skills: second < 0 ? [id] : [skills[second]!.id, id], answers: options.answered.get(key) ?? 0 };
    }),
  );
  const graph = createSkillGraph(course.map);
  options.students.forEach(({ truth }, student) => {
    const probability = truth(0);
    // Both askers hear the same answer to the same question.
    const chance = createRandom(options.seed * 100_003 + student);
    const answers = new Map(pool.map(({ id }) => [id, chance.uniform() < probability(...places.get(id)!) ? 1 : 0]));
    const right = skills.map((_, skill) => probability(skill));
    askStudent({
      ...options,
      graph,
      targets: skills.map(({ id }) => id),
      pool,
      random: chance,
      answer: ({ id }) => answers.get(id)!,
      judge(state, count) {
        skills.forEach(({ id }, skill) => {
          const forecast = Math.min(1 - 1e-6, Math.max(1e-6, state.forecastSkill(id).value));
          const p = right[skill]!;
          curve.squaredError[count]! += (forecast - p) ** 2;
          curve.logLoss[count]! -= p * Math.log(forecast) + (1 - p) * Math.log(1 - forecast);
        });
      },
    });
    curve.judged += skills.length;
  });
}

/** The fewest questions after which a curve is as low as `bar`; undefined where it never is. */
export function reaches(curve: Float64Array, bar: number): number | undefined {
  const at = curve.findIndex((value) => value <= bar);
  return at < 0 ? undefined : at;
}
