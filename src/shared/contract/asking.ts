import { z } from 'zod';
import { route } from './route.ts';

export const questionToAsk = z.object({
  question: z.string(),
  skills: z.array(z.string()),
  /** P(right answer), now. */
  probability: z.number(),
  /** The skills that an answer tells most about: standard error of the forecast before and, as expected, after; largest effect first. */
  tells: z.array(z.object({ skill: z.string(), before: z.number(), after: z.number() })),
});
export type QuestionToAsk = z.infer<typeof questionToAsk>;

export const questionsToAsk = z.object({
  questions: z.array(questionToAsk),
  /** Why there are none: every forecast is sure, no answer alone would change the plan's first steps, or there is no question; null where there are. */
  enough: z.enum(['sure', 'plan-stands', 'no-questions']).nullable(),
  /** Root mean squared standard error of the skills' forecasts, now and as expected after the whole list. */
  error: z.object({ before: z.number(), after: z.number() }),
});
export type QuestionsToAsk = z.infer<typeof questionsToAsk>;

export const askingRoutes = {
  'students.ask': route(z.object({ studentId: z.string(), count: z.number().int().min(1).max(20).optional() }), questionsToAsk),
};
