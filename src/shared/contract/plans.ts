import { z } from 'zod';
import { nothing, plan, strategy } from './common.ts';
import { route } from './route.ts';

/** For whom a plan is printed: a student's has no number in it that could shame, a teacher's has the evidence and its uncertainty. */
export const PLAN_AUDIENCES = ['student', 'teacher'] as const;
export type PlanAudience = (typeof PLAN_AUDIENCES)[number];
export const PAPERS = ['a4', 'letter'] as const;
export type Paper = (typeof PAPERS)[number];

/** What a plan rests on, so that a sheet of paper can be told from a later one. */
const stamp = z.object({
  /** Null: the shipped starter model. */
  modelId: z.string().nullable(),
  modelTrainedAt: z.number().nullable(),
  pastStudents: z.number(),
  /** When the gradebook's content changed last; null where nothing was imported. */
  dataAt: z.number().nullable(),
  version: z.string(),
});
export type PlanStamp = z.infer<typeof stamp>;

/** Labels in the reader's language, the same on every sheet (renderer: plans.sheet.*). */
export const sheetLabels = z.object({
  language: z.string(),
  title: z.string(),
  /** Before the number that a plan is kept under. */
  number: z.string(),
  student: z.string(),
  step: z.string(),
  skill: z.string(),
  strategy: z.string(),
  /** Heads the column of lessons. */
  lesson: z.string(),
  minutes: z.string(),
  forecast: z.string(),
  mastery: z.string(),
  expectedGain: z.string(),
  reason: z.string(),
  done: z.string(),
  stamp: z.string(),
  /** On a student's sheet: how the step was, for the student to tick, and room for questions. */
  howWasIt: z.string(),
  feelings: z.array(z.string()),
  questions: z.string(),
  /** On a teacher's sheet: what the teacher decided, and wrote down. */
  decisions: z.string(),
  notes: z.string(),
  /** Beside the teacher's links and files for a step. */
  material: z.string(),
  /** On pages of practice and their solutions. */
  practice: z.object({
    /** With a number: a page of practice. */
    title: z.string(),
    /** With a number, beside a step: where its page of practice is. */
    see: z.string(),
    example: z.string(),
    faded: z.string(),
    questions: z.string(),
    /** Before an answer. */
    answer: z.string(),
    /** Heads the column of answers. */
    result: z.string(),
    solutions: z.string(),
    number: z.string(),
    question: z.string(),
    way: z.string(),
  }),
  strategies: z.record(strategy, z.string()),
  /** What a student is to do: words for each strategy. */
  tasks: z.record(strategy, z.string()),
});
export type SheetLabels = z.infer<typeof sheetLabels>;

/** What is said about one student's plan. */
export const sheetWords = z.object({
  studentId: z.string(),
  /** What the plan rests on (teacher), or a sentence to begin with (student). */
  lead: z.string(),
  /** One sentence a step, in the plan's order, for the audience that was chosen. */
  reasons: z.array(z.string()),
  /** What the teacher had decided, a sentence each; on a teacher's sheet and in a table. */
  decisions: z.array(z.string()).optional(),
  /** The teacher's notes, where they are to be printed; on a teacher's sheet alone. */
  notes: z.array(z.string()).optional(),
  /** In which lesson each step comes; left out where nobody said how much time there is. */
  lessons: z.array(z.string()).optional(),
  /** What has no room in that time, and the next review; none where left out. */
  remarks: z.array(z.string()).optional(),
  /** Model, data and evidence in one line. */
  stamp: z.string(),
});
export type SheetWords = z.infer<typeof sheetWords>;

export const school = z.object({
  name: z.string().max(120),
  /** PNG or JPEG as a data address; null: none. */
  logo: z.string().nullable(),
});
export type School = z.infer<typeof school>;

/** More sheets than any school prints at once. */
const MOST_SHEETS = 2000;

/** Whether pages of practice made from templates follow each plan; on a teacher's, their solutions. */
const practice = z.boolean().optional();

export const planRoutes = {
  'plans.get': route(z.object({ studentId: z.string() }), plan),
  /** Plans of several students at once, with what they rest on. */
  'plans.list': route(z.object({ studentIds: z.array(z.string()).max(MOST_SHEETS) }), z.object({ plans: z.array(plan), stamp })),
  /** Study plans as one file, or a zip of a file each. What is printed is kept, so that it can be set against what then happens. */
  'plans.export': route(
    z.object({
      format: z.enum(['csv', 'html', 'pdf']),
      audience: z.enum(PLAN_AUDIENCES),
      paper: z.enum(PAPERS),
      bundle: z.enum(['one', 'each']),
      practice,
      labels: sheetLabels,
      sheets: z.array(sheetWords).min(1).max(MOST_SHEETS),
      /** Name of the one file or the zip, without its ending. */
      name: z.string().min(1).max(200),
    }),
    z.object({ fileId: z.string(), name: z.string(), mime: z.string() }),
  ),
  /** The same pages as text, for the window to print. */
  'plans.page': route(
    z.object({
      audience: z.enum(PLAN_AUDIENCES),
      paper: z.enum(PAPERS),
      practice,
      labels: sheetLabels,
      sheets: z.array(sheetWords).min(1).max(MOST_SHEETS),
    }),
    z.object({ html: z.string() }),
  ),
  /** Skills of the course that practice can be made for, and what would be printed for one student. */
  'practice.skills': route(nothing, z.object({ skills: z.array(z.string()) })),
  'practice.page': route(
    z.object({
      studentId: z.string(),
      audience: z.enum(PLAN_AUDIENCES),
      paper: z.enum(PAPERS),
      labels: sheetLabels,
      /** True: it is printed now; its plan is kept, and the pages bear its number. */
      keep: z.boolean().optional(),
    }),
    z.object({ html: z.string() }),
  ),
  /** The same pages, or their solutions, of a plan that was handed out, whenever that was. Failure: `no-such-plan`, `unreadable-plan`, `other-edition`, `no-practice`. */
  'practice.again': route(
    z.object({
      number: z.number().int().min(1),
      audience: z.enum(PLAN_AUDIENCES),
      paper: z.enum(PAPERS),
      labels: sheetLabels,
    }),
    z.object({ html: z.string() }),
  ),
  'school.get': route(nothing, school),
  /** `logoFileId`: a staged file; null takes the logo away, left out keeps it. Failure: `bad-logo`. */
  'school.set': route(z.object({ name: z.string().max(120), logoFileId: z.string().nullable().optional() }), school),
};
