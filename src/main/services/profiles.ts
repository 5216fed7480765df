import type { ClassOverview, Development, SkillColumns, StudentView } from '../../shared/contract/students.ts';
import type { Estimate, Plan, ResponseEvent } from '../../shared/domain.ts';
import { PathlightError } from '../../shared/errors.ts';
import { DAY_MS } from '../../shared/time.ts';
import { createBreather } from './breather.ts';
import { withGainFactor } from '../../learning/planning/gain-factor.ts';
import { judgeDecisions, NO_OVERRIDES, overridesOf } from '../../learning/planning/overrides.ts';
import type { JudgedDecision } from '../../learning/planning/overrides.ts';
import { makePlan } from '../../learning/planning/plan.ts';
import type { PlanOptions } from '../../learning/planning/plan.ts';
import { dayOf } from '../../shared/time.ts';
import type { Supposable } from '../../learning/planning/what-if.ts';
import type { StudentState } from '../../learning/student-model/types.ts';
import { createCourseState } from './course-state.ts';
import type { Course, Student } from './course-state.ts';
import type { Models } from './models.ts';
import { planMaterial } from './teacher/material.ts';
import type { Clock, Gradebook, StudentRecord } from './ports.ts';

/** Somebody of a class with all that is known of them. */
export interface Member {
  readonly record: StudentRecord;
  /** The same object as long as nothing about the student has changed. */
  readonly student: Pick<Student, 'history' | 'state'>;
  readonly plan: Plan;
  /** Fitted to some of the answers only. */
  readonly adapt: (answers: readonly ResponseEvent[]) => StudentState;
}

export interface Profiles {
  /** Everybody of a class, one after the other; lets other work in while it computes. */
  members(classId: string | null): AsyncIterable<Member>;
  /** Lets other work in while it computes: a school's worth of students takes seconds. */
  overview(classId: string | null): Promise<ClassOverview>;
  student(studentId: string): StudentView;
  /** Level after 0, 1, 2, … answers, thinned; difficulties as they are known today. Lets other work in. */
  development(studentId: string): Promise<Development>;
  plan(studentId: string): Plan;
  /** What the teacher decided about the student and did not take back, newest first. */
  decisions(studentId: string): readonly JudgedDecision[];
  /** What the plan is made from, and how it would be made from other answers. */
  planning(studentId: string): Supposable;
  /** What expected gains are multiplied by; null: nothing. */
  gainFactor(): Estimate | null;
  /** P(right) on a skill for somebody of whom nothing is known. */
  newcomer(): (skill: string) => Estimate;
  /** The student's own vector φ, and the number of answers that it rests on. */
  adaptation(studentId: string): { readonly phi: Float64Array; readonly answers: number };
}

/** Points of the level over time; fewer in a course of more skills than `LARGE_COURSE`, where each takes longer. */
const DEVELOPMENT_POINTS = 30;
const LARGE_COURSE = 60;
const LARGE_DEVELOPMENT_POINTS = 16;
/** Four digits are more than a screen shows; a school's worth of full ones would be tens of megabytes. */
const fourDigits = (value: number): number => Math.round(value * 1e4) / 1e4;
const rounded = ({ value, standardError }: Estimate): Estimate => ({
  value: fourDigits(value),
  standardError: fourDigits(standardError),
});

/** Whether there is enough evidence about the student, and how many answers are wanted otherwise. */
function judged(state: StudentState): { enough: boolean; wanted: number } {
  const { enough, wanted } = state.evidence();
  return { enough, wanted };
}

const cellColumns = (cells: StudentView['cells']): SkillColumns => ({
  forecast: cells.map(({ forecast }) => forecast.value),
  forecastError: cells.map(({ forecast }) => forecast.standardError),
  mastery: cells.map(({ mastery }) => mastery.value),
  masteryError: cells.map(({ mastery }) => mastery.standardError),
  answers: cells.map(({ answers }) => answers),
  wanted: cells.map(({ enough, wanted }) => (enough ? 0 : wanted)),
});

