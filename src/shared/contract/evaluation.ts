import { z } from 'zod';

/** What an evaluation reports; the same in a model file, on the screen and in the JSON that the command line writes. */

const queryWindow = z.enum(['fixed', 'next']);

/** 95% percentile interval of a paired bootstrap over students. */
export const difference = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** The first model minus this one: above 0 in AUC and below 0 in log-loss, the first is better. */
const modelDifference = z.object({ model: z.string(), auc: difference.nullable(), logLoss: difference.nullable() });

const comparison = z.object({
  students: z.number(),
  questions: z.number(),
  figures: z.array(
    z.object({
      model: z.string(),
      /** Null without both right and wrong answers. */
      auc: z.number().nullable(),
      aucWithinStudent: z.number().nullable(),
      logLoss: z.number(),
      brier: z.number(),
      ece: z.number(),
      /** 95th percentile of the ECE of a perfect model with these forecasts. */
      ecePerfect: z.number(),
    }),
  ),
  differences: z.array(modelDifference),
});

export const evaluationReport = z.object({
  /** Ours first. */
  models: z.array(z.string()),
  replicates: z.number(),
  /** After k answers in a query window; empty where nobody was held back. */
  points: z.array(comparison.extend({ after: z.number(), window: queryWindow })),
  /** Means over k. */
  means: z.array(
    z.object({
      window: queryWindow,
      figures: z.array(z.object({ model: z.string(), auc: z.number().nullable(), logLoss: z.number() })),
      differences: z.array(modelDifference),
    }),
  ),
  groupsAfter: z.number().nullable(),
  groupsWindow: queryWindow.nullable(),
  groups: z.array(comparison.extend({ name: z.enum(['tercile-low', 'tercile-middle', 'tercile-high', 'seen', 'unseen']) })),
});
export type EvaluationReport = z.infer<typeof evaluationReport>;
