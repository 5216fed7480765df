import { z } from 'zod';
import { LONGEST_GROUP_NAME, MOST_KEPT_GROUPS } from '../groups.ts';
import { estimate, material, nothing, strategy } from './common.ts';
import { PAPERS } from './plans.ts';
import { route } from './route.ts';

/** Of learning/class/warnings.ts, which says what each means. */
export const warningKind = z.enum(['falling', 'below-forecast', 'stuck', 'quiet', 'marks']);

const warning = z.object({
  kind: warningKind,
  student: z.string(),
  name: z.string(),
  skill: z.string().nullable(),
  skillName: z.string().nullable(),
  observed: z.number(),
  of: z.number(),
  expected: z.number(),
  basis: z.number(),
  late: z.number(),
  marks: z.number(),
  since: z.number().nullable(),
  chance: z.number(),
  reach: z.number(),
  base: z.number(),
});
export type ClassWarning = z.infer<typeof warning>;

const setAside = z.object({
  id: z.number(),
  kind: warningKind,
  student: z.string(),
  name: z.string(),
  skillName: z.string().nullable(),
  note: z.string(),
  at: z.number(),
});

const who = z.object({ id: z.string(), name: z.string() });

export const lessonGroup = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['find-out', 'step', 'own']),
  /** What it is kept for; of a proposal the same as what it does now. */
  madeFor: z.object({ kind: z.enum(['find-out', 'step', 'own']), skill: z.string().nullable(), strategy: strategy.nullable() }),
  skill: z.string().nullable(),
  skillName: z.string().nullable(),
  strategy: strategy.nullable(),
  ways: z.array(z.object({ strategy, students: z.array(who) })),
  students: z.array(who),
  movedOn: z.array(who),
  /** Those whom the teacher has put into none of their groups. */
  unplaced: z.boolean(),
  first: z.number(),
  forecast: z.object({ low: z.number(), high: z.number() }).nullable(),
  gain: estimate.nullable(),
  part: z.number(),
  parts: z.number(),
});
export type LessonGroup = z.infer<typeof lessonGroup>;

const keptGroup = z.object({
  id: z.string().min(1).max(40),
  name: z.string().trim().max(LONGEST_GROUP_NAME),
  kind: z.enum(['find-out', 'step', 'own']),
  skill: z.string().nullable(),
  strategy: strategy.nullable(),
  students: z.array(z.string()).readonly(),
});

const activity = z.object({
  kind: z.enum(['opening', 'example', 'faded', 'practice', 'mixed-practice', 'review', 'find-out', 'own', 'closing']),
  from: z.number(),
  minutes: z.number(),
  questions: z.number(),
});
export type LessonActivity = z.infer<typeof activity>;

export const lessonPlan = z.object({
  classId: z.string().nullable(),
  minutes: z.number(),
  /** Students of the class. */
  total: z.number(),
  /** The size that groups were held to; more than asked for where ten groups cannot hold the class otherwise. */
  size: z.number(),
  /** Whether the groups are the teacher's. */
  kept: z.boolean(),
  opening: activity,
  /** What everybody opens with: a skill that the steps of most rest on; null where no step rests on anything. */
  openingSkill: z.object({ id: z.string(), name: z.string(), students: z.number() }).nullable(),
  closing: activity,
  groups: z.array(
    lessonGroup.extend({
      activities: z.array(activity),
      teacher: z.object({ from: z.number(), minutes: z.number() }),
      /** Skills that the group's step rests on. */
      prerequisites: z.array(z.string()),
      /** Questions and assignments of the gradebook that ask the skill: how many, and the titles of a few. */
      material: z.object({ count: z.number(), titles: z.array(z.string()) }),
      /** The teacher's own links and files for the skill, what is for the group's way of working first. */
      own: z.array(material),
    }),
  ),
});
export type LessonPlan = z.infer<typeof lessonPlan>;

