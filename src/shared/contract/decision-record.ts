import { z } from 'zod';
import { STRATEGIES } from '../strategy.ts';

const skill = z.string().min(1).max(200);
/** More than the notes of a decision need. */
export const LONGEST_NOTE = 2000;

/** What a teacher decides about one student's path (shared/decisions.ts). */
export const decision = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('first'), skill }),
  z.object({ kind: z.literal('known'), skill }),
  z.object({ kind: z.literal('not-known'), skill }),
  z.object({ kind: z.literal('leave-out'), skill, until: z.number().int().optional() }),
  z.object({ kind: z.literal('strategy'), skill, strategy: z.enum(STRATEGIES) }),
  z.object({
    kind: z.literal('goal'),
    skills: z.array(skill).min(1).max(500),
    due: z.number().int().optional(),
    minutesAWeek: z.number().int().min(5).max(3000).optional(),
  }),
]);

export const decisionRecord = z.object({ id: z.string(), at: z.number(), note: z.string(), decision });
