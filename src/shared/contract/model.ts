import { z } from 'zod';
import { difference, evaluationReport } from './evaluation.ts';
import { jobReference, nothing } from './common.ts';
import { modelNote } from './students.ts';
import { route } from './route.ts';

export const reliabilityBin = z.object({
  forecast: z.number(),
  observed: z.number(),
  low: z.number(),
  high: z.number(),
  answers: z.number(),
});

/** A baseline that takes part in the forecasts, because it beat the trained ensemble on held-back students, and by how much in log-loss. */
export const adoption = z.object({ baseline: z.string(), difference });

export const diagnostics = z.object({
  model: modelNote,
  learner: z.string(),
  backend: z.string(),
  seed: z.number(),
  provenance: z.object({
    students: z.number(),
    heldBackStudents: z.number(),
    /** Students who judged in turn, where there were too few to hold some back. */
    crossValidatedStudents: z.number(),
    /** Fields of the roster that move where a student starts, as the roster names them. */
    profileFields: z.array(z.string()),
    answers: z.number(),
    questions: z.number(),
    skills: z.number(),
  }),
  trainingCurve: z.array(z.object({ step: z.number(), loss: z.number(), heldBackLoss: z.number().nullable() })),
  /** Judged on students held back from training; without points where there were too few. */
  report: evaluationReport,
  /** The best baseline of the report; null where nothing was judged. */
  bestBaseline: z.string().nullable(),
  adopted: adoption.nullable(),
  /** What the forecasts are made of: shares sum to 1. */
  members: z.array(
    z.object({ kind: z.enum(['closed', 'trained', 'baseline']), baseline: z.string().nullable(), share: z.number() }),
  ),
  /** After five answers (fewer where nobody has more). */
  reliability: z.array(reliabilityBin),
  reliabilityAfter: z.number().nullable(),
});
export type Diagnostics = z.infer<typeof diagnostics>;

/** Result of a `model.train` job. */
export const trainResult = z.object({
  modelId: z.string(),
  /** Where the backend that was chosen did not work: the one that took its place. */
  replaced: z.object({ chosen: z.string(), used: z.string() }).nullable(),
});

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
      /** Changes of the course that were made, or taken back, since. */
      editsSince: z.number(),
    }),
  ),
  /** Starts meta-training on everything in the gradebook; job result is a `trainResult`. */
  'model.train': route(z.object({ seed: z.number().int().nonnegative().optional() }), jobReference),
  'model.diagnostics': route(nothing, diagnostics),
};