/** A lesson plan in the reader's words: what a page and a table are made of. */
export const lessonSheet = z.object({
  language: z.string().max(40),
  title: z.string().max(300),
  /** Class, date and length. */
  subtitle: z.string().max(500),
  lead: z.string().max(2000),
  blocks: z
    .array(
      z.object({
        heading: z.string().max(500),
        /** Who: names. */
        who: z.string().max(20_000),
        why: z.string().max(2000),
        /** When and what. */
        rows: z.array(z.object({ when: z.string().max(100), what: z.string().max(2000) })).max(20),
        /** How those who do not all work the same way work: a line for each way. */
        ways: z.array(z.string().max(20_000)).max(10),
        material: z.string().max(5000),
        /** The teacher's own: what it is called, and where it lies if that is the web. */
        own: z
          .array(
            z.object({
              text: z.string().max(1000),
              address: z
                .url({ protocol: /^https?$/ })
                .max(2000)
                .nullable(),
            }),
          )
          .max(200),
      }),
    )
    .max(20),
  labels: z.object({
    who: z.string(),
    why: z.string(),
    when: z.string(),
    what: z.string(),
    ways: z.string(),
    material: z.string(),
    own: z.string(),
    group: z.string(),
    notes: z.string(),
  }),
  /** Model, data and version in one line. */
  stamp: z.string().max(1000),
});
export type LessonSheet = z.infer<typeof lessonSheet>;

const ofClass = { classId: z.string().nullable().optional() };
const size = z.number().int().min(1).max(60);
const minutes = z.number().int().min(20).max(180);

export const classroomRoutes = {
  /** Who is not as was to be expected, the surest first. classId as in `classes.overview`. */
  'classes.watch': route(
    z.object(ofClass),
    z.object({ classId: z.string().nullable(), warnings: z.array(warning), setAside: z.array(setAside) }),
  ),
  /** Keeps a note; the warning comes back only with new evidence. Failure: `no-such-student`. */
  'warnings.setAside': route(
    z.object({
      student: z.string(),
      kind: warningKind,
      skill: z.string().nullable(),
      reach: z.number().int(),
      base: z.number().int(),
      note: z.string().max(2000),
    }),
    z.object({ id: z.number() }),
  ),
  'warnings.bringBack': route(z.object({ id: z.number().int() }), z.object({ removed: z.boolean() })),
  /** Groups for the next lesson: the teacher's, or a proposal, in which none is larger than `size` where five can hold the class. */
  'classes.groups': route(
    z.object({ ...ofClass, size }),
    z.object({
      classId: z.string().nullable(),
      total: z.number(),
      size: z.number(),
      groups: z.array(lessonGroup),
      /** What was said last about these groups; `kept` false: back to the proposal. Null where nothing ever was. */
      standing: z.object({ id: z.string(), at: z.number(), kept: z.boolean() }).nullable(),
      /** Students for whom today's proposal has another aim than the teacher's group. */
      elsewhere: z.number(),
    }),
  ),
  /** Keeps groups as the teacher arranged them, or (null) goes back to the proposal. `base` is the `standing` that they were made from. Failures: `groups-changed`, `bad-groups`. */
  'groups.keep': route(
    z.object({
      classId: z.string().nullable(),
      base: z.string().nullable(),
      groups: z.array(keptGroup).max(MOST_KEPT_GROUPS).readonly().nullable(),
    }),
    z.object({ groupingId: z.string() }),
  ),
  /** Puts back what stood before. Failure: `groups-changed`. */
  'groups.undo': route(z.object({ groupingId: z.string() }), nothing),
  'lesson.plan': route(z.object({ ...ofClass, size, minutes }), lessonPlan),
  /** A lesson plan as a page, for the window to print. */
  'lesson.page': route(z.object({ paper: z.enum(PAPERS), sheet: lessonSheet }), z.object({ html: z.string() })),
  /** As a file. Failure: `no-pdf`. */
  'lesson.export': route(
    z.object({
      format: z.enum(['csv', 'html', 'pdf']),
      paper: z.enum(PAPERS),
      sheet: lessonSheet,
      name: z.string().min(1).max(200),
    }),
    z.object({ fileId: z.string(), name: z.string(), mime: z.string() }),
  ),
};
