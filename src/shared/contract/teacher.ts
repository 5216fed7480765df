import { z } from 'zod';
import { DECISION_STATES } from '../decisions.ts';
import { material, nothing, plan, strategy } from './common.ts';
import { MATERIAL_REFUSALS } from '../material.ts';
import { decision, decisionRecord, LONGEST_NOTE } from './decision-record.ts';
import { route } from './route.ts';

export const decisionView = decisionRecord.extend({
  state: z.enum(DECISION_STATES),
  /** The student's answers on the skill since. */
  answersSince: z.number(),
});
export type DecisionView = z.infer<typeof decisionView>;

/** What a decision did to the path. */
export const decisionResult = z.object({ decisionId: z.string(), before: plan, after: plan });

export const noteView = z.object({ id: z.string(), text: z.string(), at: z.number(), editedAt: z.number().nullable() });
export type NoteView = z.infer<typeof noteView>;

const one = z.object({ decisionId: z.string() });
const text = z.string().trim().min(1).max(10_000);

const materialTitle = z.string().trim().min(1).max(200);
const materialSource = z.union([z.object({ address: z.string().max(10_000) }), z.object({ fileId: z.string() })]);
export const skillMaterial = material.extend({ skill: z.string(), size: z.number() });
export type SkillMaterialView = z.infer<typeof skillMaterial>;

export const teacherRoutes = {
  /** Newest first, without those that were taken back. */
  'decisions.list': route(z.object({ studentId: z.string() }), z.object({ decisions: z.array(decisionView) })),
  /** Failures: `no-such-skill`, `day-is-over`. */
  'decisions.make': route(
    z.object({ studentId: z.string(), decision, note: z.string().max(LONGEST_NOTE).default('') }),
    decisionResult,
  ),
  'decisions.takeBack': route(one, decisionResult),
  'decisions.restore': route(one, decisionResult),
  /** Newest first. */
  'notes.list': route(z.object({ studentId: z.string() }), z.object({ notes: z.array(noteView) })),
  'notes.add': route(z.object({ studentId: z.string(), text }), z.object({ noteId: z.string() })),
  'notes.edit': route(z.object({ noteId: z.string(), text }), nothing),
  /** A deleted note can be brought back for a month. */
  'notes.delete': route(z.object({ noteId: z.string() }), nothing),
  'notes.restore': route(z.object({ noteId: z.string() }), nothing),
  'material.list': route(nothing, z.object({ material: z.array(skillMaterial) })),
  /** A link, or a file that was staged. Failures: `no-such-skill`, `bad-address`, `material-too-large`. */
  'material.add': route(
    z.object({ skill: z.string(), title: materialTitle, strategy: strategy.nullable(), source: materialSource }),
    z.object({ materialId: z.string() }),
  ),
  /** What was deleted can be brought back for a month. */
  'material.delete': route(z.object({ materialId: z.string() }), nothing),
  'material.restore': route(z.object({ materialId: z.string() }), nothing),
  /** Hands a file out, to be saved. */
  'material.file': route(
    z.object({ materialId: z.string() }),
    z.object({ fileId: z.string(), name: z.string(), mime: z.string() }),
  ),
  /** Links as a table that comes in again: `skill,title,url,strategy`. */
  'material.export': route(nothing, z.object({ fileId: z.string(), name: z.string(), mime: z.string() })),
  /** Adds the links of such a table. Failure: `not-material`. */
  'material.import': route(
    z.object({ fileId: z.string() }),
    z.object({
      added: z.number(),
      known: z.number(),
      refused: z.array(z.object({ line: z.number(), reason: z.enum(MATERIAL_REFUSALS), text: z.string() })),
    }),
  ),
};
