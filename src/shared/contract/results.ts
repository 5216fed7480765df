import { z } from 'zod';
import { MOST_ASKED } from '../results.ts';
import { estimate, strategy } from './common.ts';
import { route } from './route.ts';

const number = z.number().int().min(1);

/** A student's newest plan that was handed out. */
const handedOut = z.object({
  number,
  studentId: z.string(),
  name: z.string(),
  at: z.number(),
  /** Of how many of its steps something came back. */
  returned: z.number(),
  steps: z.number(),
});
export type HandedOut = z.infer<typeof handedOut>;

const result = z.object({
  state: z.enum(['counted', 'done', 'not-done']),
  correct: z.number().nullable(),
  asked: z.number().nullable(),
  /** The import that holds it: what takes it back. */
  importId: z.string(),
  at: z.number(),
});

export const planResults = z.object({
  number,
  studentId: z.string(),
  name: z.string(),
  at: z.number(),
  /** The student's newest plan, where that is another one. */
  newer: number.nullable(),
  steps: z.array(
    z.object({
      skill: z.string(),
      skillName: z.string(),
      strategy,
      /** That are usual for the step. */
      questions: z.number(),
      forecast: estimate,
      result: result.nullable(),
    }),
  ),
});
export type PlanResults = z.infer<typeof planResults>;

export const stepEntry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('count'),
    right: z.number().int().min(0).max(MOST_ASKED),
    of: z.number().int().min(1).max(MOST_ASKED),
  }),
  z.object({ kind: z.literal('each'), answers: z.array(z.boolean()).min(1).max(MOST_ASKED) }),
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('not-done') }),
]);

/** More than any plan has. */
const MOST_STEPS = 100;
const isPossible = (entry: z.infer<typeof stepEntry>): boolean => entry.kind !== 'count' || entry.right <= entry.of;

const recorded = z.object({
  importId: z.string(),
  name: z.string(),
  right: z.number(),
  asked: z.number(),
  /** How many right answers the plan's forecasts came to. */
  expected: z.number(),
  /** The skill of the first step of the student's next plan, by name; null where there is none. */
  next: z.string().nullable(),
});
export type RecordedResults = z.infer<typeof recorded>;

export const resultRoutes = {
  /** By number, or by the student's name or id; with an empty text those that were handed out last. */
  'results.find': route(
    z.object({ text: z.string(), limit: z.number().int().min(1).max(2000) }),
    z.object({ plans: z.array(handedOut) }),
  ),
  /** Failure: `no-such-plan`, `unreadable-plan`. */
  'results.get': route(z.object({ number }), planResults),
  /** What came back of some steps, as an import that can be undone. Failure: `no-such-plan`, `no-such-step`, `has-result`. */
  'results.record': route(
    z.object({
      number,
      entries: z
        .array(z.object({ step: z.number().int().min(0), entry: stepEntry.refine(isPossible) }))
        .min(1)
        .max(MOST_STEPS),
    }),
    recorded,
  ),
};