export function createProfiles(options: {
  readonly gradebook: Gradebook;
  readonly models: Models;
  readonly clock: Clock;
}): Profiles {
  const { gradebook, models } = options;
  const { current: currentCourse, student: studentOf } = createCourseState(options);
  const stateOf = (at: Course, studentId: string): StudentState => studentOf(at, studentId).state;

  let material: { readonly version: number; readonly key: string; readonly bySkill: PlanOptions['material'] } | undefined;
  const materialNow = () => {
    const version = gradebook.read.dataVersion();
    if (material?.version !== version) {
      const bySkill = planMaterial(gradebook.read.material());
      material = { version, bySkill, key: bySkill.size === 0 ? '' : JSON.stringify([...bySkill]) };
    }
    return material;
  };

  const decisionsOf = (
    at: Course,
    studentId: string,
    history: readonly ResponseEvent[] = studentOf(at, studentId).history,
  ): readonly JudgedDecision[] => {
    const standing = gradebook.read.decisions(studentId).filter(({ stands }) => stands);
    if (standing.length === 0) return [];
    return judgeDecisions(standing, { history, skills: new Set(at.skills.map(({ id }) => id)), at: options.clock() });
  };

  const planningOf = (
    at: Course,
    studentId: string,
    { state, history, counted }: Pick<Student, 'state' | 'history' | 'counted'> = studentOf(at, studentId),
  ): Supposable => {
    const profile = gradebook.read.profile(studentId);
    return {
      student: studentId,
      state,
      graph: at.graph,
      skills: at.skills.map((skill) => skill.id),
      planner: at.planner,
      history,
      material: materialNow().bySkill,
      overrides: overridesOf(decisionsOf(at, studentId, history)),
      norms: (question) => (at.effort ??= gradebook.read.effort()).get(question),
      profile,
      now: dayOf(options.clock()) * DAY_MS,
      adapt: (answers) => at.model.adapt(answers, { counted, profile }),
    };
  };
  const planOf = (
    at: Course,
    studentId: string,
    student = studentOf(at, studentId),
    planning = planningOf(at, studentId, student),
  ): Plan => {
    const day = dayOf(options.clock());
    // A day that comes ends a decision although nothing was written.
    const { decisions } = planning.overrides ?? NO_OVERRIDES;
    const decided = materialNow().key + (decisions.length === 0 ? '' : JSON.stringify(decisions));
    if (student.plan?.day !== day || student.plan.decided !== decided)
      student.plan = { day, decided, made: withGainFactor(makePlan(planning), at.gainFactor) };
    return student.plan.made;
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

  const columnsOf = (at: Course, student: Student): SkillColumns => (student.bySkill ??= cellColumns(cellsOf(at, student.state)));

  const find = (studentId: string): StudentRecord => {
    const student = gradebook.read.student(studentId);
    if (!student) throw new PathlightError('no-such-student', 'This student is not in the gradebook any more.', {});
    return student;
  };

  const development = async (at: Course, student: Student, studentId: string): Promise<Development> => {
    const { history, counted } = student;
    const profile = gradebook.read.profile(studentId);
    const breathe = createBreather(options.clock);
    const most = at.skills.length > LARGE_COURSE ? LARGE_DEVELOPMENT_POINTS : DEVELOPMENT_POINTS;
    const points = Math.min(history.length, most);
    const found: Development = [];
    for (let index = 0; index <= points; index++) {
      await breathe();
      const answers = points === 0 ? 0 : Math.round((index * history.length) / points);
      const state = answers === history.length ? student.state : at.model.adapt(history.slice(0, answers), { counted, profile });
      found.push({ answers, level: state.level() });
    }
    return found;
  };

  async function* members(classId: string | null): AsyncGenerator<Member & { readonly student: Student }> {
    const at = currentCourse();
    const breathe = createBreather(options.clock);
    for (const record of gradebook.read.students(classId)) {
      await breathe();
      const student = studentOf(at, record.id);
      const planning = planningOf(at, record.id, student);
      yield { record, student, plan: planOf(at, record.id, student, planning), adapt: planning.adapt };
    }
  }

  return {
    members,
    async overview(classId) {
      const at = currentCourse();
      const focus = new Map<string, string[]>();
      const students: ClassOverview['students'] = [];
      for await (const { record: student, student: known, plan } of members(classId)) {
        const { state } = known;
        const first = plan.steps[0];
        if (first && state.answers > 0) focus.set(first.skill, [...(focus.get(first.skill) ?? []), student.id]);
        students.push({
          id: student.id,
          name: student.name,
          answers: state.answers,
          marks: plan.marks ?? 0,
          lastAnswerAt: student.lastAnswerAt,
          level: state.level(),
          ...judged(state),
          next: first ? { skill: first.skill, expectedGain: first.expectedGain } : null,
          bySkill: columnsOf(at, known),
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
        model: models.current().note,
      };
    },
    async development(studentId) {
      find(studentId);
      const at = currentCourse();
      const student = studentOf(at, studentId);
      return (student.development ??= await development(at, student, studentId));
    },
    adaptation(studentId) {
      find(studentId);
      const { phi, answers } = stateOf(currentCourse(), studentId);
      return { phi, answers };
    },
    newcomer() {
      const state = currentCourse().model.adapt([]);
      return (skill) => rounded(state.forecastSkill(skill));
    },
    gainFactor: () => currentCourse().gainFactor,
    planning(studentId) {
      find(studentId);
      return planningOf(currentCourse(), studentId);
    },
    plan(studentId) {
      find(studentId);
      return planOf(currentCourse(), studentId);
    },
    decisions(studentId) {
      find(studentId);
      return decisionsOf(currentCourse(), studentId);
    },
  };
}
