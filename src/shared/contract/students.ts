import { z } from 'zod';
import { estimate, nothing, plan, skillReference } from './common.ts';
import { undoResult } from './imports.ts';
import { route } from './route.ts';

/** Which model speaks: the school's own, or the shipped prior. */
export const modelNote = z.object({
  id: z.string().nullable(),
  kind: z.enum(['own', 'starter']),
  trainedAt: z.number().nullable(),
  /** Past students that the difficulties rest on. */
  pastStudents: z.number(),
});

export const studentCell = z.object({
  skill: z.string(),
  forecast: estimate,
  mastery: estimate,
  answers: z.number(),
  /** False: not enough evidence yet; then so many more answers are expected to suffice. */
  enough: z.boolean(),
  wanted: z.number(),
});

/** What is known of one student skill by skill, in the order of the overview's skills: for a school's worth of students a list of objects would be tens of megabytes. */
export const skillColumns = z.object({
  forecast: z.array(z.number()),
  forecastError: z.array(z.number()),
  mastery: z.array(z.number()),
  masteryError: z.array(z.number()),
  answers: z.array(z.number()),
  /** 0: enough evidence. */
  wanted: z.array(z.number()),
});
export type SkillColumns = z.infer<typeof skillColumns>;

export const studentRow = z.object({
  id: z.string(),
  name: z.string(),
  answers: z.number(),
  /** How many of these are marks. */
  marks: z.number(),
  lastAnswerAt: z.number().nullable(),
  level: estimate,
  enough: z.boolean(),
  wanted: z.number(),
  /** First step of the path, if there is one. */
  next: z.object({ skill: z.string(), expectedGain: estimate }).nullable(),
  bySkill: skillColumns,
});

export const classOverview = z.object({
  classId: z.string().nullable(),
  skills: z.array(skillReference),
  students: z.array(studentRow),
  /** The step that helps most students next, with those who share it. */
  focus: z.array(z.object({ skill: z.string(), students: z.array(z.string()) })),
  model: modelNote,
});
export type ClassOverview = z.infer<typeof classOverview>;

export const answerRow = z.object({
  order: z.number(),
  question: z.string(),
  skills: z.array(z.string()),
  correct: z.number(),
  timestamp: z.number().nullable(),
  importId: z.string(),
  /** False where the question was taken out. */
  counts: z.boolean(),
});

export const studentView = z.object({
  id: z.string(),
  name: z.string(),
  className: z.string().nullable(),
  grade: z.string().nullable(),
  profile: z.array(
    z.object({
      group: z.enum(['background', 'preference', 'behaviour']),
      field: z.string(),
      value: z.union([z.string(), z.number()]),
    }),
  ),
  level: estimate,
  enough: z.boolean(),
  wanted: z.number(),
  skills: z.array(skillReference),
  prerequisites: z.array(z.object({ skill: z.string(), prerequisite: z.string() })),
  cells: z.array(studentCell),
  plan,
  /** Newest first. */
  answers: z.array(answerRow),
  model: modelNote,
});
export type StudentView = z.infer<typeof studentView>;

/** Overall level after each of a student's answers, thinned. */
export const development = z.array(z.object({ answers: z.number(), level: estimate }));
export type Development = z.infer<typeof development>;

export const newAnswer = z.object({
  /** Empty: a question of the teacher's own; an id is made. */
  question: z.string(),
  skills: z.array(z.string()),
  correct: z.number().min(0).max(1),
});

/** What changed with the new answers. */
export const answersResult = z.object({
  importId: z.string(),
  before: studentView,
  after: studentView,
});
export type AnswersResult = z.infer<typeof answersResult>;

export const studentRoutes = {
  'classes.list': route(
    nothing,
    z.object({
      classes: z.array(z.object({ id: z.string(), name: z.string(), students: z.number() })),
      students: z.number(),
      /** The class with the newest answer, the one that a teacher most likely means; null where there is no class. */
      current: z.string().nullable(),
    }),
  ),
  /** classId null: everyone; left out: the current class. */
  'classes.overview': route(z.object({ classId: z.string().nullable().optional() }), classOverview),
  'students.find': route(
    z.object({ text: z.string(), limit: z.number().int().min(1).max(2000) }),
    z.object({ students: z.array(z.object({ id: z.string(), name: z.string(), className: z.string().nullable() })) }),
  ),
  /** Students whose names were typed in, as an import that can be undone; two of one name are two. */
  'students.add': route(
    z.object({ names: z.array(z.string().trim().min(1).max(200)).min(1).max(500), className: z.string().trim().max(200) }),
    z.object({ importId: z.string(), students: z.array(z.string()) }),
  ),
  'students.open': route(z.object({ studentId: z.string() }), studentView),
  'students.development': route(z.object({ studentId: z.string() }), z.object({ development })),
  'students.addAnswers': route(z.object({ studentId: z.string(), answers: z.array(newAnswer).min(1).max(200) }), answersResult),
  /** Takes typed-in answers back at once. */
  'students.undoAnswers': route(z.object({ importId: z.string() }), undoResult),
  'questions.search': route(
    z.object({ text: z.string(), limit: z.number().int().min(1).max(100) }),
    z.object({ questions: z.array(z.object({ id: z.string(), skills: z.array(z.string()), answers: z.number() })) }),
  ),
  'skills.map': route(
    nothing,
    z.object({
      skills: z.array(z.object({ id: z.string(), name: z.string(), questions: z.number(), answers: z.number() })),
      prerequisites: z.array(z.object({ skill: z.string(), prerequisite: z.string() })),
      /** Circles among the prerequisites, each with its first skill repeated at the end; what closes one is left out above. */
      circles: z.array(z.array(z.string())),
    }),
  ),
};
