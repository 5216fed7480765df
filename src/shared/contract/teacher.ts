import { z } from 'zod';
import { DECISION_STATES } from '../decisions.ts';
import { nothing, plan } from './common.ts';
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
export type DecisionResult = z.infer<typeof decisionResult>;

export const noteView = z.object({ id: z.string(), text: z.string(), at: z.number(), editedAt: z.number().nullable() });
export type NoteView = z.infer<typeof noteView>;

const one = z.object({ decisionId: z.string() });
const text = z.string().trim().min(1).max(10_000);

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
};
