import { z } from 'zod';
import { ANSWER_KEYS } from '../domain.ts';
import { estimate, nothing, skillReference } from './common.ts';
import { route } from './route.ts';

/** Where in a title a rule looks: `pattern` is the whole title with `*` for anything. */
export const RULE_PLACES = ['contains', 'begins', 'ends', 'pattern'] as const;
export type RulePlace = (typeof RULE_PLACES)[number];

export const itemReference = z.object({ kind: z.enum(['question', 'assignment']), id: z.string() });

/** A question with its answers, or an assignment with its marks. */
export const courseItem = itemReference.extend({
  title: z.string(),
  /** Ids; empty while nobody has said. */
  skills: z.array(z.string()),
  bySkillsOf: z.enum(['file', 'teacher']),
  answers: z.number(),
  /** Mean correctness; null without answers. */
  share: z.number().nullable(),
  voided: z.boolean(),
  key: z.enum(ANSWER_KEYS).nullable(),
  weight: z.number(),
});
export type CourseItem = z.infer<typeof courseItem>;

const detail = z.record(z.string(), z.union([z.string(), z.number()]));

export const courseEdit = z.object({
  id: z.string(),
  at: z.number(),
  /** Words `course.edit.<kind>`. */
  kind: z.string(),
  detail,
  note: z.string(),
  undone: z.boolean(),
});
export type CourseEdit = z.infer<typeof courseEdit>;

/** Why skills are proposed for titles; of the reason `topic`, it is the name of a skill that would be new: words `questions.reason.<code>`. */
export const suggestion = z.object({
  id: z.string(),
  skills: z.array(z.string()),
  reason: z.object({ code: z.enum(['begins', 'similar', 'names', 'topic']), detail }),
  items: z.array(itemReference.extend({ title: z.string() })),
});
export type Suggestion = z.infer<typeof suggestion>;

const ruleText = { place: z.enum(RULE_PLACES), text: z.string().trim().min(1).max(200) };
export const courseRule = z.object({ id: z.number(), ...ruleText, skills: z.array(z.string()) });

/** What a rule would change: what it fits and has no skill yet; what it fits and has skills stays as it is. */
export const ruleEffect = z.object({
  fills: z.array(itemReference.extend({ title: z.string() })),
  keeps: z.number(),
});

/** How something counts from now on; what is left out stays. */
export const countingChange = z.object({
  voided: z.boolean().optional(),
  key: z.enum(ANSWER_KEYS).nullable().optional(),
  weight: z.number().min(0.25).max(4).optional(),
});

export const editResult = z.object({
  /** Null where nothing was other than before. */
  editId: z.string().nullable(),
  changed: z.number(),
});
export type EditResult = z.infer<typeof editResult>;

/** What of the starter map would come in. `matched`: skills of the course, and what the map calls them; `fresh`: names of skills that are new. */
export const starterEffect = z.object({
  matched: z.array(z.object({ name: z.string(), own: skillReference })),
  fresh: z.array(z.string()),
  links: z.number(),
  /** Prerequisites that are left out: they would close a circle, or the teacher took them away. */
  closing: z.number(),
  takenAway: z.number(),
});
const starterLanguage = z.enum(['en', 'zh']);

const items = z.array(itemReference).min(1).max(50_000);
const skillTexts = z.array(z.string().trim().min(1).max(200)).max(20);
const note = z.string().max(2000).default('');

export const courseRoutes = {
  'questions.list': route(nothing, z.object({ items: z.array(courseItem), skills: z.array(skillReference) })),
  /** Gives skills by id or name; a name that is no skill yet makes one. `file`: what files say holds again. */
  'questions.assign': route(
    z.object({ items, mode: z.enum(['add', 'remove', 'replace', 'file']), skills: skillTexts }),
    editResult,
  ),
  'questions.count': route(z.object({ items, change: countingChange, note }), editResult),
  'questions.suggest': route(nothing, z.object({ suggestions: z.array(suggestion), left: z.number() })),
  /** Gives each group its skills, as one change. */
  'questions.accept': route(
    z.object({
      groups: z
        .array(z.object({ items, skills: skillTexts.min(1) }))
        .min(1)
        .max(5000),
    }),
    editResult,
  ),
  'rules.list': route(nothing, z.object({ rules: z.array(courseRule.extend({ effect: ruleEffect })) })),
  'rules.try': route(z.object(ruleText), ruleEffect),
  'rules.save': route(z.object({ ...ruleText, skills: skillTexts.min(1) }), z.object({ id: z.number(), saved: z.boolean() })),
  'rules.remove': route(z.object({ id: z.number() }), z.object({ removed: z.boolean() })),
  'rules.apply': route(z.object({ id: z.number() }), editResult),
  'course.edits': route(nothing, z.object({ edits: z.array(courseEdit) })),
  'course.undo': route(
    z.object({ editId: z.string() }),
    z.object({ restored: z.number(), kept: z.array(z.object({ what: z.string(), reason: z.string() })) }),
  ),
  'skills.add': route(z.object({ name: z.string() }), editResult),
  'skills.rename': route(z.object({ skill: z.string(), name: z.string() }), editResult),
  'skills.merge': route(z.object({ skill: z.string(), into: z.string() }), editResult),
  'skills.remove': route(z.object({ skill: z.string() }), editResult),
  'skills.link': route(z.object({ skill: z.string(), prerequisite: z.string(), linked: z.boolean() }), editResult),
  /** `part`: the course's own skills and what they rest on; `all`: the whole map. */
  'skills.starter': route(z.object({ language: starterLanguage }), z.object({ part: starterEffect, all: starterEffect })),
  'skills.takeStarter': route(z.object({ language: starterLanguage, scope: z.enum(['part', 'all']) }), editResult),
  'skills.export': route(
    z.object({ format: z.enum(['csv', 'case']) }),
    z.object({ fileId: z.string(), name: z.string(), mime: z.string() }),
  ),
  /** How hard each skill is to somebody new, and whom of the class it holds up. Null: everyone. */
  'skills.standing': route(
    z.object({ classId: z.string().nullable().optional() }),
    z.object({
      skills: z.array(skillReference.extend({ newcomer: estimate, classMean: z.number().nullable(), heldUp: z.number() })),
      students: z.number(),
    }),
  ),
};
