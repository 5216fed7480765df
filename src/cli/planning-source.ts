import path from 'node:path';
import { judgeDecisions, overridesOf } from '../learning/planning/overrides.ts';
import { effortNorms } from '../learning/planning/effort.ts';
import { learnDynamics, preparePlanner } from '../learning/planning/planner-course.ts';
import { createSkillGraph } from '../learning/planning/skill-graph.ts';
import type { Supposable } from '../learning/planning/what-if.ts';
import { createStudentModel, withCourse } from '../learning/student-model/student-model.ts';
import { readModel } from '../main/services/model-store.ts';
import type { StudentState } from '../learning/student-model/types.ts';
import type { PlanStamp, School } from '../shared/contract/plans.ts';
import type { Estimate, ResponseEvent, ResponseSequence, TimeBudget } from '../shared/domain.ts';
import { readGradebook } from './read-gradebook.ts';
import { programVersion, resolveTyped, resources } from './paths.ts';
import { readCourseMap, readGoals, readResponses } from './read-responses.ts';

export interface PlanningOptions {
  /** Folder of a model; without one the gradebook's newest speaks, or the shipped starter. */
  readonly model?: string;
  readonly responses?: string;
  /** Folder of a gradebook. */
  readonly data?: string;
  readonly goals?: string;
  readonly skills?: string;
  readonly prerequisites?: string;
  /** How much time the plan may take. */
  readonly budget?: TimeBudget;
}

/** Everything that plans on the command line are made from. */
export interface PlanningSource {
  readonly sequences: readonly ResponseSequence[];
  /** What plans rest on. */
  readonly stamp: PlanStamp;
  studentName(student: string): string;
  /** Undefined where no gradebook is read. */
  readonly school: School | undefined;
  nameOf(skill: string): string;
  /** What expected gains are multiplied by, as in the app; null: nothing, or another model than the gradebook's speaks. */
  readonly gainFactor: Estimate | null;
  /** What the plan of a student with these answers is made from. */
  planning(student: string, responses: readonly ResponseEvent[]): Supposable;
}

/** Rounds of a fit that somebody waits for. */
const FEW_ROUNDS = 4;
/** Whether the answers are of a course of which most skills are unknown. */
const strange = (known: Readonly<Record<string, number>>, asked: ReadonlySet<string>): boolean =>
  [...asked].filter((skill) => !(skill in known)).length > asked.size / 2;

export const skillsOf = (sequences: readonly ResponseSequence[]): Set<string> => {
  const skills = new Set<string>();
  for (const { responses } of sequences) for (const response of responses) for (const skill of response.skills) skills.add(skill);
  return skills;
};

/** Reads a gradebook, or files of answers or marks, and fits the course to them. */
export async function readPlanningSource(options: PlanningOptions): Promise<PlanningSource> {
  const held = options.data === undefined ? undefined : readGradebook(options.data);
  const stored = readModel(options.model ? resolveTyped(options.model) : (held?.model ?? path.join(resources, 'starter')));
  const sequences = held?.sequences ?? (await readResponses([options.responses!]));
  const given = options.skills !== undefined || options.prerequisites !== undefined;
  const known = held?.courseMap ?? stored.courseMap;
  const asked = skillsOf(sequences);
  const read = given
    ? await readCourseMap(options.skills, options.prerequisites, [...stored.vocabulary.skills, ...asked])
    : known;
  const names = new Map([...known.skills, ...(options.skills ? read.skills : [])].map((skill) => [skill.id, skill.name]));
  const prerequisites = options.prerequisites ? read.prerequisites : known.prerequisites;
  const skills = new Map(
    [...known.skills, ...read.skills].map((skill) => [skill.id, { id: skill.id, name: names.get(skill.id) ?? skill.name }]),
  );
  // A course that the model was not trained on: its difficulties come from these students themselves.
  const vocabulary = new Set(stored.vocabulary.skills);
  const foreign = held !== undefined || [...asked].some((skill) => !vocabulary.has(skill));
  if (foreign) for (const skill of asked) if (!skills.has(skill)) skills.set(skill, { id: skill, name: skill });
  const courseMap = { skills: [...skills.values()], prerequisites };
  const graph = createSkillGraph(courseMap);
  const model = foreign ? withCourse(stored, courseMap, sequences) : createStudentModel({ ...stored, courseMap });
  // A course that the model knows nothing of is learned from the class at hand.
  const dynamics =
    stored.dynamics && !strange(stored.dynamics.threshold, asked)
      ? stored.dynamics
      : learnDynamics(courseMap, sequences, FEW_ROUNDS);
  const norms = effortNorms(sequences);
  const now = Date.now();
  const planner = preparePlanner({ map: courseMap, model, dynamics, sequences });
  const goals = options.goals ? readGoals(options.goals) : new Map<string, string[]>();
  const nameOf = (skill: string): string => names.get(skill) ?? skill;
  const ids = courseMap.skills.map((skill) => skill.id);
  const ground = { skills: new Set(ids), at: Date.now() };
  return {
    sequences,
    stamp: {
      modelId: options.model === undefined ? (held?.modelId ?? null) : null,
      modelTrainedAt: stored.trainedAt,
      pastStudents: stored.provenance.students,
      dataAt: held?.dataAt ?? null,
      version: programVersion(),
    },
    studentName: (student) => held?.names.get(student) ?? student,
    school: held?.school,
    nameOf,
    gainFactor: options.model === undefined ? (held?.gainFactor ?? null) : null,
    planning(student, responses) {
      const adapt = (history: readonly ResponseEvent[]): StudentState =>
        model.adapt(history, foreign ? { counted: responses } : undefined);
      return {
        student,
        state: adapt(responses),
        graph,
        skills: ids,
        goals: goals.get(student),
        planner,
        history: responses,
        material: held?.material,
        overrides: overridesOf(judgeDecisions(held?.decisions.get(student) ?? [], { ...ground, history: responses })),
        norms,
        profile: held?.profiles.get(student),
        now,
        budget: options.budget,
        adapt,
      };
    },
  };
}
