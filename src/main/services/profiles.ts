import type { ClassOverview, StudentView } from '../../shared/contract/students.ts';
import type { CourseMap, Estimate, Plan, ResponseEvent, Skill, StudentProfile } from '../../shared/domain.ts';
import { PathlightError } from '../../shared/errors.ts';
import { makePlan } from '../../learning/planning/plan.ts';
import { createSkillGraph } from '../../learning/planning/skill-graph.ts';
import type { SkillGraph } from '../../learning/planning/skill-graph.ts';
import { withCourse } from '../../learning/student-model/student-model.ts';
import type { StudentModel, StudentState } from '../../learning/student-model/types.ts';
import type { Models } from './models.ts';
import type { Clock, Gradebook, StudentRecord } from './ports.ts';

/** The gradebook's course under the current model, as of one version of the data. */
interface Course {
  readonly key: string;
  readonly map: CourseMap;
  readonly skills: readonly Skill[];
  readonly graph: SkillGraph;
  readonly model: StudentModel;
  readonly answers: ReadonlyMap<string, readonly ResponseEvent[]>;
  readonly profiles: ReadonlyMap<string, StudentProfile>;
  readonly states: Map<string, StudentState>;
  readonly plans: Map<string, Plan>;
}

export interface Profiles {
  /** Lets other work in while it computes: a school's worth of students takes seconds. */
  overview(classId: string | null): Promise<ClassOverview>;
  student(studentId: string): StudentView;
  plan(studentId: string): Plan;
  /** The student's own vector φ, and the number of answers that it rests on. */
  adaptation(studentId: string): { readonly phi: Float64Array; readonly answers: number };
}

const DEVELOPMENT_POINTS = 30;
/** Nobody waits longer than this for an answer while a class is worked out. */
const SLICE_MS = 25;
/** Four digits are more than a screen shows; a school's worth of full ones would be tens of megabytes. */
const rounded = ({ value, standardError }: Estimate): Estimate => ({
  value: Math.round(value * 1e4) / 1e4,
  standardError: Math.round(standardError * 1e4) / 1e4,
});

/** Whether there is enough evidence about the student, and how many answers are wanted otherwise. */
function judged(state: StudentState): { enough: boolean; wanted: number } {
  const { enough, wanted } = state.evidence();
  return { enough, wanted };
}

export function createProfiles(options: {
  readonly gradebook: Gradebook;
  readonly models: Models;
  readonly clock: Clock;
}): Profiles {
  const { gradebook, models } = options;
  let course: Course | undefined;

  const currentCourse = (): Course => {
    const { model, note } = models.current();
    const key = `${gradebook.read.dataVersion()}:${note.id ?? 'starter'}`;
    if (course?.key === key) return course;
    const map = gradebook.read.courseMap();
    const sequences = gradebook.read.sequences();
    course = {
      key,
      map,
      skills: map.skills,
      graph: createSkillGraph(map),
      model: withCourse(model, map, sequences),
      answers: new Map(sequences.map((sequence) => [sequence.student, sequence.responses])),
      profiles: new Map(gradebook.read.students(null).map((student) => [student.id, student.profile])),
      states: new Map(),
      plans: new Map(),
    };
    return course;
  };

  const stateOf = (at: Course, studentId: string): StudentState => {
    let state = at.states.get(studentId);
    if (!state) {
      const history = at.answers.get(studentId) ?? [];
      state = at.model.adapt(history, { counted: history, profile: at.profiles.get(studentId) });
      at.states.set(studentId, state);
    }
    return state;
  };

  const planOf = (at: Course, studentId: string): Plan => {
    let plan = at.plans.get(studentId);
    if (!plan) {
      plan = makePlan({
        student: studentId,
        state: stateOf(at, studentId),
        graph: at.graph,
        skills: at.skills.map((skill) => skill.id),
      });
      at.plans.set(studentId, plan);
    }
    return plan;
  };

  const cellsOf = (at: Course, state: StudentState): StudentView['cells'] =>
    at.skills.map(({ id }) => {
      const { answers, enough, wanted } = state.evidence(id);
      return {
        skill: id,
        forecast: rounded(state.forecastSkill(id)),
        mastery: rounded(state.mastery(id)),
        answers,
        enough,
        wanted,
      };
    });

  const find = (studentId: string): StudentRecord => {
    const student = gradebook.read.student(studentId);
    if (!student) throw new PathlightError('no-such-student', 'This student is not in the gradebook any more.', {});
    return student;
  };

  /** Level after 0, 1, 2, … answers, thinned; difficulties as they are known today. */
  const development = (at: Course, studentId: string): StudentView['development'] => {
    const history = at.answers.get(studentId) ?? [];
    const points = Math.min(history.length, DEVELOPMENT_POINTS);
    return Array.from({ length: points + 1 }, (_, index) => {
      const answers = points === 0 ? 0 : Math.round((index * history.length) / points);
      const state =
        answers === history.length
          ? stateOf(at, studentId)
          : at.model.adapt(history.slice(0, answers), { counted: history, profile: at.profiles.get(studentId) });
      return { answers, level: state.level() };
    });
  };

  return {
    async overview(classId) {
      const at = currentCourse();
      const focus = new Map<string, string[]>();
      const students: ClassOverview['students'] = [];
      let begun = options.clock();
      for (const student of gradebook.read.students(classId)) {
        if (options.clock() - begun > SLICE_MS) {
          await new Promise((resolve) => setImmediate(resolve));
          begun = options.clock();
        }
        const state = stateOf(at, student.id);
        const first = planOf(at, student.id).steps[0];
        if (first && state.answers > 0) focus.set(first.skill, [...(focus.get(first.skill) ?? []), student.id]);
        students.push({
          id: student.id,
          name: student.name,
          answers: state.answers,
          lastAnswerAt: student.lastAnswerAt,
          level: state.level(),
          ...judged(state),
          next: first ? { skill: first.skill, expectedGain: first.expectedGain } : null,
          cells: cellsOf(at, state),
        });
      }
      return {
        classId,
        skills: [...at.skills],
        students,
        focus: [...focus]
          .map(([skill, members]) => ({ skill, students: members }))
          .sort((a, b) => b.students.length - a.students.length),
        model: models.current().note,
      };
    },
    student(studentId) {
      const record = find(studentId);
      const at = currentCourse();
      const state = stateOf(at, studentId);
      return {
        id: record.id,
        name: record.name,
        className: record.className,
        grade: record.grade,
        profile: (['background', 'preference', 'behaviour'] as const).flatMap((group) =>
          Object.entries(record.profile[group]).map(([field, value]) => ({ group, field, value })),
        ),
        level: state.level(),
        ...judged(state),
        skills: [...at.skills],
        prerequisites: [...at.map.prerequisites],
        cells: cellsOf(at, state),
        plan: structuredClone(planOf(at, studentId)) as StudentView['plan'],
        answers: gradebook.read.answersOf(studentId).map((answer) => ({ ...answer, skills: [...answer.skills] })),
        development: development(at, studentId),
        model: models.current().note,
      };
    },
    adaptation(studentId) {
      find(studentId);
      const { phi, answers } = stateOf(currentCourse(), studentId);
      return { phi, answers };
    },
    plan(studentId) {
      find(studentId);
      return planOf(currentCourse(), studentId);
    },
  };
}
