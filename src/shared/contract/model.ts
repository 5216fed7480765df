import { z } from 'zod';
import { jobReference, nothing } from './common.ts';
import { modelNote } from './students.ts';
import { route } from './route.ts';

const interval = z.object({ low: z.number(), high: z.number() });

/** Accuracy after k answers in one query window, beside the baseline; AUC is null where it cannot be computed. */
export const accuracyPoint = z.object({
  after: z.number(),
  window: z.enum(['fixed', 'next']),
  students: z.number(),
  questions: z.number(),
  auc: z.number().nullable(),
  aucWithinStudent: z.number().nullable(),
  baselineAuc: z.number().nullable(),
  /** Model minus baseline, 95% interval of a paired bootstrap over students. */
  difference: interval.nullable(),
  logLoss: z.number(),
  brier: z.number(),
  ece: z.number(),
});

export const reliabilityBin = z.object({
  forecast: z.number(),
  observed: z.number(),
  low: z.number(),
  high: z.number(),
  answers: z.number(),
});

export const diagnostics = z.object({
  model: modelNote,
  learner: z.string(),
  backend: z.string(),
  seed: z.number(),
  provenance: z.object({
    students: z.number(),
    heldBackStudents: z.number(),
    answers: z.number(),
    questions: z.number(),
    skills: z.number(),
  }),
  trainingCurve: z.array(z.object({ step: z.number(), loss: z.number(), heldBackLoss: z.number().nullable() })),
  /** Judged on students held back from training; empty where there were too few. */
  accuracy: z.array(accuracyPoint),
  baseline: z.string(),
  /** After five answers (fewer where nobody has more). */
  reliability: z.array(reliabilityBin),
  reliabilityAfter: z.number().nullable(),
});
export type Diagnostics = z.infer<typeof diagnostics>;

export const modelRoutes = {
  'model.status': route(
    nothing,
    z.object({
      model: modelNote,
      /** Students with enough answers to learn from. */
      trainableStudents: z.number(),
      answers: z.number(),
      /** Answers that came since the model was trained. */
      answersSince: z.number(),
    }),
  ),
  /** Starts meta-training on everything in the gradebook; job result is `{ modelId }`. */
  'model.train': route(z.object({ seed: z.number().int().nonnegative().optional() }), jobReference),
  'model.diagnostics': route(nothing, diagnostics),
};
