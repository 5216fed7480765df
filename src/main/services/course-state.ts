import type { CourseMap, Estimate, Plan, QuestionEffort, ResponseColumns, ResponseEvent, Skill } from '../../shared/domain.ts';
import { preparePlanner } from '../../learning/planning/planner-course.ts';
import type { PlannerCourse } from '../../learning/planning/planner-course.ts';
import { createSkillGraph } from '../../learning/planning/skill-graph.ts';
import type { SkillGraph } from '../../learning/planning/skill-graph.ts';
import { MOST_ANSWERS, sampleStudents } from '../../learning/sample-students.ts';
import type { Development, SkillColumns } from '../../shared/contract/students.ts';
import { withCourse } from '../../learning/student-model/student-model.ts';
import { topicKey } from '../../learning/titles/topics.ts';
import type { StudentModel, StudentState } from '../../learning/student-model/types.ts';
import { courseBasis } from './course-basis.ts';
import type { Models } from './models.ts';
import type { Gradebook, GradebookReader, StudentHistory } from './ports.ts';

/** The gradebook's course under the current model. */
export interface Course {
  /** Model and answers that the difficulties rest on. */
  readonly key: string;
  /** Of the gradebook when this was last found to be so. */
  version: number;
  readonly map: CourseMap;
  readonly skills: readonly Skill[];
  readonly graph: SkillGraph;
  readonly model: StudentModel;
  readonly planner: PlannerCourse;
  /** What expected gains are multiplied by. */
  readonly gainFactor: Estimate | null;
  /** Imports whose answers the difficulties rest on, and the students whose; everybody's where undefined. */
  readonly upTo: number;
  readonly sample: ReadonlySet<string> | undefined;
  readonly students: Map<string, Student>;
  /** What answers to each question took of everybody; looked at when a plan first asks. */
  effort: ReadonlyMap<string, QuestionEffort> | undefined;
}

/** A student as the course sees them, with what was worked out. */
export interface Student {
  /** Of the gradebook when the answers were last found to be these. */
  version: number;
  readonly mark: string;
  readonly history: readonly ResponseEvent[];
  /** Those of them that the course's difficulties contain. */
  readonly counted: readonly ResponseEvent[];
  readonly state: StudentState;
  /** As it was made on a day, which reviews are due depends on it, and from what the teacher had decided and the material that there was, as text. */
  plan: { readonly day: number; readonly decided: string; readonly made: Plan } | undefined;
  /** As the class shows them, and how the level came about; worked out when somebody first looks. */
  bySkill: SkillColumns | undefined;
  development: Development | undefined;
}

/**
 * Without the assignments whose titles name nothing that is learned, such as "Participation" or "Final exam": their marks count as evidence, and nobody can
 * work on them as a skill. Where nothing else is known they stay.
 */
function withoutNameless(map: CourseMap): CourseMap {
  const skills = map.skills.filter(({ name, provisional }) => provisional !== true || topicKey(name) !== undefined);
  return skills.length === 0 ? map : { ...map, skills };
}

/** Students by whom the model's dynamics are held against its forecasts. */
const JUDGES = 20;
/** A class and more; what was worked out for a whole school would fill the memory. */
const REMEMBERED_STUDENTS = 500;

/** The answers of imports up to one that a course's difficulties rest on: everybody's, or where they are too many those of a sample of students. */
export function courseUpTo(
  read: GradebookReader,
  upTo: number,
): { readonly columns: ResponseColumns; readonly sample: ReadonlySet<string> | undefined } {
  const sample = read.counts().answers > MOST_ANSWERS ? sampleStudents(read.answerCounts(), MOST_ANSWERS) : undefined;
  return { columns: read.columns({ upTo, wanted: sample && ((student) => sample.has(student)) }), sample };
}

/** Those of a student's answers that the difficulties contain. */
export const countedOf = (
  { sample, upTo }: Pick<Course, 'sample' | 'upTo'>,
  studentId: string,
  { responses, importNumbers }: Pick<StudentHistory, 'responses' | 'importNumbers'>,
): readonly ResponseEvent[] =>
  !sample || sample.has(studentId) ? responses.filter((_, index) => importNumbers[index]! <= upTo) : [];

/** What is worked out of the gradebook, kept as long as it holds. */
export interface CourseState {
  /** Under the model in use; reckoned anew only where the answers that it rests on have changed. */
  current(): Course;
  /** Reads a student's answers again only where the gradebook has changed since, and works them out only where they have. */
  student(at: Course, studentId: string): Student;
}

export function createCourseState({
  gradebook,
  models,
}: {
  readonly gradebook: Gradebook;
  readonly models: Models;
}): CourseState {
  let course: Course | undefined;

  const current = (): Course => {
    const { model, note } = models.current();
    const version = gradebook.read.dataVersion();
    const id = note.id ?? 'starter';
    if (course?.version === version && course.key.startsWith(`${id}:`)) return course;
    const basis = courseBasis(gradebook.read.importSteps());
    const map = withoutNameless(gradebook.read.courseMap());
    // Typed-in answers may name a skill that nobody has named before.
    const gainFactor = gradebook.read.gainFactor();
    const key = [id, basis.key, map.skills.length, map.skills.at(-1)?.id, map.prerequisites.length, gainFactor?.value].join(':');
    if (course?.key === key) {
      course.version = version;
      return course;
    }
    const { sample, columns } = courseUpTo(gradebook.read, basis.upTo);
    const fitted = withCourse(model, map, columns);
    const judges = model.dynamics ? gradebook.read.sequences(columns.students.slice(0, JUDGES)) : [];
    course = {
      key,
      version,
      map,
      skills: map.skills,
      graph: createSkillGraph(map),
      model: fitted,
      planner: preparePlanner({ map, model: fitted, dynamics: model.dynamics, sequences: judges }),
      gainFactor,
      upTo: basis.upTo,
      sample,
      students: new Map(),
      effort: undefined,
    };
    return course;
  };

  const student = (at: Course, studentId: string): Student => {
    const known = at.students.get(studentId);
    if (known?.version === at.version) return known;
    if (known?.mark === gradebook.read.historyMark(studentId)) {
      known.version = at.version;
      return known;
    }
    const [oldest] = at.students.keys();
    if (at.students.size >= REMEMBERED_STUDENTS && oldest !== undefined) at.students.delete(oldest);
    const { mark, ...answers } = gradebook.read.history(studentId);
    const counted = countedOf(at, studentId, answers);
    const profile = gradebook.read.profile(studentId);
    const found: Student = {
      version: at.version,
      mark,
      history: answers.responses,
      counted,
      state: at.model.adapt(answers.responses, { counted, profile }),
      plan: undefined,
      bySkill: undefined,
      development: undefined,
    };
    at.students.set(studentId, found);
    return found;
  };
  return { current, student };
}
