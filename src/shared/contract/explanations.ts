import { z } from 'zod';
import { WHY_NOT_KINDS } from '../domain.ts';
import { estimate, stepReason, strategy } from './common.ts';
import { route } from './route.ts';

const change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('right'), skill: z.string(), count: z.number() }),
  z.object({ kind: z.literal('wrong'), skill: z.string(), count: z.number() }),
  z.object({
    kind: z.literal('without'),
    skill: z.string(),
    count: z.number(),
    /** Of the first and the last of the answers; left out where some have no time. */
    from: z.number().optional(),
    to: z.number().optional(),
  }),
]);

const effect = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('leaves') }),
  z.object({ kind: z.literal('joins'), place: z.number(), strategy }),
  z.object({ kind: z.literal('strategy'), strategy }),
  z.object({ kind: z.literal('reason'), reason: stepReason.shape.kind }),
  /** Skills in `first` then come before it and did not. */
  z.object({ kind: z.literal('later'), place: z.number(), first: z.array(z.string()).readonly() }),
]);

/** A change and what the path would then be, found by planning with it. */
export const supposition = z.object({ change, effect });
export type Supposition = z.infer<typeof supposition>;

export const whyNot = z.object({
  skill: z.string(),
  kind: z.enum(WHY_NOT_KINDS),
  forecast: estimate,
  mastery: estimate,
  gain: estimate,
  /** The value that decided, in [0, 1]. */
  bar: z.number().optional(),
  /** Not secure; `after` is the forecast after the path's steps, less one standard error. */
  prerequisites: z
    .array(z.object({ skill: z.string(), forecast: estimate, after: z.number(), said: z.literal('not-known').optional() }))
    .readonly(),
  /** The step with the smallest expected gain of those that were chosen. */
  least: z.object({ skill: z.string(), gain: estimate }).optional(),
  /** Its turn in a longer path, from 1. */
  place: z.number().optional(),
  steps: z.number(),
});
export type WhyNot = z.infer<typeof whyNot>;

const one = z.object({ studentId: z.string(), skill: z.string() });

export const explanationRoutes = {
  /** The smallest changes that would take a skill off the path, bring it onto it, or change how it is worked. */
  'plans.whatIf': route(one, z.object({ suppositions: z.array(supposition) })),
  /** Why a skill is not on the path, in the planner's own terms. */
  'plans.whyNot': route(one, whyNot),
};
